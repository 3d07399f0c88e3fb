"""A whole mock without a face: the virtual microphone, the real recogniser, the real history."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import soundfile

from tests.microphone import VirtualMicrophone
from tui import locations
from tui.errors import AudioInputError, ModelError
from tui.history.types import Stage
from tui.interview.sitting import Sitting
from tui.session import events
from tui.session.events import Event, Failed, Finished, State, StateChanged, TranscriptionProgress
from tui.session.local import LocalServices
from tui.session.mock_session import MockSession
from tui.speech.audio_file import kept
from tui.speech.following import Following
from tui.speech.recorder import Recorder
from tui.transcript import Transcript

pytestmark = pytest.mark.microphone
SPOKEN = locations.demo() / "answer.flac"


class Heard:
    """Keeps the events of a session and waits for the last one."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.done = threading.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, Finished | Failed):
            self.done.set()

    def outcome(self, seconds: float = 120.0) -> Event:
        assert self.done.wait(seconds), self.events
        return next(event for event in self.events if isinstance(event, Finished | Failed))

    @property
    def states(self) -> list[State]:
        return [event.state for event in self.events if isinstance(event, StateChanged)]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[LocalServices]:
    made = LocalServices(tmp_path / "home")
    yield made
    made.close()


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)


def session_of(services: LocalServices, think: float = 60.0, device: str | None = None) -> tuple[MockSession, Heard]:
    round_ = services.catalogue().rounds["ml-systems"]
    sitting = Sitting(round_, round_.questions[:1], think, 120.0, 0)
    session = services.new_session(sitting, device)
    assert isinstance(session, MockSession)
    heard = Heard()
    session.listen(heard)
    return session, heard


def speak(microphone: VirtualMicrophone, seconds: float, start: float = 0.0) -> None:
    samples, rate = soundfile.read(SPOKEN, start=int(start * 16_000), stop=int((start + seconds) * 16_000))
    microphone.speak(samples, rate)


def test_a_spoken_answer_is_heard_as_it_goes_on_and_becomes_a_postmortem_with_quotes_to_play(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, heard = session_of(services)
    session.start()
    session.begin_answer()
    speak(microphone, 24.0)
    assert session.snapshot().recorded_seconds > 20
    until(lambda: any(isinstance(event, events.Heard) for event in heard.events))
    assert session.snapshot().state is State.ANSWERING
    session.end_answer()
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    ending = [State.CONSIDERING, State.TRANSCRIBING, State.FINISHED]
    assert heard.states == [State.THINKING, State.ANSWERING, *ending]
    assert any(isinstance(event, TranscriptionProgress) and event.share > 0 for event in heard.events)
    found = outcome.mock
    assert found.mock.stage is Stage.SCORED
    assert found.audio is not None
    session.close()
    packed = services.history.load(found.mock.id).audio
    assert packed is not None
    assert kept(Path(found.audio)) == Path(packed)
    assert [path.name for path in Path(packed).parent.glob("answer-*")] == ["answer-1.flac"]
    assert soundfile.info(packed).duration > 23.5
    assert found.transcript is not None
    assert found.postmortem is not None
    credited = [verdict for verdict in found.postmortem.scorecard.verdicts if verdict.evidence]
    assert {"assumptions_stated", "business_goal"} & {verdict.signal for verdict in credited}
    for verdict in credited:
        for evidence in verdict.evidence:
            assert found.transcript.text[evidence.start : evidence.end] == evidence.quote
            assert evidence.start_seconds is not None
            assert 0 <= evidence.start_seconds < 25
    assert [row.id for row in services.history.rows(10)] == [found.mock.id]
    live = [event for event in heard.events if isinstance(event, events.Heard)]
    assert [event.segment for event in live] == list(found.transcript.segments[: len(live)])
    text = " ".join(event.segment.text for event in live)
    assert {"assumptions_stated", "business_goal"} & set(live[-1].evidence)
    for evidence in (each for pieces in live[-1].evidence.values() for each in pieces):
        assert text[evidence.start : evidence.end] == evidence.quote


def test_an_answer_that_could_not_be_followed_is_recognised_from_its_file(
    microphone: VirtualMicrophone, services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: object) -> Transcript:
        raise ModelError("The recogniser stopped twice while working on this answer.")

    monkeypatch.setattr(Following, "finish", dead)
    session, heard = session_of(services)
    session.start()
    session.begin_answer()
    speak(microphone, 6.0)
    session.end_answer()
    # The recogniser is still busy with the recording that was followed: the file waits for its turn.
    assert session._listening is not None
    session._listening.cancel()
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    assert outcome.mock.transcript is not None
    assert outcome.mock.transcript.words


def test_gaps_that_the_sound_system_reported_are_told_in_the_postmortem(
    microphone: VirtualMicrophone, services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Recorder, "overflows", property(lambda recorder: 2))
    session, heard = session_of(services)
    session.start()
    session.begin_answer()
    until(lambda: session.snapshot().recorded_seconds > 1.0)
    assert session.snapshot().overflows == 2
    session.end_answer()
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    assert outcome.mock.postmortem is not None
    assert any("lost samples 2 times" in note for note in outcome.mock.postmortem.notes)


def test_silence_is_unscored_with_the_reason(microphone: VirtualMicrophone, services: LocalServices) -> None:
    session, heard = session_of(services)
    session.start()
    session.begin_answer()
    until(lambda: session.snapshot().recorded_seconds > 1.5)
    session.end_answer()
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    assert outcome.mock.postmortem is not None
    assert outcome.mock.postmortem.scorecard.overall is None
    assert "No speech" in (outcome.mock.postmortem.scorecard.unscored or "")


def test_a_pause_is_not_recorded_and_stops_the_clock(microphone: VirtualMicrophone, services: LocalServices) -> None:
    session, _ = session_of(services)
    session.start()
    session.begin_answer()
    until(lambda: session.snapshot().recorded_seconds > 0.5)
    session.pause()
    time.sleep(0.5)
    before = session.snapshot()
    time.sleep(1.0)
    after = session.snapshot()
    assert after.state is State.PAUSED
    assert after.clock.remaining == before.clock.remaining
    assert after.recorded_seconds == pytest.approx(before.recorded_seconds, abs=0.05)
    session.resume()
    until(lambda: session.snapshot().recorded_seconds > after.recorded_seconds + 0.3)
    session.close()


def test_think_time_that_runs_out_begins_the_answer(microphone: VirtualMicrophone, services: LocalServices) -> None:
    session, heard = session_of(services, think=0.5)
    session.start()
    until(lambda: session.snapshot().state is State.ANSWERING)
    until(lambda: session.snapshot().recorded_seconds > 0.2)
    session.close()
    assert State.ANSWERING in heard.states


def test_an_answer_that_ends_before_a_sound_leaves_nothing(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, heard = session_of(services)
    session.start()
    with microphone.silenced():
        session.begin_answer()
        session.end_answer()
        outcome = heard.outcome()
    assert isinstance(outcome, Failed), outcome
    assert (outcome.error.sentence, outcome.mock) == ("Nothing was recorded.", None)
    assert services.history.rows() == []


def test_an_abandoned_answer_is_offered_and_can_be_finished(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, _ = session_of(services)
    session.start()
    session.begin_answer()
    speak(microphone, 13.0)
    session.abandon()
    session.close()
    (mock,) = services.unfinished().mocks
    assert mock.stage is Stage.RECORDED
    heard = Heard()
    services.finish(mock.id, heard)
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    assert services.unfinished().mocks == ()
    assert outcome.mock.transcript is not None
    assert "members" in outcome.mock.transcript.text


def test_a_model_that_is_not_here_loses_nothing(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    services = LocalServices(tmp_path / "home", model="no-such-model")
    session, heard = session_of(services)
    session.start()
    session.begin_answer()
    speak(microphone, 3.0)
    session.end_answer()
    outcome = heard.outcome()
    assert isinstance(outcome, Failed), outcome
    assert "no-such-model" in outcome.error.sentence
    assert outcome.error.remedy
    services.close()
    again = LocalServices(tmp_path / "home")
    (mock,) = again.unfinished().mocks
    assert mock.id == outcome.mock


def test_a_recording_that_cannot_be_noted_is_told_and_offered_again(
    microphone: VirtualMicrophone, services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, heard = session_of(services)
    session.start()
    session.begin_answer()
    speak(microphone, 3.0)

    def fail(*_: object) -> None:
        raise RuntimeError("the disk went away")

    monkeypatch.setattr(services.history, "recorded", fail)
    session.end_answer()
    outcome = heard.outcome()
    assert isinstance(outcome, Failed), outcome
    assert "the disk went away" in outcome.error.sentence
    monkeypatch.undo()
    session.close()
    assert [mock.id for mock in LocalServices(services.home).unfinished().mocks] == [outcome.mock]


def test_nothing_is_recorded_after_leaving(microphone: VirtualMicrophone, services: LocalServices) -> None:
    session, _ = session_of(services)
    session.start()
    session.close()
    session.begin_answer()
    assert session.snapshot().state is not State.ANSWERING
    assert services.history.rows(10) == []


def test_without_that_microphone_there_is_one_sentence_and_no_empty_mock(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, _ = session_of(services, device="no such microphone")
    with pytest.raises(AudioInputError, match="no such microphone"):
        session.begin_answer()
    assert services.history.rows(10) == []
    assert services.unfinished().mocks == ()
