"""The recogniser's process from inside: what it reads and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.spoken import RATE, silence
from tui.speech import audio_file, messages
from tui.speech.messages import Message
from tui.speech.worker import Worker


class Watched:
    """A worker on three blocks of silence, with everything that it reads and tells in one list."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.happened: list[str] = []
        soundfile.write(folder / "long.wav", silence(2.5 * audio_file.BLOCK_SECONDS), RATE)
        real = audio_file.blocks

        def watched(path: Path) -> Iterator[np.ndarray]:
            for block in real(path):
                self.happened.append("read")
                yield block

        monkeypatch.setattr(audio_file, "blocks", watched)
        self._worker = Worker("faster-whisper", "tiny.en", folder, self._told)
        self._worker.answer(
            {
                "do": messages.TRANSCRIBE,
                "id": 1,
                "path": str(folder / "long.wav"),
                "terms": [],
                "start": 0.0,
                "end": None,
                "skip": 0,
            }
        )

    def _told(self, message: Message) -> None:
        self.happened.append(message["event"])


class Cancelled(Watched):
    """The same, cancelled when the first block has been heard."""

    def _told(self, message: Message) -> None:
        super()._told(message)
        self._worker.cancelled.add(1)


def test_a_file_is_read_as_it_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened = Watched(tmp_path, monkeypatch).happened
    assert happened[:4] == ["read", messages.HEARD, "read", messages.HEARD]
    assert happened[-1] == messages.DONE
    assert happened.count("read") >= 3


def test_nothing_is_read_after_cancelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened = Cancelled(tmp_path, monkeypatch).happened
    assert happened == ["read", messages.HEARD, "read", messages.CANCELLED]
