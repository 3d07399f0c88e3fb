"""How fast the speech models here are on this machine, and which is the best that keeps up with somebody who speaks."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import locations
from tui.errors import MockloopError, ModelError
from tui.speech.engine import DEFAULT_ENGINE, DEFAULT_MODEL
from tui.speech.types import ModelInfo

if TYPE_CHECKING:
    from tui.speech.transcriber import Cost

AUTO = "auto"
"""Stands for the best model that keeps up."""
FILE = "speeds.json"
SCHEMA = 1
CLIP_SECONDS = 10.0
"""How much of the demo's answer is transcribed to measure a model."""
RUNS = 3
"""How often: the first takes longer, and two that are alike tell that nothing was in the way."""
HOPELESS = 1.5
"""Seconds of work for a second of speech from which one run is enough."""
LEAST_SHARE = 0.8
"""Processor seconds for a second of work, below which others have had the processors."""
MOST_UNLIKE = 1.3
"""How much longer the second-best run may take than the best."""
KEEPS_UP = 0.5
"""Seconds of work for a second of speech, up to which a model keeps up while the app and the recorder run too."""
SAME_SIZE = 20.0
"""Megabytes within which two models are taken as equally good; of these, one for English alone hears English better."""

Speeds = Mapping[Path, float]
"""Seconds of work for a second of speech, by where the model is."""


@dataclass(frozen=True)
class Measured:
    """How fast a model is on this machine."""

    factor: float
    """Seconds of work for a second of speech."""
    busy: bool = False
    """Whether others had the processors meanwhile, so that it would be faster by itself."""


def measure(info: ModelInfo, home: Path, cancel: threading.Event | None = None) -> Measured:
    """Measure the model `info` in a process of its own, loading left out, and keep the result in `home`. Takes seconds.

    What was measured on a busy machine is not kept. Raises ModelError when the model does not work here, and
    TranscriptionCancelledError after `cancel` is set.
    """
    found = speed(info.engine, str(info.path), home, cancel)
    if not found.busy:
        with suppress(OSError):
            _keep(info, found.factor, home)
    return found


def speed(engine: str, model: str, home: Path, cancel: threading.Event | None = None) -> Measured:
    """The speed of a model on the demo's first seconds, the best of some runs; for errors see `measure`."""
    from tui.speech.transcriber import Transcriber

    transcriber = Transcriber(engine, model, home)
    costs: list[Cost] = []
    try:
        while len(costs) < RUNS and not (costs and costs[0].seconds > HOPELESS * CLIP_SECONDS):
            transcript = transcriber.transcribe(locations.demo() / "answer.flac", end=CLIP_SECONDS, cancel=cancel)
            if not transcript.text.strip():
                raise ModelError(f"{model} heard nothing in the demo's answer.", "Choose another: `mockloop models`.")
            assert transcriber.cost
            costs.append(transcriber.cost)
    finally:
        transcriber.close()
    return judged(costs)


def judged(costs: Sequence[Cost]) -> Measured:
    """What the `costs` of the same clip, heard once or more, say.

    By itself a recogniser has a processor, or several, as long as it works, and takes as long each time.
    """
    runs = sorted(costs, key=lambda cost: cost.seconds)
    alone = runs[0].processor_seconds >= LEAST_SHARE * runs[0].seconds
    alike = len(runs) == 1 or runs[1].seconds <= MOST_UNLIKE * runs[0].seconds
    return Measured(runs[0].seconds / CLIP_SECONDS, busy=not (alone and alike))


def measured(models: Iterable[ModelInfo], home: Path) -> dict[Path, float]:
    """What is known of the speed of those `models` that are here, from earlier measurements on this machine."""
    known = {(entry.get("path"), entry.get("megabytes")): entry.get("factor") for entry in _read(home)}
    found: dict[Path, float] = {}
    for info in models:
        factor = known.get((str(info.path), info.megabytes))
        if info.path is not None and isinstance(factor, int | float) and factor > 0:
            found[info.path] = float(factor)
    return found


def calibrate(home: Path, cancel: threading.Event) -> tuple[str, ...]:
    """Measure the models of the default engine that are here and were not measured yet, the smallest first.

    Larger ones than the first that does not keep up are left out. Gives the names of those for which the machine was
    too busy. Returns soon after `cancel` is set. Models that do not work are left out.
    """
    from tui.speech.models import available

    here = sorted((m for m in available(home) if m.here and m.engine == DEFAULT_ENGINE), key=lambda m: m.megabytes)
    known = measured(here, home)
    busy: list[str] = []
    for info in here:
        assert info.path
        factor = known.get(info.path)
        if factor is None:
            try:
                found = measure(info, home, cancel)
            except MockloopError:
                if cancel.is_set():
                    break
                continue
            factor = found.factor
            busy += [info.name] if found.busy else []
        if factor >= KEEPS_UP:
            break
    return tuple(busy)


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
