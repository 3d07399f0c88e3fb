"""The mock itself: what the interviewer says, the clock, the level and very few keys."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.errors import MockloopError
from tui.interview.countdown import clock_text
from tui.interview.flow import Ask
from tui.interview.types import Clarification
from tui.report.wording import at
from tui.rubric.types import Rubric
from tui.screens.base import MockloopScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.messages import AnswerEnded, ErrorMet, MockEnded, MockLeft
from tui.screens.pick import PickScreen
from tui.session.events import Event, Heard, InputTrouble, State, ToldMore
from tui.session.session import Session, Snapshot
from tui.transcript import clean, one_line
from tui.widgets.clock import COLOURS, Clock
from tui.widgets.coach import Coach
from tui.widgets.desk import Desk
from tui.widgets.level_meter import LevelMeter, condition_text

POLL_SECONDS = 0.1
RECORDING = (State.ANSWERING, State.PAUSED)

NEXT = {
    State.BRIEFED: "",
    State.THINKING: "Start the answer",
    State.ANSWERING: "End the answer",
    State.PAUSED: "Go on",
}


class InterviewScreen(MockloopScreen):
    """Drives one session from its first think time to the end of its last answer."""

    CSS_PATH = "interview.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "First the time to think, then the answer: it begins when you press Enter or when the time to think is over. "
        "Only you end the answer; silence does not, and neither does the clock. Then the interviewer may ask about "
        "something that was not heard. Every second is on disk as you speak. While you write code, F8 starts and ends "
        "the answer, and Esc leaves the editor for the keys below."
    )
    BINDINGS = [
        # Each key that is typed into code has another beside it.
        Binding(
            "enter,f8,ctrl+g",
            "next",
            "Start or end",
            show=False,
            tooltip="Start the answer, end it, or go on after a pause",
        ),
        Binding("space,p,f9", "pause", "Pause", tooltip="Stop clock and recording, or let both go on"),
        Binding("e", "end", "End", tooltip="End this answer"),
        Binding(
            "c,ctrl+t", "clarify", "Clarify", tooltip="Pick something to ask the interviewer; asking aloud earns more"
        ),
        Binding("f", "finish", "Finish", tooltip="Take no more questions, and read the postmortem"),
        Binding("escape", "back", "Leave", tooltip="Leave this mock; what was recorded is kept"),
    ]

    def __init__(self, session: Session, rubric: Rubric) -> None:
        super().__init__()
        self._session = session
        self._least_seconds = rubric.scoring.least_speech_seconds
        scored = session.sitting.round.signals
        self._coach = Coach({signal: rubric.signals[signal].title for signal in scored}, rubric.scoring)
        self._state = State.BRIEFED
        self._recorded = False
        """Whether there is anything to be scored."""
        self._ask: Ask | None = None
        self._told: list[Clarification] = []
        self._trouble: InputTrouble | None = None

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"):
            with VerticalScroll(id="question", classes="panel"):
                yield Static("", id="prompt", markup=False)
                yield Static("", id="told", classes="hidden", markup=False)
            with Horizontal(id="stage"):
                with Vertical(id="clock"):
                    yield Clock()
                yield self._coach
            yield Desk(self._session)
            with Vertical(id="input", classes="panel") as panel:
                panel.border_title = "Microphone"
                yield LevelMeter()
                yield Static("", id="condition", markup=False)

    def on_mount(self) -> None:
        self._coach.set_class(self._session.sitting.coached, "-on")
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
        match event:
            case InputTrouble():
                self._trouble = event if event.sentence else None
            case Heard():
                self._coach.hear(event)
            case ToldMore(clarification):
                self._told.append(clarification)
                self._show_told()

    def _tick(self) -> None:
        now = self._session.snapshot()
        if now.ask is not self._ask:
            self._show_ask(now.ask)
        self.query_one(Clock).show(now.clock, now.state)
        self.query_one(Desk).tick(now, time.monotonic())
        self._coach.tick(now, time.monotonic())
        self._show_input(now)
        self._show_state(now)

    def _show_ask(self, ask: Ask) -> None:
        """Show what the interviewer says now."""
        if self._ask is None or ask.number != self._ask.number:
            self._told = []
        self._ask = ask
        title = one_line(ask.question.title)
        self.title_bar.place = f"{one_line(self._session.sitting.round.title)} · {title}"
        panel = self.query_one("#question", VerticalScroll)
        several = len(self._session.sitting.questions) > 1
        panel.border_title = "Follow-up" if ask.follow_up else "Question"
        panel.border_subtitle = f"question {ask.number} of {len(self._session.sitting.questions)}" if several else ""
        panel.set_class(bool(ask.follow_up), "-follow-up")
        self.query_one("#prompt", Static).update(Content(clean(ask.prompt).strip()))
        self.set_class(ask.question.task is not None, "-coding")
        self._show_told()
        panel.scroll_home(animate=False)
        self.refresh_bindings()

    def _show_told(self) -> None:
        """Show what the interviewer clarified."""
        lines = [
            Content.assemble((f"{one_line(each.ask)}  ", "$foreground-muted"), (one_line(each.reply), "$secondary"))
            for each in self._told
        ]
        told = Content("\n").join(lines)
        if self._ask:
            self.query_one(Desk).show_ask(self._ask, told)
        shown = self.query_one("#told", Static)
        shown.update(told)
        shown.set_class(not lines, "hidden")
        if lines:
            self.query_one("#question", VerticalScroll).scroll_end(animate=False)

    def _show_input(self, now: Snapshot) -> None:
        recording = now.state in RECORDING
        self.query_one(LevelMeter).level = now.level if now.state is State.ANSWERING else None
        if self._trouble:
            words = Content.styled(one_line(f"{self._trouble.sentence} {self._trouble.remedy}"), "$error")
        elif not recording:
            words = Content.styled("Recording starts with the answer.", "$foreground-muted")
        else:
            words = condition_text(now.level) if now.state is State.ANSWERING else Content("Paused.")
        lost = f"   {now.overflows} gaps reported by the sound system" if now.overflows else ""
        saved = f"   {at(now.recorded_seconds)} recorded{lost}" if recording else ""
        if not recording and now.mock_seconds:
            saved = f"   {at(now.mock_seconds)} recorded so far"
        line = Content.assemble(words, (saved, "$foreground-muted"))
        shown = self.query_one("#condition", Static)
        if shown.content != line:
            shown.update(line)

    def _show_state(self, now: Snapshot) -> None:
        bar, coding = self.title_bar, self.has_class("-coding")
        status, bar.status_style = {
            State.ANSWERING: ("● recording", "bold $error"),
            State.PAUSED: ("‖ paused", "bold $warning"),
        }.get(now.state, ("not recording", "$foreground-muted"))
        # The large clock makes room for the code.
        if coding:
            status = f"{clock_text(now.clock.remaining)}  {status}"
            bar.status_style = f"bold {COLOURS[now.clock.phase]}"
        bar.status = status
        self.next_key.key = "F8" if coding else "Enter"
        self.next_key.label = NEXT.get(now.state, "")
        self.next_key.note = "The interviewer thinks about what to ask next" if not self.next_key.label else ""
        recorded = now.mock_seconds > 0
        if (now.state, recorded) != (self._state, self._recorded):
            self._state, self._recorded = now.state, recorded
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        match action:
            case "pause" | "end":
                return self._state in RECORDING
            case "clarify":
                return bool(self._ask and self._ask.question.clarifications)
            case "finish":
                sitting = self._session.sitting
                more = sitting.follow_ups > 0 or len(sitting.questions) > 1
                return more and self._recorded
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
        """End the answer; a mock too short to score is ended only when the person says so."""
        self._if_enough(self._end)

    def _if_enough(self, end: Callable[[], None]) -> None:
        """Do `end`, in a mock too short to score only when the person says so."""
        recorded = self._session.snapshot().mock_seconds
        if recorded >= self._least_seconds:
            end()
            return
        sentence = (
            f"{recorded:.0f} s are recorded. With less than {self._least_seconds:.0f} s of speech there is no score."
        )
        confirm = ConfirmScreen("End already?", sentence, "End", "Go on")
        self.app.push_screen(confirm, lambda sure: end() if sure else None)

    def _end(self) -> None:
        if self._session.snapshot().state in RECORDING:
            self.query_one(Desk).flush()
            self.post_message(AnswerEnded())

    def action_clarify(self) -> None:
        """Let the person pick something that the interviewer would clarify."""
        if self._ask is None:
            return
        known = self._ask.question.clarifications

        def picked(which: int | None) -> None:
            if which is not None:
                self._session.clarify(known[which])

        sentence = "Asked aloud and early it counts as clarifying; picked here it only helps you along."
        asks = [each.ask for each in known]
        self.app.push_screen(PickScreen("Ask the interviewer", sentence, asks), picked)

    def action_finish(self) -> None:
        """End the mock here, whatever the interviewer still wanted to ask; a very short one asks first."""
        self._if_enough(self._finish)

    def _finish(self) -> None:
        self.query_one(Desk).flush()
        self.post_message(MockEnded())

    async def action_back(self) -> None:
        recorded = self._session.snapshot().mock_seconds
        kept = f"The {at(recorded)} you recorded are kept: finish or delete the mock later from the home screen."
        sentence = kept if recorded > 0 else "Nothing has been recorded yet."
        self.app.push_screen(ConfirmScreen("Leave this mock?", sentence, "Leave"), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.post_message(MockLeft())
