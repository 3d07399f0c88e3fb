"""How encoder and patterns add up to a probability: fitted on development answers, for scripts/train_meaning.py."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from tui.rubric.detect import Detector
from tui.rubric.meaning import COVERED, UNHEARD
from tui.rubric.timing import closing_from
from tui.rubric.types import Rubric, Timing
from tui.rubric.windows import windows


def blend_features(
    answer: dict[str, Any], logits: np.ndarray, detector: Detector, rubric: Rubric
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each signal: the largest logit of any window, the largest where a pattern matches, and the label."""
    places = list(windows(answer["text"]))
    words, hits = detector.matches(answer["text"])
    ids = list(rubric.signals)
    heard, at_hits = logits.max(axis=0), np.full(len(ids), -np.inf, np.float32)
    for n, signal in enumerate(ids):
        earliest = closing_from(len(words), rubric.scoring) if rubric.signals[signal].timing is Timing.CLOSING else 0
        if earliest:
            from_character = words.tokens[earliest].start
            heard[n] = logits[[w.end > from_character for w in places], n].max(initial=UNHEARD)
        for hit in hits.get(signal, ()):
            if hit.end <= earliest:
                continue
            start, end = words.tokens[hit.start].start, words.tokens[hit.end - 1].end
            held = [min(end, w.end) - max(start, w.start) >= COVERED * (end - start) for w in places]
            at_hits[n] = max(at_hits[n], logits[held, n].max(initial=UNHEARD))
    labels = np.array([float(signal in answer["signals"]) for signal in ids], np.float32)
    return heard, at_hits, labels


def fit_blends(features: list[tuple[np.ndarray, np.ndarray, np.ndarray]], ids: list[str]) -> dict[str, Any]:
    """Weights that turn logits and matches into probabilities, by maximum likelihood with a weak prior.

    One weight for logits and one for patterns serve all signals, with a bias and a correction of the pattern's weight
    for each: there are too few answers for more.
    """
    heard, at_hits, labels = (torch.tensor(np.stack(part)) for part in zip(*features, strict=True))
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
    grid = np.arange(0.25, 0.65, 0.05)
    best = max(grid, key=lambda level: macro_f1(found >= level, labels.numpy() > 0))
    for level in grid:
        print(f"threshold {level:.2f}: macro F1 {macro_f1(found >= level, labels.numpy() > 0):.3f}")
    blends = {
        signal: {
            "bias": round(float(bias[n]), 4),
            "logit": round(float(weights[0]), 4),
            "pattern": round(float(weights[1] + extra[n]), 4),
        }
        for n, signal in enumerate(ids)
    }
    return {"signals": blends, "demonstrated": round(float(best), 2), "doubtful": round(float(best) - 0.1, 2)}


def macro_f1(found: np.ndarray, labels: np.ndarray) -> float:
    """The mean over signals of F1, for boolean arrays shaped (answers, signals)."""
    hit = (found & labels).sum(axis=0)
    return float(np.mean(2 * hit / np.maximum(1, found.sum(axis=0) + labels.sum(axis=0))))
