"""`mockloop practice --plain` in processes of its own, speaking into a virtual microphone."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import ANSWER, ROOT, Invoke, command
from tests.microphone import VirtualMicrophone
from tui import locations
from tui.cli.open_app import open_app
from tui.history.store import History
from tui.history.types import Stage
from tui.speech.types import InputDevice

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and terminals of POSIX")
PATIENCE = 60.0


def restore_interrupts() -> None:
    # Whoever runs the tests may ignore interrupts, which a child inherits.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def practising(*options: object, stdin: int = subprocess.DEVNULL) -> Iterator[subprocess.Popen[str]]:
    """A running `practice --plain` of the round ml-systems, without follow-ups unless `options` say otherwise."""
    process = subprocess.Popen(
        command("practice", "--plain", "--round", "ml-systems", "--follow-ups", 0, *options),
        cwd=ROOT,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=restore_interrupts,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """What the process prints up to the line that has `text`."""
    assert process.stdout
    heard = ""
    while text not in heard:
        line = process.stdout.readline()
        assert line, f"{text!r} was not printed:\n{heard}\n{process.stderr and process.stderr.read()}"
        heard += line
    return heard


@pytest.mark.microphone
def test_an_interrupt_ends_the_answer_and_not_the_program(microphone: VirtualMicrophone, own_folders: Path) -> None:
    samples, rate = soundfile.read(ANSWER)
    options = ("--question", "video-recommendation", "--level", "senior")
    with practising("--minutes", 5, *options) as process, microphone.speaking(samples, rate):
        heard = read_until(process, "Recording: speak.")
        time.sleep(13)
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    assert "Recommend" in heard
    assert "Microphone: " in heard
    assert "5:00 left" in rest
    assert "The answer has ended after 0:1" in rest
    assert "Score" in rest
    (row,) = History(own_folders / "home").rows()
    assert f"Kept as {row.id}" in rest
    assert row.stage is Stage.SCORED
    kept = History(own_folders / "home").load(row.id)
    assert kept.mock.settings.level == "senior"
    assert kept.mock.settings.answer_seconds == 300


@pytest.mark.microphone
def test_a_request_to_end_ends_the_answer(microphone: VirtualMicrophone) -> None:
    with practising("--minutes", 5) as process:
        read_until(process, "5:00 left")
        process.send_signal(signal.SIGTERM)
        read_until(process, "Unscored")
        assert process.wait(PATIENCE) == 0


@pytest.mark.microphone
def test_the_time_ends_it_and_silence_is_unscored(microphone: VirtualMicrophone) -> None:
    with practising("--minutes", 0.06, "--json") as process:
        out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    report = json.loads(out)
    assert report["score"] is None
    assert report["unscored"]
    assert "the time is up" in errors
    assert "Nothing is coming in from the microphone." in errors


@pytest.mark.microphone
def test_the_end_of_a_pipe_ends_it(microphone: VirtualMicrophone) -> None:
    with practising("--minutes", 5, stdin=subprocess.PIPE) as process:
        read_until(process, "5:00 left")
        assert process.stdin
        process.stdin.write("p\n")
        process.stdin.flush()
        read_until(process, "Paused.")
        process.stdin.write("\n")
        process.stdin.flush()
        read_until(process, "Recording")
        process.stdin.close()
        process.stdin = None
        read_until(process, "The answer has ended")
        assert process.wait(PATIENCE) == 0


@pytest.mark.microphone
def test_on_a_terminal_enter_begins_and_ends(microphone: VirtualMicrophone, own_folders: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    with practising("--minutes", 5, stdin=theirs) as process:
        read_until(process, "Press enter to begin")
        os.write(ours, b"\n")
        read_until(process, "Enter ends it")
        time.sleep(2)
        os.write(ours, b"\n")
        read_until(process, "rate yourself")
        os.write(ours, b"3\n9\n" + b"\n" * 9)
        rest = read_until(process, "Unscored")
        assert "A number from 1 to 4" in rest
        assert process.wait(PATIENCE) == 0
    os.close(ours)
    os.close(theirs)
    (row,) = History(own_folders / "home").rows()
    assert list(History(own_folders / "home").load(row.id).mock.self_rating.values()) == [3]


@pytest.mark.microphone
def test_the_interviewer_follows_up_and_a_request_to_end_ends_the_mock(microphone: VirtualMicrophone) -> None:
    samples, rate = soundfile.read(ANSWER, start=49 * 16_000, stop=61 * 16_000)
    options = ("--question", "video-recommendation", "--minutes", 0.25, "--follow-ups", 1)
    with practising(*options) as process, microphone.speaking(samples, rate):
        heard = read_until(process, "Follow-up:")
        assert "the time is up" in heard
        read_until(process, "Recording: speak.")
        process.send_signal(signal.SIGTERM)
        assert "Score" in read_until(process, "Score")
        assert process.wait(PATIENCE) == 0


def test_a_loop_of_unknown_name_or_beside_a_round_is_bad_usage(invoke: Invoke) -> None:
    found = invoke("practice", "--plain", "--loop", "nope")
    assert found.code == 2
    assert "There is no loop nope" in found.error_line
    assert invoke("practice", "--plain", "--loop", "on-site", "--round", "coding").code == 2


@pytest.mark.microphone
def test_leaving_while_thinking_keeps_nothing(microphone: VirtualMicrophone, own_folders: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    with practising(stdin=theirs) as process:
        read_until(process, "Press enter to begin")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, errors) == (130, "")
    assert History(own_folders / "home").rows() == []


@pytest.mark.microphone
def test_a_microphone_that_is_not_there(microphone: VirtualMicrophone, invoke: Invoke, own_folders: Path) -> None:
    found = invoke("practice", "--plain", "--round", "ml-systems", "--device", "zzz")
    assert found.code == 1
    assert 'There is no microphone "zzz"' in found.error_line
    assert not list((own_folders / "home").glob("2*"))


@pytest.mark.parametrize("options", [["--plain"], ["--json"]])
def test_a_briefing_holds_no_control_characters(
    invoke: Invoke, own_folders: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    shipped = (locations.rubrics() / "rounds" / "ml-systems.yaml").read_text()
    own = own_folders / "home" / "rubrics" / "rounds" / "ml-systems.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(re.sub(r"^title: .*$", r'title: "Mine\\e]0;gone\\a\\e[2J"', shipped, count=1, flags=re.MULTILINE))
    device = InputDevice(0, "Desk\x1b[2J", "ALSA", 1, 48_000.0, True)
    monkeypatch.setattr("tui.speech.devices.list_inputs", lambda: (device,))
    full = namedtuple("usage", "total used free")(10**9, 10**9, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    found = invoke("practice", "--round", "ml-systems", *options)
    assert found.code == 1
    said = found.out + found.err
    assert "Mine: " in said
    assert "Microphone: Desk" in said
    assert "disk is almost full" in said
    assert "\x1b" not in said
    assert "\x07" not in said
    assert found.out == "" or options != ["--json"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--round", "nope", "--plain"], "There is no round nope"),
        (["--round", "ml-systems", "--question", "nope", "--plain"], "There is no question in ml-systems called nope"),
        (["--round", "ml-systems", "--minutes", "0", "--plain"], "Invalid value for '--minutes'"),
        (["--round", "ml-systems", "--minutes", "nan", "--plain"], "'nan' is not a valid float range"),
        (["--round", "ml-systems"], "The app needs a terminal."),
    ],
)
def test_bad_usage(invoke: Invoke, options: list[str], said: str) -> None:
    found = invoke("practice", *options)
    assert (found.code, found.out) == (2, "")
    assert said in found.error_line


def test_without_plain_the_app_opens_at_the_round(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[float, str | None, str, str | None]] = []

    def instead(services, round_id, question_id, place) -> None:  # type: ignore[no-untyped-def]
        assert place is None
        minutes = services.catalogue().rounds[round_id].practice_minutes
        opened.append((minutes, services.profile.device, round_id, question_id))

    assert open_app.__code__.co_varnames[:4] == ("services", "round_id", "question_id", "place")
    monkeypatch.setattr("tui.cli.open_app.open_app", instead)
    assert invoke("practice", "--round", "coding", "--minutes", "7", "--device", "usb").code == 0
    assert opened == [(7.0, "usb", "coding", None)]
