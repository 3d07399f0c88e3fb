"""How fast the speech models here are on this machine, and which is the best that keeps up with somebody who speaks."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui import locations
from tui.errors import ModelError
from tui.speech.engine import DEFAULT_ENGINE, DEFAULT_MODEL
from tui.speech.types import ModelInfo

AUTO = "auto"
"""Stands for the best model that keeps up."""
FILE = "speeds.json"
SCHEMA = 1
CLIP_SECONDS = 10.0
"""How much of the demo's answer is transcribed to measure a model."""
KEEPS_UP = 0.5
"""Seconds of work for a second of speech, up to which a model keeps up while the app and the recorder run too."""
SAME_SIZE = 20.0
"""Megabytes within which two models are taken as equally good; of these, one for English alone hears English better."""

Speeds = Mapping[Path, float]
"""Seconds of work for a second of speech, by where the model is."""


def measure(info: ModelInfo, home: Path) -> float:
    """Measure the model `info` in a process of its own, loading left out, and keep the result in `home`. Takes seconds.

    Gives the seconds of work for a second of speech. Raises ModelError when the model does not work here.
    """
    factor = real_time_factor(info.engine, str(info.path), home)
    with suppress(OSError):
        _keep(info, factor, home)
    return factor


def real_time_factor(engine: str, model: str, home: Path) -> float:
    """Seconds of work for a second of speech, without loading, on the demo's first seconds. Raises ModelError."""
    from tui.speech.transcriber import Transcriber

    transcriber = Transcriber(engine, model, home)
    try:
        transcriber.wait_loaded()
        transcript = transcriber.transcribe(locations.demo() / "answer.flac", end=CLIP_SECONDS)
    finally:
        transcriber.close()
    if not transcript.text.strip():
        raise ModelError(f"{model} heard nothing in the demo's answer.", "Choose another model: `mockloop models`.")
    return (transcript.elapsed_seconds or 0.0) / CLIP_SECONDS


def measured(models: Iterable[ModelInfo], home: Path) -> dict[Path, float]:
    """What is known of the speed of those `models` that are here, from earlier measurements on this machine."""
    known = {(entry.get("path"), entry.get("megabytes")): entry.get("factor") for entry in _read(home)}
    found: dict[Path, float] = {}
    for info in models:
        factor = known.get((str(info.path), info.megabytes))
        if info.path is not None and isinstance(factor, int | float) and factor > 0:
            found[info.path] = float(factor)
    return found


def best(models: Iterable[ModelInfo], speeds: Speeds) -> ModelInfo | None:
    """The largest model of the default engine that keeps up according to `speeds`, or None."""

    def merit(info: ModelInfo) -> tuple[int, bool, float]:
        assert info.path is not None
        return round(info.megabytes / SAME_SIZE), info.name.endswith(".en"), -speeds[info.path]

    fast = [
        info
        for info in models
        if info.engine == DEFAULT_ENGINE and info.path is not None and speeds.get(info.path, KEEPS_UP) < KEEPS_UP
    ]
    return max(fast, key=merit, default=None)


def chosen(engine: str, model: str, home: Path) -> tuple[str, str]:
    """Engine and model to use: those given, or for `auto` the best that keeps up, as far as that was measured."""
    from tui.speech.models import available

    if model != AUTO:
        return engine, model
    if engine != DEFAULT_ENGINE:
        return engine, DEFAULT_MODEL
    here = [info for info in available(home) if info.here]
    found = best(here, measured(here, home))
    return (found.engine, found.name) if found else (DEFAULT_ENGINE, DEFAULT_MODEL)


def _read(home: Path) -> list[dict[str, Any]]:
    """The measurements kept in `home` that were made with as many processors as there are now."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    entries = kept.get("models") if isinstance(kept, dict) and kept.get("schema") == SCHEMA else None
    found = entries if isinstance(entries, list) else []
    return [entry for entry in found if isinstance(entry, dict) and entry.get("processors") == os.cpu_count()]


def _keep(info: ModelInfo, factor: float, home: Path) -> None:
    new = {
        "path": str(info.path),
        "engine": info.engine,
        "megabytes": info.megabytes,
        "processors": os.cpu_count(),
        "factor": round(factor, 4),
    }
    entries = [entry for entry in _read(home) if entry.get("path") != new["path"]]
    locations.make_private(home)
    draft = home / f"{FILE}.{os.getpid()}"
    draft.write_text(json.dumps({"schema": SCHEMA, "models": [*entries, new]}, indent=1), encoding="utf-8")
    draft.replace(home / FILE)
