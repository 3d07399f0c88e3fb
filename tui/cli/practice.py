"""`mockloop practice`: straight into a round, in the app or as lines of text."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from tui.cli import interrupted
from tui.cli.choosing import find_question, find_round
from tui.cli.context import closed_later, home, json_option, round_options, services
from tui.cli.output import is_terminal, paragraph, say, warn
from tui.cli.reports import Reading, print_readings
from tui.cli.spoken_clock import spoken_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.history.types import MockFile
    from tui.interview.types import Question, Round
    from tui.session.local import LocalServices

LONGEST_MINUTES = 180.0


@click.command()
@round_options(required=False)
@click.option("--minutes", type=click.FloatRange(0, LONGEST_MINUTES, min_open=True), help="Time for the answer.")
@click.option("--device", metavar="NAME", help="The microphone, by its name or a part of it.")
@click.option("--plain", is_flag=True, help="Lines of text instead of screens.")
@click.option("--finish", metavar="ID", help="Score an interrupted mock instead; `last` is the newest.")
@json_option
def practice(
    round_id: str | None,
    question_id: str | None,
    level: str | None,
    minutes: float | None,
    device: str | None,
    plain: bool,
    finish: str | None,
    as_json: bool,
) -> None:
    """Answer a question out loud.

    With --plain: enter begins and ends the answer, p and enter pauses, ctrl-c ends the answer. Without a terminal the
    answer begins at once and ends in time, at the end of the input, or with an interrupt. --json implies --plain.
    """
    from tui.session.tailored import Choices, TailoredServices

    if finish is not None:
        if any(option is not None for option in (round_id, question_id, level, minutes, device)):
            raise click.UsageError("--finish takes the mock as it was recorded; leave the other options out")
        interrupted.finish(services(), finish, as_json)
        return
    if round_id is None:
        raise click.UsageError("Missing option '--round'")
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
    attended = is_terminal(sys.stdin)
    for warning in (*facade.catalogue().warnings, *facade.warnings()):
        warn(warning)
    interrupted.offer(facade, out, attended and not as_json)
    device = find_input(facade.profile.device).name
    _brief(facade, round_, question, out)
    out(f"Microphone: {device}")
    session = facade.new_session(round_, question, round_.practice_minutes * 60, round_.think_seconds, device)
    live = is_terminal(sys.stderr) and is_terminal(sys.stdout)
    return PlainMock(session, out, attended=attended, live=live).run()


def _brief(facade: LocalServices, round_: Round, question: Question, out: Callable[[str], object]) -> None:
    out(f"{round_.title}: {question.title}\n\n{paragraph(question.prompt)}\n")
    out(f"{spoken_length(round_.practice_minutes * 60)} for the answer.")
    focus = facade.history.focus()
    if focus:
        out(paragraph(f"Focus: {focus.title}. {focus.advice}"))
    for item in round_.checklist:
        out(paragraph(f"- {item}"))
