"""`plan` and `next` on real mocks, and what they keep."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke

LATER = (date.today() + timedelta(days=60)).isoformat()


def test_the_plan_of_somebody_new(invoke: Invoke, own_folders: Path) -> None:
    data = invoke("plan", "--json").json
    assert (data["plan"], data["week"], data["interview"]) == ("six-weeks", 1, None)
    assert len(data["days"]) == 5
    assert data["due_today"] == data["days"][0]
    text = invoke("plan").out
    assert "Due today" in text
    assert "--date" in text
    assert not (own_folders / "home" / "profile.json").exists()


def test_the_choice_is_kept_and_survives_a_reindex(invoke: Invoke, own_folders: Path) -> None:
    invoke("plan", "--date", LATER, "--level", "senior", "--plan", "three-areas")
    data = invoke("plan", "--json").json
    left = (date.fromisoformat(LATER) - date.today()).days
    assert (data["interview"], data["plan"], data["level"], data["days_left"]) == (LATER, "three-areas", "senior", left)
    kept = json.loads((own_folders / "home" / "profile.json").read_text())
    assert (kept["interview"], kept["level"], kept["started"]) == (LATER, "senior", date.today().isoformat())
    before = (data, invoke("next", "--json").json["level"])
    invoke("reindex")
    assert (invoke("plan", "--json").json, invoke("next", "--json").json["level"]) == before
    assert invoke("plan", "--no-date", "--json").json["interview"] is None


def test_a_near_interview_takes_the_short_plan(invoke: Invoke) -> None:
    near = (date.today() + timedelta(days=9)).isoformat()
    data = invoke("plan", "--date", near, "--json").json
    assert (data["plan"], len(data["weeks"]), data["week"]) == ("short", 2, 1)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--date", "2020-01-01"), "in the past"),
        (("--date", "soon"), "is not a day"),
        (("--plan", "nope"), "Choose one of: six-weeks"),
        (("--level", "boss"), "is not one of"),
        (("--date", LATER, "--no-date"), "either --date or --no-date"),
        (("--list", "--date", LATER), "--list keeps nothing"),
    ],
)
def test_bad_choices_are_one_line_and_kept_nowhere(
    invoke: Invoke, own_folders: Path, options: tuple[str, ...], what: str
) -> None:
    found = invoke("plan", *options)
    assert (found.code, found.out) == (2, "")
    assert what in found.error_line
    assert not (own_folders / "home" / "profile.json").exists()


def test_plans_are_listed(invoke: Invoke) -> None:
    assert [each["id"] for each in invoke("plan", "--list", "--json").json] == ["six-weeks", "three-areas", "short"]
    assert "three-areas" in invoke("plan", "--list").out


def test_a_damaged_day_is_told_and_put_aside(invoke: Invoke, own_folders: Path) -> None:
    invoke("plan", "--date", LATER)
    path = own_folders / "home" / "profile.json"
    path.write_text(path.read_text().replace(LATER, "the day after"))
    assert invoke("plan", "--json").json["interview"] is None
    assert any(each.name.startswith("profile.damaged") for each in path.parent.iterdir())


def test_the_next_drill_before_and_after_a_mock(invoke: Invoke, text_answer: Path) -> None:
    data = invoke("next", "--json").json
    assert data["drill"]["missed"]["n"] == 0
    assert data["improvement"] is None
    saved = invoke("score", text_answer, "--round", "ml-systems", "--save", "--json").json
    missed = {each["signal"] for each in saved["signals"] if each["outcome"] == "missed"}
    data = invoke("next", "--json").json
    seen = {each["signal"]: each for each in [data["drill"], *data["others"]]}
    assert missed & set(seen)
    for signal in missed & set(seen):
        assert (seen[signal]["missed"]["count"], seen[signal]["missed"]["n"]) == (1, 1)
    assert data["improvement"]["signal"] in {
        each["signal"] for each in saved["signals"] if each["credit"] < 1 and each["outcome"] != "cant_tell"
    }
    text = invoke("next").out
    assert text.startswith("Drill next: ")
    assert f"mockloop practice --round {data['drill']['round']} --question {data['drill']['question']}" in text
    assert "This week's improvement" in text
