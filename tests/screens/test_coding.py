"""A coding question in the interview: the editor, its keys, and the interviewer beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.screens import steps, values
from tests.screens.fakes import FakeServices, FakeSession
from tui.app import MockloopApp, make_app
from tui.interview.types import Clarification, CodeExample, Task
from tui.screens.confirm import ConfirmScreen
from tui.screens.interview import InterviewScreen
from tui.screens.pick import PickScreen
from tui.screens.rating import RatingScreen
from tui.session.events import State
from tui.widgets.code_pane import CodePane
from tui.widgets.key_bar import KeyBar

TASK = Task("Write `double(n)`.", (CodeExample("4", "double(2)"),), starter="def double(n):")


@pytest.fixture
def app(services: FakeServices) -> MockloopApp:
    catalogue = values.catalogue()
    round_ = catalogue.rounds["ml-systems"]
    first, second, *rest = round_.questions
    coding = replace(first, task=TASK, clarifications=(Clarification("Negative too?", "Yes."),))
    round_ = replace(round_, questions=(coding, second, *rest))
    services.rounds = replace(catalogue, rounds={"ml-systems": round_})
    made = make_app(services)
    made.animation_level = "none"
    return made


async def desk(pilot: Pilot[None], services: FakeServices) -> tuple[InterviewScreen, FakeSession, CodePane]:
    """Come to the middle of an answer with code."""
    screen, session = await steps.interview(pilot, services)
    await pilot.press("f8")
    session.advance(75)
    await steps.until(lambda: "recording" in screen.title_bar.status and screen.query(CodePane))
    await pilot.pause()
    return screen, session, screen.query_one(CodePane)


async def test_letters_are_code_and_f_keys_run_the_mock(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen, session, pane = await desk(pilot, services)
        await pilot.press("enter", *"return 2*n  # e c f p", "f5")
        await steps.until(lambda: pane.runs)
        assert pane.runs[0].run.passed == 1
        assert session.state is State.ANSWERING
        assert screen.title_bar.status.startswith("4:45")
        assert screen.next_key.key == "F8"
        await pilot.press("f9")
        assert session.state is State.PAUSED
        await pilot.press("f8")
        assert session.state is State.ANSWERING
        await pilot.press("f8")
        await steps.on(pilot, RatingScreen)
        assert session.state is State.TRANSCRIBING
        assert session.code == {1: "def double(n):\n    return 2*n  # e c f p"}


async def test_esc_leaves_the_editor_for_the_keys_of_every_round(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        _, session, pane = await desk(pilot, services)
        await pilot.press("escape", "space")
        assert session.state is State.PAUSED
        await pilot.press("space", "enter", "x")
        assert session.state is State.ANSWERING
        assert pane.code == "def double(n):x"
        await pilot.press("escape", "escape")
        await steps.on(pilot, ConfirmScreen)


async def test_the_bar_names_keys_that_are_not_typed_while_one_writes(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen, _, _ = await desk(pilot, services)
        bar = screen.query_one(KeyBar)

        def keys() -> dict[str, str]:
            return {key.description: key.name for _, key in bar.placed()}

        await steps.until(lambda: keys().get("Pause") == "F9")
        assert keys()["Clarify"] == "^t"
        assert keys()["Leave code"] == "Esc"
        assert keys()["Help"] == "F1"
        assert "End" not in keys()
        await pilot.press("escape")
        await steps.until(lambda: keys().get("Pause") == "Space")
        assert (keys()["Clarify"], keys()["Leave"], keys()["Help"], keys()["End"]) == ("c", "Esc", "?", "e")
        told = [key.description for _, key in bar.placed()]
        assert len(told) == len(set(told))


async def test_the_interviewers_words_stand_above_the_task(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen, session, pane = await desk(pilot, services)
        said = screen.query_one("#said", Static)
        assert services.sessions[-1].ask.prompt in steps.text(said)
        await pilot.press("ctrl+t")
        await steps.on(pilot, PickScreen)
        await pilot.press("enter")
        await steps.until(lambda: "Negative too?  Yes." in steps.text(said))
        await pilot.press("y")
        session.follow_up("tests", "How do you know that [it] works?")
        await steps.until(lambda: "How do you know that [it] works?" in steps.text(said))
        assert screen.query_one("#task").border_title == "Follow-up"
        assert pane.is_mounted
        assert pane.code == "def double(n):y"


async def test_another_question_has_a_desk_of_its_own_or_none(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen, session, _ = await desk(pilot, services)
        await pilot.press("z")
        session.ask = replace(session.ask, question=values.catalogue().rounds["ml-systems"].questions[1], number=2)
        await steps.until(lambda: not screen.query(CodePane))
        assert session.code == {1: "def double(n):z"}
        assert not screen.has_class("-coding")
        assert screen.next_key.key == "Enter"
        await pilot.press("space")
        assert session.state is State.PAUSED


async def test_the_briefing_offers_ones_stories(app: MockloopApp, services: FakeServices) -> None:
    services.stories = ("Slow search: from 900 to [b]240[/b] ms.",)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await steps.briefing(pilot, services)
        assert "Your stories\n• Slow search: from 900 to [b]240[/b] ms." in steps.text(
            screen.query_one("#reminders-text")
        )
