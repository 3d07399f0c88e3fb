"""`mockloop stories`: one's own projects, for rounds in which stories are told."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tui.cli.context import home, json_option, services
from tui.cli.failures import BAD_INPUT
from tui.cli.output import print_json, say, warn, width
from tui.cli.tables import table

if TYPE_CHECKING:
    from tui.history.stories import Notebook

HEAD = ("ID", "FITS", "TITLE", "RESULT")


@click.command()
@click.option("--check", is_flag=True, help="Say what is wrong in the notebook; exits with 2 when anything is.")
@click.option("--new", is_flag=True, help="Begin a notebook: writes a commented template.")
@json_option
def stories(check: bool, new: bool, as_json: bool) -> int:
    """List your own stories and check them.

    They stand in `stories.yaml` in the home: problem, action, metric and result, a short line each. Briefings of
    behavioural, hiring-manager and systems rounds offer those that fit.
    """
    from tui.history.stories import begin_stories, read_stories, stories_path

    if new and check:
        raise click.UsageError("Give either --new or --check")
    if new:
        path = begin_stories(home())
        if as_json:
            print_json({"path": str(path)})
        else:
            say(f"Your notebook is {path}. Write your stories into it, then run `mockloop stories --check`.")
        return 0
    catalogue = services().catalogue()
    notebook = read_stories(home(), {*catalogue.rounds, *catalogue.rubric.dimensions})
    if as_json:
        print_json(_data(notebook))
    else:
        _print(notebook, check)
        if not (notebook.stories or notebook.problems):
            there = stories_path(home()).exists()
            say(
                "Your notebook holds no stories yet."
                if there
                else "You have no notebook yet: `mockloop stories --new`."
            )
    if notebook.problems and (check or not notebook.stories):
        count = len(notebook.problems)
        warn(f"mockloop stories: {count} {'problem' if count == 1 else 'problems'} found.")
        return BAD_INPUT
    return 0


def _print(notebook: Notebook, check: bool) -> None:
    if not check and notebook.stories:
        rows = [(each.id, ", ".join(each.tags) or "any", each.title, each.result) for each in notebook.stories]
        say(table(HEAD, rows, width()))
        if notebook.problems:
            say()
    for problem in notebook.problems:
        say(str(problem))
    if check and not notebook.problems and notebook.stories:
        count = len(notebook.stories)
        say(f"All is well: {count} {'story' if count == 1 else 'stories'}.")


def _data(notebook: Notebook) -> dict[str, object]:
    return {
        "ok": not notebook.problems,
        "stories": [asdict(story) for story in notebook.stories],
        "problems": [{"file": str(each.file), "line": each.line, "what": each.what} for each in notebook.problems],
    }
