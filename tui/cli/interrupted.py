"""Finish mocks that were interrupted, without the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.output import ProgressLine, warn
from tui.cli.reports import Reading, print_readings
from tui.errors import BadInputError
from tui.session.events import Event, Failed, TranscriptionProgress
from tui.transcript import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.history.types import Mock
    from tui.session.local import LocalServices

LAST = "last"


def waiting(facade: LocalServices) -> tuple[Mock, ...]:
    """The interrupted mocks, newest first; what cannot be mended is told on standard error."""
    found = facade.unfinished()
    for problem in found.problems:
        warn(problem)
    return found.mocks


def finish(facade: LocalServices, name: str, as_json: bool) -> None:
    """Transcribe, score and print the interrupted mock called `name`, or the `last` one.

    Raises BadInputError when there is none, and what recognition raises; the recording is kept then.
    """
    mocks = waiting(facade)
    wanted = None if name == LAST else facade.history.resolve(name)
    mock = next((each for each in mocks if wanted in (None, each.id)), None)
    if mock is None and wanted is None:
        raise BadInputError("No interrupted mock waits to be finished.", "See `mockloop history`.")
    if mock is None:
        raise BadInputError(f"{wanted} does not wait to be finished.", f"Read it: mockloop show {wanted}")
    finisher = facade.finisher()
    with ProgressLine("Transcribing") as progress:

        def tell(event: Event) -> None:
            if isinstance(event, TranscriptionProgress):
                progress(event.share, event.text)

        outcome = finisher.finish(mock.id, tell)
    if isinstance(outcome, Failed):
        raise outcome.error
    done = outcome.mock
    if done.postmortem:
        from tui.report.account import account_of

        print_readings([Reading(mock.id, account_of(done, facade.history.folder(mock.id)))], as_json)
    finisher.pack(mock.id)


def offer(facade: LocalServices, out: Callable[[str], object], attended: bool) -> None:
    """Offer to finish what was interrupted, one by one; without anybody to ask, name the command."""
    mocks = waiting(facade)
    if mocks and not attended:
        number = "1 interrupted mock waits" if len(mocks) == 1 else f"{len(mocks)} interrupted mocks wait"
        out(f"{number} to be finished: mockloop practice --finish {LAST}\n")
        return
    for mock in mocks:
        when = mock.created[:16].replace("T", " ")
        if not click.confirm(f"The mock of {when} ({one_line(mock.question_title)}) was interrupted. Finish it now?"):
            out(f"It stays: mockloop practice --finish {mock.id}\n")
            return
        finish(facade, mock.id, as_json=False)
        out("")
