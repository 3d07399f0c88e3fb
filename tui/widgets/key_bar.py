"""The line at the bottom of every screen: its keys, each of which can also be clicked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import App
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

KEY, SAID, EDGE = "bold $footer-key-foreground", "$footer-description-foreground", "$foreground 20%"


@dataclass(frozen=True)
class ShownKey:
    """One key of the bar."""

    key: str
    """As Textual names it."""
    name: str
    """As it stands on keyboards."""
    description: str
    tooltip: str
    enabled: bool

    def content(self, hovered: bool = False) -> Content:
        """What stands in the bar."""
        made = Content.assemble((f" {self.name} ", KEY), (f"{self.description} ", SAID))
        if hovered:
            made = made.stylize("on $block-hover-background")
        return made if self.enabled else made.stylize("dim")

    @property
    def width(self) -> int:
        """In cells."""
        return self.content().cell_length


class KeyBar(Widget):
    """The keys of a screen in one line, that of the command palette at its end.

    It is one widget: mounting one for each key takes a third of the time in which a screen opens.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; background: $footer-background; color: $footer-foreground; }
    """
    ALLOW_SELECT = False

    keys: reactive[tuple[ShownKey, ...]] = reactive(())
    """Those at the left."""
    palette: reactive[ShownKey | None] = reactive(None)
    """The one at the right."""
    over: reactive[ShownKey | None] = reactive(None)
    """The one under the mouse."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._read)

    def _read(self, screen: Screen[Any]) -> None:
        """Show the keys of the screen as they are now."""
        if not self.app.app_focus:
            return
        palette, found = None, dict[str, ShownKey]()
        for key, (_, binding, enabled, tooltip) in screen.active_bindings.items():
            name, said = self.app.get_key_display(binding), binding.description
            shown = ShownKey(binding.key, name, said, tooltip or said, enabled)
            if key == App.COMMAND_PALETTE_BINDING:
                palette = shown
            elif binding.show:
                found.setdefault(binding.action, shown)
        self.keys, self.palette = tuple(found.values()), palette
        if self.over not in (*self.keys, palette):
            self.over = None  # what stood under the mouse is gone

    def placed(self) -> Iterator[tuple[int, ShownKey]]:
        """The keys that the width has room for, each with the column it begins at; help is the last to go."""
        width = self.size.width
        end = width - self.palette.width if self.palette else width
        keys = list(self.keys)
        while len(keys) > 1 and sum(key.width for key in keys) > end:
            # The last one is help, which tells all of them.
            del keys[-2]
        at = 0
        for key in keys:
            yield at, key
            at += key.width
        if self.palette:
            yield end, self.palette

    def render(self) -> Content:
        made = Content("")
        for at, key in self.placed():
            shown = key.content(key == self.over)
            if key is self.palette:
                # A line sets it off, in the place of the space before its name.
                shown = Content.styled("▏", EDGE) + shown[1:]
            made += " " * max(0, at - made.cell_length) + shown
        return made

    def _under(self, event: events.MouseEvent) -> ShownKey | None:
        return next((key for at, key in self.placed() if at <= event.x < at + key.width), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.over = self._under(event)

    def on_leave(self) -> None:
        self.over = None

    def watch_over(self, over: ShownKey | None) -> None:
        self.tooltip = Content(over.tooltip) if over else None
        self.styles.pointer = "pointer" if over else "default"

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do what the key does."""
        key = self._under(event)
        if key and key.enabled:
            self.app.simulate_key(key.key)
        elif key:
            self.app.bell()
