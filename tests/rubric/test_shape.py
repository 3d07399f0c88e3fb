"""What is told of YAML that has not the right shape: in words of the file, one cause told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.interview.load import LoopsFile
from tui.interview.types import Round
from tui.rubric.files import RubricFile, SignalFile
from tui.rubric.yaml_file import read_yaml

SIGNAL = (Path(__file__).parent.parent / "data/rubric/signals/rollback.yaml").read_text()
ROUND = (Path(__file__).parent.parent / "data/rubric/rounds/systems.yaml").read_text()


def told(tmp_path: Path, text: str, type_: type) -> list[str]:
    file = tmp_path / "file.yaml"
    file.write_text(text)
    return [f"{problem.line} {problem.what}" for problem in read_yaml(file, type_)[1]]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("title: Rollback\n", "", ["1 'title' is missing; expected a text"]),
        ("advice:", "advise:", ["8 'advise' is not known here; did you mean 'advice'?"]),
        ("weight: 3", "weight:", ["5 'weight' is empty; expected a number"]),
        ("title: Rollback", "title: 7", ["3 'title' is 7; expected a text; put quotes around it"]),
        (
            "  - (roll|revert) ...2 back",
            "  - 30",
            ["14 item 1 of 'patterns' is 30; expected a text or a mapping with 'match'; put quotes around it"],
        ),
        (
            "  - (roll|revert) ...2 back",
            "  - we said: roll back",
            [
                "14 item 1 of 'patterns' is {'we said': 'roll back'}; expected a text or a mapping with 'match'; "
                "a text with ': ' in it needs quotes"
            ],
        ),
        (
            "    - We would not",
            "    - They said: we would not",
            [
                "23 item 1 of 'no_match' is {'They said': 'we would not roll back for that.'}; expected a text; "
                "a text with ': ' in it needs quotes"
            ],
        ),
        (
            "unless: [(trade|row)]",
            "unless: trade",
            ["16 'unless' is 'trade'; expected a list of texts, such as [a, b]"],
        ),
        ("  - match: revert\n    unless", "  - unless", ["15 'match' is missing; expected a text"]),
    ],
)
def test_a_signal(tmp_path: Path, old: str, new: str, what: list[str]) -> None:
    assert SIGNAL.count(old) == 1
    assert told(tmp_path, SIGNAL.replace(old, new), SignalFile) == what


def test_a_round_a_loop_and_a_rubric(tmp_path: Path) -> None:
    begin, end = ROUND.index("signals:"), ROUND.index("checklist:")
    (only,) = told(tmp_path, ROUND[:begin] + "signals: [rollback]\n" + ROUND[end:], Round)
    assert only == (
        "8 'signals' is ['rollback']; expected a mapping (`name: value`), each value of which is a number or nothing"
    )
    (only,) = told(tmp_path, ROUND[:begin] + ROUND[end:], Round)
    assert only.startswith("1 'signals' is missing; expected a mapping (`name: value`)")
    (only,) = told(tmp_path, "schema: 1\nloops:\n  - {id: a, title: A, summary: B, interviews: [coding]}\n", LoopsFile)
    assert only == "3 item 1 of 'interviews' is 'coding'; expected a mapping with 'round'"
    (only,) = told(tmp_path, "schema: 1\nwords: {5: [a]}\n", RubricFile)
    assert only == "2 the key 5 is no text; put quotes around it"
    (only,) = told(tmp_path, "schema: 1\nscoring: 3\n", RubricFile)
    assert only.startswith("2 'scoring' is 3; expected a mapping with 'late_credit', ")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("- @metric rose", "begins with @, % or ` needs quotes"),
        ("- *metric", "begins with * needs quotes"),
        ("- &", "begins with * or & needs quotes"),
        ("- they said: no: never", "a text with ': ' in it needs quotes"),
        ("- [a, b", "a [ is not closed"),
        ("- {a: b", "a { is not closed"),
        ('- "a', "a quote or a bracket is not closed"),
        ("- a\n   - b\n - c", "is not indented like those above it"),
    ],
)
def test_what_is_no_yaml_comes_with_what_to_look_for(tmp_path: Path, line: str, hint: str) -> None:
    (only,) = told(tmp_path, f"schema: 1\npatterns:\n  {line}\n", SignalFile)
    assert "is not YAML: " in only
    assert hint in only
