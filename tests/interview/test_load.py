"""A person's own files laid over those that ship: what is wrong in one of them costs that file and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tui import locations
from tui.errors import RubricError
from tui.interview.assess import Answered, Assessor
from tui.interview.expected import as_signal, expected
from tui.interview.load import load_catalogue, read_catalogue
from tui.interview.types import vocabulary
from tui.transcript import Transcript

SMALL = Path(__file__).parent.parent / "data" / "rubric"
LOOPS = """\
schema: 1
loops:
  - {id: day, title: A day, summary: One interview., interviews: [{round: systems}]}
"""
QUESTION = """\
schema: 1
id: cache
title: A cache
prompt: Design a cache.
emphasis: [rollback]
follow_ups: {rollback: And when it goes wrong?}
key_points:
  - {id: eviction, point: Something leaves a full cache., patterns: [evict]}
"""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """The small rubric with a loop and a question in a file of its own."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "shipped"))
    (folder / "loops.yaml").write_text(LOOPS)
    (folder / "questions" / "systems").mkdir(parents=True)
    (folder / "questions" / "systems" / "cache.yaml").write_text(QUESTION)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    for name in ("signals", "rounds", "questions/systems"):
        (folder / name).mkdir(parents=True)
    return folder


def signal(shipped: Path, id_: str, weight: str = "3") -> str:
    text = (shipped / "signals/rollback.yaml").read_text()
    return text.replace("id: rollback", f"id: {id_}").replace("weight: 3", f"weight: {weight}")


@pytest.mark.parametrize("slip", [("minutes: 60", "minutes: -1"), ("title:", "titel:"), ("  rollback:", "  rolback:")])
def test_a_slip_in_a_copy_of_a_round_leaves_the_round_that_ships(
    shipped: Path, own: Path, slip: tuple[str, str]
) -> None:
    text = (shipped / "rounds/systems.yaml").read_text()
    file = own / "rounds" / "systems.yaml"
    file.write_text(text.replace("title: Systems", "title: Mine"))
    assert load_catalogue(shipped, own).rounds["systems"].title == "Mine"
    file.write_text(text.replace(*slip, 1))
    catalogue = load_catalogue(shipped, own)
    assert catalogue.rounds["systems"].title == "Systems"
    assert "day" in catalogue.loops
    assert catalogue.warnings
    assert all(str(file) in warning for warning in catalogue.warnings)
    assert str(file) in catalogue.left_out["systems"]


def test_the_rounds_that_ship_outlive_a_slip_in_a_copy(tmp_path: Path) -> None:
    copy = tmp_path / "own" / "rounds" / "ml-systems.yaml"
    copy.parent.mkdir(parents=True)
    text = (locations.rubrics() / "rounds/ml-systems.yaml").read_text()
    copy.write_text(text.replace("minutes: 60", "minutes: sixty"))
    before = load_catalogue(locations.rubrics())
    after = load_catalogue(locations.rubrics(), tmp_path / "own")
    assert after.rounds == before.rounds
    assert after.loops == before.loops
    assert len(after.warnings) == 1


def test_a_slip_in_a_copy_of_a_question_leaves_the_question_that_ships(shipped: Path, own: Path) -> None:
    file = own / "questions" / "systems" / "mine.yaml"
    file.write_text(QUESTION.replace("A cache", "Mine"))
    found = load_catalogue(shipped, own).rounds["systems"].question("cache")
    assert found
    assert found.title == "Mine"
    file.write_text(QUESTION.replace("[evict]", '["(evict"]'))
    catalogue = load_catalogue(shipped, own)
    found = catalogue.rounds["systems"].question("cache")
    assert found
    assert found.title == "A cache"
    assert len(catalogue.warnings) == 1


def test_a_round_of_ones_own_may_score_less_than_the_questions_that_ship_know(shipped: Path, own: Path) -> None:
    text = (shipped / "rounds/systems.yaml").read_text()
    text = text.replace("  rollback:\n", "").replace("    emphasis: [rollback]\n", "")
    (own / "rounds" / "systems.yaml").write_text(text)
    catalogue = load_catalogue(shipped, own)
    assert catalogue.warnings == ()
    round_ = catalogue.rounds["systems"]
    assert "rollback" not in {item.signal.id for item in expected(catalogue.rubric, round_, round_.question("cache"))}
    # In a file of their own it is a slip: nothing else would tell that the signal is not scored.
    (own / "questions/systems/mine.yaml").write_text(QUESTION.replace("id: cache", "id: mine"))
    assert "not among the signals of this round" in load_catalogue(shipped, own).warnings[0]


@pytest.mark.parametrize("name", ["cost", "another-name"])
def test_a_round_is_scored_without_a_signal_whose_file_is_wrong(shipped: Path, own: Path, name: str) -> None:
    (own / "signals" / f"{name}.yaml").write_text(signal(shipped, "cost", "heavy"))
    text = (shipped / "rounds/systems.yaml").read_text()
    text = text.replace("id: systems", "id: mine").replace("  rollback:\n", "  rollback:\n  cost: 3\n")
    file = own / "rounds" / "mine.yaml"
    file.write_text(text.replace("emphasis: [rollback]", "emphasis: [rollback, cost]"))
    catalogue = load_catalogue(shipped, own)
    round_ = catalogue.rounds["mine"]
    assert "cost" not in round_.signals
    told = f"{file}:11: 'mine' is scored without 'cost', whose file is wrong (see signals/{name}.yaml:5)"
    assert told in catalogue.warnings
    question = round_.questions[0]
    assert vocabulary(catalogue.rubric, round_, question)
    done = Assessor.of(catalogue).assess([Answered(question, Transcript.of_text("We roll back. " * 20))], round_)
    assert "cost" not in {verdict.signal for verdict in done.scorecard.verdicts}


def test_a_round_without_a_signal_that_can_be_read_is_left_out(shipped: Path, own: Path) -> None:
    (own / "signals" / "cost.yaml").write_text(signal(shipped, "cost", "heavy"))
    text = (shipped / "rounds/systems.yaml").read_text().replace("id: systems", "id: mine")
    begin, end = text.index("signals:"), text.index("checklist:")
    text = text[:begin] + "signals: {cost: null}\n" + text[end:].replace("    emphasis: [rollback]\n", "")
    (own / "rounds" / "mine.yaml").write_text(text)
    catalogue = load_catalogue(shipped, own)
    assert "mine" not in catalogue.rounds
    assert "there is nothing to score" in catalogue.left_out["mine"]


def test_a_loop_of_ones_own_says_that_the_file_of_its_round_is_wrong(shipped: Path, own: Path) -> None:
    text = (shipped / "rounds/systems.yaml").read_text()
    (own / "rounds" / "mine.yaml").write_text(text.replace("id: systems", "id: mine").replace("title:", "titel:"))
    (own / "loops.yaml").write_text(LOOPS.replace("round: systems", "round: mine"))
    catalogue = load_catalogue(shipped, own)
    assert list(catalogue.loops) == ["day"]
    assert "the round 'mine' was left out, because its file is wrong" in catalogue.warnings[-1]


def test_two_files_of_one_folder_with_one_id_are_told(shipped: Path, own: Path) -> None:
    for folder, text in (
        ("signals", signal(shipped, "cost")),
        ("rounds", (shipped / "rounds/systems.yaml").read_text().replace("id: systems", "id: mine")),
        ("questions/systems", QUESTION.replace("id: cache", "id: mine")),
    ):
        (own / folder / "a.yaml").write_text(text)
        (own / folder / "b.yaml").write_text(text.replace("title:", "title: The second"))
    catalogue = load_catalogue(shipped, own)
    assert [warning.partition("b.yaml:2: ")[2] for warning in catalogue.warnings] == [
        "the id 'cost' is that of a.yaml, too; it is left out",
        "the id 'mine' is that of a.yaml, too; it is left out",
        "the id 'mine' is that of a.yaml, too; it is left out",
    ]
    assert not catalogue.rubric.signals["cost"].title.startswith("The second")


def test_a_list_of_ones_own_that_does_not_fit_those_that_ship_stops_nothing(shipped: Path, own: Path) -> None:
    (own / "rubric.yaml").write_text("schema: 1\nwords:\n  version: ['@version new']\n")
    catalogue = load_catalogue(shipped, own)
    assert "contains itself" in catalogue.warnings[0]
    assert Assessor.of(catalogue)
    (own / "rubric.yaml").write_text("schema: 1\nwords:\n  version: []\n")
    assert Assessor.of(load_catalogue(shipped, own))


def test_what_is_wrong_in_shipped_files_stops(shipped: Path, own: Path) -> None:
    (shipped / "loops.yaml").write_text(LOOPS.replace("round: systems", "round: nowhere"))
    with pytest.raises(RubricError, match="no round 'nowhere'"):
        load_catalogue(shipped, own)


def test_key_points_count_for_the_area_that_most_of_the_round_is_about(shipped: Path) -> None:
    catalogue = load_catalogue(shipped)
    round_ = catalogue.rounds["systems"]
    question = round_.question("cache")
    assert question
    assert not round_.dimension
    for signals, area in (
        ({"impact_summary": None}, "behavioral"),
        ({"rollback": 3, "impact_summary": 1}, "ml_systems"),
    ):
        scored = replace(round_, signals=signals)
        assert as_signal(catalogue.rubric, scored, question, question.key_points[0]).dimension == area


def test_everything_that_is_wrong_is_told_once(shipped: Path, own: Path) -> None:
    (own / "questions/systems/mine.yaml").write_text(QUESTION.replace("[evict]", '["(evict"]'))
    text = (shipped / "rounds/systems.yaml").read_text()
    (own / "rounds" / "systems.yaml").write_text(text.replace("minutes: 60", "minutes: 0"))
    problems = read_catalogue(shipped, own).problems
    assert sorted(problem.file.name for problem in problems) == ["mine.yaml", "systems.yaml"]
