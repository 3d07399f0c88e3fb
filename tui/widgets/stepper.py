"""A length of time that arrow keys, plus and minus, or clicks change."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.wording import minutes


class Stepper(Widget, can_focus=True):
    """A named number of seconds between two bounds."""

    DEFAULT_CSS = """
    Stepper { height: 1; width: 1fr; pointer: pointer; }
    Stepper:focus { background: $block-cursor-background; text-style: bold; }
    Stepper:hover { background: $panel; }
    """
    BINDINGS = [
        Binding("right,plus,equals_sign", "change(1)", "Longer", tooltip="Give yourself more time"),
        Binding("left,minus", "change(-1)", "Shorter", tooltip="Give yourself less time"),
    ]

    seconds: reactive[float] = reactive(0.0)

    class Changed(Message):
        """The person chose another length."""

    def __init__(self, label: str, seconds: float, step: float, least: float, most: float, name: str) -> None:
        super().__init__(id=name)
        self._label = label
        self._step, self._least, self._most = step, least, most
        self.set_reactive(Stepper.seconds, min(most, max(least, seconds)))

    def render(self) -> Content:
        value = f"− {minutes(self.seconds)} +"
        gap = max(1, self.content_size.width - len(self._label) - len(value))
        return Content.assemble(self._label, " " * gap, (value, "bold $primary"))

    def action_change(self, direction: int) -> None:
        """Go one step up (1) or down (-1), onto a multiple of the step."""
        steps = self.seconds / self._step
        aim = (int(steps) + 1 if direction > 0 else -int(-steps) - 1) * self._step
        if direction < 0 and steps != int(steps):
            aim = int(steps) * self._step
        self.seconds = min(self._most, max(self._least, aim))
        self.post_message(self.Changed())

    def on_click(self, event: events.Click) -> None:
        value_width = len(f"− {minutes(self.seconds)} +")
        middle = self.content_size.width - value_width / 2
        if event.x >= self.content_size.width - value_width:
            self.action_change(1 if event.x >= middle else -1)
