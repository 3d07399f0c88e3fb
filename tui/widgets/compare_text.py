"""Two takes of one question side by side."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap

from textual.content import Content

from tui.history.compare import Change, Compared, Comparison, Take
from tui.report.wording import NONE, mark, quote, score, verdict_word
from tui.rubric.verdicts import Verdict
from tui.transcript import one_line
from tui.widgets.verdicts import verdict_colour
from tui.widgets.wording import stamp

SIGNS = {Change.BETTER: ("▲ better", "$success"), Change.WORSE: ("▼ worse", "$error"), Change.SAME: ("", "")}
GAP = 2


def side_by_side(comparison: Comparison, width: int) -> Content:
    """Scores and paces, then each signal with both verdicts and quotes; what changed comes first."""
    half = max(20, (width - GAP) // 2)
    lines = _row(_take(comparison.earlier, "Earlier"), _take(comparison.later, "Later"), half)
    lines += [Content.styled(one_line(caveat), "$warning") for caveat in comparison.caveats]
    changed = sorted(comparison.signals, key=lambda each: each.change not in (Change.BETTER, Change.WORSE))
    for each in changed:
        lines += [Content(""), _head(each, width)]
        lines += _row(_verdict(each.earlier, half), _verdict(each.later, half), half)
    return Content("\n").join(lines)


def _take(take: Take, name: str) -> list[Content]:
    pace = take.delivery.pace if take.delivery else None
    return [
        Content.assemble((f"{name}  ", "bold"), (score(take.score), "bold $primary"), f"  {stamp(take.created)}"),
        Content.styled(f"{pace:.0f} words a minute" if pace is not None else "", "$foreground-muted"),
    ]


def _head(each: Compared, width: int) -> Content:
    sign, colour = SIGNS.get(each.change, (NONE, "$foreground-muted"))
    title = Content(one_line(each.title)).truncate(max(10, width - 12), ellipsis=True)
    return Content.assemble(title.stylize("bold"), "  ", (sign, f"bold {colour}" if colour else ""))


def _verdict(verdict: Verdict | None, width: int) -> list[Content]:
    if verdict is None:
        return [Content.styled("not listened for", "$foreground-muted")]
    head = Content.assemble((f"{mark(verdict)} {verdict_word(verdict)}", verdict_colour(verdict)))
    said = wrap(quote(verdict.evidence[0]), width) if verdict.evidence else []
    return [head, *(Content.styled(line, "italic") for line in said)]


def _row(left: list[Content], right: list[Content], half: int) -> list[Content]:
    return [
        Content.assemble(one.truncate(half, ellipsis=True), " " * max(0, half + GAP - one.cell_length), two)
        for one, two in zip_longest(left, right, fillvalue=Content(""))
    ]
