"""One sentence about what went wrong and what to do, in text that can be selected and copied."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, TextArea

from tui.errors import MockloopError
from tui.transcript import clean


class ErrorScreen(ModalScreen[None]):
    """Shows an error; closing it is all it asks for."""

    BINDINGS = [
        Binding("escape", "close", "Close"),
        Binding("c", "copy", "Copy", tooltip="Copy the text to the clipboard"),
    ]
    AUTO_FOCUS = "#close"

    def __init__(self, error: MockloopError) -> None:
        super().__init__()
        self._title = error.title
        self._text = clean("\n\n".join(part for part in (error.sentence, error.remedy) if part))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue error") as dialogue:
            dialogue.border_title = Content(self._title).markup
            yield TextArea(self._text, read_only=True, soft_wrap=True, show_cursor=False, id="text")
            with Horizontal(classes="keys"):
                yield Button(Content("Copy (c)"), id="copy", compact=True)
                yield Button(Content("Close (Esc)"), id="close", variant="primary", compact=True)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._text)
        self.notify("Copied.", timeout=2)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "copy":
            self.action_copy()
        else:
            self.action_close()
