"""Lines of text at a given width: wrapping, columns, headings. Nothing in them is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.text import Text

from tui.transcript import one_line

if TYPE_CHECKING:
    from rich.console import Console

GAP = 2
"""Characters between two columns."""


def heading(title: str) -> list[Text]:
    """An empty line and a title."""
    return [Text(), Text(one_line(title), style="bold")]


def paragraph(text: str | Text, width: int, indent: int = 0, hanging: int | None = None) -> list[Text]:
    """`text` wrapped to `width` characters, its lines indented by `indent`, all but the first by `hanging`."""
    first, rest = " " * indent, " " * (indent if hanging is None else hanging)
    styled = text if isinstance(text, Text) else Text(one_line(text))
    lines = wrapped(styled, max(10, width - max(len(first), len(rest))))
    return [Text.assemble(rest if number else first, line) for number, line in enumerate(lines)]


def columns(cells: Sequence[Iterable[Text]], widths: Sequence[int]) -> list[Text]:
    """`cells` side by side, each a list of paragraphs wrapped to its width in `widths`."""
    wrapped_cells = [
        [line for paragraph_ in cell for line in wrapped(paragraph_, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    lines: list[Text] = []
    for parts in zip_longest(*wrapped_cells):
        line = Text()
        for part, width in zip(parts, widths, strict=True):
            piece = part if part is not None else Text()
            line.append_text(piece)
            line.append(" " * (max(0, width - piece.cell_len) + GAP))
        line.rstrip()
        lines.append(line)
    return lines


def wrapped(text: Text, width: int) -> list[Text]:
    """`text` in lines of at most `width` cells; longer words are cut."""
    return list(text.wrap(_console(), max(1, width))) if text.plain else []


@cache
def _console() -> Console:
    import io

    from rich.console import Console

    # Wrapping asks it for nothing but the width of a tab.
    return Console(file=io.StringIO(), width=80)
