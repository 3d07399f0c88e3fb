"""What the interviewer would clarify: to be picked when asking aloud is not an option."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.interview.types import Clarification
from tui.transcript import one_line


class ClarifyScreen(ModalScreen[Clarification | None]):
    """Gives the clarification that was picked, or None."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, clarifications: Sequence[Clarification]) -> None:
        super().__init__()
        self._clarifications = clarifications

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = "Ask the interviewer"
            yield Static(Content("Asked aloud and early it counts as clarifying; picked here it only helps you along."))
            yield OptionList(*(Option(Content(one_line(each.ask))) for each in self._clarifications), markup=False)

    @on(OptionList.OptionSelected)
    def _pick(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._clarifications[message.option_index])
