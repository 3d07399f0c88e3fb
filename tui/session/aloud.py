"""The interviewer's words read aloud, where a voice was chosen; never while an answer is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.errors import MockloopError

if TYPE_CHECKING:
    from tui.speech.voice import Speaker


class Aloud:
    """Reads what the interviewer says; without a speaker it is silent, and everything goes on at once."""

    def __init__(self, speaker: Speaker | None = None) -> None:
        self._speaker = speaker

    @property
    def speaking(self) -> bool:
        """Whether the interviewer is still speaking."""
        return self._speaker is not None and self._speaker.speaking

    def say(self, text: str, ended: Callable[[MockloopError | None], None]) -> None:
        """Begin to read `text`; `ended` is called when it was read to its end or failed, with the error."""
        if self._speaker is None:
            return
        try:
            self._speaker.speak(text, ended)
        except MockloopError as error:
            ended(error)

    def stop(self) -> None:
        """Fall silent; returns when the loudspeaker is quiet."""
        if self._speaker is not None:
            self._speaker.stop()
