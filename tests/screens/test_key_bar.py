"""The line of keys: what it has room for, and what the mouse does with it."""

from __future__ import annotations

from tests.screens import steps
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.screens.history import HistoryScreen
from tui.widgets.key_bar import KeyBar


async def test_a_click_does_what_the_key_does(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await steps.home(pilot)
        bar = screen.query_one(KeyBar)
        at = next(at for at, key in bar.placed() if key.description == "History")
        await pilot.hover(KeyBar, offset=(at + 2, 0))
        assert str(bar.tooltip) == "All mocks, to read or delete"
        await pilot.hover("#rounds")
        assert bar.tooltip is None
        await pilot.click(KeyBar, offset=(at + 2, 0))
        await steps.on(pilot, HistoryScreen)


async def test_the_keys_follow_what_can_be_done(app: MockloopApp, services: FakeServices) -> None:
    services.seed(None)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await steps.home(pilot)
        told = [key.description for _, key in screen.query_one(KeyBar).placed()]
        assert told[0] == "Finish"
        assert told[-1] == "palette"
        services.history.delete_all()
        screen.read_mocks()
        await steps.until(lambda: "Finish" not in steps.text(screen.query_one(KeyBar)))
        assert "Finish" not in [key.description for _, key in screen.query_one(KeyBar).placed()]


async def test_where_there_is_no_room_whole_keys_go_and_help_stays(app: MockloopApp, services: FakeServices) -> None:
    services.seed(None)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await steps.home(pilot)
        bar = screen.query_one(KeyBar)
        wide = [key.description for _, key in bar.placed()]
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        narrow = [key.description for _, key in bar.placed()]
        assert narrow[-2:] == ["Help", "palette"]
        assert narrow[:-2] == wide[: len(narrow) - 2]
        assert len(narrow) < len(wide)
        assert steps.text(bar).rstrip().endswith("palette")
        assert "Help" in steps.text(bar)
