"""`mockloop score`: existing answers to postmortems."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.choosing import find_question, find_round
from tui.cli.context import engine_options, json_option, round_options, services, tell_left_out
from tui.cli.reports import print_readings
from tui.cli.scoring import Scoring, score_file
from tui.errors import BadInputError
from tui.transcript import one_line


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@round_options()
@engine_options
@click.option("--save", is_flag=True, help="Keep it in the history, with a copy of the audio.")
@json_option
def score(
    files: tuple[Path, ...],
    round_id: str,
    question_id: str | None,
    level: str | None,
    engine: str | None,
    model: str | None,
    save: bool,
    as_json: bool,
) -> None:
    """Score existing answers.

    A FILE is audio, text (.txt) or a transcript (.json).
    """
    facade = services(engine, model)
    catalogue = facade.catalogue()
    round_ = find_round(catalogue, round_id)
    scoring = Scoring(round_, find_question(catalogue, round_, question_id), "score", level, save)
    # One wrong name among many files should not cost the minutes that the others take.
    for file in files:
        if not file.is_file():
            what = "is not a file" if file.exists() else "does not exist"
            raise BadInputError(f"{one_line(str(file))} {what}.", "Check the path.")
    tell_left_out(catalogue)
    print_readings([score_file(facade, file, scoring) for file in files], as_json)
