"""`mockloop practice`: straight into a round, in the app or as lines of text."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING

import click

from tui.cli import interrupted
from tui.cli.choosing import find_loop, find_question, find_round
from tui.cli.context import NumberRange, closed_later, home, json_option, round_options, services
from tui.cli.output import is_terminal, paragraph, say, warn
from tui.cli.reports import Reading, print_readings
from tui.cli.spoken_clock import spoken_length
from tui.cli.task_text import task_text
from tui.errors import BadInputError
from tui.interview.sitting import Length, full_sitting, short_sitting
from tui.interview.types import at_level

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.history.types import MockFile
    from tui.interview.loop import LoopPlace
    from tui.interview.sitting import Sitting
    from tui.interview.types import Question, Round
    from tui.session.local import LocalServices
    from tui.session.session import Session
    from tui.session.tailored import TailoredServices

LONGEST_MINUTES = 180.0


@click.command()
@round_options(required=False)
@click.option("--minutes", type=NumberRange(0, LONGEST_MINUTES, min_open=True), help="Time for each answer.")
@click.option("--full", is_flag=True, help="All questions and the length of the real interview.")
@click.option("--follow-ups", type=click.IntRange(0, 10), help="At most so many follow-ups about an answer.")
@click.option("--loop", "loop_id", metavar="ID", help="The next interview of that loop, such as on-site.")
@click.option("--device", metavar="NAME", help="The microphone, by its name or a part of it.")
@click.option("--plain", is_flag=True, help="Lines of text instead of screens.")
@click.option("--finish", metavar="ID", help="Score an interrupted mock instead; `last` is the newest.")
@json_option
def practice(
    round_id: str | None,
    question_id: str | None,
    level: str | None,
    minutes: float | None,
    full: bool,
    follow_ups: int | None,
    loop_id: str | None,
    device: str | None,
    plain: bool,
    finish: str | None,
    as_json: bool,
) -> None:
    """Answer a question out loud.

    The interviewer follows up on what was not heard. With --plain: enter begins and ends an answer, p and enter pauses,
    c and enter lists what you may ask, r FILE and enter runs a task's examples on your code, f and enter ends the mock,
    ctrl-c ends the answer. Without a terminal answers begin at once and end in time, at the end of the input, or with
    an interrupt. --json implies --plain.
    """
    from tui.session.tailored import Choices, TailoredServices

    _refuse(finish, round_id, loop_id, question_id, level, minutes, device, follow_ups, full or None)
    if finish is not None:
        interrupted.finish(services(), finish, as_json)
        return
    choices = Choices(round_id, minutes, device, level, Length.FULL if full else None, follow_ups)
    facade = closed_later(TailoredServices(home(), choices))
    place = _place(facade, loop_id, level) if loop_id else None
    round_ = find_round(facade.catalogue(), place.run.rounds[place.place] if place else round_id or "")
    question = find_question(facade.catalogue(), round_, question_id)
    if not (plain or as_json):
        from tui.cli.open_app import open_app

        open_app(facade, round_.id, question.id if question else None, place)
        return
    mock, session = _run(facade, _sitting(facade, round_, question, place), place, as_json)
    _tell(facade, mock, place, as_json)
    if is_terminal(sys.stdin) and not as_json:
        _hear_again(facade, session, mock.mock.id)


def _tell(facade: TailoredServices, mock: MockFile, place: LoopPlace | None, as_json: bool) -> None:
    """Print the postmortem, and where in its loop the mock stands."""
    if mock.postmortem:
        from tui.report.account import account_of

        if not as_json:
            say()
        print_readings([Reading(mock.mock.id, account_of(mock, facade.history.folder(mock.mock.id)))], as_json)
    if place and not as_json:
        _tell_loop(facade, place)


def _refuse(finish: str | None, round_id: str | None, loop_id: str | None, *others: object) -> None:
    """Raise UsageError for options that say too little, or too much together."""
    if finish is not None:
        if any(option is not None for option in (round_id, loop_id, *others)):
            raise click.UsageError("--finish takes the mock as it was recorded; leave the other options out")
    elif round_id is None and loop_id is None:
        raise click.UsageError("Missing option '--round' or '--loop'")
    elif round_id is not None and loop_id is not None:
        raise click.UsageError("--round or --loop, not both")


def _place(facade: TailoredServices, loop_id: str, level: str | None) -> LoopPlace:
    """The next interview of the loop, which begins anew when it is over or never was. Raises BadInputError."""
    from tui.interview.loop import LoopPlace

    loop = find_loop(facade.catalogue(), loop_id)
    run = facade.loops.of(loop.id)
    if run is None or run.next_place is None:
        run = facade.loops.begin(loop, level or facade.level, facade.length.value)
    elif level not in (None, run.level):
        raise BadInputError(f"This loop is at level {run.level}.", "Leave --level out, or finish the loop first.")
    assert run.next_place is not None
    return LoopPlace(run, run.next_place)


def _sitting(facade: TailoredServices, round_: Round, question: Question | None, place: LoopPlace | None) -> Sitting:
    level_id = place.run.level if place else facade.level
    if round_.levels and level_id not in round_.levels:
        raise BadInputError(f"{round_.title} is for {' and '.join(round_.levels)}.", f"Add --level {round_.levels[0]}.")
    length = place.run.length if place else facade.length
    make = full_sitting if length == Length.FULL else short_sitting
    suited = replace(round_, questions=at_level(round_.questions, level_id))
    chosen = question or facade.history.least_practised(suited)
    return facade.tailored(make(round_, chosen, facade.catalogue().levels.get(level_id)))


def _run(facade: LocalServices, sitting: Sitting, place: LoopPlace | None, as_json: bool) -> tuple[MockFile, Session]:
    from tui.cli.plain import PlainMock
    from tui.cli.plain_rating import PlainRating
    from tui.interview.expected import dimensions
    from tui.speech.devices import find_input

    # The postmortem alone goes to standard output when it is data.
    out = partial(say, err=as_json)
    attended = is_terminal(sys.stdin)
    for warning in (*facade.catalogue().warnings, *facade.warnings()):
        warn(warning)
    interrupted.offer(facade, out, attended and not as_json)
    device = find_input(facade.profile.device).name
    _brief(facade, sitting, out)
    out(f"Microphone: {device}")
    session = closed_later(facade.new_session(sitting, device, place))
    live = is_terminal(sys.stderr) and is_terminal(sys.stdout)
    rating = PlainRating(dimensions(facade.catalogue().rubric, sitting.round), out) if attended else None
    mock = PlainMock(session, out, attended=attended, live=live, rating=rating).run()
    if rating and rating.rating:
        return replace(mock, mock=facade.history.rate(mock.mock.id, rating.rating)), session
    return mock, session


def _hear_again(facade: LocalServices, session: Session, mock: str) -> None:
    """Have the second model, if one was chosen, hear the mock, and say what that changed."""
    from tui.session.events import Event, HeardAgain

    second = facade.recognition.second
    if second is None:
        return
    heard: SimpleQueue[Event] = SimpleQueue()
    session.listen(heard.put)
    # Nothing is heard again as long as a mock may go on.
    session.close()
    say(f"\nHearing it again with {second[1]}; ctrl-c leaves it as it is.")
    try:
        facade.recognition.idle.wait()
    except KeyboardInterrupt:
        say(f"It stays as it is; later: mockloop retranscribe {mock} --model {second[1]}")
    while not heard.empty():
        event = heard.get()
        if isinstance(event, HeardAgain) and event.sentence:
            say(paragraph(event.sentence))


def _brief(facade: LocalServices, sitting: Sitting, out: Callable[[str], object]) -> None:
    round_, question = sitting.round, sitting.questions[0]
    several = f"Question 1 of {len(sitting.questions)}: " if len(sitting.questions) > 1 else ""
    out(f"{round_.title}: {several}{question.title}\n\n{paragraph(question.prompt)}\n")
    if question.task:
        out(f"{task_text(question.task)}\n")
    level = f" Level: {sitting.level.title}." if sitting.level else ""
    out(f"{spoken_length(sitting.answer_seconds)} for the answer.{level}")
    focus = facade.history.focus()
    if focus:
        out(paragraph(f"Focus: {focus.title}. {focus.advice}"))
    for item in round_.checklist:
        out(paragraph(f"- {item}"))
    stories = facade.story_lines(round_)
    if stories:
        out("Your stories:")
    for item in stories:
        out(paragraph(f"- {item}"))


def _tell_loop(facade: LocalServices, place: LoopPlace) -> None:
    """What comes next in the loop, or its packet when this was the last interview."""
    run = facade.loops.of(place.run.loop)
    if run is None or run.next_place is not None:
        left = len(run.rounds) - len(run.mocks) if run else 0
        rest = f"Rest {place.run.break_minutes:g} minutes, then the same command."
        say(f"\n{left} of the loop's interviews are left. {rest}")
        return
    from rich.console import Console

    from tui.cli.output import width
    from tui.history.loops import packet
    from tui.report.packet_text import PacketReport

    say()
    console = Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False)
    console.print(PacketReport(packet(run, facade.history, facade.catalogue())))
