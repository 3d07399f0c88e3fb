"""The countdown as lines of text: now and then, and at every change of phase."""

from __future__ import annotations

from tui.interview.countdown import Phase, Reading, clock_text

EVERY_SECONDS = 30.0

_ANNOUNCED = {
    Phase.AMBER: "amber: {left} left",
    Phase.RED: "red: {left} left, come to an end",
    Phase.OVER: "the time is up",
}


class SpokenClock:
    """Says what the clock says when it is worth a line."""

    def __init__(self) -> None:
        self._phase: Phase | None = None
        self._stretch = -1

    def line(self, reading: Reading) -> str | None:
        """The line to print at this reading, or None when there is nothing new to say."""
        stretch = int(reading.elapsed // EVERY_SECONDS)
        if reading.phase is self._phase and stretch == self._stretch:
            return None
        entered = reading.phase is not self._phase
        self._phase, self._stretch = reading.phase, stretch
        left = clock_text(reading.remaining)
        if entered and reading.phase in _ANNOUNCED:
            return _ANNOUNCED[reading.phase].format(left=left)
        return f"{left} over" if reading.phase is Phase.OVER else f"{left} left"


def spoken_length(seconds: float) -> str:
    """A length in words, for readers and screen readers alike: 6 minutes, 1 minute 30 seconds, 24 seconds."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    counted = [(minutes, "minute"), (rest, "second")]
    return " ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in counted if number)
