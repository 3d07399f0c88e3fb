"""Run the examples of a Python task; inside the process of the code."""

from __future__ import annotations

import ast
import random
import time
from collections.abc import Callable
from typing import Any

from tui.sandbox.values import CODE, SETUP, explain, near_miss, remember, same, shown

Tell = Callable[[dict[str, Any]], None]


def run(job: dict[str, Any], tell: Tell) -> None:
    """Run the code of `job`, then its examples one after the other, and `tell` what became of each."""
    place: dict[str, Any] = {"__name__": "answer", "__builtins__": __builtins__}
    try:
        for name, source in ((SETUP, job["setup"]), (CODE, job["code"])):
            remember(name, source)
        random.seed(job["seed"])
        exec(compile(job["setup"], SETUP, "exec", dont_inherit=True), place)
        exec(compile(job["code"], CODE, "exec", dont_inherit=True), place)
    except BaseException as error:
        tell({"event": "problem", "note": explain(error, job["megabytes"])})
        return
    for number, example in enumerate(job["examples"], 1):
        tell({"event": "begin", "example": number})
        # Each example begins anew, so that what it gives does not hang on those before it.
        random.seed(job["seed"])
        began = time.perf_counter()
        found = _outcome(example, place, job["megabytes"])
        tell({"event": "end", "example": number, "seconds": time.perf_counter() - began, **found})


def _outcome(example: dict[str, Any], place: dict[str, Any], megabytes: int) -> dict[str, Any]:
    try:
        expected = ast.literal_eval(example["expect"].strip())
        got = eval(compile(example["call"].strip(), "the example", "eval", dont_inherit=True), place)
        passed = same(got, expected)
        note = "" if passed else near_miss(got, expected)
        return {"outcome": "passed" if passed else "failed", "got": shown(got), "note": note}
    except BaseException as error:
        return {"outcome": "error", "note": _explained(error, example["call"], megabytes)}


def _explained(error: BaseException, call: str, megabytes: int) -> str:
    name = error.name if isinstance(error, NameError) else None
    if name and name in call and error.__traceback__ and not error.__traceback__.tb_next.tb_next:  # type: ignore[union-attr]
        return f"{name} is not defined: the examples call it by this name."
    return explain(error, megabytes)
