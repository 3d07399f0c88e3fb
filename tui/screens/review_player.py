"""What is played of a mock under review, how fast, and where in it one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tui.errors import AudioFileError

if TYPE_CHECKING:
    from tui.speech.playback import Player

SPEEDS = (0.75, 1.0, 1.25, 1.5)


class ReviewPlayer:
    """Plays one turn at a time, from any second to its end."""

    def __init__(self, player: Player, background: Callable[[Callable[[], None]], object]) -> None:
        """`background` runs something off the event loop."""
        self._player = player
        self._background = background
        self.speed = 1.0
        self.turn: int | None = None
        """The turn that is being played, or None."""
        self.following = False
        """Whether the cursor goes with what is played."""
        self._moves = 0
        """How many times a person had moved the cursor when something was to be played."""
        self._audio: Path | None = None
        self._asked = 0
        """How many times something was to be played; what was asked for before the last time does not matter."""
        self._begun = 0
        """The last of them that has begun to sound."""
        self._beginning = Lock()
        """Held while something begins to sound, so that what was asked for last is the last to begin."""

    def play(self, turn: int, audio: Path | None, seconds: float | None, moves: int) -> None:
        """Play a turn from `seconds` on. Raises AudioFileError when there is nothing to play.

        `moves` counts how often a person has moved the cursor; it is followed until that changes.
        """
        if audio is None or seconds is None:
            raise AudioFileError("This answer has no recording to play.", "It was made from text.")
        speed = self.speed
        self._asked += 1
        asked = self._asked
        self.turn, self._audio, self._moves, self.following = turn, audio, moves, True

        def begin() -> None:
            with self._beginning:
                if asked == self._asked:
                    self._player.play(audio, seconds, None, speed)
                    self._begun = asked
                if self.turn is None:
                    self._player.stop()  # it was stopped while the recording was being read

        self._background(begin)

    def moved(self, moves: int) -> None:
        """Leave the cursor where a person put it, if one did since playing began."""
        self.following &= moves == self._moves

    def stop(self) -> None:
        self._asked += 1
        self.turn = None
        self._background(self._player.stop)

    def change_speed(self, step: int) -> None:
        """Play faster (1) or slower (-1), also what is being played."""
        chosen = SPEEDS.index(self.speed) + step
        if not 0 <= chosen < len(SPEEDS):
            return
        self.speed = SPEEDS[chosen]
        position = self._player.position
        if self.turn and position is not None:
            following = self.following
            self.play(self.turn, self._audio, position, self._moves)
            self.following = following

    def heard(self) -> float | None:
        """The second of the turn that is heard now; None when nothing is, and `turn` is None once it has ended."""
        if self.turn is None or self._begun != self._asked:
            return None  # what sounds still, if anything does, is what was played before
        position = self._player.position
        if position is None:
            self.turn = None
        return position

    def failed(self) -> None:
        """Nothing is played after all."""
        self.turn = None
