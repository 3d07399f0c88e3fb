"""The coach, shown the state of a mock at made-up times."""

from __future__ import annotations

from dataclasses import replace

from textual.app import App, ComposeResult

from tests.screens import values
from tests.screens.fakes import FakeSession
from tests.screens.steps import text
from tui.interview.sitting import short_sitting
from tui.session.events import Heard, State
from tui.session.session import Snapshot
from tui.speech.types import Condition, Level
from tui.transcript import Segment
from tui.widgets.coach import Coach

ROUND = values.catalogue().rounds["ml-systems"]
QUIET, LOUD = Level(-70.0, -60.0, Condition.OK), Level(-20.0, -9.0, Condition.OK)


class Beside(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.coach = Coach(values.TITLES, values.rubric().scoring)
        self.coach.add_class("-on")
        self.session = FakeSession(short_sitting(ROUND, ROUND.questions[0]))

    def compose(self) -> ComposeResult:
        yield self.coach

    def at(self, now: float, state: State, level: Level = LOUD) -> Snapshot:
        """Let the coach look at `now`."""
        seen = replace(self.session.snapshot(), state=state, level=level)
        self.coach.tick(seen, now)
        return seen

    def hear(self, *signals: str) -> None:
        piece = values.evidence("rollback", "we flip everyone to yesterday's model")
        self.coach.hear(Heard(Segment.of_text("so we flip everyone back"), dict.fromkeys(signals, (piece,))))

    @property
    def ticked(self) -> set[str]:
        lines = text(self.coach.query_one("#ticks")).splitlines()
        return {line[2:] for line in lines if line.startswith("✓")}

    @property
    def cue(self) -> str:
        return text(self.coach.query_one("#cue-text"))


async def test_silence_counts_from_the_end_of_a_pause() -> None:
    app = Beside()
    async with app.run_test():
        app.at(100, State.ANSWERING)
        app.at(125, State.ANSWERING, QUIET)
        assert app.cue.startswith("Silent for 25 s")
        app.at(126, State.PAUSED)
        assert app.cue == ""
        app.at(200, State.ANSWERING, QUIET)
        app.at(202, State.ANSWERING, QUIET)
        assert app.cue == ""


async def test_what_is_revised_away_is_unticked_and_earlier_answers_to_a_question_still_count() -> None:
    app = Beside()
    titles = values.TITLES
    async with app.run_test():
        app.at(100, State.ANSWERING)
        app.hear("rollback", "monitoring")
        app.at(102, State.ANSWERING)
        assert app.ticked == {titles["rollback"], titles["monitoring"]}
        app.hear("rollback")
        app.at(104, State.ANSWERING)
        assert app.ticked == {titles["rollback"]}
        app.at(105, State.PAUSED)
        app.at(106, State.ANSWERING)
        app.hear()
        app.at(108, State.ANSWERING)
        assert app.ticked == set()
        app.hear("rollback")
        app.session.follow_up("guardrail_named", "What must not get worse?")
        app.at(110, State.THINKING)
        app.at(120, State.ANSWERING)
        app.hear("guardrail_named")
        app.at(122, State.ANSWERING)
        assert app.ticked == {titles["rollback"], titles["guardrail_named"]}


async def test_another_question_begins_with_nothing_ticked() -> None:
    app = Beside()
    async with app.run_test():
        app.at(100, State.ANSWERING)
        app.hear("rollback")
        app.at(102, State.ANSWERING)
        app.session.ask = replace(app.session.ask, question=ROUND.questions[1], number=2)
        app.at(104, State.THINKING)
        assert app.ticked == set()
        app.at(120, State.ANSWERING)
        assert app.ticked == set()
        assert str(app.coach.border_subtitle) == "0 of 8 heard"
