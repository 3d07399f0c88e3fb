"""How good is signal detection: precision, recall and F1 per signal, with bootstrap intervals.

Usage: python scripts/bench_signals.py tests/data/signals/test-*.jsonl [--audio FOLDER] [--write FILE]

Reads JSON Lines of labelled answers (`id`, `text`, `signals`, `near_miss`) and compares three detectors: plain keywords
(the terms of each signal's vocabulary), the patterns alone, and patterns with the sentence encoder. With --audio,
answers that are there as ID.opus are transcribed with and without priming, and what recognition costs is told as a
paired difference.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from labelled_evidence import Find, alone, evidence_overlap
from measured_table import measured_lines, put_into

from tui import locations
from tui.interview.load import load_catalogue
from tui.meaning.encoder import Encoder, shipped
from tui.rubric.detect import Detector
from tui.rubric.types import Rubric
from tui.rubric.verdicts import Evidence
from tui.transcript import Segment, Transcript

RESAMPLES = 1000
SEED = 7
LONGEST_ANSWER = 6750
"""Words in 45 minutes of speech."""
SEGMENT = 40
"""Words in a segment of about 15 seconds."""


@dataclass(frozen=True)
class Outcomes:
    """What a detector said of some answers; arrays of booleans shaped (answers, signals)."""

    found: np.ndarray
    labels: np.ndarray
    near: np.ndarray
    abstained: np.ndarray

    def macro_f1(self, rows: np.ndarray | slice = slice(None)) -> float:
        """Mean F1 over the signals, on some of the answers."""
        return float(np.mean(f1_scores(self.found[rows], self.labels[rows])))


def f1_scores(found: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """F1 of each signal."""
    hits = (found & labels).sum(axis=0)
    return 2 * hits / np.maximum(1, found.sum(axis=0) + labels.sum(axis=0))


def keywords(rubric: Rubric) -> Find:
    """A detector that looks for the terms of each signal's vocabulary and nothing else."""
    patterns = {
        signal.id: re.compile(r"\b(" + "|".join(map(re.escape, signal.vocabulary)) + r")\b", re.IGNORECASE)
        for signal in rubric.signals.values()
        if signal.vocabulary
    }

    def find(transcript: Transcript) -> dict[str, tuple[Evidence, ...]]:
        hits = {signal: pattern.search(transcript.text) for signal, pattern in patterns.items()}
        return {signal: (Evidence(signal, hit.group(), hit.start(), hit.end()),) for signal, hit in hits.items() if hit}

    return find


def outcomes(find: Find, answers: list[dict[str, Any]], transcripts: list[Transcript], ids: list[str]) -> Outcomes:
    """What `find` says of every answer."""
    shape = (len(answers), len(ids))
    found, abstained = np.zeros(shape, bool), np.zeros(shape, bool)
    for n, transcript in enumerate(transcripts):
        for signal, evidence in find(transcript).items():
            certain = any(piece.certain for piece in evidence)
            (found if certain else abstained)[n, ids.index(signal)] = True
    labels = np.array([[signal in answer["signals"] for signal in ids] for answer in answers])
    near = np.array([[signal in answer["near_miss"] for signal in ids] for answer in answers])
    return Outcomes(found, labels, near, abstained)


def bounds(values: list[float]) -> list[float]:
    """The middle 95 % of resampled values: its lower and its upper end."""
    return [round(float(value), 3) for value in np.percentile(values, [2.5, 97.5])]


def interval(values: list[float]) -> str:
    """The middle 95 % of resampled values."""
    low, high = bounds(values)
    return f"{low:.2f}-{high:.2f}"


def table(result: Outcomes, ids: list[str]) -> dict[str, Any]:
    """What measured.json holds of each signal and of all together, with bootstrap intervals over the answers."""
    draw = np.random.default_rng(SEED)
    samples = [draw.integers(0, len(result.found), len(result.found)) for _ in range(RESAMPLES)]
    resampled = np.array([f1_scores(result.found[rows], result.labels[rows]) for rows in samples])
    hits = (result.found & result.labels).sum(axis=0)
    found, labels, f1 = result.found.sum(axis=0), result.labels.sum(axis=0), f1_scores(result.found, result.labels)
    rows = [
        {
            "signal": signal,
            "n": int(labels[n]),
            "precision": round(hits[n] / max(1, found[n]), 3),
            "recall": round(hits[n] / max(1, labels[n]), 3),
            "f1": round(float(f1[n]), 3),
            "f1_95": bounds(list(resampled[:, n])),
            "near": int(result.near[:, n].sum()),
            "near_rejected": int((result.near & ~result.found)[:, n].sum()),
        }
        for n, signal in enumerate(ids)
    ]
    return {
        "answers": len(result.found),
        "macro_f1": round(result.macro_f1(), 3),
        "macro_f1_95": bounds([result.macro_f1(sample) for sample in samples]),
        "precision": round(hits.sum() / max(1, found.sum()), 3),
        "recall": round(hits.sum() / max(1, labels.sum()), 3),
        "signals": rows,
    }


def summary(name: str, result: Outcomes) -> None:
    """One line on a detector."""
    precision = (result.found & result.labels).sum() / max(1, result.found.sum())
    recall = (result.found & result.labels).sum() / max(1, result.labels.sum())
    near = (result.near & ~result.found).sum() / max(1, result.near.sum())
    print(
        f"{name:24} macro F1 {result.macro_f1():.3f}  precision {precision:.3f}  recall {recall:.3f}  "
        f"near misses rejected {near:.3f}  abstained {result.abstained.mean():.3f} of all verdicts"
    )


def risk_coverage(find: Find, answers: list[dict[str, Any]], transcripts: list[Transcript]) -> list[dict[str, float]]:
    """How right credits are when only the most confident ones are given, those that one cannot tell last."""
    credited = sorted(
        (
            (max(piece.confidence or 1.0 for piece in pieces), signal in answer["signals"])
            for answer, transcript in zip(answers, transcripts, strict=True)
            for signal, pieces in find(transcript).items()
        ),
        reverse=True,
    )
    curve = []
    for share in (0.25, 0.5, 0.75, 0.9, 1.0):
        kept = credited[: max(1, round(share * len(credited)))]
        wrong = 1 - np.mean([right for _, right in kept])
        curve.append({"share": share, "confidence": round(kept[-1][0], 2), "wrong": round(float(wrong), 3)})
    return curve


def cost(detector: Detector, transcripts: list[Transcript]) -> None:
    """Seconds of processor time for each segment while an answer grows to 45 minutes, and for the last reading."""
    words = " ".join(transcript.text for transcript in transcripts).split()[:LONGEST_ANSWER]
    answer = detector.begin()
    each, last = [], []
    for first in range(0, len(words), SEGMENT):
        segment = Segment.of_text(" ".join(words[first : first + SEGMENT]))
        began = time.process_time()
        answer.append(segment)
        read = time.process_time()
        answer.evidence()
        each.append(time.process_time() - began)
        last.append(time.process_time() - read)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    middle, most, worst = (1000 * value for value in (np.median(each), np.percentile(each, 95), max(each)))
    print(f"a segment of {SEGMENT} words, of an answer that grows to {len(words)}: median {middle:.0f} ms, ", end="")
    print(f"95th percentile {most:.0f} ms, worst {worst:.0f} ms")
    print(f"final reading: {1000 * last[-1]:.0f} ms; peak memory {memory:.0f} MB")


def heard(audio: Path, terms: tuple[str, ...]) -> Transcript:
    """What the recogniser hears in `audio`, kept beside it so that it is heard once."""
    from tui.speech.transcriber import Transcriber
    from tui.transcript.formats import from_json, to_json

    kept = audio.with_suffix(f".{'primed' if terms else 'unprimed'}.json")
    if not kept.exists():
        transcriber = Transcriber()
        try:
            kept.write_text(json.dumps(to_json(transcriber.transcribe(audio, terms))), encoding="utf-8")
        finally:
            transcriber.close()
    return from_json(json.loads(kept.read_text(encoding="utf-8")))


def through_audio(find: Find, answers: list[dict[str, Any]], folder: Path, ids: list[str]) -> None:
    """The same answers as text and as heard, paired."""
    from tui.interview.types import vocabulary

    catalogue = load_catalogue(locations.rubrics())
    rounds = catalogue.rounds
    spoken = [answer for answer in answers if (folder / f"{answer['id']}.opus").exists()]
    if not spoken:
        print(f"no audio of these answers in {folder}")
        return
    text = outcomes(find, spoken, [Transcript.of_text(answer["text"]) for answer in spoken], ids)
    summary(f"text, {len(spoken)} answers", text)
    draw = np.random.default_rng(SEED)
    samples = [draw.integers(0, len(spoken), len(spoken)) for _ in range(RESAMPLES)]
    everything = tuple(
        dict.fromkeys(term for signal in catalogue.rubric.signals.values() for term in signal.vocabulary)
    )
    for primed in (True, False):
        transcripts = []
        for answer in spoken:
            round_ = rounds.get(answer["round"])
            terms = vocabulary(catalogue.rubric, round_) if round_ else everything
            transcripts.append(heard(folder / f"{answer['id']}.opus", terms if primed else ()))
        result = outcomes(find, spoken, transcripts, ids)
        summary("heard primed" if primed else "heard unprimed", result)
        lost = [text.macro_f1(rows) - result.macro_f1(rows) for rows in samples]
        print(f"  lost to recognition: {text.macro_f1() - result.macro_f1():.3f} ({interval(lost)})")


def main() -> None:
    """Print everything; write what the app shows of each signal's quality."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--audio", type=Path, help="folder with ID.opus")
    parser.add_argument("--write", type=Path, help="measured.json; the README beside it gets the table")
    given = parser.parse_args()
    answers: list[dict[str, Any]] = []
    for path in given.files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            found = [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            parser.error(f"{path} is not a file of labelled answers, JSON Lines: {error}")
        if not found or not all({"id", "text", "signals", "near_miss"} <= set(answer) for answer in found):
            parser.error(f"{path}: every line needs id, text, signals and near_miss")
        answers += found
    transcripts = [Transcript.of_text(answer["text"]) for answer in answers]
    rubric = load_catalogue(locations.rubrics()).rubric
    ids = list(rubric.signals)
    detector = Detector(rubric, shipped())
    print(f"{len(answers)} answers, rubric {rubric.digest}\n")
    summary("keywords", outcomes(keywords(rubric), answers, transcripts, ids))
    summary("patterns", outcomes(Detector(rubric).detect, answers, transcripts, ids))
    result = outcomes(detector.detect, answers, transcripts, ids)
    summary("patterns and encoder", result)
    print()
    measured = {"schema": 1, "rubric": rubric.digest, "encoder": detector.encoder, **table(result, ids)}
    measured["abstained"] = round(float(result.abstained.mean()), 3)
    measured["risk"] = risk_coverage(detector.detect, answers, transcripts)
    print("\n".join(measured_lines(measured)))
    evidence_overlap(detector.detect, answers, transcripts)
    alone(detector.detect, answers)
    # An encoder of its own: the other one remembers what it has read.
    cost(Detector(rubric, Encoder()), transcripts)
    if given.audio:
        through_audio(detector.detect, answers, given.audio, ids)
    if given.write:
        given.write.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
        put_into(given.write.parent / "README.md", measured)


if __name__ == "__main__":
    main()
