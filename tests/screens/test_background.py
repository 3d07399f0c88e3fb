"""What the background finds out: which model keeps up, and what another hearing of a mock changed."""

from __future__ import annotations

from dataclasses import replace

from tests.screens import steps, values
from tests.screens.fakes import FakeServices, finished
from tui.app import MockloopApp
from tui.screens.home import HomeScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.rating import RatingScreen
from tui.session.events import Calibrated, Finished, HeardAgain

SENTENCE = "Heard again with base: 3 words differ; [Rollback] now heard; 62 -> 66."


def messages(app: MockloopApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def test_models_are_measured_while_the_briefing_is_read(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await steps.briefing(pilot, services)
        await steps.until(lambda: services.calibrating)
        services.calibrating[0](Calibrated("base keeps up with speech."))
        await steps.until(lambda: messages(app) == ["base keeps up with speech."])


async def test_an_open_postmortem_reads_as_it_was_heard_again(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        (mock,) = services.seed(values.postmortem())
        _, session = await steps.interview(pilot, services)
        await pilot.press("enter")
        session.advance(75)
        await pilot.press("enter")
        await steps.on(pilot, RatingScreen)
        session.tell(Finished(services.history.load(mock)))
        await pilot.press("enter")
        screen = await steps.on(pilot, PostmortemScreen)
        again = values.postmortem()
        again = replace(again, notes=(SENTENCE,), scorecard=replace(again.scorecard, overall=66.0))
        services.history.save_result(mock, [values.transcript()], again)
        session.tell(HeardAgain(mock, SENTENCE))
        await steps.until(lambda: messages(app) == [SENTENCE])
        await steps.until(lambda: SENTENCE in steps.text(screen.query_one("#delivery-text")))


async def test_a_mock_that_was_left_or_removed_is_no_trouble(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        (mock,) = services.seed(values.postmortem())
        _, session = await steps.interview(pilot, services)
        session.tell(finished())
        await steps.on(pilot, PostmortemScreen)
        await pilot.press("escape")
        await steps.on(pilot, HomeScreen)
        session.tell(HeardAgain("a-mock-that-was-deleted", SENTENCE))
        session.tell(HeardAgain(mock, SENTENCE))
        await steps.until(lambda: messages(app) == [SENTENCE])
        assert isinstance(app.screen, HomeScreen)
