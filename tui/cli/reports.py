"""Print postmortems, as text or as data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.cli.output import print_json, say, width
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.report.account import Account


@dataclass(frozen=True)
class Reading:
    """One mock or file as it was read, and what it came from."""

    source: str
    """Name of the file or the mock."""
    account: Account


def print_readings(readings: Sequence[Reading], as_json: bool, with_transcript: bool = False) -> None:
    """Print every postmortem; several become a JSON list, and get headings as text."""
    if as_json:
        found = [data(reading) for reading in readings]
        print_json(found[0] if len(found) == 1 else found)
        return
    from rich.console import Console

    from tui.report.text import Report

    console = Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False)
    for number, reading in enumerate(readings):
        if len(readings) > 1:
            say(("\n" if number else "") + f"== {one_line(reading.source)} ==\n")
        console.print(Report(reading.account, with_transcript))
        if reading.account.mock and not with_transcript:
            say(f"\nKept as {reading.account.mock.id}")


def data(reading: Reading) -> dict[str, Any]:
    """A reading as JSON data; quotes are found in the transcripts' `text`.

    `transcript` is that of the first answer, None when it is damaged; the postmortem then says so.
    """
    from tui.report.data import account_data
    from tui.transcript.formats import to_json

    first = reading.account.answers[0].transcript if reading.account.answers else None
    return {
        "source": one_line(reading.source),
        **account_data(reading.account),
        "transcript": first and to_json(first),
    }
