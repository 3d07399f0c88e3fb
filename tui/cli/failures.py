"""How a command ends when something goes wrong: one line on standard error, and the right exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from tui.errors import MockloopError
from tui.transcript import one_line

DONE = 0
FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
LOG_FILE = "mockloop-error.log"


def guarded(work: Callable[[], int | None], home: Callable[[], Path | None]) -> int:
    """Exit code of `work`. Whatever it raises becomes one line on standard error, and never a traceback.

    `home` tells where the log of an unexpected error may be kept.
    """
    try:
        code = work()
        # A broken pipe shows itself at the latest here, where it can still be kept quiet.
        sys.stdout.flush()
        return DONE if code is None else code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _leave_pipe()
        return FAILED
    except click.UsageError as error:
        return _tell(usage_line(error), BAD_INPUT)
    except click.ClickException as error:
        return _tell(f"mockloop: {error.format_message()}", BAD_INPUT)
    except MockloopError as error:
        return _tell(f"mockloop: {error}", error.exit_code)
    except OSError as error:
        # What was typed as a path is first looked up in many places; this alone they do not answer with "not there".
        if error.errno != errno.ENAMETOOLONG:
            return _tell(_unexpected(error, home), FAILED)
        return _tell(f"mockloop: {str(error.filename)[:80]}… is too long for the name of a file. Check it.", BAD_INPUT)
    except Exception as error:
        return _tell(_unexpected(error, home), FAILED)


def usage_line(error: click.UsageError) -> str:
    """What is wrong with the arguments, in one line that names the help to read."""
    command = error.ctx.command_path if error.ctx else "mockloop"
    message = one_line(error.format_message())
    stop = "" if message.endswith((".", "?", "!")) else "."
    return f"{command}: {message}{stop} Try `{command} --help`."


def _tell(line: str, code: int) -> int:
    try:
        click.echo(one_line(line), err=True)
    except (OSError, ValueError):
        return code
    return code


def _leave_pipe() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _unexpected(error: Exception, home: Callable[[], Path | None]) -> str:
    kind = f"{type(error).__name__}: {one_line(str(error))}"
    log = _write_log(home)
    where = f" The details are in {log}." if log else ""
    return f"mockloop: something unexpected went wrong ({kind[:200]}).{where}"


def _write_log(home: Callable[[], Path | None]) -> Path | None:
    """The traceback of the error being handled, in a file under the home or else the temporary folder."""
    import tempfile
    import traceback
    from datetime import datetime

    text = f"{datetime.now().astimezone().isoformat()} mockloop {one_line(' '.join(sys.argv[1:]))}\n"
    text += traceback.format_exc() + "\n"
    for folder in (home(), Path(tempfile.gettempdir())):
        if folder is None or not folder.is_dir():
            continue
        try:
            with (folder / LOG_FILE).open("a", encoding="utf-8", errors="replace") as file:
                file.write(text)
        except OSError:
            continue
        return folder / LOG_FILE
    return None
