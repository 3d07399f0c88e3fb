"""What the screen below is for, and every key that works on it."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.screens.keys import described_keys


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
            width = max((len(key.keys) for key in self._keys), default=0)
            column = max((len(key.description) for key in self._keys), default=0)
            lines = [
                Content.assemble(
                    (key.keys.rjust(width), "bold $primary"),
                    "  ",
                    key.description.ljust(column),
                    (f"   {key.tooltip}" if key.tooltip else "", "$foreground-muted"),
                )
                for key in self._keys
            ]
            yield Static(Content("\n").join(lines), classes="key-table")

    def action_close(self) -> None:
        self.dismiss(None)
