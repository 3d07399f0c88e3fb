"""From the places that patterns and encoder found to evidence: quoted, timed, and the best of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.rubric.clauses import quote
from tui.rubric.meaning import Candidate
from tui.rubric.verdicts import Evidence
from tui.rubric.words import Found, Words
from tui.transcript import Transcript

MOST_EVIDENCE = 5
"""How many pieces of evidence are kept for one signal."""


def evidence(
    signal: str, candidates: Iterable[Candidate], words: Words, transcript: Transcript, unclear_word: float
) -> tuple[Evidence, ...]:
    """The candidates as evidence, one for each quote, in the order they were said; clear words win over unclear ones.

    A word less probable than `unclear_word` leaves its evidence uncertain.
    """
    by_quote: dict[tuple[int, int], Evidence] = {}
    for candidate in candidates:
        place = quote(words, candidate.found)
        piece = _piece(signal, candidate, place, words, transcript, unclear_word)
        known = by_quote.get(place)
        if known is None or _strength(piece) > _strength(known):
            by_quote[place] = piece
    best = _apart(sorted(by_quote.values(), key=_strength, reverse=True))
    certain = [piece for piece in best if piece.certain]
    return tuple(sorted((certain or best)[:MOST_EVIDENCE], key=lambda piece: piece.start))


def in_order(pieces: tuple[Evidence, ...], before: Iterable[Found], words: Words) -> tuple[Evidence, ...]:
    """The evidence, marked where one of the places that it should come `before` was said first."""
    first = min((words.tokens[place.start].start for place in before), default=None)
    if first is None:
        return pieces
    return tuple(replace(piece, overtaken=piece.match_start > first) for piece in pieces)


def _piece(
    signal: str,
    candidate: Candidate,
    place: tuple[int, int],
    words: Words,
    transcript: Transcript,
    unclear_word: float,
) -> Evidence:
    start, end = place
    seconds = transcript.seconds_of(start, end)
    match_start = words.tokens[candidate.found.start].start
    match_end = words.tokens[candidate.found.end - 1].end
    heard = transcript.words_within(match_start, match_end)
    known = [placed.word.probability for placed in heard if placed.word.probability is not None]
    probability = min(known, default=None)
    unclear = any(placed.unclear for placed in heard)
    return Evidence(
        signal=signal,
        quote=transcript.text[start:end],
        start=start,
        end=end,
        start_seconds=seconds.start if seconds else None,
        end_seconds=seconds.end if seconds else None,
        probability=probability,
        certain=not (unclear or candidate.doubtful) and (probability is None or probability >= unclear_word),
        match_start=match_start,
        match_end=match_end,
        confidence=candidate.probability,
    )


def _apart(pieces: list[Evidence]) -> list[Evidence]:
    """The pieces that overlap none before them: the same words need not be shown twice."""
    kept: list[Evidence] = []
    for piece in pieces:
        if not any(piece.start < other.end and other.start < piece.end for other in kept):
            kept.append(piece)
    return kept


def _strength(piece: Evidence) -> tuple[bool, float]:
    return piece.certain, piece.confidence if piece.confidence is not None else 1.0
