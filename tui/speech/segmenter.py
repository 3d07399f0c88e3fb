"""Cut an answer into the pieces that are recognised one by one. Pure: voice in, pieces out.

Whisper pays for thirty seconds of audio whatever it is given, loses words on long pieces, and loops when a word is cut.
So pieces last 8 to 15 seconds and are cut at pauses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.transcript import Span

SHORTEST = 8.0
"""Seconds from which a piece may end at any pause."""
LONGEST = 15.0
"""Seconds that a piece lasts at most."""
PAUSE = 0.3
"""Seconds of silence that a cut wants."""
GOOD_PAUSE = 0.5
"""Seconds of silence after which no better place is looked for: so less is left to do when the answer ends."""
LONG_SILENCE = 2.0
"""Seconds of silence that always end a piece: Whisper invents text in silence."""
PADDING = 0.25
"""Seconds of silence kept around a piece."""

Quietest = Callable[[float, float], float]
"""Gives the quietest moment between two moments, in seconds."""


def cuts(voice: Sequence[Span], quietest: Quietest) -> tuple[Span, ...]:
    """The pieces in order, none longer than 15 s with its padding, from their first voice to their last.

    `voice` is in order and does not overlap. A cut falls in the first good pause (500 ms or more) that leaves a piece
    of 8 to 15 s, else in the longest such pause of at least 300 ms, else in the last earlier one, else at the moment
    that `quietest` names.
    """
    cut: list[Span] = []
    for run in _runs(voice):
        rest = run
        while rest:
            head, rest = _first_piece(rest, quietest)
            cut.append(Span(head[0].start, head[-1].end))
    return tuple(cut)


def settled(cut: Sequence[Span], heard_seconds: float) -> tuple[Span, ...]:
    """Those of `cut` that stay as they are whatever follows, when `heard_seconds` of the answer have been heard.

    `cut` is made of the voice in those seconds and of no other. For recognising while the candidate still speaks: a
    piece is final as soon as another one begins after it, or when a silence that ends any piece has followed it.
    """
    return tuple(
        piece for n, piece in enumerate(cut, 1) if n < len(cut) or heard_seconds >= piece.end + _silence_after(piece)
    )


def _silence_after(piece: Span) -> float:
    """Seconds of silence that end `piece`, whatever follows."""
    return GOOD_PAUSE if piece.seconds >= SHORTEST else LONG_SILENCE


def padded(cut: Sequence[Span], audio_seconds: float, previous: float | None = None) -> tuple[Span, ...]:
    """Each piece with silence around it, never reaching further than half way to its neighbour.

    `previous` is when the piece before the first one ended, None at the beginning.
    """
    found: list[Span] = []
    last = previous
    for i, piece in enumerate(cut):
        before = (piece.start + last) / 2 if last is not None else 0.0
        after = (piece.end + cut[i + 1].start) / 2 if i + 1 < len(cut) else audio_seconds
        found.append(Span(max(before, piece.start - PADDING), min(after, piece.end + PADDING)))
        last = piece.end
    return tuple(found)


def _runs(voice: Sequence[Span]) -> list[list[Span]]:
    """`voice` parted at long silences."""
    runs: list[list[Span]] = []
    for span in voice:
        if runs and span.start - runs[-1][-1].end < LONG_SILENCE:
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _first_piece(run: list[Span], quietest: Quietest) -> tuple[list[Span], list[Span]]:
    """The spans of the first piece of `run`, and what is left."""
    start = run[0].start
    limit = start + LONGEST - 2 * PADDING
    pauses = [(run[i + 1].start - run[i].end, i + 1) for i in range(len(run) - 1) if run[i].end <= limit]
    for length, i in pauses:
        if length >= GOOD_PAUSE and run[i - 1].end >= start + SHORTEST:
            return run[:i], run[i:]
    if run[-1].end <= limit:
        return run, []
    pauses = [(length, i) for length, i in pauses if length >= PAUSE]
    late = [(length, i) for length, i in pauses if run[i - 1].end >= start + SHORTEST]
    if late:
        at = max(late)[1]
        return run[:at], run[at:]
    if pauses:
        at = pauses[-1][1]
        return run[:at], run[at:]
    return _cut_at(run, quietest(start + SHORTEST, limit))


def _cut_at(run: list[Span], moment: float) -> tuple[list[Span], list[Span]]:
    """`run` before and after `moment`, which may lie inside a span."""
    before = [Span(span.start, min(span.end, moment)) for span in run if span.start < moment]
    after = [Span(max(span.start, moment), span.end) for span in run if span.end > moment]
    return before, after
