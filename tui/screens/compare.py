"""Two takes of one question side by side."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.history.compare import Comparison
from tui.screens.base import MockloopScreen
from tui.screens.messages import BriefRound
from tui.transcript import one_line
from tui.widgets.compare_text import side_by_side


class CompareScreen(MockloopScreen):
    """What became of each signal from one take to the next."""

    HELP_TEXT = (
        "The earlier take stands on the left, the later one on the right, and what changed comes first. ▲ earned more, "
        "▼ earned less."
    )
    BINDINGS = [Binding("enter", "next", "Again", show=False, tooltip="Prepare the same question once more")]

    def __init__(self, comparison: Comparison, round_: str) -> None:
        """`round_` is the id of the round of the later take."""
        super().__init__()
        self._comparison = comparison
        self._round = round_

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(classes="body"):
            yield Static("", id="takes", markup=False)

    def on_mount(self) -> None:
        self.title_bar.place = f"Two takes · {one_line(self._comparison.title)}"
        self.next_key.label = "Answer this question again"

    def on_resize(self) -> None:
        width = min(self.size.width, 170) - 6
        self.query_one("#takes", Static).update(side_by_side(self._comparison, width))

    def action_next(self) -> None:
        self.post_message(BriefRound(self._round, self._comparison.question))
