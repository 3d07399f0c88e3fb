"""The pattern language, as rubrics/README.md describes it."""

from __future__ import annotations

import time

import pytest

from tui.rubric.language import PatternError, PatternReader
from tui.rubric.words import read_words

LISTS = {"metric": ("watch time", "ndcg", "retention"), "model": ("model", "ranker"), "both": ("@metric", "@model")}


def found(pattern: str, text: str) -> list[str]:
    words = read_words(text)
    hits = PatternReader(LISTS).read(pattern).find(words)
    return [text[words.tokens[hit.start].start : words.tokens[hit.end - 1].end] for hit in hits]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("roll back", "we rolled back", ["rolled back"]),
        ("roll back", "we rolled it back", []),
        ("roll ...1 back", "we rolled it back", ["rolled it back"]),
        ("rolled back", "we roll back", []),
        ("=lead", "we led, they lead", ["lead"]),
        ("cat", "concatenate the cat", ["cat"]),
        ("monitor*", "monitoring and monitors", ["monitoring", "monitors"]),
        ("(flip|switch back|move)", "switch back or move", ["switch back", "move"]),
        ("flip the? flag", "flip flag, flip the flag", ["flip flag", "flip the flag"]),
        ("flip (all of)? traffic", "flip all of traffic", ["flip all of traffic"]),
        ("watch ...2 user", "watch for angry users", ["watch for angry users"]),
        ("watch ...2 user", "watch for very angry users", []),
        ("watch ... user", "watch it. The user left", []),
        ("model _ model", "model to model, model model", ["model to model"]),
        ("move @metric", "this moves watch time and NDCG", ["moves watch time"]),
        ("@both", "the ranker's retention", ["ranker's", "retention"]),
        ("a b test", "an A/B test", ["A/B test"]),
        ("roll-back", "a roll back", ["roll back"]),
        ("we monitor", "we'd monitor it", ["we'd monitor"]),
        ("we monitor", "We, um, monitor it", ["We, um, monitor"]),
        ("assume you know", "I assume you know recursion", ["assume you know"]),
        ("we monitor", "we we you know monitor it", ["we we you know monitor"]),
    ],
)
def test_matches(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("<number> user", "forty two users", "forty two users"),
        ("under <duration>", "under 200ms at the edge", "under 200ms"),
        ("under <duration>", "under two hundred milliseconds", "under two hundred milliseconds"),
        ("within <duration>", "within half an hour", "within half an hour"),
        ("every <duration>", "every six hours", "every six hours"),
        ("by <percent>", "by one point five percent", "by one point five percent"),
        ("by <percent>", "by 2%", "by 2%"),
        ("by <percent>", "by thirty basis points", "by thirty basis points"),
        ("by <percent>", "by 3 percentage points", "by 3 percentage points"),
        ("<percentile>", "our p95", "p95"),
        ("<percentile>", "p ninety nine", "p ninety nine"),
        ("<percentile>", "the 99th percentile", "99th percentile"),
        ("<percentile>", "ninety fifth percentile", "ninety fifth percentile"),
        ("<number> dollar", "10k dollars", "10k dollars"),
    ],
)
def test_slots(pattern: str, text: str, expected: str) -> None:
    assert expected in found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"), [("<percent>", "five people"), ("<duration>", "two users"), ("<percentile>", "five people")]
)
def test_slots_need_their_unit(pattern: str, text: str) -> None:
    assert found(pattern, text) == []


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "empty"),
        ("(roll|revert", "ends too soon"),
        ("roll)", "unexpected ')' at character 5"),
        ("@nothing", "no word list @nothing"),
        ("<mood>", "<mood> is not a slot"),
        ("roll ...99 back", "...99 is not a gap"),
        ("... word?", "match anything"),
    ],
)
def test_mistakes_are_explained(pattern: str, told: str) -> None:
    with pytest.raises(PatternError, match=r"expected|holds no word") as raised:
        PatternReader(LISTS).read(pattern)
    assert told in str(raised.value)


def test_a_list_that_contains_itself_is_told() -> None:
    with pytest.raises(PatternError, match="contains itself"):
        PatternReader({"ring": ("a @ring",)}).read("@ring")


def test_no_pattern_hangs() -> None:
    """Nested gaps over thousands of words would take for ever with backtracking."""
    pattern = PatternReader().read("a ...20 (a ...20 a?)? ...20 (a ...20 a)? ...20 a ...20 zebra")
    started = time.process_time()
    assert not pattern.occurs(read_words("a b " * 1000), 0, 2000)
    # Not a timing bar: backtracking would need longer than the universe has existed.
    assert time.process_time() - started < 60


def test_words_know_their_place() -> None:
    text = "So, um, we’d watch — watch p95."
    for token in read_words(text).tokens:
        assert text[token.start : token.end].lower().replace("’", "'") == token.surface


@pytest.mark.parametrize(
    "text", ["", "n't", "'", "’s", "...", "?!", "%", "don't 't n't's", "\x00\x1b[1m", "ﬃ ß İ 한국어 123", "a" * 5000]
)
def test_odd_text_is_read_without_a_stumble(text: str) -> None:
    for token in read_words(text).tokens:
        assert token.end <= len(text)
