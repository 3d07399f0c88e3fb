"""SQL tasks on an in-memory database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.interview.types import CodeExample, Language, Task
from tui.sandbox.runner import run_examples
from tui.sandbox.sql_job import is_ordered, statements
from tui.sandbox.types import Limits, Outcome, Run

TASK = Task(
    "All of them.",
    (
        CodeExample("[(1, 'a'), (2, None)]"),
        CodeExample("[(1, 'a'), (2, None), (3, 'z')]", setup="insert into t values (3, 'z');", hidden=True),
    ),
    Language.SQL,
    setup="create table t (id integer, name text); insert into t values (1, 'a'), (2, null)",
    solution="select id, name from t",
)
ORDERED = replace(TASK, solution="select id, name from t order by id")


def run(code: str, task: Task = TASK, seconds: float = 30.0) -> Run:
    return run_examples(task, code, Limits(seconds=seconds, megabytes=150))


def test_each_example_has_its_own_tables() -> None:
    assert run("select * from t").passed == 2
    assert run("delete from t; select * from t").passed == 0


def test_order_counts_only_where_the_solution_orders() -> None:
    assert run("select * from t order by id desc").passed == 2
    done = run("select * from t order by id desc", ORDERED)
    assert done.examples[0].note == "The rows are right, in another order than was asked for."
    assert run("select * from t order by id", ORDERED).passed == 2


def test_the_last_statement_that_gives_rows_counts() -> None:
    assert run("create view v as select * from t; select * from v; -- done").passed == 2


@pytest.mark.parametrize(
    ("code", "outcome", "note"),
    [
        ("selec * from t", Outcome.ERROR, 'SQLite: near "selec": syntax error.'),
        ("select absent from t", Outcome.ERROR, "SQLite: no such column: absent."),
        ("attach 'x.db' as x; select 1", Outcome.ERROR, "SQLite: not authorized."),
        ("", Outcome.FAILED, "The code holds no query that gives rows."),
        ("select id, name from t limit 1", Outcome.FAILED, "Rows expected: 2; rows that came: 1."),
        (
            "with recursive c(x) as (select 1 union all select x + 1 from c) select x from c",
            Outcome.FAILED,
            "It gave more than 10,000 rows.",
        ),
    ],
)
def test_what_went_wrong_is_one_clear_line(code: str, outcome: Outcome, note: str) -> None:
    example = run(code).examples[0]
    assert (example.outcome, example.note) == (outcome, note)


def test_an_endless_query_is_stopped() -> None:
    done = run("with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c", seconds=2.0)
    assert done.examples[0].outcome is Outcome.STOPPED


def test_a_query_that_needs_too_much_memory_ends() -> None:
    rows = "with recursive c(x) as (select randomblob(1000000) union all select randomblob(1000000) from c limit 3000)"
    done = run(f"{rows} select * from c order by 1")
    assert done.passed == 0
    assert "memory" in done.examples[0].note


def test_statements_are_split_where_sqlite_ends_them() -> None:
    assert list(statements("select ';' ; select 2;  ")) == ["select ';' ;", " select 2;"]


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("select 1 ORDER  BY 1", True),
        ("select rank() over (order by x) from t", False),
        ("select * from (select 1 order by 1)", False),
        ("select border, by from t", False),
    ],
)
def test_an_order_outside_parentheses_counts(query: str, ordered: bool) -> None:
    assert is_ordered(query) is ordered
