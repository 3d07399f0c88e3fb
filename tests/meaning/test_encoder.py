"""The shipped sentence encoder, and what it adds to patterns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tui import locations
from tui.errors import ModelError
from tui.interview.load import load_catalogue
from tui.meaning.encoder import FOLDER, Encoder, shipped
from tui.rubric.detect import Detector
from tui.rubric.windows import windows
from tui.transcript import Segment, Transcript, Word


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(load_catalogue(locations.rubrics()).rubric, shipped())


def test_it_knows_every_core_signal_and_fits_its_budget() -> None:
    assert set(shipped().blends) == set(load_catalogue(locations.rubrics()).rubric.signals)
    assert (FOLDER / "meaning.onnx").stat().st_size < 25_000_000


def test_it_hears_a_paraphrase_and_quotes_it(detector: Detector) -> None:
    text = (
        "So I ship it to one country first. And the moment the numbers look bad, everybody gets last week's model, "
        "that is a switch, it takes a minute. The office was nice as well, we had plants and a coffee machine."
    )
    (evidence, *_) = detector.detect(Transcript.of_text(text))["rollback"]
    assert "last week's model" in evidence.quote
    assert text[evidence.start : evidence.end] == evidence.quote
    assert evidence.confidence is not None
    assert evidence.confidence >= shipped().demonstrated


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("We would roll back to the previous model.", "rollback"),
        ("My primary metric is retention.", "metric_named"),
        ("The guardrail is crash rate.", "guardrail_named"),
        ("We canary at 5%.", "rollout"),
        ("I assume ten million daily users.", "assumptions_stated"),
    ],
)
def test_a_sentence_that_stands_alone_is_heard(detector: Detector, text: str, signal: str) -> None:
    (evidence,) = detector.detect(Transcript.of_text(text))[signal]
    assert evidence.certain


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("We would not roll back.", "rollback"),
        ("Is there a guardrail?", "guardrail_named"),
        ("Some people would canary it, I never do.", "rollout"),
        ("I have not thought about monitoring.", "monitoring"),
        ("The primary metric is something I would leave to product.", "metric_named"),
    ],
)
def test_nor_does_it_count_more_than_it_says(detector: Detector, text: str, signal: str) -> None:
    assert signal not in detector.detect(Transcript.of_text(text))


def test_it_credits_nothing_in_small_talk(detector: Detector) -> None:
    text = (
        "Hi, thanks for having me today. " * 3
        + "The weather is nice, and my train was on time. I like your office a lot."
    )
    found = detector.detect(Transcript.of_text(text))
    assert {signal for signal, pieces in found.items() if any(piece.certain for piece in pieces)} == set()


def test_what_was_read_stays_when_an_answer_grows() -> None:
    before = "we start with a simple rule and then we see whether a model is worth it at all for this team " * 4
    after = before + "and after that we look at the numbers again"
    kept = {window.text for window in windows(before)} & {window.text for window in windows(after)}
    assert len(kept) >= len(list(windows(before))) - 4


def test_the_same_words_say_the_same_in_any_company() -> None:
    alone = Encoder().logits(["we roll back within minutes"])[0]
    company = Encoder().logits(["a much longer text beside the other one " * 4, "we roll back within minutes"])[1]
    assert alone == company


def test_unclear_words_cannot_be_told(detector: Detector) -> None:
    spoken = "and if errors rise we roll back to the previous model within minutes".split()
    words = [Word(text, n * 0.4, n * 0.4 + 0.3, 0.05) for n, text in enumerate(spoken)]
    found = detector.detect(Transcript((Segment.of_words(words),), audio_seconds=8.0))
    assert found["rollback"]
    assert not any(piece.certain for piece in found["rollback"])


@pytest.mark.parametrize("damage", ["missing", "no model", "no words", "bad numbers"])
def test_a_damaged_encoder_is_one_sentence(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    if damage == "missing":
        shutil.rmtree(folder)
    elif damage == "no model":
        (folder / "meaning.onnx").write_bytes(b"not a model")
    elif damage == "no words":
        (folder / "tokenizer.json").write_text("{}")
    else:
        (folder / "signals.json").write_text(json.dumps({"signals": {"rollback": {"bias": "x"}}}))
    with pytest.raises(ModelError, match="sentence encoder"):
        Encoder(folder).logits(["we roll back"])


def test_half_characters_are_read_without_a_stumble(detector: Detector) -> None:
    text = "We roll back to the previous model \ud800 within minutes."
    (evidence, *_) = detector.detect(Transcript.of_text(text))["rollback"]
    assert text[evidence.start : evidence.end] == evidence.quote
