"""How encoder and patterns add up to a probability: fitted on development answers, for scripts/train_meaning.py."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch

from tui.rubric.detect import Detector
from tui.rubric.meaning import COVERED, UNHEARD
from tui.rubric.timing import closing_from
from tui.rubric.types import Rubric, Timing
from tui.rubric.windows import windows
from tui.transcript import Segment

Features = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
JOINED = 6
"""Passages that make an answer of the usual length."""
REJECTED = 0.9
"""The share of near misses that must not be credited."""
SEED = 20260101


def joined(passages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Passages, shuffled and put together to answers, with recaps at the end: chance has more room in more words."""
    order = random.Random(SEED).sample(passages, len(passages))
    groups = [order[n : n + JOINED] for n in range(0, len(order), JOINED)]
    for group in groups:
        group.sort(key=lambda passage: "impact_summary" in passage["signals"])
    return [
        {
            "text": " ".join(passage["text"] for passage in group),
            "signals": [signal for passage in group for signal in passage["signals"]],
            "near_miss": [signal for passage in group for signal in passage["near"]],
        }
        for group in groups
    ]


def blend_features(answer: dict[str, Any], logits: np.ndarray, detector: Detector, rubric: Rubric) -> Features:
    """For each signal: the largest logit of any window, the largest where a pattern matches, label and near miss."""
    places = list(windows(answer["text"]))
    growing = detector.begin()
    growing.append(Segment.of_text(answer["text"]))
    reading = growing.reading()
    words = reading.words
    ids = list(rubric.signals)
    heard, at_hits = logits.max(axis=0), np.full(len(ids), -np.inf, np.float32)
    for n, signal in enumerate(ids):
        earliest = closing_from(len(words), rubric.scoring) if rubric.signals[signal].timing is Timing.CLOSING else 0
        if earliest:
            from_character = words.tokens[earliest].start
            heard[n] = logits[[w.end > from_character for w in places], n].max(initial=UNHEARD)
        for hit in reading.hits(signal):
            if hit.end <= earliest:
                continue
            start, end = words.tokens[hit.start].start, words.tokens[hit.end - 1].end
            held = [min(end, w.end) - max(start, w.start) >= COVERED * (end - start) for w in places]
            at_hits[n] = max(at_hits[n], logits[held, n].max(initial=UNHEARD))
    labels = np.array([float(signal in answer["signals"]) for signal in ids], np.float32)
    near = np.array([float(signal in answer["near_miss"]) for signal in ids], np.float32) * (1 - labels)
    return heard, at_hits, labels, near


def fit_blends(features: list[Features], ids: list[str]) -> dict[str, Any]:
    """Weights that turn logits and matches into probabilities, by maximum likelihood with a weak prior.

    One weight for logits and one for patterns serve all signals, with a bias and a correction of the pattern's weight
    for each: there are too few answers for more. The threshold is the one of the best macro F1 among those that turn
    down enough near misses.
    """
    heard, at_hits, labels, near = (torch.tensor(np.stack(part)) for part in zip(*features, strict=True))
    bias, extra = torch.zeros(len(ids), requires_grad=True), torch.zeros(len(ids), requires_grad=True)
    weights = torch.tensor([1.0, 1.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([bias, extra, weights], max_iter=300)

    def odds() -> torch.Tensor:
        alone = bias + weights[0] * heard
        matched = bias + weights[0] * at_hits.clamp(min=UNHEARD) + weights[1] + extra
        return torch.maximum(alone, torch.where(torch.isinf(at_hits), torch.full_like(matched, -30.0), matched))

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(odds(), labels, reduction="sum")
        value = value + (bias**2).sum() / 2 + (extra**2).sum() / 2
        value.backward()
        return value

    optimizer.step(loss)
    found = torch.sigmoid(odds().detach()).numpy()
    best = best_threshold(found, labels.numpy() > 0, near.numpy() > 0)
    blends = {
        signal: {
            "bias": round(float(bias[n]), 4),
            "logit": round(float(weights[0]), 4),
            "pattern": round(float(weights[1] + extra[n]), 4),
        }
        for n, signal in enumerate(ids)
    }
    return {"signals": blends, "demonstrated": round(float(best), 2), "doubtful": round(float(best) - 0.1, 2)}


def best_threshold(found: np.ndarray, labels: np.ndarray, near: np.ndarray) -> float:
    """The threshold to credit from, on arrays shaped (answers, signals)."""
    told = []
    for level in np.arange(0.3, 0.75, 0.05):
        credited = found >= level
        rejected = 1 - float(credited[near].mean())
        told.append((rejected >= REJECTED, macro_f1(credited, labels), level))
        precision, recall = float(labels[credited].mean()), float(credited[labels].mean())
        print(
            f"threshold {level:.2f}: macro F1 {told[-1][1]:.3f}, precision {precision:.3f}, recall {recall:.3f}, "
            f"near misses rejected {rejected:.3f}"
        )
    return float(max(told)[2])


def macro_f1(found: np.ndarray, labels: np.ndarray) -> float:
    """The mean over signals of F1, for boolean arrays shaped (answers, signals)."""
    hit = (found & labels).sum(axis=0)
    return float(np.mean(2 * hit / np.maximum(1, found.sum(axis=0) + labels.sum(axis=0))))
