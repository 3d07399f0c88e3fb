"""Between the last word and the postmortem: how far recognition has come, and the newest words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Static

from tui.screens.base import MockloopScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.messages import MockLeft
from tui.session.events import Event, TranscriptionProgress
from tui.transcript import one_line

NEWEST = 220
"""How many of the newest characters are shown."""


class TranscribingScreen(MockloopScreen):
    """Shows progress; the app opens the postmortem when the session says that it is finished."""

    CSS_PATH = "transcribing.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = ""
    HELP_TEXT = (
        "The recording is safe on disk and is being turned into text on this machine. The postmortem opens by itself. "
        "You may leave: the mock goes on being scored, and is then among the last mocks."
    )

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = one_line(title)

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"), Vertical(id="progress"):
            yield Static(Content.styled("Reading back what you said", "bold"), id="headline")
            yield ProgressBar(total=100, show_eta=False, id="share")
            yield Static(Content.styled("Your recording is saved.", "$foreground-muted"), id="newest")

    def on_mount(self) -> None:
        self.title_bar.place = f"Transcribing · {self._title}"
        self.next_key.note = "The postmortem opens by itself"

    def hear(self, event: Event) -> None:
        """What the session said that concerns this screen."""
        if isinstance(event, TranscriptionProgress):
            self.query_one("#share", ProgressBar).update(progress=100 * min(1.0, max(0.0, event.share)))
            text = one_line(event.text)
            newest = text if len(text) <= NEWEST else "… " + text[-NEWEST:].split(" ", 1)[-1]
            self.query_one("#newest", Static).update(Content(newest))

    def action_next(self) -> None:
        """Nothing to press: the postmortem opens by itself."""

    async def action_back(self) -> None:
        sentence = "The mock goes on being scored: find it among the last mocks."
        self.app.push_screen(ConfirmScreen("Leave before the postmortem?", sentence, "Leave", "Wait"), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.post_message(MockLeft())
