"""`mockloop signals`: what is listened for, how you fare with it, and how reliably it is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui import locations
from tui.cli.context import json_option, services, tell_left_out
from tui.cli.output import paragraph, print_json, say, width
from tui.cli.tables import table

if TYPE_CHECKING:
    from tui.history.review import SignalReview
    from tui.session.local import LocalServices


@click.command()
@json_option
def signals(as_json: bool) -> None:
    """List the signals, and how often you miss each.

    Precision is the share of credits that were right, recall the share of demonstrations that were credited, both
    measured on labelled answers that nothing was tuned on. Signals of your own have not been measured.
    """
    from tui.history.review import review_signals
    from tui.report.figures import figures_data

    facade = services()
    review = review_signals(facade.history)
    rows = _rows(facade)
    tell_left_out(facade.catalogue())
    if as_json:
        print_json([{**row, "personal": figures_data(row["id"], review)} for row in rows])
        return
    if review.figures:
        _print_personal(review)
    head = ("SIGNAL", "WHEN", "WEIGHT", "PRECISION", "RECALL", "TITLE", "DIMENSION")
    say(table(head, [_cells(row) for row in rows], width()))


def _print_personal(review: SignalReview) -> None:
    """Print how the person fares, the signals that are missed most often first."""
    from tui.report.figures import LEGEND, corrected, counted, grid_marks, interval, landed, of, trend_word

    say(paragraph(counted(review)))
    keeps = [figures.signal for figures in review.figures.values() if figures.keeps_missing]
    if keeps:
        say(paragraph(f"Keeps getting missed: {', '.join(keeps)}."))
    rows = [
        (
            figures.signal,
            *(of(figures.missed), interval(figures.missed), of(figures.prompted)),
            *(trend_word(figures.trend), landed(figures), grid_marks(review.grid.row(figures.signal))),
        )
        for figures in review.worst_first
    ]
    say("\n" + table(("SIGNAL", "MISSED", "95 %", "ASKED", "TREND", "LANDS", "LAST MOCKS"), rows, width()))
    say("\n" + paragraph(LEGEND) + "\n")
    if corrected(review):
        say(paragraph(corrected(review)) + "\n")


def _rows(facade: LocalServices) -> list[dict[str, Any]]:
    from tui.rubric.measured import read_measured

    rubric = facade.catalogue().rubric
    measured = read_measured(locations.rubrics())
    return [
        {
            "id": signal.id,
            "title": signal.title,
            "dimension": signal.dimension,
            "weight": signal.weight,
            "timing": signal.timing.value,
            "precision": measured[signal.id].precision if signal.id in measured else None,
            "recall": measured[signal.id].recall if signal.id in measured else None,
            "measured_on": measured[signal.id].n if signal.id in measured else 0,
        }
        for signal in rubric.signals.values()
    ]


def _cells(row: dict[str, Any]) -> list[str]:
    shares = ["-" if row[key] is None else f"{row[key]:.2f}" for key in ("precision", "recall")]
    return [row["id"], row["timing"], f"{row['weight']:g}", *shares, row["title"], row["dimension"]]
