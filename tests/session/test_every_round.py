"""Every shipped round, at every level it has, short and at full length, on a clock that a test moves.

The session, its conversation and the assessor are real; recordings and what is recognised in them are not.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tui import locations
from tui.history.types import Clarified, Mock
from tui.interview.assess import Answered, Assessor
from tui.interview.flow import Ask
from tui.interview.load import load_catalogue
from tui.interview.sitting import Sitting, full_sitting, short_sitting
from tui.interview.types import Question, at_level
from tui.rubric.verdicts import Evidence
from tui.session.conversation import Conversation
from tui.session.events import Asked, Event, Failed, Finished, State, StateChanged
from tui.session.finishing import Spoken
from tui.session.mock_session import MockSession
from tui.session.recordings import Opening, Recordings
from tui.speech.types import Condition, Level, Recording
from tui.transcript import Transcript

CATALOGUE = load_catalogue(locations.rubrics())
CASES = [
    (round_.id, level, full)
    for round_ in CATALOGUE.rounds.values()
    for level in CATALOGUE.levels
    if not round_.levels or level in round_.levels
    for full in (False, True)
]


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    """By patterns alone, which is quick."""
    return Assessor.of(CATALOGUE)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class ClockRecorder:
    """A recorder whose recording is as long as the clock says."""

    overflows = 0
    trouble = None
    level = Level(-20.0, -10.0, Condition.OK)

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._began = clock.now

    @property
    def seconds(self) -> float:
        return self._clock.now - self._began

    def stop(self) -> Recording:
        return Recording(self.path, self.seconds, 0)


class ClockRecordings(Recordings):
    """Turns that exist in memory alone."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.asks: list[Ask] = []
        self.clarified: list[list[str]] = []
        """By turn that has ended: what was asked in it."""
        self.ended = 0.0
        self.opening: Opening | None = None

    @property
    def mock_id(self) -> str | None:
        return "mock" if self.asks else None

    @property
    def running_seconds(self) -> float:
        return self.opening.recorder.seconds if self.opening else 0.0

    @property
    def seconds(self) -> float:
        return self.ended + self.running_seconds

    def open(self, ask: Ask) -> Opening:
        self.asks.append(ask)
        recorder = ClockRecorder(Path(f"answer-{len(self.asks)}.wav"), self.clock)
        mock = Mock("mock", "", "", "", "", "", "recording", None, ())  # type: ignore[arg-type]
        self.opening = Opening(ask, mock, len(self.asks), recorder)  # type: ignore[arg-type]
        return self.opening

    def close(self, opening: Opening, clarified: Sequence[Clarified] = ()) -> Recording:
        self.clarified.append([each.ask for each in clarified])
        recording = opening.recorder.stop()
        self.opening = None
        self.ended += recording.seconds
        return recording


class Deaf:
    """Listens to a recording that is not there."""

    def cancel(self) -> None: ...


class QuietFinisher:
    """Hears what the test says was said, and scores it for real."""

    def __init__(self, recordings: ClockRecordings, sitting: Sitting, assessor: Assessor) -> None:
        self.recordings = recordings
        self.sitting = sitting
        self.assessor = assessor
        self.postmortem: object = None

    def warm_up(self) -> None: ...
    def cancel(self) -> None: ...
    def release(self, mock_id: str) -> None: ...
    def put_away(self, mock_id: str, tell: object) -> None: ...

    def listen(self, mock: Mock, question: Question, recording: Path, tell: object) -> object:
        return Deaf()

    def evidence(self, mock: Mock, question: Question, spoken: Spoken) -> Mapping[str, tuple[Evidence, ...]]:
        return {}

    def finish(self, mock_id: str, tell: object, spoken: object) -> Finished:
        said = Transcript.of_text("We look at it step by step and then at the next thing after that. " * 4)
        turns = [Answered(ask.question, said, ask.about, bool(ask.follow_up)) for ask in self.recordings.asks]
        self.postmortem = self.assessor.assess(turns, self.sitting.round, level=self.sitting.level_id)
        return Finished(None)  # type: ignore[arg-type]


def run(sitting: Sitting, assessor: Assessor) -> tuple[list[Ask], float, QuietFinisher]:
    """Go through `sitting`, using all the time that it gives; what was asked, how long it took, what it came to."""
    clock = Clock()
    recordings = ClockRecordings(clock)
    finisher = QuietFinisher(recordings, sitting, assessor)
    session = MockSession(
        Conversation(sitting, lambda: assessor),
        recordings,
        finisher,  # type: ignore[arg-type]
        now=clock,
    )
    asked: list[Ask] = []
    over = threading.Event()
    ready = threading.Event()

    def hear(event: Event) -> None:
        match event:
            case Asked(ask):
                asked.append(ask)
                ready.set()
            case Failed(error):
                raise AssertionError(error)
            case StateChanged(State.FINISHED):
                over.set()
                ready.set()

    session.listen(hear)
    session.start()
    while True:
        assert ready.wait(20)
        ready.clear()
        if over.is_set():
            break
        clock.now += asked[-1].think_seconds
        session.begin_answer()
        clock.now += asked[-1].answer_seconds
        session.end_answer()
    session.close()
    return asked, clock.now, finisher


@pytest.mark.parametrize(("round_id", "level", "full"), CASES, ids=lambda value: str(value))
def test_a_round_runs_from_its_first_question_to_its_postmortem(
    round_id: str, level: str, full: bool, assessor: Assessor
) -> None:
    round_ = CATALOGUE.rounds[round_id]
    first = at_level(round_.questions, level)[0]
    sitting = (full_sitting if full else short_sitting)(round_, first, CATALOGUE.levels[level])
    asked, seconds, finisher = run(sitting, assessor)
    questions = [ask for ask in asked if not ask.follow_up]
    assert len(questions) == (round_.full_questions if full else 1)
    assert len({ask.question.id for ask in questions}) == len(questions)
    # Nothing is ever heard here, so every follow-up that the round allows is asked, about something new each time.
    for question in questions:
        about = [ask.about for ask in asked if ask.question is question.question and ask.follow_up]
        assert len(about) == len(set(about)) == round_.follow_ups
    assert all(ask.prompt.strip() for ask in asked)
    assert seconds == pytest.approx(sitting.seconds)
    if full:
        assert seconds == pytest.approx(round_.minutes * 60, abs=2)
    made = finisher.postmortem
    assert made is not None
    assert made.level == level  # type: ignore[attr-defined]
    assert len(made.scorecard.questions) == len(questions)  # type: ignore[attr-defined]


def test_every_level_has_enough_questions_of_its_own_or_easier() -> None:
    for round_ in CATALOGUE.rounds.values():
        for level in CATALOGUE.levels:
            if not round_.levels or level in round_.levels:
                assert len(at_level(round_.questions, level)) >= round_.full_questions, (round_.id, level)
