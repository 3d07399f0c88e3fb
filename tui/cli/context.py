"""What every command is given: the home, the services, and the options that many share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from tui import locations
from tui.interview.types import LEVELS

if TYPE_CHECKING:
    from tui.interview.types import Catalogue
    from tui.session.local import LocalServices

F = TypeVar("F", bound=Callable[..., Any])


class NumberRange(click.FloatRange):
    """A number within bounds; click takes `nan` for one, since it is neither below nor above anything."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if isnan(found):
            self.fail(f"{value!r} is not a valid {self.name}.", param, ctx)
        return found


class Closable(Protocol):
    """Something that must be closed."""

    def close(self) -> None: ...


S = TypeVar("S", bound=Closable)


def home() -> Path:
    """The home that this run works on."""
    context = click.get_current_context(silent=True)
    chosen = context.find_root().params.get("home") if context else None
    return locations.home(chosen)


def services(engine: str | None = None, model: str | None = None) -> LocalServices:
    """The facade over everything, closed when the command ends. `engine` and `model` win over the settings."""
    from tui.session.local import LocalServices

    return closed_later(LocalServices(home(), engine, model))


def closed_later(what: S) -> S:
    """`what`, which is closed when the command ends; what came last is closed first."""
    click.get_current_context().call_on_close(what.close)
    return what


def tell_left_out(catalogue: Catalogue) -> None:
    """Say on standard error, in one line, that files of the person's own are wrong and not in use."""
    from tui.cli.output import warn
    from tui.rubric.yaml_file import as_sentence

    if catalogue.warnings:
        more = f" There are {len(catalogue.warnings)} such problems." if len(catalogue.warnings) > 1 else ""
        first = as_sentence(catalogue.warnings[0])
        warn(f"Not all of your rubrics are in use: {first}{more} Run `mockloop rubric check`.")


def day(text: str) -> datetime:
    """The beginning of the day `text`, which is YYYY-MM-DD: the type of an option. Raises BadParameter."""
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day such as 2027-01-31.") from None


def json_option(command: F) -> F:
    """`--json`, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")(command)


def round_options(required: bool = True) -> Callable[[F], F]:
    """`--round`, `--question` and `--level`, as `round_id`, `question_id` and `level`."""
    level = click.option("--level", type=click.Choice(LEVELS), help="The level to be held to; kept with the mock.")
    question = click.option("--question", "question_id", metavar="ID", help="The question of that round.")
    round_ = click.option("--round", "round_id", metavar="ID", required=required, help="The round, such as ml-systems.")
    return lambda command: round_(question(level(command)))


def engine_options(command: F) -> F:
    """`--engine` and `--model`, as `engine` and `model`."""
    command = click.option("--model", metavar="NAME", help="Speech model, by name or path.")(command)
    return click.option("--engine", metavar="NAME", help="faster-whisper or openai-whisper.")(command)
