"""The transcript of a mock with a cursor that goes word by word; shift selects."""

from __future__ import annotations

from bisect import bisect_right

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.report.readthrough import Readthrough
from tui.widgets.transcript_lines import Line, painted, set_in_lines, width_of


class TranscriptView(ScrollView, can_focus=True):
    """Shows a readthrough; only the lines in sight are painted."""

    DEFAULT_CSS = """
    TranscriptView { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """
    BINDINGS = [
        Binding("left", "word(-1)", "Word back", show=False),
        Binding("right", "word(1)", "Word on", show=False),
        Binding("up", "line(-1)", "Line up", show=False),
        Binding("down", "line(1)", "Line down", show=False),
        Binding("shift+left", "word(-1, True)", "Select back", show=False),
        Binding("shift+right", "word(1, True)", "Select on", show=False),
        Binding("shift+up", "line(-1, True)", "Select up", show=False),
        Binding("shift+down", "line(1, True)", "Select down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "end(0)", "Beginning", show=False),
        Binding("end", "end(-1)", "End", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another word, or other words are selected."""

    def __init__(self, read: Readthrough) -> None:
        super().__init__(id="words")
        self._read = read
        self._lines: tuple[Line, ...] = ()
        self._firsts: list[int] = []
        """The index of the first word of each line."""
        self._width = 0
        self._cursor = 0
        self.person_moves = 0
        """How many times a key or the mouse moved the cursor."""
        self._anchor: int | None = None
        """Where the selection began, or None without one."""

    @property
    def cursor(self) -> int:
        """Index of the word under the cursor."""
        return self._cursor

    @property
    def selected(self) -> range:
        """Indices of the selected words; empty without a selection."""
        if self._anchor is None:
            return range(0)
        return range(min(self._anchor, self._cursor), max(self._anchor, self._cursor) + 1)

    def show(self, read: Readthrough) -> None:
        """Show another reading of the same mock, with the cursor where it was."""
        self._read, self._anchor = read, None
        self._cursor = max(0, min(self._cursor, len(read.words) - 1))
        self._set(self._width)
        self.go(self._cursor, by_person=False)

    def go(self, place: int, select: bool = False, by_person: bool = True) -> None:
        """Put the cursor on a word; with `select` the words on the way are selected, within one turn."""
        if not self._read.words:
            return
        place = max(0, min(place, len(self._read.words) - 1))
        if select:
            self._anchor = self._cursor if self._anchor is None else self._anchor
            turn = self._read.turn_of(self._anchor)
            place = max(turn.first, min(place, turn.last - 1))
        else:
            self._anchor = None
        self._cursor = place
        self.person_moves += by_person
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def deselect(self) -> None:
        """Select nothing."""
        self.go(self._cursor, by_person=False)

    def on_resize(self) -> None:
        self._set(self.scrollable_content_region.width)
        self._reveal()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _set(self, width: int) -> None:
        self._width = width
        if width < 8:
            return
        self._lines = set_in_lines(self._read, min(110, width))
        self._firsts = [line.first for line in self._lines if line.last > line.first]
        self._worded = [number for number, line in enumerate(self._lines) if line.last > line.first]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _line(self) -> int:
        """The number of the line with the cursor, among those with words."""
        return max(0, bisect_right(self._firsts, self._cursor) - 1)

    def _reveal(self) -> None:
        if self._firsts:
            row = self._worded[self._line()]
            above = 2 if row and self._lines[row - 1].last == self._lines[row - 1].first else 0
            self.scroll_to_region(
                Region(0, max(0, row - above), 1, 2 + above), animate=False, force=True, immediate=True
            )

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        if row >= len(self._lines):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        content = painted(self._read, self._lines[row], self._cursor, self.selected, self.has_focus)
        return Visual.to_strips(self, content, self.size.width, 1, self.visual_style)[0]

    def action_word(self, step: int, select: bool = False) -> None:
        self.go(self._cursor + step, select)

    def action_line(self, step: int, select: bool = False) -> None:
        """Go to the word above or below, nearest to the column of the cursor."""
        if not self._firsts:
            return
        line = self._line()
        wanted = max(0, min(line + step, len(self._firsts) - 1))
        column = self._column(self._lines[self._worded[line]], self._cursor)
        self.go(self._word_at(self._lines[self._worded[wanted]], column) if wanted != line else self._cursor, select)

    def action_page(self, direction: int) -> None:
        self.action_line(direction * max(1, self.size.height - 2))

    def action_end(self, place: int) -> None:
        """Go to the first word (0) or the last one (-1)."""
        self.go(0 if place == 0 else len(self._read.words) - 1)

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if row < len(self._lines) and self._lines[row].last > self._lines[row].first:
            self.go(self._word_at(self._lines[row], event.x), select=event.shift)

    def _column(self, line: Line, place: int) -> int:
        """The cell in which a word of `line` begins."""
        return cell_len(line.text) + sum(width_of(self._read.words[at]) + 1 for at in range(line.first, place))

    def _word_at(self, line: Line, column: int) -> int:
        """The word of `line` that covers a cell, or the nearest one."""
        at = cell_len(line.text)
        for place in range(line.first, line.last):
            at += width_of(self._read.words[place]) + 1
            if column < at:
                return place
        return line.last - 1
