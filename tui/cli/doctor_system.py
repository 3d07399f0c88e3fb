"""Checks of the machine: Python, terminal, home, rubrics."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tui import locations
from tui.cli.doctor_check import Check, Status
from tui.cli.output import is_terminal

NEEDED_PYTHON = (3, 11)
LEAST_COLUMNS, LEAST_LINES = 80, 24
NEEDED_MB, ENOUGH_MB = 50, 500
"""Free space: an hour of speech takes 115 MB while it is recorded."""


def python() -> Check:
    """Whether Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    status = Status.PASS if sys.version_info[:2] >= NEEDED_PYTHON else Status.FAIL
    return Check("python", "Python", status, version, "" if status is Status.PASS else "Install Python 3.11 or newer.")


def home(folder: Path) -> Check:
    """Whether the home can be written to and has space. Creates no home that is not there."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    remedy = "Choose another folder with --home or MOCKLOOP_HOME."
    if not there.is_dir():
        return Check("home", "Home", Status.FAIL, f"{there} is not a folder.", remedy)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"mockloop")
        free = shutil.disk_usage(there).free // 1_000_000
    except OSError as error:
        return Check("home", "Home", Status.FAIL, f"{folder} cannot be written ({error.strerror}).", remedy)
    detail = f"{folder}, {free} MB free"
    if free < ENOUGH_MB:
        status = Status.FAIL if free < NEEDED_MB else Status.WARN
        return Check("home", "Home", status, detail, f"Free some space. {remedy}")
    return Check("home", "Home", Status.PASS, detail)


def rubrics(folder: Path) -> Check:
    """Whether the shipped rubrics and a person's own can be read."""
    from tui.interview.load import load_catalogue

    catalogue = load_catalogue(locations.rubrics(), locations.user_rubrics(folder))
    detail = f"{len(catalogue.rounds)} rounds, {len(catalogue.rubric.signals)} signals"
    if catalogue.warnings:
        own = locations.user_rubrics(folder)
        found = f"{detail}; left out: {catalogue.warnings[0]}"
        return Check("rubrics", "Rubrics", Status.WARN, found, f"Run `mockloop rubric check {own}`.")
    return Check("rubrics", "Rubrics", Status.PASS, detail)


def terminal() -> Check:
    """Whether the app fits into the terminal and can show colours."""
    if not is_terminal(sys.stdout):
        return Check("terminal", "Terminal", Status.PASS, "none: the output goes elsewhere")
    size = shutil.get_terminal_size()
    detail = f"{size.columns} x {size.lines}, {_colours()}"
    if size.columns < LEAST_COLUMNS or size.lines < LEAST_LINES:
        return Check("terminal", "Terminal", Status.WARN, detail, "Make the window at least 80 x 24.")
    if os.environ.get("TERM") in ("dumb", "unknown"):
        return Check("terminal", "Terminal", Status.WARN, detail, "Set TERM to what your terminal is.")
    return Check("terminal", "Terminal", Status.PASS, detail)


def _colours() -> str:
    from rich.console import Console

    system = Console().color_system
    return {"truecolor": "16 million colours", "256": "256 colours", "standard": "16 colours"}.get(
        system or "", "no colours" if system is None else "colours"
    )
