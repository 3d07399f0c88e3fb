"""README.md names commands and options that there are, and all the commands."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tui.cli.main import COMMANDS, mockloop

TEXT = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| (`mockloop.*?) \| (.*) \|$", TEXT, re.MULTILINE)
"""Commands, and what they do."""


def options(name: str) -> set[str]:
    """What may follow a command; of a group, what may follow any of its own."""
    with click.Context(mockloop) as context:
        command = mockloop.get_command(context, name)
    assert command, name
    members = command.commands.values() if isinstance(command, click.Group) else [command]
    return {option for member in members for parameter in member.params for option in parameter.opts}


def test_every_command_stands_in_the_table() -> None:
    named = {name for row, _ in TABLE for name in re.findall(r"`mockloop (\w+)", row)}
    assert named == set(COMMANDS)


@pytest.mark.parametrize(("row", "does"), TABLE, ids=lambda text: text[:40])
def test_the_options_in_the_table_are_there(row: str, does: str) -> None:
    names = re.findall(r"`mockloop (\w+)", row)
    known = {option for name in names for option in options(name)} | {"--home", "--json"}
    assert set(re.findall(r"(?<!\w)--[a-z][a-z-]*", f"{row} {does}")) <= known
