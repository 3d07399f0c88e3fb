"""`mockloop demo`: the whole chain on a spoken answer that ships with the project."""

from __future__ import annotations

import click

from tui import locations
from tui.cli.context import engine_options, json_option, services
from tui.cli.output import paragraph, say
from tui.cli.reports import print_readings
from tui.cli.scoring import Scoring, score_file

ANSWER = "answer.flac"
ROUND = "ml-systems"
QUESTION = "video-recommendation"


@click.command()
@engine_options
@click.option("--save", is_flag=True, help="Keep it in the history; otherwise nothing is kept.")
@json_option
def demo(engine: str | None, model: str | None, save: bool, as_json: bool) -> None:
    """Score an answer that ships with mockloop.

    A synthetic voice speaks it: no microphone is needed, and nothing is kept unless with --save.
    """
    facade = services(engine, model)
    round_ = facade.catalogue().rounds[ROUND]
    question = round_.question(QUESTION)
    if question and not as_json:
        say(paragraph(f"A synthetic voice answers: {question.prompt}") + "\n")
    reading = score_file(facade, locations.demo() / ANSWER, Scoring(round_, question, "demo", save=save))
    print_readings([reading], as_json)
