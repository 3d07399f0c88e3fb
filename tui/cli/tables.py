"""Tables as plain text, for any width."""

from __future__ import annotations

from collections.abc import Sequence

from tui.transcript import one_line

GAP = "  "
LEAST_LAST = 12
"""Columns that the last but one columns must leave for a row to stand on one line."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> str:
    """`rows` under `head` in aligned columns; a block of lines for each row where `columns` do not suffice."""
    from rich.cells import cell_len

    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(cell_len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    fixed = sum(widths[:-2]) + len(GAP) * (len(head) - 1)
    if fixed + 2 * LEAST_LAST > columns:
        return "\n\n".join(_block(head, row, columns) for row in cells)
    if fixed + sum(widths[-2:]) > columns:
        widths[-2] = min(widths[-2], max(LEAST_LAST, (columns - fixed) * 6 // 10))
        widths[-1] = min(widths[-1], columns - fixed - widths[-2])
    return "\n".join(_line(row, widths) for row in [list(head), *cells])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _fit(cell: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(cell, width) if cell_len(cell) <= width else set_cell_size(cell, max(0, width - 3)) + "..."


def _block(head: Sequence[str], row: Sequence[str], columns: int) -> str:
    from rich.console import Console
    from rich.text import Text

    console, width = Console(), max(20, columns)
    fields = [Text(f"{name.lower()}: {cell}") for name, cell in zip(head, row, strict=True) if cell]
    wrapped = [[line.plain.rstrip() for line in field.wrap(console, width - len(GAP))] for field in fields]
    return "\n".join("\n".join([first, *(GAP + line for line in rest)]) for first, *rest in wrapped)
