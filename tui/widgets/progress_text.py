"""The texts of the progress screen: how it went over time, areas, the plan, and one signal in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from tui.history.calibration import Calibration
from tui.history.figures import SignalFigures, Trend
from tui.history.progress import AreaSum, Progress
from tui.history.study import AreaState, PlanState
from tui.report.advice import plan_headline, streak_text
from tui.report.figures import interval, landed, of, trend_word
from tui.report.wording import FAST_PACE, SLOW_PACE
from tui.transcript import one_line
from tui.widgets.columns import columns
from tui.widgets.postmortem_text import BLANK, heading
from tui.widgets.wording import bar, stamp

TOP_PACE = 240.0
"""Words a minute at the top of the chart."""
NAME = 28


def over_time(progress: Progress, width: int, height: int) -> Content:
    """Score and pace of each mock."""
    if not progress.mocks:
        return Content("After the first scored mock its score and pace stand here.")
    scores = [row.overall for row in progress.mocks if row.overall is not None]
    paces = [row.pace for row in progress.mocks if row.pace is not None]
    lines = [heading(f"Score of {_count(len(scores), 'mock')}, the newest on the right")]
    lines += columns(scores, 100.0, width, height)
    lines.append(_summary(scores, "points"))
    if paces:
        lines += [BLANK, heading(f"Words a minute; {SLOW_PACE:.0f} to {FAST_PACE:.0f} is usual")]
        lines += columns(paces, TOP_PACE, width, height, (SLOW_PACE, FAST_PACE))
        lines.append(_summary(paces, "words a minute"))
    first, last = progress.mocks[0].created, progress.mocks[-1].created
    lines.append(Content.styled(f"From {stamp(first)} to {stamp(last)}.", "$foreground-muted"))
    return Content("\n").join(lines)


def _summary(values: Sequence[float], unit: str) -> Content:
    last = values[-5:]
    text = f"Latest {values[-1]:.0f} {unit}; {sum(last) / len(last):.0f} in the mean of the last {len(last)}."
    return Content.styled(text, "$foreground-muted")


def areas(found: Sequence[AreaSum], rated: Sequence[Calibration], titles: Mapping[str, str], width: int) -> Content:
    """What each area earned over all mocks, and how one's own rating compares."""
    if not found:
        return Content("After the first scored mock its areas stand here.")
    name = min(NAME, max(14, width - 36))
    room = max(6, min(40, width - name - 30))
    lines = [heading("Points earned of points possible, over all mocks")]
    for each in sorted(found, key=lambda area: area.score):
        full, empty = bar(each.score / 100, room)
        title = Content(titles.get(each.dimension, each.dimension)).truncate(name, ellipsis=True)
        lines.append(
            Content.assemble(
                title,
                " " * (name - title.cell_length + 1),
                (full, "$primary"),
                (empty, "$panel-lighten-2"),
                (f" {each.score:3.0f}", "bold"),
                (f"  in {_count(each.mocks, 'mock')}", "$foreground-muted"),
            )
        )
    lines += [BLANK, heading("How well you judge yourself")]
    lines += [_calibration(each, titles) for each in rated] or [Content("Rate yourself before the reveal to see it.")]
    return Content("\n").join(lines)


def _calibration(each: Calibration, titles: Mapping[str, str]) -> Content:
    direction = "higher" if each.apart > 0 else "lower"
    said = "close to the score" if each.close else f"{abs(each.apart):.1f} of 4 steps {direction} than the score"
    title = titles.get(each.dimension, each.dimension)
    return Content.assemble(f"{title}: ", (said, "bold"), (f", in {_count(each.mocks, 'mock')}", "$foreground-muted"))


def plan(state: PlanState | None, width: int) -> Content:
    """Where the plan stands: today, the days of the week, minutes done of minutes due, and the weeks."""
    if state is None:
        return Content("There is no study plan among the rubrics.")
    lines = [heading(plan_headline(state))]
    if state.current and not state.over:
        lines.append(Content(one_line(state.current.aim)))
    due = state.due_today
    if due:
        lines += [BLANK, Content.assemble(("Due today  ", "bold"), (one_line(due.day.title), "bold $primary"))]
        lines.append(Content(f"{one_line(due.day.do)} About {due.due:.0f} minutes of speaking."))
    done = f"{state.today_minutes:.0f} minutes done today. " if state.today_minutes >= 1 else ""
    lines += [Content.styled(f"{done}{streak_text(state)}", "$foreground-muted"), BLANK]
    if state.days:
        lines.append(heading("This week"))
        lines += [
            Content.assemble(
                ("✓ " if each.done else "· ", "bold $success" if each.done else "$foreground-muted"),
                f"Day {number}  {one_line(each.day.title)}",
                (f"  {each.due:.0f} min", "$foreground-muted"),
            )
            for number, each in enumerate(state.days, 1)
        ]
        lines += [BLANK, heading("Minutes of speaking this week, done of due")]
        lines += [_minutes(each, width) for each in state.areas]
    if state.interview is None:
        hint = "`mockloop plan --date YYYY-MM-DD` fits it to your interview."
        lines += [BLANK, Content.styled(hint, "$foreground-muted")]
    return Content("\n").join(lines)


def _minutes(each: AreaState, width: int) -> Content:
    full, empty = bar(each.done_week / each.due_week if each.due_week else 0.0, max(6, min(30, width - NAME - 24)))
    title = Content(one_line(each.title)).truncate(NAME, ellipsis=True)
    return Content.assemble(
        title,
        " " * (NAME - title.cell_length + 1),
        (full, "$primary"),
        (empty, "$panel-lighten-2"),
        (f"  {each.done_week:.0f} of {each.due_week:.0f} min", "$foreground-muted"),
    )


def about_signal(figures: SignalFigures, title: str) -> Content:
    """One signal in words: how it fares, where it usually lands, and known mistakes of detection."""
    told = [f"Missed in {of(figures.missed)} ({interval(figures.missed)})"] if figures.missed.n else []
    told += [f"trend {trend_word(figures.trend)}"] if figures.trend is not Trend.TOO_FEW else []
    told += [f"only when asked in {of(figures.prompted)}"] if figures.prompted.n else []
    told += [f"usually {landed(figures)} into the answer"] if figures.landed else []
    lines = [
        Content.styled(title, "bold $primary"),
        Content(f"{'; '.join(told) or 'No answer could tell yet'}."),
    ]
    if figures.keeps_missing:
        lines.append(Content.styled("It keeps getting missed: in half of the last mocks or more.", "$warning"))
    wrong = [f"overlooked in {of(figures.known_missed)}"] if figures.known_missed.count else []
    wrong += [f"credited by mistake in {of(figures.known_wrong)}"] if figures.known_wrong.count else []
    if wrong:
        lines.append(Content(f"By your corrections it was {' and '.join(wrong)}."))
    return Content("\n").join(lines)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
