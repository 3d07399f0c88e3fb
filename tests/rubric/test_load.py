"""Mistakes in rubric files: file, line, what is wrong, what was expected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tui import locations
from tui.errors import RubricError
from tui.interview.assess import Assessor
from tui.interview.load import load_catalogue, read_catalogue
from tui.rubric.detect import Detector
from tui.rubric.examples import run_signal
from tui.rubric.types import Rubric

SMALL = Path(__file__).parent.parent / "data" / "rubric"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "rubric"))


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "told"),
    [
        ("signals/rollback.yaml", "weight: 3", "weight: heavy", 5, "'weight' is 'heavy'; expected a number"),
        ("signals/rollback.yaml", "weight: 3", "weight: 0", 5, "expected a number above 0"),
        ("signals/rollback.yaml", "timing: anywhere", "timing: late", 6, "'early', 'closing' or 'anywhere'"),
        ("signals/rollback.yaml", "advice:", "advise:", 8, "did you mean 'advice'"),
        ("signals/rollback.yaml", "title: Rollback\n", "", 1, "'title' is missing"),
        ("signals/rollback.yaml", "ml_systems", "systems", 4, "no dimension 'systems'; did you mean 'ml_systems'?"),
        ("signals/rollback.yaml", "(roll|revert) ...2 back", "(roll|revert ...2 back", 14, "ends too soon"),
        ("signals/rollback.yaml", "@version", "@versions", 17, "there is no word list @versions"),
        ("signals/rollback.yaml", "unless:", "unles:", 16, "did you mean 'unless'"),
        ("signals/rollback.yaml", "weight: 3", "weight: 3\nweight: 4", 6, "stands here a second time"),
        ("signals/rollback.yaml", "schema: 1", "schema: 9", 1, "schema is 9; expected 1"),
        ("signals/rollback.yaml", "title: Rollback", "title: [", 5, "is not YAML"),
        ("signals/assumptions_stated.yaml", "allow: [question]", "allow: [doubt]", 11, "no scope 'doubt'; expected"),
        ("rounds/systems.yaml", "  rollback:", "  rollbak:", 10, "no signal 'rollbak'; did you mean 'rollback'?"),
        ("rounds/systems.yaml", "minutes: 60", "minutes: -1", 5, "expected a number above 0"),
        ("rounds/systems.yaml", "[rollback]", "[latency_slo]", 18, "not among the signals of this round"),
        ("rounds/systems.yaml", "id: search", "id: ranker", 19, "two questions 'ranker'"),
        ("rubric.yaml", "version, model", '"(version", model', 27, "ends too soon"),
        ("rubric.yaml", "late_credit: 0.5", "late_credit: 3", 14, "expected 0 to 1"),
        ("rubric.yaml", "words_per_minute: 150", "words_per_minute: 0", 22, "expected a number above 0"),
        ("rubric.yaml", "share: 0.33", "share: 33", 16, "expected a share from 0 to 1"),
        ("rubric.yaml", "communication_mistake: un", "communication_mistake: in", 25, "there is no mistake"),
        ("scopes.yaml", "before: [not,", 'before: ["(not",', 5, "ends too soon"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Path, file: str, old: str, new: str, line: int, told: str) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    problems = [str(problem) for problem in read_catalogue(folder).problems]
    assert any(problem.startswith(f"{path}:{line}: ") and told in problem for problem in problems), problems
    with pytest.raises(RubricError):
        Assessor.of(load_catalogue(folder))


def test_all_mistakes_of_a_file_are_told_at_once(folder: Path) -> None:
    path = folder / "signals/rollback.yaml"
    path.write_text(path.read_text().replace("weight: 3", "weight: x").replace("timing: anywhere", "timing: x"))
    told = [problem for problem in read_catalogue(folder).problems if problem.file == path]
    assert len(told) == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"just text", b"- a\n- b\n", b"a: *b\n"])
def test_files_that_are_no_rubric(folder: Path, content: bytes) -> None:
    (folder / "signals/rollback.yaml").write_bytes(content)
    told = [problem for problem in read_catalogue(folder).problems if problem.file.name == "rollback.yaml"]
    assert len(told) == 1


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="scoring"):
        load_catalogue(tmp_path)


def test_own_files_are_laid_over_and_own_mistakes_stop_nothing(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "signals").mkdir(parents=True)
    text = (folder / "signals/rollback.yaml").read_text()
    (own / "signals/mine.yaml").write_text(text.replace("id: rollback", "id: mine"))
    (own / "signals/wrong.yaml").write_text("schema: 1\nid: wrong\n")
    (own / "rubric.yaml").write_text("schema: 1\nwords:\n  version: [edition]\n")
    catalogue = load_catalogue(folder, own)
    assert {"mine", "rollback"} <= set(catalogue.rubric.signals)
    assert catalogue.rubric.words["version"] == ("edition",)
    assert catalogue.warnings
    assert all("wrong.yaml" in warning for warning in catalogue.warnings)


def test_the_digest_changes_with_the_files(folder: Path, rubric: Rubric) -> None:
    before = load_catalogue(folder).rubric.digest
    assert before == rubric.digest
    path = folder / "rubric.yaml"
    path.write_text(path.read_text() + "# a remark\n")
    after = load_catalogue(folder).rubric.digest
    assert after != before
    # No score depends on the study plans; the name of a signal's file means nothing.
    (folder / "plans.yaml").write_text("schema: 1\nplans: []\n")
    assert load_catalogue(folder).rubric.digest == after
    (folder / "signals" / "rollback.yaml").rename(folder / "signals" / "plans.yaml")
    named = load_catalogue(folder).rubric.digest
    path = folder / "signals" / "plans.yaml"
    path.write_text(path.read_text() + "# a remark\n")
    assert load_catalogue(folder).rubric.digest != named


def test_the_shipped_rubrics_are_sound_and_their_examples_pass() -> None:
    """The app trusts these patterns without reading them at the start, because they are read here."""
    reading = read_catalogue(locations.rubrics())
    assert [str(problem) for problem in reading.problems] == []
    assert reading.catalogue is not None
    rubric = reading.catalogue.rubric
    detector = Detector(rubric)
    results = [result for signal in rubric.signals.values() for result in run_signal(signal, detector)]
    assert len(results) > 100
    assert [result for result in results if not result.passed] == []


def test_a_file_that_cannot_be_read_stops_nothing(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "signals" / "old.yaml").mkdir(parents=True)
    (own / "signals" / "gone.yaml").symlink_to(own / "nowhere")
    catalogue = load_catalogue(folder, own)
    assert "rollback" in catalogue.rubric.signals
    assert len(catalogue.warnings) == 2
