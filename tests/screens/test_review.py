"""Reading the transcript with its evidence, hearing it, and correcting it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from tests.history import real
from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.history.types import AnswerFile
from tui.rubric.verdicts import Outcome
from tui.screens.messages import OpenReview
from tui.screens.pick import PickScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.review import ReviewScreen
from tui.screens.reword import RewordScreen
from tui.transcript import Transcript
from tui.widgets.key_bar import KeyBar
from tui.widgets.signal_list import SignalList
from tui.widgets.timeline_strip import TimelineStrip
from tui.widgets.transcript_view import TranscriptView

SIZE = (80, 24)
ANSWER = next(each["text"] for each in real.labelled() if each["round"] == "ml-systems")


async def review(pilot: Pilot[None]) -> ReviewScreen:
    await real_mock(pilot)
    await pilot.press("v")
    return await steps.on(pilot, ReviewScreen)


def word(screen: ReviewScreen) -> str:
    return screen._read.words[screen.query_one(TranscriptView).cursor].text


def listed(screen: PostmortemScreen) -> SignalList:
    return screen.query_one(SignalList)


async def to_row(pilot: Pilot[None], signals: SignalList, signal: str) -> None:
    """Move the cursor to the verdict on a signal."""
    await steps.until(lambda: signals.row)
    for _ in range(60):
        if signals.row and signals.row.verdict.signal == signal and signals.row.first:
            return
        await pilot.press("down")
    raise AssertionError(f"{signal} is not in the list")


async def real_mock(pilot: Pilot[None]) -> PostmortemScreen:
    """Open the one mock there is."""
    await steps.home(pilot)
    await pilot.press("tab", "enter")
    return await steps.on(pilot, PostmortemScreen)


async def test_the_cursor_goes_by_word_line_and_signal(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await review(pilot)
        await steps.until(lambda: word(screen) == "assume")
        await pilot.press("right", "right")
        assert word(screen) == "hundred"
        await pilot.press("n")
        assert word(screen) == "The"
        assert "Ties choices to the business goal: late" in steps.text(screen.query_one("#here"))
        await pilot.press("n", "b", "b")
        assert word(screen) == "assume"
        await pilot.press("home", "down")
        assert word(screen) != "Let"
        await pilot.press("up")
        assert word(screen) == "Let"
        assert "[1]assume" in steps.shown(screen)


async def test_plays_from_a_word_follows_it_and_changes_the_tempo(app: MockloopApp, services: FakeServices) -> None:
    player = services.player
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await review(pilot)
        await pilot.press("n", "enter")
        await steps.until(lambda: player.played)
        start = values.evidence("business_goal", "The goal is that people find something to watch").start_seconds
        assert player.played[0][1:] == (start, None)
        player.position = 60.2
        await steps.until(lambda: word(screen) == "If")
        assert screen.next_key.label == "Stop"
        await pilot.press("plus", "plus", "plus")
        await steps.until(lambda: player.speeds[-1] == 1.5)
        assert player.played[-1][1] == 60.2
        assert "▶ 1.5×" in screen.title_bar.status
        await pilot.press("home")
        player.position = 61.0
        await pilot.pause(0.3)
        assert word(screen) == "Let"
        await pilot.press("s")
        await steps.until(lambda: not player.playing)
        await steps.until(lambda: screen.next_key.label == "Play from 0:04")


async def test_what_is_played_ends_by_itself_and_not_while_the_tempo_changes(
    app: MockloopApp, services: FakeServices
) -> None:
    player = services.player
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await review(pilot)
        await pilot.press("enter")
        await steps.until(lambda: player.played)
        slow, begin = threading.Event(), player.play

        def play(path: Path, start: float, end: float | None, speed: float = 1.0) -> None:
            player.stop()  # as long as it takes to read the recording, nothing sounds
            slow.wait(5)
            begin(path, start, end, speed)

        player.play = play  # type: ignore[method-assign]
        await pilot.press("plus")
        await steps.until(lambda: not player.playing)
        await pilot.pause(0.3)
        assert "▶ 1.25×" in screen.title_bar.status
        slow.set()
        await steps.until(lambda: player.playing)
        player.stop()
        await steps.until(lambda: "▶" not in screen.title_bar.status)


async def test_what_was_asked_for_last_is_what_is_heard(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.seed(values.postmortem())
    reading, go_on, play = threading.Event(), threading.Event(), services.player.play

    def slow_at_first(path: Path, start: float, end: float | None, speed: float = 1.0) -> None:
        if not reading.is_set():
            reading.set()
            go_on.wait(10)
        play(path, start, end, speed)

    monkeypatch.setattr(services.player, "play", slow_at_first)
    async with app.run_test(size=SIZE) as pilot:
        screen = await review(pilot)
        await pilot.press("enter")
        await steps.until(reading.is_set)
        await pilot.press("end", "enter")
        asked = screen._read.words[-1].seconds
        await pilot.pause(0.1)
        go_on.set()
        await steps.until(lambda: len(services.player.played) == 2)
        assert services.player.played[-1][1] == asked
        await steps.until(lambda: "▶" in screen.title_bar.status)


async def test_what_was_said_and_missed_is_credited_and_can_be_taken_back(
    app: MockloopApp, services: FakeServices
) -> None:
    mock = real.add(services.history, [("", ANSWER)], "ml-systems")
    before = services.history.load(mock).postmortem
    assert before
    missed = next(v.signal for v in before.scorecard.verdicts if v.outcome is Outcome.MISSED and not v.key_point)
    async with app.run_test(size=(120, 36)) as pilot:
        postmortem = await real_mock(pilot)
        await to_row(pilot, listed(postmortem), missed)
        await pilot.press("c")
        screen = await steps.on(pilot, ReviewScreen)
        assert "Mark the words that demonstrate" in steps.text(screen.query_one("#task"))
        await pilot.press("right", "shift+right", "shift+right")
        said = [screen._read.words[at].text for at in screen.query_one(TranscriptView).selected]
        assert said == ANSWER.split()[1:4]
        await pilot.press("enter")
        await steps.on(pilot, PostmortemScreen)
        row = listed(postmortem).row
        assert row
        assert (row.verdict.signal, row.verdict.outcome) == (missed, Outcome.DEMONSTRATED)
        assert row.verdict.evidence[0].quote.split() == said
        await steps.until(lambda: "Corrected by you: detection had said missed" in steps.shown(postmortem))
        after = services.history.load(mock)
        assert after.revision == 2
        await pilot.press("u")
        await steps.until(lambda: listed(postmortem).row and listed(postmortem).row.verdict.outcome is Outcome.MISSED)
        undone = services.history.load(mock).postmortem
        assert undone
        assert undone.scorecard == before.scorecard


async def test_a_review_that_is_asked_for_twice_opens_once(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await real_mock(pilot)
        screen.action_review()
        screen.action_review()
        await steps.on(pilot, ReviewScreen)
        await pilot.pause(0.2)
        assert app.screen_stack[-2] is screen


async def test_another_hearing_does_not_end_the_search_for_words(app: MockloopApp, services: FakeServices) -> None:
    mock = real.add(services.history, [("", ANSWER)], "ml-systems")
    made = services.history.load(mock)
    assert made.postmortem
    missed = next(v.signal for v in made.postmortem.scorecard.verdicts if v.outcome is Outcome.MISSED)
    async with app.run_test(size=SIZE) as pilot:
        await to_row(pilot, listed(await real_mock(pilot)), missed)
        await pilot.press("c")
        screen = await steps.on(pilot, ReviewScreen)
        await screen.show_reading(made, frozenset({1}))
        await pilot.pause()
        assert app.screen is screen
        assert "Mark the words that demonstrate" in steps.text(screen.query_one("#task"))
        await pilot.press("shift+right", "enter")
        await steps.on(pilot, PostmortemScreen)


async def test_a_wrong_credit_is_taken_away_with_one_key(app: MockloopApp, services: FakeServices) -> None:
    mock = real.add(services.history, [("", ANSWER)], "ml-systems")
    before = services.history.load(mock).postmortem
    assert before
    credited = next(v.signal for v in before.scorecard.verdicts if v.credit)
    async with app.run_test(size=SIZE) as pilot:
        postmortem = await real_mock(pilot)
        await to_row(pilot, listed(postmortem), credited)
        await pilot.press("x")
        await steps.until(lambda: listed(postmortem).row and not listed(postmortem).row.verdict.credit)
        overall = services.history.load(mock).postmortem
        assert overall
        assert (overall.scorecard.overall or 0) < (before.scorecard.overall or 0)


async def test_selected_words_ask_what_they_demonstrate(app: MockloopApp, services: FakeServices) -> None:
    mock = real.add(services.history, [("", ANSWER)], "ml-systems")
    async with app.run_test(size=SIZE) as pilot:
        await real_mock(pilot)
        await pilot.press("v")
        screen = await steps.on(pilot, ReviewScreen)
        await pilot.press("home", "shift+right", "enter")
        await steps.until(lambda: isinstance(app.screen, PickScreen))
        assert app.screen.query_one(OptionList).option_count
        await pilot.press("enter")
        await steps.until(lambda: services.history.load(mock).revision == 2)
        await steps.until(lambda: not screen.query_one(TranscriptView).selected)


async def test_wrong_words_are_corrected_and_the_first_ones_come_back(app: MockloopApp, services: FakeServices) -> None:
    mock = real.add(services.history, [("", ANSWER)], "ml-systems")
    async with app.run_test(size=SIZE) as pilot:
        await real_mock(pilot)
        await pilot.press("v")
        screen = await steps.on(pilot, ReviewScreen)
        assert not screen.check_action("restore", ())
        await pilot.press("e")
        await steps.until(lambda: isinstance(app.screen, RewordScreen))
        area = app.screen.query_one(TextArea)
        assert area.text == ANSWER
        area.text = f"Assume ten users. {ANSWER}"
        await pilot.press("ctrl+s")
        await steps.until(lambda: screen._read.words[0].text == "Assume")
        assert services.history.load(mock).revision == 2
        await steps.until(lambda: screen.check_action("restore", ()))
        await pilot.press("o")
        await steps.until(lambda: screen._read.words[0].text == ANSWER.split()[0])


async def test_a_key_that_would_do_nothing_is_not_named(app: MockloopApp, services: FakeServices) -> None:
    mock = services.seed(values.postmortem())[0]
    file = services.history.load(mock)
    silent = replace(file, answers=(AnswerFile(file.mock.turns[0], Transcript.of_text(""), None),))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await review(pilot)
        assert {"Next signal", "Faster", "Edit"} <= {key.description for key in screen.query_one(KeyBar).keys}
        await pilot.press("escape")
        app.post_message(OpenReview(silent))
        await steps.until(lambda: isinstance(app.screen, ReviewScreen) and app.screen is not screen)
        screen = await steps.on(pilot, ReviewScreen)
        named = {key.description for key in screen.query_one(KeyBar).keys}
        assert named == {"Back", "Legend", "Help"}


async def test_text_from_outside_is_shown_as_it_is(app: MockloopApp, services: FakeServices) -> None:
    mock = values.mock()
    turn = replace(mock.turns[0], prompt=values.HOSTILE)
    file = replace(values.mock_file(), answers=(AnswerFile(turn, Transcript.of_text(values.HOSTILE), None),))
    async with app.run_test(size=(120, 36)) as pilot:
        await steps.home(pilot)
        app.post_message(OpenReview(replace(file, mock=replace(mock, id=services.seed(values.postmortem())[0]))))
        screen = await steps.on(pilot, ReviewScreen)
        assert steps.shown(screen).count("[/foo]") == steps.shown(screen).count("[bold]loud[/bold]") == 2
        assert "\x1b" not in steps.shown(screen)
        await pilot.press("enter")
        await steps.until(lambda: "no recording" in steps.shown(app.screen))


async def test_a_click_on_the_timeline_goes_to_that_second(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem())
    async with app.run_test(size=SIZE) as pilot:
        screen = await review(pilot)
        strip = screen.query_one(TimelineStrip)
        last = screen._read.words[-1]
        assert last.seconds
        timeline = strip._timeline
        assert timeline
        seconds = timeline.seconds
        await pilot.click(TimelineStrip, offset=(int(last.seconds / seconds * strip.size.width), 1))
        here = screen._read.words[screen.query_one(TranscriptView).cursor].seconds
        assert here is not None
        assert abs(here - last.seconds) <= seconds / strip.size.width + 0.5
