"""How it went, asked as lines of text before the postmortem is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.cli.plain_input import Key, Typed
from tui.interview.packet import Step
from tui.transcript import one_line


class PlainRating:
    """Asks for a rating of each area, one after the other."""

    def __init__(self, dimensions: Mapping[str, str], say: Callable[[str], None]) -> None:
        """`dimensions` are the ids and titles of what the mock is scored on."""
        self._dimensions = list(dimensions.items())
        self._say = say
        self._at: int | None = None
        self.rating: dict[str, int] = {}
        """By dimension, from 1 (strong no) to 4 (strong yes)."""

    @property
    def open(self) -> bool:
        """Whether an area still waits for its rating."""
        return self._at is not None and self._at < len(self._dimensions)

    def begin(self) -> None:
        """Ask about the first area."""
        self._at = 0
        steps = ", ".join(f"{step.value} {step.words}" for step in Step)
        self._say(f"Before you see it, rate yourself: {steps}; enter leaves an area out.")
        self._ask()

    def take(self, item: Key | Typed) -> None:
        """One line for the present area, a number or nothing to leave it out; what ends the input skips the rest."""
        if self._at is None or not self.open:
            return
        if isinstance(item, Key) and item is not Key.ENTER:
            self._at = len(self._dimensions)
            return
        if isinstance(item, Typed):
            if item.text not in {str(step.value) for step in Step}:
                self._say("A number from 1 to 4, or only enter.")
                return
            self.rating[self._dimensions[self._at][0]] = int(item.text)
        self._at += 1
        self._ask()

    def _ask(self) -> None:
        if self.open and self._at is not None:
            self._say(f"{one_line(self._dimensions[self._at][1])}:")
