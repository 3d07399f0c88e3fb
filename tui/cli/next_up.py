"""`mockloop next`: what to drill next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tui.cli.context import json_option, services, tell_left_out
from tui.cli.output import paragraph, print_json, say
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.history.advice import Advice
    from tui.interview.types import Catalogue


@click.command("next")
@json_option
def next_up(as_json: bool) -> None:
    """Say which signal to drill next, and with which question.

    It is the one with most points at stake among those that are due: by weight, by how often you missed it, and by
    spaced repetition, which is compressed to the days that are left (see `mockloop plan --date`).
    """
    from tui.history.advice import advise
    from tui.report.advice import advice_data

    facade = services()
    catalogue = facade.catalogue()
    tell_left_out(catalogue)
    advice = advise(facade.history, catalogue, facade.profile, datetime.now().astimezone())
    if as_json:
        print_json(advice_data(advice, catalogue))
    else:
        _print(advice, catalogue)


def _print(advice: Advice, catalogue: Catalogue) -> None:
    from tui.report.advice import command, improvement_text, why

    drill = advice.drill
    if drill is None:
        say("There is no round to drill in; `mockloop rubric check` says why.")
        return
    say(f"Drill next: {one_line(drill.signal.title)} ({drill.signal.id})")
    say(paragraph(why(drill)))
    say("\n" + paragraph(f"How: {drill.signal.advice}"))
    if drill.signal.example:
        say(paragraph(f"For example: “{one_line(drill.signal.example)}”"))
    say("\n" + paragraph(f"With: {drill.round.title}, “{one_line(drill.question.title)}”"))
    say(f"  {command(drill)}")
    if advice.others:
        after = ", ".join(f"{each.signal.id}{'' if each.is_due else ' (not due)'}" for each in advice.others[:3])
        say("\n" + paragraph(f"After that: {after}."))
    if advice.improvement:
        say("\n" + paragraph(f"This week's improvement: {improvement_text(advice.improvement, catalogue)}"))
