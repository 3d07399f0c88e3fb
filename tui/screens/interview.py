"""The mock itself: the question, the clock, the level and very few keys."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.errors import MockloopError
from tui.report.wording import at
from tui.screens.base import MockloopScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.messages import AnswerEnded, ErrorMet, MockLeft
from tui.session.events import Event, InputTrouble, State
from tui.session.mock_session import Session, Snapshot
from tui.transcript import clean, one_line
from tui.widgets.clock import Clock
from tui.widgets.level_meter import LevelMeter, condition_text

POLL_SECONDS = 0.1

NEXT = {
    State.BRIEFED: "",
    State.THINKING: "Start the answer",
    State.ANSWERING: "End the answer",
    State.PAUSED: "Go on",
}


class InterviewScreen(MockloopScreen):
    """Drives one session from its think time to the end of the answer."""

    CSS_PATH = "interview.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "First the time to think, then the answer: it begins when you press Enter or when the time to think is over. "
        "Only you end the answer; silence does not, and neither does the clock. Every second is on disk as you speak."
    )
    BINDINGS = [
        Binding(
            "enter", "next", "Start or end", show=False, tooltip="Start the answer, end it, or go on after a pause"
        ),
        Binding("space,p", "pause", "Pause", tooltip="Stop clock and recording, or let both go on"),
        Binding("e", "end", "End", tooltip="End the answer and read the postmortem"),
        Binding("escape", "back", "Leave", tooltip="Leave this mock; what was recorded is kept"),
    ]

    def __init__(self, session: Session, least_seconds: float) -> None:
        super().__init__()
        self._session = session
        self._least_seconds = least_seconds
        self._state = State.BRIEFED
        self._ended = False
        self._trouble: InputTrouble | None = None

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"):
            with VerticalScroll(id="question", classes="panel") as panel:
                panel.border_title = "Question"
                yield Static(Content(clean(self._session.question.prompt).strip()), id="prompt")
            with Vertical(id="stage"):
                yield Clock()
            with Vertical(id="input", classes="panel") as panel:
                panel.border_title = "Microphone"
                yield LevelMeter()
                yield Static("", id="condition", markup=False)

    def on_mount(self) -> None:
        title, question = one_line(self._session.round.title), one_line(self._session.question.title)
        self.title_bar.place = f"{title} · {question}"
        self._try(self._session.start)
        self._tick()
        self.set_interval(POLL_SECONDS, self._tick)

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except MockloopError as error:
            self.post_message(ErrorMet(error))

    def hear(self, event: Event) -> None:
        """What the session said that concerns this screen."""
        if isinstance(event, InputTrouble):
            self._trouble = event if event.sentence else None

    def _tick(self) -> None:
        now = self._session.snapshot()
        self.query_one(Clock).show(now.clock, now.state)
        self._show_input(now)
        self._show_state(now)

    def _show_input(self, now: Snapshot) -> None:
        recording = now.state in (State.ANSWERING, State.PAUSED)
        self.query_one(LevelMeter).level = now.level if now.state is not State.PAUSED else None
        if self._trouble:
            words = Content.styled(one_line(f"{self._trouble.sentence} {self._trouble.remedy}"), "$error")
        elif not recording:
            words = Content.styled("Recording starts with the answer.", "$foreground-muted")
        else:
            words = condition_text(now.level) if now.state is State.ANSWERING else Content("Paused.")
        lost = f"   {now.overflows} gaps reported by the sound system" if now.overflows else ""
        saved = Content.styled(
            f"   {at(now.recorded_seconds)} recorded{lost}" if recording else "", "$foreground-muted"
        )
        shown = self.query_one("#condition", Static)
        line = Content.assemble(words, saved)
        if shown.content != line:
            shown.update(line)

    def _show_state(self, now: Snapshot) -> None:
        bar = self.title_bar
        bar.status, bar.status_style = {
            State.ANSWERING: ("● recording", "bold $error"),
            State.PAUSED: ("‖ paused", "bold $warning"),
        }.get(now.state, ("not recording", "$foreground-muted"))
        self.next_key.label = NEXT.get(now.state, "")
        if now.state is not self._state:
            self._state = now.state
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action in ("pause", "end"):
            return self._state in (State.ANSWERING, State.PAUSED)
        return True

    def action_next(self) -> None:
        """Go to the next step of the mock, whatever it is now."""
        match self._session.snapshot().state:
            case State.THINKING:
                self._try(self._session.begin_answer)
            case State.PAUSED:
                self._try(self._session.resume)
            case State.ANSWERING:
                self.action_end()
        self._tick()

    def action_pause(self) -> None:
        paused = self._session.snapshot().state is State.PAUSED
        self._try(self._session.resume if paused else self._session.pause)
        self._tick()

    def action_end(self) -> None:
        """End the answer; an answer too short to score is ended only when the person says so."""
        recorded = self._session.snapshot().recorded_seconds
        if recorded >= self._least_seconds:
            self._end(True)
            return
        sentence = (
            f"{recorded:.0f} s are recorded. With less than {self._least_seconds:.0f} s of speech there is no score."
        )
        self.app.push_screen(ConfirmScreen("End already?", sentence, "End", "Go on"), self._end)

    def _end(self, sure: bool | None) -> None:
        if sure and not self._ended:
            self._ended = True
            self.post_message(AnswerEnded())

    async def action_back(self) -> None:
        recorded = self._session.snapshot().recorded_seconds
        kept = f"The {at(recorded)} you recorded are kept: finish or delete the mock later from the home screen."
        sentence = kept if recorded > 0 else "Nothing has been recorded yet."
        self.app.push_screen(ConfirmScreen("Leave this mock?", sentence, "Leave"), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.post_message(MockLeft())
