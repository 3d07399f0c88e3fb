"""Loops and packets on screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui import locations
from tui.app import MockloopApp
from tui.interview.loop import Loop, LoopRun
from tui.screens.briefing import BriefingScreen
from tui.screens.error import ErrorScreen
from tui.screens.home import HomeScreen
from tui.screens.loops import LoopsScreen
from tui.screens.packet import PacketScreen

SIZE = (80, 24)


async def test_a_loop_begins_with_its_first_interview(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("l")
        screen = await steps.on(pilot, LoopsScreen)
        await steps.until(lambda: screen.next_key.label == "Begin this loop")
        await pilot.press("enter")
        briefing = await steps.on(pilot, BriefingScreen)
        assert briefing.place is not None
        assert (briefing.place.place, briefing.place.run.rounds) == (0, ("ml-systems", "coding"))
        assert "interview 1 of 2" in briefing.title_bar.status
        await pilot.press("escape")
        screen = await steps.on(pilot, LoopsScreen)
        await steps.until(lambda: screen.next_key.label.startswith("Interview 1 of 2"))
        await pilot.press("escape")
        await steps.on(pilot, HomeScreen)


async def test_a_loop_that_is_over_is_read_as_a_packet(app: MockloopApp, services: FakeServices) -> None:
    first, second = services.seed(values.postmortem(), values.postmortem())
    run = services.loops.begin(values.LOOP, "mid", "short")
    services.loops.note(services.loops.note(run, 0, first), 1, second)
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("l")
        screen = await steps.on(pilot, LoopsScreen)
        await steps.until(lambda: screen.next_key.label == "Read the packet")
        await pilot.press("enter")
        packet = await steps.on(pilot, PacketScreen)
        await pilot.pause()
        shown = steps.shown(packet)
        assert "On-site [/foo]" in shown
        assert any(f"{words}: " in shown for words in ("Strong yes", "Yes", "No", "Strong no"))
        assert "100" not in shown.split("Areas")[0]
        await pilot.press("enter")
        await steps.on(pilot, LoopsScreen)


async def test_an_interview_that_was_removed_is_still_to_come(app: MockloopApp, services: FakeServices) -> None:
    (first,) = services.seed(values.postmortem())
    services.loops.note(services.loops.begin(values.LOOP, "mid", "short"), 0, first)
    services.history.delete([first])
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("l")
        screen = await steps.on(pilot, LoopsScreen)
        await steps.until(lambda: screen.next_key.label.startswith("Interview 1 of 2"))


async def test_a_packet_is_saved_and_the_app_says_where_or_why_not(
    app: MockloopApp, services: FakeServices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own" / "Downloads"
    monkeypatch.setattr(locations, "downloads", lambda: folder)
    (first,) = services.seed(values.postmortem())
    run = services.loops.note(services.loops.begin(values.LOOP, "mid", "short"), 0, first)
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("l")
        screen = await steps.on(pilot, LoopsScreen)
        await steps.until(lambda: screen.next_key.label.startswith("Interview 2 of 2"))
        await pilot.press("p")
        await steps.on(pilot, PacketScreen)
        await pilot.press("x")
        saved = folder / f"packet-{run.id}.md"
        await steps.until(lambda: any(str(saved) in note.message for note in app._notifications))
        assert saved.read_text(encoding="utf-8").startswith("# ")
        saved.unlink()
        folder.rmdir()
        folder.write_text("in the way")
        await pilot.press("x")
        await steps.on(pilot, ErrorScreen)
        assert folder.read_text() == "in the way"


async def test_nothing_is_begun_before_it_is_known_how_far_one_is_and_once_only(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = services.seed(values.postmortem())
    run = services.loops.note(services.loops.begin(values.LOOP, "mid", "short"), 0, first)
    go_on, find, begun = Event(), services.loops.of, list[LoopRun]()
    begin = services.loops.begin

    def slowly(loop: str) -> LoopRun | None:
        go_on.wait(10)
        return find(loop)

    def note(loop: Loop, level: str, length: str) -> LoopRun:
        begun.append(begin(loop, level, length))
        return begun[-1]

    monkeypatch.setattr(services.loops, "of", slowly)
    monkeypatch.setattr(services.loops, "begin", note)
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("l")
        screen = await steps.on(pilot, LoopsScreen)
        assert not screen.next_key.label
        await pilot.press("enter")
        await pilot.pause()
        go_on.set()
        await steps.until(lambda: screen.next_key.label.startswith("Interview 2 of 2"))
        assert begun == []
        assert find(values.LOOP.id) == run
        await pilot.press("n", "n")
        await steps.on(pilot, BriefingScreen)
        assert len(begun) == 1


async def test_a_break_is_that_of_the_loop_whose_interview_was_scored(app: MockloopApp, services: FakeServices) -> None:
    other = replace(values.LOOP, id="other", title="Another")
    services.rounds = replace(values.catalogue(), loops={values.LOOP.id: values.LOOP, other.id: other})
    (first,) = services.seed(values.postmortem())
    run = services.loops.begin(values.LOOP, "mid", "short")
    services.loops.begin(other, "mid", "short")
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("l")
        screen = await steps.on(pilot, LoopsScreen)
        await steps.until(lambda: screen.next_key.label.startswith("Interview 1 of 2"))
        services.loops.note(run, 0, first)
        await pilot.press("question_mark", "escape")
        await steps.until(lambda: "rest for another 9:" in screen.next_key.label)
        await pilot.press("down")
        await steps.until(lambda: screen.next_key.label.startswith("Interview 1 of 2"))
        assert "rest" not in screen.next_key.label
