"""What the screen below is for, and every key that works on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.screens.keys import DescribedKey, described_keys


class KeyTable(Static):
    """A line or more for each key: the keys, what they do, and more about it, in columns."""

    def __init__(self, keys: Sequence[DescribedKey]) -> None:
        super().__init__(classes="key-table")
        self._keys = keys

    def on_resize(self) -> None:
        lines = [line for key in self._keys for line in self._lines(key)]
        self.update(Content("\n").join(lines))

    def _lines(self, key: DescribedKey) -> Iterator[Content]:
        width = max(len(each.keys) for each in self._keys)
        column = max(len(each.description) for each in self._keys)
        margin = width + 2 + column + 3
        first, *more = wrap(key.tooltip, max(16, self.size.width - margin)) or [""]
        yield Content.assemble(
            (key.keys.rjust(width), "bold $primary"),
            "  ",
            key.description.ljust(column),
            (f"   {first}", "$foreground-muted"),
        )
        for line in more:
            yield Content.styled(" " * margin + line, "$foreground-muted")


class HelpScreen(ModalScreen[None]):
    """Lists the keys of `screen` from the same bindings that the footer and the palette use."""

    BINDINGS = [Binding("escape,f1,question_mark,q,enter", "close", "Close")]

    def __init__(self, screen: Screen[Any], about: str) -> None:
        super().__init__()
        self._about = about
        self._keys = described_keys(screen)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialogue help") as dialogue:
            dialogue.border_title = "Help"
            dialogue.border_subtitle = "Esc closes"
            yield Static(Content(self._about))
            yield KeyTable(self._keys)

    def action_close(self) -> None:
        self.dismiss(None)
