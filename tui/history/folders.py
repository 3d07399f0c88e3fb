"""The folders of mocks: what is in the home, and what is in each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tui.errors import StorageError
from tui.history import codec
from tui.history.atomic import explained, storage_error
from tui.history.ids import is_id
from tui.history.types import AnswerFile, Mock, MockFile, Turn
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

T = TypeVar("T")

MOCK_FILE = "mock.json"
AUDIO = (".wav", ".flac")
"""What an answer's audio may end with; a `.wav` is the recording itself, a `.flac` is made from it."""
HEADER_BYTES = 44
"""A WAV file of this size or less holds no sample."""

_REVISION = re.compile(r"(?:transcript-(?P<turn>\d{1,4})|postmortem)\.(?P<number>\d{1,6})\.json")


@dataclass(frozen=True)
class Revision:
    """One numbered file in a mock's folder."""

    path: Path
    number: int
    turn: int | None
    """The answer that a transcript belongs to, from 1; None for a postmortem."""


def mock_ids(home: Path) -> list[str]:
    """The ids of all mocks in `home`, oldest first; links and anything else in there are left out.

    Raises StorageError when `home` is there and cannot be read.
    """
    try:
        with os.scandir(home) as entries:
            # What kind of thing an entry is comes with its name; asking for each would take most of the time.
            return sorted(entry.name for entry in entries if is_id(entry.name) and entry.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise storage_error(error, "reading the history", home) from error


def stamp(folder: Path | str) -> str:
    """A text that changes whenever the mock's `mock.json` is replaced."""
    try:
        found = os.stat(f"{folder}{os.sep}{MOCK_FILE}")  # noqa: PTH116 - thousands of these are made at once
    except OSError:
        return "unreadable"
    return f"{found.st_mtime_ns}:{found.st_size}:{found.st_ino}"


def read_mock(folder: Path) -> Mock:
    """What `mock.json` in `folder` says; the folder's name is the id. Raises StorageError."""
    name = f"{folder.name}/{MOCK_FILE}"
    try:
        content = (folder / MOCK_FILE).read_bytes()
    except FileNotFoundError as error:
        raise StorageError(f"{name} is missing.", f"What was recorded is still in {folder}.") from error
    except OSError as error:
        raise storage_error(error, "reading the mock", folder) from error
    try:
        mock = codec.decode_mock(content, name)
    except StorageError as error:
        raise StorageError(error.sentence, error.remedy or f"What was recorded is still in {folder}.") from error
    return replace(mock, id=folder.name)


def revisions(folder: Path) -> list[Revision]:
    """The numbered files in `folder`, newest first. Raises StorageError."""
    with explained("reading the mock", folder):
        names = [(path, _REVISION.fullmatch(path.name)) for path in folder.iterdir()]
    found = [
        Revision(path, int(match["number"]), int(match["turn"]) if match["turn"] else None)
        for path, match in names
        if match
    ]
    return sorted(found, key=lambda revision: revision.number, reverse=True)


def audio_file(folder: Path, turn: Turn | None, number: int = 1) -> Path | None:
    """The audio of answer `number` (from 1), or None.

    The name in `turn` comes first; a recording may since have been converted, or not been named before a crash.
    Raises StorageError.
    """
    stem = f"answer-{number}"
    names = [turn.audio] if turn and turn.audio and Path(turn.audio).name == turn.audio else []
    names += [f"{Path(name).stem}{kind}" for name in (*names, stem) for kind in AUDIO]
    # A name in a damaged or foreign mock.json may be longer than any file's.
    with explained("reading the mock", folder):
        for name in names:
            path = folder / name
            if path.is_file() and not path.is_symlink() and path.stat().st_size > HEADER_BYTES:
                return path
    return None


def has_audio(folder: Path) -> bool:
    """Whether any recording with at least one sample is in `folder`."""
    with explained("reading the mock", folder):
        return any(path.suffix in AUDIO and path.stat().st_size > HEADER_BYTES for path in folder.iterdir())


def is_unpacked(folder: Path) -> bool:
    """Whether a recording of a mock that has been read is still a WAV file; one that cannot be read is none."""
    names = {path.name for path in folder.glob("*") if path.suffix in {".wav", ".json"}}
    return any(name.endswith(".wav") for name in names) and any(name.startswith("postmortem.") for name in names)


def has_work(folder: Path) -> bool:
    """Whether there is anything in `folder` that somebody would miss: a recording, a reading, code."""
    with explained("reading the mock", folder):
        code = any(path.name.startswith("code-") and path.stat().st_size for path in folder.iterdir())
    return code or has_audio(folder) or bool(revisions(folder))


def read_file(folder: Path) -> MockFile:
    """The mock in `folder` with its newest readable transcript and postmortem.

    A damaged revision leaves a note in the postmortem. Raises StorageError when `mock.json` or every reading of the
    mock is damaged.
    """
    mock = read_mock(folder)
    found = revisions(folder)
    postmortem, number = _newest([each for each in found if each.turn is None], codec.decode_postmortem)
    if postmortem and any(each.turn is None and each.number > (number or 0) for each in found):
        postmortem = _with_note(postmortem, "The newest reading of this mock is damaged; an earlier one is shown.")
    answers: list[AnswerFile] = []
    for place, turn in enumerate(mock.turns, 1):
        # Quotes are places in the transcript that the postmortem was made from, and in no other.
        spoken = [each for each in found if each.turn == place and number in {None, each.number}]
        transcript = None
        try:
            transcript, _ = _newest(spoken, codec.decode_transcript)
        except StorageError as error:
            if postmortem is None:
                raise
            postmortem = _with_note(postmortem, f"The transcript cannot be shown: {error.sentence}")
        audio = audio_file(folder, turn, place)
        answers.append(AnswerFile(turn, transcript, str(audio) if audio else None))
    return MockFile(mock, postmortem, tuple(answers), number)


def transcript_before(folder: Path, turn: int, revision: int) -> Transcript | None:
    """The newest transcript of a turn from before a revision, or None. Raises StorageError when none can be read."""
    spoken = [each for each in revisions(folder) if each.turn == turn and each.number < revision]
    return _newest(spoken, codec.decode_transcript)[0]


def _with_note(postmortem: Postmortem, note: str) -> Postmortem:
    return replace(postmortem, notes=(*postmortem.notes, note))


def _newest(found: list[Revision], decode: Callable[[bytes, str], T]) -> tuple[T | None, int | None]:
    """The first of `found` that can be read, with its number; nothing when `found` is empty."""
    problem: StorageError | None = None
    for revision in found:
        try:
            return decoded(revision, decode), revision.number
        except StorageError as error:
            problem = problem or error
    if problem:
        raise problem
    return None, None


def decoded(revision: Revision, decode: Callable[[bytes, str], T]) -> T:
    """What is in one numbered file. Raises StorageError."""
    return decode(_content(revision), f"{revision.path.parent.name}/{revision.path.name}")


def _content(revision: Revision) -> bytes:
    with explained("reading the mock", revision.path.parent):
        return revision.path.read_bytes()
