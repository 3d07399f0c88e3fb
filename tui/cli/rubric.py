"""`mockloop rubric`: check rubric files, test their patterns, and print those that ship."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import home, json_option
from tui.cli.failures import BAD_INPUT, FAILED
from tui.cli.output import print_json, say, warn, write

if TYPE_CHECKING:
    from tui.cli.rubric_examples import Failure, Tried
    from tui.cli.rubric_paths import PathReading
    from tui.interview.types import Catalogue
    from tui.rubric.yaml_file import Problem
    from tui.sandbox.types import Run


@click.group(no_args_is_help=False)
def rubric() -> None:
    """Check, test and print rubric files."""


@rubric.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@json_option
def check(path: Path | None, as_json: bool) -> int:
    """Say what is wrong in a rubric file or folder, with line numbers."""
    reading = _read(path)
    if as_json:
        print_json(
            {
                "ok": not reading.problems,
                "problems": [_problem(problem) for problem in reading.problems],
                "warnings": [_problem(warning) for warning in reading.warnings],
                "signals": list(reading.signals),
                "rounds": list(reading.rounds),
                "questions": list(reading.questions),
            }
        )
    else:
        for problem in (*reading.problems, *reading.warnings):
            say(str(problem))
    if reading.problems:
        warn(f"mockloop rubric check: {_count(len(reading.problems), 'problem')} found.")
        return BAD_INPUT
    if not as_json:
        say(_summary(reading))
    return 0


def _summary(reading: PathReading) -> str:
    """What was read, when nothing is wrong with it."""
    own = "question in a file of its own" if len(reading.questions) == 1 else "question in files of their own"
    found = {"signal": reading.signals, "round": reading.rounds, own: reading.questions}
    counts = ", ".join(_count(len(ids), what) for what, ids in found.items() if ids)
    if reading.warnings:
        return f"Nothing is wrong in what was read: {counts or 'no signal, round or question'}. See the lines above."
    return f"All is well: {counts or 'nothing is wrong'}."


@rubric.command()
@click.argument("name")
def show(name: str) -> None:
    """Print a rubric file, to make it your own.

    NAME is a signal, a round, ROUND/QUESTION, or a file such as scopes.yaml.
    """
    from tui.cli.rubric_paths import file_named

    write(file_named(name, home()).read_text(encoding="utf-8"))


@rubric.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@json_option
def test(path: Path | None, as_json: bool) -> int:
    """Run the examples of signals, key points and clarifications, and the solutions of tasks.

    Says which pattern is to blame for an example that fails, and exits with 1.
    """
    from tui.cli.rubric_examples import explain, run_all
    from tui.rubric.explain import Explainer
    from tui.rubric.load import problem_error

    reading = _read(path)
    if reading.problems or reading.catalogue is None:
        raise problem_error(reading.problems)
    tried = run_all(reading, reading.catalogue)
    failed = [each for each in tried if not each.result.passed]
    explainer = Explainer(reading.catalogue.rubric) if failed else None
    why = {id(each): explain(each, explainer) for each in failed if explainer}
    solved = _solutions(reading, reading.catalogue)
    unsolved = {name: run for name, run in solved.items() if run.passed < len(run.examples)}
    if as_json:
        examples = [_example(each, why.get(id(each))) for each in tried]
        solutions = [
            {"task": name, "passed": name not in unsolved, "said": run.summary} for name, run in solved.items()
        ]
        print_json({"ok": not (failed or unsolved), "examples": examples, "solutions": solutions})
    else:
        for each in failed:
            _print_failure(each, why[id(each)])
        _print_solutions(unsolved)
        say(f"{_count(len(tried), 'example')}: {len(failed)} failed.")
        if solved:
            say(f"{_count(len(solved), 'solution')}: {len(unsolved)} failed.")
    return FAILED if failed or unsolved else 0


def _print_failure(tried: Tried, why: Failure) -> None:
    expected = "should match" if tried.result.should_match else "should not match"
    say(f"{tried.file}:{why.line}: {tried.result.signal}: {expected}: {tried.result.text}")
    for reason in why.reasons:
        say(f"  {reason}")


def _print_solutions(unsolved: dict[str, Run]) -> None:
    from tui.sandbox.types import Outcome

    for name, run in unsolved.items():
        say(f"{name}: its solution: {run.summary}")
        for example in run.examples:
            if example.outcome is not Outcome.PASSED:
                say(f"  example {example.number}: {example.note or f'gave {example.got}'}")


def _solutions(reading: PathReading, catalogue: Catalogue) -> dict[str, Run]:
    """What the examples of every task in what was read made of its own solution, by the question's place."""
    from tui.cli.rubric_examples import questions
    from tui.sandbox.runner import run_examples

    return {
        f"{round_.id}/{question.id}": run_examples(question.task, question.task.solution)
        for round_, question in questions(reading, catalogue)
        if question.task and question.task.solution
    }


def _read(path: Path | None) -> PathReading:
    from tui.cli.rubric_paths import read_path

    return read_path(path, home())


def _problem(problem: Problem) -> dict[str, Any]:
    return {"file": str(problem.file), "line": problem.line, "what": problem.what}


def _example(tried: Tried, why: Failure | None) -> dict[str, Any]:
    result = tried.result
    found: dict[str, Any] = {
        "signal": result.signal,
        "text": result.text,
        "should_match": result.should_match,
        "matched": result.matched,
        "passed": result.passed,
    }
    return {**found, "file": str(tried.file), "line": why.line, "why": list(why.reasons)} if why else found


def _count(number: int, what: str) -> str:
    """`number` of `what`, whose first word takes the plural."""
    if number == 1:
        return f"1 {what}"
    noun, _, rest = what.partition(" ")
    return f"{number} {noun}s {rest}".rstrip()
