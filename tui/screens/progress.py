"""What a whole history says: signals, scores over time, areas, the plan, and takes to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from tui.history.advice import Advice
from tui.history.calibration import Calibration
from tui.history.drill import Drill
from tui.history.figures import SignalFigures
from tui.history.progress import Progress
from tui.history.review import SignalReview
from tui.history.study import PlanState
from tui.history.types import MockRow
from tui.report.advice import signal_title
from tui.report.figures import counted, grid_marks, interval, landed, of, trend_word
from tui.report.wording import score
from tui.screens.base import MockloopScreen
from tui.screens.messages import BriefRound, CompareTakes, ErrorMet
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.progress_text import about_signal, areas, over_time, plan

if TYPE_CHECKING:
    from tui.interview.types import Catalogue
    from tui.session.services import Services

TABS = ("signals", "time", "areas", "plan", "takes")
FIXED = {"Last mocks": 12, "Missed": 10, "95 %": 9, "Trend": 7}
ROOMY = {"Asked for": 10, "Late": 10, "Lands at": 8}
"""More columns where the screen is wide."""
LONGEST_TITLE = 48
READ_ON_SECONDS = 0.2
"""After the signals are known, until the rest is read: painting them comes first."""
MARKS = "✓ on time  ◐ late, asked for or in part  ✗ missed  ? can't tell  · not listened for"


@dataclass(frozen=True)
class Standing:
    """Everything that the screen shows."""

    review: SignalReview
    progress: Progress | None = None
    """None, as all that follows, before it has been read; the signals are shown already."""
    advice: Advice | None = None
    plan: PlanState | None = None
    rated: tuple[Calibration, ...] = ()

    @property
    def drills(self) -> Mapping[str, Drill]:
        """By signal, what it would be drilled with."""
        found = (self.advice.drill, *self.advice.others) if self.advice else ()
        return {drill.signal.id: drill for drill in found if drill}

    @property
    def takes(self) -> list[tuple[MockRow, MockRow]]:
        """The pairs of takes to compare, the newest first."""
        return self.progress.takes if self.progress else []


class ProgressRead(Message):
    """The history has been read."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        super().__init__()


class ProgressScreen(MockloopScreen):
    """Five tabs on one history; Enter drills, or compares."""

    PLACE = "Progress"
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "How each signal fares over your mocks, scores and pace over time, what each area earned, the study plan, and "
        f"two takes of a question side by side. {MARKS}. Enter on a signal prepares the question to drill it with."
    )
    BINDINGS = [
        Binding("enter", "next", "Drill", show=False, tooltip="Prepare what the cursor is on"),
        *(Binding(str(at + 1), f"tab({at})", name.title(), show=False) for at, name in enumerate(TABS)),
    ]

    def __init__(self, services: Services, catalogue: Catalogue) -> None:
        super().__init__()
        self._services = services
        self._catalogue = catalogue
        self._standing: Standing | None = None

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"), TabbedContent(id="tabs"):
            with TabPane("1 Signals", id="signals"):
                yield Static("Reading your mocks …", id="counted", markup=False)
                yield DataTable[Text](cursor_type="row", id="grid")
                yield Static("", id="about", markup=False)
            for at, (name, title) in enumerate((("time", "Over time"), ("areas", "Areas"), ("plan", "Plan")), 2):
                with TabPane(f"{at} {title}", id=name), VerticalScroll():
                    yield Static("", id=f"{name}-text", markup=False)
            with TabPane("5 Two takes", id="takes"):
                yield OptionList(id="pairs", markup=False)

    def on_mount(self) -> None:
        self.query_one("#grid").focus()

    def on_screen_resume(self) -> None:
        services = self._services

        def work() -> Message:
            from tui.history.review import review_signals

            return ProgressRead(Standing(review_signals(services.history)))

        in_background(self, work, ErrorMet)

    def _read_on(self, signals: Standing) -> None:
        """Read what stands in the other tabs; of a long history that takes a moment longer."""
        services, catalogue = self._services, self._catalogue

        def work() -> Message:
            from tui.history.advice import advise, plan_state
            from tui.history.calibration import calibrations
            from tui.history.progress import progress

            history, profile, now = services.history, services.profile, services.now()
            with history.opened() as connection:
                rated = calibrations(connection, catalogue.reading)
            advice, state = advise(history, catalogue, profile, now), plan_state(history, catalogue, profile, now)
            return ProgressRead(replace(signals, progress=progress(history), advice=advice, plan=state, rated=rated))

        in_background(self, work, ErrorMet)

    @on(ProgressRead)
    def _show(self, message: ProgressRead) -> None:
        before, read = self._standing, message.standing
        # What was known of the rest stays until that, too, has been read again.
        self._standing = replace(before, review=read.review) if before and read.progress is None else read
        if before is None or before.review != read.review:
            self._fill_grid(read)
        if read.progress is None:
            self._describe()
            self.set_timer(READ_ON_SECONDS, lambda: self._read_on(read))
            return
        pairs = self.query_one("#pairs", OptionList)
        pairs.clear_options()
        takes = read.takes
        pairs.add_options(Option(_pair(*pair)) for pair in takes)
        pairs.highlighted = 0 if takes else None
        if not takes:
            pairs.add_option(Option(Content("Answer a question twice to compare the takes."), disabled=True))
        self._fill()

    def on_resize(self) -> None:
        if self._standing:
            self._fill_grid(self._standing)
            self._fill()

    @property
    def _width(self) -> int:
        return min(self.size.width, 170) - 8

    def _fill(self) -> None:
        standing = self._standing
        if standing is None or standing.progress is None:
            return
        titles = {each.id: one_line(each.title) for each in self._catalogue.rubric.dimensions.values()}
        self._put("time", over_time(standing.progress, self._width, 8 if self.size.height >= 32 else 5))
        self._put("areas", areas(standing.progress.areas, standing.rated, titles, self._width))
        self._put("plan", plan(standing.plan, self._width))
        self._describe()

    def _put(self, tab: str, text: Content) -> None:
        self.query_one(f"#{tab}-text", Static).update(text)

    def _fill_grid(self, standing: Standing) -> None:
        first = "After the first scored mock its signals stand here."
        said = counted(standing.review) if standing.review.figures else first
        self.query_one("#counted", Static).update(Content(said))
        grid = self.query_one("#grid", DataTable)
        at_row = grid.cursor_row
        grid.clear(columns=True)
        shown = [self._cells(standing, each) for each in standing.review.worst_first]
        fixed = {**FIXED, **(ROOMY if self._width >= 110 else {})}
        # Counts of thousands need more than the usual widths; cut off, they would be other numbers.
        for label, *column in zip(fixed, *shown, strict=False):
            fixed[label] = max([fixed[label], *map(len, column)])
        title = min(LONGEST_TITLE, max(16, self._width - sum(fixed.values()) - 2 * (len(fixed) + 1)))
        for label, wide in {"Signal": title, **fixed}.items():
            grid.add_column(Text(label), width=wide)
        for each, cells in zip(standing.review.worst_first, shown, strict=True):
            name = Text(signal_title(self._catalogue, each.signal), style="bold" if each.keeps_missing else "")
            name.truncate(title, overflow="ellipsis")
            grid.add_row(name, *map(Text, cells[: len(fixed)]), key=each.signal)
        if grid.row_count:
            grid.move_cursor(row=min(at_row, grid.row_count - 1))

    def _cells(self, standing: Standing, each: SignalFigures) -> tuple[str, ...]:
        """What stands beside the title of a signal."""
        marks = grid_marks(standing.review.grid.row(each.signal))
        return (
            *(marks, of(each.missed), interval(each.missed), trend_word(each.trend)),
            *(of(each.prompted), of(each.late), landed(each)),
        )

    @property
    def _tab(self) -> str:
        return self.query_one("#tabs", TabbedContent).active

    def _drill(self) -> Drill | None:
        """What Enter prepares: the signal under the cursor, or in the plan the drill of the day."""
        if self._standing is None:
            return None
        if self._tab != "signals":
            return self._standing.advice.drill if self._standing.advice else None
        worst, row = self._standing.review.worst_first, self.query_one("#grid", DataTable).cursor_row
        return self._standing.drills.get(worst[row].signal) if 0 <= row < len(worst) else None

    @on(DataTable.RowHighlighted)
    @on(OptionList.OptionHighlighted)
    @on(TabbedContent.TabActivated)
    def _describe(self) -> None:
        standing = self._standing
        if standing is None:
            return
        worst, row = standing.review.worst_first, self.query_one("#grid", DataTable).cursor_row
        if 0 <= row < len(worst):
            each = worst[row]
            told = about_signal(each, signal_title(self._catalogue, each.signal))
            marks = Content.styled(MARKS, "$foreground-muted")
            self.query_one("#about", Static).update(Content("\n").join([told, marks]))
        drill = self._drill()
        if self._tab == "takes":
            self.next_key.label = "Compare the two" if standing.takes else ""
        else:
            self.next_key.label = f"Drill it with: {one_line(drill.question.title)}" if drill else ""

    @on(DataTable.RowSelected)
    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """Prepare the drill, or compare two takes."""
        standing = self._standing
        if standing is None:
            return
        if self._tab == "takes":
            at = self.query_one("#pairs", OptionList).highlighted
            if at is not None and at < len(standing.takes):
                self.post_message(CompareTakes(*(row.id for row in standing.takes[at])))
            return
        drill = self._drill()
        if drill:
            self.post_message(BriefRound(drill.round.id, drill.question.id, drill=True, focus=drill.focus))

    def action_tab(self, which: int) -> None:
        """Show a tab and give what is in it the focus, so that arrow keys work at once."""
        self.query_one("#tabs", TabbedContent).active = TABS[which]
        self.query_one(f"#{TABS[which]}").query("DataTable, VerticalScroll, OptionList").first().focus()


def _pair(earlier: MockRow, later: MockRow) -> Content:
    return Content.assemble(
        (f"{score(earlier.overall):>4} → {score(later.overall):<4}", "bold"), one_line(later.question_title)
    )
