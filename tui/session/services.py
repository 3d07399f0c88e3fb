"""What screens and commands may ask for: one facade over rubrics, microphones, recognition and history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.history.loops import Loops
    from tui.history.profile import Profile
    from tui.history.recover import Recovered
    from tui.history.store import History
    from tui.interview.loop import LoopPlace
    from tui.interview.sitting import Length, Sitting
    from tui.interview.types import Catalogue, Round
    from tui.session.events import Listener
    from tui.session.revising import Reviser
    from tui.session.session import Session
    from tui.speech.level_monitor import LevelMonitor
    from tui.speech.playback import Player
    from tui.speech.types import InputDevice


class Services(Protocol):
    """Everything a listener needs; real in `tui.session.local`, and the only thing that tests replace."""

    home: Path

    def catalogue(self, again: bool = False) -> Catalogue:
        """All rounds and the rubric; read once, then kept until they are asked for `again`.

        Raises RubricError. Slow: call it off the event loop.
        """

    @property
    def history(self) -> History:
        """Past mocks. Raises StorageError when the home cannot be used."""

    def unfinished(self) -> Recovered:
        """Mocks that were interrupted, their recordings mended where that can be done. Raises StorageError."""

    def now(self) -> datetime:
        """Local time with its offset."""

    @property
    def profile(self) -> Profile:
        """The person's settings."""

    def warnings(self) -> tuple[str, ...]:
        """What is wrong with settings and speech model, a sentence or two each. Slow: call it off the event loop."""

    def set_device(self, name: str | None) -> None:
        """Remember the microphone to use; None for the system's default."""

    def calibrate(self, listener: Listener) -> None:
        """Measure new speech models in the background, while no mock is going on; `listener` may hear Calibrated."""

    def inputs(self) -> tuple[InputDevice, ...]:
        """The microphones there are. Raises AudioInputError."""

    def monitor(self, device: str | None) -> LevelMonitor:
        """A level meter on `device` that records nothing."""

    def new_session(self, sitting: Sitting, device: str | None, place: LoopPlace | None = None) -> Session:
        """A mock that is ready to start, as the interview at `place` of a loop when there is one.

        Raises StorageError when it could not be kept.
        """

    @property
    def loops(self) -> Loops:
        """The loops that somebody is in."""

    @property
    def level(self) -> str:
        """Id of the level that a briefing begins with."""

    @property
    def length(self) -> Length:
        """How long a mock is that a briefing begins with."""

    def story_lines(self, round_: Round) -> tuple[str, ...]:
        """What a briefing says about the person's own stories; nothing in rounds in which none are told."""

    def finish(self, mock_id: str, listener: Listener) -> None:
        """Transcribe, score and save a mock that was interrupted, in the background.

        `listener` hears TranscriptionProgress, then Finished or Failed.
        """

    def reviser(self) -> Reviser:
        """What makes new readings of scored mocks. What it does is slow: call it off the event loop."""

    @property
    def player(self) -> Player:
        """Plays parts of recordings."""

    def close(self) -> None:
        """Stop everything that runs in the background."""
