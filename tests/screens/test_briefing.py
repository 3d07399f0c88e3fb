"""The briefing: question, times, microphone."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from textual.widgets import Select

from tests.screens import steps, values
from tests.screens.fakes import FakeServices, FakeSession
from tui.app import MockloopApp
from tui.errors import AudioInputError
from tui.interview.loop import LoopPlace
from tui.interview.sitting import Sitting
from tui.screens.briefing import BriefingScreen
from tui.screens.interview import InterviewScreen
from tui.speech.types import Condition, InputDevice, Level
from tui.widgets.microphone_check import MicrophoneCheck
from tui.widgets.next_key import NextKey
from tui.widgets.stepper import Stepper

SIZE = (80, 24)


async def test_next_question_goes_round(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        seen = []
        for _ in range(4):
            seen.append(screen.query_one("#questions", Select).value)
            await pilot.press("n")
            await pilot.pause()
        assert seen == ["home-ranking", "live-events", "search-freshness", "home-ranking"]
        assert "Predict load" in steps.text(screen.query_one("#prompt"))


async def test_a_round_that_no_level_has_offers_its_length_alone(app: MockloopApp, services: FakeServices) -> None:
    services.rounds = replace(values.catalogue(), levels={})
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        await pilot.press("l", "l")
        assert screen.focused is screen.query_one("#length")


async def test_times_change_and_reach_the_session(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        await pilot.press("t", "right", "right")
        assert screen.query_one("#answer", Stepper).seconds == 420
        await pilot.press("t", "left", "left", "left", "left", "left")
        assert screen.query_one("#think", Stepper).seconds == 0
        assert screen.next_key.label == "Start: speak for up to 7 min"
        await pilot.press("enter")
        await steps.on(pilot, InterviewScreen)
        clock = services.sessions[0].snapshot().clock
        assert clock.total == 0
        services.sessions[0].advance(1)
        assert services.sessions[0].snapshot().clock.total == 420


async def test_the_mouse_does_all_of_it(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        answer = screen.query_one("#answer", Stepper)
        await pilot.click("#answer", offset=(answer.content_size.width - 1, 0))
        assert answer.seconds == 390
        await pilot.click(NextKey)
        await steps.on(pilot, InterviewScreen)


async def test_nothing_coming_in_is_said(app: MockloopApp, services: FakeServices) -> None:
    services.input_level = Level(-100, -100, Condition.NOTHING)
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        await steps.until(lambda: "Nothing is coming in" in steps.text(screen.query_one("#condition")))
        services.monitors[-1].level = Level(-1, 0, Condition.CLIPPING)
        await steps.until(lambda: "Clipping" in steps.text(screen.query_one("#condition")))


async def test_another_microphone_is_opened_and_remembered(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        await pilot.press("m", "down", "down", "enter")
        await steps.until(lambda: services.profile.device == "Headset [/foo]")
        await steps.until(lambda: len(services.monitors) == 2 and services.monitors[1].running)
        assert not services.monitors[0].running
        assert screen.query_one(MicrophoneCheck).device == "Headset [/foo]"


async def test_whoever_starts_before_the_inputs_are_known_is_heard_by_the_microphone_of_last_time(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.set_device("Headset [/foo]")
    go_on, inputs, listed, make = Event(), services.inputs, Event(), services.new_session
    asked: list[str | None] = []

    def slowly() -> tuple[InputDevice, ...]:
        go_on.wait(10)
        listed.set()
        return inputs()

    def begin(sitting: Sitting, device: str | None, place: LoopPlace | None = None) -> FakeSession:
        asked.append(device)
        go_on.set()
        listed.wait(10)
        return make(sitting, device, place)

    monkeypatch.setattr(services, "inputs", slowly)
    monkeypatch.setattr(services, "new_session", begin)
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("enter")
        screen = await steps.on(pilot, BriefingScreen)
        await pilot.press("enter")
        await steps.until(listed.is_set)
        await steps.on(pilot, InterviewScreen)
        assert asked == ["Headset [/foo]"]
        assert not screen.is_attached
        assert services.monitors == []


async def test_no_microphone_is_one_sentence(app: MockloopApp, services: FakeServices) -> None:
    services.input_error = AudioInputError("No microphone was found.", "Plug one in.")
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("enter")
        screen = await steps.on(pilot, BriefingScreen)
        await steps.until(lambda: "No microphone was found. Plug one in." in steps.text(screen.query_one("#condition")))


async def test_leaving_lets_go_of_the_microphone(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.briefing(pilot, services)
        await pilot.press("escape")
        await steps.until(lambda: not services.monitors[-1].running)
