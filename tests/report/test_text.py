"""A postmortem in the terminal: in order, at any width, with and without colour, and never as markup."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from tui.report.account import Account
from tui.report.text import Report, lines
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

from .samples import HOSTILE, LONG_POINT, SEEN, account, conversation, hostile, postmortem, transcript


def flat(found: list[str]) -> str:
    return " ".join(" ".join(found).split())


def test_the_report_is_in_order() -> None:
    text = "\n".join(lines(account()))
    wanted = ["Score 62", "10 of 16 points = 62 of 100", "58  7 of 12 points", "75  3 of 4 points", "Signals"]
    wanted += ["Rollback", "Root cause", "cost 18.75 of 100", "Fix for next time", "“We flip the flag.”"]
    wanted += ["Delivery", "Notes", "could not be understood", "rubric abc123"]
    places = [text.find(each.replace("18.75", "18.8")) for each in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_each_verdict_has_mark_word_time_and_quote() -> None:
    found = flat(lines(account(), 110))
    assert "✗ Rollback missed – Not heard." in found
    assert "✓ Monitoring on time 1:12 “we alert when the drift goes over two”" in found
    assert "◐ Assumptions late 1:12 “I assume a hundred million members”" in found
    assert "it counts in full before 0:45." in found
    assert "◐ Latency on time, 1:12 “fifty milliseconds at the 99th percentile”" in found
    assert "? Sample size can't tell 1:12 “and power of”" in found


def test_an_unscored_answer_says_why_in_the_scores_place() -> None:
    found = lines(account(postmortem(None)))
    assert found[2] == "Unscored  Only 4 seconds of speech were heard; a score needs at least 10."
    text = "\n".join(found)
    assert "Score " not in text
    assert "of 100" not in text
    assert "points" not in text


def test_delivery_is_in_plain_words() -> None:
    text = "\n".join(lines(account()))
    assert "1 min 23 s, 212 words" in text
    assert "205 words a minute, which is fast" in text
    assert "12 pauses, 8.4 s in all" in text
    assert "3.2 s from 1:04" in text
    assert "at least 4, 2.9 a minute" in text
    assert "Delivery" not in "\n".join(lines(account(replace(postmortem(), delivery=None))))


@pytest.mark.parametrize("width", [60, 61, 71, 72, 80, 100, 200])
@pytest.mark.parametrize("made", [postmortem(), postmortem(None), hostile()], ids=["scored", "unscored", "hostile"])
def test_no_line_is_too_wide(width: int, made: Postmortem) -> None:
    found = lines(account(made, transcript("word " * 80 + "x" * 300)), width)
    assert max(map(cell_len, found)) <= width
    assert all(line == line.rstrip() for line in found)


@pytest.mark.parametrize("width", [60, 80])
def test_wide_characters_fit(width: int) -> None:
    found = lines(account(replace(postmortem(), notes=("漢字" * 60,)), transcript("漢字" * 60)), width)
    assert max(map(cell_len, found)) <= width


def test_hostile_text_is_shown_and_does_nothing() -> None:
    found = lines(account(hostile(), transcript(HOSTILE)), 100)
    text = "\n".join(found)
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "\u202e" not in text
    assert SEEN in flat(found)


def test_rich_prints_the_same_without_reading_markup() -> None:
    for made in (postmortem(), hostile()):
        console = Console(file=io.StringIO(), width=80, force_terminal=False, color_system=None)
        console.print(Report(account(made, transcript(HOSTILE))))
        assert isinstance(console.file, io.StringIO)
        shown = [line.rstrip() for line in console.file.getvalue().splitlines()]
        assert shown == lines(account(made, transcript(HOSTILE)), 80)


def test_colour_is_used_where_there_is_any() -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    console.print(Report(account()))
    assert isinstance(console.file, io.StringIO)
    assert "\x1b[31m✗" in console.file.getvalue()


def test_the_transcript_comes_last_when_given() -> None:
    found = lines(account(None, transcript()))
    assert found[-2:] == [
        "   1:10  We alert when the drift goes over two",
        "   1:20  mumble [unclear: Too noisy.]",
    ]
    assert lines(account(None, Transcript.of_text("One.\nTwo.")))[-2:] == ["  One.", "  Two."]
    assert "Transcript" not in lines(account())


def section(found: list[str], title: str) -> list[str]:
    """The lines under a heading."""
    start = found.index(title) + 1
    return found[start : found.index("", start) if "" in found[start:] else None]


def test_questions_have_scores_and_verdicts_of_their_own() -> None:
    found = lines(conversation(), 100)
    assert found[1] == "Held to the level senior"
    questions = flat(section(found, "Questions"))
    assert "1. Rank the home page 70 7 of 10 points" in questions
    assert "2. Send fewer notifications – Nobody spoke." in questions
    assert "Staged launch" not in flat(section(found, "Question 1: Signals"))
    assert "✗ Staged launch missed" in flat(section(found, "Question 2: Signals"))
    assert "Question 2: Key points" not in found


def test_a_quote_from_a_follow_up_says_so() -> None:
    for width in (60, 80, 96, 120):
        signals = flat(section(lines(conversation(), width), "Question 1: Signals"))
        assert "follow-up 1, 0:04" in signals
        assert "on time 1:12" in signals


def test_a_key_point_stands_above_its_verdict_and_quote() -> None:
    found = section(lines(conversation(), 80), "Question 1: Key points")
    assert " ".join(" ".join(found[:2]).split()) == f"✓ {LONG_POINT}"
    assert found[2:] == ["   on time, 1:12  “half a point of lift”"]


def test_follow_ups_say_what_they_asked_for_and_whether_it_came() -> None:
    found = section(lines(conversation(), 100), "Question 1: Follow-ups")
    assert found == [
        "  1. And if it fails?",
        "     Asked for: Way back – heard then: it had to be asked for.",
        "  2. What is the launch?",
        "     Asked for: Rollback – not heard then either.",
    ]


def test_clarifications_rating_and_corrections_are_told() -> None:
    found = lines(conversation(), 100)
    assert section(found, "Question 1: Told when asked") == [
        "  - How many members? (asked aloud at 0:12) – A hundred million.",
        "  - What may it cost? (picked from the list, which earns nothing) – Nothing more than today.",
    ]
    text = flat(found)
    assert "ML systems and engineering 58 7 of 12 points you: yes" in text
    assert "You marked these words. Detection had missed it." in text
    assert "Answer 3. Follow-up 2 to question 1 (words corrected by you)" in found


def test_every_turn_has_its_transcript() -> None:
    found = lines(conversation(), 100)
    said = found[found.index("Transcripts") :]
    titles = [line for line in said if line.startswith("Answer")]
    assert titles == [
        "Answer 1. Question 1: Rank the home page",
        "Answer 2. Follow-up 1 to question 1",
        "Answer 3. Follow-up 2 to question 1 (words corrected by you)",
        "Answer 4. Question 2: Send fewer notifications",
    ]
    assert "   0:00  we flip everyone back" in said
    assert said[-1] == "  There is no transcript."


@pytest.mark.parametrize("width", [60, 71, 80, 95, 96, 110, 200])
@pytest.mark.parametrize("made", [conversation(), conversation(HOSTILE * 4)], ids=["plain", "hostile"])
def test_no_line_of_a_conversation_is_too_wide(width: int, made: Account) -> None:
    found = lines(made, width)
    assert max(map(cell_len, found)) <= width
    assert not any(ord(c) < 32 for line in found for c in line)
