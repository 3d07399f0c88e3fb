"""`mockloop delete` and `mockloop reindex`."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from tui.cli.context import day, json_option, services
from tui.cli.output import is_terminal, print_json, say, warn
from tui.errors import BadInputError

FIRST_YEAR = 1970
"""Systems count seconds from here on; earlier days have no local time everywhere."""


@click.command()
@click.argument("mocks", metavar="[ID...]", nargs=-1)
@click.option("--before", type=day, metavar="DATE", help="Mocks that began before YYYY-MM-DD.")
@click.option("--all", "everything", is_flag=True, help="All mocks.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def delete(mocks: tuple[str, ...], before: datetime | None, everything: bool, yes: bool, as_json: bool) -> None:
    """Remove mocks with their audio for good."""
    if sum((bool(mocks), before is not None, everything)) != 1:
        raise click.UsageError("Give either IDs, --before DATE or --all")
    if before and before.year < FIRST_YEAR:
        raise click.BadParameter(f"there are no mocks from before {FIRST_YEAR}.", param_hint="'--before'")
    history = services().history
    names = [history.resolve(mock) for mock in mocks]
    what = f"{len(set(names))} mock{'s' if len(set(names)) != 1 else ''}"
    if everything:
        what = "all mocks"
    elif before:
        what = f"all mocks from before {before:%Y-%m-%d}"
    if not yes:
        _ask(f"Delete {what} and the audio for good?")
    if everything:
        count = history.delete_all()
    else:
        count = history.delete_before(before.date()) if before else history.delete(names)
    if as_json:
        print_json({"deleted": count})
    else:
        say(f"Deleted {count} mock{'s' if count != 1 else ''}." if count else "There was nothing to delete.")


def _ask(question: str) -> None:
    """Return when a person says yes. Raises BadInputError when there is nobody to ask."""
    if not is_terminal(sys.stdin):
        raise BadInputError(
            "There is no terminal to ask on, and deleting cannot be undone.", "Add --yes if you mean it."
        )
    if not click.confirm(question, err=True):
        raise click.Abort


@click.command()
@json_option
def reindex(as_json: bool) -> None:
    """Rebuild the index from the recordings."""
    report = services().history.reindex()
    if as_json:
        damaged = [{"mock": damage.id, "sentence": damage.sentence} for damage in report.damaged]
        print_json({"mocks": report.mocks, "damaged": damaged})
        return
    say(f"The index holds {report.mocks} mock{'s' if report.mocks != 1 else ''}.")
    for damage in report.damaged:
        warn(f"{damage.id}: {damage.sentence}")
