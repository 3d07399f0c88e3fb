"""A mock for the command line: plain lines at any width from 60, and the same with colour through rich."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from tui.report import wording
from tui.report.account import Account, QuestionPart
from tui.report.answers_text import answers_text, asides_text
from tui.report.layout import GAP, columns, heading, paragraph
from tui.report.verdict_text import key_point_lines, signal_lines
from tui.rubric.verdicts import Postmortem, Scorecard
from tui.transcript import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions

LEAST_WIDTH = 60


def lines(account: Account, width: int = 80, with_transcript: bool = True) -> list[str]:
    """The mock as plain lines of at most `width` characters (at least 60)."""
    return [line.plain.rstrip() for line in _report(account, max(LEAST_WIDTH, width), with_transcript)]


@dataclass(frozen=True)
class Report:
    """A mock that rich can print, as wide as the console; text in it is never read as markup."""

    account: Account
    with_transcript: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from _report(self.account, max(LEAST_WIDTH, min(options.max_width, 110)), self.with_transcript)


def _report(account: Account, width: int, with_transcript: bool) -> list[Text]:
    postmortem = account.postmortem
    return [
        *paragraph(Text(account.title, style="bold"), width),
        *_level(postmortem),
        Text(),
        *_score(account, width),
        *_questions(account, width),
        *(line for part in account.questions for line in _question(account, part, width)),
        *_root_cause(postmortem, width),
        *_fix(postmortem, width),
        *_delivery(postmortem, width),
        *_notes(postmortem, width),
        *(answers_text(account, width) if with_transcript else ()),
    ]


def _level(postmortem: Postmortem) -> list[Text]:
    level = one_line(postmortem.level)
    return [Text(f"Held to the level {level}", style="dim")] if level else []


def _score(account: Account, width: int) -> list[Text]:
    card = account.postmortem.scorecard
    if card.overall is None:
        reason = Text(one_line(card.unscored or "Nothing could be decided."))
        found = columns(([Text("Unscored", style="bold yellow")], [reason]), (8, width - 8 - GAP))
    else:
        sum_ = one_line(card.arithmetic)
        found = paragraph(Text.assemble(("Score ", "bold"), (f"{card.overall:.0f}", "bold"), f"  {sum_}"), width)
    return found + _dimensions(account, card, width)


def _dimensions(account: Account, card: Scorecard, width: int) -> list[Text]:
    shown = [each for each in card.dimensions if each.score is not None or account.rated(each.dimension)]
    widest = max((len(one_line(dimension.title)) for dimension in shown), default=0)
    sums = 24 if width > 60 else 20
    rated = 16 if any(account.rated(each.dimension) for each in shown) else 0
    title = min(widest, width - sums - 10 - (rated + GAP if rated else 0))
    found: list[Text] = []
    for each in shown:
        sum_ = f"{wording.points(each.earned)} of {wording.points(each.possible)} points"
        cells = [[Text(one_line(each.title))], [Text(f"{wording.score(each.score):>3}")], [Text(sum_)]]
        widths = [title, 3, sums]
        if rated:
            cells.append([Text(account.rated(each.dimension), style="cyan")])
            widths.append(rated)
        found += [Text.assemble("  ", line) for line in columns(cells, widths)]
    return found


def _questions(account: Account, width: int) -> list[Text]:
    """The score of each question, where there are several."""
    if not account.several:
        return []
    found = heading("Questions")
    for part in account.questions:
        score, sum_ = part.score, ""
        if score and score.overall is not None:
            sum_ = f"{wording.points(score.earned)} of {wording.points(score.possible)} points"
        elif score:
            sum_ = one_line(score.unscored or "unscored")
        number = wording.score(score.overall if score else None)
        cells = ([Text(f"{part.number}. {part.title}")], [Text(f"{number:>3}")], [Text(sum_)])
        rest = 24 if width > 60 else 20
        found += [Text.assemble("  ", line) for line in columns(cells, (width - rest - 9, 3, rest))]
    return found


def _question(account: Account, part: QuestionPart, width: int) -> list[Text]:
    """What was heard in the answer to one question, with all that came up about it."""
    name = f"Question {part.number}: " if account.several else ""
    found: list[Text] = []
    if part.signals:
        found += heading(f"{name}Signals") + signal_lines(account, part.signals, width)
    if part.key_points:
        found += heading(f"{name}Key points") + key_point_lines(account, part.key_points, width)
    return found + asides_text(part, name, width)


def _root_cause(postmortem: Postmortem, width: int) -> list[Text]:
    cause = postmortem.root_cause
    if cause is None:
        return []
    cost = f" (cost {wording.points(round(cause.cost, 1))} of 100)" if cause.cost else ""
    found = heading("Root cause")
    found += paragraph(Text.assemble((one_line(cause.title), "bold"), cost), width, indent=2)
    return found + [line for text in (cause.sentence, cause.because) for line in _indented(text, width)]


def _fix(postmortem: Postmortem, width: int) -> list[Text]:
    fix = postmortem.fix
    if fix is None:
        return []
    found = heading("Fix for next time")
    found += paragraph(Text(one_line(fix.title), style="bold"), width, indent=2)
    found += _indented(fix.advice, width)
    if one_line(fix.example):
        said = Text.assemble("For example: ", (f"“{one_line(fix.example)}”", "italic"))
        found += paragraph(said, width, indent=2)
    return found


def _indented(text: str, width: int) -> list[Text]:
    return paragraph(text, width, indent=2)


def _delivery(postmortem: Postmortem, width: int) -> list[Text]:
    if postmortem.delivery is None:
        return []
    figures = wording.delivery_figures(postmortem.delivery)
    widest = max(len(name) for name, _ in figures)
    rest = width - widest - 2 - GAP
    rows = [columns(([Text(name)], [Text(value)]), (widest, rest)) for name, value in figures]
    return heading("Delivery (not scored)") + [Text.assemble("  ", line) for row in rows for line in row]


def _notes(postmortem: Postmortem, width: int) -> list[Text]:
    texts = [*(one_line(note) for note in postmortem.notes), wording.origin(postmortem.provenance)]
    return heading("Notes") + [line for text in texts for line in paragraph(f"- {text}", width, indent=2, hanging=4)]
