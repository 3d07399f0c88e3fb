"""How soon after the last word the transcript and the postmortem are there, for answers of 1 to 45 minutes.

Usage: python scripts/bench_live.py FOLDER [--model tiny.en] [--minutes 1 5 15 45] [--ends 20] [--microphone 3]

FOLDER holds clips of speech and a `corpus.tsv`; they are joined to long answers. Each answer is followed as the worker
follows a recording, by a clock that leaves out the waiting: recognising takes the time that it takes, and audio arrives
as if it were spoken meanwhile, so that whatever is left undone piles up. The answer is ended at many moments within its
last half: after a sentence and the time it takes to press a key, and at random moments, also in the middle of a word.
With --microphone so many answers of a minute are spoken into a virtual microphone (PulseAudio) in real time, through
recorder, processes, session and history.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from live_microphone import KEY_SECONDS, ROUND, Ending, spoken_endings
from long_answer import LongAnswer, Samples, long_answer
from speech_corpus import RATE, read_corpus

from tui import locations
from tui.interview.assess import Answered, Assessor
from tui.interview.load import load_catalogue
from tui.interview.types import vocabulary
from tui.meaning.encoder import shipped
from tui.rubric.detect import GrowingAnswer
from tui.session.assessing import assess_turns
from tui.speech.engine import DEFAULT_ENGINE, load_engine
from tui.speech.follower import follow
from tui.speech.growing_wav import MOST_SECONDS
from tui.speech.recogniser import Recogniser
from tui.transcript import Segment, Transcript

BLOCK = RATE // 10
"""Samples that a recorder writes at a time."""
BEFORE = 25.0
"""Seconds before its end from which an ending is played through: more than the longest piece."""
BARS = {"tiny.en": (1.2, 2.0), "base": (2.0, 3.0)}
"""Median and 95th percentile of the seconds from the end of the audio to the transcript."""
POSTMORTEM_BAR = 0.3


class Clock:
    """Time that passes while something is done, and leaps over waiting."""

    def __init__(self, at: float = 0.0) -> None:
        self._offset = at - time.monotonic()

    @property
    def now(self) -> float:
        return time.monotonic() + self._offset

    def leap(self, seconds: float) -> None:
        self._offset += seconds

    @contextmanager
    def stopped(self) -> Iterator[float]:
        """Let no time pass while the block runs; gives the time at which it stands still."""
        began = time.monotonic()
        yield began + self._offset
        self._offset -= time.monotonic() - began


class Arriving:
    """A recording that grows by the clock until it ends: what `GrowingWav` and the worker's course are in life."""

    cancelled = False

    def __init__(self, samples: Samples, clock: Clock, end: float, read: int = 0) -> None:
        self.clock = clock
        self.end = end
        self.at = read
        self._samples = samples

    @property
    def ended(self) -> bool:
        return self.clock.now >= self.end

    def read(self) -> Samples:
        whole = int(self.end * RATE)
        there = whole if self.ended else min(whole, int(self.clock.now * RATE) // BLOCK * BLOCK)
        part = self._samples[self.at : min(there, self.at + MOST_SECONDS * RATE)]
        self.at += len(part)
        return part

    def wait(self, seconds: float) -> None:
        self.clock.leap(max(0.0, min(seconds, self.end - self.clock.now)))


class Bench:
    """One model, and what assesses the answers."""

    def __init__(self, model: str) -> None:
        self.engine = load_engine(DEFAULT_ENGINE, model, locations.home())
        self.assessor = Assessor.of(load_catalogue(locations.rubrics(), None), shipped())
        self.round = self.assessor.catalogue.rounds[ROUND]
        self.terms = vocabulary(self.assessor.catalogue.rubric, self.round)

    def endings(self, answer: LongAnswer, minutes: float, count: int) -> tuple[list[Ending], float, float]:
        """The endings, the share of the time that recognising took, and that of guesses that were used."""
        clock = Clock()
        main = Arriving(answer.samples, clock, len(answer.samples) / RATE)
        recogniser = Recogniser(lambda: self.engine, self.terms)
        waiting = chosen_ends(answer, count)
        segments: list[Segment] = []
        read_so_far = self.assessor.begin(self.assessor.expected(self.round, None))
        found: list[Ending] = []

        def read() -> Samples:
            with clock.stopped() as now:
                while waiting and waiting[0][0] - BEFORE <= now:
                    at, kind = waiting.pop(0)
                    again = copied(recogniser)
                    source = Arriving(answer.samples, Clock(now), at, main.at)
                    found.append(self._ending(again, source, segments, minutes, kind, copied_answer(read_so_far)))
            return main.read()

        for segment in follow(recogniser, read, main):
            if segment:
                segments.append(segment)
                with clock.stopped():
                    # In life the session does this meanwhile, in the other process.
                    read_so_far.append(segment)
                    read_so_far.evidence()
        used = recogniser.used / max(1, recogniser.guessed)
        return found, recogniser.busy_seconds / (len(answer.samples) / RATE), used

    def _ending(
        self,
        recogniser: Recogniser,
        source: Arriving,
        before: Sequence[Segment],
        minutes: float,
        kind: str,
        growing: GrowingAnswer,
    ) -> Ending:
        segments = list(before)
        for segment in follow(recogniser, source.read, source):
            if segment:
                segments.append(segment)
                if not source.ended:
                    with source.clock.stopped():
                        growing.append(segment)
                        growing.evidence()
        late = source.clock.now - source.end
        transcript = Transcript(tuple(segments), source.end, recogniser.voice, engine=DEFAULT_ENGINE, model="")
        began = time.monotonic()
        assess_turns([Answered(None, transcript, growing=growing)], self.round, self.assessor)
        return Ending(minutes, kind, source.end, late, time.monotonic() - began)


def chosen_ends(answer: LongAnswer, count: int) -> list[tuple[float, str]]:
    """Moments at which the answer ends, in its last half, in order: half of them after a sentence."""
    rng = random.Random(len(answer.samples))
    total = len(answer.samples) / RATE
    after = [end + rng.uniform(*KEY_SECONDS) for end in answer.ends]
    after = [at for at in after if total / 2 <= at <= total]
    sentences = [(at, "sentence") for at in rng.sample(after, min(count // 2, len(after)))]
    anywhere = [(rng.uniform(total / 2, total), "anywhere") for _ in range(count - len(sentences))]
    return sorted(sentences + anywhere)


def copied(recogniser: Recogniser) -> Recogniser:
    """A recogniser in the same state, on the same models."""
    shared: list[Any] = [recogniser._engine, recogniser._activity._session]
    return copy.deepcopy(recogniser, {id(each): each for each in shared})


def copied_answer(answer: GrowingAnswer) -> GrowingAnswer:
    """An answer that was read as far, on the same detector."""
    return copy.deepcopy(answer, {id(each): each for each in (answer._detector, answer._rubric, answer._heard.meaning)})


def told(endings: Sequence[Ending], label: str) -> str:
    """One line of the table."""
    transcript, postmortem = [e.transcript for e in endings], [e.postmortem for e in endings]
    return (
        f"{label:24} {len(endings):4}   {statistics.median(transcript):5.2f} {np.percentile(transcript, 95):5.2f}"
        f" {max(transcript):5.2f}     {statistics.median(postmortem):5.2f} {np.percentile(postmortem, 95):5.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="tiny.en", help="name or folder of the model")
    parser.add_argument("--minutes", type=float, nargs="*", default=[1, 5, 15, 45])
    parser.add_argument("--ends", type=int, default=20, help="endings of each answer")
    parser.add_argument("--microphone", type=int, default=0, help="answers of a minute in real time")
    parser.add_argument("--json", type=Path, help="write every ending to this file")
    options = parser.parse_args()
    clips = read_corpus(options.folder)
    everything: list[Ending] = []
    print(f"{'seconds after the end':24} {'n':>4}   {'transcript':^17}     {'postmortem':^11}")
    print(f"{'':24} {'':>4}   {'p50':>5} {'p95':>5} {'max':>5}     {'p50':>5} {'p95':>5}")
    bench = Bench(options.model) if options.minutes else None
    for minutes in options.minutes:
        assert bench
        found, busy, used = bench.endings(long_answer(clips, minutes * 60), minutes, options.ends)
        for kind in ("sentence", "anywhere"):
            kept = [ending for ending in found if ending.kind == kind]
            if kept:
                print(told(kept, f"{minutes:g} min, {kind}"), flush=True)
        print(f"    recognising took {busy:.2f} of the time; {used:.0%} of guesses were used", flush=True)
        everything += found
    if options.microphone:
        answers = [long_answer(clips, 60, n) for n in range(options.microphone)]
        spoken = spoken_endings(answers, options.model)
        print(told(spoken, "1 min, microphone"))
        everything += spoken
    print(told(everything, "all"))
    bars = BARS.get(Path(options.model).name)
    if bars:
        late = [ending.transcript for ending in everything]
        kept = statistics.median(late) <= bars[0] and np.percentile(late, 95) <= bars[1]
        print(f"bars: transcript {bars[0]} and {bars[1]} s, {'kept' if kept else 'MISSED'}", end="; ")
        quick = float(np.percentile([ending.postmortem for ending in everything], 95)) <= POSTMORTEM_BAR
        print(f"postmortem {POSTMORTEM_BAR} s, {'kept' if quick else 'MISSED'}")
    if options.json:
        options.json.write_text(json.dumps([asdict(ending) for ending in everything], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
