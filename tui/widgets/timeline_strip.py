"""A mock's time as two lines: the numbers of the evidence, and below them speech, silence and where turns begin."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.report.readthrough import Readthrough
from tui.report.timeline import Timeline
from tui.widgets.transcript_lines import colour_of

HEIGHTS = " ▂▄▆"
"""By how much of a cell's time is speech."""
FOLLOW_UP, QUESTION = "?", "Q"
"""Stand where a turn begins; the first turn needs no sign."""
MOVED = 4
"""Cells that a number may stand beside its place, where others are in the way."""
CROWDED = "+"
"""Stands for numbers that had no room."""


class TimelineStrip(Widget):
    """Shows where in a mock everything was; a click goes there."""

    DEFAULT_CSS = "TimelineStrip { height: 2; }"

    class Chosen(Message):
        """A place was clicked."""

        def __init__(self, turn: int, seconds: float) -> None:
            self.turn = turn
            self.seconds = seconds
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="timeline")
        self._timeline: Timeline | None = None
        self._read: Readthrough | None = None
        self._cursor = 0

    def show(self, timeline: Timeline | None, read: Readthrough) -> None:
        """Show a reading of a mock; without times there is nothing to show."""
        self._timeline, self._read = timeline, read
        self.display = timeline is not None
        self.refresh()

    def point(self, word: int) -> None:
        """Mark the place of a word."""
        self._cursor = word
        self.refresh()

    def render(self) -> Content:
        if self._timeline is None or self._read is None or self.size.width < 1:
            return Content()
        return lanes(self._timeline, self._read, self._cursor, self.size.width)

    def on_click(self, event: events.Click) -> None:
        if self._timeline is not None:
            turn, seconds = self._timeline.place(self._timeline.seconds * (event.x + 0.5) / self.size.width)
            self.post_message(self.Chosen(turn, seconds))


def lanes(timeline: Timeline, read: Readthrough, cursor: int, width: int) -> Content:
    """The two lines, `width` cells wide, with the cell of the word `cursor` in reverse."""
    numbers = [(" ", "")] * width
    for cell, text, style in _numbers(timeline, read, width):
        numbers[cell : cell + len(text)] = [(character, style) for character in text]
    speech = [(HEIGHTS[height], "$secondary") for height in _heights(timeline, width)]
    for turn in read.turns:
        if turn.number in timeline.starts and turn.number > 1:
            sign = FOLLOW_UP if turn.follow_up else QUESTION
            speech[_cell(timeline, timeline.starts[turn.number], width)] = (sign, "bold $warning")
    here = _cell_of(timeline, read, cursor, width)
    if here is not None:
        speech[here] = (speech[here][0], f"{speech[here][1]} reverse")
    return Content("\n").join([Content.assemble(*numbers), Content.assemble(*speech)])


def _numbers(timeline: Timeline, read: Readthrough, width: int) -> Iterator[tuple[int, str, str]]:
    """Cell, text and style of what stands above the speech: each number where its evidence begins, or beside it."""
    free = 0
    for place, word in enumerate(read.words):
        wanted = _cell_of(timeline, read, place, width) if word.opens else None
        if wanted is None:
            continue
        for number in word.opens:
            text, cell = str(number), max(free, wanted)
            if cell - wanted <= MOVED and cell + len(text) <= width:
                yield cell, text, f"bold {colour_of(number)}"
                free = cell + len(text) + 1
            else:
                # After the last number, or in its own place where the line ends before the number does.
                yield wanted if wanted >= free else min(free, width) - 1, CROWDED, "$foreground-muted"


def _heights(timeline: Timeline, width: int) -> list[int]:
    """For each cell how high its bar is: nothing below a tenth of speech, full from two thirds on."""
    spoken = [0.0] * width
    step = timeline.seconds / width
    for span in timeline.speech:
        for cell in range(int(span.start / step), min(width, int(span.end / step) + 1)):
            spoken[cell] += max(0.0, min(span.end, (cell + 1) * step) - max(span.start, cell * step))
    return [sum(share / step > least for least in (0.1, 0.35, 0.65)) for share in spoken]


def _cell(timeline: Timeline, at: float, width: int) -> int:
    return min(width - 1, max(0, int(at / timeline.seconds * width)))


def _cell_of(timeline: Timeline, read: Readthrough, place: int, width: int) -> int | None:
    """The cell of a word, or None of one without a time."""
    if not 0 <= place < len(read.words):
        return None
    word = read.words[place]
    if word.seconds is None or word.turn not in timeline.starts:
        return None
    return _cell(timeline, timeline.at(word.turn, word.seconds), width)
