"""All mocks, newest first: read one, finish one, delete one."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable, Static

from tui.history.types import MockRow, Stage
from tui.report.wording import at
from tui.screens.base import MockloopScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.messages import ErrorMet, OpenMock
from tui.session.services import Services
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.wording import score_of, stamp

LIMIT = 1000
"""How many mocks are listed at most."""
FIXED = 12 + 9 + 7
"""Width of the columns for time, score and length, in cells."""


class MockTable(DataTable[Text]):
    """The mocks as rows."""

    BINDINGS = [
        Binding("enter", "select_cursor", "Read", tooltip="Open the postmortem, or finish an interrupted mock"),
    ]


class HistoryLoaded(Message):
    """The rows have been read."""

    def __init__(self, rows: tuple[MockRow, ...]) -> None:
        self.rows = rows
        super().__init__()


class HistoryScreen(MockloopScreen):
    """A table of mocks."""

    CSS_PATH = "history.tcss"
    PLACE = "History"
    HELP_TEXT = "Every mock on this machine, newest first. Deleting one removes its recording for good."
    BINDINGS = [
        Binding("enter", "next", "Read", show=False),
        Binding("d,delete", "delete", "Delete", tooltip="Remove this mock and its recording for good"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._rows: tuple[MockRow, ...] = ()

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"):
            yield Static("", id="empty", classes="hidden", markup=False)
            yield MockTable(cursor_type="row", id="table")

    def on_mount(self) -> None:
        self.query_one(MockTable).focus()

    def on_screen_resume(self) -> None:
        self._read()

    def _read(self) -> None:
        in_background(self, lambda: HistoryLoaded(tuple(self._services.history.rows(LIMIT))), ErrorMet)

    @on(HistoryLoaded)
    def _loaded(self, message: HistoryLoaded) -> None:
        self._rows = message.rows
        empty = self.query_one("#empty", Static)
        empty.update("No mocks yet. Escape, choose a round, and speak.")
        empty.set_class(bool(self._rows), "hidden")
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(MockTable)
        at_row = table.cursor_row
        table.clear(columns=True)
        widths = self._widths()
        for label, width in widths.items():
            table.add_column(Text(label), width=width)
        for row in self._rows:
            table.add_row(*(cell for label, cell in self._cells(row).items() if label in widths))
        if self._rows:
            table.move_cursor(row=min(at_row, len(self._rows) - 1))
        self._say_next()

    def _widths(self) -> dict[str, int]:
        """Width of each column, so that a row fills the screen and nothing is cut off by its edge."""
        cause = self.size.width >= 110
        columns = 6 if cause else 5
        room = max(24, min(170, self.size.width) - 3 - FIXED - 2 * columns)
        shares = {"Round": 0.3, "Question": 0.4, "Root cause": 0.3} if cause else {"Round": 0.42, "Question": 0.58}
        flexible = {label: int(room * share) for label, share in shares.items()}
        return {"When": 12, "Score": 9, **flexible, "Length": 7}

    def _cells(self, row: MockRow) -> dict[str, Text]:
        widths = self._widths()

        def cut(label: str, text: str) -> Text:
            cell = Text(one_line(text))
            cell.truncate(widths.get(label, 1), overflow="ellipsis")
            return cell

        return {
            "When": Text(stamp(row.created)),
            "Score": Text(score_of(row), style="bold" if row.overall is not None else "dim"),
            "Round": cut("Round", row.round_title),
            "Question": cut("Question", row.question_title),
            "Root cause": cut("Root cause", row.root_cause or ""),
            "Length": Text(at(row.seconds) if row.seconds is not None else "–", justify="right"),
        }

    def _row(self) -> MockRow | None:
        at_row = self.query_one(MockTable).cursor_row
        return self._rows[at_row] if 0 <= at_row < len(self._rows) else None

    @on(DataTable.RowHighlighted)
    def _say_next(self) -> None:
        row = self._row()
        verb = "Read" if row and row.stage is Stage.SCORED else "Finish"
        self.next_key.label = f"{verb} {one_line(row.question_title)}" if row else ""

    @on(DataTable.RowSelected)
    def action_next(self) -> None:
        """Read the mock under the cursor, or finish it."""
        row = self._row()
        if row:
            self.post_message(OpenMock.of(row))

    def action_delete(self) -> None:
        row = self._row()
        if row is None:
            return
        which = f"{one_line(row.question_title)}, {stamp(row.created)}"
        sentence = f"{which}: its recording, transcript and postmortem go for good."

        def answered(sure: bool | None) -> None:
            if sure:
                in_background(self, lambda: self._delete(row.id), ErrorMet)

        self.app.push_screen(ConfirmScreen("Delete this mock?", sentence, "Delete", "Keep"), answered)

    def _delete(self, mock_id: str) -> Message:
        self._services.history.delete([mock_id])
        return HistoryLoaded(tuple(self._services.history.rows(LIMIT)))
