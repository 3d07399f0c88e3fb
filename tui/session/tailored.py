"""The facade for one run, with choices that were made on the command line and are not remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.interview.sitting import Length, Sitting
from tui.interview.types import Catalogue, Round
from tui.session.local import LocalServices

if TYPE_CHECKING:
    from tui.history.profile import Profile


@dataclass(frozen=True)
class Choices:
    """What was asked for; None leaves what is usual."""

    round: str | None = None
    """Id of the round that `minutes` is for; None for every round."""
    minutes: float | None = None
    """Time for each answer."""
    device: str | None = None
    """Name of a microphone."""
    level: str | None = None
    length: Length | None = None
    follow_ups: int | None = None
    """How many are asked about an answer at most."""


class TailoredServices(LocalServices):
    """`LocalServices` with some of its answers replaced by choices."""

    def __init__(self, home: Path, choices: Choices) -> None:
        super().__init__(home)
        self._choices = choices

    def catalogue(self, again: bool = False) -> Catalogue:
        found = super().catalogue(again)
        rounds = {id_: self._round(round_) for id_, round_ in found.rounds.items()}
        return replace(found, rounds=rounds)

    def _round(self, round_: Round) -> Round:
        chosen = self._choices
        if chosen.round not in (None, round_.id):
            return round_
        return replace(
            round_,
            practice_minutes=round_.practice_minutes if chosen.minutes is None else chosen.minutes,
            follow_ups=round_.follow_ups if chosen.follow_ups is None else chosen.follow_ups,
        )

    def tailored(self, sitting: Sitting) -> Sitting:
        """`sitting` with the time for each answer that was asked for, at full length too."""
        minutes = self._choices.minutes
        return sitting if minutes is None else replace(sitting, answer_seconds=minutes * 60)

    @property
    def level(self) -> str:
        return self._choices.level or super().level

    @property
    def length(self) -> Length:
        return self._choices.length or super().length

    @property
    def profile(self) -> Profile:
        found = super().profile
        return replace(found, device=self._choices.device) if self._choices.device else found

    def set_device(self, name: str | None) -> None:
        # A microphone that is chosen on a screen wins over the one from the command line.
        self._choices = replace(self._choices, device=None)
        super().set_device(name)
