"""Hostile text, broken homes, odd sizes, and one definition of the keys."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.errors import MockloopError, RubricError
from tui.history.types import AnswerFile, MockFile
from tui.interview.types import Clarification
from tui.rubric.verdicts import Fix, Postmortem
from tui.screens.error import ErrorScreen
from tui.screens.help import HelpScreen, KeyTable
from tui.screens.history import HistoryScreen
from tui.screens.home import HomeScreen
from tui.screens.keys import described_keys
from tui.screens.pick import PickScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.rating import RatingScreen
from tui.screens.review import ReviewScreen
from tui.session.events import Finished, ToldMore
from tui.transcript import Transcript, clean
from tui.widgets.key_bar import KeyBar

SIZE = (80, 24)
PLAIN = "[/foo] [bold]loud"


def hostile_catalogue(services: FakeServices) -> None:
    made = values.catalogue()
    question = values.question("home-ranking", values.HOSTILE)
    round_ = replace(
        made.rounds["ml-systems"],
        title=values.HOSTILE,
        summary=values.HOSTILE,
        questions=(question,),
        checklist=(values.HOSTILE,),
    )
    signals = {id_: replace(s, title=values.HOSTILE, advice=values.HOSTILE) for id_, s in made.rubric.signals.items()}
    services.rounds = replace(made, rubric=replace(made.rubric, signals=signals), rounds={"ml-systems": round_})


def hostile_postmortem() -> Postmortem:
    said = values.postmortem()
    verdicts = tuple(
        replace(
            verdict,
            title=values.HOSTILE,
            reason=values.HOSTILE,
            evidence=tuple(replace(piece, quote=values.HOSTILE) for piece in verdict.evidence),
        )
        for verdict in said.scorecard.verdicts
    )
    card = replace(said.scorecard, verdicts=verdicts, arithmetic=values.HOSTILE)
    fix = Fix("guardrail_named", values.HOSTILE, values.HOSTILE, values.HOSTILE)
    return replace(said, scorecard=card, fix=fix, notes=(values.HOSTILE,), question_title=values.HOSTILE)


async def test_text_from_outside_is_shown_as_it_is_and_never_obeyed(app: MockloopApp, services: FakeServices) -> None:
    hostile_catalogue(services)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        screen = await steps.home(pilot)
        assert PLAIN in steps.shown(screen)
        session = await steps.answer(pilot, services)
        assert PLAIN in steps.shown(app.screen)
        session.follow_up("guardrail_named", values.HOSTILE)
        session.tell(ToldMore(Clarification(values.HOSTILE, values.HOSTILE), aloud=True))
        await steps.until(lambda: steps.shown(app.screen).count(PLAIN) > 1)
        session.begin_answer()
        session.advance(30)
        await pilot.press("e")
        await steps.on(pilot, RatingScreen)
        assert PLAIN in steps.shown(app.screen)
        mock = replace(values.mock(), question_title=values.HOSTILE)
        session.tell(
            Finished(
                MockFile(
                    mock, hostile_postmortem(), (AnswerFile(mock.turns[0], Transcript.of_text(values.HOSTILE), None),)
                )
            )
        )
        await pilot.press("enter")
        postmortem = await steps.on(pilot, PostmortemScreen)
        for key in "1234":
            await pilot.press(key)
            await pilot.pause()
            assert PLAIN in steps.shown(postmortem)
            assert "\x1b" not in steps.shown(postmortem)
        await pilot.press("1", "enter")
        await steps.until(lambda: isinstance(app.screen, ErrorScreen))
        app.push_screen(ErrorScreen(MockloopError(values.HOSTILE, values.HOSTILE)))
        await pilot.pause()
        assert clean(values.HOSTILE) in app.screen.query_one("#text").text


async def test_wrong_rubrics_are_one_sentence_and_the_history_still_works(
    app: MockloopApp, services: FakeServices
) -> None:
    services.rounds = RubricError("rounds/[x].yaml, line 3: `minutes` is missing.", "Give a number of minutes.")
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.on(pilot, HomeScreen)
        await steps.until(lambda: "rounds/[x].yaml, line 3" in steps.text(screen.query_one("#about-text")))
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("h")
        await steps.on(pilot, HistoryScreen)


async def test_a_home_that_cannot_be_read_is_one_sentence(app: MockloopApp, services: FakeServices) -> None:
    services.home.parent.mkdir(exist_ok=True)
    services.home.write_text("a file, where a folder should be")
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.on(pilot, HomeScreen)
        await steps.until(lambda: steps.text(screen.query_one("#focus-text")))
        assert "Traceback" not in steps.shown(screen)


async def test_an_unexpected_error_in_the_background_is_a_sentence(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        monkeypatch.setattr(services.history, "rows", lambda *_: 1 / 0)
        await pilot.press("h")
        await steps.until(lambda: isinstance(app.screen, ErrorScreen))
        assert "ZeroDivisionError" in app.screen.query_one("#text").text


async def test_resizing_keeps_the_place_and_never_fails(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.postmortem(pilot, services)
        await pilot.press("down", "down")
        for size in [(120, 36), (200, 50), (60, 16), (30, 8), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert screen.query_one("SignalList").highlighted == 2
        await pilot.press("escape", "h")
        await steps.on(pilot, HistoryScreen)
        for size in [(120, 36), (40, 10), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert "79" in steps.shown(app.screen)


async def test_footer_help_and_palette_tell_the_same_keys(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await steps.briefing(pilot, services)
        told = {key.description for key in described_keys(screen)}
        footer = {key.description for _, key in screen.query_one(KeyBar).placed()} - {"palette"}
        assert {"Next question", "Microphone", "Level", "Times", "Back", "Help"} == footer
        assert told == footer | {"Start"}
        await pilot.press("question_mark")
        await steps.until(lambda: isinstance(app.screen, HelpScreen))
        helped = steps.shown(app.screen)
        assert all(description in helped for description in told)
        await pilot.press("escape")
        await pilot.press("ctrl+p")
        await steps.until(lambda: "Next question" in steps.shown(app.screen))
        for letter in "next":
            await pilot.press(letter)
        await steps.until(lambda: "Show the round's next question" in steps.shown(app.screen))
        await pilot.press("enter")
        await steps.until(lambda: "Predict load" in steps.text(screen.query_one("#prompt")))


@pytest.mark.parametrize("size", [SIZE, (120, 36)])
async def test_the_end_of_a_long_list_in_a_dialogue_is_seen(app: MockloopApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await steps.home(pilot)
        app.push_screen(PickScreen("Pick", "A sentence.", [f"Number {number}." for number in range(40)]))
        await steps.on(pilot, PickScreen)
        await pilot.press("end")
        await pilot.pause()
        assert "Number 39." in steps.shown(app.screen)


async def test_help_tells_what_enter_does_on_a_list_and_keeps_its_columns(
    app: MockloopApp, services: FakeServices
) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("tab", "enter")
        await steps.on(pilot, PostmortemScreen)
        await pilot.press("v")
        screen = await steps.on(pilot, ReviewScreen)
        await pilot.press("question_mark")
        await steps.until(lambda: "(P: back)" in steps.shown(app.screen))
        column = steps.text(app.screen.query_one(KeyTable)).splitlines()[0].index("Back to")
        lines = steps.text(app.screen.query_one(KeyTable)).splitlines()
        assert all(line[column - 3 : column] == "   " and line[column] != " " for line in lines)
        assert any(line[:column].isspace() for line in lines)
        await pilot.press("escape", "escape")
        await steps.on(pilot, PostmortemScreen)
        assert screen is not app.screen
        await pilot.press("question_mark")
        await steps.until(lambda: "Play or stop the seconds of this quote" in steps.shown(app.screen))


def test_the_app_starts_without_what_only_later_screens_need() -> None:
    heavy = ["yaml", "pydantic", "numpy", "sqlite3", "sounddevice", "regex", "tui.rubric.types", "tui.screens.briefing"]
    code = f"import sys, tui.app, tui.session.local; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_fault_of_our_own_ends_with_a_sentence_and_a_log(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(screen: HomeScreen) -> None:
        raise ZeroDivisionError("by accident")

    monkeypatch.setattr(HomeScreen, "on_screen_resume", stumble)
    app.run(headless=True, size=SIZE)
    told = "".join(capsys.readouterr())
    assert app.return_code == 1
    assert "ZeroDivisionError: by accident" in told
    assert "Traceback" not in told
    assert "Traceback" in (services.home / "logs" / "crash.log").read_text()
    assert services.closed
