"""The texts of the home screen: rounds, mocks, what to fix next, interrupted mocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.errors import MockloopError
from tui.transcript import one_line
from tui.widgets.wording import minutes, score_of, stamp

if TYPE_CHECKING:
    from tui.history.advice import Advice
    from tui.history.types import Focus, Mock, MockRow
    from tui.interview.types import Catalogue, Round
    from tui.rubric.types import Rubric


def round_line(round_: Round) -> Content:
    """A round in the list."""
    return Content(one_line(round_.title))


def about_round(rubric: Rubric, round_: Round) -> Content:
    """What a round tests, how long it takes, and what is listened for."""
    titles = ", ".join(one_line(rubric.signals[signal].title) for signal in round_.signals if signal in rubric.signals)
    return Content("\n").join(
        [
            Content(one_line(round_.summary)),
            Content(""),
            Content.assemble(
                ("Practice  ", "bold"),
                minutes(round_.practice_minutes * 60),
                (f", one of {len(round_.questions)} questions", "$foreground-muted"),
            ),
            Content.assemble(
                ("Interview  ", "bold"),
                (minutes(round_.minutes * 60), "$foreground-muted"),
            ),
            Content.assemble(("Scored  ", "bold"), (titles, "$foreground-muted")),
        ]
    )


def about_mock(row: MockRow) -> Content:
    """A mock in the list: score, when, what."""
    return Content.assemble(
        (f"{score_of(row):>9}", "bold" if row.overall is not None else "$foreground-muted"),
        (f"  {stamp(row.created)[:6]}  ", "$foreground-muted"),
        one_line(row.question_title),
    )


def about_focus(focus: Focus | None) -> Content:
    """The one thing to do differently in the next mock."""
    if focus is None:
        return Content("After the first scored mock, the one thing to do differently next time stands here.")
    seen = f"Missed in {focus.misses} of the last {focus.heard_of} mocks that asked for it."
    return Content("\n").join(
        [
            Content.styled(one_line(focus.title), "bold $primary"),
            Content(one_line(focus.advice)),
            Content.styled(f"“{one_line(focus.example)}”", "italic $secondary"),
            Content.styled(seen if focus.heard_of else "", "$foreground-muted"),
        ]
    )


def about_drill(advice: Advice, catalogue: Catalogue) -> Content:
    """The one signal to drill, why, with which question, and the improvement of the week."""
    from tui.report.advice import improvement_line, why

    drill, best = advice.drill, advice.improvement
    if drill is None or (best is None and not drill.missed.n):
        return about_focus(None)
    lines = [
        Content.styled(one_line(drill.signal.title), "bold $primary"),
        Content.assemble((" d ", "bold reverse"), (" Drill it ", "bold"), f"with {one_line(drill.question.title)}"),
        Content.styled(why(drill), "$foreground-muted"),
    ]
    if best:
        lines.append(Content.assemble(("This week  ", "bold"), improvement_line(best, catalogue)))
    example = (f"“{one_line(drill.signal.example)}”", "italic $secondary")
    lines.append(Content.assemble(f"{one_line(drill.signal.title)}, for instance: ", example))
    return Content("\n").join(lines)


def interrupted(unfinished: Sequence[Mock]) -> Content:
    """The offer to finish what was interrupted."""
    first = unfinished[0]
    more = f"  (+{len(unfinished) - 1} more)" if len(unfinished) > 1 else ""
    return Content.assemble(
        (" f ", "bold reverse"),
        (" Finish the interrupted mock ", "bold"),
        f"of {stamp(first.created)}: {one_line(first.question_title)}{more}",
    )


def warned(warnings: Sequence[str]) -> Content:
    """The offer to read what is wrong."""
    many = f"{len(warnings)} warnings: " if len(warnings) > 1 else ""
    return Content.assemble((" w ", "bold reverse"), (" Read ", "bold"), many, one_line(warnings[0]))


def all_warnings(warnings: Sequence[str]) -> MockloopError:
    """What is wrong in a person's own files, to be read at leisure."""
    remedy = "Everything else works. When you have corrected a rubric file, press r on the home screen."
    told = MockloopError("\n\n".join(map(one_line, warnings)), remedy)
    told.title = "Warnings"
    return told
