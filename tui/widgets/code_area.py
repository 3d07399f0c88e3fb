"""A text area for code: indentation that goes on, and none of the keys that end an answer."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from tui.interview.types import Language

INDENT = 4
LOOKS = {True: "vscode_dark", False: "github_light"}
"""Whose colours code has on a dark and on a light screen; the ground is the screen's own."""


class CodeArea(TextArea):
    """Edits code in one language, highlighted where its grammar is installed."""

    BINDINGS: ClassVar = [
        Binding("escape", "leave", "Leave code", tooltip="Leave the code for the keys that are typed into it"),
        Binding("shift+tab", "dedent", "Dedent", show=False),
    ]

    def __init__(self, text: str, language: Language) -> None:
        super().__init__(
            text,
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            max_checkpoints=500,
            highlight_cursor_line=False,
            id="code",
            classes="panel",
        )
        self._blocks = language is Language.PYTHON
        if language.value in self.available_languages:
            self.language = language.value

    def on_mount(self) -> None:
        for look in LOOKS.values():
            found = TextAreaTheme.get_builtin_theme(look)
            assert found
            self.register_theme(TextAreaTheme(f"own_{look}", syntax_styles=found.syntax_styles))
        self._follow_theme()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._follow_theme())

    def _follow_theme(self) -> None:
        self.theme = f"own_{LOOKS[self.app.current_theme.dark]}"

    def on_key(self, event: events.Key) -> None:
        """Begin a new line as deep as the one before, one step deeper after a colon."""
        if event.key != "enter" or self.read_only:
            return
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        before = self.document.get_line(start[0])[: start[1]]
        depth = len(before) - len(before.lstrip(" "))
        if self._blocks and before.rstrip().endswith(":"):
            depth += INDENT
        self.replace("\n" + " " * depth, start, end, maintain_selection_offset=False)

    def action_delete_left(self) -> None:
        """Take a whole step of indentation away where only that stands before the cursor."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self.selection.is_empty and before and not before.strip(" ") and column % INDENT == 0:
            self.delete((row, column - INDENT), (row, column), maintain_selection_offset=False)
        else:
            super().action_delete_left()

    def action_leave(self) -> None:
        """Put the focus elsewhere, as Escape does in a text area that takes Tab."""
        self.screen.focus_next()

    def action_dedent(self) -> None:
        """Move the line of the cursor one step to the left."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        step = min(INDENT, len(line) - len(line.lstrip(" ")))
        if step:
            self.delete((row, 0), (row, step), maintain_selection_offset=False)
            self.cursor_location = (row, max(0, column - step))
