"""`mockloop packet`: what the interviews of a loop come to."""

from __future__ import annotations

import sys

import click

from tui.cli.context import json_option, services
from tui.cli.output import print_json, say, width
from tui.errors import BadInputError


@click.command()
@click.argument("loop", metavar="[ID]", required=False)
@json_option
def packet(loop: str | None, as_json: bool) -> None:
    """Read a loop's packet.

    Each interview, each area over all of them, and a four-step reading with its rule.

    ID is the loop's name or a part of it; without one, the newest loop.
    """
    from tui.history.loops import packet as packet_of
    from tui.report.packet_files import packet_data

    facade = services()
    runs = facade.loops.all()
    if not runs:
        raise BadInputError("There is no loop yet.", "Begin one: mockloop practice --loop on-site")
    run = next((each for each in runs if loop is None or loop in each.id), None)
    if run is None:
        raise BadInputError(f"There is no loop {loop}.", f"Choose one of: {', '.join(each.id for each in runs)}.")
    found = packet_of(run, facade.history, facade.catalogue())
    if as_json:
        print_json({"id": run.id, **packet_data(found)})
        return
    from rich.console import Console

    from tui.report.packet_text import PacketReport

    console = Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False)
    console.print(PacketReport(found))
    if run.next_place is not None:
        say(f"\nNext: mockloop practice --loop {run.loop}")
