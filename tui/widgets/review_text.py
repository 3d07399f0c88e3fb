"""The texts beside a transcript under review: the legend, and what is known of the words under the cursor."""

from __future__ import annotations

from textwrap import wrap

from textual.content import Content

from tui.report.readthrough import Mark, Readthrough
from tui.report.wording import at, mark, verdict_word
from tui.rubric.verdicts import Verdict
from tui.transcript import one_line
from tui.widgets.transcript_lines import colour_of
from tui.widgets.verdicts import verdict_colour

SIGNS = "(1.8 s) a pause   ~ a filler\n▆ speech   Q a question\n? a follow-up"


def legend(read: Readthrough, width: int, here: frozenset[int]) -> Content:
    """Every verdict with the number of its words; those with words under the cursor are marked with a bar."""
    lines = [line for each in read.marks for line in _entry(each, width, here)]
    return Content("\n").join([*lines, Content(""), Content.styled(SIGNS, "$foreground-muted")])


def _entry(each: Mark, width: int, here: frozenset[int]) -> list[Content]:
    number = f"[{each.number}]" if each.number else ""
    style = f"bold {colour_of(each.number)}" if each.number else "$foreground-muted"
    lines = wrap(one_line(each.verdict.title), max(10, width - 8))
    bar = ("▌" if each.number in here else " ", "bold $primary")
    head = Content.assemble(
        bar, (f"{number:>4} ", style), (f"{mark(each.verdict)} ", verdict_colour(each.verdict)), (lines or [""])[0]
    )
    return [head, *(Content.assemble(bar, f"       {line}") for line in lines[1:])]


def what_to_mark(verdict: Verdict) -> Content:
    """What a person is to do who wants to find words for a verdict."""
    keys = "  Shift and arrows select, Enter confirms."
    title = (one_line(verdict.title), "bold $primary")
    return Content.assemble("Mark the words that demonstrate: ", title, (keys, "$secondary"))


def about_place(read: Readthrough, place: int, selected: range, width: int) -> Content:
    """Where the cursor is and what its word is evidence of; with a selection, the selected words."""
    if not read.words:
        return Content("There are no words in this mock.")
    word = read.words[place]
    when = at(word.seconds) if word.seconds is not None else "no times"
    where = Content.assemble((f"{when}  ", "bold $primary"), (read.turn_of(place).label, "$foreground-muted"))
    if selected:
        quote = " ".join(read.words[each].text for each in selected)
        return Content("\n").join([where, Content(f"“{quote}”").truncate(width, ellipsis=True)])
    if word.unclear:
        where = Content.assemble(where, ("  too unclear to trust", "$warning"))
    found = [_verdict(number, read.numbered[number]) for number in word.marks]
    said = Content("   ").join(found) if found else Content.styled("No evidence in this word.", "$foreground-muted")
    return Content("\n").join([where, said.truncate(width, ellipsis=True)])


def _verdict(number: int, verdict: Verdict) -> Content:
    own = ", corrected by you" if verdict.overruled else ""
    return Content.assemble(
        (f"[{number}] ", f"bold {colour_of(number)}"),
        one_line(verdict.title).rstrip("."),
        (f": {verdict_word(verdict)}{own}", verdict_colour(verdict)),
    )
