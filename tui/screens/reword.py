"""The words of one answer, to be put right by the person who spoke them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tui.transcript import clean

SENTENCE = "Write what you said. Words that stay keep their times, and what was recognised is kept."


class RewordScreen(ModalScreen[str | None]):
    """Gives the corrected text, or None when nothing is to change."""

    BINDINGS = [
        Binding("ctrl+s", "save", "Save", priority=True, tooltip="Keep these words and score the mock again"),
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
    ]

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        self._label = label
        self._text = clean(text)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue wide") as dialogue:
            dialogue.border_title = Content(f"Words of the answer to {self._label}").markup
            dialogue.border_subtitle = "ctrl+s saves, Esc leaves it as it was"
            yield Static(Content(SENTENCE))
            yield TextArea(self._text, soft_wrap=True, id="text")

    def action_save(self) -> None:
        text = self.query_one(TextArea).text
        self.dismiss(text if text != self._text else None)
