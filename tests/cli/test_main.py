"""The frame of all commands: help, usage errors, unexpected errors, pipes and interrupts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Invoke, command, spawn
from tui import __version__
from tui.cli import history
from tui.cli.main import COMMANDS

HEAVY = {
    "textual",
    "numpy",
    "sounddevice",
    "soundfile",
    "faster_whisper",
    "pydantic",
    "yaml",
    "rich",
    "lark",
    "sqlite3",
}


def test_help_names_every_command(invoke: Invoke) -> None:
    found = invoke("-h")
    assert found.code == 0
    listed = re.findall(r"^  ([a-z]+)  +(\S.*)$", found.out.partition("Commands:")[2], re.M)
    assert [name for name, _ in listed] == list(COMMANDS)
    assert not [text for _, text in listed if text.endswith("...")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(invoke: Invoke, name: str) -> None:
    found = invoke(name, "--help")
    assert found.code == 0
    assert found.out.startswith(f"Usage: mockloop {name} ")


def test_version(invoke: Invoke) -> None:
    assert invoke("--version").out == f"mockloop {__version__}\n"


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom tui.cli.main import run\nrun(['--help'])\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["scor"], "mockloop: There is no command 'scor'. Did you mean 'score'? Try `mockloop --help`."),
        (["score"], "mockloop score: Missing argument 'FILE...'. Try `mockloop score --help`."),
        (["rubric"], "mockloop rubric: Missing command. Try `mockloop rubric --help`."),
        (["rubric", "nope"], "mockloop rubric: No such command 'nope'. Try `mockloop rubric --help`."),
        (
            ["history", "--limit", "0"],
            "mockloop history: Invalid value for '--limit': 0 is not in the range 1<=x<=1000000. Try `mockloop history "
            "--help`.",
        ),
        (["--home", "", "history"], "mockloop: Invalid value for '--home': no folder is named. Try `mockloop --help`."),
        (
            ["delete", "--all", "--home", ""],
            "mockloop delete: Invalid value for '--home': no folder is named. Try `mockloop delete --help`.",
        ),
    ],
)
def test_usage_error_is_one_line(invoke: Invoke, arguments: list[str], expected: str) -> None:
    found = invoke(*arguments)
    assert (found.code, found.out, found.error_line) == (2, "", expected)


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "LONG.txt", "--round", "coding"),
        ("transcribe", "LONG"),
        ("detect", "LONG"),
        ("rubric", "check", "LONG"),
        ("export", "progress", "-o", "LONG.md"),
        ("history", "--limit", "9" * 20),
    ],
)
def test_what_no_system_takes_is_bad_input(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    found = invoke(*(each.replace("LONG", "a" * 5000) for each in arguments))
    assert (found.code, found.out) == (2, "")
    assert "unexpected" not in found.error_line


def test_app_needs_a_terminal(invoke: Invoke) -> None:
    found = invoke()
    assert found.code == 2
    assert found.error_line.startswith("mockloop: The app needs a terminal.")


def test_home_may_stand_before_or_after_the_command(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for arguments in (["--home", file, "history"], ["history", "--home", file]):
        found = invoke(*arguments)
        assert found.code == 1
        assert str(file) in found.error_line


def test_unexpected_error_is_one_line_and_a_log(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, own_folders: Path
) -> None:
    def break_down() -> None:
        raise ZeroDivisionError("a \x1b[31mred\nsurprise")

    monkeypatch.setattr(history, "services", break_down)
    (own_folders / "home").mkdir()
    found = invoke("history")
    assert found.code == 1
    assert "Traceback" not in found.err
    assert "\x1b" not in found.err
    log = own_folders / "home" / "mockloop-error.log"
    assert str(log) in found.error_line
    assert "ZeroDivisionError" in log.read_text()
    assert "break_down" in log.read_text()


def test_unexpected_error_creates_no_home(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, own_folders: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(history, "services", lambda: 1 / 0)
    assert str(tmp_path / "mockloop-error.log") in invoke("history").error_line
    assert not (own_folders / "home").exists()


def test_interrupt_is_quiet(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "services", interrupt)
    found = invoke("history")
    assert (found.code, found.err) == (130, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupted_process_leaves_quietly() -> None:
    pipe = subprocess.Popen(
        command("detect"),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # Whoever runs the tests may ignore interrupts, which a child inherits.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert pipe.stdin
    assert pipe.stderr
    # A full pipe means that the command has begun to read.
    pipe.stdin.write(b"x" * 1_000_000)
    pipe.stdin.flush()
    pipe.send_signal(signal.SIGINT)
    assert pipe.wait(20) == 130
    assert pipe.stderr.read() == b""
    pipe.stdin.close()
    pipe.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_broken_pipe_is_quiet() -> None:
    line = '{"id": 1, "text": "We roll back to the previous model."}\n'
    process = subprocess.Popen(
        command("detect"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert process.stdout
    assert process.stdin
    assert process.stderr
    process.stdout.close()
    process.stdin.write(line * 5)
    process.stdin.close()
    assert process.wait(30) == 1
    assert process.stderr.read() == ""
    process.stderr.close()


def test_output_that_cannot_be_encoded_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "said.jsonl").write_text('{"id": "\\ud83d\\ude00", "text": ""}')
    narrow = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    found = spawn("detect", tmp_path / "said.jsonl", env=narrow)
    assert (found.code, found.err) == (0, "")
    assert found.json == {"id": "\U0001f600", "signals": {}}
    found = spawn("score", tmp_path / "\u2192.txt", "--round", "coding", env={**narrow, "MOCKLOOP_HOME": str(tmp_path)})
    assert found.code == 2
    assert "?.txt does not exist" in found.err
