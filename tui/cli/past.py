"""`mockloop show`: one past mock."""

from __future__ import annotations

import click

from tui.cli.context import json_option, services
from tui.cli.reports import Reading, print_readings
from tui.errors import StorageError


@click.command()
@click.argument("mock", metavar="ID")
@json_option
def show(mock: str, as_json: bool) -> None:
    """Show the postmortem of a mock.

    ID is its name in the history, the beginning or the last part of it, or `last`.
    """
    found = services().history
    file = found.load(found.resolve(mock))
    if file.postmortem is None:
        raise StorageError(f"The mock {file.mock.id} is not scored yet.", "Open `mockloop` to finish it.")
    print_readings([Reading(file.mock.id, file.transcript, file.postmortem, file.mock.id)], as_json, True)
