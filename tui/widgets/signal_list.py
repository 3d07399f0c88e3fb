"""The verdicts of a postmortem, each with its quotes; Enter plays the seconds of the quote under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.report.wording import mark, points, verdict_word
from tui.rubric.verdicts import Outcome, Verdict
from tui.transcript import one_line
from tui.widgets.verdict_rows import Heading, SignalRow
from tui.widgets.verdicts import verdict_colour
from tui.widgets.wording import span

PLAYING = "▶ "
"""Stands in the indentation of the quote that is being played."""
LEAST_TITLE = 18
"""Cells that a title gets at least, before it goes on in the next line."""


class SignalList(OptionList):
    """All verdicts; rebuilt for the new width when the terminal is resized."""

    BINDINGS = [Binding("enter", "select", "Hear it", show=False, tooltip="Play or stop the seconds of this quote")]

    def __init__(self, rows: Sequence[Heading | SignalRow], advice: Mapping[str, str]) -> None:
        super().__init__(markup=False)
        self._rows = tuple(rows)
        self._advice = advice
        self._width = 0
        self._playing: SignalRow | None = None

    @property
    def row(self) -> SignalRow | None:
        """The row under the cursor."""
        row = self._rows[self.highlighted] if self.highlighted is not None and self._rows else None
        return row if isinstance(row, SignalRow) else None

    @property
    def playable(self) -> bool:
        """Whether any row has something to hear."""
        return any(isinstance(row, SignalRow) and row.playable for row in self._rows)

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

    def show(self, rows: Sequence[Heading | SignalRow]) -> None:
        """Show another reading of the same mock, with the cursor where it was."""
        self._rows, self._playing = tuple(rows), None
        self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        # An empty list leaves Enter to the screen.
        return bool(self._rows) if action == "select" else True

    def on_resize(self) -> None:
        # Without the scrollbar, which comes and goes with the options, so that filling the list never changes it.
        width = self.outer_size.width - 2 * self.scrollbar_size_vertical
        if width == self._width or width < 10:
            return
        self._width = width
        self._fill()

    def _fill(self) -> None:
        kept = self.highlighted or 0
        self.clear_options()
        self.add_options(Option(self._text(row, self._width), disabled=isinstance(row, Heading)) for row in self._rows)
        verdicts = [place for place, row in enumerate(self._rows) if isinstance(row, SignalRow)]
        self.highlighted = next((place for place in verdicts if place >= kept), verdicts[-1] if verdicts else None)
        if verdicts and self.highlighted == verdicts[0]:
            self.scroll_home(animate=False)  # so that the headings above it are seen

    def _text(self, row: Heading | SignalRow, width: int) -> Content:
        if isinstance(row, Heading):
            return _heading(row, width)
        lines = self._head(row.verdict, row, width) if row.first else []
        if row.evidence:
            when = f"{span(*row.playable)}  " if row.playable and not row.first else ""
            label = f"{row.label}: " if row.label else ""
            quote = indented(f"{when}{label}“{one_line(row.evidence.quote)}”", width, "italic")
            lines += marked_playing(quote) if row is self._playing else quote
        if row.first:
            lines += self._why(row.verdict, width)
        return Content("\n").join(lines)

    def _head(self, verdict: Verdict, row: SignalRow, width: int) -> list[Content]:
        colour = verdict_colour(verdict)
        earned = f"{points(verdict.credit * verdict.weight)} of {points(verdict.weight)}"
        if verdict.outcome is Outcome.CANT_TELL:
            earned = f"({points(verdict.weight)})"
        right = Content.assemble(
            (f"{verdict_word(verdict)}  ", colour),
            (f"{earned:>10}", "$foreground-muted"),
            (f"{span(*row.playable) if row.playable else '':>12}", "bold"),
        )
        titles = wrap(one_line(verdict.title), max(LEAST_TITLE, width - right.cell_length - 3)) or [""]
        left = Content.assemble((f"{mark(verdict)} ", f"bold {colour}"), (titles[0], "bold"))
        head = Content.assemble(left, " " * max(1, width - left.cell_length - right.cell_length), right)
        return [head, *(Content.styled(f"  {title}", "bold") for title in titles[1:])]

    def _why(self, verdict: Verdict, width: int) -> list[Content]:
        own = indented(_overruled(verdict), width, "$secondary") if verdict.overruled else []
        if mark(verdict) == "✓" or own:
            return own
        said = one_line(verdict.reason)
        if verdict.outcome is Outcome.MISSED:
            said = one_line(self._advice.get(verdict.signal, said))
        return indented(said, width, "$foreground-muted")


def _heading(row: Heading, width: int) -> Content:
    title = Content(row.text).truncate(max(8, width - len(row.right) - 2), ellipsis=True)
    if not row.main:
        return title.stylize("$foreground-muted")
    gap = " " * max(1, width - title.cell_length - len(row.right))
    return Content.assemble(title.stylize("bold $primary"), gap, (row.right, "bold $primary"))


def _overruled(verdict: Verdict) -> str:
    words = {
        Outcome.DEMONSTRATED: "credited",
        Outcome.MISSED: "missed",
        Outcome.CANT_TELL: "too unclear to tell",
    }
    before = words[verdict.overruled] if verdict.overruled else ""
    return f"Corrected by you: detection had said {before}. u takes it back."


def marked_playing(lines: list[Content]) -> list[Content]:
    """Indented `lines` with the sign for playing in front of the first."""
    first = Content.assemble((PLAYING, "bold $primary"), lines[0][len(PLAYING) :])
    return [each.stylize("$primary") for each in (first, *lines[1:])]


def indented(text: str, width: int, style: str) -> list[Content]:
    """`text` in lines of at most `width` cells, two cells in."""
    return [Content.styled(f"  {line}", style) for line in wrap(text, max(10, width - 2))]
