"""A postmortem for the command line: plain lines at any width from 60, and the same with colour through rich."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from tui.report import wording
from tui.report.layout import GAP, columns, heading, paragraph
from tui.rubric.verdicts import Postmortem, Scorecard, Verdict
from tui.transcript import Transcript, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions

LEAST_WIDTH = 60
WIDE = 72
"""From this width on, a quote stands beside its verdict; below, under it."""
TITLE_WIDTH = 24
VERDICT_WIDTH = 10
LONGEST_QUOTE = 240
"""Characters of a quote that are shown; the transcript has the rest."""

_STYLES = {"✓": "green", "◐": "yellow", "✗": "red", "?": "cyan"}


def lines(postmortem: Postmortem, transcript: Transcript | None = None, width: int = 80) -> list[str]:
    """The postmortem as plain lines of at most `width` characters (at least 60), with the transcript when given."""
    return [line.plain.rstrip() for line in _report(postmortem, transcript, max(LEAST_WIDTH, width))]


@dataclass(frozen=True)
class Report:
    """A postmortem that rich can print, as wide as the console; text in it is never read as markup."""

    postmortem: Postmortem
    transcript: Transcript | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from _report(self.postmortem, self.transcript, max(LEAST_WIDTH, min(options.max_width, 110)))


def _report(postmortem: Postmortem, transcript: Transcript | None, width: int) -> list[Text]:
    title = ": ".join(filter(None, (one_line(postmortem.round_title), one_line(postmortem.question_title))))
    return [
        *paragraph(Text(title, style="bold"), width),
        Text(),
        *_score(postmortem.scorecard, width),
        *_signals(postmortem.scorecard, width),
        *_root_cause(postmortem, width),
        *_fix(postmortem, width),
        *_delivery(postmortem, width),
        *_notes(postmortem, width),
        *_transcript(transcript, width),
    ]


def _score(card: Scorecard, width: int) -> list[Text]:
    if card.overall is None:
        reason = Text(one_line(card.unscored or "Nothing could be decided."))
        found = columns(([Text("Unscored", style="bold yellow")], [reason]), (8, width - 8 - GAP))
    else:
        sum_ = one_line(card.arithmetic)
        found = paragraph(Text.assemble(("Score ", "bold"), (f"{card.overall:.0f}", "bold"), f"  {sum_}"), width)
    scored = [dimension for dimension in card.dimensions if dimension.score is not None]
    widest = max((len(one_line(dimension.title)) for dimension in scored), default=0)
    for dimension in scored:
        sum_ = f"{wording.points(dimension.earned)} of {wording.points(dimension.possible)} points"
        cells = ([Text(one_line(dimension.title))], [Text(f"{wording.score(dimension.score):>3}")], [Text(sum_)])
        found += [
            Text.assemble("  ", line) for line in columns(cells, (min(widest, width - 30), 3, 24 if width > 60 else 20))
        ]
    return found


def _signals(card: Scorecard, width: int) -> list[Text]:
    if not card.verdicts:
        return []
    titles = min(TITLE_WIDTH, max(len(one_line(verdict.title)) for verdict in card.verdicts))
    words = min(VERDICT_WIDTH, max(len(wording.verdict_word(verdict)) for verdict in card.verdicts))
    times = max(len(_time(verdict)) for verdict in card.verdicts)
    widths = [1, titles, words, times]
    found = heading("Signals")
    for verdict in card.verdicts:
        mark = wording.mark(verdict)
        cells = [
            [Text(mark, style=_STYLES[mark])],
            [Text(one_line(verdict.title))],
            [Text(wording.verdict_word(verdict))],
            [Text(_time(verdict))],
        ]
        said = _said(verdict)
        if width >= WIDE:
            found += columns([*cells, said], [*widths, width - sum(widths) - GAP * len(widths)])
        else:
            found += columns(cells, widths)
            found += [line for each in said for line in paragraph(each, width, indent=3)]
    return found


def _time(verdict: Verdict) -> str:
    piece = wording.shown(verdict)
    return wording.at(piece.start_seconds if piece else None)


def _said(verdict: Verdict) -> list[Text]:
    found: list[Text] = []
    piece = wording.shown(verdict)
    if piece:
        text = wording.quote(piece)
        found.append(Text(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 2]}…”", style="italic"))
    remark = wording.remark(verdict)
    return [*found, Text(remark, style="dim")] if remark else found


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
    made = postmortem.provenance
    parts = (f"mockloop {made.mockloop}", f"rubric {made.rubric}", f"{made.engine} {made.model}")
    origin = "Scored with " + ", ".join(one_line(part) for part in parts) + "."
    texts = [*(one_line(note) for note in postmortem.notes), origin]
    return heading("Notes") + [line for text in texts for line in paragraph(f"- {text}", width, indent=2, hanging=4)]


def _transcript(transcript: Transcript | None, width: int) -> list[Text]:
    if transcript is None or not transcript.text.strip():
        return []
    found = heading("Transcript")
    for segment in transcript.segments:
        time = f"{wording.at(segment.start):>7}" if transcript.timed else ""
        unclear = Text(f" [unclear: {one_line(segment.unclear)}]", style="dim") if segment.unclear else Text()
        for text in filter(None, map(one_line, segment.text.split("\n"))):
            if transcript.timed:
                found += columns(([Text(time, style="dim")], [Text(text) + unclear]), (7, width - 7 - GAP))
            else:
                found += paragraph(text, width, indent=2)
    return found
