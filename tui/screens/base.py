"""What all full screens share: a title bar, the next key and the footer around a body."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen

from tui.widgets.key_bar import KeyBar
from tui.widgets.next_key import NextKey
from tui.widgets.title_bar import TitleBar


class MockloopScreen(Screen[None]):
    """A screen with one obvious next key: its `next` action."""

    PLACE: ClassVar[str] = ""
    HELP_TEXT: ClassVar[str] = ""
    """What the screen is for, in two or three sentences; the help panel shows it above the keys."""
    STEP_OF_MOCK: ClassVar[bool] = False
    """Whether the next step of the mock takes this screen's place."""
    BINDINGS = [Binding("escape", "back", "Back", tooltip="Go back")]

    def compose(self) -> ComposeResult:
        self._know_size()
        yield TitleBar(self.PLACE)
        with Vertical(classes="frame"):
            yield from self.compose_body()
        yield NextKey()
        yield KeyBar()

    def _know_size(self) -> None:
        """Take on the classes that the size of the terminal gives; had from the first event, all is styled again."""
        app = self.app
        for steps, cells in ((app.HORIZONTAL_BREAKPOINTS, app.size.width), (app.VERTICAL_BREAKPOINTS, app.size.height)):
            self.add_class(*[name for least, name in sorted(steps or ()) if least <= cells][-1:])

    def compose_body(self) -> ComposeResult:
        """The widgets between the title bar and the next key."""
        yield from ()

    @property
    def title_bar(self) -> TitleBar:
        return self.query_one(TitleBar)

    @property
    def next_key(self) -> NextKey:
        return self.query_one(NextKey)

    async def action_back(self) -> None:
        """Leave this screen."""
        await self.app.pop_screen()
