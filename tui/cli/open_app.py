"""Open the Textual app."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tui.cli.output import is_terminal
from tui.errors import BadInputError

if TYPE_CHECKING:
    from tui.interview.loop import LoopPlace
    from tui.session.services import Services


def open_app(
    services: Services, round_id: str | None = None, question_id: str | None = None, place: LoopPlace | None = None
) -> None:
    """Run the app until the person leaves it; with `round_id`, start at that round's briefing, in a loop or not.

    Raises BadInputError when there is no terminal to draw on.
    """
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise BadInputError(
            "The app needs a terminal.", "Use `mockloop practice --plain --round ID`, or see `mockloop --help`."
        )
    from tui.app import collect_less, make_app

    collect_less()
    _keep_libraries_off_the_screen()
    app = make_app(services, round_id, question_id, place)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)


def _keep_libraries_off_the_screen() -> None:
    """Send what native libraries write to standard error nowhere: Textual draws on that descriptor.

    PortAudio reports a vanished device there, in the middle of the screen. Textual gets a descriptor of its own.
    """
    terminal = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = sys.__stderr__ = os.fdopen(terminal, "w", buffering=1, encoding="utf-8")  # type: ignore[misc]
