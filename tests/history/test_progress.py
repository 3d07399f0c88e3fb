"""The progress over all mocks, checked against their folders."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.history.real import thirty
from tui.history.progress import progress
from tui.history.store import History


def test_areas_and_mocks_are_what_the_folders_say(tmp_path: Path) -> None:
    history = History(tmp_path)
    thirty(history)
    found = progress(history)
    earned: dict[str, float] = {}
    possible: dict[str, float] = {}
    scores: list[float] = []
    areas: Counter[str] = Counter()
    for folder in sorted(path for path in tmp_path.iterdir() if path.name.startswith("20")):
        card = json.loads((folder / "postmortem.1.json").read_text())["scorecard"]
        source = json.loads((folder / "mock.json").read_text())["settings"]["source"]
        if card["overall"] is None or source == "demo":
            continue
        scores.append(card["overall"])
        before = dict(possible)
        for each in card["verdicts"]:
            if each["outcome"] != "cant_tell" and card["questions"][each["question"] - 1]["overall"] is not None:
                earned[each["dimension"]] = earned.get(each["dimension"], 0) + each["weight"] * each["credit"]
                possible[each["dimension"]] = possible.get(each["dimension"], 0) + each["weight"]
        areas.update(area for area in possible if possible[area] != before.get(area))
    assert [row.overall for row in found.mocks] == scores
    assert {each.dimension: each.earned for each in found.areas} == pytest.approx(earned)
    assert {each.dimension: each.possible for each in found.areas} == pytest.approx(possible)
    assert {each.dimension: each.mocks for each in found.areas} == areas
    for each in found.areas:
        assert each.score == pytest.approx(100 * earned[each.dimension] / possible[each.dimension])


def test_the_last_two_takes_of_a_question_pair_up(tmp_path: Path) -> None:
    history = History(tmp_path)
    thirty(history)
    found = progress(history)
    answered = Counter(row.question for row in found.mocks)
    assert {later.question for _, later in found.takes} == {each for each, times in answered.items() if times > 1}
    for earlier, later in found.takes:
        assert [earlier, later] == [row for row in found.mocks if row.question == later.question][-2:]
    days = [later.created for _, later in found.takes]
    assert days == sorted(days, reverse=True)


def test_files_scored_without_a_question_are_no_takes_of_one(tmp_path: Path) -> None:
    history = History(tmp_path)
    thirty(history)
    found = progress(history)
    nameless = replace(found, mocks=tuple(replace(row, question="") for row in found.mocks))
    assert nameless.takes == []


def test_nothing_yet(tmp_path: Path) -> None:
    found = progress(History(tmp_path))
    assert (found.mocks, found.areas, found.takes) == ((), (), [])
