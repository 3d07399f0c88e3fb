"""Where a sitting begins: the rounds, the last mocks, and what to fix next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.base import MockloopScreen
from tui.screens.home_text import (
    about_drill,
    about_focus,
    about_mock,
    about_round,
    all_warnings,
    interrupted,
    round_line,
    warned,
)
from tui.screens.messages import (
    AdviceRead,
    BriefRound,
    CatalogueFailed,
    CatalogueLoaded,
    ErrorMet,
    MocksFailed,
    MocksLoaded,
    OpenHistory,
    OpenLoops,
    OpenMock,
    OpenProgress,
)
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.home_lists import MockList, RoundList

if TYPE_CHECKING:
    from tui.history.advice import Advice
    from tui.history.types import Mock, MockRow
    from tui.interview.types import Catalogue, Round
    from tui.session.services import Services

ROWS = 12
"""How many of the last mocks are listed."""
AFTER_PAINT_SECONDS = 0.05
"""Reading YAML and the index keeps the interpreter busy; begun at once, it would hold up the first paint."""


class HomeScreen(MockloopScreen):
    """Lists rounds and mocks; both are read after the first paint."""

    PLACE = "Press one key, speak, read the postmortem"
    HELP_TEXT = (
        "Choose a round and press Enter to prepare it. You answer aloud, under a clock; the recording is transcribed "
        "and scored on this machine, and every point comes with the words that earned it. Nothing leaves this computer."
    )
    BINDINGS = [
        Binding("enter", "next", "Prepare", show=False),
        Binding("f", "finish", "Finish", tooltip="Transcribe and score the interrupted mock"),
        Binding("w", "warnings", "Warnings", tooltip="What is wrong in your own files, and what was done about it"),
        Binding("r", "read_again", "Read again", tooltip="Read the rounds and rubrics again, once corrected"),
        Binding("l", "loops", "Loops", tooltip="Whole loops of interviews, and their packets"),
        Binding("d", "drill", "Drill", tooltip="Prepare the question that drills what you most need"),
        Binding("g", "progress", "Progress", tooltip="Signals, scores over time, areas, the plan, two takes"),
        Binding("h", "history", "History", tooltip="All mocks, to read or delete"),
        Binding("q", "app.quit", "Quit", tooltip="Leave mockloop"),
        Binding("escape", "nothing", show=False),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._catalogue: Catalogue | None = None
        self._rows: tuple[MockRow, ...] = ()
        self._unfinished: tuple[Mock, ...] = ()
        self._warnings: tuple[str, ...] = ()
        """About recordings and settings; those about rubrics are in the catalogue."""
        self._advice: Advice | None = None
        self._failed = False
        self._seen: set[str] = set()
        """Warnings that the person has read."""

    def compose_body(self) -> ComposeResult:
        yield Static("", id="interrupted", classes="banner hidden", markup=False)
        yield Static("", id="warnings", classes="banner hidden", markup=False)
        with Horizontal(classes="body"):
            with Vertical(id="lists"):
                rounds = RoundList(id="rounds", classes="panel", markup=False)
                rounds.border_title = "Rounds"
                yield rounds
                mocks = MockList(id="mocks", classes="panel", markup=False)
                mocks.border_title = "Last mocks"
                yield mocks
            with Vertical(id="details"):
                with VerticalScroll(id="about", classes="panel", can_focus=False) as about:
                    about.border_title = "This round"
                    yield Static("Reading the rounds …", id="about-text", markup=False)
                with VerticalScroll(id="focus", classes="panel", can_focus=False) as focus:
                    focus.border_title = "Fix next"
                    yield Static("", id="focus-text", markup=False)

    def on_mount(self) -> None:
        self.query_one("#rounds").focus()
        self.set_timer(AFTER_PAINT_SECONDS, self._read_catalogue)

    def on_screen_resume(self) -> None:
        self.set_timer(AFTER_PAINT_SECONDS, self.read_mocks)

    def _read_catalogue(self, again: bool = False) -> None:
        in_background(self, lambda: CatalogueLoaded(self._services.catalogue(again)), CatalogueFailed)

    def read_mocks(self) -> None:
        """Read the history again, in the background."""

        def work() -> Message:
            # First what was interrupted: recovering it brings the index up to date.
            found = self._services.unfinished()
            history = self._services.history
            warnings = (*found.problems, *self._services.warnings())
            return MocksLoaded(tuple(history.rows(ROWS)), found.mocks, history.focus(), warnings)

        in_background(self, work, MocksFailed)

    @on(CatalogueLoaded)
    def _show_rounds(self, message: CatalogueLoaded) -> None:
        self._catalogue, self._failed = message.catalogue, False
        rounds = self.query_one("#rounds", RoundList)
        rounds.clear_options()
        rounds.add_options(Option(round_line(round_), id=id_) for id_, round_ in message.catalogue.rounds.items())
        rounds.highlighted = 0 if rounds.option_count else None
        self._describe()
        self._show_warnings()
        self._advise()

    @on(CatalogueFailed)
    def _tell_rounds(self, message: CatalogueFailed) -> None:
        self._failed = True
        said = Content.styled(str(message.error), "$error")
        self.query_one("#about-text", Static).update(Content.assemble(said, "\n\nPress r to read it again."))
        self.refresh_bindings()

    def _all_warnings(self) -> tuple[str, ...]:
        return (*(self._catalogue.warnings if self._catalogue else ()), *self._warnings)

    def _show_warnings(self) -> None:
        """Offer to read the warnings until that has been done."""
        unread = [warning for warning in self._all_warnings() if warning not in self._seen]
        banner = self.query_one("#warnings", Static)
        banner.set_class(not unread, "hidden")
        if unread:
            banner.update(warned(unread))
        self.refresh_bindings()

    @on(MocksFailed)
    def _tell_mocks(self, message: MocksFailed) -> None:
        self.query_one("#focus-text", Static).update(Content.styled(str(message.error), "$error"))

    @on(MocksLoaded)
    def _show_mocks(self, message: MocksLoaded) -> None:
        self._rows, self._unfinished, self._warnings = message.rows, message.unfinished, message.warnings
        mocks = self.query_one("#mocks", MockList)
        kept = mocks.highlighted
        mocks.clear_options()
        if message.rows:
            mocks.add_options(Option(about_mock(row)) for row in message.rows)
            mocks.highlighted = min(kept or 0, len(message.rows) - 1)
        else:
            mocks.add_option(Option(Content("None yet: the first takes minutes."), disabled=True))
        if self._failed:
            # Without rounds there is nothing to drill with, and the last mock still says what to fix.
            self.query_one("#focus-text", Static).update(about_focus(message.focus))
        self._advise()
        banner = self.query_one("#interrupted", Static)
        banner.set_class(not message.unfinished, "hidden")
        if message.unfinished:
            banner.update(interrupted(message.unfinished))
        self._show_warnings()

    def _advise(self) -> None:
        """Find what to drill next, in the background."""
        catalogue, services = self._catalogue, self._services
        if catalogue is None:
            return

        def work() -> Message:
            from tui.history.advice import advise

            return AdviceRead(advise(services.history, catalogue, services.profile, services.now()))

        in_background(self, work, MocksFailed)

    @on(AdviceRead)
    def _show_advice(self, message: AdviceRead) -> None:
        self._advice = message.advice
        if self._catalogue:
            self.query_one("#focus-text", Static).update(about_drill(message.advice, self._catalogue))
        self.refresh_bindings()

    def _round(self) -> Round | None:
        option = self.query_one("#rounds", RoundList).highlighted_option
        return self._catalogue.rounds.get(option.id) if self._catalogue and option and option.id else None

    def _row(self) -> MockRow | None:
        at = self.query_one("#mocks", MockList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _describe(self) -> None:
        round_ = self._round()
        if self._catalogue and round_:
            self.query_one("#about-text", Static).update(about_round(self._catalogue.rubric, round_))
        self._say_next()

    def on_descendant_focus(self) -> None:
        self._say_next()

    def _say_next(self) -> None:
        row, round_ = self._row(), self._round()
        if isinstance(self.focused, MockList) and row:
            self.next_key.label = f"Read {one_line(row.question_title)}"
        else:
            self.next_key.label = f"Prepare {one_line(round_.title)}" if round_ else ""

    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """Brief the highlighted round, or read the highlighted mock when that list has the focus."""
        row, round_ = self._row(), self._round()
        if isinstance(self.focused, MockList):
            if row:
                self.post_message(OpenMock.of(row))
        elif round_:
            self.post_message(BriefRound(round_.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        match action:
            case "drill":
                return bool(self._advice and self._advice.drill)
            case "finish":
                return bool(self._unfinished)
            case "warnings":
                return bool(self._all_warnings())
            case "loops":
                return bool(self._catalogue and self._catalogue.loops)
            case "read_again":
                return self._failed or bool(self._catalogue and self._catalogue.warnings)
        return True

    def action_finish(self) -> None:
        mock = self._unfinished[0]
        self.post_message(OpenMock(mock.id, mock.question_title, scored=False))

    def action_warnings(self) -> None:
        """Show every warning; the banner has then done its work."""
        warnings = self._all_warnings()
        self._seen.update(warnings)
        self._show_warnings()
        self.post_message(ErrorMet(all_warnings(warnings)))

    def action_read_again(self) -> None:
        self.query_one("#about-text", Static).update("Reading the rounds …")
        self._read_catalogue(again=True)

    def action_loops(self) -> None:
        self.post_message(OpenLoops())

    def action_drill(self) -> None:
        drill = self._advice.drill if self._advice else None
        if drill:
            self.post_message(BriefRound(drill.round.id, drill.question.id, drill=True, focus=drill.focus))

    def action_progress(self) -> None:
        self.post_message(OpenProgress())

    def action_history(self) -> None:
        self.post_message(OpenHistory())

    def action_nothing(self) -> None:
        """Escape has nowhere to go from here."""

    def on_click(self) -> None:
        if self.query_one("#interrupted").is_mouse_over and self._unfinished:
            self.action_finish()
        elif self.query_one("#focus").is_mouse_over:
            self.action_drill()
        elif self.query_one("#warnings").is_mouse_over:
            self.action_warnings()
