"""`mockloop practice`: straight into a round, in the app or as lines of text."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from tui.cli.choosing import find_question, find_round
from tui.cli.context import closed_later, home, json_option, round_options
from tui.cli.output import is_terminal, paragraph, say
from tui.cli.reports import Reading, print_readings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.history.types import MockFile
    from tui.interview.types import Question, Round
    from tui.session.local import LocalServices

LONGEST_MINUTES = 180.0


@click.command()
@round_options
@click.option("--minutes", type=click.FloatRange(0, LONGEST_MINUTES, min_open=True), help="Time for the answer.")
@click.option("--device", metavar="NAME", help="The microphone, by its name or a part of it.")
@click.option("--plain", is_flag=True, help="Lines of text instead of screens.")
@json_option
def practice(
    round_id: str,
    question_id: str | None,
    level: str | None,
    minutes: float | None,
    device: str | None,
    plain: bool,
    as_json: bool,
) -> None:
    """Answer a question out loud.

    With --plain: enter begins and ends the answer, p and enter pauses, ctrl-c ends the answer. Without a terminal the
    answer begins at once and ends in time, at the end of the input, or with an interrupt. --json implies --plain.
    """
    from tui.session.tailored import Choices, TailoredServices

    facade = closed_later(TailoredServices(home(), Choices(round_id, minutes, device, level)))
    round_ = find_round(facade.catalogue(), round_id)
    question = find_question(round_, question_id)
    if not (plain or as_json):
        from tui.cli.open_app import open_app

        open_app(facade, round_.id, question.id if question else None)
        return
    mock = _run(facade, round_, question or facade.history.least_practised(round_), as_json)
    if mock.transcript and mock.postmortem:
        if not as_json:
            say()
        print_readings([Reading(mock.mock.id, mock.transcript, mock.postmortem, mock.mock.id)], as_json)


def _run(facade: LocalServices, round_: Round, question: Question, as_json: bool) -> MockFile:
    from tui.cli.plain import PlainMock
    from tui.speech.devices import find_input

    # The postmortem alone goes to standard output when it is data.
    out = partial(click.echo, err=True) if as_json else say
    device = find_input(facade.profile.device).name
    _brief(facade, round_, question, out)
    out(f"Microphone: {device}")
    session = facade.new_session(round_, question, round_.practice_minutes * 60, round_.think_seconds, device)
    live = is_terminal(sys.stderr) and is_terminal(sys.stdout)
    return PlainMock(session, out, attended=is_terminal(sys.stdin), live=live).run()


def _brief(facade: LocalServices, round_: Round, question: Question, out: Callable[[str], object]) -> None:
    out(f"{round_.title}: {question.title}\n\n{paragraph(question.prompt)}\n")
    out(f"{round_.practice_minutes:g} minutes for the answer.")
    focus = facade.history.focus()
    if focus:
        out(paragraph(f"Focus: {focus.title}. {focus.advice}"))
    for item in round_.checklist:
        out(paragraph(f"- {item}"))
    if waiting := len(facade.history.unfinished()):
        out(f"{waiting} interrupted {'mock waits' if waiting == 1 else 'mocks wait'} to be finished: open mockloop.")
