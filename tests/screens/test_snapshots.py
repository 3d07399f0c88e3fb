"""How every screen looks, at the smallest and at a usual size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.errors import AudioInputError
from tui.interview.types import Catalogue, CodeExample, Task
from tui.screens.confirm import ConfirmScreen
from tui.screens.error import ErrorScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.loops import LoopsScreen
from tui.screens.packet import PacketScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.progress import ProgressScreen
from tui.screens.rating import RatingScreen
from tui.screens.review import ReviewScreen
from tui.screens.transcribing import TranscribingScreen
from tui.session.events import TranscriptionProgress
from tui.widgets.code_area import CodeArea
from tui.widgets.code_pane import CodePane
from tui.widgets.mock_table import MockTable

Walk = Callable[[Pilot[None], FakeServices], Awaitable[object]]


async def home(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)


async def briefing(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.briefing(pilot, services)


async def thinking(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.interview(pilot, services)


async def answering(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.answer(pilot, services, 200)


async def last_seconds(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.answer(pilot, services, 340)


async def paused(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.answer(pilot, services)
    await pilot.press("space")


async def leaving(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.answer(pilot, services)
    await pilot.press("space", "escape")
    await steps.until(lambda: isinstance(pilot.app.screen, ConfirmScreen))


async def transcribing(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)
    await pilot.press("f")
    await steps.on(pilot, TranscribingScreen)
    await steps.until(lambda: services.finishing)
    services.finishing[0][1](TranscriptionProgress(0.43, values.SENTENCES[3]))
    await steps.until(lambda: "launch" in steps.text(pilot.app.screen.query_one("#newest")))


async def rating(pilot: Pilot[None], services: FakeServices) -> None:
    session = await steps.answer(pilot, services)
    await pilot.press("e")
    await steps.on(pilot, RatingScreen)
    session.tell(TranscriptionProgress(0.43, values.SENTENCES[3]))
    await pilot.press("3", "2")
    await steps.until(lambda: "43%" in steps.text(pilot.app.screen.query_one("#progress")))


async def follow_up(pilot: Pilot[None], services: FakeServices) -> None:
    session = await steps.answer(pilot, services)
    session.follow_up("guardrail_named", "Suppose watch time goes up. What must not get worse meanwhile?")
    session.advance(2)
    await steps.until(lambda: "must not get worse" in steps.text(pilot.app.screen.query_one("#prompt")))


async def coding(pilot: Pilot[None], services: FakeServices) -> None:
    assert isinstance(services.rounds, Catalogue)
    examples = (CodeExample("[4, 2]", "double([2, 1])"), CodeExample("[]", "double([])", hidden=True))
    task = Task("Write `double(numbers)`.", examples, starter="def double(numbers):")
    rounds = {
        id_: replace(round_, questions=tuple(replace(question, task=task) for question in round_.questions))
        for id_, round_ in services.rounds.rounds.items()
    }
    services.rounds = replace(services.rounds, rounds=rounds)
    screen, session = await steps.interview(pilot, services)
    await pilot.press("f8")
    session.advance(200)
    await steps.until(lambda: screen.query(CodePane))
    pane = screen.query_one(CodePane)
    pane.query_one(CodeArea).cursor_blink = False
    await pilot.press("enter", *"return numbers", "f5")
    await steps.until(lambda: pane.runs and "recording" in screen.title_bar.status)


async def postmortem(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.postmortem(pilot, services)


async def playing(pilot: Pilot[None], services: FakeServices) -> None:
    screen = await steps.postmortem(pilot, services)
    await pilot.press("down", "enter")
    await steps.until(lambda: "▶" in screen.title_bar.status)


async def cause(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.postmortem(pilot, services)
    await pilot.press("2")


async def delivery(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.postmortem(pilot, services)
    await pilot.press("3")


async def transcript(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.postmortem(pilot, services)
    await pilot.press("4")


async def review(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)
    await pilot.press("tab", "down", "enter")
    await steps.on(pilot, PostmortemScreen)
    await pilot.press("v")
    screen = await steps.on(pilot, ReviewScreen)
    await steps.until(lambda: "States assumptions" in steps.text(screen.query_one("#here")))
    await pilot.press("n", "shift+right", "shift+right")
    await steps.until(lambda: "“The goal is”" in steps.text(screen.query_one("#here")))


async def progress(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)
    await pilot.press("g")
    screen = await steps.on(pilot, ProgressScreen)
    await steps.until(lambda: "Names a guardrail" in steps.text(screen.query_one("#about")))


async def over_time(pilot: Pilot[None], services: FakeServices) -> None:
    await progress(pilot, services)
    await pilot.press("2")


async def history(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)
    await pilot.press("h")
    screen = await steps.on(pilot, HistoryScreen)
    await steps.until(lambda: screen.query_one(MockTable).row_count == 4)


async def help_(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)
    await pilot.press("question_mark")
    await steps.until(lambda: isinstance(pilot.app.screen, HelpScreen))


async def error(pilot: Pilot[None], services: FakeServices) -> None:
    await steps.home(pilot)
    pilot.app.push_screen(ErrorScreen(AudioInputError("The microphone is busy.", "Close the program that uses it.")))


async def loops(pilot: Pilot[None], services: FakeServices) -> None:
    first = services.history.rows()[-1].id
    services.loops.note(services.loops.begin(values.LOOP, "mid", "short"), 0, first)
    await steps.home(pilot)
    await pilot.press("l")
    screen = await steps.on(pilot, LoopsScreen)
    await steps.until(lambda: screen.next_key.label.startswith("Interview 2 of 2"))


async def packet(pilot: Pilot[None], services: FakeServices) -> None:
    await loops(pilot, services)
    await pilot.press("p")
    await steps.on(pilot, PacketScreen)


WALKS: list[Walk] = [
    home, briefing, thinking, answering, last_seconds, paused, leaving, follow_up, coding, rating, transcribing,
    postmortem, playing, cause, delivery, transcript, review, progress, over_time, history, loops, packet, help_, error,
]  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__.strip("_"))
def test_screen(
    app: MockloopApp,
    services: FakeServices,
    walk: Walk,
    size: tuple[int, int],
    snap_compare: Callable[..., bool],
) -> None:
    services.seed(values.postmortem(), values.unscored(), values.postmortem(), None)

    async def before(pilot: Pilot[None]) -> None:
        await walk(pilot, services)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=before)
