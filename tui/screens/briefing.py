"""Before a mock: the question, level and times, what to fix, the checklist and the microphone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Select, Static

from tui.history.types import Focus
from tui.interview.loop import LoopPlace
from tui.interview.sitting import Length, Sitting, full_sitting, short_sitting
from tui.interview.types import Catalogue, Level, Question, Round
from tui.screens.base import MockloopScreen
from tui.screens.messages import StartMock
from tui.session.services import Services
from tui.transcript import clean, one_line
from tui.widgets.background import in_background
from tui.widgets.choice import Choice
from tui.widgets.microphone_check import MicrophoneCheck
from tui.widgets.stepper import Stepper
from tui.widgets.wording import minutes

MOST_FOLLOW_UPS = 4


class BriefingScreen(MockloopScreen):
    """Settles what the mock will be, and checks the microphone meanwhile."""

    CSS_PATH = "briefing.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "Read the question, choose your level and how long you want to think and to speak, and say a few words: the "
        "meter must move. A full mock has the questions and the length of the real interview. Enter starts the time to "
        "think; recording begins when you start the answer."
    )
    BINDINGS = [
        Binding("enter", "next", "Start", show=False, tooltip="Begin the time to think"),
        Binding("n", "other(1)", "Next question", tooltip="Show the round's next question (b: back)"),
        Binding("b", "other(-1)", "Previous", show=False),
        Binding("l", "level", "Level", tooltip="Choose the level to be held to"),
        Binding("t", "times", "Times", tooltip="Change the time to think and to answer"),
        Binding("m", "microphone", "Microphone", tooltip="Choose another microphone"),
    ]

    place: LoopPlace | None = None
    """Which interview of a loop it is, or None."""
    drill: bool = False
    """Whether one signal is to be drilled, with the coach beside the clock."""

    def __init__(
        self,
        services: Services,
        catalogue: Catalogue,
        round_: Round,
        focus: Focus | None,
        question: str | None = None,
    ) -> None:
        super().__init__()
        self._services = services
        self._levels = _levels(catalogue.levels.values(), round_)
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
                    panel.border_title = "This mock"
                    yield from self._settings()
                with VerticalScroll(id="microphone", classes="panel", can_focus=False) as panel:
                    panel.border_title = "Microphone"
                    yield MicrophoneCheck(self._services)

    def _settings(self) -> ComposeResult:
        run = self.place.run if self.place else None
        level = run.level if run else self._services.level
        if self._levels:
            yield Choice("Level", [(each.id, each.title) for each in self._levels.values()], level, "level")
        full = f"full, {minutes(self._round.minutes * 60)}"
        lengths = [(Length.SHORT.value, "short"), (Length.FULL.value, full)]
        yield Choice("Length", lengths, run.length if run else self._services.length, "length")
        yield Stepper("Think", self._round.think_seconds, 15, 0, 600, "think")
        yield Stepper("Answer", self._round.practice_minutes * 60, 30, 30, 3600, "answer")
        counts = [(str(n), str(n) if n else "none") for n in range(MOST_FOLLOW_UPS + 1)]
        coached = "on" if self.drill else "off"
        yield Choice("Coaching", [("off", "off"), ("on", "signals tick as heard")], coached, "coaching")
        yield Choice("Follow-ups", counts, str(min(self._round.follow_ups, MOST_FOLLOW_UPS)), "follow-ups")

    def on_mount(self) -> None:
        self.title_bar.place = f"Briefing · {one_line(self._round.title)}"
        if self.place:
            at, of = self.place.place + 1, len(self.place.run.rounds)
            self.title_bar.status = f"interview {at} of {of}: {one_line(self.place.run.title)}"
        self._show_question()
        self._fit_times()

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
        stories = self._services.story_lines(self._round)
        if stories:
            lines += [Content(""), Content.styled("Your stories", "bold")]
            lines.extend(Content.assemble(("• ", "$primary"), one_line(item)) for item in stories)
        return Content("\n").join(lines or [Content("Speak as if someone were listening, and end with a summary.")])

    def _seconds(self, which: str) -> float:
        return self.query_one(f"#{which}", Stepper).seconds

    def _sitting(self) -> Sitting:
        """The mock as it is settled now."""
        level = self._levels[self.query_one("#level", Choice).value] if self._levels else None
        full = self.query_one("#length", Choice).value == Length.FULL
        found = (full_sitting if full else short_sitting)(self._round, self._question, level)
        follow_ups = int(self.query_one("#follow-ups", Choice).value)
        coached = self.query_one("#coaching", Choice).value == "on"
        think, answer = self._seconds("think"), self._seconds("answer")
        return replace(found, think_seconds=think, answer_seconds=answer, follow_ups=follow_ups, coached=coached)

    def _fit_times(self) -> None:
        """Give each answer the time that the chosen length leaves for it."""
        full = self.query_one("#length", Choice).value == Length.FULL
        sitting = (full_sitting if full else short_sitting)(self._round, self._question)
        self.query_one("#answer", Stepper).seconds = round(sitting.answer_seconds)
        self._say_next()

    @on(Choice.Changed)
    def _chosen(self, message: Choice.Changed) -> None:
        if message.choice.id == "length":
            self._fit_times()
        else:
            self._say_next()

    @on(Stepper.Changed)
    def _say_next(self) -> None:
        think, answer = self._seconds("think"), self._seconds("answer")
        count = len(self._sitting().questions)
        speak = f"speak for up to {minutes(answer)}"
        begin = f"{count} questions: " if count > 1 else ""
        thinking = f"think for {minutes(think)}, then {speak}" if think else speak
        self.next_key.label = f"Start: {begin}{thinking}"

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

    def action_level(self) -> None:
        # A round that no level has offers its length only.
        offered = [*self.query("#level, #length")]
        (offered[-1] if self.focused is offered[0] else offered[0]).focus()

    def action_times(self) -> None:
        answer, think = self.query_one("#answer"), self.query_one("#think")
        (think if self.focused is answer else answer).focus()

    def action_next(self) -> None:
        """Start the mock, once; the microphone is let go first, for systems that lend it to one taker only."""
        if self._starting:
            return
        self._starting = True
        check = self.query_one(MicrophoneCheck)
        message = StartMock(self, self._sitting(), check.device, self.place)

        def work() -> StartMock:
            check.release()
            return message

        in_background(self.app, work)

    def start_failed(self) -> None:
        """The mock could not begin: let the person try again."""
        self._starting = False
        self.query_one(MicrophoneCheck).reopen()


def _levels(levels: Iterable[Level], round_: Round) -> dict[str, Level]:
    """The levels that have `round_`, by id."""
    return {level.id: level for level in levels if not round_.levels or level.id in round_.levels}
