"""How detection does on the words that labels name as evidence, for scripts/bench_signals.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tui.rubric.clauses import sentence
from tui.rubric.verdicts import Evidence
from tui.rubric.windows import LENGTHS
from tui.rubric.words import Found, read_words
from tui.transcript import Transcript

Find = Callable[[Transcript], dict[str, tuple[Evidence, ...]]]


def evidence_overlap(find: Find, answers: list[dict[str, Any]], transcripts: list[Transcript]) -> None:
    """How often the quotes of true positives overlap the labelled evidence, and whether all are verbatim and short."""
    overlapping, total, sound = 0, 0, True
    for answer, transcript in zip(answers, transcripts, strict=True):
        for signal, pieces in find(transcript).items():
            sound &= all(transcript.text[p.start : p.end] == p.quote and len(p.quote.split()) <= 40 for p in pieces)
            if signal in answer["signals"] and any(piece.certain for piece in pieces):
                places = [
                    (at, at + len(part))
                    for part in answer["signals"][signal]
                    if (at := transcript.text.find(part)) >= 0
                ]
                total += 1
                overlapping += any(p.start < end and start < p.end for p in pieces for start, end in places)
    print(f"quotes overlap the labelled evidence in {overlapping} of {total}; verbatim and at most 40 words: {sound}")


def alone(find: Find, answers: list[dict[str, Any]]) -> None:
    """How much is heard of labelled evidence, and of near misses, when their sentence is all that was said."""
    credited: dict[str, list[bool]] = {"signals": [], "near_miss": []}
    for answer in answers:
        words = read_words(answer["text"])
        for kind, results in credited.items():
            for signal, part in ((signal, part) for signal, parts in answer[kind].items() for part in parts):
                at = answer["text"].find(part)
                held = [n for n, token in enumerate(words.tokens) if at <= token.start < at + len(part)]
                if at < 0 or not held:
                    continue
                first, last = (
                    sentence(words, Found(held[0], held[0] + 1)),
                    sentence(words, Found(held[-1], held[-1] + 1)),
                )
                said = words.text_of(Found(first.start, last.end))
                if len(said.split()) < LENGTHS[0]:
                    pieces = find(Transcript.of_text(said)).get(signal, ())
                    results.append(any(piece.certain for piece in pieces))
    heard, missed = np.mean(credited["signals"]), 1 - np.mean(credited["near_miss"])
    counts = [len(results) for results in credited.values()]
    print(f"sentences of under {LENGTHS[0]} words alone: {heard:.3f} of {counts[0]} heard, ", end="")
    print(f"{missed:.3f} of {counts[1]} near misses rejected")
