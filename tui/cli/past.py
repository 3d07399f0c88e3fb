"""`mockloop history` and `mockloop show`: past mocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tui.cli.context import json_option, services
from tui.cli.output import print_json, say, width
from tui.cli.reports import Reading, print_readings
from tui.cli.tables import table
from tui.errors import StorageError

if TYPE_CHECKING:
    from tui.history.types import MockRow


@click.command()
@click.option("--round", "round_id", metavar="ID", help="Only this round.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, the newest.")
@json_option
def history(round_id: str | None, limit: int | None, as_json: bool) -> None:
    """List past mocks, the newest first."""
    rows = services().history.rows(limit, round_id)
    if as_json:
        print_json([asdict(row) for row in rows])
    elif rows:
        say(history_text(rows, width()))
    else:
        say("No mocks yet. Start one with `mockloop`, or try `mockloop demo --save`.")


def history_text(rows: Sequence[MockRow], columns: int) -> str:
    """The mocks as a table of at most `columns` characters a line."""
    return table(
        ("ID", "SCORE", "QUESTION", "ROOT CAUSE"),
        [(row.id, _score(row), row.question_title or row.round_title, row.root_cause or "") for row in rows],
        columns,
    )


def _score(row: MockRow) -> str:
    if row.overall is not None:
        return f"{row.overall:.0f}"
    return "unscored" if row.unscored else "unfinished"


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
