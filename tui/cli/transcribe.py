"""`mockloop transcribe`: audio to words with times."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.choosing import find_round
from tui.cli.context import engine_options, services, tell_left_out
from tui.cli.output import ProgressLine, print_json, write
from tui.interview.types import Catalogue, vocabulary

FORMATS = ("text", "json", "srt", "vtt")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@engine_options
@click.option("--format", "format_", type=click.Choice(FORMATS), help="What to print; text by default.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--round", "round_id", metavar="ID", help="Expect this round's terms alone.")
@click.option("--no-prime", is_flag=True, help="Do not tell the recogniser which terms to expect.")
def transcribe(
    file: Path,
    engine: str | None,
    model: str | None,
    format_: str | None,
    as_json: bool,
    round_id: str | None,
    no_prime: bool,
) -> None:
    """Write down what is said in an audio file."""
    from tui.transcript.formats import to_json, to_srt, to_text, to_vtt

    if as_json and format_ not in (None, "json"):
        raise click.UsageError(f"--json and --format {format_} exclude each other")
    facade = services(engine, model)
    words = () if no_prime else terms(facade.catalogue(), round_id)
    tell_left_out(facade.catalogue())
    with ProgressLine(f"Transcribing {file.name}") as progress:
        progress(0.0, "loading the speech model")
        transcript = facade.transcriber().transcribe(file, terms=words, on_progress=progress)
    if as_json or format_ == "json":
        print_json(to_json(transcript))
    else:
        write({"srt": to_srt, "vtt": to_vtt}.get(format_ or "text", to_text)(transcript))


def terms(catalogue: Catalogue, round_id: str | None) -> tuple[str, ...]:
    """The terms to expect: those of one round, or of all of them. Raises BadInputError for an unknown round."""
    rounds = [find_round(catalogue, round_id)] if round_id else list(catalogue.rounds.values())
    return tuple(dict.fromkeys(term for round_ in rounds for term in vocabulary(catalogue.rubric, round_)))
