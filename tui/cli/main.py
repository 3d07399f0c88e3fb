"""`mockloop`: the group of all commands, each loaded when it is asked for."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from tui import __version__, locations
from tui.cli.failures import guarded

COMMANDS = {
    "demo": "tui.cli.demo:demo",
    "practice": "tui.cli.practice:practice",
    "score": "tui.cli.score:score",
    "transcribe": "tui.cli.transcribe:transcribe",
    "detect": "tui.cli.detect:detect",
    "history": "tui.cli.history:history",
    "show": "tui.cli.past:show",
    "signals": "tui.cli.signals:signals",
    "packet": "tui.cli.packet:packet",
    "export": "tui.cli.export:export",
    "next": "tui.cli.next_up:next_up",
    "plan": "tui.cli.plan:plan",
    "correct": "tui.cli.correct:correct",
    "rescore": "tui.cli.revise:rescore",
    "retranscribe": "tui.cli.revise:retranscribe",
    "models": "tui.cli.models:models",
    "devices": "tui.cli.devices:devices",
    "voice": "tui.cli.voice:voice",
    "doctor": "tui.cli.doctor:doctor",
    "samplesize": "tui.cli.samplesize:samplesize",
    "stories": "tui.cli.stories:stories",
    "rubric": "tui.cli.rubric:rubric",
    "delete": "tui.cli.upkeep:delete",
    "reindex": "tui.cli.upkeep:reindex",
}
"""Where each command is defined, in the order of the help."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command or the help is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        _take_home(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib

        name = args[0]
        close = difflib.get_close_matches(name, COMMANDS, n=1)
        if name not in COMMANDS and close and not name.startswith("-"):
            ctx.fail(f"There is no command '{name}'. Did you mean '{close[0]}'?")
        return super().resolve_command(ctx, args)


def _folder(text: str) -> Path:
    """The home that was named. Raises BadParameter for none: an unset variable would be the current folder."""
    if not text:
        raise click.BadParameter("no folder is named.")
    return Path(text)


def _home_option(**more: Any) -> click.Option:
    return click.Option(["--home"], type=_folder, metavar="FOLDER", help="Where recordings and history live.", **more)


def _take_home(command: click.Command) -> None:
    """Let `--home` stand after the command's name too."""

    def keep(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.find_root().params["home"] = value

    if isinstance(command, click.Group):
        for member in command.commands.values():
            _take_home(member)
    elif not any(option.name == "home" for option in command.params):
        command.params.append(_home_option(expose_value=False, callback=keep, is_eager=True))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    params=[_home_option()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 2 bad usage or input, 1 failure, 130 interrupted.",
)
@click.version_option(__version__, prog_name="mockloop", message="%(prog)s %(version)s")
@click.pass_context
def mockloop(ctx: click.Context, home: Path | None) -> None:  # noqa: ARG001
    """Practise interviews out loud and read a scored postmortem.

    Without a command, opens the app.
    """
    # click keeps colours wherever this is None and the output is a terminal.
    ctx.color = False if os.environ.get("NO_COLOR") else None
    if ctx.invoked_subcommand is None:
        from tui.cli.context import services
        from tui.cli.open_app import open_app

        open_app(services())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on `arguments` (default: the process's own) and return the exit code."""
    chosen: list[Path | None] = [None]

    def work() -> int | None:
        with mockloop.make_context("mockloop", list(sys.argv[1:] if arguments is None else arguments)) as ctx:
            try:
                result = mockloop.invoke(ctx)
            finally:
                chosen[0] = ctx.params.get("home")
        return result if isinstance(result, int) else None

    return guarded(work, lambda: locations.home(chosen[0]))


def main() -> NoReturn:
    """The entry point of the command `mockloop`."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a question mark, not a traceback.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run())
