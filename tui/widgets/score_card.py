"""The head of a postmortem: the score, the sum behind it, the dimensions, the root cause and the fix."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from tui.interview.packet import Step
from tui.report.wording import NONE, points, score
from tui.rubric.verdicts import DimensionScore, Postmortem
from tui.transcript import one_line
from tui.widgets.wording import bar

TITLE_WIDTH = 32


class ScoreCard(Vertical):
    """Shows what a reader wants first; everything else is in the tabs below it."""

    DEFAULT_CSS = """
    ScoreCard { height: auto; padding: 0 1; }
    ScoreCard #sums { height: auto; }
    ScoreCard #overall { width: 18; height: auto; }
    ScoreCard #under { text-wrap: nowrap; text-overflow: ellipsis; }
    ScoreCard Digits { width: 100%; color: $primary; text-style: bold; }
    ScoreCard #dimensions { width: 1fr; height: auto; }
    ScoreCard #verdict { height: auto; }
    """

    def __init__(self, postmortem: Postmortem, self_rating: Mapping[str, int] | None = None) -> None:
        """`self_rating` is what the candidate gave each dimension before the reveal, from 1 to 4."""
        super().__init__()
        self._postmortem = postmortem
        self._self_rating = self_rating or {}

    def compose(self) -> ComposeResult:
        with Horizontal(id="sums"):
            with Vertical(id="overall"):
                yield Digits(self._score())
                yield Static(self._under(), id="under", markup=False)
            yield Static("", id="dimensions", markup=False)
        yield Static(self._verdict(), id="verdict", markup=False)

    def show(self, postmortem: Postmortem) -> None:
        """Show another reading of the same mock."""
        self._postmortem = postmortem
        self.query_one(Digits).update(self._score())
        self.query_one("#under", Static).update(self._under())
        self.query_one("#verdict", Static).update(self._verdict())
        self._fill(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        self._fill(event.size.width)

    def _score(self) -> str:
        overall = self._postmortem.scorecard.overall
        return "--" if overall is None else score(overall)

    def _under(self) -> Content:
        under = "unscored" if self._postmortem.scorecard.overall is None else "of 100"
        level = f" · {one_line(self._postmortem.level)}" if self._postmortem.level else ""
        return Content.styled(under + level, "$foreground-muted")

    def _fill(self, whole: int) -> None:
        width = whole - 20
        rated = 18 if self._self_rating else 0
        title = min(TITLE_WIDTH, max(12, width - 30 - rated))
        lines = [
            Content.assemble(
                dimension_line(dimension, title, max(6, min(40, width - title - 21 - rated))),
                (self._rated(dimension.dimension), "$secondary"),
            )
            for dimension in self._postmortem.scorecard.dimensions
        ]
        arithmetic = one_line(self._postmortem.scorecard.arithmetic)
        if arithmetic:
            lines.append(Content.styled(arithmetic, "$foreground-muted"))
        self.query_one("#dimensions", Static).update(Content("\n").join(lines))

    def _rated(self, dimension: str) -> str:
        step = self._self_rating.get(dimension)
        return f"  you: {Step(step).words}" if step in set(Step) else ""

    def _verdict(self) -> Content:
        said = self._postmortem
        lines: list[Content] = []
        if said.scorecard.unscored:
            lines.append(Content.assemble(("Unscored    ", "bold $warning"), one_line(said.scorecard.unscored)))
        if said.root_cause:
            cost = f"  costs {points(round(said.root_cause.cost, 1))} of 100" if said.root_cause.cost else ""
            title = one_line(said.root_cause.title)
            lines.append(Content.assemble(("Root cause  ", "bold"), title, (cost, "$foreground-muted")))
        if said.fix:
            lines.append(Content.assemble(("Fix next    ", "bold"), (one_line(said.fix.title), "bold $primary")))
        if not lines:
            lines.append(Content.assemble(("Fix next    ", "bold"), "Nothing was missed."))
        return Content("\n").join(lines)


def dimension_line(dimension: DimensionScore, title_width: int, bar_width: int) -> Content:
    """One dimension: title, bar, score, and the points behind the score."""
    title = Content(one_line(dimension.title)).truncate(title_width, ellipsis=True)
    full, empty = bar((dimension.score or 0) / 100, bar_width)
    decided = dimension.score is not None
    behind = f"{points(dimension.earned)} of {points(dimension.possible)}" if dimension.possible else "not decided"
    return Content.assemble(
        title,
        " " * (title_width - title.cell_length + 1),
        (full, "$primary"),
        (empty, "$panel-lighten-2"),
        (f" {score(dimension.score) if decided else NONE:>3}", "bold"),
        (f"  {behind}", "$foreground-muted"),
    )
