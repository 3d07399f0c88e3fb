"""A mock as lines of text, on a session whose clock moves when told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.screens import values
from tests.screens.fakes import FakeSession, finished
from tui.cli import plain
from tui.cli.plain import PlainMock
from tui.cli.plain_code import run_lines
from tui.cli.plain_input import Key, Typed
from tui.errors import AudioInputError, MockloopError
from tui.interview.sitting import Sitting
from tui.interview.types import CodeExample, Task
from tui.sandbox.runner import run_examples
from tui.session.events import Failed, State, StateChanged

Put = Callable[[Key | Typed], None]
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


def test_code_in_a_file_is_run_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    task = Task("Double it.", (CodeExample("4", "double(2)"), CodeExample("6", "double(3)", hidden=True)))
    file = tmp_path / "Answer.py"
    file.write_text("def double(n):\n    return 4\n")
    kept: list[tuple[int, str, str]] = []

    def script(session: FakeSession, put: Put) -> None:
        session.ask = replace(session.ask, question=replace(session.ask.question, task=task))
        monkeypatch.setattr(session, "keep_code", lambda n, lang, code, runs: kept.append((n, lang, code)))
        session.begin_answer()
        session.advance(5)
        put(Typed(f"r {tmp_path / 'nothing.py'}"))
        put(Typed(f"r {file}"))

        def later() -> None:
            while not kept:
                time.sleep(0.02)
            session.tell(finished())

        threading.Thread(target=later, daemon=True).start()

    played = Played(monkeypatch, script)
    assert kept == [(1, "python", file.read_text())]
    assert any("nothing.py cannot be read" in line for line in played.said)
    assert run_lines(run_examples(task, file.read_text())) == [
        "  passed: double(2)",
        "  failed: hidden example",
        "1 of 2 examples passed.",
    ]
