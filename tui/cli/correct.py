"""`mockloop correct`: what the recogniser or the detection got wrong, put right by the person who spoke."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.context import json_option, services
from tui.cli.output import print_json, say
from tui.cli.revise import revised_data, revised_text
from tui.errors import BadInputError
from tui.interview.corrections import Decision
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.history.types import MockFile
    from tui.session.revising import Revised, Reviser


@click.command()
@click.argument("mock", metavar="ID")
@click.option("--signal", metavar="ID", help="The signal or key point that was judged wrongly.")
@click.option("--heard", metavar="QUOTE", help="It was missed: these words of the transcript demonstrate it.")
@click.option("--not-heard", is_flag=True, help="It was credited, and should not have been.")
@click.option("--undo", is_flag=True, help="Take back what you decided about the signal.")
@click.option("--question", "number", type=click.IntRange(min=1), help="The question, by its number in the mock.")
@click.option("--turn", type=click.IntRange(min=1), help="The answer whose words are wrong, by its number.")
@click.option("--text", type=click.Path(path_type=Path), metavar="FILE", help="A file with the words that were said.")
@json_option
def correct(
    mock: str,
    signal: str | None,
    heard: str | None,
    not_heard: bool,
    undo: bool,
    number: int | None,
    turn: int | None,
    text: Path | None,
    as_json: bool,
) -> None:
    """Correct a verdict or a transcript.

    Either --signal with --heard, --not-heard or --undo, or --turn with --text. The mock is scored again; the earlier
    readings stay, and `mockloop signals` counts what you corrected.
    """
    decisions = sum((heard is not None, not_heard, undo))
    if (signal is None) == (text is None):
        raise click.UsageError("Give either --signal or --text")
    if signal is not None and (decisions != 1 or turn is not None):
        raise click.UsageError("With --signal, give one of --heard QUOTE, --not-heard and --undo, and no --turn")
    if text is not None and (decisions or number is not None):
        raise click.UsageError("With --text, give --turn alone")
    facade = services()
    file = facade.history.load(facade.history.resolve(mock))
    reviser = facade.reviser()
    if text is not None:
        revised = reviser.correct_text(file.mock.id, turn or 1, _words(text))
    else:
        assert signal is not None
        revised = _decided(reviser, file, signal, heard, Decision.UNDECIDED if undo else Decision.NOT_HEARD, number)
    if as_json:
        print_json(revised_data(revised))
    else:
        say(revised_text(revised))


def _decided(
    reviser: Reviser, file: MockFile, signal: str, heard: str | None, otherwise: Decision, number: int | None
) -> Revised:
    from tui.session.marking import find_words, judged_in

    if heard is not None:
        return reviser.mark_heard(file.mock.id, signal, find_words(file, heard, number))
    numbers = [number] if number else judged_in(file, signal, credited=otherwise is Decision.NOT_HEARD)
    if len(numbers) > 1:
        where = f"stands in questions {', '.join(map(str, numbers))} of {file.mock.id}"
        raise BadInputError(f"{one_line(signal)} {where}.", "Say which question is meant with --question.")
    if not numbers:
        what = "was not credited" if judged_in(file, signal, credited=False) else "was not listened for"
        raise BadInputError(f"{one_line(signal)} {what} in {file.mock.id}.", f"See `mockloop show {file.mock.id}`.")
    return reviser.decide(file.mock.id, signal, numbers[0], otherwise)


def _words(file: Path) -> str:
    from tui.transcript.formats import read_transcript

    if file.suffix.lower() != ".txt":
        raise BadInputError("Corrected words are read from a text file.", "Give a .txt file.")
    return read_transcript(file).text
