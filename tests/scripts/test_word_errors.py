"""The benchmarks count what they say they count."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from speech_corpus import join, read_corpus
from word_errors import HeardWord, count, start_errors


def test_spelling_and_punctuation_are_no_errors_and_words_are() -> None:
    same = count("Beauty’s rose, at twenty-five percent.", "beauty's rose at 25%")
    assert (same.words, same.rate) == (5, 0.0)
    found = count("we ship the ranker on friday", "we chip ranker on friday evening")
    assert (found.substitutions, found.deletions, found.insertions, found.longest_lost) == (1, 1, 1, 1)
    assert found.rate == pytest.approx(0.5)


def test_a_reference_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        count("[coughs]", "something")


def test_starts_are_compared_where_the_first_word_was_heard() -> None:
    words = [HeardWord("It's", 1.1, 1.3), HeardWord("late.", 1.3, 1.8), HeardWord("Ship", 5.0, 5.2)]
    assert start_errors([("it's late", 1.0), ("ship it", 5.5), ("now", 9.0)], words) == pytest.approx([0.1, -0.5])


def test_a_filler_before_the_first_word_says_nothing_of_its_start() -> None:
    words = [HeardWord("Uh", 1.0, 1.2), HeardWord("so", 2.0, 2.2), HeardWord("now", 9.1, 9.3)]
    assert start_errors([("uh so", 1.0), ("now", 9.0)], words) == pytest.approx([0.1])


def test_joined_clips_lie_where_they_are_said_to_lie(tmp_path: Path) -> None:
    tone = np.sin(np.arange(16_000) * 0.2).astype(np.float32) / 2
    padded = np.concatenate((np.zeros(8_000, np.float32), tone, np.zeros(4_000, np.float32)))
    soundfile.write(tmp_path / "a.wav", padded, 16_000)
    (tmp_path / "corpus.tsv").write_text("file\treference\na.wav\tbeep\n")
    places = join(read_corpus(tmp_path), 0.1, tmp_path / "joined.wav")
    audio, _ = soundfile.read(tmp_path / "joined.wav")
    assert len(places) > 2
    for place in places:
        assert place.end - place.start == pytest.approx(1.0, abs=0.02)
        inside = audio[int(place.start * 16_000) : int(place.end * 16_000)]
        before = audio[int(place.start * 16_000) - 4_000 : int(place.start * 16_000)]
        assert np.abs(inside).mean() > 20 * np.abs(before).mean()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (None, "cannot be read"),
        ("name\ttext\na.wav\tbeep\n", "needs the columns file and reference"),
        ("file\treference\n", "a line for each clip"),
        ("file\treference\nb.wav\tbeep\n", "b.wav, which"),
        ("reference\tfile\nbeep\n", "is not there"),
    ],
)
def test_a_folder_that_is_no_corpus_is_told(tmp_path: Path, table: str | None, told: str) -> None:
    if table is not None:
        (tmp_path / "corpus.tsv").write_text(table)
    with pytest.raises(SystemExit, match=told):
        read_corpus(tmp_path)
