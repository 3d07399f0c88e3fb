"""When in an answer something was said, and whether that was when it counts."""

from __future__ import annotations

from dataclasses import dataclass

from tui.rubric.types import Scoring, Timing, TimingWindow
from tui.rubric.verdicts import Evidence, Punctuality
from tui.transcript import Transcript


@dataclass(frozen=True)
class Answer:
    """The stretch of time that an answer takes, from its first word to its last."""

    start: float
    """Seconds."""
    end: float
    scoring: Scoring
    timed: bool
    """False for text without audio, whose seconds are guessed from a usual pace."""

    @classmethod
    def of(cls, transcript: Transcript, scoring: Scoring) -> Answer:
        """The stretch that `transcript` covers."""
        times = [(word.start, word.end) for word in transcript.words if word.start is not None and word.end is not None]
        if times:
            return cls(times[0][0], times[-1][1], scoring, True)
        return cls(0.0, seconds_at_pace(sum(1 for _ in transcript.words), scoring), scoring, False)

    @property
    def seconds(self) -> float:
        return max(0.0, self.end - self.start)

    @property
    def early_until(self) -> float:
        """Until when, in seconds of the audio, something counts as early."""
        return self.start + self._window(self.scoring.early)

    @property
    def closing_from(self) -> float:
        """From when, in seconds of the audio, something counts as closing."""
        return self.end - self._window(self.scoring.closing)

    def moments(self, evidence: Evidence, transcript: Transcript) -> tuple[float, float]:
        """When the words that decided `evidence` begin and end, in seconds."""
        found = transcript.seconds_of(evidence.match_start, evidence.match_end)
        if found:
            return found.start, found.end
        before = len(transcript.text[: evidence.match_start].split())
        through = len(transcript.text[: evidence.match_end].split())
        return seconds_at_pace(before, self.scoring), seconds_at_pace(through, self.scoring)

    def punctuality(self, timing: Timing, evidence: Evidence, transcript: Transcript) -> Punctuality:
        """Whether `evidence` came when a signal of that timing is expected."""
        begins, ends = self.moments(evidence, transcript)
        on_time = not evidence.overtaken and (
            timing is Timing.ANYWHERE
            or (timing is Timing.EARLY and begins <= self.early_until)
            or (timing is Timing.CLOSING and ends >= self.closing_from)
        )
        return Punctuality.ON_TIME if on_time else Punctuality.LATE

    def _window(self, window: TimingWindow) -> float:
        return min(max(window.share * self.seconds, window.at_least), window.at_most)


def closing_from(words: int, scoring: Scoring) -> int:
    """The word from which on an answer of so many words is coming to its end, at the usual pace.

    In a long answer this is earlier than `Answer.closing_from`: what lies between the two is a close that is late.
    """
    least = scoring.closing.at_least * scoring.words_per_minute / 60.0
    return max(0, words - round(max(least, scoring.closing.share * words)))


def seconds_at_pace(words: int, scoring: Scoring) -> float:
    """How long `words` words take at the pace that is assumed for text."""
    return 60.0 * words / scoring.words_per_minute


def minutes_seconds(seconds: float) -> str:
    """`seconds` as m:ss, or h:mm:ss from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
