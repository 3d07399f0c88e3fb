"""What every question that ships with the project keeps to."""

from __future__ import annotations

import ast
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tui import locations
from tui.interview.load import load_catalogue
from tui.interview.types import Catalogue, CodeExample, Language, Task

RUN = """\
import ast, json, sys
wrong = []
for name, setup, solution, examples in json.load(sys.stdin):
    place = {"__name__": name}
    exec(setup, place)
    exec(solution, place)
    for call, expect in examples:
        got = eval(call, place)
        if got != ast.literal_eval(expect):
            wrong.append(f"{name}: {call} gives {got!r}, not {expect}")
json.dump(wrong, sys.stdout)
"""
"""Runs solutions on their examples; its own process, so that nothing of one test reaches another."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(locations.rubrics())


def tasks(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, Task]]:
    for round_ in catalogue.rounds.values():
        for question in round_.questions:
            if question.task and question.task.language is language:
                yield f"{round_.id}/{question.id}", question.task


def test_python_solutions_pass_their_examples(catalogue: Catalogue) -> None:
    work = [
        (name, task.setup, task.solution, [(example.call, example.expect) for example in task.examples])
        for name, task in tasks(catalogue, Language.PYTHON)
    ]
    assert work
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN], input=json.dumps(work), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_sql_solutions_pass_their_examples(catalogue: Catalogue) -> None:
    found = list(tasks(catalogue, Language.SQL))
    assert found
    for name, task in found:
        for example in task.examples:
            assert rows(task, example) == ast.literal_eval(example.expect), name


def rows(task: Task, example: CodeExample) -> list[tuple[object, ...]]:
    """What the solution of an SQL task finds in the tables of `example`."""
    with sqlite3.connect(":memory:") as database:
        database.executescript(task.setup)
        database.executescript(example.setup)
        return database.execute(task.solution).fetchall()


def test_starters_do_not_pass(catalogue: Catalogue) -> None:
    for name, task in tasks(catalogue, Language.PYTHON):
        place: dict[str, object] = {}
        exec(task.setup + "\n" + task.starter, place)
        assert any(not passes(example, place) for example in task.examples), name


def passes(example: CodeExample, place: dict[str, object]) -> bool:
    try:
        return bool(eval(example.call, place) == ast.literal_eval(example.expect))
    except Exception:
        return False


def test_tasks_show_some_examples_and_hide_some(catalogue: Catalogue) -> None:
    for language in Language:
        for name, task in tasks(catalogue, language):
            assert {example.hidden for example in task.examples} == {False, True}, name
            assert task.statement.strip(), name
            assert task.solution.strip(), name
