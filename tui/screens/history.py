"""All mocks, newest first: find, read, finish and delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Input, Static

from tui.errors import BadInputError
from tui.history.search import Hit, while_typing
from tui.history.types import MockRow, Stage
from tui.screens.base import MockloopScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.messages import ErrorMet, OpenMock
from tui.session.services import Services
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.mock_filters import MockFilters, SearchField
from tui.widgets.mock_table import MockTable, excerpt
from tui.widgets.wording import stamp

if TYPE_CHECKING:
    from tui.interview.types import Catalogue

PAGE = 60
"""So many mocks are listed at first, and so many more when the cursor comes to the end."""
MOST_HITS = 50


class HistoryLoaded(Message):
    """The rows, or what was found, have been read."""

    def __init__(self, ticket: int, rows: tuple[MockRow, ...], hits: tuple[Hit, ...] | None, sentence: str) -> None:
        self.ticket = ticket
        """Which reading it answers; only the newest counts."""
        self.rows = rows
        self.hits = hits
        """None when no words were looked for."""
        self.sentence = sentence
        """What is wrong with the words, or an empty text."""
        super().__init__()


class MockDeleted(Message):
    """A mock is gone for good."""


class HistoryScreen(MockloopScreen):
    """A table of mocks under a field for words and filters."""

    PLACE = "History"
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "Every mock on this machine, newest first. / searches everything that was said, o goes through the filters by "
        "round, signal, score and day. Enter opens a mock, where something was found at that place of its transcript. "
        "Deleting one removes its recording for good."
    )
    BINDINGS = [
        Binding("enter", "next", "Read", show=False),
        Binding("slash", "search", "Search", key_display="/", tooltip="Find words in everything that was said"),
        Binding("o", "filter", "Filter", tooltip="Go through the filters by round, signal, score and day"),
        Binding("d,delete", "delete", "Delete", tooltip="Remove this mock and its recording for good"),
        Binding("escape", "back", "Back", tooltip="Look for everything again, or go back"),
    ]

    def __init__(self, services: Services, catalogue: Catalogue | None) -> None:
        super().__init__()
        self._services = services
        self._catalogue = catalogue
        self._rows: tuple[MockRow, ...] = ()
        self._hits: tuple[Hit, ...] | None = None
        self._limit = PAGE
        self._ticket = 0

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"):
            yield MockFilters(self._catalogue, lambda: self._services.now().date())
            yield Static("", id="empty", classes="hidden", markup=False)
            yield MockTable(cursor_type="row", id="table")
            yield Static("", id="found", classes="hidden", markup=False)

    def on_mount(self) -> None:
        self.query_one(MockTable).focus()

    def on_screen_resume(self) -> None:
        self._read()

    @on(MockFilters.Changed)
    def _look_again(self) -> None:
        self._limit = PAGE
        self._read()

    @on(MockDeleted)
    def _read(self) -> None:
        filters = self.query_one(MockFilters)
        words, wanted, limit, history = filters.words, filters.wanted, self._limit, self._services.history
        self._ticket += 1
        ticket = self._ticket

        def work() -> Message:
            if not words:
                return HistoryLoaded(ticket, tuple(history.rows(limit, wanted)), None, "")
            try:
                hits = history.search(while_typing(words), MOST_HITS, wanted)
            except BadInputError as error:
                return HistoryLoaded(ticket, (), (), str(error))
            return HistoryLoaded(ticket, (), tuple(hits), "")

        in_background(self, work, ErrorMet)

    @on(HistoryLoaded)
    def _loaded(self, message: HistoryLoaded) -> None:
        if message.ticket != self._ticket:
            return
        again = (self._hits is None) == (message.hits is None)
        self._rows, self._hits = message.rows, message.hits
        self._fill(again)
        empty = self.query_one("#empty", Static)
        if self.query_one(MockFilters).anything:
            empty.update(Content(message.sentence or "Nothing was found. Escape looks for everything again."))
        else:
            empty.update("No mocks yet. Escape, choose a round, and speak.")
        empty.set_class(bool(self._rows or self._hits), "hidden")

    def on_resize(self) -> None:
        self._fill(again=True)

    @property
    def _width(self) -> int:
        """Of the table, in cells."""
        return min(170, self.size.width) - (4 if self.size.height >= 32 else 2)

    def _fill(self, again: bool) -> None:
        self.query_one(MockTable).show(self._rows, self._hits, self._width, again)
        self._say_next()

    def _row(self) -> MockRow | None:
        at_row = self.query_one(MockTable).cursor_row
        rows = self._rows if self._hits is None else [hit.mock for hit in self._hits]
        return rows[at_row] if 0 <= at_row < len(rows) else None

    def _hit(self) -> Hit | None:
        at_row = self.query_one(MockTable).cursor_row
        return self._hits[at_row] if self._hits and 0 <= at_row < len(self._hits) else None

    def on_descendant_focus(self) -> None:
        self._say_next()

    @on(DataTable.RowHighlighted)
    def _say_next(self) -> None:
        row, hit = self._row(), self._hit()
        verb = "Read" if row and row.stage is Stage.SCORED else "Finish"
        if isinstance(self.focused, SearchField):
            self.next_key.label = "Go to what was found" if row else ""
        else:
            self.next_key.label = f"{verb} {one_line(row.question_title)}" if row else ""
        found = self.query_one("#found", Static)
        found.set_class(hit is None, "hidden")
        if hit:
            found.update(excerpt(hit))
        at_end = self.query_one(MockTable).cursor_row == len(self._rows) - 1
        if at_end and len(self._rows) == self._limit:
            self._limit += PAGE
            self._read()

    @on(Input.Submitted)
    def _to_the_finds(self) -> None:
        self.query_one(MockTable).focus()

    @on(DataTable.RowSelected)
    def action_next(self) -> None:
        """Read the mock under the cursor, at the place of the find, or finish it."""
        row, hit = self._row(), self._hit()
        if isinstance(self.focused, SearchField):
            self._to_the_finds()
        elif row:
            self.post_message(OpenMock.of(row, (hit.turn, hit.start) if hit else None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        # In the field for words a stroke is typed.
        return action != "search" or not isinstance(self.focused, SearchField)

    def action_search(self) -> None:
        self.query_one(SearchField).focus()

    def action_filter(self) -> None:
        self.query_one(MockFilters).focus_next_filter()

    async def action_back(self) -> None:
        """Look for everything again, and only then leave."""
        filters, table = self.query_one(MockFilters), self.query_one(MockTable)
        if filters.anything or not table.has_focus:
            filters.clear()
            table.focus()
        else:
            await self.app.pop_screen()

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
        return MockDeleted()
