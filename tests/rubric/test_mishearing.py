"""Terms as recognisers write them, and the same words where they mean what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui import locations
from tui.interview.load import load_catalogue
from tui.rubric.detect import Detector
from tui.rubric.language import PatternReader
from tui.rubric.mishearing import Vocabulary
from tui.rubric.types import Rubric, Term
from tui.rubric.words import Token, read_words
from tui.transcript import Segment, Transcript

MISHEARD = Path(__file__).parent.parent / "data" / "signals" / "misheard.jsonl"


@pytest.fixture(scope="module")
def full() -> Rubric:
    return load_catalogue(locations.rubrics()).rubric


@pytest.fixture(scope="module")
def vocabulary(full: Rubric) -> Vocabulary:
    return Vocabulary(full.terms, PatternReader(full.words))


def understood(vocabulary: Vocabulary, text: str) -> list[Token]:
    words = read_words(text)
    return [
        token for first, end in words.sentences.values() for token in vocabulary.understood(words.tokens[first:end])
    ]


def surfaces(tokens: list[Token]) -> str:
    return " ".join(token.surface for token in tokens)


@pytest.mark.parametrize(("listed", "share"), [(True, 0.75), (False, 0.55)])
def test_real_mishearings_are_understood(vocabulary: Vocabulary, listed: bool, share: float) -> None:
    """What tiny.en wrote, unprimed, where a synthetic voice said a term; the list was written on one part only."""
    lines = [json.loads(line) for line in MISHEARD.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["listed"] is listed]
    right = [f" {line['term']} " in f" {surfaces(understood(vocabulary, line['heard']))} " for line in lines]
    before = [f" {line['term']} " in f" {surfaces(list(read_words(line['heard']).tokens))} " for line in lines]
    assert len(lines) >= 20
    assert not any(before)
    assert sum(right) >= share * len(lines)


@pytest.mark.parametrize(
    "text",
    [
        "The Canary islands were lovely, we flew at one percent of the price.",
        "We can area by area check the percentage of lawn.",
        "Is there anything you can airy about?",
        "He came late and see, nobody was there.",
        "A light and see through curtain hung there.",
        "The label light on the bottle was broken.",
        "Put a label like this one on the box.",
        "A cup of coffee during the experiment would be nice.",
        "We retain our members for years.",
        "We retain nightly staff in the hotel.",
        "He made it in ninety five days.",
        "He can do it.",
        "They kill which ever plant is weak.",
        "Do you see the metric on the left?",
        "It is all of end of season stock.",
        "Enter leaving date and time here.",
        "We check in on every variant of the test.",
        "There is no rate that I would quote.",
        "The guard drilled for an hour.",
        "I turn model trains into lamps.",
        "I work on the first floor and see the tea are cold.",
        "My roll bag is on the train.",
        "Picking apples is fun.",
        "We can are our own beans.",
        "I saw you, and you see, it was a you see moment.",
        "The cannery employs forty people.",
    ],
)
def test_ordinary_words_are_what_they_are(vocabulary: Vocabulary, text: str) -> None:
    assert surfaces(understood(vocabulary, text)) == surfaces(list(read_words(text).tokens))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("we put a can area on one percent", "we put a canary on one percent"),
        ("one percent first as a can area", "one percent first as a canary"),
        ("a canaree on one percent of traffic", "a canary on one percent of traffic"),
        ("en dee see gee at ten", "ndcg at ten"),
        ("offline n d c g at ten", "offline ndcg at ten"),
        ("label light of two days for the clicks", "label lag of two days for the clicks"),
        ("late and see under two hundred milliseconds", "latency under two hundred milliseconds"),
        ("he 95 latency under 80 ms", "p 95 latency under 80 ms"),
    ],
)
def test_terms_are_understood(vocabulary: Vocabulary, text: str, meant: str) -> None:
    assert surfaces(understood(vocabulary, text)) == meant


def test_a_pause_within_is_no_term(vocabulary: Vocabulary) -> None:
    assert "canary" not in surfaces(understood(vocabulary, "do what you can, area by area, at one percent"))


def test_terms_keep_their_place_in_the_text(vocabulary: Vocabulary) -> None:
    text = "So, a can area, at one percent."
    (token,) = (token for token in understood(vocabulary, text) if token.surface == "canary")
    assert text[token.start : token.end] == "can area"
    text = "The labelleg is two days of clicks."
    first, last = (token for token in understood(vocabulary, text) if token.surface in ("label", "lag"))
    assert text[first.start : last.end] == "labelleg"


def test_the_end_of_a_sentence_stays() -> None:
    vocabulary = Vocabulary([Term("kill switch", near=("revert",), heard=("kill which",))], PatternReader())
    last = understood(vocabulary, "we revert with a kill which?")[-1]
    assert (last.surface, last.mark) == ("switch", "?")


def test_quotes_show_what_was_written(full: Rubric) -> None:
    detector = Detector(full)
    growing = detector.begin()
    for piece in ("We start with a can", "area, and it gets", "one percent of the traffic first."):
        growing.append(Segment.of_text(piece))
    text = growing.transcript.text
    (piece, *_) = growing.evidence()["rollout"]
    assert "can area" in piece.quote
    assert text[piece.start : piece.end] == piece.quote
    assert growing.evidence() == detector.detect(Transcript(growing.transcript.segments))
