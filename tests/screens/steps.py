"""Moving through the app as a person does, waiting for what a person waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Digits, Static

from tests.screens.fakes import FakeServices, FakeSession, finished
from tui.screens.briefing import BriefingScreen
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.rating import RatingScreen
from tui.widgets.next_key import NextKey
from tui.widgets.title_bar import TitleBar

S = TypeVar("S", bound=Screen)
PATIENCE = 10.0


async def until(condition: Callable[[], object], what: str = "") -> None:
    """Wait until `condition` holds; work in daemon threads takes as long as it takes."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


async def on(pilot: Pilot[None], kind: type[S]) -> S:
    """Wait until a screen of `kind` is on top and has settled."""
    await until(lambda: isinstance(pilot.app.screen, kind))
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    await until(lambda: (screen.is_mounted and screen.query(NextKey)) or not screen.query(TitleBar))
    await pilot.pause()
    return screen


async def home(pilot: Pilot[None]) -> HomeScreen:
    screen = await on(pilot, HomeScreen)
    await until(lambda: screen.next_key.label and screen.query_one("#mocks").option_count)
    await until(lambda: text(screen.query_one("#focus-text")))
    await pilot.pause()
    return screen


async def briefing(pilot: Pilot[None], services: FakeServices) -> BriefingScreen:
    await home(pilot)
    await pilot.press("enter")
    screen = await on(pilot, BriefingScreen)
    await until(lambda: services.monitors and services.monitors[-1].running)
    await until(lambda: text(screen.query_one("#condition")))
    await pilot.pause()
    return screen


async def interview(pilot: Pilot[None], services: FakeServices) -> tuple[InterviewScreen, FakeSession]:
    await briefing(pilot, services)
    await pilot.press("enter")
    screen = await on(pilot, InterviewScreen)
    return screen, services.sessions[-1]


async def answer(pilot: Pilot[None], services: FakeServices, seconds: float = 75) -> FakeSession:
    """Come to the middle of an answer."""
    screen, session = await interview(pilot, services)
    await pilot.press("enter")
    session.advance(seconds)
    await until(lambda: screen.title_bar.status == "● recording")
    await pilot.pause()
    return session


async def postmortem(pilot: Pilot[None], services: FakeServices) -> PostmortemScreen:
    session = await answer(pilot, services)
    await pilot.press("e")
    await on(pilot, RatingScreen)
    session.tell(finished())
    await pilot.press("enter")
    return await on(pilot, PostmortemScreen)


def text(widget: Widget) -> str:
    """What a text widget says."""
    if isinstance(widget, Static):
        return str(widget.content)
    if isinstance(widget, Digits):
        return widget.value
    return str(widget.render())


def shown(screen: Screen) -> str:
    """All text of the screen as it is painted, line by line."""
    return "\n".join(
        "".join(segment.text for segment in line) for line in screen._compositor.render_strips(screen.size)
    )
