"""The verdicts of a postmortem, each with its quotes; Enter plays the seconds of the quote under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.report.wording import mark, points, verdict_word
from tui.rubric.verdicts import Evidence, Outcome, Verdict
from tui.transcript import one_line
from tui.widgets.verdicts import verdict_colour
from tui.widgets.wording import span

PLAYING = "▶ "
"""Stands in the indentation of the quote that is being played."""


@dataclass(frozen=True)
class SignalRow:
    """One line of the list: a verdict with its first piece of evidence, or one more piece."""

    verdict: Verdict
    evidence: Evidence | None
    first: bool = True

    @property
    def playable(self) -> tuple[float, float] | None:
        """The seconds to play, or None when there is nothing to hear."""
        if self.evidence is None or self.evidence.start_seconds is None or self.evidence.end_seconds is None:
            return None
        return self.evidence.start_seconds, self.evidence.end_seconds


def rows_of(verdicts: Sequence[Verdict]) -> tuple[SignalRow, ...]:
    """The rows for `verdicts`, in their order."""
    rows: list[SignalRow] = []
    for verdict in verdicts:
        rows.append(SignalRow(verdict, verdict.evidence[0] if verdict.evidence else None))
        rows.extend(SignalRow(verdict, evidence, first=False) for evidence in verdict.evidence[1:])
    return tuple(rows)


class SignalList(OptionList):
    """All verdicts; rebuilt for the new width when the terminal is resized."""

    BINDINGS = [Binding("enter", "select", "Hear it", tooltip="Play the seconds that this quote comes from")]

    def __init__(self, verdicts: Sequence[Verdict], advice: Mapping[str, str]) -> None:
        super().__init__(markup=False)
        self._verdicts = verdicts
        self._rows = rows_of(verdicts)
        self._advice = advice
        self._width = 0
        self._playing: SignalRow | None = None

    @property
    def row(self) -> SignalRow | None:
        """The row under the cursor."""
        return self._rows[self.highlighted] if self.highlighted is not None and self._rows else None

    @property
    def playable(self) -> bool:
        """Whether any row has something to hear."""
        return any(row.playable for row in self._rows)

    @property
    def playing(self) -> SignalRow | None:
        """The row whose seconds are being played."""
        return self._playing

    @playing.setter
    def playing(self, row: SignalRow | None) -> None:
        if row is self._playing:
            return
        changed = [each for each in (self._playing, row) if each is not None]
        self._playing = row
        # Before the first resize there is nothing to change.
        for each in changed if self.option_count else ():
            self.replace_option_prompt_at_index(self._rows.index(each), self._text(each, self._width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        # An empty list leaves Enter to the screen.
        return bool(self._rows) if action == "select" else True

    def on_resize(self) -> None:
        # Without the scrollbar, which comes and goes with the options, so that filling the list never changes it.
        width = self.outer_size.width - 2 * self.scrollbar_size_vertical
        if width == self._width or width < 10:
            return
        self._width = width
        kept = self.highlighted
        self.clear_options()
        self.add_options(Option(self._text(row, width)) for row in self._rows)
        self.highlighted = kept if kept is not None else (0 if self._rows else None)

    def _text(self, row: SignalRow, width: int) -> Content:
        lines = [self._head(row.verdict, row, width)] if row.first else []
        if row.evidence:
            when = f"{span(*row.playable)}  " if row.playable and not row.first else ""
            quote = indented(f"{when}“{one_line(row.evidence.quote)}”", width, "italic")
            lines += marked_playing(quote) if row is self._playing else quote
        if row.first:
            lines += self._why(row.verdict, width)
        return Content("\n").join(lines)

    def _head(self, verdict: Verdict, row: SignalRow, width: int) -> Content:
        colour = verdict_colour(verdict)
        earned = f"{points(verdict.credit * verdict.weight)} of {points(verdict.weight)}"
        if verdict.outcome is Outcome.CANT_TELL:
            earned = f"({points(verdict.weight)})"
        right = Content.assemble(
            (f"{verdict_word(verdict)}  ", colour),
            (f"{earned:>8}", "$foreground-muted"),
            (f"{span(*row.playable) if row.playable else '':>12}", "bold"),
        )
        title = Content(one_line(verdict.title)).truncate(max(8, width - right.cell_length - 4), ellipsis=True)
        left = Content.assemble((f"{mark(verdict)} ", f"bold {colour}"), title.stylize("bold"))
        return Content.assemble(left, " " * max(1, width - left.cell_length - right.cell_length), right)

    def _why(self, verdict: Verdict, width: int) -> list[Content]:
        if mark(verdict) == "✓":
            return []
        said = one_line(verdict.reason)
        if verdict.outcome is Outcome.MISSED:
            said = one_line(self._advice.get(verdict.signal, said))
        return indented(said, width, "$foreground-muted")


def marked_playing(lines: list[Content]) -> list[Content]:
    """Indented `lines` with the sign for playing in front of the first."""
    first = Content.assemble((PLAYING, "bold $primary"), lines[0][len(PLAYING) :])
    return [each.stylize("$primary") for each in (first, *lines[1:])]


def indented(text: str, width: int, style: str) -> list[Content]:
    """`text` in lines of at most `width` cells, two cells in."""
    return [Content.styled(f"  {line}", style) for line in wrap(text, max(10, width - 2))]
