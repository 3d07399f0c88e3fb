"""What the whole history says, what to drill next, and two takes side by side."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from tests.history import real
from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.history import review
from tui.history.rates import Rate
from tui.screens import past_router
from tui.screens.briefing import BriefingScreen
from tui.screens.compare import CompareScreen
from tui.screens.progress import ProgressScreen, Standing
from tui.widgets.columns import columns

SIZE = (80, 24)


async def progress(pilot: Pilot[None]) -> ProgressScreen:
    await steps.home(pilot)
    await pilot.press("g")
    screen = await steps.on(pilot, ProgressScreen)
    await steps.until(lambda: screen._standing and screen._standing.progress)
    await pilot.pause()
    return screen


def says(screen: ProgressScreen, what: str) -> str:
    return steps.text(screen.query_one(f"#{what}", Static))


async def test_the_grid_has_the_worst_signal_first_and_enter_drills_it(
    app: MockloopApp, services: FakeServices
) -> None:
    services.seed(values.postmortem(), values.postmortem(), values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await progress(pilot)
        grid = screen.query_one("#grid", DataTable)
        assert [str(cell) for cell in grid.get_row_at(0)] == ["Names a guardrail", "✗✗✗", "3 of 3", "44-100 %", "–"]
        assert says(screen, "about").splitlines()[1] == "Missed in 3 of 3 (44-100 %)."  # and no dashes
        assert "It keeps getting missed" in says(screen, "about")
        await pilot.press("down")
        assert "Missed in 0 of" in says(screen, "about")
        assert "usually 2 % into the answer." in says(screen, "about")
        await pilot.press("up", "enter")
        briefing = await steps.on(pilot, BriefingScreen)
        assert briefing.drill
        assert "Fix this time: Names a guardrail" in steps.text(briefing.query_one("#reminders-text"))


async def test_the_titles_of_areas_are_whole_where_there_is_room(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await progress(pilot)
        await pilot.press("3")
        await pilot.pause()
        assert "Experimentation and metrics" in steps.shown(screen)
        await pilot.resize_terminal(40, 24)
        await pilot.pause()
        assert "Experimentati…" in steps.shown(screen)


async def test_home_reads_ahead_and_a_mock_that_came_since_counts(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    find = review._review

    def counted(connection: sqlite3.Connection, mocks: int) -> review.SignalReview:
        asked.append(mocks)
        return find(connection, mocks)

    monkeypatch.setattr(review, "_review", counted)
    services.seed(values.postmortem(), values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await steps.until(lambda: asked)
        screen = await progress(pilot)
        assert screen.query_one("#grid", DataTable).get_row_at(0)[2].plain == "2 of 2"
        assert len(asked) == 1
        await pilot.press("escape")
        await steps.home(pilot)
        other = FakeServices(services.home)
        other.today = services.today
        other.seed(values.postmortem())
        screen = await progress(pilot)
        assert screen.query_one("#grid", DataTable).get_row_at(0)[2].plain == "3 of 3"
        assert "3 spoken mocks" in says(screen, "counted")


async def test_nothing_is_read_ahead_once_the_app_has_closed_its_screens(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(review, "_review", lambda connection, mocks: asked.append(mocks))
    monkeypatch.setattr(past_router, "AHEAD_SECONDS", 3600)
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
    app._prepare()
    await asyncio.sleep(0.1)
    assert not asked


async def test_counts_of_thousands_are_not_cut(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = review._review

    def many(connection: sqlite3.Connection, mocks: int) -> review.SignalReview:
        found = find(connection, mocks)
        figures = {id_: replace(each, missed=Rate(2277, 3244)) for id_, each in found.figures.items()}
        return replace(found, figures=figures)

    monkeypatch.setattr(review, "_review", many)
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await progress(pilot)
        grid = screen.query_one("#grid", DataTable)
        assert "2277 of 3244  69" in steps.shown(screen)
        assert not grid.show_horizontal_scrollbar


async def test_scores_areas_and_the_plan_are_told(app: MockloopApp, services: FakeServices) -> None:
    first, _ = services.seed(values.postmortem(), values.postmortem())
    services.history.rate(first, {"ml_systems": 4})
    made = values.catalogue()
    services.rounds = replace(made, plans=real.assessor().catalogue.plans)
    async with app.run_test(size=SIZE) as pilot:
        screen = await progress(pilot)
        await pilot.press("2")
        assert "Score of 2 mocks" in says(screen, "time-text")
        assert "Latest 79 points" in says(screen, "time-text")
        assert "Latest 141 words a minute" in says(screen, "time-text")
        await pilot.press("3")
        assert "ML systems and engineering" in says(screen, "areas-text")
        assert "close to the score, in 1 mock" in says(screen, "areas-text")
        await pilot.press("4")
        assert "week 1 of 6" in says(screen, "plan-text")
        assert "Due today" in says(screen, "plan-text")
        assert "with a mock this week" in says(screen, "plan-text")


async def test_two_takes_of_a_question_stand_side_by_side(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = values.postmortem()
    better = [
        replace(verdict, outcome=said.scorecard.verdicts[0].outcome, credit=1.0)
        if verdict.signal == "guardrail_named"
        else verdict
        for verdict in said.scorecard.verdicts
    ]
    later = replace(said, scorecard=replace(said.scorecard, verdicts=tuple(better), overall=90.0))
    services.seed(said, said, said, later)
    async with app.run_test(size=SIZE) as pilot:
        screen = await progress(pilot)
        await pilot.press("5")
        assert screen.next_key.label == "Compare the two"
        await pilot.press("enter")
        compared = await steps.on(pilot, CompareScreen)
        text = steps.text(compared.query_one("#takes"))
        assert text.index("Names a guardrail  ▲ better") < text.index("States assumptions")
        assert "✗ missed" in text
        reading_on: list[Standing] = []
        monkeypatch.setattr(screen, "_read_on", reading_on.append)
        await pilot.press("escape")
        await steps.on(pilot, ProgressScreen)
        await steps.until(lambda: reading_on)
        assert screen.next_key.label == "Compare the two"
        screen.action_next()
        screen.action_next()
        await steps.on(pilot, CompareScreen)
        await pilot.pause(0.2)
        assert app.screen_stack[-2] is screen


async def test_an_empty_history_says_what_will_stand_there(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await progress(pilot)
        assert "After the first scored mock" in says(screen, "counted")
        for key, what in (("2", "time-text"), ("3", "areas-text")):
            await pilot.press(key)
            assert "After the first scored mock" in says(screen, what)
        await pilot.press("5", "enter")
        assert screen.next_key.label == ""
        assert "Answer a question twice" in steps.shown(screen)


async def test_the_drill_of_the_day_stands_on_home_and_one_key_prepares_it(
    app: MockloopApp, services: FakeServices
) -> None:
    services.seed(values.postmortem(), values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.home(pilot)
        focus = screen.query_one("#focus-text")
        await steps.until(lambda: "Drill it" in steps.text(focus))
        # Too unclear to tell in both mocks, it was never heard or missed.
        assert steps.text(focus).startswith("Watches production")
        assert "It was not listened for yet." in steps.text(focus)
        assert "This week  Names a guardrail, 14 points a mock" in steps.text(focus)
        await pilot.press("d")
        briefing = await steps.on(pilot, BriefingScreen)
        assert briefing.drill


async def test_titles_from_outside_are_shown_as_they_are(app: MockloopApp, services: FakeServices) -> None:
    made = values.catalogue()
    signals = {id_: replace(each, title=values.HOSTILE) for id_, each in made.rubric.signals.items()}
    services.rounds = replace(made, rubric=replace(made.rubric, signals=signals))
    services.seed(values.postmortem(), values.postmortem())
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await progress(pilot)
        assert "[/foo] [bold]loud" in steps.shown(screen)
        assert "\x1b" not in steps.shown(screen)


def test_columns_show_the_newest_values_that_fit() -> None:
    lines = [line.plain for line in columns([0.0, 50.0, 100.0], 100.0, 20, 2, (50.0,))]
    assert lines[0] == " 100 ┤" + "┈┈┈┈█" + "┈" * 9
    assert lines[1] == "   0 ┤" + "▁ █ █" + " " * 9
    crowded = columns([10.0] * 50 + [100.0], 100.0, 12, 1)[0].plain
    assert crowded[6:] == "▁▁▁▁▁█"
