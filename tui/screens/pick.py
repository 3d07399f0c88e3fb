"""One of a few things, picked from a list."""

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

from tui.transcript import one_line


class PickScreen(ModalScreen[int | None]):
    """Gives the place of what was picked in the list, or None."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, title: str, sentence: str, options: Sequence[str]) -> None:
        super().__init__()
        self._title, self._sentence, self._options = title, sentence, options

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue") as dialogue:
            dialogue.border_title = Content(self._title).markup
            yield Static(Content(one_line(self._sentence)))
            yield OptionList(*(Option(Content(one_line(each))) for each in self._options), markup=False)

    @on(OptionList.OptionSelected)
    def _pick(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)
