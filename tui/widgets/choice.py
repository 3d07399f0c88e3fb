"""One of a few named values that arrow keys, plus and minus, or clicks change."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.transcript import one_line


class Choice(Widget, can_focus=True):
    """A label with the chosen value beside it."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; pointer: pointer; }
    Choice:focus { background: $block-cursor-background; text-style: bold; }
    Choice:hover { background: $panel; }
    """
    BINDINGS = [
        Binding("right,plus,equals_sign", "change(1)", "Next", tooltip="Choose the next value"),
        Binding("left,minus", "change(-1)", "Previous", tooltip="Choose the value before"),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """The person chose another value."""

        def __init__(self, choice: Choice) -> None:
            self.choice = choice
            super().__init__()

    def __init__(self, label: str, options: Sequence[tuple[str, str]], value: str, name: str) -> None:
        """`options` are values and their titles, never empty; `name` is the widget's id."""
        super().__init__(id=name)
        self._label = label
        self._options = list(options)
        known = [option for option, _ in options]
        self.set_reactive(Choice.value, value if value in known else known[0])

    @property
    def _place(self) -> int:
        return next(place for place, (value, _) in enumerate(self._options) if value == self.value)

    def _shown(self) -> str:
        return f"‹ {one_line(self._options[self._place][1])} ›"

    def render(self) -> Content:
        shown = self._shown()
        gap = max(1, self.content_size.width - len(self._label) - len(shown))
        return Content.assemble(self._label, " " * gap, (shown, "bold $primary"))

    def action_change(self, direction: int) -> None:
        """Go one option on (1) or back (-1), around the ends."""
        self.value = self._options[(self._place + direction) % len(self._options)][0]
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        start = self.content_size.width - len(self._shown())
        if event.x >= start:
            self.action_change(1 if event.x >= start + len(self._shown()) / 2 else -1)
