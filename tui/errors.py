"""Errors that a person can meet: one sentence that says what happened and one that says what to do."""

from __future__ import annotations


class MockloopError(Exception):
    """Something failed at run time; the command line exits with 1 and screens show the text."""

    exit_code = 1
    title = "Something went wrong"

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """What happened, in one sentence ending with a full stop."""
        self.remedy = remedy
        """What the person can do about it; may be empty."""

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class BadInputError(MockloopError):
    """What was given cannot be used; the command line exits with 2."""

    exit_code = 2
    title = "That cannot be used"


class AudioInputError(MockloopError):
    """No PortAudio, no microphone, or the microphone failed."""

    title = "Microphone"


class AudioFileError(BadInputError):
    """An audio file is missing, empty, corrupt or of an unknown kind."""

    title = "Audio file"


class ModelError(MockloopError):
    """A speech model or engine is not here or cannot be loaded."""

    title = "Speech model"


class StorageError(MockloopError):
    """The home folder cannot be read or written: full disk, no permission, unknown mock."""

    title = "Storage"


class RubricError(BadInputError):
    """A rubric file is wrong; the sentence carries file and line."""

    title = "Rubric"


def told(error: Exception) -> MockloopError:
    """`error` as something that can be shown: itself, or a sentence that names what nobody expected."""
    if isinstance(error, MockloopError):
        return error
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return MockloopError(
        f"Something unexpected went wrong ({what}).", "Recordings are kept. Try again, or run `mockloop doctor`."
    )
