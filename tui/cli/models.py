"""`mockloop models`: which speech models are here, how fast they are, which one is used, and fetching others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import home, json_option, services
from tui.cli.output import ProgressLine, print_json, say, width
from tui.cli.tables import table

if TYPE_CHECKING:
    from tui.speech.calibration import Measured
    from tui.speech.types import ModelInfo


@click.command()
@click.option("--pull", metavar="NAME", help="Fetch a model; the only thing that opens a connection.")
@click.option("--use", metavar="NAME", help="Use this model from now on; `auto` for the best one that keeps up.")
@click.option("--second", metavar="NAME", help="Hear each answer again with this model after the mock; `off` for none.")
@click.option("--measure", is_flag=True, help="Measure the speed of the models that are here again.")
@click.option("--no-speed", is_flag=True, help="Measure nothing: it takes seconds for each model that is new.")
@json_option
def models(pull: str | None, use: str | None, second: str | None, measure: bool, no_speed: bool, as_json: bool) -> None:
    """List speech models, measure them, choose or fetch one.

    Each model that is here is measured once. Unless one is chosen, the largest is used that needs less than half a
    second for a second of speech, so that the transcript is ready when the answer ends. A larger one may hear the
    answer again in the background after the mock; the postmortem then says what that changed.
    """
    from tui.speech.models import available

    if sum((pull is not None, use is not None, second is not None, measure)) > 1 or (measure and no_speed):
        raise click.UsageError("--pull, --use, --second, --measure and --no-speed are asked for one at a time")
    if use is not None or second is not None:
        _use(use, as_json) if use is not None else _use_second(str(second), as_json)
        return
    if pull is not None:
        fetched = _pull(pull)
        print_json(_data(fetched, None, None)) if as_json else say(f"{fetched.name} is here: {fetched.path}")
        return
    found = available(home())
    speeds = _speeds(found, again=measure, new=not no_speed)
    used = services().recogniser
    told = [(info, speeds.get(info.path) if info.path else None) for info in found]
    if as_json:
        print_json([_data(info, speed, used) for info, speed in told])
        return
    head = ("NAME", "ENGINE", "SIZE", "SPEED", "USED", "WHERE")
    say(table(head, [_row(info, speed, used) for info, speed in told], width()))
    if any(speed.busy for speed in speeds.values()):
        say("\nThe machine was busy: such a speed is not believed, and is measured again next time.")
    if second_model := services().recognition.second:
        say(f"\nAfter a mock the answers are heard again with {second_model[1]} ({second_model[0]}).")


def _use(name: str, as_json: bool) -> None:
    """Pin the model `name`. Raises ModelError when it is not here."""
    from tui.speech.calibration import AUTO
    from tui.speech.models import engine_of

    facade = services()
    facade.set_model(engine_of(name), _here(name, AUTO))
    chosen = facade.recogniser
    if as_json:
        print_json({"engine": chosen[0], "model": chosen[1], "pinned": name != AUTO})
    else:
        say(f"From now on answers are recognised with {chosen[1]} ({chosen[0]}).")


def _use_second(name: str, as_json: bool) -> None:
    """Choose the model that hears answers again. Raises ModelError when it is not here."""
    from tui.history.profile import OFF

    facade = services()
    facade.set_second(_here(name, OFF))
    second = facade.recognition.second
    if as_json:
        print_json({"second": {"engine": second[0], "model": second[1]} if second else None})
    elif second:
        say(f"From now on answers are heard again with {second[1]} ({second[0]}) after the mock.")
    elif name == OFF:
        say("Answers are heard once.")
    else:
        say(f"Answers are recognised with {name} already: nothing would be gained by hearing them again.")


def _here(name: str, word: str) -> str:
    """`name` as it is to be remembered: `word`, or a model that is here. Raises ModelError."""
    from tui.speech.models import engine_of, resolve

    if name == word:
        return name
    found, path = resolve(name, engine_of(name), home()), Path(name).expanduser()
    # A path must mean the same wherever mockloop is started from; a folder that is only called like a model is none.
    return str(path.absolute()) if found.path == path else name


def _pull(name: str) -> ModelInfo:
    from tui.speech.model_pull import pull

    with ProgressLine("Fetching") as progress:
        return pull(name, home(), progress)


def _speeds(found: tuple[ModelInfo, ...], again: bool, new: bool) -> dict[Path, Measured]:
    """The speed of the models that are here and work, by path."""
    from tui.errors import MockloopError
    from tui.speech.calibration import Measured, measure, measured

    known = {} if again else measured(found, home())
    speeds = {path: Measured(factor) for path, factor in known.items()}
    for info in found if new else ():
        if info.path is not None and info.path not in speeds:
            with ProgressLine("Measuring") as progress:
                progress(0.0, info.name)
                try:
                    speeds[info.path] = measure(info, home())
                except MockloopError:
                    continue  # its line shows no speed
    return speeds


def _used(info: ModelInfo, used: tuple[str, str] | None) -> bool:
    return used is not None and info.here and info.engine == used[0] and used[1] in (info.name, str(info.path))


def _row(info: ModelInfo, speed: Measured | None, used: tuple[str, str]) -> tuple[str, ...]:
    where = info.note or str(info.path) if info.here else f"mockloop models --pull {info.name}"
    mark = "yes" if _used(info, used) else ""
    told = f"{speed.factor:.2f} x{' (busy)' if speed.busy else ''}" if speed else "-"
    return info.name, info.engine, f"{info.megabytes:.0f} MB", told, mark, where


def _data(info: ModelInfo, speed: Measured | None, used: tuple[str, str] | None) -> dict[str, Any]:
    return {
        "name": info.name,
        "engine": info.engine,
        "here": info.here,
        "path": str(info.path) if info.path else None,
        "megabytes": info.megabytes,
        "note": info.note,
        "real_time_factor": speed.factor if speed else None,
        "measured_busy": bool(speed and speed.busy),
        "used": _used(info, used),
    }
