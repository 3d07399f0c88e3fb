"""Mocks, or answers in which something was found, as rows of a table that fills the width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.binding import Binding
from textual.widgets import DataTable

from tui.history.search import Hit
from tui.history.types import MockRow
from tui.report.wording import at
from tui.transcript import clean, one_line
from tui.widgets.wording import score_of, stamp

FIXED = {"When": 12, "Score": 9, "Length": 7}
"""Widths of the columns that do not grow, in cells."""
WIDE = 106
"""So wide a table has room for the root cause, in cells."""
CONTEXT = 24
"""Characters before the first find that stand in its row."""


class MockTable(DataTable[Text]):
    """The mocks as rows."""

    BINDINGS = [
        Binding("enter", "select_cursor", "Read", show=False, tooltip="Open the postmortem, or finish the mock"),
    ]

    def show(self, rows: Sequence[MockRow], hits: Sequence[Hit] | None, width: int, again: bool) -> None:
        """Show `hits`, or `rows` when nothing was searched for, in a table of `width` cells.

        `again` leaves the cursor where it was.
        """
        kept = self.cursor_row if again else 0
        self.clear(columns=True)
        widths = _widths(hits is not None, width)
        for label, cells in widths.items():
            self.add_column(Text(label), width=cells)
        for row in rows:
            self.add_row(*_cells(row, None, widths))
        for hit in hits or ():
            self.add_row(*_cells(hit.mock, hit, widths))
        if self.row_count:
            self.move_cursor(row=min(kept, self.row_count - 1))


def excerpt(hit: Hit) -> Text:
    """What was said around a find, on one line, with the words that were looked for set off."""
    text = Text()
    for piece, found in hit.excerpt:
        # One piece at a time, for white space between two pieces is part of one of them.
        text.append(clean(piece).replace("\n", " "), style="bold reverse" if found else "")
    return text


def _widths(searching: bool, width: int) -> dict[str, int]:
    """Width of each column, so that a row fills the table and nothing is cut off by its edge."""
    if searching:
        shares = {"Question": 0.35, "Words": 0.65}
    elif width >= WIDE:
        shares = {"Round": 0.3, "Question": 0.4, "Root cause": 0.3}
    else:
        shares = {"Round": 0.42, "Question": 0.58}
    fixed = {label: cells for label, cells in FIXED.items() if not (searching and label == "Length")}
    columns = len(shares) + len(fixed)
    room = max(24, width - 1 - sum(fixed.values()) - 2 * columns)
    flexible = {label: int(room * share) for label, share in shares.items()}
    return {"When": fixed["When"], "Score": fixed["Score"], **flexible, **fixed}


def _cells(row: MockRow, hit: Hit | None, widths: dict[str, int]) -> list[Text]:
    cells = {
        "When": Text(stamp(row.created)),
        "Score": Text(score_of(row), style="bold" if row.overall is not None else "dim"),
        "Round": Text(one_line(row.round_title)),
        "Question": Text(one_line(row.question_title)),
        "Root cause": Text(one_line(row.root_cause or "")),
        "Words": _around(hit) if hit else Text(),
        "Length": Text(at(row.seconds) if row.seconds is not None else "–", justify="right"),
    }
    for label in ("Round", "Question", "Root cause", "Words"):
        cells[label].truncate(widths.get(label, 1), overflow="ellipsis")
    return [cells[label] for label in widths]


def _around(hit: Hit) -> Text:
    """The excerpt from a little before the first find on."""
    whole = excerpt(hit)
    first = min((span.start for span in whole.spans), default=0)
    return whole if first <= CONTEXT else Text("…") + whole[first - CONTEXT :]
