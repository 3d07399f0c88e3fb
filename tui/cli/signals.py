"""`mockloop signals`: what is listened for, and how well."""

from __future__ import annotations

from typing import Any

import click

from tui import locations
from tui.cli.context import json_option, services
from tui.cli.output import print_json, say, width
from tui.cli.tables import table


@click.command()
@json_option
def signals(as_json: bool) -> None:
    """List the signals, with how reliably each is heard.

    Precision is the share of credits that were right, recall the share of demonstrations that were credited, both
    measured on labelled answers that nothing was tuned on. Signals of your own have not been measured.
    """
    rows = _rows()
    if as_json:
        print_json(rows)
        return
    head = ("SIGNAL", "WHEN", "WEIGHT", "PRECISION", "RECALL", "TITLE", "DIMENSION")
    say(table(head, [_cells(row) for row in rows], width()))


def _rows() -> list[dict[str, Any]]:
    from tui.rubric.measured import read_measured

    rubric = services().catalogue().rubric
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
