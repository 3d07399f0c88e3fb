"""`mockloop packet` on the loops of a real history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Invoke
from tests.history.real import add, labelled
from tui import locations
from tui.history.loops import Loops
from tui.history.store import History
from tui.interview.load import load_catalogue


@pytest.fixture
def runs(own_folders: Path) -> list[str]:
    """Ids of two loops, the newer first: one with an interview that was scored, and an older one without any."""
    home = own_folders / "home"
    loops, shipped = Loops(home), load_catalogue(locations.rubrics()).loops
    older = loops.begin(shipped["on-site"], "mid", "short")
    newer = loops.begin(shipped["three-interviews"], "mid", "short")
    loops.note(newer, 0, add(History(home), [("", labelled()[0]["text"])], newer.rounds[0]))
    return [run.id for run in (newer, older)]


def test_the_newest_loop_is_read_and_goes_on(invoke: Invoke, runs: list[str], own_folders: Path) -> None:
    (row,) = History(own_folders / "home").rows()
    data = invoke("packet", "--json").json
    assert data["id"] == runs[0]
    assert [each["mock"] for each in data["interviews"]] == [row.id, None, None]
    assert data["interviews"][0]["score"] == pytest.approx(row.overall, abs=0.01)
    text = invoke("packet")
    assert (text.code, text.err) == (0, "")
    assert "Loop of three: packet" in text.out
    assert "1 of 3 interviews" in " ".join(text.out.split())
    assert text.out.endswith("Next: mockloop practice --loop three-interviews\n")


def test_a_loop_is_named_by_a_part_of_its_id(invoke: Invoke, runs: list[str]) -> None:
    for name in (runs[1], runs[1][-4:], "on-site"):
        assert invoke("packet", name, "--json").json["id"] == runs[1]


def test_a_loop_that_is_not_there_is_told_with_those_that_are(invoke: Invoke, runs: list[str]) -> None:
    found = invoke("packet", "nope\x1b[31m")
    assert (found.code, found.out) == (2, "")
    assert found.error_line == f"mockloop: There is no loop nope. Choose one of: {', '.join(runs)}."


def test_without_a_loop_there_is_nothing_to_read(invoke: Invoke) -> None:
    found = invoke("packet")
    assert (found.code, found.out) == (2, "")
    assert "mockloop practice --loop on-site" in found.error_line
