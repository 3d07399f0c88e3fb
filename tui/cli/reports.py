"""Print postmortems, as text or as data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tui.cli.output import print_json, say, width
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript, one_line


@dataclass(frozen=True)
class Reading:
    """One answer as it was read, and what it came from."""

    source: str
    """Name of the file or the mock."""
    transcript: Transcript | None
    """None when it is damaged; the postmortem then says so."""
    postmortem: Postmortem
    mock: str | None = None
    """Id of the mock it was kept as, or None."""


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
        console.print(Report(reading.postmortem, reading.transcript if with_transcript else None))
        if reading.mock and not with_transcript:
            say(f"\nKept as {reading.mock}")


def data(reading: Reading) -> dict[str, Any]:
    """A reading as JSON data; quotes are found in the transcript's `text`."""
    from tui.report.data import to_data
    from tui.transcript.formats import to_json

    transcript = to_json(reading.transcript) if reading.transcript else None
    return {
        "source": one_line(reading.source),
        **to_data(reading.postmortem, reading.mock),
        "transcript": transcript,
    }
