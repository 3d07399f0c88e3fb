"""Run commands in this process or, where a process of its own matters, in one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tui import locations
from tui.cli.main import run

ANSWER = locations.demo() / "answer.flac"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    """What became of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error_line(self) -> str:
        """The one line on standard error."""
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


Invoke = Callable[..., Result]


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """`invoke("history", "--json")` runs a command in this process."""

    def call(*arguments: object, stdin: str | bytes = b"") -> Result:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return call


def command(*arguments: object) -> list[str]:
    """The command line of a real process."""
    return [sys.executable, "-m", "tui.cli", *map(str, arguments)]


def spawn(*arguments: object, **options: Any) -> Result:
    """Run a command in a process of its own, without anything on standard input."""
    done = subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, **options
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def scored_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A home and what `demo --json --save` printed for it, in a real process with the real model."""
    home = tmp_path_factory.mktemp("demo") / "home"
    return home, spawn("demo", "--json", "--save", env={**os.environ, "MOCKLOOP_HOME": str(home)})


@pytest.fixture
def short_answer(tmp_path: Path) -> Path:
    """The first twelve seconds of the demo's answer, as 44.1 kHz stereo."""
    import soxr

    samples, rate = soundfile.read(ANSWER, stop=12 * 16_000)
    wide = soxr.resample(samples, rate, 44_100)
    path = tmp_path / "short.wav"
    soundfile.write(path, np.column_stack([wide, wide]), 44_100)
    return path


@pytest.fixture
def text_answer(tmp_path: Path) -> Path:
    """An answer as plain text."""
    path = tmp_path / "answer.txt"
    path.write_bytes((locations.demo() / "answer.txt").read_bytes())
    return path
