"""Finding mocks by words, round, signal and score, and reading them at the place of the find."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Select

from tests.history import samples
from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.history.search import while_typing
from tui.screens import history as screen_module
from tui.screens.confirm import ConfirmScreen
from tui.screens.history import HistoryScreen
from tui.screens.home import HomeScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.review import ReviewScreen
from tui.widgets.key_bar import KeyBar
from tui.widgets.mock_table import MockTable
from tui.widgets.next_key import NextKey
from tui.widgets.transcript_view import TranscriptView

SIZE = (80, 24)


async def history(pilot: Pilot[None], count: int) -> tuple[HistoryScreen, MockTable]:
    await steps.home(pilot)
    await pilot.press("h")
    screen = await steps.on(pilot, HistoryScreen)
    table = screen.query_one(MockTable)
    await steps.until(lambda: table.row_count == count)
    return screen, table


async def test_words_are_found_while_they_are_typed_and_read_in_their_place(
    app: MockloopApp, services: FakeServices
) -> None:
    services.seed(values.postmortem(), values.postmortem())
    mock = samples.scored(services.history)  # says something else, later
    async with app.run_test(size=SIZE) as pilot:
        screen, table = await history(pilot, 3)
        await pilot.press("slash", *"dashboar")
        await steps.until(lambda: table.row_count == 2)
        await pilot.press("enter")
        await steps.until(lambda: screen.next_key.label.startswith("Read Predict load"))
        assert "while the dashboards stay flat" in steps.text(screen.query_one("#found"))
        await pilot.press("enter")
        review = await steps.on(pilot, ReviewScreen)
        await steps.until(lambda: review._read.words[review.query_one(TranscriptView).cursor].text == "dashboards")
        await pilot.press("escape")
        await steps.on(pilot, PostmortemScreen)
        await pilot.press("escape")
        await steps.on(pilot, HistoryScreen)
        await pilot.press("escape")
        await steps.until(lambda: table.row_count == 3)
        assert screen._row() is not None
        assert mock.id in {row.id for row in screen._rows}
        await pilot.press("escape")
        await steps.on(pilot, HomeScreen)


async def test_filters_by_signal_and_score(app: MockloopApp, services: FakeServices) -> None:
    said = values.postmortem()
    low = replace(said, scorecard=replace(said.scorecard, overall=30.0))
    services.seed(said, low, values.unscored())
    async with app.run_test(size=SIZE) as pilot:
        screen, table = await history(pilot, 3)
        screen.query_one("#signal", Select).value = "guardrail_named"
        await steps.until(lambda: table.row_count == 2)
        await pilot.press("o", "o", "o", "o", "right")
        await steps.until(lambda: table.row_count == 1)
        assert "‹ strong no: under 40 ›" in steps.shown(screen)
        assert [row.overall for row in screen._rows] == [30.0]
        screen.query_one("#round", Select).value = "coding"
        await steps.until(lambda: table.row_count == 0)
        assert "Nothing was found" in steps.text(screen.query_one("#empty"))
        await pilot.press("escape")
        await steps.until(lambda: table.row_count == 3)


async def test_the_keys_that_are_named_follow_the_focus(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen, _ = await history(pilot, 1)

        def named() -> set[str]:
            return {key.description for _, key in screen.query_one(KeyBar).placed()}

        await steps.until(lambda: "Search" in named())
        assert "Enter   Read" in steps.text(screen.next_key)
        await pilot.press("slash")
        await steps.until(lambda: "Search" not in named())
        assert "Enter   Go to what was found" in steps.text(screen.next_key)
        await pilot.press("enter", "o")
        await steps.until(lambda: "Enter   Open this menu" in steps.text(screen.next_key))
        await pilot.click(NextKey)
        await steps.until(lambda: "Enter   Choose this" in steps.text(screen.next_key))
        await pilot.press("escape", "escape")
        await steps.until(lambda: "Enter   Read" in steps.text(screen.next_key))


async def test_filters_by_day(app: MockloopApp, services: FakeServices) -> None:
    services.seed(*[values.postmortem()] * 5)  # two days apart, the last one today
    async with app.run_test(size=SIZE) as pilot:
        screen, table = await history(pilot, 5)
        screen.query_one("#since").focus()
        for shown, count in (("today", 1), ("last 7 days", 4), ("last 30 days", 5)):
            await pilot.press("right")
            await steps.until(lambda count=count: table.row_count == count)
            assert f"‹ {shown} ›" in steps.shown(screen)
        await pilot.press("escape")
        assert "‹ any day ›" in steps.shown(screen)


async def test_what_is_no_word_is_said_so(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen, _ = await history(pilot, 1)
        await pilot.press("slash", *'"..')
        await steps.until(lambda: "no word to search for" in steps.text(screen.query_one("#empty")))


async def test_more_mocks_are_listed_at_the_end(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_module, "PAGE", 2)
    services.seed(*[values.postmortem()] * 5)
    async with app.run_test(size=SIZE) as pilot:
        _, table = await history(pilot, 2)
        for count in (4, 5):
            await pilot.press("ctrl+end")
            await steps.until(lambda count=count: table.row_count == count)
        await pilot.press("ctrl+end", "d")
        await steps.on(pilot, ConfirmScreen)
        await pilot.press("y")
        await steps.until(lambda: table.row_count == 4)
        assert table.cursor_row == 3


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_what_is_typed_is_seen_and_rows_fit(
    app: MockloopApp, services: FakeServices, size: tuple[int, int]
) -> None:
    services.seed(*[None] * 50)
    async with app.run_test(size=size) as pilot:
        screen, table = await history(pilot, 50)
        await pilot.pause()
        assert table.show_vertical_scrollbar
        assert not table.show_horizontal_scrollbar
        await pilot.press("slash", *"xyzzy")
        await steps.until(lambda: table.row_count == 0)
        assert "xyzzy" in steps.shown(screen)


async def test_what_was_said_is_shown_as_it_is(app: MockloopApp, services: FakeServices) -> None:
    mock = samples.scored(services.history)
    services.history.save_result(mock.id, [samples.transcript(values.HOSTILE)], samples.postmortem())
    async with app.run_test(size=(120, 36)) as pilot:
        screen, table = await history(pilot, 1)
        await pilot.press("slash", *"loud")
        await steps.until(lambda: table.row_count == 1 and "[bold]" in steps.shown(screen))
        assert "[/foo] [bold]loud[/bold]" in steps.text(screen.query_one("#found"))
        assert "\x1b" not in steps.shown(screen)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("roll", "roll*"),
        ("roll back", "roll back*"),
        ("roll ", "roll "),
        ('"roll', '"roll'),
        ("roll*", "roll*"),
        ("a", "a"),
    ],
)
def test_an_unfinished_word_stands_for_all_that_begin_like_it(typed: str, searched: str) -> None:
    assert while_typing(typed) == searched
