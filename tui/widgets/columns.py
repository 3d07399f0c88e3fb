"""A chart of columns in characters, one for each value, the oldest on the left."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

EIGHTHS = " ▁▂▃▄▅▆▇█"
AXIS = 6
"""Cells of the axis on the left."""


def columns(values: Sequence[float], top: float, width: int, height: int, lines: Sequence[float] = ()) -> list[Content]:
    """The newest of `values` (0 to `top`) that `width` cells hold, `height` lines high; `lines` are drawn across."""
    room = max(1, width - AXIS)
    step = 2 if len(values) * 2 <= room else 1
    shown = values[-(room // step) :]
    across = {min(height - 1, int(height * line / top)): line for line in lines}
    return [_row(shown, top, height, row, step, room, across.get(row)) for row in range(height - 1, -1, -1)]


def _row(
    shown: Sequence[float], top: float, height: int, row: int, step: int, room: int, line: float | None
) -> Content:
    label = top if row == height - 1 else 0.0 if row == 0 else line
    axis = f"{'' if label is None else f'{label:.0f}':>4} ┤"
    empty = "┈" if line is not None else " "
    cells = [_cell(value, top, height, row, empty) for value in shown]
    text = (empty * (step - 1)).join(cells)
    rest = empty * max(0, room - len(text))
    return Content.assemble((axis, "$foreground-muted"), (text, "$primary"), (rest, "$foreground-muted"))


def _cell(value: float, top: float, height: int, row: int, empty: str) -> str:
    filled = round(8 * height * min(1.0, max(0.0, value / top)))
    part = min(8, max(0, filled - 8 * row))
    # Something scored or said always has a foot to stand on.
    return EIGHTHS[max(part, 1 if row == 0 else 0)] if part or row == 0 else empty
