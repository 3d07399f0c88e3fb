"""`mockloop rubric`: check rubric files and test their patterns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import home, json_option
from tui.cli.failures import BAD_INPUT, FAILED
from tui.cli.output import print_json, say, warn

if TYPE_CHECKING:
    from tui.cli.rubric_paths import PathReading
    from tui.interview.types import Catalogue
    from tui.rubric.examples import ExampleResult
    from tui.rubric.yaml_file import Problem


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
    """Run the examples that signals, key points and clarifications carry; exits with 1 when one fails."""
    from tui.rubric.load import problem_error

    reading = _read(path)
    if reading.problems or reading.catalogue is None:
        raise problem_error(reading.problems)
    results = _results(reading, reading.catalogue)
    failed = [result for result in results if not result.passed]
    if as_json:
        print_json({"ok": not failed, "examples": [_example(result) for result in results]})
    else:
        for result in failed:
            expected = "should match" if result.should_match else "should not match"
            say(f"{result.signal}: {expected}: {result.text}")
        say(f"{_count(len(results), 'example')}: {len(failed)} failed.")
    return FAILED if failed else 0


def _results(reading: PathReading, catalogue: Catalogue) -> list[ExampleResult]:
    """What became of every example in what was read."""
    from tui.interview.examples import question_examples
    from tui.rubric.detect import Detector
    from tui.rubric.examples import run_signal

    detector = Detector(catalogue.rubric)
    results = [result for id_ in reading.signals for result in run_signal(catalogue.rubric.signals[id_], detector)]
    for round_ in catalogue.rounds.values():
        for question in round_.questions:
            if round_.id in reading.rounds or f"{round_.id}/{question.id}" in reading.questions:
                results += question_examples(catalogue, round_, question, detector)
    return results


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
