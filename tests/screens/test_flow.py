"""From one key to the postmortem and back, and every way out in between."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from textual.widgets import TextArea

from tests.screens import steps, values
from tests.screens.fakes import FakeServices, FakeSession, finished
from tui.app import MockloopApp, make_app
from tui.errors import AudioInputError, ModelError, StorageError
from tui.interview.types import Clarification
from tui.screens.briefing import BriefingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.error import ErrorScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.home import HomeScreen
from tui.screens.interview import InterviewScreen
from tui.screens.pick import PickScreen
from tui.screens.postmortem import PostmortemScreen
from tui.screens.rating import RatingScreen
from tui.screens.transcribing import TranscribingScreen
from tui.session.events import Failed, Finished, Heard, InputTrouble, State, StateChanged, TranscriptionProgress
from tui.speech.transcriber import TranscriptionCancelledError
from tui.transcript import Segment
from tui.widgets.choice import Choice
from tui.widgets.key_bar import KeyBar
from tui.widgets.mock_table import MockTable
from tui.widgets.signal_list import SignalList

SIZE = (80, 24)


async def test_one_key_speak_read_the_postmortem(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen, session = await steps.interview(pilot, services)
        assert session.state is State.THINKING
        assert not services.monitors[-1].running
        await pilot.press("enter")
        assert session.state is State.ANSWERING
        session.advance(75)
        await steps.until(lambda: "1:15 recorded" in steps.text(screen.query_one("#condition")))
        assert steps.text(screen.query_one("#digits")) == "4:45"
        await pilot.press("enter")
        await steps.on(pilot, RatingScreen)
        assert session.state is State.TRANSCRIBING
        session.tell(TranscriptionProgress(0.5, "we launch to one percent"))
        await steps.until(lambda: "50%" in steps.text(pilot.app.screen.query_one("#progress")))
        session.tell(finished())
        await pilot.press("enter")
        postmortem = await steps.on(pilot, PostmortemScreen)
        assert "79 of 100" in steps.text(postmortem.query_one("#dimensions"))
        await steps.until(lambda: session.closed)
        await pilot.press("escape")
        await steps.on(pilot, HomeScreen)


async def test_enter_plays_the_seconds_of_the_quote(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.postmortem(pilot, services)
        await pilot.press("down", "enter")
        await steps.until(lambda: services.player.played)
        path, start, end = services.player.played[0]
        said = values.evidence("business_goal", "The goal is that people find something to watch")
        assert (start, end) == (said.start_seconds, said.end_seconds)
        assert path.name == "answer-1.flac"
        await steps.until(lambda: app.screen.title_bar.status.startswith("▶"))
        await pilot.pause()
        assert "▶ “The goal is that people" in steps.shown(app.screen)
        assert app.screen.next_key.label.startswith("Stop")
        await pilot.press("s")
        await steps.until(lambda: not services.player.playing)
        await steps.until(lambda: app.screen.next_key.label.startswith("Hear"))
        assert "▶" not in steps.shown(app.screen)
        await pilot.press("enter")
        await steps.until(lambda: app.screen.next_key.label.startswith("Stop"))
        await pilot.press("enter")
        await steps.until(lambda: not services.player.playing)


async def test_a_quote_that_is_heard_goes_on_in_another_reading_or_ends_with_its_credit(
    app: MockloopApp, services: FakeServices
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.postmortem(pilot, services)
        signals = screen.query_one(SignalList)
        await pilot.press("down", "enter")
        await steps.until(lambda: signals.playing)
        taken = signals.row
        assert taken
        mock = values.mock_file()
        said = values.postmortem()
        again = replace(mock, postmortem=replace(said, notes=("Heard again.",)))
        await screen.show_reading(again, frozenset())
        assert services.player.playing
        await steps.until(lambda: signals.playing is signals.row)
        verdicts = (
            replace(each, evidence=()) if each.signal == taken.verdict.signal else each
            for each in said.scorecard.verdicts
        )
        less = replace(said, scorecard=replace(said.scorecard, verdicts=tuple(verdicts)))
        await screen.show_reading(replace(mock, postmortem=less), frozenset())
        await steps.until(lambda: not services.player.playing)
        await steps.until(lambda: "▶" not in screen.title_bar.status)


async def test_a_quote_does_not_begin_once_the_postmortem_is_closed(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on, play = Event(), Event(), services.player.play

    def slowly(*arguments: Any) -> None:
        reading.set()
        go_on.wait(10)
        play(*arguments)

    monkeypatch.setattr(services.player, "play", slowly)
    async with app.run_test(size=SIZE) as pilot:
        await steps.postmortem(pilot, services)
        await pilot.press("down", "enter")
        await steps.until(reading.is_set)
        await pilot.press("escape")
        await steps.on(pilot, HomeScreen)
        go_on.set()
        await steps.until(lambda: services.player.played)
        await steps.until(lambda: not services.player.playing)


async def test_where_nothing_can_be_heard_enter_prepares_the_question_again(
    app: MockloopApp, services: FakeServices
) -> None:
    services.seed(values.unscored())
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("tab", "enter")
        screen = await steps.on(pilot, PostmortemScreen)
        assert screen.next_key.label == "Answer this question again"
        await pilot.press("enter")
        await steps.on(pilot, BriefingScreen)


async def test_a_missed_signal_has_nothing_to_play(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.postmortem(pilot, services)
        await pilot.press("down", "down", "down", "down")
        assert screen.next_key.label == "↓ for the next quote"
        await pilot.press("enter")
        await pilot.pause()
        assert services.player.played == []


async def test_think_time_over_starts_the_answer(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen, session = await steps.interview(pilot, services)
        assert steps.text(screen.query_one("#cue")).startswith("THINK")
        session.advance(60)
        await steps.until(lambda: steps.text(screen.query_one("#cue")).startswith("SPEAK"))


@pytest.mark.parametrize(
    ("seconds", "cue", "css"),
    [(30, "SPEAK", "-calm"), (280, "CLOSE SOON", "-amber"), (330, "LAST SECONDS", "-red"), (365, "OVER TIME", "-over")],
)
async def test_each_phase_has_words_as_well_as_a_colour(
    app: MockloopApp, services: FakeServices, seconds: float, cue: str, css: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.answer(pilot, services, seconds)
        await steps.until(lambda: steps.text(app.screen.query_one("#cue")).startswith(cue))
        assert app.screen.query_one("Clock").has_class(css)


async def test_pause_stops_the_clock_and_enter_goes_on(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("space")
        session.advance(100)
        assert session.state is State.PAUSED
        assert "PAUSED" in steps.text(app.screen.query_one("#cue"))
        assert steps.text(app.screen.query_one("#digits")) == "4:45"
        await pilot.press("enter")
        assert session.state is State.ANSWERING


async def test_a_very_short_answer_is_ended_only_on_purpose(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services, 2)
        await pilot.press("enter")
        await steps.until(lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("n")
        assert session.state is State.ANSWERING
        await pilot.press("enter")
        await steps.until(lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await steps.on(pilot, RatingScreen)


async def test_finishing_is_offered_once_something_is_recorded_and_asks_in_a_very_short_mock(
    app: MockloopApp, services: FakeServices
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen, session = await steps.interview(pilot, services)
        await pilot.press("enter")
        bar = screen.query_one(KeyBar)
        assert "Finish" not in steps.text(bar)
        session.advance(2)
        await steps.until(lambda: "Finish" in steps.text(bar))
        await pilot.press("f")
        await steps.on(pilot, ConfirmScreen)
        await pilot.press("n")
        assert session.state is State.ANSWERING
        session.advance(60)
        await pilot.press("f")
        await steps.on(pilot, RatingScreen)


async def test_leaving_a_mock_asks_first_and_keeps_the_recording(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("escape")
        await steps.until(lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await steps.on(pilot, InterviewScreen)
        assert not session.abandoned
        await pilot.press("escape", "y")
        await steps.on(pilot, HomeScreen)
        await steps.until(lambda: session.abandoned and session.closed)


async def test_a_microphone_that_will_not_open_can_be_tried_again(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        _, session = await steps.interview(pilot, services)
        session.begin_error = AudioInputError("The microphone is busy.", "Close the other program.")
        await pilot.press("enter")
        await steps.until(lambda: isinstance(app.screen, ErrorScreen))
        assert app.screen.query_one(TextArea).text == "The microphone is busy.\n\nClose the other program."
        await pilot.press("escape")
        session.begin_error = None
        await pilot.press("enter")
        assert session.state is State.ANSWERING


async def test_a_mock_that_cannot_begin_leaves_the_briefing_open(app: MockloopApp, services: FakeServices) -> None:
    services.session_error = ModelError("There is no model.", "Run mockloop models --pull tiny.en.")
    async with app.run_test(size=SIZE) as pilot:
        await steps.briefing(pilot, services)
        await pilot.press("enter")
        await steps.until(lambda: isinstance(app.screen, ErrorScreen))
        await pilot.press("escape")
        services.session_error = None
        await pilot.press("enter")
        await steps.on(pilot, InterviewScreen)


async def test_a_mock_that_cannot_begin_while_the_help_is_read_can_be_tried_again(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, make = Event(), services.new_session

    def refuse(*_: Any) -> FakeSession:
        go_on.wait(10)
        raise ModelError("There is no model.", "Run mockloop models --pull tiny.en.")

    monkeypatch.setattr(services, "new_session", refuse)
    async with app.run_test(size=SIZE) as pilot:
        await steps.briefing(pilot, services)
        await pilot.press("enter", "f1")
        await steps.on(pilot, HelpScreen)
        go_on.set()
        await steps.on(pilot, ErrorScreen)
        monkeypatch.setattr(services, "new_session", make)
        await pilot.press("escape", "escape")
        await steps.on(pilot, BriefingScreen)
        await pilot.press("enter")
        await steps.on(pilot, InterviewScreen)


async def test_a_failure_says_its_sentence_on_the_home_screen(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("enter")
        await steps.on(pilot, RatingScreen)
        session.tell(Failed(ModelError("The recogniser stopped.", "Try again."), "some-mock"))
        await steps.until(lambda: isinstance(app.screen, ErrorScreen))
        assert isinstance(app.screen_stack[-2], HomeScreen)


async def test_trouble_with_the_microphone_is_told_during_the_answer(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        session.tell(InputTrouble("The microphone is gone.", "What you said is kept."))
        await steps.until(lambda: "is gone" in steps.text(app.screen.query_one("#condition")))
        session.tell(InputTrouble(""))
        await steps.until(lambda: "Good level" in steps.text(app.screen.query_one("#condition")))


async def test_what_the_disk_did_not_take_is_told_when_the_answer_has_ended(
    app: MockloopApp, services: FakeServices
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("enter")
        await steps.on(pilot, RatingScreen)
        session.tell(InputTrouble("The disk was full: 42 s of the answer could not be kept."))
        await steps.until(lambda: len(app._notifications))
        (notice,) = app._notifications
        assert notice.message == "The disk was full: 42 s of the answer could not be kept."


@pytest.mark.parametrize("elsewhere", [[], ["enter"]], ids=["home", "another briefing"])
async def test_leaving_the_briefing_while_the_mock_is_being_made_leaves_it(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch, elsewhere: list[str]
) -> None:
    asked, go_on = Event(), Event()
    make = services.new_session

    def slowly(*arguments: Any) -> FakeSession:
        asked.set()
        go_on.wait(10)
        return make(*arguments)

    monkeypatch.setattr(services, "new_session", slowly)
    async with app.run_test(size=SIZE) as pilot:
        briefing = await steps.briefing(pilot, services)
        await pilot.press("enter")
        await steps.until(asked.is_set)
        await pilot.press("escape", *elsewhere)
        await steps.until(lambda: app.screen is not briefing)
        if elsewhere:
            await steps.on(pilot, BriefingScreen)
        shown = app.screen
        go_on.set()
        await steps.until(lambda: services.sessions and services.sessions[0].closed)
        await pilot.pause()
        assert app.screen is shown
        assert services.sessions[0].state is State.BRIEFED


async def test_an_answer_that_the_session_ends_goes_on_to_transcription(
    app: MockloopApp, services: FakeServices
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("escape")
        session.tell(StateChanged(State.TRANSCRIBING))
        await steps.on(pilot, RatingScreen)


async def test_an_interrupted_mock_is_offered_and_finished(app: MockloopApp, services: FakeServices) -> None:
    (mock,) = services.seed(None)
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.home(pilot)
        assert "Finish the interrupted mock" in steps.text(screen.query_one("#interrupted"))
        await pilot.press("f")
        await steps.on(pilot, TranscribingScreen)
        await steps.until(lambda: services.finishing)
        assert services.finishing[0][0] == mock
        services.finishing[0][1](finished())
        await steps.on(pilot, PostmortemScreen)


async def test_what_was_left_is_mentioned_and_never_takes_the_screen(app: MockloopApp, services: FakeServices) -> None:
    services.seed(None)
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("f")
        await steps.on(pilot, TranscribingScreen)
        await steps.until(lambda: services.finishing)
        await pilot.press("escape", "y")
        await steps.answer(pilot, services)
        services.finishing[0][1](finished())
        await steps.until(lambda: len(app._notifications))
        assert isinstance(app.screen, InterviewScreen)


async def test_that_it_stopped_is_no_news_to_whom_left_it(app: MockloopApp, services: FakeServices) -> None:
    services.seed(None)
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("f")
        await steps.on(pilot, TranscribingScreen)
        await steps.until(lambda: services.finishing)
        mock, hear = services.finishing[0]
        await pilot.press("escape", "y")
        await steps.home(pilot)
        hear(Failed(TranscriptionCancelledError(), mock))
        hear(Failed(ModelError("The model is broken.", "Pull it again."), mock))
        await steps.until(lambda: len(app._notifications))
        (notice,) = app._notifications
        assert "The model is broken." in notice.message


async def test_history_reads_and_deletes(app: MockloopApp, services: FakeServices) -> None:
    kept, _ = services.seed(values.postmortem(), values.unscored())
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("h")
        screen = await steps.on(pilot, HistoryScreen)
        table = screen.query_one(MockTable)
        await steps.until(lambda: table.row_count == 2)
        await pilot.press("d")
        await steps.until(lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        assert len(services.history.rows()) == 2
        await pilot.press("d")
        await steps.until(lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await steps.until(lambda: table.row_count == 1)
        assert [row.id for row in services.history.rows()] == [kept]
        await pilot.press("enter")
        postmortem = await steps.on(pilot, PostmortemScreen)
        assert "79 of 100" in steps.text(postmortem.query_one("#dimensions"))
        await pilot.press("escape")
        await steps.on(pilot, HistoryScreen)


async def test_quitting_during_an_answer_asks_and_closes(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("ctrl+q")
        await steps.until(lambda: isinstance(app.screen, ConfirmScreen))
        assert not session.closed
        await pilot.press("y")
    assert session.closed
    assert services.closed


async def test_quitting_anywhere_else_is_immediate(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.home(pilot)
        await pilot.press("q")
    assert services.closed


async def test_the_same_question_again(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.postmortem(pilot, services)
        await pilot.press("r", "enter")
        await steps.until(lambda: len(services.sessions) == 2)
        assert services.sessions[1].ask.question.id == "home-ranking"


async def test_straight_into_a_round(services: FakeServices) -> None:
    app = make_app(services, "coding", "live-events")
    async with app.run_test(size=SIZE) as pilot:
        await steps.until(lambda: len(app.screen_stack) == 2)
        await steps.until(lambda: services.monitors)
        await pilot.press("enter")
        await steps.on(pilot, InterviewScreen)
        session = services.sessions[0]
        assert (session.sitting.round.id, session.ask.question.id) == ("coding", "live-events")


async def test_a_follow_up_is_shown_and_answered_in_its_own_time(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        session.follow_up("guardrail_named", "What must not get worse?")
        await steps.until(lambda: steps.text(app.screen.query_one("#prompt")) == "What must not get worse?")
        assert str(app.screen.query_one("#question").border_title) == "Follow-up"
        assert session.state is State.THINKING
        await pilot.press("enter")
        assert session.state is State.ANSWERING
        session.advance(20)
        await steps.until(lambda: "0:20 recorded" in steps.text(app.screen.query_one("#condition")))
        await pilot.press("f")
        await steps.on(pilot, RatingScreen)


async def test_a_clarification_is_picked_and_shown(app: MockloopApp, services: FakeServices) -> None:
    catalogue = values.catalogue()
    round_ = catalogue.rounds["ml-systems"]
    clarification = Clarification("How many members?", "Three hundred million.")
    asked = tuple(replace(question, clarifications=(clarification,)) for question in round_.questions)
    services.rounds = replace(catalogue, rounds={"ml-systems": replace(round_, questions=asked)})
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("c")
        await steps.until(lambda: isinstance(app.screen, PickScreen))
        await pilot.press("enter")
        screen = await steps.on(pilot, InterviewScreen)
        assert session.clarified == [clarification]
        await steps.until(lambda: "Three hundred million." in steps.text(screen.query_one("#told")))


async def test_a_rating_is_kept_with_the_mock_and_shown_beside_the_score(
    app: MockloopApp, services: FakeServices
) -> None:
    (mock,) = services.seed(values.postmortem())
    async with app.run_test(size=(120, 36)) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("e")
        await steps.on(pilot, RatingScreen)
        await pilot.press("4", "2")
        session.tell(Finished(services.history.load(mock)))
        await pilot.press("enter")
        screen = await steps.on(pilot, PostmortemScreen)
        assert services.history.load(mock).mock.self_rating == {"ml_systems": 4, "experimentation": 2}
        assert "you: strong yes" in steps.text(screen.query_one("#dimensions"))


async def test_a_rating_that_cannot_be_kept_does_not_hide_the_postmortem(
    app: MockloopApp, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.", "Free some space.")

    monkeypatch.setattr(services.history, "rate", refuse)
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("e")
        await steps.on(pilot, RatingScreen)
        session.tell(finished())
        await pilot.press("4", "enter")
        await steps.on(pilot, ErrorScreen)
        await pilot.press("escape")
        await steps.on(pilot, PostmortemScreen)


async def test_leaving_before_the_postmortem_says_what_becomes_of_the_mock(
    app: MockloopApp, services: FakeServices
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        await pilot.press("e")
        await steps.on(pilot, RatingScreen)
        await pilot.press("escape")
        await steps.until(lambda: "You can finish this mock later" in steps.shown(app.screen))
        await pilot.press("escape")
        screen = await steps.on(pilot, RatingScreen)
        session.tell(finished())
        await steps.until(lambda: "The postmortem is ready." in steps.shown(screen))
        await pilot.press("escape")
        await steps.until(lambda: "The mock is scored" in steps.shown(app.screen))


async def test_a_rating_given_before_leaving_is_not_taken_for_that_of_another_mock(
    app: MockloopApp, services: FakeServices
) -> None:
    mock, _ = services.seed(values.postmortem(), None)
    async with app.run_test(size=SIZE) as pilot:
        await steps.answer(pilot, services)
        await pilot.press("e")
        await steps.on(pilot, RatingScreen)
        await pilot.press("4", "enter", "escape", "y")
        await steps.home(pilot)
        await pilot.press("f")
        await steps.on(pilot, TranscribingScreen)
        await steps.until(lambda: services.finishing)
        services.finishing[0][1](Finished(services.history.load(mock)))
        await steps.on(pilot, PostmortemScreen)
        assert not services.history.load(mock).mock.self_rating


async def test_the_level_and_the_length_are_settled_in_the_briefing(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await steps.briefing(pilot, services)
        await pilot.press("l", "left", "l", "right", "enter")
        await steps.on(pilot, InterviewScreen)
        sitting = services.sessions[0].sitting
        assert sitting.level_id == "junior"
        assert sitting.answer_seconds > 30 * 60


async def test_with_coaching_signals_tick_as_they_are_heard(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await steps.briefing(pilot, services)
        screen.query_one("#coaching", Choice).value = "on"
        await pilot.press("enter")
        interview = await steps.on(pilot, InterviewScreen)
        session = services.sessions[0]
        assert session.sitting.coached
        await pilot.press("enter")
        said = values.evidence("rollback", "we flip everyone to yesterday's model")
        session.tell(Heard(Segment.of_text("so we flip everyone back"), {"rollback": (said,)}))
        ticks = interview.query_one("#ticks")
        await steps.until(lambda: "✓ Has a way back" in steps.text(ticks))
        assert "· Names a guardrail" in steps.text(ticks)


async def test_without_coaching_nothing_ticks(app: MockloopApp, services: FakeServices) -> None:
    async with app.run_test(size=SIZE) as pilot:
        session = await steps.answer(pilot, services)
        assert not session.sitting.coached
        assert not app.screen.query_one("Coach").display
