"""How loud the microphone is, as a bar, a number and a sentence."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.speech.types import Condition, Level

SENTENCES = {
    Condition.OK: "Good level.",
    Condition.WAITING: "Listening. Say a few words.",
    Condition.NOTHING: "Nothing is coming in. Unmute the microphone or choose another.",
    Condition.QUIET: "Very quiet. Move closer or raise the input level.",
    Condition.CLIPPING: "Clipping. Move back or lower the input level.",
    Condition.LOST: "The microphone is gone. Plug it in again or choose another.",
}
"""What a condition means for the person who speaks."""

COLOURS = {
    Condition.OK: "$success",
    Condition.WAITING: "$secondary",
    Condition.NOTHING: "$error",
    Condition.QUIET: "$warning",
    Condition.CLIPPING: "$error",
    Condition.LOST: "$error",
}

EIGHTHS = " ▏▎▍▌▋▊▉"
NUMBER_WIDTH = 8


class LevelMeter(Widget):
    """A bar from -60 to 0 dBFS with the level in decibels behind it."""

    DEFAULT_CSS = "LevelMeter { height: 1; width: 1fr; }"

    level: reactive[Level | None] = reactive(None)

    def render(self) -> Content:
        width = max(4, self.content_size.width - NUMBER_WIDTH)
        level = self.level
        if level is None:
            return Content.assemble(("░" * width, "$panel-lighten-2"), ("      –", "$foreground-muted"))
        cells = level.share * width
        whole = int(cells)
        part = EIGHTHS[int((cells - whole) * 8)] if whole < width else ""
        drawn = ("█" * whole + part).rstrip()
        number = "silent" if level.rms <= -90 else f"{level.rms:.0f} dB"
        return Content.assemble(
            (drawn, COLOURS[level.condition]),
            ("░" * (width - len(drawn)), "$panel-lighten-2"),
            (number.rjust(NUMBER_WIDTH), "$foreground-muted"),
        )


def condition_text(level: Level | None) -> Content:
    """The sentence that goes with `level`, in its colour."""
    condition = level.condition if level else Condition.WAITING
    return Content.styled(SENTENCES[condition], COLOURS[condition])
