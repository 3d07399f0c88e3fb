"""The one obvious next key of a screen, as a bar that can also be clicked."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Select


class NextKey(Widget):
    """Says what the screen's `next` action, which is Enter on almost every screen, does now."""

    DEFAULT_CSS = """
    NextKey {
        height: 1;
        width: 1fr;
        content-align: center middle;
        background: $primary 20%;
        color: $foreground;
        text-style: bold;
        pointer: pointer;
    }
    NextKey:hover { background: $primary 35%; }
    NextKey.-off { background: $surface; color: $foreground 60%; text-style: none; }
    """

    label: reactive[str] = reactive("")
    key: reactive[str] = reactive("Enter")
    """Which key it is, where Enter is needed for something else."""
    note: reactive[str] = reactive("")
    """What stands there while there is nothing to press."""
    menu: reactive[str] = reactive("")
    """What Enter does in a menu that has the focus; there it is no key of the screen."""

    def render(self) -> Content:
        label = self.menu or self.label
        return (
            Content.assemble((f" {self.key} ", "bold $background on $primary"), f"  {label}")
            if label
            else Content(self.note)
        )

    def on_mount(self) -> None:
        self._light()
        self.screen.bindings_updated_signal.subscribe(self, self._look_at_focus)

    def _look_at_focus(self, screen: Screen[Any]) -> None:
        focused = screen.focused
        if isinstance(focused, Select):
            self.menu = "Open this menu"
        else:
            inside = isinstance(focused, OptionList) and isinstance(focused.parent, Select)
            self.menu = "Choose this" if inside else ""

    def _light(self) -> None:
        self.set_class(not (self.menu or self.label), "-off")

    def watch_label(self) -> None:
        self._light()

    def watch_menu(self) -> None:
        self._light()

    async def on_click(self) -> None:
        if self.menu:
            self.app.simulate_key("enter")
        else:
            await self.screen.run_action("next")
