"""The packet of a loop: the reading with its rule, interviews, areas, evidence, and what would change it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from tui import locations
from tui.history.atomic import explained, write_bytes
from tui.interview.packet import Packet
from tui.report.packet_files import packet_markdown
from tui.report.packet_text import packet_texts
from tui.screens.base import MockloopScreen
from tui.screens.messages import ErrorMet
from tui.transcript import one_line
from tui.widgets.background import in_background

SAVING = "saving the packet"


class PacketSaved(Message):
    """The document is on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__()


class PacketScreen(MockloopScreen):
    """Shows a packet as the command line does, and saves it as Markdown."""

    AUTO_FOCUS = "VerticalScroll"
    HELP_TEXT = (
        "What the interviews of a loop come to. Each area adds up points over all interviews; the rule says how they "
        "make a yes or a no, and the last part says what would change it."
    )
    BINDINGS = [
        Binding("enter", "next", "Back", show=False),
        Binding("x", "save", "Save", tooltip="Save the packet as a Markdown document"),
    ]

    def __init__(self, packet: Packet, name: str) -> None:
        """`name` is what the saved document is called, without its ending."""
        super().__init__()
        self._packet = packet
        self._name = name

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(classes="body"):
            yield Static("", id="packet", markup=False)

    def on_mount(self) -> None:
        self.title_bar.place = f"Packet · {one_line(self._packet.title)}"
        self.next_key.label = "Back to the loop"

    def on_resize(self) -> None:
        width = max(60, min(110, self.size.width - 6))
        self.query_one("#packet", Static).update(Group(*packet_texts(self._packet, width)))

    async def action_next(self) -> None:
        await self.action_back()

    def action_save(self) -> None:
        """Save it where the person's downloads go, and say where that is."""
        folder = locations.downloads()
        path = folder / f"{self._name}.md"

        def work() -> Message:
            with explained(SAVING, folder):
                locations.make_private(folder)
            write_bytes(path, packet_markdown(self._packet).encode("utf-8", errors="replace"), SAVING)
            return PacketSaved(path)

        in_background(self, work, ErrorMet)

    @on(PacketSaved)
    def _saved(self, message: PacketSaved) -> None:
        self.notify(one_line(f"Saved as {message.path}"), markup=False)
