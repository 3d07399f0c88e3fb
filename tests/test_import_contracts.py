"""The rooms hold: import contracts, and a core that never loads what shows it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = ["transcript", "rubric", "interview", "meaning", "speech", "sandbox", "history", "report", "session"]
HEAVY = ["textual", "click", "faster_whisper", "ctranslate2", "onnxruntime", "whisper", "torch", "sounddevice"]


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", CORE)
def test_core_loads_without_a_face_or_an_engine(room: str) -> None:
    """Every module of a room can be imported without Textual, click or a speech engine coming along."""
    program = (
        f"import sys, pkgutil, importlib, tui.{room} as room\n"
        "for m in pkgutil.iter_modules(room.__path__): importlib.import_module(room.__name__ + '.' + m.name)\n"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
