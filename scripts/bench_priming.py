"""Are the terms of the rubric heard when they are said, and only then?

Usage: python scripts/bench_priming.py FOLDER... [--model tiny.en] [--round ID] [--minutes 30]

Each FOLDER has a `corpus.tsv` with the columns `file` and `reference`: speech in which terms are said, and speech about
other things. Tells, unprimed and primed with all terms or those of one round, how many of the terms that were said
were heard, and which were heard more often than they were said. --minutes of silence, room noise, tones and music-like
noise are heard too: no word of a term may come out of them. Terms are compared as letters: `roll back` is `rollback`.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
from speech_corpus import RATE, read_audio, read_corpus
from word_errors import Errors, count, normalised

from tui import locations
from tui.cli.transcribe import terms as terms_of
from tui.interview.load import load_catalogue
from tui.speech.engine import FASTER_WHISPER, Engine, load_engine
from tui.speech.recogniser import Recogniser

ENDING = r"(?:s|es|d|ed|r|er|ers|ing|ly)?(?= |$)"
"""What a term may end in, whose own plural is taken away: `slash` is no `SLA`."""


def hear(engine: Engine, samples: np.ndarray, terms: tuple[str, ...]) -> str:
    """What our path makes of `samples`."""
    recogniser = Recogniser(lambda: engine, terms)
    segments = [*recogniser.feed(samples), *recogniser.finish()]
    return " ".join(segment.text for segment in segments if segment)


def said(text: str, terms: tuple[str, ...]) -> Counter[str]:
    """How often each of `terms` is in `text`, with any ending."""
    # A voice that reads `A/B` as "A slash B" has said that.
    words = [re.sub(r"[^a-z0-9]", "", word) for word in normalised(text.replace(" slash ", "/")).split()]
    joined = " " + " ".join(words)
    found: Counter[str] = Counter()
    for term in terms:
        letters = re.sub(r"(?<=[^s])s$", "", re.sub(r"[^a-z0-9]", "", normalised(term)))
        if letters:
            found[term] = len(re.findall(r" " + r" ?".join(letters) + ENDING, joined))
    return found


def noises(minutes: float) -> dict[str, np.ndarray]:
    """Sounds without speech, together `minutes` long."""
    draw = np.random.default_rng(5)
    n = int(minutes * 60 * RATE / 5)
    t = np.arange(n) / RATE
    spectrum = np.fft.rfft(draw.normal(size=n))
    room = np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), n)
    chords = sum(
        np.sin(2 * np.pi * pitch * t) * np.sin(2 * np.pi * beat * t) ** 2
        for pitch, beat in ((220, 0.5), (277, 0.7), (330, 1.1), (440, 0.3))
    )
    found = {
        "silence": np.zeros(n),
        "white noise": draw.normal(0, 0.02, n),
        "room noise": 0.1 * room / np.abs(room).max(),
        "tones": 0.3 * np.sin(2 * np.pi * (200 + 100 * np.floor(t % 8)) * t),
        "music-like noise": 0.08 * chords + draw.normal(0, 0.01, n),
    }
    return {name: samples.astype(np.float32) for name, samples in found.items()}


def corpus(engine: Engine, folder: Path, terms: tuple[str, ...]) -> None:
    """Print what was heard in the speech of `folder`."""
    clips = read_corpus(folder)
    for name, told in (("unprimed", ()), ("primed", terms)):
        errors, spoken, heard = Errors(), Counter[str](), Counter[str]()
        missed, added = Counter[str](), Counter[str]()
        seconds, began = 0.0, time.process_time()
        for clip in clips:
            samples = read_audio(clip.path)
            seconds += len(samples) / RATE
            text = hear(engine, samples, told)
            errors.add(count(clip.reference, text))
            there, found = said(clip.reference, terms), said(text, terms)
            spoken += there
            heard += there & found
            missed += there - found
            added += found - there
        cost = (time.process_time() - began) / seconds
        total, right = spoken.total(), heard.total()
        print(
            f"{folder.name}, {name}: {seconds / 60:.1f} min, word error rate {errors.rate:.4f}, "
            f"deleted {errors.deleted:.2%}; terms heard {right} of {total} ({right / max(1, total):.1%}), "
            f"never said {added.total()}; {cost:.3f} processor seconds a second"
        )
        print(f"  missed {dict(missed)}\n  never said {dict(added)}", flush=True)


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--round", dest="round_id", help="tell and count the terms of this round, as in a mock")
    parser.add_argument("--minutes", type=float, default=30.0, help="of sounds without speech")
    given = parser.parse_args()
    terms = terms_of(load_catalogue(locations.rubrics()), given.round_id)
    engine = load_engine(FASTER_WHISPER, given.model, Path(tempfile.mkdtemp()))
    print(f"{len(terms)} terms")
    for folder in given.folders:
        corpus(engine, folder, terms)
    for name, samples in noises(given.minutes).items() if given.minutes else ():
        text = hear(engine, samples, terms)
        print(f"{len(samples) / RATE / 60:.1f} min of {name}: {text or 'nothing'}", flush=True)


if __name__ == "__main__":
    main()
