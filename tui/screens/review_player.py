"""What is played of a mock under review, how fast, and where in it one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
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
        self._audio: Path | None = None
        self._sounded = False
        """Whether what was asked for has begun to sound."""

    def play(self, turn: int, audio: Path | None, seconds: float | None) -> None:
        """Play a turn from `seconds` on. Raises AudioFileError when there is nothing to play."""
        if audio is None or seconds is None:
            raise AudioFileError("This answer has no recording to play.", "It was made from text.")
        speed = self.speed
        self.turn, self._audio, self.following, self._sounded = turn, audio, True, False
        self._background(lambda: self._player.play(audio, seconds, None, speed))

    def stop(self) -> None:
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
            self.play(self.turn, self._audio, position)
            self.following = following

    def heard(self) -> float | None:
        """The second of the turn that is heard now; None when nothing is, and `turn` is None once it has ended."""
        if self.turn is None:
            return None
        position = self._player.position
        if position is not None:
            self._sounded = True
        elif self._sounded:
            self.turn = None
        return position

    def failed(self) -> None:
        """Nothing is played after all."""
        self.turn = None
