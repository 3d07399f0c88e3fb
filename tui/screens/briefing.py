"""Before a mock: the question, the times, what to fix, the checklist and the microphone."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Select, Static

from tui.history.types import Focus
from tui.interview.types import Question, Round
from tui.screens.base import MockloopScreen
from tui.screens.messages import StartMock
from tui.session.services import Services
from tui.transcript import clean, one_line
from tui.widgets.background import in_background
from tui.widgets.microphone_check import MicrophoneCheck
from tui.widgets.stepper import Stepper
from tui.widgets.wording import minutes


class BriefingScreen(MockloopScreen):
    """Settles what the mock will be, and checks the microphone meanwhile."""

    CSS_PATH = "briefing.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "Read the question, choose how long you want to think and to speak, and say a few words: the meter must move. "
        "Enter starts the time to think. Recording begins when you start the answer."
    )
    BINDINGS = [
        Binding("enter", "next", "Start", show=False, tooltip="Begin the time to think"),
        Binding("n", "other(1)", "Next question", tooltip="Show the round's next question"),
        Binding("b", "other(-1)", "Previous", show=False),
        Binding("m", "microphone", "Microphone", tooltip="Choose another microphone"),
        Binding("t", "times", "Times", tooltip="Change the time to think and to answer"),
    ]

    def __init__(self, services: Services, round_: Round, focus: Focus | None, question: str | None = None) -> None:
        super().__init__()
        self._services = services
        self._round = round_
        self._focus = focus
        self._question = (round_.question(question) if question else None) or round_.questions[0]
        self._starting = False

    def compose_body(self) -> ComposeResult:
        with Horizontal(classes="body"):
            with Vertical(id="left"):
                with VerticalScroll(id="question", classes="panel") as panel:
                    panel.border_title = "Question"
                    yield Select[str](
                        [(Content(one_line(q.title)), q.id) for q in self._round.questions],
                        value=self._question.id,
                        allow_blank=False,
                        compact=True,
                        id="questions",
                    )
                    yield Static("", id="prompt", markup=False)
                with VerticalScroll(id="reminders", classes="panel") as panel:
                    panel.border_title = "Keep in mind"
                    yield Static(self._reminders(), id="reminders-text", markup=False)
            with Vertical(id="right"):
                with Vertical(id="times", classes="panel") as panel:
                    panel.border_title = "Time"
                    yield Stepper("Think", self._round.think_seconds, 15, 0, 600, "think")
                    yield Stepper("Answer", self._round.practice_minutes * 60, 30, 30, 3600, "answer")
                with VerticalScroll(id="microphone", classes="panel", can_focus=False) as panel:
                    panel.border_title = "Microphone"
                    yield MicrophoneCheck(self._services)

    def on_mount(self) -> None:
        self.title_bar.place = f"Briefing · {one_line(self._round.title)}"
        self._show_question()
        self._say_next()

    def _show_question(self) -> None:
        at = self._round.questions.index(self._question) + 1
        self.query_one("#prompt", Static).update(Content(clean(self._question.prompt).strip()))
        self.query_one("#question").border_subtitle = f"{at} of {len(self._round.questions)}"
        self.query_one("#question", VerticalScroll).scroll_home(animate=False)

    def _reminders(self) -> Content:
        lines: list[Content] = []
        if self._focus:
            lines.append(Content.assemble(("Fix this time: ", "bold"), (one_line(self._focus.title), "bold $primary")))
            lines.append(Content(one_line(self._focus.advice)))
            if self._focus.example:
                lines.append(Content.styled(f"“{one_line(self._focus.example)}”", "italic $secondary"))
            if self._round.checklist:
                lines.append(Content(""))
        lines.extend(Content.assemble(("• ", "$primary"), one_line(item)) for item in self._round.checklist)
        return Content("\n").join(lines or [Content("Speak as if someone were listening, and end with a summary.")])

    def _seconds(self, which: str) -> float:
        return self.query_one(f"#{which}", Stepper).seconds

    @on(Stepper.Changed)
    def _say_next(self) -> None:
        think, answer = self._seconds("think"), self._seconds("answer")
        speak = f"speak for up to {minutes(answer)}"
        self.next_key.label = f"Start: think for {minutes(think)}, then {speak}" if think else f"Start: {speak}"

    @on(Select.Changed, "#questions")
    def _pick(self, message: Select.Changed) -> None:
        chosen = self._round.question(str(message.value))
        if chosen and chosen != self._question:
            self._question = chosen
            self._show_question()

    def action_other(self, step: int) -> None:
        questions = self._round.questions
        chosen: Question = questions[(questions.index(self._question) + step) % len(questions)]
        self.query_one("#questions", Select).value = chosen.id

    def action_microphone(self) -> None:
        choice = self.query_one("#device", Select)
        choice.focus()
        choice.action_show_overlay()

    def action_times(self) -> None:
        answer, think = self.query_one("#answer"), self.query_one("#think")
        (think if self.focused is answer else answer).focus()

    def action_next(self) -> None:
        """Start the mock, once; the microphone is let go first, for systems that lend it to one taker only."""
        if self._starting:
            return
        self._starting = True
        check = self.query_one(MicrophoneCheck)
        answer, think = self._seconds("answer"), self._seconds("think")
        message = StartMock(self, self._round, self._question, answer, think, check.device)

        def work() -> StartMock:
            check.release()
            return message

        in_background(self.app, work)

    def start_failed(self) -> None:
        """The mock could not begin: let the person try again."""
        self._starting = False
        self.query_one(MicrophoneCheck).reopen()
