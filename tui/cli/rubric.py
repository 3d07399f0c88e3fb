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
            }
        )
    else:
        for problem in reading.problems:
            say(str(problem))
    if reading.problems:
        warn(f"mockloop rubric check: {_count(len(reading.problems), 'problem')} found.")
        return BAD_INPUT
    if not as_json:
        say(f"All is well: {_count(len(reading.signals), 'signal')}, {_count(len(reading.rounds), 'round')}.")
    return 0


@rubric.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@json_option
def test(path: Path | None, as_json: bool) -> int:
    """Run the examples that signals carry; exits with 1 when one fails."""
    from dataclasses import replace

    from tui.rubric.examples import run_examples
    from tui.rubric.load import problem_error

    reading = _read(path)
    if reading.problems or reading.rubric is None:
        raise problem_error(reading.problems)
    signals = {id_: reading.rubric.signals[id_] for id_ in reading.signals}
    results = run_examples(replace(reading.rubric, signals=signals))
    failed = [result for result in results if not result.passed]
    if as_json:
        print_json({"ok": not failed, "examples": [_example(result) for result in results]})
    else:
        for result in failed:
            expected = "should match" if result.should_match else "should not match"
            say(f"{result.signal}: {expected}: {result.text}")
        say(f"{_count(len(results), 'example')} of {_count(len(signals), 'signal')}: {len(failed)} failed.")
    return FAILED if failed else 0


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
    return f"{number} {what}{'' if number == 1 else 's'}"
