"""A mock as lines of text, on a session whose clock moves when told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.screens import values
from tests.screens.fakes import FakeSession, finished
from tui.cli import plain
from tui.cli.plain import PlainMock
from tui.cli.plain_input import Key
from tui.errors import AudioInputError, MockloopError
from tui.interview.sitting import Sitting
from tui.session.events import Failed, State, StateChanged

Put = Callable[[Key], None]
Script = Callable[[FakeSession, Put], None]


class Played:
    """One mock, played by a script that runs once the keys are listened to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, script: Script) -> None:
        round_ = values.catalogue().rounds["ml-systems"]
        self.said: list[str] = []
        self.session = FakeSession(Sitting(round_, round_.questions[:1], 60.0, 300.0, 0))
        self.error: MockloopError | None = None
        self.left = False
        monkeypatch.setattr(plain, "read_keys", lambda put: script(self.session, put))
        try:
            PlainMock(self.session, self.said.append, attended=True, live=False).run()
        except MockloopError as error:
            self.error = error
        except KeyboardInterrupt:
            self.left = True


def test_enter_just_when_the_think_time_runs_out_does_not_end_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def script(session: FakeSession, put: Put) -> None:
        session.advance(60)
        session.advance(0.4)
        put(Key.ENTER)
        session.tell(Failed(AudioInputError("The end of this test."), None))

    played = Played(monkeypatch, script)
    assert played.session.state is State.ANSWERING


def test_enter_later_ends_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def script(session: FakeSession, put: Put) -> None:
        session.begin_answer()
        session.advance(1.5)
        put(Key.ENTER)
        session.tell(finished())

    assert Played(monkeypatch, script).session.state is State.TRANSCRIBING


@pytest.mark.parametrize(("seconds", "kept"), [(0, False), (20, True)])
def test_a_failure_says_that_the_recording_is_kept_only_when_it_is(
    monkeypatch: pytest.MonkeyPatch, seconds: float, kept: bool
) -> None:
    def script(session: FakeSession, put: Put) -> None:
        session.begin_answer()
        session.advance(seconds)
        session.tell(Failed(AudioInputError("The microphone broke.", "Try another."), "the-mock"))

    played = Played(monkeypatch, script)
    assert ("--finish the-mock" in str(played.error)) is kept
    assert str(played.error).startswith("The microphone broke. Try another.")


@pytest.mark.parametrize(("seconds", "kept"), [(0, False), (20, True)])
def test_leaving_says_that_the_recording_is_kept_only_when_it_is(
    monkeypatch: pytest.MonkeyPatch, seconds: float, kept: bool
) -> None:
    def script(session: FakeSession, put: Put) -> None:
        session.begin_answer()
        session.advance(seconds)
        session.state = State.TRANSCRIBING
        session.tell(StateChanged(State.TRANSCRIBING))
        put(Key.STOP)

    played = Played(monkeypatch, script)
    assert played.left
    assert any("is kept" in line for line in played.said) is kept
