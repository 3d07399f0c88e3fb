"""The countdown of an interview: large digits, a bar, and words for each phase."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from tui.interview.countdown import Phase, Reading, clock_text
from tui.session.events import State
from tui.widgets.wording import bar

COLOURS = {
    Phase.THINKING: "$secondary",
    Phase.CALM: "$success",
    Phase.AMBER: "$warning",
    Phase.RED: "$error",
    Phase.OVER: "$error",
}

CUES = {
    Phase.THINKING: "THINK   Plan the answer; nothing is recorded yet",
    Phase.CALM: "SPEAK   Plenty of time",
    Phase.AMBER: "CLOSE SOON   Steer towards your summary",
    Phase.RED: "LAST SECONDS   Say the summary now",
    Phase.OVER: "OVER TIME   Finish your sentence and end",
}


class Clock(Vertical):
    """Shows a reading of the countdown; it keeps no time itself."""

    DEFAULT_CSS = """
    Clock { height: auto; width: 1fr; align-horizontal: center; }
    Clock Digits { width: 100%; text-align: center; text-style: bold; }
    Clock Static { width: 100%; text-align: center; }
    """
    BAR_WIDTH = 48

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, str, int, State] | None = None

    def compose(self) -> ComposeResult:
        yield Digits("", id="digits")
        yield Static("", id="bar", markup=False)
        yield Static("", id="cue", markup=False)

    def show(self, reading: Reading, state: State) -> None:
        """Show `reading`; touches the screen only when something visible changed."""
        text = clock_text(reading.remaining)
        width = min(self.BAR_WIDTH, max(10, self.size.width - 4))
        shown = (text, reading.phase.value, round(reading.share * width), state)
        if shown == self._shown:
            return
        self._shown = shown
        colour = COLOURS[reading.phase]
        cue = CUES[reading.phase]
        if state is State.PAUSED:
            colour, cue = "$foreground-muted", "PAUSED   Clock and recording have stopped"
        digits = self.query_one("#digits", Digits)
        digits.update(text)
        for phase in Phase:
            self.set_class(phase is reading.phase and state is not State.PAUSED, f"-{phase.value}")
        full, empty = bar(1 - reading.share, width)
        self.query_one("#bar", Static).update(Content.assemble((full, colour), (empty, "$panel-lighten-2")))
        self.query_one("#cue", Static).update(Content.styled(cue, f"bold {colour}"))
