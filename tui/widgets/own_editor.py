"""The person's own editor on the code of an answer, in place of the screen."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tui.errors import BadInputError, MockloopError

LOOK_SECONDS = 2.0
"""How often what the editor saves is looked at, so that it is kept while the editor is still open."""


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command of the person's editor. Raises BadInputError when none is set."""
    text = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        command = shlex.split(text, posix=os.name == "posix")
    except ValueError:
        command = []
    if not command:
        raise BadInputError(
            "No editor of your own is set.", "Set EDITOR to its command, such as EDITOR=vim, and start mockloop again."
        )
    return command


def edit(code: str, suffix: str, saved: Callable[[str], None]) -> str:
    """`code` as it was left in the editor, which runs until it is closed; blocks.

    `saved` is called with what the editor has written so far whenever that changes. Raises MockloopError when the
    editor cannot be started.
    """
    command = editor_command()
    with tempfile.TemporaryDirectory(prefix="mockloop-edit-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / f"answer{suffix}"
        path.write_text(code, encoding="utf-8")
        try:
            process = subprocess.Popen([*command, str(path)])
        except OSError as error:
            raise MockloopError(f"The editor {command[0]} cannot be started.", "Check what EDITOR says.") from error
        written = code
        while True:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_SECONDS)
            found = _read(path, written)
            if found != written:
                written = found
                saved(found)
            if process.poll() is not None:
                return written


def _read(path: Path, before: str) -> str:
    """What the editor has written; while it is writing, what there was before."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    except OSError:
        return before
