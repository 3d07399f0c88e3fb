"""Mocks that were interrupted: their recordings are mended, so that they can be finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tui.errors import MockloopError
from tui.history.folders import AUDIO, HEADER_BYTES
from tui.history.store import History
from tui.history.types import Mock

Repair = Callable[[Path], float]
"""Mends a WAV file that was cut off and returns its length in seconds. Raises MockloopError."""


@dataclass(frozen=True)
class Recovered:
    """What can be finished, and what cannot be mended."""

    mocks: tuple[Mock, ...]
    """Newest first; their audio is complete up to where it was cut off."""
    problems: tuple[str, ...] = ()
    """A sentence for each recording that could not be mended; its file is left as it is."""


def recover(history: History, repair: Repair) -> Recovered:
    """The mocks that wait to be finished, their recordings mended. Raises StorageError when the home is unreadable.

    Mocks that a running mockloop works on are left alone; those in which nothing was recorded are removed.
    """
    history.drop_empty()
    mocks: list[Mock] = []
    problems: list[str] = []
    for mock in history.unfinished():
        try:
            mended = _mended(history, mock, repair)
        except MockloopError as error:
            problems.append(f"The recording of {mock.id} could not be mended: {error}")
            continue
        if mended:
            mocks.append(mended)
    return Recovered(tuple(mocks), tuple(problems))


def _mended(history: History, mock: Mock, repair: Repair) -> Mock | None:
    folder = history.folder(mock.id)
    # A mock is cut off in its last answer, and those before it were noted when they ended.
    cut_off = [
        (number, audio)
        for number, turn in enumerate(mock.turns, 1)
        if turn.audio is None and (audio := _audio(folder, number))
    ]
    if not cut_off:
        return mock
    if not history.claim(mock.id):
        return None
    try:
        for number, audio in cut_off:
            # A FLAC file is written whole, from a recording that had ended; its length is known once it is read.
            seconds = repair(audio) if audio.suffix == ".wav" else None
            end = None if seconds is None else mock.turns[number - 1].start + seconds
            mock = history.recorded(mock.id, audio.name, end, number)
        return mock
    finally:
        history.release(mock.id)


def _audio(folder: Path, number: int) -> Path | None:
    # The WAV comes first: beside it, a FLAC may be unfinished.
    found = [folder / f"answer-{number}{kind}" for kind in AUDIO]
    return next((path for path in found if path.is_file() and path.stat().st_size > HEADER_BYTES), None)
