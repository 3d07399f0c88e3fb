"""The engine that needs PyTorch, on the default model's own weights in OpenAI's format."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.speech.spoken import CANARY, TERMS, assert_heard, noise
from tui.errors import ModelError
from tui.speech.engine import OPENAI_WHISPER, load_engine
from tui.speech.openai_whisper_engine import installed
from tui.speech.transcriber import Transcriber
from tui.transcript import Word

CONVERT = Path(__file__).parents[2] / "scripts" / "convert_checkpoint.py"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch")
    pytest.importorskip("whisper")
    target = tmp_path_factory.mktemp("checkpoint") / "tiny.en.pt"
    subprocess.run([sys.executable, str(CONVERT), str(target)], check=True)
    return target


@pytest.fixture(scope="module")
def transcriber(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    shared = Transcriber(OPENAI_WHISPER, str(checkpoint), tmp_path_factory.mktemp("home"))
    yield shared
    shared.close()


@pytest.mark.openai_whisper
def test_an_answer_is_recognised_with_its_terms(transcriber: Transcriber) -> None:
    transcript = transcriber.transcribe(CANARY, TERMS)
    assert_heard(transcript)
    assert (transcript.engine, transcript.model) == ("openai-whisper", "tiny.en")


@pytest.mark.openai_whisper
def test_both_engines_agree_on_the_same_weights(transcriber: Transcriber, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    other = Transcriber(home=tmp_path)
    ours, theirs = (list(t.transcribe(CANARY, TERMS).words) for t in (transcriber, other))
    other.close()
    agreeing = [b for b in theirs if any(same(a, b) for a in ours)]
    assert len(agreeing) > 0.8 * len(theirs)
    assert abs(len(ours) - len(theirs)) < 0.2 * len(theirs)


def same(one: Word, two: Word) -> bool:
    """Whether both engines heard this word at about the same time; one word more or less moves no other."""
    assert one.start is not None
    assert two.start is not None
    return one.text.lower() == two.text.lower() and abs(one.start - two.start) < 0.3


@pytest.mark.openai_whisper
def test_noise_says_nothing(transcriber: Transcriber, tmp_path: Path) -> None:
    import soundfile

    soundfile.write(tmp_path / "noise.wav", noise(10), 16_000)
    assert transcriber.transcribe(tmp_path / "noise.wav", TERMS).segments == ()


@pytest.mark.openai_whisper
def test_a_checkpoint_that_carries_code_is_not_run(checkpoint: Path, tmp_path: Path) -> None:
    import torch

    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"dims": Trap(), "model_state_dict": {}}, tmp_path / "trap.pt")
    with pytest.raises(ModelError, match=r"trap\.pt cannot be loaded"):
        load_engine(OPENAI_WHISPER, str(tmp_path / "trap.pt"), tmp_path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.openai_whisper
def test_an_absent_checkpoint_names_the_command(tmp_path: Path) -> None:
    pytest.importorskip("whisper")
    with pytest.raises(ModelError, match=r"mockloop models --pull base\.en\.pt"):
        load_engine(OPENAI_WHISPER, "base.en", tmp_path)


@pytest.mark.skipif(installed(), reason="openai-whisper is installed")
def test_without_the_extra_the_remedy_is_named(tmp_path: Path) -> None:
    absent = Transcriber(OPENAI_WHISPER, "tiny.en", tmp_path)
    with pytest.raises(ModelError, match=r"not installed.*mockloop\[openai-whisper\]"):
        absent.transcribe(CANARY)
    absent.close()
