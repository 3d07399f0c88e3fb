"""An answer that grows segment by segment: the same evidence as all at once, and no work done twice."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tui import locations
from tui.interview.load import load_catalogue
from tui.interview.types import Catalogue
from tui.meaning.encoder import shipped
from tui.rubric.detect import Detector
from tui.rubric.meaning import Blend
from tui.rubric.windows import LENGTHS
from tui.rubric.words import LONGEST_SENTENCE, WordReader, Words, read_words
from tui.transcript import Segment, Transcript, Word

LABELLED = Path(__file__).parent.parent / "data" / "signals"


def answers(name: str) -> list[str]:
    lines = (LABELLED / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def bare(text: str) -> str:
    """`text` as a recogniser without punctuation writes it."""
    return re.sub(r"[^\w\s%']", " ", text.lower())


def cut(text: str, chance: random.Random) -> Transcript:
    """`text` as spoken words with pauses and doubts, in segments that end anywhere, some of them without a word."""
    transcript, at, words = Transcript(audio_seconds=600.0), 0.0, text.split()
    while words:
        taken, words = words[: (size := chance.choice((0, 1, 2, 5, 15, 40)))], words[size:]
        spoken = []
        for word in taken:
            at += chance.choice((0.0, 0.0, 0.0, 0.1, 2.0))
            spoken.append(Word(word, at, at + 0.3, chance.choice((0.1, 0.6, 0.9, 0.95))))
            at += 0.3
        transcript = transcript.append(
            Segment.of_words(spoken, "It repeats itself." if chance.random() < 0.05 else None)
        )
    return transcript


@pytest.fixture(scope="module")
def detectors() -> tuple[Detector, Detector]:
    """Patterns alone, and with the encoder."""
    rubric = load_catalogue(locations.rubrics()).rubric
    return Detector(rubric), Detector(rubric, shipped())


@pytest.mark.parametrize(
    ("name", "first", "encoder", "punctuated"),
    [
        ("dev-a.jsonl", 3, False, True),
        ("dev-b.jsonl", 7, True, True),
        ("dev-c.jsonl", 11, False, False),
        ("dev-d.jsonl", 20, True, False),
    ],
)
def test_an_answer_in_pieces_is_read_as_it_is_at_once(
    detectors: tuple[Detector, Detector], name: str, first: int, encoder: bool, punctuated: bool
) -> None:
    chance = random.Random(name)
    text = " ".join(answers(name)[first : first + 2])
    transcript = cut(text if punctuated else bare(text), chance)
    detector = detectors[encoder]
    growing = detector.begin()
    for segment in transcript.segments:
        growing.append(segment)
        if chance.random() < 0.2:
            assert growing.evidence() == detector.detect(Transcript(growing.transcript.segments))
    assert growing.transcript.text == transcript.text
    assert growing.evidence() == detector.detect(Transcript(transcript.segments))


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        (["We would", "roll back."], True),
        (["We would not", "roll back."], False),
        (["We roll back.", "Actually no, scratch that."], False),
        (["We roll back.", "Actually", "no,", "scratch that."], False),
        (["We roll back", "?"], False),
        (["We roll", "um", "back"], True),
        (["We roll you", "know back"], True),
        (["We roll. You", "know back"], False),
        (["", "We roll", "", "back", ""], True),
        ([], False),
    ],
)
def test_what_comes_after_is_heeded(small: Catalogue, pieces: Sequence[str], found: bool) -> None:
    growing = Detector(small.rubric).begin()
    for piece in pieces:
        growing.append(Segment.of_text(piece))
    assert ("rollback" in growing.evidence()) is found


def test_a_verdict_is_revised_and_comes_back(small: Catalogue) -> None:
    growing = Detector(small.rubric).begin()
    verdicts = []
    for piece in ("We roll back.", "Scratch that.", "Well, in the end we do roll back."):
        growing.append(Segment.of_text(piece))
        verdicts.append(len(growing.evidence().get("rollback", ())))
    assert verdicts == [1, 0, 1]


def test_words_read_in_pieces_are_the_same_words() -> None:
    chance = random.Random(5)
    text = " ".join(chance.choices(["i", "mean", "you", "know", "um", "no", "roll", "back.", "so,", "…", "?"], k=2000))
    for size in (1, 2, 7, 60):
        reader, parts, at = WordReader(), text.split(), 0
        kept_before: list[int] = []
        for first in range(0, len(parts), size):
            piece = " ".join(parts[first : first + size])
            before = list(reader.tokens)
            kept_before.append(kept := reader.read(piece, at))
            assert reader.tokens[:kept] == before[:kept]
            at += len(piece) + 1
        assert tuple(reader.tokens) == read_words(text).tokens


def test_a_sentence_without_an_end_is_ended() -> None:
    words: Words = read_words("word " + "and so on " * LONGEST_SENTENCE)
    assert max(end - start for start, end in words.sentences.values()) == LONGEST_SENTENCE


class Counting:
    """A meaning that notes what it is asked."""

    version = "counting"
    blends: Mapping[str, Blend] = {"rollback": Blend(bias=0.0, logit=1.0, pattern=0.0)}
    demonstrated = 0.5
    doubtful = 0.4

    def __init__(self) -> None:
        self.asked: list[str] = []

    def logits(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked += texts
        return [[-5.0] for _ in texts]


def test_no_window_is_read_twice(small: Catalogue) -> None:
    meaning = Counting()
    growing = Detector(small.rubric, meaning).begin()
    segment = Segment.of_text(" ".join(f"word{n}" for n in range(40)))
    for number in range(20):
        growing.append(Segment.of_text(segment.text.replace("word", f"number{number}word")))
        growing.evidence()
    assert len(meaning.asked) == len(set(meaning.asked))
    # What a segment adds: the windows that begin in it, and the one of each length that the end had cut short.
    assert len(meaning.asked) <= 1 + 20 * sum(40 // (length // 3) + 2 for length in LENGTHS)


@dataclass(frozen=True)
class Hearing:
    """A meaning that hears a recap wherever one of `phrases` is."""

    phrases: tuple[str, ...]
    version: str = "hearing"
    blends: Mapping[str, Blend] = field(default_factory=lambda: {"impact_summary": Blend(0.0, 1.0, 3.0)})
    demonstrated: float = 0.5
    doubtful: float = 0.4

    def logits(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[2.0 if any(phrase in text for phrase in self.phrases) else -5.0] for text in texts]


FILLING = "and then there is the next part of it " * 40


@pytest.mark.parametrize(
    ("text", "phrases", "quoted"),
    [
        pytest.param(f"To sum up, the model will rise. {FILLING}", ("To sum up",), "To sum up", id="both, early"),
        pytest.param(f"To sum up, the model will rise. {FILLING}", (), "", id="the pattern alone, early"),
        pytest.param(f"What we have will rise. {FILLING}", ("will rise",), "", id="the encoder alone, early"),
        pytest.param(f"{FILLING}. What we have will rise.", ("will rise",), "will rise", id="the encoder, at the end"),
        pytest.param(
            f"To sum up, the model will rise. {FILLING}. To sum up, it fell.", ("To sum up",), "it fell", id="twice"
        ),
    ],
)
def test_a_recap_long_before_the_end_counts_where_pattern_and_encoder_agree(
    small: Catalogue, text: str, phrases: tuple[str, ...], quoted: str
) -> None:
    found = Detector(small.rubric, Hearing(phrases)).detect(Transcript.of_text(text)).get("impact_summary", ())
    assert [quoted in piece.quote for piece in found] == ([True] if quoted else [])


@dataclass(frozen=True)
class Doubting:
    """A meaning to which everything is improbable, with a pattern or without."""

    version: str = "doubting"
    blends: Mapping[str, Blend] = field(default_factory=lambda: {"rollback": Blend(-3.0, 1.0, 0.5)})
    demonstrated: float = 0.5
    doubtful: float = 0.4

    def logits(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[-1.0] for _ in texts]


def test_a_match_gains_what_a_short_text_lacks_in_windows(small: Catalogue) -> None:
    detector, said = Detector(small.rubric, Doubting()), "We roll back within minutes."
    assert "rollback" in detector.detect(Transcript.of_text(said))
    assert "rollback" not in detector.detect(Transcript.of_text(f"{said} {'It is a nice page. ' * 4}"))
    assert not detector.detect(Transcript.of_text("It is a nice page."))
