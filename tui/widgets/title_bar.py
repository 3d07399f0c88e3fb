"""The line at the top of every screen: where one is, and what matters just now."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.transcript import one_line


class TitleBar(Widget):
    """Name of the app, place, and a short status at the right."""

    DEFAULT_CSS = """
    TitleBar { dock: top; height: 1; width: 100%; padding: 0 1; background: $surface; color: $foreground; }
    """

    place: reactive[str] = reactive("")
    status: reactive[str] = reactive("")
    status_style: reactive[str] = reactive("$foreground-muted")

    def __init__(self, place: str) -> None:
        super().__init__()
        self.set_reactive(TitleBar.place, place)

    def render(self) -> Content:
        width = max(10, self.content_size.width)
        right = Content.styled(one_line(self.status), self.status_style)
        left = Content.assemble(("mockloop", "bold $primary"), ("  ", ""), one_line(self.place))
        room = max(8, width - right.cell_length - 2)
        left = left.truncate(room, ellipsis=True)
        return Content.assemble(left, " " * max(1, width - left.cell_length - right.cell_length), right)
