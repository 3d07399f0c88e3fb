"""What was asked and what was heard in one mock, and so what is asked next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tui.interview.countdown import Countdown
from tui.interview.flow import Ask, first_ask, next_ask, surely_heard
from tui.interview.sitting import Sitting
from tui.rubric.types import Expected
from tui.rubric.verdicts import Evidence

if TYPE_CHECKING:
    from tui.interview.assess import Assessor


class Conversation:
    """The interviewer's memory of a running mock."""

    def __init__(self, sitting: Sitting, assessor: Callable[[], Assessor]) -> None:
        """`assessor` is asked for when an answer has ended, since making it takes a moment."""
        self.sitting = sitting
        self._assessor = assessor
        self._asked = [first_ask(sitting)]
        self._heard: set[str] | None = set()
        """What was heard of the present question; None when it cannot be told."""

    @property
    def ask(self) -> Ask:
        """What the interviewer said last."""
        return self._asked[-1]

    @property
    def countdown(self) -> Countdown:
        """The clock for that, not started."""
        return Countdown(self.ask.think_seconds, self.ask.answer_seconds)

    def go_on(self, evidence: Mapping[str, tuple[Evidence, ...]] | None) -> Ask | None:
        """What the interviewer says after an answer with that `evidence`, or None when the mock is over.

        None as evidence means that the answer could not be understood: nothing is followed up then.
        """
        if evidence is None:
            self._heard = None
        elif self._heard is not None:
            self._heard |= surely_heard(evidence)
        ask = next_ask(self.sitting, self._asked, self._listened_for(), self._heard)
        if ask is not None:
            if ask.number != self.ask.number:
                self._heard = set()
            self._asked.append(ask)
        return ask

    def _listened_for(self) -> tuple[Expected, ...]:
        if self._heard is None:
            return ()
        return self._assessor().expected(self.sitting.round, self.ask.question, self.sitting.level_id)
