"""A mock as lines of text: the second listener of a session, for scripts, screen readers and bare terminals."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from tui.cli.output import ProgressLine, paragraph
from tui.cli.plain_code import PlainCode
from tui.cli.plain_input import Key, Typed, read_keys, signals_told
from tui.cli.plain_rating import PlainRating
from tui.cli.spoken_clock import SpokenClock
from tui.cli.task_text import task_text
from tui.errors import MockloopError
from tui.interview.countdown import Phase, clock_text
from tui.session.events import (
    Asked,
    Event,
    Failed,
    Finished,
    InputTrouble,
    State,
    StateChanged,
    ToldMore,
    TranscriptionProgress,
)
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.history.types import MockFile
    from tui.interview.flow import Ask
    from tui.session.session import Session, Snapshot

LOOK_SECONDS = 0.1
"""How often the clock is looked at."""
METER_CELLS = 12
AT_ONCE_SECONDS = 1.0
"""Enter so soon after the answer began was meant to begin it, just when the think time ran out."""


class PlainMock:
    """Runs one session from the think time to the postmortem, saying what happens."""

    def __init__(
        self,
        session: Session,
        say: Callable[[str], None],
        *,
        attended: bool,
        live: bool,
        rating: PlainRating | None = None,
    ) -> None:
        """`say` prints a line. `attended`: a person can press keys; else answers start at once and end in time.

        `live`: the clock is one line on standard error that is rewritten in place; else it is a line now and then.
        `rating` asks the person how it went before the mock is shown; None asks nothing.
        """
        self._session = session
        self._say = say
        self._attended = attended
        self._live = live
        self._rating = rating
        self._inbox: SimpleQueue[Event | Key | Typed] = SimpleQueue()
        self._clock = SpokenClock()
        self._line = ProgressLine("Transcribing")
        self._code = PlainCode(session, self._tell)
        self._done: MockFile | None = None

    def run(self) -> MockFile:
        """The scored mock. Raises MockloopError when it fails, KeyboardInterrupt when the person leaves before.

        Closing the session is left to the caller: it waits for the recording to be packed, and the mock can be read
        meanwhile.
        """
        self._session.listen(self._inbox.put)
        with signals_told(self._inbox.put):
            try:
                self._begin()
                while self._done is None or (self._rating and self._rating.open):
                    self._step()
                return self._done
            finally:
                self._line.clear()

    def _begin(self) -> None:
        self._session.start()
        read_keys(self._inbox.put)

    def _step(self) -> None:
        try:
            item = self._inbox.get(timeout=LOOK_SECONDS)
        except Empty:
            self._tick()
            return
        if self._rating and self._rating.open and isinstance(item, Key | Typed):
            self._rating.take(item)
        elif isinstance(item, Typed):
            self._type(item.text)
        elif isinstance(item, Key):
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

    def _type(self, text: str) -> None:
        """A line that says more than Enter does; one that says nothing here counts as Enter."""
        now = self._session.snapshot()
        clarifications = now.ask.question.clarifications
        command, _, rest = text.partition(" ")
        command, number = command.lower(), rest.strip()
        if command == "r" and now.ask.question.task and number:
            self._code.run(now.ask, number)
        elif command == "c" and clarifications:
            if number.isdecimal() and 1 <= int(number) <= len(clarifications):
                self._session.clarify(clarifications[int(number) - 1])
                return
            for place, each in enumerate(clarifications, 1):
                self._tell(f"  c {place}  {one_line(each.ask)}")
        elif command == "f":
            self._session.end_mock()
        else:
            self._press(Key.ENTER, now)

    def _press(self, key: Key, now: Snapshot) -> None:
        match key, now.state:
            case Key.ENTER, State.ANSWERING if now.clock.elapsed < AT_ONCE_SECONDS:
                pass
            case Key.STOP | Key.END_OF_INPUT, State.ANSWERING | State.PAUSED if not self._attended:
                # Nobody is there to answer what else would be asked.
                self._session.end_mock()
            case (Key.STOP | Key.END_OF_INPUT, State.ANSWERING | State.PAUSED) | (Key.ENTER, State.ANSWERING):
                self._session.end_answer()
            case Key.STOP | Key.END_OF_INPUT, State.THINKING if now.mock_seconds:
                self._session.end_mock()
            case Key.STOP | Key.END_OF_INPUT, State.THINKING:
                raise KeyboardInterrupt
            case Key.STOP, State.TRANSCRIBING | State.CONSIDERING:
                if now.mock_seconds > 0:
                    self._tell("The recording is kept. Finish it later: mockloop practice --finish last")
                raise KeyboardInterrupt
            case Key.ENTER, State.THINKING:
                self._session.begin_answer()
            case Key.PAUSE, State.ANSWERING:
                self._session.pause()
            case (Key.PAUSE | Key.ENTER, State.PAUSED):
                self._session.resume()

    def _hear(self, event: Event) -> None:
        match event:
            case StateChanged(state):
                self._entered(state)
            case Asked(ask):
                self._asked(ask)
            case ToldMore(clarification):
                self._tell(f"Interviewer: {one_line(clarification.reply)}")
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
                kept = mock_id if self._session.snapshot().mock_seconds > 0 else None
                raise _explained(error, kept)

    def _asked(self, ask: Ask) -> None:
        """Say what the interviewer says, but for the first question, which the briefing has said."""
        if ask.follow_up or ask.number > 1:
            self._tell("")
            self._tell("Follow-up:" if ask.follow_up else f"Question {ask.number}: {one_line(ask.question.title)}")
            self._tell(paragraph(ask.prompt))
            if ask.question.task and not ask.follow_up:
                self._tell(task_text(ask.question.task))
        if self._attended:
            self._tell("Think. Press enter to begin the answer; it begins by itself when the think time is over.")
        else:
            self._session.begin_answer()

    def _entered(self, state: State) -> None:
        seconds = clock_text(self._session.snapshot().mock_seconds)
        if state is State.ANSWERING:
            self._clock = SpokenClock()
            self._tell(f"Recording: speak. {self._keys()}")
        elif state is State.PAUSED:
            self._tell("Paused. Enter goes on.")
        elif state is State.CONSIDERING:
            self._tell(f"The answer has ended after {seconds}.")
        elif state is State.TRANSCRIBING:
            self._tell("Reading back what you said ...")
            if self._rating:
                self._rating.begin()

    def _keys(self) -> str:
        if not self._attended:
            return "It ends by itself, or with ctrl-c."
        question = self._session.snapshot().ask.question
        asks = ", c and enter lists what you may ask" if question.clarifications else ""
        runs = ", r FILE and enter runs the examples on your code" if question.task else ""
        return f"Enter ends it, p and enter pauses{asks}{runs}."

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
