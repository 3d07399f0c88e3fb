"""What is told and asked in single steps of a mock, on a clock that a test moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.session.test_every_round import CATALOGUE, Clock, ClockRecordings, QuietFinisher
from tui.interview.assess import Assessor
from tui.interview.sitting import Sitting
from tui.interview.types import Clarification
from tui.session.conversation import Conversation
from tui.session.events import Asked, Event, State, StateChanged, ToldMore
from tui.session.mock_session import MockSession

LOAD, LATENCY = Clarification("How much load?", "A thousand a second."), Clarification("How soon?", "In 200 ms.")


class Mock:
    """A mock of two questions that may be clarified, without follow-ups."""

    def __init__(self) -> None:
        round_ = CATALOGUE.rounds["ml-systems"]
        questions = tuple(replace(each, clarifications=(LOAD, LATENCY)) for each in round_.questions[:2])
        sitting = Sitting(round_, questions, 30.0, 60.0, 0)
        assessor = Assessor.of(CATALOGUE)
        self.clock = Clock()
        self.recordings = ClockRecordings(self.clock)
        finisher = QuietFinisher(self.recordings, sitting, assessor)
        self.session = MockSession(
            Conversation(sitting, lambda: assessor),
            self.recordings,
            finisher,  # type: ignore[arg-type]
            now=self.clock,
        )
        self.events: list[Event] = []
        self._came = threading.Condition()
        self.session.listen(self._hear)
        self.session.start()

    def _hear(self, event: Event) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def until(self, came: Callable[[], bool]) -> None:
        with self._came:
            assert self._came.wait_for(came, 20), self.events

    def asked(self) -> int:
        """How many questions were asked so far."""
        return sum(isinstance(event, Asked) for event in self.events)

    def finished(self) -> bool:
        return StateChanged(State.FINISHED) in self.events

    def answer(self, *told: Clarification) -> None:
        """Answer for ten seconds, in which something is picked from the list."""
        self.session.begin_answer()
        for each in told:
            self.session.clarify(each)
        self.clock.now += 10.0
        self.session.end_answer()


@pytest.fixture
def mock() -> Iterator[Mock]:
    made = Mock()
    yield made
    made.session.close()


def test_what_was_told_while_thinking_is_kept_with_the_answer(mock: Mock) -> None:
    mock.session.clarify(LOAD)
    mock.answer(LATENCY, LOAD)
    mock.until(lambda: mock.asked() == 2)
    mock.answer(LATENCY)
    mock.until(mock.finished)
    assert mock.recordings.clarified == [[LOAD.ask, LATENCY.ask], [LATENCY.ask]]
    # Nothing is told twice about one answer.
    assert [event.clarification for event in mock.events if isinstance(event, ToldMore)] == [LOAD, LATENCY, LATENCY]


def test_ending_before_anything_was_recorded_is_without_effect(mock: Mock) -> None:
    mock.session.end_mock()
    assert mock.session.snapshot().state is State.THINKING
    mock.answer()
    mock.until(lambda: mock.asked() == 2)


def test_once_a_mock_is_ended_no_answer_begins(mock: Mock) -> None:
    mock.answer()
    mock.until(lambda: mock.asked() == 2)
    mock.session.end_mock()
    mock.session.begin_answer()
    mock.session.end_mock()
    mock.until(mock.finished)
    assert len(mock.recordings.asks) == 1
    assert [event.state for event in mock.events if isinstance(event, StateChanged)].count(State.FINISHED) == 1
