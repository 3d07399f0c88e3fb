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
from tui.interview.assess import Assessor
from tui.interview.examples import question_signals
from tui.interview.load import load_catalogue
from tui.interview.samplesize import Comparison, sample_size
from tui.interview.types import Catalogue, CodeExample, Language, Question, Round, Task
from tui.rubric.examples import run_signal
from tui.transcript import Transcript

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


FULL = (
    *("recruiter-screen", "hiring-manager", "behavioral", "coding", "ml-fundamentals", "take-home"),
    *("ml-systems", "experimentation", "ml-architecture"),
)
"""Rounds whose questions all keep to what the bank promises."""
CLARIFIED = ("coding/", "ml-systems/", "experimentation/", "ml-architecture/")
"""Where a candidate is expected to ask."""
BUZZWORDS = """\
I think ownership is really important, and so are metrics and stakeholders. I always follow best practices like
monitoring, rollback, canaries, feature stores, blameless postmortems and A/B tests. Communication is key, and
trade-offs are everywhere. Data quality matters a lot, obviously, and so does the business. I am passionate about
impact, mentoring, retention, drift, latency and a data driven culture, and I would bring freedom and
responsibility to the team.
"""
THIN = """\
Yeah, so there was an incident once with a model in production and it was quite bad. We had some problems with the data
and then also with stakeholders. I worked really hard with the team to fix it and in the end everything was fine and
everyone was happy. I think the important thing is to stay calm and communicate. It was a great learning experience, we
improved a lot of things afterwards and the business was very satisfied.
"""
MOST_WITHOUT_STORY = 1
"""Key points of one question that words without a story may be taken for."""


def test_full_rounds_have_ten_questions_at_three_levels(catalogue: Catalogue) -> None:
    for round_ in full_rounds(catalogue):
        assert len(round_.questions) >= 10, round_.id
        levels = {question.level for question in round_.questions}
        # A round for some levels only has questions for each of those.
        assert len(levels) >= 3 or levels == set(round_.levels), round_.id
        first = round_.levels[0] if round_.levels else "junior"
        lowest = [question for question in round_.questions if question.level == first]
        assert len(lowest) >= round_.full_questions, f"{round_.id}: a {first} would be asked a question twice"


def test_questions_of_full_rounds_are_complete(catalogue: Catalogue) -> None:
    for name, question in full_questions(catalogue):
        if name.startswith(CLARIFIED):
            assert 2 <= len(question.clarifications) <= 4, name
        assert 4 <= len(question.key_points) <= 8, name
        assert 6 <= len(question.vocabulary) <= 12, name
        assert any(point.follow_up for point in question.key_points), name
        for point in question.key_points:
            assert len(point.examples.match) >= 2, f"{name}/{point.id}"
            assert len(point.examples.no_match) >= 2, f"{name}/{point.id}"


def test_examples_of_full_rounds_pass(catalogue: Catalogue, assessor: Assessor) -> None:
    failed = [
        f"{result.signal}: {result.text}"
        for round_ in full_rounds(catalogue)
        for question in round_.questions
        for signal in question_signals(catalogue, round_, question)
        for result in run_signal(signal, assessor.detector)
        if not result.passed
    ]
    assert failed == []


@pytest.mark.parametrize("text", [BUZZWORDS, THIN], ids=["buzzwords", "thin"])
def test_words_without_a_story_are_no_story(text: str, catalogue: Catalogue, assessor: Assessor) -> None:
    said = Transcript.of_text(text)
    for round_ in full_rounds(catalogue):
        for question in round_.questions:
            points = [item for item in assessor.expected(round_, question) if item.key_point]
            assert len(assessor.evidence(said, points)) <= MOST_WITHOUT_STORY, f"{round_.id}/{question.id}"


def test_sample_sizes_of_questions_are_what_their_key_points_say(catalogue: Catalogue) -> None:
    questions = {question.id: question for _, question in full_questions(catalogue) if question.sample_size}
    for name, thousands in (("sample-size-signup", 154), ("little-traffic", 17)):
        numbers = questions[name].sample_size
        assert numbers is not None
        needed = sample_size(Comparison(numbers.baseline, numbers.target, alpha=numbers.alpha, power=numbers.power))
        assert round(needed.per_arm / 1000) == thousands, name


@pytest.fixture(scope="module")
def assessor(catalogue: Catalogue) -> Assessor:
    return Assessor.of(catalogue)


def full_rounds(catalogue: Catalogue) -> list[Round]:
    return [catalogue.rounds[name] for name in FULL]


def full_questions(catalogue: Catalogue) -> list[tuple[str, Question]]:
    return [
        (f"{round_.id}/{question.id}", question) for round_ in full_rounds(catalogue) for question in round_.questions
    ]
