"""`mockloop history`: past mocks, filtered, and a search over everything that was said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui.cli.choosing import find_round
from tui.cli.context import NumberRange, day, json_option, services
from tui.cli.output import print_json, say, width
from tui.cli.tables import table
from tui.errors import BadInputError
from tui.history.filters import Heard, Wanted
from tui.interview.types import LEVELS
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.history.search import Hit
    from tui.history.types import MockRow
    from tui.session.local import LocalServices

F = TypeVar("F", bound=Callable[..., Any])
MOST_ROWS = 1_000_000
"""The highest limit: SQLite counts no further than 64 bits."""
MOST_HITS = 50
"""How many finds are shown when no limit is given."""

_SCORE = NumberRange(0, 100)


def filter_options(command: F) -> F:
    """The options that say which mocks are wanted."""
    options = (
        click.option("--round", "round_id", metavar="ID", help="Only this round."),
        click.option("--question", metavar="ID", help="Only where this question was asked."),
        click.option("--level", type=click.Choice(LEVELS), help="Only at this level."),
        click.option("--since", type=day, metavar="DATE", help="From YYYY-MM-DD on."),
        click.option("--until", type=day, metavar="DATE", help="Up to YYYY-MM-DD, that day included."),
        click.option("--min-score", type=_SCORE, metavar="N", help="Scored N or more."),
        click.option("--max-score", type=_SCORE, metavar="N", help="Scored N or less."),
        click.option("--signal", metavar="ID", help="Only where this signal was listened for."),
        click.option(
            "--outcome", type=click.Choice([each.value for each in Heard]), help="What became of the signal, or of any."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.option("--search", "text", metavar="TEXT", help="Answers with these words, quoted ones next to each other.")
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(1, MOST_ROWS),
    metavar="N",
    help=f"At most so many, the newest; of finds {MOST_HITS} without it.",
)
@json_option
def history(text: str | None, limit: int | None, as_json: bool, **options: Any) -> None:
    """List past mocks, or search what was said in them."""
    facade, chosen = services(), wanted(**options)
    if text is not None:
        hits = facade.history.search(text, limit or MOST_HITS, chosen)
        found: Sequence[object] = hits
    else:
        found = rows = facade.history.rows(limit, chosen)
    if not found:
        _check_names(facade, chosen)
    if as_json:
        print_json([hit_data(hit) for hit in hits] if text is not None else [asdict(row) for row in rows])
    elif found:
        _print_hits(hits) if text is not None else say(history_text(rows, width()))
    elif text is not None or chosen != Wanted():
        say("Nothing like that is in the history.")
    else:
        say("No mocks yet. Start one with `mockloop`, or try `mockloop demo --save`.")


def wanted(
    round_id: str | None, since: datetime | None, until: datetime | None, outcome: str | None, **others: Any
) -> Wanted:
    """The mocks that the options of `filter_options` ask for. Raises UsageError when no mock can be meant."""
    if since and until and since > until:
        raise click.UsageError("--since is a later day than --until")
    least, most = others["min_score"], others["max_score"]
    if least is not None and most is not None and least > most:
        raise click.UsageError("--min-score is more than --max-score")
    return Wanted(
        round=round_id,
        since=since.date() if since else None,
        until=until.date() if until else None,
        heard=Heard(outcome) if outcome else None,
        **others,
    )


def _check_names(facade: LocalServices, chosen: Wanted) -> None:
    """Return when the round and the signal that were asked for exist. Raises BadInputError."""
    if chosen.round is not None:
        find_round(facade.catalogue(), chosen.round)
    # Key points are named after their question, which may be gone.
    if chosen.signal is not None and "/" not in chosen.signal:
        known = facade.catalogue().rubric.signals
        if chosen.signal not in known:
            raise BadInputError(
                f"There is no signal {one_line(chosen.signal)}.", f"Choose one of: {', '.join(sorted(known))}."
            )


def history_text(rows: Sequence[MockRow], columns: int) -> str:
    """The mocks as a table of at most `columns` characters a line."""
    return table(
        ("ID", "SCORE", "QUESTION", "ROOT CAUSE"),
        [(row.id, _score(row), row.question_title or row.round_title, row.root_cause or "") for row in rows],
        columns,
    )


def hit_data(hit: Hit) -> dict[str, Any]:
    """A find as JSON data: the mock, the turn, the words around it and where it begins in the turn's text."""
    return {**asdict(hit.mock), "turn": hit.turn, "excerpt": one_line(hit.text), "start": hit.start}


def _print_hits(hits: Sequence[Hit]) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False)
    for number, hit in enumerate(hits):
        title = one_line(hit.mock.question_title or hit.mock.round_title)
        answer = f" · answer {hit.turn}" if hit.turn > 1 else ""
        say(("\n" if number else "") + f"{hit.mock.id} · {_score(hit.mock)} · {title}{answer}")
        pieces = [(one_line(f"|{piece}|")[1:-1], "bold underline" if found else "") for piece, found in hit.excerpt]
        console.print(Padding(Text.assemble(*pieces), (0, 0, 0, 2)))


def _score(row: MockRow) -> str:
    if row.overall is not None:
        return f"{row.overall:.0f}"
    return "unscored" if row.unscored else "unfinished"
