"""What every engine does alike, with the real default model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.speech.spoken import RATE, canary, noise
from tui.speech.engine import FASTER_WHISPER, Engine, load_engine, most_tokens
from tui.speech.tempo import at_tempo


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return load_engine(FASTER_WHISPER, "tiny.en", Path(tmp_path_factory.mktemp("home")))


@pytest.mark.parametrize(
    "samples",
    [canary()[int(12.6 * RATE) : int(12.9 * RATE)], np.tile(canary()[int(9.1 * RATE) : int(9.4 * RATE)], 20), noise(2)],
    ids=["cut word", "stutter", "noise"],
)
def test_going_round_in_circles_ends_soon(engine: Engine, samples: np.ndarray) -> None:
    """Without a limit the model says `So like, so like` 48 times in a third of a second of audio."""
    (words,) = engine.decode([samples], ())
    assert len(words) <= most_tokens(len(samples) / RATE)


def test_a_hurried_speaker_is_heard_to_the_end(engine: Engine) -> None:
    hurried = at_tempo(canary(), RATE, 1.7)
    words = [word.text.strip(" .,").lower() for word in engine.decode([hurried], ())[0]]
    assert words[-1] == "retrain"
    assert len(words) > 30


def test_pieces_decoded_together_say_what_they_say_alone(engine: Engine) -> None:
    """A piece that goes round in circles among longer ones is cut off as early as alone, and one of 25 s has room."""
    spoken = canary()
    cut_word = spoken[int(12.6 * RATE) : int(12.9 * RATE)]
    pieces = [spoken[: 6 * RATE], cut_word, spoken[6 * RATE : 14 * RATE], spoken[: 2 * RATE], noise(2)]
    alone = [engine.decode([samples], ())[0] for samples in pieces]
    assert engine.decode(pieces, ()) == alone
    assert [bool(words) for words in alone[:4]] == [True] * 4
    longest = np.concatenate((spoken, spoken))[: 25 * RATE]
    together = engine.decode([pieces[0], longest], ())
    assert together[0] == alone[0]
    assert len(together[1]) > 2 * len(alone[0])


def test_no_piece_is_no_words(engine: Engine) -> None:
    assert engine.decode([], ()) == []
