"""`mockloop models`: which speech models are here, and fetching others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import home, json_option
from tui.cli.output import ProgressLine, print_json, say, width
from tui.cli.tables import table

if TYPE_CHECKING:
    from tui.speech.types import ModelInfo


@click.command()
@click.option("--pull", metavar="NAME", help="Fetch a model; the only thing that opens a connection.")
@click.option("--no-speed", is_flag=True, help="Do not time the models that are here, which takes seconds for each.")
@json_option
def models(pull: str | None, no_speed: bool, as_json: bool) -> None:
    """List speech models, or fetch one."""
    from tui.speech.models import available

    if pull is not None:
        fetched = _pull(pull)
        print_json(_data(fetched, None)) if as_json else say(f"{fetched.name} is here: {fetched.path}")
        return
    found = available(home())
    speeds = {info: _speed(info) for info in found if info.here} if not no_speed else {}
    if as_json:
        print_json([_data(info, speeds.get(info)) for info in found])
        return
    say(table(("NAME", "ENGINE", "SIZE", "SPEED", "WHERE"), [_row(info, speeds.get(info)) for info in found], width()))


def _pull(name: str) -> ModelInfo:
    from tui.speech.model_pull import pull

    with ProgressLine("Fetching") as progress:
        return pull(name, home(), progress)


def _speed(info: ModelInfo) -> float | None:
    """Seconds of work for a second of audio, or None when the model does not work here."""
    from tui.cli.doctor_speech import real_time_factor
    from tui.errors import MockloopError

    try:
        return real_time_factor(info.engine, str(info.path), home())
    except MockloopError:
        return None


def _row(info: ModelInfo, speed: float | None) -> tuple[str, ...]:
    where = info.note or str(info.path) if info.here else f"mockloop models --pull {info.name}"
    return info.name, info.engine, f"{info.megabytes:.0f} MB", f"{speed:.2f} x" if speed else "-", where


def _data(info: ModelInfo, speed: float | None) -> dict[str, Any]:
    return {
        "name": info.name,
        "engine": info.engine,
        "here": info.here,
        "path": str(info.path) if info.path else None,
        "megabytes": info.megabytes,
        "note": info.note,
        "real_time_factor": speed,
    }
