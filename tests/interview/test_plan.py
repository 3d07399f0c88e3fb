"""Plans are data, and what is wrong with them is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui import locations
from tui.interview.load import load_catalogue, read_catalogue
from tui.interview.plan import DAYS
from tui.interview.types import area_of

PLAN = """schema: 1
plans:
  - id: mine
    title: Mine
    summary: Two areas.
    minutes: 50
    mock_minutes: 10
    shares: {coding: 60, behavioral: 40}
    days:
      - {title: One, do: Code., areas: [coding]}
      - {title: Two, do: Tell., areas: [behavioral]}
      - {title: Three, do: Code., areas: [coding]}
      - {title: Four, do: Rest., areas: []}
      - {title: Five, do: All., full: true}
    weeks:
      - {title: First, aim: Begin., rounds: [coding]}
"""


def read(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "plans.yaml").write_text(text)
    return [str(problem) for problem in read_catalogue(locations.rubrics(), tmp_path).problems]


def test_the_shipped_plans_are_whole() -> None:
    catalogue = load_catalogue(locations.rubrics())
    assert set(catalogue.plans) == {"six-weeks", "three-areas", "short"}
    for plan in catalogue.plans.values():
        assert sum(plan.due(day) for day in plan.days) == pytest.approx(plan.minutes)
        assert len(plan.days) == DAYS
        assert plan.days[-1].full
        assert {area for day in plan.days for area in day.areas} == set(plan.shares)
    assert len(catalogue.plans["six-weeks"].weeks) == len(catalogue.plans["three-areas"].weeks) == 6


def test_a_plan_of_ones_own_is_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "plans.yaml").write_text(PLAN.replace("areas: []", "areas: [coding]"))
    plan = load_catalogue(locations.rubrics(), tmp_path).plans["mine"]
    assert [plan.due(day) for day in plan.days] == [8, 16, 8, 8, 10]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("", "", 13, "areas, or 'full: true'"),
        ("behavioral: 40", "behavioral: 30", 8, "add up to 90"),
        ("[behavioral]", "[behaviour]", 11, "no dimension 'behaviour'; did you mean 'behavioral'?"),
        ("minutes: 50", "minutes: 0", 6, "above 0"),
        ("mock_minutes: 10", "mock_minutes: 60", 7, "0 to 50"),
        (", full: true", "", 14, "areas, or 'full: true'"),
        ("      - {title: Four, do: Rest., areas: []}\n", "", 9, "there are 4 days"),
        ("minutes: 50", "minuets: 50", 6, "did you mean 'minutes'"),
    ],
)
def test_what_is_wrong_has_a_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    found = read(tmp_path, PLAN.replace(old, new, 1) if old else PLAN)
    assert any(f"plans.yaml:{line}:" in problem and what in problem for problem in found), found


def test_a_plan_that_is_wrong_leaves_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "plans.yaml").write_text(PLAN)
    catalogue = load_catalogue(locations.rubrics(), tmp_path)
    assert "mine" not in catalogue.plans
    assert "six-weeks" in catalogue.plans
    assert any("plans.yaml" in warning for warning in catalogue.warnings)


def test_no_score_depends_on_a_plan(tmp_path: Path) -> None:
    before = load_catalogue(locations.rubrics()).rubric.digest
    empty = load_catalogue(locations.rubrics(), tmp_path).rubric.digest
    (tmp_path / "plans.yaml").write_text(PLAN)
    assert load_catalogue(locations.rubrics(), tmp_path).rubric.digest == empty == before


def test_a_round_is_practice_for_one_area() -> None:
    catalogue = load_catalogue(locations.rubrics())
    areas = {id_: area_of(round_, catalogue.rubric) for id_, round_ in catalogue.rounds.items()}
    assert (areas["coding"], areas["ml-systems"], areas["experimentation"]) == (
        "coding",
        "ml_systems",
        "experimentation",
    )
