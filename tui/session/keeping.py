"""Keep an answer that was scored from a file as a mock of the history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import StorageError
from tui.interview.types import Question, Round
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.history.types import MockFile, MockSettings


def keep(
    history: History,
    asked: tuple[Round, Question | None],
    settings: MockSettings,
    reading: tuple[Transcript, Postmortem],
    audio: Path | None,
) -> MockFile:
    """The new mock with its own copy of `audio` (None for text), 16 kHz mono.

    Raises StorageError when it cannot be kept, and AudioFileError when `audio` cannot be read; nothing is kept then.
    """
    transcript, postmortem = reading
    mock = history.begin(*asked, settings)
    try:
        name = _copied(audio, history.audio_path(mock.id)) if audio else None
        history.recorded(mock.id, name, transcript.audio_seconds)
        history.save_result(mock.id, [transcript], postmortem)
    except BaseException:
        history.delete([mock.id])
        raise
    return history.load(mock.id)


def _copied(audio: Path, wav: Path) -> str:
    """Name of the copy of `audio` that was made beside `wav`."""
    import numpy as np

    from tui.speech.audio_file import blocks, to_flac
    from tui.speech.wav_file import WavWriter

    try:
        writer = WavWriter(wav)
        try:
            for block in blocks(audio):
                writer.append((np.clip(block, -1.0, 1.0) * 32_767).round().astype(np.int16))
        finally:
            writer.close()
    except OSError as error:
        raise StorageError(
            f"The recording could not be copied into the home ({error.strerror}).", "Free some space and try again."
        ) from error
    return to_flac(wav).name
