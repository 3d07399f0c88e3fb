"""The notebook of one's own stories, `stories.yaml` in the home."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tui.errors import BadInputError
from tui.history.atomic import make_home, write_bytes
from tui.interview.stories import Story, story_problems
from tui.rubric.yaml_file import Problem, read_yaml

FILE = "stories.yaml"

TEMPLATE = """\
# Your own projects, each in four short lines that you can say in one breath: the problem, what you did, what it was
# measured by, and how that moved, from what to what. Briefings offer the stories that fit a round, and postmortems
# compare what you told with them. `mockloop stories --check` says what is wrong in this file.
#
# tags: the rounds and dimensions that a story fits, such as behavioral, hiring-manager or ml_systems. Without tags it
# fits every round in which stories are told.
#
# Take the # away from the lines below, and write about a project of yours.
schema: 1
stories:
#  - id: slow-search
#    title: Search that answered too late
#    problem: Search took 900 ms at the 95th percentile, and one session in eight ended without a click.
#    action: I profiled the ranker, moved feature lookups into one batched call and cached the head queries.
#    metric: Latency at the 95th percentile, and the share of sessions with a click.
#    result: From 900 to 240 ms, and clicks rose from 61 % to 66 % of sessions in a long test.
#    tags: [behavioral, hiring-manager, ml-systems]
"""


@dataclass(frozen=True)
class StoriesFile:
    """What `stories.yaml` holds."""

    stories: tuple[Story, ...] | None = None


@dataclass(frozen=True)
class Notebook:
    """The stories of a home, and what is wrong with their file."""

    stories: tuple[Story, ...] = ()
    problems: tuple[Problem, ...] = ()
    """With file and line. A story that is only too long or has no number is among `stories` all the same."""


def stories_path(home: Path) -> Path:
    """Where the stories of `home` stand; the file need not exist."""
    return home / FILE


def read_stories(home: Path, known_tags: Collection[str]) -> Notebook:
    """The stories in `home`; `known_tags` are the ids of rounds and dimensions. Raises nothing.

    A file that cannot be read as a whole has problems and no stories; without a file there are neither.
    """
    path = stories_path(home)
    if not path.exists():
        return Notebook()
    document, wrong = read_yaml(path, StoriesFile)
    if document is None:
        return Notebook((), tuple(wrong))
    stories = document.value.stories or ()
    problems = [
        document.problem(what, "stories", position, name)
        for position, name, what in story_problems(stories, known_tags)
    ]
    return Notebook(stories, tuple(problems))


def begin_stories(home: Path) -> Path:
    """Write a commented template and return its path.

    Raises BadInputError when there is a notebook already, which is left alone, and StorageError.
    """
    path = stories_path(home)
    if path.exists():
        raise BadInputError(f"There is a notebook already: {path}.", "Write your stories into it.")
    make_home(home)
    write_bytes(path, TEMPLATE.encode(), "beginning your notebook")
    return path
