"""A mock as lines of text: the second listener of a session, for scripts, screen readers and bare terminals."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from tui.cli.output import ProgressLine
from tui.cli.plain_input import Key, read_keys, signals_told
from tui.cli.spoken_clock import SpokenClock
from tui.errors import MockloopError
from tui.interview.countdown import Phase, clock_text
from tui.session.events import Event, Failed, Finished, InputTrouble, State, StateChanged, TranscriptionProgress

if TYPE_CHECKING:
    from tui.history.types import MockFile
    from tui.session.mock_session import Session, Snapshot

LOOK_SECONDS = 0.1
"""How often the clock is looked at."""
METER_CELLS = 12
AT_ONCE_SECONDS = 1.0
"""Enter so soon after the answer began was meant to begin it, just when the think time ran out."""


class PlainMock:
    """Runs one session from the think time to the postmortem, saying what happens."""

    def __init__(self, session: Session, say: Callable[[str], None], *, attended: bool, live: bool) -> None:
        """`say` prints a line. `attended`: a person can press keys; else the answer starts at once and ends in time.

        `live`: the clock is one line on standard error that is rewritten in place; else it is a line now and then.
        """
        self._session = session
        self._say = say
        self._attended = attended
        self._live = live
        self._inbox: SimpleQueue[Event | Key] = SimpleQueue()
        self._clock = SpokenClock()
        self._line = ProgressLine("Transcribing")
        self._done: MockFile | None = None

    def run(self) -> MockFile:
        """The scored mock. Raises MockloopError when it fails, KeyboardInterrupt when the person leaves before."""
        self._session.listen(self._inbox.put)
        with signals_told(self._inbox.put):
            try:
                self._begin()
                while self._done is None:
                    self._step()
                return self._done
            finally:
                self._line.clear()
                self._session.close()

    def _begin(self) -> None:
        self._session.start()
        if not self._attended:
            self._session.begin_answer()
        read_keys(self._inbox.put)

    def _step(self) -> None:
        try:
            item = self._inbox.get(timeout=LOOK_SECONDS)
        except Empty:
            self._tick()
            return
        if isinstance(item, Key):
            self._press(item, self._session.snapshot())
        else:
            self._hear(item)

    def _tick(self) -> None:
        snapshot = self._session.snapshot()
        if snapshot.state not in {State.THINKING, State.ANSWERING, State.PAUSED}:
            return
        if self._live:
            self._line.line(_status(snapshot))
        elif snapshot.state is not State.PAUSED and (line := self._clock.line(snapshot.clock)):
            self._say(line)
        # Alone, nobody would end it; a person is never cut off.
        if not self._attended and snapshot.state is State.ANSWERING and snapshot.clock.phase is Phase.OVER:
            self._session.end_answer()

    def _press(self, key: Key, now: Snapshot) -> None:
        match key, now.state:
            case Key.ENTER, State.ANSWERING if now.clock.elapsed < AT_ONCE_SECONDS:
                pass
            case (Key.STOP, State.ANSWERING | State.PAUSED) | (Key.ENTER | Key.END_OF_INPUT, State.ANSWERING):
                self._session.end_answer()
            case Key.STOP | Key.END_OF_INPUT, State.THINKING:
                raise KeyboardInterrupt
            case Key.STOP, State.TRANSCRIBING:
                if now.recorded_seconds > 0:
                    self._tell("The recording is kept. Finish it later: mockloop practice --finish last")
                raise KeyboardInterrupt
            case Key.ENTER, State.THINKING:
                self._session.begin_answer()
            case Key.PAUSE, State.ANSWERING:
                self._session.pause()
            case (Key.PAUSE | Key.ENTER, State.PAUSED):
                self._session.resume()
            case Key.END_OF_INPUT, State.PAUSED:
                self._session.end_answer()

    def _hear(self, event: Event) -> None:
        match event:
            case StateChanged(state):
                self._entered(state)
            case InputTrouble(sentence, remedy) if sentence:
                self._tell(f"{sentence} {remedy}".strip())
            case InputTrouble():
                self._tell("Sound is coming in again.")
            case TranscriptionProgress(share, text):
                self._line(share, text)
            case Finished(mock):
                self._done = mock
            case Failed(error, mock_id):
                # A mock into which nothing was recorded has been removed.
                kept = mock_id if self._session.snapshot().recorded_seconds > 0 else None
                raise _explained(error, kept)

    def _entered(self, state: State) -> None:
        if state is State.THINKING and self._attended:
            self._tell("Think. Press enter to begin the answer; it begins by itself when the think time is over.")
        elif state is State.ANSWERING:
            self._clock = SpokenClock()
            keys = "enter ends it, p and enter pauses." if self._attended else "it ends by itself, or with ctrl-c."
            self._tell(f"Recording: speak. {keys[:1].upper()}{keys[1:]}")
        elif state is State.PAUSED:
            self._tell("Paused. Enter goes on.")
        elif state is State.TRANSCRIBING:
            seconds = self._session.snapshot().recorded_seconds
            self._tell(f"The answer has ended after {clock_text(seconds)}. Transcribing ...")

    def _tell(self, text: str) -> None:
        self._line.clear()
        self._say(text)


def _explained(error: MockloopError, mock_id: str | None) -> MockloopError:
    """`error`, with where the recording is."""
    if mock_id is None:
        return error
    kept = MockloopError(
        error.sentence, f"{error.remedy} The recording is kept: mockloop practice --finish {mock_id}".strip()
    )
    kept.exit_code = error.exit_code
    return kept


def _status(snapshot: Snapshot) -> str:
    clock = snapshot.clock
    if snapshot.state is State.PAUSED:
        return f"paused at {clock_text(clock.elapsed)}"
    if snapshot.state is State.THINKING:
        return f"think {clock_text(clock.remaining)}"
    urgency = f" {clock.phase.value}" if clock.phase is not Phase.CALM else ""
    filled = round(snapshot.level.share * METER_CELLS) if snapshot.level else 0
    return f"{clock_text(clock.remaining)}{urgency}  [{'#' * filled:<{METER_CELLS}}]"
