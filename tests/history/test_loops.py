"""Loops are kept, continued and read as packets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tui.history.loops import Loops, packet
from tui.history.store import History
from tui.interview.loop import Interview, Loop
from tui.interview.packet import Step
from tui.interview.types import Catalogue
from tui.report.packet_files import packet_data, packet_markdown
from tui.report.packet_text import packet_lines

from .samples import CODING, ROUND, postmortem, scored

LOOP = Loop("on-site", "On-site", "", (Interview("ml-systems"), Interview("coding")))


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(None, {"ml-systems": ROUND, "coding": CODING})  # type: ignore[arg-type]


def test_a_loop_is_found_again_and_goes_on(tmp_path: Path) -> None:
    loops = Loops(tmp_path)
    assert loops.open() is None
    history = History(tmp_path)
    run = loops.begin(LOOP, "mid", "short")
    assert Loops(tmp_path).open() == run
    first, second = scored(history), scored(history, round_=CODING)
    run = loops.note(run, 0, first.id)
    assert Loops(tmp_path).open() == run
    loops.note(run, 1, second.id)
    assert loops.open() is None
    assert loops.of("on-site") == loops.all()[0]
    history.delete([first.id])
    reopened = loops.open()
    assert reopened is not None
    assert reopened.next_place == 0


def test_two_notes_do_not_lose_each_other(tmp_path: Path) -> None:
    loops = Loops(tmp_path)
    stale = loops.begin(LOOP, "mid", "short")
    mock = scored(History(tmp_path))
    loops.note(stale, 0, mock.id)
    assert loops.note(stale, 1, mock.id).mocks == {0: mock.id, 1: mock.id}


def test_a_damaged_loop_hides_no_other(tmp_path: Path) -> None:
    loops = Loops(tmp_path)
    run = loops.begin(LOOP, "mid", "short")
    bad = tmp_path / "loops" / f"{run.id[:-4]}zzzz.json"
    bad.write_text("{")
    assert loops.all() == [run]
    assert bad.read_text() == "{"


def test_a_packet_comes_from_the_mocks_that_are_there(tmp_path: Path, catalogue: Catalogue) -> None:
    history, loops = History(tmp_path), Loops(tmp_path)
    run = loops.begin(LOOP, "mid", "short")
    first, second = scored(history, postmortem(score=80.0)), scored(history, postmortem(score=70.0), CODING)
    run = loops.note(loops.note(run, 0, first.id), 1, second.id)
    found = packet(run, history, catalogue)
    assert [interview.score for interview in found.interviews] == [80.0, 70.0]
    assert found.score == 75
    assert found.complete
    text = "\n".join(packet_lines(found, 80))
    assert max(map(len, text.splitlines())) <= 80
    assert "flip everyone back" in text
    assert found.reading is Step.YES
    assert "Yes" in packet_markdown(found)
    assert packet_data(found)["reading"] == "yes"
    history.delete([second.id])
    assert [interview.score for interview in packet(run, history, catalogue).interviews] == [80.0, None]


def test_hostile_titles_stay_text(tmp_path: Path, catalogue: Catalogue) -> None:
    history, loops = History(tmp_path), Loops(tmp_path)
    run = loops.begin(replace(LOOP, title="<script>alert(1)</script> [bold]\x1b[31m"), "mid", "short")
    found = packet(run, history, catalogue)
    assert "<script>" not in packet_markdown(found)
    assert "\x1b" not in packet_markdown(found) + "".join(packet_lines(found))
