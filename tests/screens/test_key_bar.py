"""The line of keys: what it has room for, and what the mouse does with it."""

from __future__ import annotations

import pytest

from tests.screens import steps
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.screens.history import HistoryScreen
from tui.screens.home import HomeScreen
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


async def test_a_key_that_cannot_be_used_now_is_dim_and_a_click_on_it_does_nothing(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    able = HomeScreen.check_action
    monkeypatch.setattr(
        HomeScreen,
        "check_action",
        lambda self, action, parameters: None if action == "history" else able(self, action, parameters),
    )
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await steps.home(pilot)
        bar = screen.query_one(KeyBar)
        at, key = next(found for found in bar.placed() if found[1].description == "History")
        assert any("dim" in str(span.style) for span in key.content().spans)
        rung: list[bool] = []
        monkeypatch.setattr(app, "bell", lambda: rung.append(True))
        await pilot.click(KeyBar, offset=(at + 2, 0))
        assert rung
        await pilot.pause()
        assert app.screen is screen


async def test_what_the_mouse_was_over_is_forgotten_with_its_key(app: MockloopApp, services: FakeServices) -> None:
    services.seed(None)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await steps.home(pilot)
        bar = screen.query_one(KeyBar)
        await pilot.hover(KeyBar, offset=(2, 0))
        assert str(bar.tooltip) == "Transcribe and score the interrupted mock"
        services.history.delete_all()
        screen.read_mocks()
        await steps.until(lambda: bar.tooltip is None)


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
