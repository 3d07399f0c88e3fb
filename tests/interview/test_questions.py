"""Questions in files of their own, key points, levels: reading, checking and weighing them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tui import locations
from tui.interview.assess import Answered, Assessor
from tui.interview.examples import question_signals
from tui.interview.expected import expected
from tui.interview.load import load_catalogue, read_catalogue
from tui.interview.samplesize import Comparison, Stratum
from tui.interview.types import Level, Question, at_level
from tui.rubric.detect import Detector
from tui.rubric.examples import run_signal
from tui.rubric.verdicts import Outcome
from tui.transcript import Transcript

SMALL = Path(__file__).parent.parent / "data" / "rubric"
QUESTION = """\
schema: 1
id: cache
title: A cache
prompt: Design a cache.
level: senior
emphasis: [rollback]
follow_ups: {rollback: And when it goes wrong?}
key_points:
  - id: eviction
    point: Something decides what leaves a full cache.
    patterns: [(evict|drop) ...3 (oldest|least recently used)]
    follow_up: What happens when it is full?
    weight: 2
    examples:
      match: [We evict the least recently used entry.]
      no_match: [We would not evict the oldest one.]
  - id: sharding
    point: It is spread over machines.
    patterns: [(shard|consistent hash*)]
    level: staff
clarifications:
  - ask: How large is it?
    reply: Ten million entries.
    patterns: [how (large|big|many)]
    examples: {match: [How big is it going to be?], no_match: [It is big.]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small rubric with one question in a file of its own."""
    shutil.copytree(SMALL, tmp_path / "rubric")
    file = tmp_path / "rubric" / "questions" / "systems" / "cache.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(QUESTION)
    return tmp_path / "rubric"


def question(folder: Path) -> Question:
    found = load_catalogue(folder).rounds["systems"].question("cache")
    assert found is not None
    return found


def test_a_question_joins_the_round_that_its_folder_names(folder: Path) -> None:
    found = question(folder)
    assert [point.id for point in found.key_points] == ["eviction", "sharding"]
    assert found.clarifications[0].reply == "Ten million entries."
    assert read_catalogue(folder).files["systems/cache"].name == "cache.yaml"


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("emphasis: [rollback]", "emphasis: [rolback]", 6, "not among the signals of this round"),
        ("emphasis: [rollback]", "leave_out: [rolback]", 6, "not among the signals of this round"),
        ("level: senior", "level: boss", 5, "no level 'boss'; expected one of: junior"),
        ("(evict|drop) ...3", "(evict|drop ...3", 11, ""),
        ("weight: 2", "weight: 0", 13, "expected a number above 0"),
        ("follow_ups: {rollback:", "follow_ups: {backroll:", 7, "not among the signals"),
        ("id: sharding", "id: eviction", 8, "two key points have one id"),
        ("point: It is spread", "pont: It is spread", 18, "did you mean 'point'?"),
    ],
)
def test_a_slip_is_told_with_file_and_line_and_costs_only_the_question(
    folder: Path, old: str, new: str, line: int, told: str
) -> None:
    file = folder / "questions" / "systems" / "cache.yaml"
    file.write_text(QUESTION.replace(old, new))
    reading = read_catalogue(folder)
    assert reading.catalogue is not None
    assert "systems" in reading.catalogue.rounds
    assert reading.catalogue.rounds["systems"].question("cache") is None
    assert any(problem.file == file and problem.line == line and told in problem.what for problem in reading.problems)


def test_the_numbers_of_a_sample_size_are_read_and_checked(folder: Path) -> None:
    file = folder / "questions" / "systems" / "cache.yaml"
    file.write_text(QUESTION + "sample_size: {baseline: 0.04, target: 0.042}\n")
    assert question(folder).sample_size == Comparison(0.04, 0.042, alpha=0.05, power=0.8)
    file.write_text(
        QUESTION + "sample_size: {baseline: 0.1, lift: 0.2, strata: [{share: 0.5, rate: 0.1}, {share: 0.5, rate: 0.1}]}"
    )
    assert question(folder).sample_size == Comparison(0.1, lift=0.2, strata=(Stratum(0.5, 0.1), Stratum(0.5, 0.1)))

    def told(numbers: str) -> str:
        file.write_text(QUESTION + f"sample_size: {{{numbers}}}\n")
        return " ".join(f"{problem.line} {problem.what}" for problem in read_catalogue(folder).problems)

    assert "26 the baseline is 4; expected a share between 0 and 1" in told("baseline: 4, target: 0.042")
    assert "26 baseline and target are (nearly) the same" in told("baseline: 0.04, target: 0.04")
    assert "26 alpha is 0;" in told("baseline: 0.04, target: 0.05, alpha: 0")
    assert "26 no target given; expected" in told("baseline: 0.04")
    assert "did you mean 'daily'?" in told("baseline: 0.04, target: 0.05, dayly: 1000")


def test_a_folder_without_a_round_is_told(folder: Path) -> None:
    (folder / "questions" / "systems").rename(folder / "questions" / "sistems")
    (problem,) = read_catalogue(folder).problems
    assert "there is no round 'sistems'" in problem.what


def test_key_points_carry_examples_that_are_run(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    detector = Detector(catalogue.rubric)
    signals = question_signals(catalogue, catalogue.rounds["systems"], question(folder))
    results = [result for signal in signals for result in run_signal(signal, detector)]
    assert len(results) == 4
    assert all(result.passed for result in results)


def test_key_points_count_from_their_level_on(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    round_ = catalogue.rounds["systems"]

    def points(level: str) -> list[str]:
        held_to = Level(level, level, "")
        found = expected(catalogue.rubric, round_, question(folder), held_to)
        return [item.signal.id for item in found if item.key_point]

    assert points("senior") == ["cache/eviction"]
    assert points("staff") == ["cache/eviction", "cache/sharding"]


def test_key_points_are_scored_with_evidence(folder: Path) -> None:
    levels = {"senior": Level("senior", "Senior", "")}
    assessor = Assessor.of(replace(load_catalogue(folder), levels=levels))
    said = Transcript.of_text(
        "We evict the least recently used entry when it is full. " + "and then the next part " * 6
    )
    done = assessor.assess([Answered(question(folder), said)], assessor.catalogue.rounds["systems"], level="senior")
    (point,) = [verdict for verdict in done.scorecard.verdicts if verdict.key_point]
    assert (point.outcome, point.weight, point.credit) == (Outcome.DEMONSTRATED, 2.0, 1.0)
    assert "evict the least recently used" in point.evidence[0].quote
    assert done.level == "senior"


def test_a_level_weighs_signals(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    level = Level("senior", "Senior", "", {"rollback": 2.0})
    plain, weighed = (
        {item.signal.id: item.weight for item in expected(catalogue.rubric, catalogue.rounds["systems"], None, held)}
        for held in (None, level)
    )
    assert weighed["rollback"] == 2 * plain["rollback"]
    assert weighed["impact_summary"] == plain["impact_summary"]


def test_a_question_leaves_out_what_it_gives_no_occasion_for(folder: Path) -> None:
    file = folder / "questions" / "systems" / "cache.yaml"
    file.write_text(QUESTION.replace("emphasis: [rollback]", "leave_out: [impact_summary]"))
    catalogue = load_catalogue(folder)
    round_ = catalogue.rounds["systems"]
    heard = {item.signal.id for item in expected(catalogue.rubric, round_, question(folder)) if not item.key_point}
    assert heard == set(round_.signals) - {"impact_summary"}


def test_shares_of_dimensions_decide_and_keep_the_total(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    shares = {"ml_systems": 0.8, "behavioral": 0.2}
    round_ = replace(catalogue.rounds["systems"], dimensions=shares)
    plain = expected(catalogue.rubric, catalogue.rounds["systems"])
    found = expected(catalogue.rubric, round_)
    total = sum(item.weight for item in found)
    assert total == pytest.approx(sum(item.weight for item in plain))
    for dimension, share in shares.items():
        assert sum(item.weight for item in found if item.signal.dimension == dimension) == pytest.approx(share * total)


def test_questions_of_a_level_come_before_easier_ones() -> None:
    asked = tuple(Question(level, level, "", level) for level in ("junior", "senior", "mid", "staff"))
    assert [question.id for question in at_level(asked, "senior")] == ["senior", "mid", "junior"]
    assert [question.id for question in at_level(asked, "junior")] == ["junior"]


def test_the_shipped_levels_are_the_four(tmp_path: Path) -> None:
    catalogue = load_catalogue(locations.rubrics())
    assert list(catalogue.levels) == ["junior", "mid", "senior", "staff"]
    assert catalogue.levels["senior"].weights["rollback"] > catalogue.levels["junior"].weights["rollback"]
