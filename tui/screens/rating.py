"""Before the reveal: how the candidate thinks it went, by dimension."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.interview.packet import Step
from tui.screens.base import MockloopScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.messages import MockLeft, Rated
from tui.session.events import Event, TranscriptionProgress
from tui.transcript import one_line
from tui.widgets.choice import Choice

OPEN = "open"
STEPS = [(OPEN, "not rated"), *((step.name.lower(), step.words) for step in Step)]


class RatingScreen(MockloopScreen):
    """Asks for a rating while the mock is being scored; the app opens the postmortem after it."""

    CSS_PATH = "rating.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = "Choice"
    HELP_TEXT = (
        "How well you judge yourself is tracked too. Give each area the reading that an interviewer would give you, "
        "then press Enter for the postmortem, which shows both. An area that you leave as it is stays unrated."
    )
    BINDINGS = [
        Binding("enter", "next", "Reveal", show=False, tooltip="Read the postmortem"),
        Binding("down,tab", "app.focus_next", "Next area", tooltip="Go to the next area"),
        Binding("up,shift+tab", "app.focus_previous", "Previous", show=False),
        *(
            Binding(str(step.value), f"rate('{step.name.lower()}')", step.words.capitalize(), show=False)
            for step in Step
        ),
        Binding("s", "skip", "Skip", tooltip="Read the postmortem without rating"),
    ]

    def __init__(self, title: str, dimensions: Mapping[str, str]) -> None:
        """`dimensions` are the ids and titles of what the mock is scored on."""
        super().__init__()
        self._title = one_line(title)
        self._dimensions = dimensions
        self._revealed = False
        self._ready = False
        """Whether the mock is scored."""

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"), Vertical(id="rating", classes="panel") as panel:
            panel.border_title = "Before you see it: how did it go?"
            yield Static(
                Content("← → or 1 to 4 for strong no, no, yes, strong yes; ↓ for the next area."), classes="muted"
            )
            for dimension, title in self._dimensions.items():
                yield Choice(one_line(title), STEPS, OPEN, f"rate-{dimension}")
            yield Static("", id="progress", classes="muted", markup=False)

    def on_mount(self) -> None:
        self.title_bar.place = f"Rate yourself · {self._title}"
        self.next_key.label = "Read the postmortem"

    def hear(self, event: Event) -> None:
        """What the session said that concerns this screen."""
        if isinstance(event, TranscriptionProgress) and not self._revealed:
            self.query_one("#progress", Static).update(f"Reading back what you said: {event.share:.0%}")

    def scored(self) -> None:
        """The postmortem is there, and waits for the rating."""
        self._ready = True
        self.query_one("#progress", Static).update("The postmortem is ready.")

    def action_rate(self, step: str) -> None:
        """Rate the area under the cursor and go on to the next."""
        if isinstance(self.focused, Choice):
            self.focused.value = step
            self.focus_next(Choice)

    def action_next(self) -> None:
        found = {
            dimension: Step[value.upper()].value
            for dimension in self._dimensions
            if (value := self.query_one(f"#rate-{dimension}", Choice).value) != OPEN
        }
        self._reveal(found)

    def action_skip(self) -> None:
        self._reveal({})

    def _reveal(self, rating: Mapping[str, int]) -> None:
        if self._revealed:
            return
        self._revealed = True
        self.next_key.label = ""
        self.next_key.note = "The postmortem opens by itself"
        self.post_message(Rated(rating))

    async def action_back(self) -> None:
        later = "The recording is kept. You can finish this mock later from the home screen."
        sentence = "The mock is scored: find it among the last mocks." if self._ready else later
        self.app.push_screen(ConfirmScreen("Leave before the postmortem?", sentence, "Leave", "Wait"), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.post_message(MockLeft())
