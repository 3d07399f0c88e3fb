"""The one obvious next key of a screen, as a bar that can also be clicked."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


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

    def render(self) -> Content:
        return (
            Content.assemble((f" {self.key} ", "bold $background on $primary"), f"  {self.label}")
            if self.label
            else Content(self.note)
        )

    def on_mount(self) -> None:
        self.watch_label(self.label)

    def watch_label(self, label: str) -> None:
        self.set_class(not label, "-off")

    async def on_click(self) -> None:
        await self.screen.run_action("next")
