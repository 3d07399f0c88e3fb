"""Evidence: what counts, what is taken back, and where the quote stands."""

from __future__ import annotations

import pytest

from tui.interview.types import Catalogue
from tui.rubric.detect import Detector
from tui.rubric.examples import run_signal
from tui.rubric.types import Rubric
from tui.transcript import Segment, Transcript, Word


@pytest.fixture(scope="module")
def detector(small: Catalogue) -> Detector:
    return Detector(small.rubric)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We roll back when errors rise.", True),
        ("we would, under these circumstances, not roll back", False),
        ("We would not roll back.", False),
        ("we wouldn't roll it back", False),
        ("It's not only fast, we can roll back too.", True),
        ("We would not ship that, but we roll back quickly.", True),
        ("I would not launch without a way to roll back.", True),
        ("Rolling back is not needed here.", False),
        ("Should I talk about how we roll back", False),
        ("Do we roll back?", False),
        ("Some people roll back at once.", False),
        ("Some people roll back at once, and I roll back as well.", True),
        ("We'd roll back. Actually no, we'd fix forward.", False),
        ("i rolled my chair far far far back", False),
        ("we reverted the trades", False),
        ("um we we rolled uh back", True),
        ("if those numbers go south we flip everyone to yesterday's model", True),
    ],
)
def test_what_counts(detector: Detector, text: str, expected: bool) -> None:
    assert ("rollback" in detector.detect(Transcript.of_text(text))) is expected


def test_a_signal_may_allow_a_scope(detector: Detector) -> None:
    assert "assumptions_stated" in detector.detect(Transcript.of_text("Is there a hard limit on memory?"))


def test_examples_of_the_small_rubric_pass(rubric: Rubric, detector: Detector) -> None:
    results = [result for signal in rubric.signals.values() for result in run_signal(signal, detector)]
    assert len(results) == 4
    assert all(result.passed for result in results)


def test_quotes_are_verbatim_and_short(detector: Detector) -> None:
    text = "So… [bold]well[/bold]: " + "and then we go on " * 30 + "we roll back to it " + "and so on " * 60
    (evidence,) = detector.detect(Transcript.of_text(text))["rollback"]
    assert text[evidence.start : evidence.end] == evidence.quote
    assert "roll back" in evidence.quote
    assert len(evidence.quote.split()) <= 40


def _spoken(probability: float) -> Transcript:
    words = [Word(text, n * 0.5, n * 0.5 + 0.4, 0.9) for n, text in enumerate("First we look. Then we".split())]
    words += [Word("roll", 2.5, 2.9, probability), Word("back.", 3.0, 3.4, 0.9)]
    return Transcript((Segment.of_words(words),), audio_seconds=4.0)


def test_evidence_has_the_seconds_of_its_quote(detector: Detector) -> None:
    (evidence,) = detector.detect(_spoken(0.9))["rollback"]
    assert evidence.quote == "Then we roll back."
    assert (evidence.start_seconds, evidence.end_seconds) == (1.5, 3.4)
    assert evidence.certain


def test_unclear_words_are_not_certain(detector: Detector) -> None:
    (evidence,) = detector.detect(_spoken(0.05))["rollback"]
    assert not evidence.certain
    assert evidence.probability == 0.05


def test_an_unclear_segment_is_not_certain(detector: Detector) -> None:
    heard = _spoken(0.9)
    unclear = Segment.of_words(heard.segments[0].words, unclear="It repeats itself.")
    (evidence,) = detector.detect(Transcript((unclear,), audio_seconds=4.0))["rollback"]
    assert not evidence.certain
