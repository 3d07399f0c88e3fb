"""Python tasks in the real process: results, mistakes and limits."""

from __future__ import annotations

import os
import threading

import psutil
import pytest

from tui.interview.types import CodeExample, Task
from tui.sandbox.runner import run_examples
from tui.sandbox.types import Limits, Outcome, Run

TASK = Task("Write f.", (CodeExample("[1, 2]", "f(1)"), CodeExample("'x'", "f(2)", hidden=True)))
SECONDS = 3.0
"""What code that ends may take, on a busy machine too; code that does not end costs a test as much."""


def run(code: str, task: Task = TASK, seconds: float = 10 * SECONDS, **more: object) -> Run:
    return run_examples(task, code, Limits(seconds=seconds, megabytes=150), **more)  # type: ignore[arg-type]


def one(code: str, expect: str = "None") -> Run:
    return run(code, Task("", (CodeExample(expect, "f()"),)))


def test_every_example_is_run_and_told() -> None:
    done = run("def f(n):\n    print('at', n)\n    return [1, 2] if n == 1 else 'y'")
    first, second = done.examples
    assert (first.outcome, first.got, first.hidden) == (Outcome.PASSED, "[1, 2]", False)
    assert (second.outcome, second.got, second.expected, second.hidden) == (Outcome.FAILED, "'y'", "'x'", True)
    assert first.seconds is not None
    assert (done.passed, done.problem, done.output) == (1, "", "at 1\nat 2\n")
    assert done.summary == "1 of 2 passed."


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("def f():\n    return 1 / 0", "Line 2: ZeroDivisionError: division by zero"),
        ("def g():\n    pass", "f is not defined: the examples call it by this name."),
        ("def f():\n    return missing", "Line 2: NameError: name 'missing' is not defined"),
        ("def f():\n    return f()", "Line 2: the recursion is too deep"),
        ("import sys\ndef f():\n    sys.exit()", "Line 3: the code called exit."),
        ("def f():\n    return input()", "Line 2: there is nothing to read for input()."),
        ("def f():\n    return [0] * 10**12", "Line 2: more than 150 MB of memory were needed."),
        ("import os\ndef f():\n    while True: os.fork()", "Line 3: starting or ending processes is not possible"),
        ("import subprocess\ndef f():\n    subprocess.run('true')", "Line 3: starting or ending processes"),
        ("import socket\ndef f():\n    socket.socket().connect(('127.0.0.1', 9))", "Line 3: there is no network here."),
        ("import os\ndef f():\n    os.kill(os.getppid(), 9)", "Line 3: starting or ending processes"),
        ("def f():\n    open('/tmp/mockloop-outside', 'w')", "Line 2: writing files outside the run's own folder"),
        ("import shutil\ndef f():\n    shutil.rmtree('/var/none')", "Line 3: changing files outside"),
        ("def f():\n    open('a', 'wb').write(b'x' * 40_000_000)", "Line 2: OSError: "),
    ],
)
def test_a_mistake_is_one_clear_line(code: str, note: str) -> None:
    done = one(code)
    assert done.examples[0].outcome is Outcome.ERROR
    assert done.examples[0].note.startswith(note)
    assert done.problem == ""


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("def f()\n    return 1", "Line 1: SyntaxError: "),
        ("def f():\nreturn 1", "Line 2: IndentationError: "),
        ("x = 1\nraise ValueError('no\\x1b[31m')", "Line 2: ValueError: no"),
        ("import sys\nsys.exit(0)", "Line 2: the code called exit."),
        ("while True:\n    pass", "Stopped after 3 s: an endless loop, or far too slow."),
        ("a = '\x00'", "SyntaxError: "),
    ],
)
def test_code_that_cannot_be_run_says_why_and_runs_nothing(code: str, problem: str) -> None:
    done = run(code, seconds=SECONDS)
    assert done.problem.startswith(problem)
    assert "\x1b" not in done.problem
    assert {example.outcome for example in done.examples} == {Outcome.NOT_RUN}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("while True: pass", "Stopped after 3 s: an endless loop, or far too slow."),
        ("__import__('time').sleep(60)", "Stopped after 3 s: an endless loop, or far too slow."),
        ("while True: print('x' * 60)", "Stopped: more than 1,000 kB were printed."),
        ("__import__('os')._exit(0)", "The code ended its own process before all examples were run."),
        ("__import__('ctypes').string_at(0)", "Python crashed"),
    ],
)
def test_what_does_not_end_by_itself_is_stopped(body: str, sentence: str) -> None:
    done = run(f"def f(n):\n    if n == 1: return [1, 2]\n    {body}", seconds=SECONDS)
    assert [example.outcome for example in done.examples] == [Outcome.PASSED, Outcome.STOPPED]
    assert done.problem.startswith(sentence)
    assert done.examples[1].note == done.problem
    assert len(done.output) < 9_000


@pytest.mark.parametrize("fenced", [True, False])
def test_a_memory_bomb_ends_with_or_without_limits_of_the_system(fenced: bool) -> None:
    done = run("def f(n):\n    kept = []\n    while True: kept.append('a' * 10**6)", fenced=fenced)
    assert done.passed == 0
    assert "more than 150 MB of memory" in done.examples[0].note


def test_nothing_survives_the_run_and_no_file_stays() -> None:
    code = "import os, threading, time\nopen('kept', 'w').write('x')\nprint(os.getcwd(), os.getpid())\n"
    code += "threading.Thread(target=time.sleep, args=(600,)).start()\ndef f(n): return [1, 2]"
    done = run(code)
    folder, pid = done.output.split()
    assert done.passed == 1
    assert not os.path.exists(folder)  # noqa: PTH110
    assert not psutil.pid_exists(int(pid))


def test_the_environment_is_not_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    done = one(
        "import os\ndef f():\n    return [name for name in os.environ if 'SECRET' in name or 'START' in name]", "[]"
    )
    assert done.passed == 1


def test_random_numbers_begin_anew_for_each_example_and_can_be_had_again() -> None:
    code = "import random\ndef f(n): return random.random(), list({str(i) for i in range(9)})"
    first, again, other = (run(code, seed=seed).examples for seed in (7, 7, 8))
    assert first[0].got == first[1].got == again[0].got != other[0].got
    assert run(code).seed != run(code).seed


def test_threads_and_asyncio_work() -> None:
    code = "import asyncio, threading\nasync def g(): return [1, 2]\n"
    code += "def f(n):\n    t = [threading.Thread(target=print) for _ in range(20)]\n    [x.start() for x in t]\n"
    assert run(code + "    return asyncio.run(g())").passed == 1


@pytest.mark.parametrize(
    ("value", "expect", "note"),
    [
        ("(1, 2)", "[1, 2]", "The content is right, but it is a tuple and not a list."),
        ("[2, 1, 1]", "[1, 2, 1]", "The same items are there, in another order."),
        ("0.1 + 0.2", "0.3", "Only the rounding differs."),
        ("None", "3", "Nothing was returned."),
        ("[1]", "[2]", ""),
    ],
)
def test_a_near_miss_is_told(value: str, expect: str, note: str) -> None:
    (example,) = one(f"def f(): return {value}", expect).examples
    assert (example.outcome, example.note) == (Outcome.FAILED, note)


def test_values_are_shown_short_and_never_break_the_run() -> None:
    (long,) = one("def f(): return list(range(10**5))").examples
    assert long.got.startswith("[0, 1, 2")
    assert len(long.got) <= 600
    (odd,) = one("class A:\n    def __repr__(self): raise ValueError\ndef f(): return A()").examples
    assert odd.outcome is Outcome.FAILED
    (huge,) = one("def f(): return 10**5000").examples
    assert "cannot be shown" in huge.got
    (array,) = one("import numpy\ndef f(): return numpy.arange(3)", "[0, 1, 2]").examples
    assert array.outcome is Outcome.PASSED


def test_a_run_can_be_cancelled() -> None:
    cancel = threading.Event()
    cancel.set()
    done = run_examples(TASK, "while True: pass", Limits(seconds=60), cancel)
    assert done.problem == "The run was cancelled."


def test_setup_comes_first_and_is_not_counted_as_the_candidates_lines() -> None:
    task = Task("", (CodeExample("5", "check(f)"),), setup="def check(f):\n    return f(2) + 1\n")
    assert run("def f(n): return 2 * n", task).passed == 1
    assert run("def f(n):\n    return n[0]", task).examples[0].note.startswith("Line 2: TypeError")


def test_a_check_that_fails_is_quoted() -> None:
    task = Task("", (CodeExample("5", "check(f)"),), setup="def check(f):\n    assert f(2) is None\n")
    assert run("def f(n): return 2 * n", task).examples[0].note == "This does not hold: assert f(2) is None"
    assert run("def f(n):\n    assert n > 2", task).examples[0].note == "Line 2: this does not hold: assert n > 2"


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("\n    assert (\n        n > 2\n    )", "Line 3: this does not hold: assert ( n > 2 )"),
        (" assert n > 2", "Line 1: this does not hold: assert n > 2"),
        (" raise AssertionError", "Line 1: an assertion does not hold."),
        (" exec('assert 0')", "Line 1: an assertion does not hold."),
    ],
)
def test_of_a_check_all_and_nothing_else_is_quoted(body: str, note: str) -> None:
    assert run(f"def f(n):{body}").examples[0].note == note
