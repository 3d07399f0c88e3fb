"""`mockloop show`: one past mock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.context import json_option, services
from tui.cli.output import paragraph, print_json, say, width
from tui.cli.reports import Reading, print_readings
from tui.cli.tables import table
from tui.errors import BadInputError
from tui.history.compare import Comparison, compare
from tui.history.filters import Wanted

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.history.types import MockFile

PREVIOUS = "previous"


@click.command()
@click.argument("mock", metavar="ID")
@click.option("--against", metavar="ID", help="Beside another take of the question; `previous` is the one before.")
@json_option
def show(mock: str, against: str | None, as_json: bool) -> None:
    """Show the postmortem of a mock.

    ID is its name in the history, the beginning or the last part of it, or `last`.
    """
    from tui.report.account import account_of

    found = services().history
    file = found.load(found.resolve(mock))
    if against is not None:
        other = _previous(found, file) if against == PREVIOUS else found.resolve(against)
        if other == file.mock.id:
            raise BadInputError(f"{other} cannot stand beside itself.", "Name another take of the question.")
        _print_comparison(compare(found.load(other), file), as_json)
        return
    print_readings([Reading(file.mock.id, account_of(file, found.folder(file.mock.id)))], as_json, True)


def _previous(history: History, file: MockFile) -> str:
    """The id of the take before `file`. Raises BadInputError when it is the first."""
    rows = history.rows(None, Wanted(question=file.mock.question)) if file.mock.question else []
    takes = [row.id for row in rows if row.overall is not None or row.id == file.mock.id]
    before = takes[takes.index(file.mock.id) + 1 :] if file.mock.id in takes else []
    if not before:
        raise BadInputError(f"There is no earlier take of the question in {file.mock.id}.", "Name a mock to compare.")
    return before[0]


def _print_comparison(comparison: Comparison, as_json: bool) -> None:
    from tui.report.comparison import comparison_data, comparison_rows, headline

    if as_json:
        print_json(comparison_data(comparison))
        return
    say(headline(comparison))
    say("\n" + table(("", "EARLIER", "LATER", "CHANGE", "SIGNAL"), comparison_rows(comparison), width()))
    for caveat in comparison.caveats:
        say("\n" + paragraph(caveat))
