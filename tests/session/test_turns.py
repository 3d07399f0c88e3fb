"""Follow-ups, further questions and clarifications, spoken into the virtual microphone and really recognised."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.microphone import VirtualMicrophone
from tests.session.test_mock_session import Heard, speak, until
from tui.errors import AudioInputError
from tui.history.types import MockFile, Stage
from tui.interview.loop import LoopPlace
from tui.interview.sitting import Sitting
from tui.interview.types import Clarification, Question
from tui.rubric.verdicts import Outcome, Verdict
from tui.session.events import Asked, Failed, Finished, State, ToldMore
from tui.session.local import LocalServices
from tui.session.mock_session import MockSession
from tui.session.session import Session

pytestmark = pytest.mark.microphone

NO_METRIC = ((49.0, 12.4), (71.0, 10.6))
"""Where the demo's answer speaks of data and of the launch, and names no metric: starts and lengths in seconds."""
METRIC = (11.8, 11.1)
"""Where it states the goal and names the primary metric."""


class Closing(LocalServices):
    """Services that close every session they made, so that a test that fails leaves no microphone open."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.sessions: list[Session] = []

    def new_session(self, sitting: Sitting, device: str | None, place: LoopPlace | None = None) -> Session:
        self.sessions.append(super().new_session(sitting, device, place))
        return self.sessions[-1]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[LocalServices]:
    made = Closing(tmp_path / "home")
    yield made
    for session in made.sessions:
        session.close()
    made.close()


def session_of(
    services: LocalServices, follow_ups: int, change: Callable[[Question], Question] = lambda question: question
) -> tuple[MockSession, Heard]:
    """A session on the demo's question, which puts its emphasis on the metric."""
    round_ = services.catalogue().rounds["ml-systems"]
    question = round_.question("video-recommendation")
    assert question is not None
    stressed = change(replace(question, emphasis=("metric_named",), key_points=()))
    session = services.new_session(Sitting(round_, (stressed,), 30.0, 120.0, follow_ups), None)
    assert isinstance(session, MockSession)
    heard = Heard()
    session.listen(heard)
    session.start()
    return session, heard


def answer(session: MockSession, microphone: VirtualMicrophone, *parts: tuple[float, float]) -> None:
    """Speak parts of the demo's answer and end."""
    session.begin_answer()
    for start, seconds in parts:
        speak(microphone, seconds, start)
    session.end_answer()


def scored(heard: Heard) -> MockFile:
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    assert outcome.mock.postmortem is not None
    return outcome.mock


def verdict(mock: MockFile, signal: str) -> Verdict:
    assert mock.postmortem is not None
    return next(each for each in mock.postmortem.scorecard.verdicts if each.signal == signal)


def test_a_metric_that_was_left_out_is_asked_for_and_then_prompted(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, heard = session_of(services, follow_ups=1)
    answer(session, microphone, *NO_METRIC)
    until(lambda: session.snapshot().ask.follow_up == 1)
    assert session.snapshot().ask.about == "metric_named"
    assert session.snapshot().state is State.THINKING
    assert session.snapshot().mock_seconds > 20
    answer(session, microphone, METRIC)
    mock = scored(heard)
    found = verdict(mock, "metric_named")
    assert (found.outcome, found.prompted) == (Outcome.DEMONSTRATED, True)
    assert found.evidence[0].turn == 2
    said = mock.answers[1].transcript
    assert said is not None
    assert said.text[found.evidence[0].start : found.evidence[0].end] == found.evidence[0].quote
    assert [Path(each.audio or "").stem for each in mock.answers] == ["answer-1", "answer-2"]
    assert mock.answers[1].turn.about == "metric_named"
    assert mock.answers[1].turn.start == pytest.approx(23.0, abs=6.0)
    assert verdict(mock, "data_issues").evidence[0].turn == 1


def test_the_same_words_before_any_follow_up_are_unprompted(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, heard = session_of(services, follow_ups=1)
    answer(session, microphone, METRIC, *NO_METRIC)
    until(lambda: session.snapshot().ask.follow_up == 1)
    assert session.snapshot().ask.about != "metric_named"
    session.end_mock()
    found = verdict(scored(heard), "metric_named")
    assert (found.outcome, found.prompted, found.credit) == (Outcome.DEMONSTRATED, False, 1.0)


def test_a_second_question_follows_and_both_are_scored(microphone: VirtualMicrophone, services: LocalServices) -> None:
    round_ = services.catalogue().rounds["ml-systems"]
    session = services.new_session(Sitting(round_, round_.questions[:2], 30.0, 60.0, 0), None)
    heard = Heard()
    session.listen(heard)
    session.start()
    for number in (1, 2):
        until(lambda number=number: session.snapshot().ask.number == number)  # type: ignore[misc]
        session.begin_answer()
        speak(microphone, 12.0, 49.0)
        session.end_answer()
    mock = scored(heard)
    assert mock.postmortem is not None
    assert [each.question for each in mock.postmortem.scorecard.questions] == [q.id for q in round_.questions[:2]]
    assert [answer.turn.kind for answer in mock.answers] == ["question", "question"]
    assert len([event for event in heard.events if isinstance(event, Asked)]) == 2


def test_a_clarification_that_is_asked_for_aloud_is_given(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    clarification = Clarification("How many members?", "Three hundred million.", ("(two|200) ...1 million member",))
    session, heard = session_of(services, 0, lambda question: replace(question, clarifications=(clarification,)))
    session.begin_answer()
    speak(microphone, 16.0)
    until(lambda: any(isinstance(event, ToldMore) for event in heard.events))
    session.end_answer()
    mock = scored(heard)
    (told,) = mock.answers[0].turn.clarified
    assert (told.ask, told.aloud) == ("How many members?", True)


def test_a_mock_that_is_left_between_turns_is_offered_and_keeps_what_was_asked(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, _ = session_of(services, follow_ups=2)
    answer(session, microphone, *NO_METRIC)
    until(lambda: session.snapshot().ask.follow_up == 1)
    session.abandon()
    (mock,) = services.unfinished().mocks
    assert mock.stage is Stage.RECORDED
    heard = Heard()
    services.finish(mock.id, heard)
    assert verdict(scored(heard), "data_issues").outcome is Outcome.DEMONSTRATED


def test_a_microphone_that_is_lost_between_turns_ends_the_mock_and_scores_it(
    microphone: VirtualMicrophone, services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, heard = session_of(services, follow_ups=1)
    answer(session, microphone, *NO_METRIC)
    until(lambda: session.snapshot().ask.follow_up == 1)

    def lost(*_: object) -> None:
        raise AudioInputError("The microphone is gone.", "Plug it in.")

    monkeypatch.setattr("tui.speech.recorder.Recorder.start", lost)
    with pytest.raises(AudioInputError):
        session.begin_answer()
    assert session.snapshot().state is State.THINKING
    session.end_mock()
    assert verdict(scored(heard), "data_issues").outcome is Outcome.DEMONSTRATED


def test_an_empty_follow_up_is_asked_in_vain(microphone: VirtualMicrophone, services: LocalServices) -> None:
    session, heard = session_of(services, follow_ups=1)
    answer(session, microphone, *NO_METRIC)
    until(lambda: session.snapshot().ask.follow_up == 1)
    session.begin_answer()
    time.sleep(1.5)
    session.end_answer()
    found = verdict(scored(heard), "metric_named")
    assert (found.outcome, found.prompted) == (Outcome.MISSED, True)


def test_a_mock_of_a_loop_counts_at_its_place(microphone: VirtualMicrophone, services: LocalServices) -> None:
    catalogue = services.catalogue()
    run = services.loops.begin(catalogue.loops["three-interviews"], "mid", "short")
    round_ = catalogue.rounds[run.rounds[0]]
    sitting = Sitting(round_, round_.questions[:1], 0.0, 60.0, 0)
    session = services.new_session(sitting, None, LoopPlace(run, 0))
    heard = Heard()
    session.listen(heard)
    session.start()
    until(lambda: session.snapshot().recorded_seconds > 1.0)
    session.end_answer()
    assert not isinstance(heard.outcome(), Failed)
    found = services.loops.of("three-interviews")
    assert found is not None
    assert found.mocks == {0: services.history.rows()[0].id}
