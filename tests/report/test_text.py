"""A postmortem in the terminal: in order, at any width, with and without colour, and never as markup."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from tui.report.text import Report, lines
from tui.transcript import Transcript

from .samples import HOSTILE, SEEN, hostile, postmortem, transcript


def flat(found: list[str]) -> str:
    return " ".join(" ".join(found).split())


def test_the_report_is_in_order() -> None:
    text = "\n".join(lines(postmortem()))
    wanted = ["Score 62", "10 of 16 points = 62 of 100", "58  7 of 12 points", "75  3 of 4 points", "Signals"]
    wanted += ["Rollback", "Root cause", "cost 18.75 of 100", "Fix for next time", "“We flip the flag.”"]
    wanted += ["Delivery", "Notes", "could not be understood", "rubric abc123"]
    places = [text.find(each.replace("18.75", "18.8")) for each in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_each_verdict_has_mark_word_time_and_quote() -> None:
    found = flat(lines(postmortem(), width=110))
    assert "✗ Rollback missed – Not heard." in found
    assert "✓ Monitoring on time 1:12 “we alert when the drift goes over two”" in found
    assert "◐ Assumptions late 1:12 “I assume a hundred million members”" in found
    assert "it counts in full before 0:45." in found
    assert "◐ Latency on time, 1:12 “fifty milliseconds at the 99th percentile”" in found
    assert "? Sample size can't tell 1:12 “and power of”" in found


def test_an_unscored_answer_says_why_in_the_scores_place() -> None:
    found = lines(postmortem(None))
    assert found[2] == "Unscored  Only 4 seconds of speech were heard; a score needs at least 10."
    text = "\n".join(found)
    assert "Score " not in text
    assert "of 100" not in text
    assert "points" not in text


def test_delivery_is_in_plain_words() -> None:
    text = "\n".join(lines(postmortem()))
    assert "1 min 23 s, 212 words" in text
    assert "205 words a minute, which is fast" in text
    assert "12 pauses, 8.4 s in all" in text
    assert "3.2 s from 1:04" in text
    assert "at least 4, 2.9 a minute" in text
    assert "Delivery" not in "\n".join(lines(replace(postmortem(), delivery=None)))


@pytest.mark.parametrize("width", [60, 61, 71, 72, 80, 100, 200])
@pytest.mark.parametrize("made", [postmortem(), postmortem(None), hostile()], ids=["scored", "unscored", "hostile"])
def test_no_line_is_too_wide(width: int, made: object) -> None:
    found = lines(made, transcript("word " * 80 + "x" * 300), width)  # type: ignore[arg-type]
    assert max(map(cell_len, found)) <= width
    assert all(line == line.rstrip() for line in found)


@pytest.mark.parametrize("width", [60, 80])
def test_wide_characters_fit(width: int) -> None:
    found = lines(replace(postmortem(), notes=("漢字" * 60,)), transcript("漢字" * 60), width)
    assert max(map(cell_len, found)) <= width


def test_hostile_text_is_shown_and_does_nothing() -> None:
    found = lines(hostile(), transcript(HOSTILE), 100)
    text = "\n".join(found)
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "\u202e" not in text
    assert SEEN in flat(found)


def test_rich_prints_the_same_without_reading_markup() -> None:
    for made in (postmortem(), hostile()):
        console = Console(file=io.StringIO(), width=80, force_terminal=False, color_system=None)
        console.print(Report(made, transcript(HOSTILE)))
        assert isinstance(console.file, io.StringIO)
        shown = [line.rstrip() for line in console.file.getvalue().splitlines()]
        assert shown == lines(made, transcript(HOSTILE), 80)


def test_colour_is_used_where_there_is_any() -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    console.print(Report(postmortem()))
    assert isinstance(console.file, io.StringIO)
    assert "\x1b[31m✗" in console.file.getvalue()


def test_the_transcript_comes_last_when_given() -> None:
    found = lines(postmortem(), transcript())
    assert found[-2:] == [
        "   1:10  We alert when the drift goes over two",
        "   1:20  mumble [unclear: Too noisy.]",
    ]
    assert lines(postmortem(), Transcript.of_text("One.\nTwo."))[-2:] == ["  One.", "  Two."]
    assert "Transcript" not in lines(postmortem())
