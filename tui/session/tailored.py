"""The facade for one run, with choices that were made on the command line and are not remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.interview.types import Catalogue
from tui.session.local import LocalServices

if TYPE_CHECKING:
    from tui.history.profile import Profile
    from tui.history.types import MockSettings


@dataclass(frozen=True)
class Choices:
    """What was asked for; None leaves what is usual."""

    round: str
    """Id of the round that `minutes` is for."""
    minutes: float | None = None
    """Time for the answer."""
    device: str | None = None
    """Name of a microphone."""
    level: str | None = None


class TailoredServices(LocalServices):
    """`LocalServices` with some of its answers replaced by choices."""

    def __init__(self, home: Path, choices: Choices) -> None:
        super().__init__(home)
        self._choices = choices

    def catalogue(self, again: bool = False) -> Catalogue:
        found = super().catalogue(again)
        round_, minutes = found.rounds.get(self._choices.round), self._choices.minutes
        if round_ is None or minutes is None:
            return found
        return replace(found, rounds={**found.rounds, round_.id: replace(round_, practice_minutes=minutes)})

    @property
    def profile(self) -> Profile:
        found = super().profile
        return replace(found, device=self._choices.device) if self._choices.device else found

    def set_device(self, name: str | None) -> None:
        # A microphone that is chosen on a screen wins over the one from the command line.
        self._choices = replace(self._choices, device=None)
        super().set_device(name)

    def settings(
        self, device: str | None, answer_seconds: float, think_seconds: float, source: str, level: str = "mid"
    ) -> MockSettings:
        return super().settings(device, answer_seconds, think_seconds, source, self._choices.level or level)
