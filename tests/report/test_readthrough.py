from __future__ import annotations

from dataclasses import replace

from tests.screens import values
from tui.history.turns import question_of
from tui.history.types import AnswerFile, MockFile, Turn
from tui.report.readthrough import missed_in, read_through
from tui.report.turns import turn_label
from tui.transcript import Segment, Span, Transcript, Word


def follow_up() -> MockFile:
    """The answer of the tests' mock, and one to a follow-up with a filler and a long pause."""
    words = [Word("We,", 0.5, 0.9), Word("uh,", 1.0, 1.3), Word("roll", 4.1, 4.4), Word("back.", 4.5, 4.9)]
    said = Transcript((Segment.of_words(words),), 6.0, (Span(0.4, 1.4), Span(4.0, 5.0)))
    turn = Turn("home-ranking", "And if it goes wrong?", "answer-2.flac", "follow_up", "rollback")
    file = values.mock_file()
    return replace(file, answers=(*file.answers, AnswerFile(turn, said, None)))


def test_words_know_what_they_are_evidence_of() -> None:
    file = values.mock_file()
    read = read_through(file)
    assert [word.text for word in read.words] == " ".join(values.SENTENCES).split()
    opening = [(word.text, read.numbered[word.opens[0]].signal) for word in read.words if word.opens]
    assert opening[0] == ("assume", "assumptions_stated")
    assert ("The", "business_goal") in opening
    goal = next(word for word in read.words if word.opens and read.numbered[word.opens[0]].signal == "business_goal")
    inside = [word.text for word in read.words if goal.opens[0] in word.marks]
    assert " ".join(inside) == "The goal is that people find something to watch,"
    assert [mark.verdict.signal for mark in read.marks if mark.number is None] == ["guardrail_named"]


def test_turns_have_names_pauses_and_fillers() -> None:
    read = read_through(follow_up())
    assert [turn.label for turn in read.turns] == ["question", "follow-up 1"]
    own = read.words[read.turns[1].first :]
    assert [word.text for word in own if word.filler] == ["uh,"]
    assert [(word.text, round(word.pause, 1)) for word in own if word.pause] == [("roll", 2.6)]
    assert read.words[read.turns[0].first].begins


def test_finding_the_word_of_a_second_a_character_and_a_kind() -> None:
    read = read_through(follow_up())
    first = read.turns[1].first
    assert read.spoken_at(2, 0.0) == first
    assert read.spoken_at(2, 4.45) == first + 2
    assert read.spoken_at(2, 99.0) == first + 3
    assert read.place(2, 4) == first + 1
    assert read.place(3, 0) is None
    filler = read.step(0, lambda word: word.filler, 1)
    assert filler == first + 1
    assert read.step(filler, lambda word: word.filler, 1) == filler
    assert read.step(0, lambda word: word.text == "nowhere", -1) is None


def test_text_without_times_can_be_read() -> None:
    file = values.mock_file()
    written = replace(file.answers[0], transcript=Transcript.of_text("We ship it."), audio=None)
    read = read_through(replace(file, answers=(written,)))
    assert [word.seconds for word in read.words] == [None, None, None]
    assert read.spoken_at(1, 2.0) is None


def test_what_was_missed_is_told_for_the_question_of_a_turn() -> None:
    assert [each.signal for each in missed_in(follow_up(), 2)] == ["guardrail_named", "monitoring"]


def test_turns_are_called_by_their_question() -> None:
    kinds = ("question", "follow_up", "follow_up", "question", "follow_up")
    turns = [Turn("q", "", None, kind) for kind in kinds]
    assert [turn_label(turns, number) for number in range(1, 6)] == [
        *("question 1", "follow-up 1 to question 1", "follow-up 2 to question 1"),
        *("question 2", "follow-up 1 to question 2"),
    ]
    assert [question_of(turns, number) for number in (1, 3, 4, 5)] == [1, 1, 2, 2]
