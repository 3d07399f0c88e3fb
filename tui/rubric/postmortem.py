"""What went wrong most, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.rubric.timing import minutes_seconds
from tui.rubric.types import Rubric, Scoring, Signal
from tui.rubric.verdicts import Fix, Outcome, RootCause, Scorecard, Verdict
from tui.transcript import Delivery, Transcript

MOST_NAMED = 4
"""How many of the signals behind a root cause are named, the costliest first."""


def root_cause(rubric: Rubric, scorecard: Scorecard, delivery: Delivery | None) -> RootCause | None:
    """The mistake that cost most points; without lost points, the one that the delivery shows; else None.

    An unscored answer has no root cause.
    """
    if scorecard.overall is None:
        return None
    lost: dict[str, float] = {}
    for verdict in _decided(scorecard):
        lost[verdict.mistake] = lost.get(verdict.mistake, 0.0) + _lost(verdict)
    worst = max(lost, key=lambda mistake: lost[mistake], default=None)
    if worst is not None and lost[worst] > 0:
        blamed = sorted(_of_mistake(scorecard, worst), key=_lost, reverse=True)
        names = [_told(verdict) for verdict in blamed if _lost(verdict) > 0]
        cost = 100.0 * lost[worst] / scorecard.possible
        return _cause(rubric, worst, _listed(names), cost)
    trouble = delivery_trouble(delivery, rubric.scoring) if delivery else ""
    if trouble:
        return _cause(rubric, rubric.scoring.communication_mistake, trouble, 0.0)
    return None


def _cause(rubric: Rubric, mistake_id: str, because: str, cost: float) -> RootCause:
    mistake = rubric.mistakes[mistake_id]
    return RootCause(mistake.id, mistake.title, mistake.sentence, because, cost)


def fix(
    rubric: Rubric, scorecard: Scorecard, cause: RootCause | None, listened_for: Mapping[str, Signal]
) -> Fix | None:
    """The one thing to do next time: the costliest signal of the root cause.

    `listened_for` are the signals and key points of the mock, by id.
    """
    if cause is None:
        return None
    lost: dict[str, float] = {}
    for verdict in _of_mistake(scorecard, cause.mistake):
        lost[verdict.signal] = lost.get(verdict.signal, 0.0) + _lost(verdict)
    worst = max(lost, key=lambda signal: lost[signal], default=None)
    if worst is not None and lost[worst] > 0:
        signal = listened_for[worst]
        return Fix(signal.id, signal.title, signal.advice, signal.example)
    mistake = rubric.mistakes[cause.mistake]
    return Fix("", mistake.title, mistake.advice, mistake.example) if mistake.advice else None


def delivery_trouble(delivery: Delivery, scoring: Scoring) -> str:
    """Silences and monologues worth telling, as a sentence, or an empty text."""
    found: list[str] = []
    silence = delivery.longest_silence
    if silence and silence.seconds >= scoring.long_silence_seconds:
        found.append(f"a silence of {silence.seconds:.0f} seconds at {minutes_seconds(silence.start)}")
    stretch = delivery.longest_stretch
    if stretch and stretch.seconds >= scoring.monologue_seconds:
        found.append(f"{minutes_seconds(stretch.seconds)} minutes of talk without a pause")
    if not found:
        return ""
    text = " and ".join(found)
    return f"{text[0].upper()}{text[1:]}."


def notes(
    transcripts: Sequence[Transcript], delivery: Delivery | None, scoring: Scoring, cause: RootCause | None
) -> tuple[str, ...]:
    """Sentences a reader of the postmortem should know; `transcripts` are those of the turns, in order."""
    found: list[str] = []
    if not all(transcript.timed for transcript in transcripts):
        found.append("This is text without audio: places are characters, and times are guessed from a usual pace.")
    unclear = [
        minutes_seconds(segment.start or 0.0)
        for transcript in transcripts
        for segment in transcript.segments
        if segment.unclear
    ]
    if unclear:
        places = ", ".join(unclear[:5])
        found.append(f"Parts of the recording could not be understood (at {places}); listen to them.")
    if delivery and (cause is None or cause.cost > 0):
        trouble = delivery_trouble(delivery, scoring)
        found.extend([trouble] if trouble else [])
    told = (note for transcript in transcripts for note in transcript.notes)
    return tuple(dict.fromkeys((*found, *told)))


def _decided(scorecard: Scorecard) -> Iterable[Verdict]:
    """The verdicts that the score is made of."""
    left_out = {number for number, each in enumerate(scorecard.questions, 1) if each.unscored}
    return (
        verdict
        for verdict in scorecard.verdicts
        if verdict.outcome is not Outcome.CANT_TELL and verdict.question not in left_out
    )


def _of_mistake(scorecard: Scorecard, mistake: str) -> list[Verdict]:
    return [verdict for verdict in _decided(scorecard) if verdict.mistake == mistake]


def _lost(verdict: Verdict) -> float:
    return verdict.weight * (1.0 - verdict.credit)


def _told(verdict: Verdict) -> str:
    title = verdict.title.rstrip(".")
    if verdict.outcome is Outcome.MISSED:
        return f"{title} was not heard"
    return f"{title} came at the wrong time" if not verdict.prompted else f"{title} had to be asked for"


def _listed(sentences: list[str]) -> str:
    """The first few of `sentences` as one, with how many more there are."""
    more = len(sentences) - MOST_NAMED
    named = [*sentences[:MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]
    return f"{'; '.join(named)}." if named else ""
