"""Which model keeps up on this machine."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tui.speech import calibration
from tui.speech.calibration import AUTO, FILE, Measured, best, calibrate, chosen, judged, measure, measured
from tui.speech.transcriber import Cost
from tui.speech.types import ModelInfo


def model(name: str, megabytes: float, engine: str = "faster-whisper") -> ModelInfo:
    return ModelInfo(name, engine, Path("/models") / name, megabytes)


TINY, BASE, BASE_EN, SMALL = model("tiny.en", 76), model("base", 146), model("base.en", 145), model("small.en", 484)
CHECKPOINT = model("small.en.pt", 484, "openai-whisper")


def speeds(*pairs: tuple[ModelInfo, float]) -> dict[Path, float]:
    return {info.path: factor for info, factor in pairs if info.path}


def test_the_largest_model_that_keeps_up_is_the_best() -> None:
    found = speeds((TINY, 0.05), (BASE_EN, 0.2), (SMALL, 0.7), (CHECKPOINT, 0.3))
    assert best((TINY, BASE_EN, SMALL, CHECKPOINT), found) == BASE_EN
    assert best((TINY, BASE_EN, SMALL), speeds((SMALL, 0.7))) is None


def test_of_two_models_of_a_size_the_one_for_english_is_better() -> None:
    assert best((BASE_EN, BASE), speeds((BASE_EN, 0.2), (BASE, 0.1))) == BASE_EN


def test_measurements_are_kept_for_this_machine_and_this_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "speed", lambda *_: Measured(0.25))
    assert measure(TINY, tmp_path) == Measured(0.25)
    assert measure(BASE_EN, tmp_path) == Measured(0.25)
    assert measured((TINY, BASE_EN, SMALL), tmp_path) == speeds((TINY, 0.25), (BASE_EN, 0.25))
    assert measured((model("tiny.en", 75),), tmp_path) == {}
    monkeypatch.setattr("os.cpu_count", lambda: 999)
    assert measured((TINY,), tmp_path) == {}


@pytest.mark.parametrize("content", ["", "[]", "{", json.dumps({"schema": 1, "models": [3, {"processors": 1}]})])
def test_a_damaged_file_says_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert measured((TINY,), tmp_path) == {}
    assert chosen("faster-whisper", AUTO, tmp_path) == ("faster-whisper", "tiny.en")


def test_what_is_pinned_is_used_and_auto_takes_what_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen("openai-whisper", "base.en.pt", tmp_path) == ("openai-whisper", "base.en.pt")
    assert chosen("openai-whisper", AUTO, tmp_path) == ("openai-whisper", "tiny.en")
    monkeypatch.setattr(calibration, "speed", lambda *_: Measured(0.3))
    monkeypatch.setattr("tui.speech.models.available", lambda _: (TINY, BASE_EN, model("medium.en", 1530)))
    measure(BASE_EN, tmp_path)
    assert chosen("faster-whisper", AUTO, tmp_path) == ("faster-whisper", "base.en")


def test_a_busy_machine_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "speed", lambda *_: Measured(0.9, busy=True))
    assert measure(BASE_EN, tmp_path).busy
    assert measured((BASE_EN,), tmp_path) == {}


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([(1.4, 1.6), (1.0, 1.5), (1.1, 1.5)], Measured(0.1)),
        ([(2.0, 1.2), (2.1, 1.2), (2.2, 1.2)], Measured(0.2, busy=True)),
        ([(1.0, 1.0), (1.6, 1.0), (1.7, 1.0)], Measured(0.1, busy=True)),
        ([(30.0, 50.0)], Measured(3.0)),
        ([(30.0, 10.0)], Measured(3.0, busy=True)),
    ],
    ids=["alone", "others had the processor", "never alike", "hopeless", "hopeless and busy"],
)
def test_what_the_costs_say(costs: list[tuple[float, float]], expected: Measured) -> None:
    assert judged([Cost(*cost) for cost in costs]) == expected


def test_calibrating_goes_from_the_smallest_to_the_first_that_does_not_keep_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = (model("medium.en", 1530), SMALL, TINY, BASE_EN, CHECKPOINT, ModelInfo("far", "faster-whisper", None, 9))
    factors = {TINY.path: Measured(0.05), BASE_EN.path: Measured(0.3, busy=True), SMALL.path: Measured(0.7)}
    asked: list[str] = []

    def speed(_engine: str, path: str, *_: object) -> Measured:
        asked.append(Path(path).name)
        return factors[Path(path)]

    monkeypatch.setattr("tui.speech.models.available", lambda _: here)
    monkeypatch.setattr(calibration, "speed", speed)
    assert calibrate(tmp_path, threading.Event()) == ("base.en",)
    assert asked == ["tiny.en", "base.en", "small.en"]
    assert calibrate(tmp_path, threading.Event()) == ("base.en",)
    assert asked[3:] == ["base.en"]  # what was believed is not measured again
    assert chosen("faster-whisper", AUTO, tmp_path) == ("faster-whisper", "tiny.en")


def test_a_real_measurement(tmp_path: Path) -> None:
    from tui.speech.models import available

    (tiny,) = [info for info in available(tmp_path) if info.here]
    found = measure(tiny, tmp_path)
    assert found.factor > 0
    assert list(measured((tiny,), tmp_path)) == ([] if found.busy else [tiny.path])


def test_a_measurement_can_be_left(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    assert calibrate(tmp_path, stop) == ()
    assert not (tmp_path / FILE).exists()
