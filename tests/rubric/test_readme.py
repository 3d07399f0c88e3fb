"""What rubrics/README.md teaches: its files are right, its examples pass, and it names every id there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui import locations
from tui.cli.rubric_examples import run_all
from tui.cli.rubric_paths import read_path
from tui.interview.load import load_catalogue
from tui.rubric.files import SignalFile
from tui.rubric.language import PatternReader
from tui.rubric.shape import described
from tui.rubric.words import read_words

README = (locations.rubrics() / "README.md").read_text(encoding="utf-8")
PLACES = {
    "weight:": "signals/mine.yaml",
    "minutes:": "rounds/mine.yaml",
    "prompt:": "questions/ml-systems/mine.yaml",
    "words:": "rubric.yaml",
}
"""Where a file belongs, by a key that only its kind has at its top."""


def test_every_file_in_it_is_right_and_its_examples_pass(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    for block in blocks:
        (place,) = [place for key, place in PLACES.items() if re.search(f"^{key}", block, re.MULTILINE)]
        file = tmp_path / "mine" / place
        assert not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block, encoding="utf-8")
    assert len(blocks) == len(PLACES)
    reading = read_path(tmp_path / "mine", tmp_path)
    assert (reading.problems, reading.warnings) == ((), ())
    assert (reading.signals, reading.rounds) == (("rollback",), ("cost-review",))
    assert reading.catalogue
    tried = run_all(reading, reading.catalogue)
    assert len(tried) >= 7
    assert [each.result for each in tried if not each.result.passed] == []


def test_it_names_every_dimension_mistake_and_scope() -> None:
    rubric = load_catalogue(locations.rubrics()).rubric
    names = {*rubric.dimensions, *rubric.mistakes, *(scope.id for scope in rubric.scopes)}
    assert [name for name in names if not re.search(rf"\b{name}\b", README)] == []


def test_what_it_says_may_be_missing_in_a_signal_is_what_may_be_missing() -> None:
    required = set(re.findall(r"'(\w+)'", described(SignalFile)))
    said = re.search(r"Only (.*?) may be missing", README)
    assert said
    assert set(re.findall(r"`(\w+)`", said[1])) == set(SignalFile.__dataclass_fields__) - required


@pytest.mark.parametrize("text", ["It costs $200 a day.", "It costs 200 a day."])
def test_the_pattern_for_sums_of_money(text: str) -> None:
    pattern = "cost $? <number>"
    assert f"`{pattern}`" in README
    assert list(PatternReader().read(pattern).find(read_words(text)))
