"""`mockloop rubric check` and `mockloop rubric test`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Invoke
from tui import locations

SIGNAL = """\
schema: 1
id: coffee
title: Coffee
dimension: ml_systems
weight: 1
timing: anywhere
mistake: weak_production
advice: Say it.
example: I drink coffee.
follow_up: Tea?
patterns:
  - coffee
examples:
  match: [I drink coffee.]
  no_match: [I drink tea.]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one good signal."""
    file = tmp_path / "mine" / "signals" / "coffee.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(SIGNAL)
    return file


def test_shipped_rubrics_are_sound(invoke: Invoke) -> None:
    found = invoke("rubric", "check", locations.rubrics(), "--json")
    assert found.code == 0, found.out
    assert len(found.json["signals"]) >= 20
    assert {"ml-systems", "experimentation", "behavioral", "coding"} <= set(found.json["rounds"])


@pytest.mark.parametrize("up", [0, 1, 2])
def test_good_file_or_folder(invoke: Invoke, own: Path, up: int) -> None:
    path = [own, own.parent, own.parent.parent][up]
    found = invoke("rubric", "check", path, "--json")
    assert found.code == 0
    nothing: list[str] = []
    assert found.json == {
        "ok": True,
        "problems": nothing,
        "warnings": nothing,
        "signals": ["coffee"],
        "rounds": nothing,
        "questions": nothing,
    }
    assert invoke("rubric", "test", path).out == "2 examples: 0 failed.\n"


def test_problem_has_file_line_and_what_was_expected(invoke: Invoke, own: Path) -> None:
    own.write_text(SIGNAL.replace("weight: 1", "weight: heavy").replace("ml_systems", "ml_sistems"))
    found = invoke("rubric", "check", own)
    assert found.code == 2
    assert f"{own}:5: " in found.out
    assert "heavy" in found.out
    assert "found." in found.error_line
    assert invoke("rubric", "check", own, "--json").json["problems"][0]["line"] == 5


def test_file_outside_the_layout_is_told_by_its_own_name(invoke: Invoke, own: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.yaml"
    alone.write_text(SIGNAL.replace("  - coffee", "  - (coffee"))
    found = invoke("rubric", "check", alone)
    assert found.code == 2
    assert found.out.startswith(f"{alone}:12: ")


def test_failing_example_is_shown(invoke: Invoke, own: Path) -> None:
    own.write_text(SIGNAL.replace("I drink tea.", "He hates coffee beans."))
    found = invoke("rubric", "test", own)
    assert found.code == 1
    assert "coffee: should not match: He hates coffee beans." in found.out
    assert found.out.startswith(f"{own}:15: coffee: ")
    assert "  line 12: `coffee` matches “coffee”\n" in found.out
    results = invoke("rubric", "test", own, "--json").json
    assert results["ok"] is False
    assert [each["passed"] for each in results["examples"]] == [True, False]


def test_test_refuses_a_broken_file(invoke: Invoke, own: Path) -> None:
    own.write_text(SIGNAL.replace("timing: anywhere", "timing: sometimes"))
    found = invoke("rubric", "test", own)
    assert (found.code, found.out) == (2, "")
    assert f"{own}:6" in found.error_line


def test_what_is_no_rubric(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path, tmp_path / "nope", tmp_path / "binary.yaml"):
        found = invoke("rubric", "check", path)
        assert (found.code, found.out) == (2, "")
        assert str(path) in found.error_line


TASK = """\
schema: 1
id: twice
title: Twice
prompt: Double it.
task:
  statement: Write `twice(n)`.
  examples:
    - {call: twice(2), expect: "4"}
    - {call: twice(0), expect: "0", hidden: true}
  solution: |
    def twice(n):
        return n * n
"""


def test_solutions_of_tasks_are_run(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "mine" / "questions" / "coding" / "twice.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(TASK)
    assert invoke("rubric", "test", file).out == "0 examples: 0 failed.\n1 solution: 0 failed.\n"
    file.write_text(TASK.replace("n * n", "n + 2"))
    found = invoke("rubric", "test", file)
    assert found.code == 1
    assert "coding/twice: its solution: 1 of 2 passed.\n  example 2: gave 2\n" in found.out
    assert invoke("rubric", "test", file, "--json").json["solutions"] == [
        {"task": "coding/twice", "passed": False, "said": "1 of 2 passed."}
    ]
    file.write_text(TASK.replace('"4"', "four"))
    found = invoke("rubric", "check", file)
    assert f"{file}:8: 'expect' is 'four'; expected a Python literal" in found.out


def test_commands_say_that_files_of_ones_own_are_left_out(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKLOOP_HOME", str(tmp_path))
    signal, round_, question = (
        tmp_path / "rubrics" / name
        for name in ("signals/coffee.yaml", "rounds/cost-review.yaml", "questions/coding/twice.yaml")
    )
    for file, text in (
        (signal, SIGNAL.replace("weight: 1", "weight: heavy")),
        (round_, "schema: 1\nid: cost-review\ntitle: [\n"),
        (question, TASK.replace("title: Twice", "titel: Twice")),
    ):
        file.parent.mkdir(parents=True)
        file.write_text(text)
    said = tmp_path / "said.txt"
    said.write_text("We roll back to the previous model. " * 20)
    found = invoke("detect", said)
    assert found.code == 0
    assert f"{signal}:5: 'weight' is 'heavy'" in found.error_line
    assert "`mockloop rubric check`" in found.error_line
    assert f"{signal}:5" in invoke("score", said, "--round", "coding").error_line
    found = invoke("score", said, "--round", "cost-review")
    assert (found.code, found.out) == (2, "")
    assert f"The round cost-review was left out: {round_}:" in found.error_line
    found = invoke("practice", "--round", "coding", "--question", "twice", "--plain")
    assert found.code == 2
    assert f"The question twice was left out: {question}:3" in found.error_line
    assert "?." not in found.error_line


@pytest.mark.parametrize(
    ("patterns", "example", "why"),
    [
        (
            "coffee",
            "I do not drink coffee.",
            "line 12: `coffee` matches “coffee”, but the scope 'negation' takes it back",
        ),
        ("coffee", "I drink tea.", "none of its patterns matches anything there"),
        (
            "{match: coffee, unless: [bean, table]}",
            "He hates a coffee table.",
            "line 12: `coffee` matches “coffee”, but 'table' in its 'unless' stands in the same clause",
        ),
        (
            "{match: drink coffee, near: [morning]}",
            "We drink coffee.",
            "line 12: `drink coffee` matches “drink coffee”, but nothing in its 'near' stands in the sentence",
        ),
    ],
)
def test_an_example_that_should_match_says_what_keeps_it(
    invoke: Invoke, own: Path, patterns: str, example: str, why: str
) -> None:
    text = SIGNAL.replace("  - coffee", f"  - {patterns}").replace("[I drink coffee.]", f"[{example}]")
    own.write_text(text)
    found = invoke("rubric", "test", own)
    assert found.out == f"{own}:14: coffee: should match: {example}\n  {why}\n2 examples: 1 failed.\n"
    failed = invoke("rubric", "test", own, "--json").json["examples"][0]
    assert (failed["file"], failed["line"], failed["why"]) == (str(own), 14, [why])


QUESTION = """\
schema: 1
id: cafe
title: A cafe
prompt: Design a cafe.
key_points:
  - {id: tea, point: Tea., patterns: [tea], examples: {match: [Nothing.]}}
  - id: coffee
    point: Coffee.
    patterns:
      - coffee
    examples:
      no_match:
        - We brew coffee.
"""


def test_a_failing_example_of_a_key_point_says_which_pattern_beside_it_matches(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "mine" / "questions" / "ml-systems" / "cafe.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(QUESTION)
    assert invoke("rubric", "test", file).out == (
        f"{file}:6: cafe/tea: should match: Nothing.\n  none of its patterns matches anything there\n"
        f"{file}:13: cafe/coffee: should not match: We brew coffee.\n  line 10: `coffee` matches “coffee”\n"
        "2 examples: 2 failed.\n"
    )


def test_check_tells_of_files_that_nothing_reads(invoke: Invoke, own: Path) -> None:
    root = own.parent.parent
    for name, text in (
        ("signal/tea.yaml", SIGNAL),
        ("signals/milk.yml", SIGNAL),
        ("loop.yaml", "schema: 1\n"),
        ("cafe.yaml", QUESTION),
        ("questions/twice.yaml", QUESTION),
        (".cache/x.yaml", "a: 1\n"),
    ):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    found = invoke("rubric", "check", root)
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[:-1] == [
        f"{root}/cafe.yaml:1: is not read here; expected questions/ROUND/cafe.yaml",
        f"{root}/loop.yaml:1: is not read here; expected loops.yaml",
        f"{root}/questions/twice.yaml:1: is not read here; expected questions/ROUND/twice.yaml",
        f"{root}/signal/tea.yaml:1: is not read here; expected signals/tea.yaml",
        f"{root}/signals/milk.yml:1: is not read here; expected signals/milk.yaml",
    ]
    assert lines[-1] == "Nothing is wrong in what was read: 1 signal. See the lines above."
    assert len(invoke("rubric", "check", root, "--json").json["warnings"]) == 5
    assert "All is well: 1 signal." in invoke("rubric", "check", own).out


def test_check_tells_of_weights_and_of_signals_without_examples(invoke: Invoke, own: Path) -> None:
    own.write_text(SIGNAL.replace("weight: 1", "weight: 99").partition("examples:")[0])
    found = invoke("rubric", "check", own)
    assert found.code == 0
    assert f"{own}:5: 'weight' is 99; those of the signals that ship are 1 to 3\n" in found.out
    assert "there are no examples" in found.out


def test_show_prints_what_ships_and_what_replaces_it(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKLOOP_HOME", str(tmp_path))
    shipped = locations.rubrics()
    for name, file in (
        ("ml-systems", "rounds/ml-systems.yaml"),
        ("rollback", "signals/rollback.yaml"),
        ("ml-systems/video-recommendation", "questions/ml-systems/video-recommendation.yaml"),
        ("levels.yaml", "levels.yaml"),
    ):
        assert invoke("rubric", "show", name).out == (shipped / file).read_text()
    copy = tmp_path / "rubrics" / "rounds" / "mine.yaml"
    copy.parent.mkdir(parents=True)
    copy.write_text((shipped / "rounds/ml-systems.yaml").read_text() + "# mine\n")
    assert invoke("rubric", "show", "ml-systems").out.endswith("# mine\n")
    found = invoke("rubric", "show", "ml-system")
    assert (found.code, found.out) == (2, "")
    assert "Did you mean ml-systems?" in found.error_line
    assert "no rubric file called ''." in invoke("rubric", "show", "").error_line
