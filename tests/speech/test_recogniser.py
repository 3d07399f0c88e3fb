"""Recognising ahead of time in a pause: used when the answer ends there, thrown away when speech goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.speech.spoken import RATE, TERMS, canary, silence
from tui.speech.engine import Engine, load_engine
from tui.speech.priming import bare
from tui.speech.recogniser import Recogniser
from tui.transcript import Segment, Word


def answer() -> npt.NDArray[np.float32]:
    """Speech that makes one piece."""
    return canary()[: int(12.4 * RATE)]


class Counted:
    """The real engine, with a count of what it was asked for."""

    name = "faster-whisper"
    model = "tiny.en"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.seconds: list[float] = []

    def decode(self, pieces: Sequence[npt.NDArray[np.float32]], terms: Sequence[str]) -> list[tuple[Word, ...]]:
        self.seconds += [len(samples) / RATE for samples in pieces]
        return self._engine.decode(pieces, terms)


@pytest.fixture(scope="module")
def model() -> Engine:
    return load_engine("faster-whisper", "tiny.en", Path())


@pytest.fixture
def engine(model: Engine) -> Counted:
    return Counted(model)


def heard(engine: Engine, samples: npt.NDArray[np.float32]) -> list[Segment | None]:
    recogniser = Recogniser(lambda: engine, TERMS)
    return [*recogniser.feed(samples), *recogniser.finish()]


def test_what_was_guessed_in_the_last_pause_is_used_at_the_end(model: Engine, engine: Counted) -> None:
    recogniser = Recogniser(lambda: engine, TERMS)
    assert list(recogniser.feed(np.concatenate((answer(), silence(0.8))))) == []
    assert recogniser.guess()
    assert not recogniser.guess()
    asked = len(engine.seconds)
    segments = list(recogniser.finish())
    assert len(engine.seconds) == asked
    assert (recogniser.guessed, recogniser.used) == (1, 1)
    assert segments == heard(model, np.concatenate((answer(), silence(0.8))))


def test_what_was_guessed_is_thrown_away_when_speech_goes_on(model: Engine, engine: Counted) -> None:
    spoken = answer()
    pause = int(4.3 * RATE)
    parts = np.concatenate((spoken[:pause], silence(0.7))), spoken[pause:]
    recogniser = Recogniser(lambda: engine, TERMS)
    assert list(recogniser.feed(parts[0])) == []
    assert recogniser.guess()
    segments = list(recogniser.feed(np.concatenate((parts[1], silence(3)))))
    assert (recogniser.guessed, recogniser.used) == (1, 0)
    assert segments == heard(model, np.concatenate((*parts, silence(3))))


def test_at_the_end_only_what_was_said_since_a_guess_is_recognised(model: Engine, engine: Counted) -> None:
    spoken = answer()
    pause = int(2.7 * RATE)
    parts = np.concatenate((spoken[:pause], silence(0.7))), spoken[pause : int(6.0 * RATE)]
    recogniser = Recogniser(lambda: engine, TERMS)
    assert list(recogniser.feed(parts[0])) == []
    assert recogniser.guess()
    asked = len(engine.seconds)
    (segment,) = [*recogniser.feed(parts[1]), *recogniser.finish()]
    assert recogniser.used == 1
    assert max(engine.seconds[asked:]) < 4.0
    (whole,) = heard(model, np.concatenate(parts))
    assert segment is not None
    assert whole is not None
    assert [bare(word.text) for word in segment.words] == [bare(word.text) for word in whole.words]
    assert [word.start for word in segment.words] == pytest.approx([word.start for word in whole.words], abs=0.4)


def test_a_word_after_a_guess_is_recognised_with_what_came_before(model: Engine, engine: Counted) -> None:
    spoken = answer()
    pause = int(2.7 * RATE)
    parts = np.concatenate((spoken[:pause], silence(0.7))), spoken[pause : int(3.5 * RATE)]
    recogniser = Recogniser(lambda: engine, TERMS)
    list(recogniser.feed(parts[0]))
    assert recogniser.guess()
    segments = [*recogniser.feed(parts[1]), *recogniser.finish()]
    assert recogniser.used == 0
    assert segments == heard(model, np.concatenate(parts))


def test_a_guess_is_used_when_its_piece_settles(model: Engine, engine: Counted) -> None:
    recogniser = Recogniser(lambda: engine, TERMS)
    assert list(recogniser.feed(np.concatenate((answer(), silence(0.8))))) == []
    assert recogniser.guess()
    (segment,) = recogniser.feed(silence(4))
    assert recogniser.used == 1
    assert [segment] == heard(model, np.concatenate((answer(), silence(4.8))))


def test_nothing_is_guessed_while_somebody_speaks_or_before(engine: Counted) -> None:
    recogniser = Recogniser(lambda: engine, TERMS)
    list(recogniser.feed(silence(2)))
    assert not recogniser.guess()
    list(recogniser.feed(canary()[: 3 * RATE]))
    assert not recogniser.guess()
    assert engine.seconds == []


def test_nothing_is_lost_where_the_level_jumps_or_a_pause_is_long(model: Engine) -> None:
    levels_and_pauses = ((1.0, 0.6), (0.01, 22.0), (0.3, 5.0), (0.004, 1.0))
    parts = [part for level, pause in levels_and_pauses for part in (answer() * np.float32(level), silence(pause))]
    samples = np.concatenate((*parts, answer()))
    recogniser = Recogniser(lambda: model, TERMS)
    segments: list[Segment | None] = []
    for at in range(0, len(samples), RATE):
        segments += recogniser.feed(samples[at : at + RATE])
    segments += recogniser.finish()
    said = [bare(word.text) for segment in segments if segment for word in segment.words]
    for word in ("ranker", "canary", "latency", "ndcg", "rollback"):
        assert said.count(word) == 5, (word, said)
    starts = np.cumsum([0.0, *(len(answer()) / RATE + pause for _, pause in levels_and_pauses)])
    voiced = [sum(s.seconds for s in recogniser.voice if at <= s.start < at + 12.4) for at in starts]
    assert min(voiced) > 0.9 * max(voiced)


def test_pieces_are_the_same_however_the_audio_arrives(model: Engine) -> None:
    samples = np.concatenate((canary(), silence(1), canary() * np.float32(0.02), silence(3), canary()))
    recogniser = Recogniser(lambda: model, TERMS)
    bit_by_bit: list[Segment | None] = []
    for at in range(0, len(samples), RATE // 4):
        bit_by_bit += recogniser.feed(samples[at : at + RATE // 4])
    assert len(bit_by_bit) >= 3
    bit_by_bit += recogniser.finish()
    assert bit_by_bit == heard(model, samples)
    assert len(recogniser._audio) < 20 * RATE
