"""`mockloop rubric`: check rubric files and test their patterns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import home, json_option
from tui.cli.failures import BAD_INPUT, FAILED
from tui.cli.output import print_json, say, warn

if TYPE_CHECKING:
    from tui.cli.rubric_paths import PathReading
    from tui.interview.types import Catalogue, Question, Round
    from tui.rubric.examples import ExampleResult
    from tui.rubric.yaml_file import Problem
    from tui.sandbox.types import Run


@click.group()
def rubric() -> None:
    """Check rubric files of your own, and test their patterns."""


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
                "signals": list(reading.signals),
                "rounds": list(reading.rounds),
                "questions": list(reading.questions),
            }
        )
    else:
        for problem in reading.problems:
            say(str(problem))
    if reading.problems:
        warn(f"mockloop rubric check: {_count(len(reading.problems), 'problem')} found.")
        return BAD_INPUT
    if not as_json:
        found = {"signal": reading.signals, "round": reading.rounds, "question in a file of its own": reading.questions}
        counts = [_count(len(ids), what) for what, ids in found.items() if ids]
        say(f"All is well: {', '.join(counts) or 'nothing is wrong'}.")
    return 0


@rubric.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@json_option
def test(path: Path | None, as_json: bool) -> int:
    """Run the examples of signals, key points and clarifications, and the solutions of tasks.

    Exits with 1 when one fails.
    """
    from tui.rubric.load import problem_error
    from tui.sandbox.types import Outcome

    reading = _read(path)
    if reading.problems or reading.catalogue is None:
        raise problem_error(reading.problems)
    results = _results(reading, reading.catalogue)
    failed = [result for result in results if not result.passed]
    solved = _solutions(reading, reading.catalogue)
    unsolved = {name: run for name, run in solved.items() if run.passed < len(run.examples)}
    if as_json:
        examples = [_example(result) for result in results]
        solutions = [
            {"task": name, "passed": name not in unsolved, "said": run.summary} for name, run in solved.items()
        ]
        print_json({"ok": not (failed or unsolved), "examples": examples, "solutions": solutions})
    else:
        for result in failed:
            expected = "should match" if result.should_match else "should not match"
            say(f"{result.signal}: {expected}: {result.text}")
        for name, run in unsolved.items():
            say(f"{name}: its solution: {run.summary}")
            for example in run.examples:
                if example.outcome is not Outcome.PASSED:
                    say(f"  example {example.number}: {example.note or f'gave {example.got}'}")
        say(f"{_count(len(results), 'example')}: {len(failed)} failed.")
        if solved:
            say(f"{_count(len(solved), 'solution')}: {len(unsolved)} failed.")
    return FAILED if failed or unsolved else 0


def _results(reading: PathReading, catalogue: Catalogue) -> list[ExampleResult]:
    """What became of every example in what was read."""
    from tui.interview.examples import question_examples
    from tui.rubric.detect import Detector
    from tui.rubric.examples import run_signal

    detector = Detector(catalogue.rubric)
    results = [result for id_ in reading.signals for result in run_signal(catalogue.rubric.signals[id_], detector)]
    for round_, question in _questions(reading, catalogue):
        results += question_examples(catalogue, round_, question, detector)
    return results


def _solutions(reading: PathReading, catalogue: Catalogue) -> dict[str, Run]:
    """What the examples of every task in what was read made of its own solution, by the question's place."""
    from tui.sandbox.runner import run_examples

    return {
        f"{round_.id}/{question.id}": run_examples(question.task, question.task.solution)
        for round_, question in _questions(reading, catalogue)
        if question.task and question.task.solution
    }


def _questions(reading: PathReading, catalogue: Catalogue) -> Iterator[tuple[Round, Question]]:
    for round_ in catalogue.rounds.values():
        for question in round_.questions:
            if round_.id in reading.rounds or f"{round_.id}/{question.id}" in reading.questions:
                yield round_, question


def _read(path: Path | None) -> PathReading:
    from tui.cli.rubric_paths import read_path

    return read_path(path, home())


def _problem(problem: Problem) -> dict[str, Any]:
    return {"file": str(problem.file), "line": problem.line, "what": problem.what}


def _example(result: ExampleResult) -> dict[str, Any]:
    return {
        "signal": result.signal,
        "text": result.text,
        "should_match": result.should_match,
        "matched": result.matched,
        "passed": result.passed,
    }


def _count(number: int, what: str) -> str:
    if number != 1:
        noun, _, rest = what.partition(" ")
        what = f"{noun}s {rest}".rstrip()
    return f"{number} {what}"
