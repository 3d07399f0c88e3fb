"""Verdicts for the command line: signals in columns, key points one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tui.report import wording
from tui.report.account import Account
from tui.report.layout import GAP, columns, paragraph
from tui.rubric.verdicts import Verdict
from tui.transcript import one_line

WIDE = 72
"""From this width on, a quote stands beside its verdict; below, under it."""
WIDE_PLACES = 96
"""The same where a quote comes from a follow-up, which takes more words to say."""
TITLE_WIDTH = 24
VERDICT_WIDTH = 10
LONGEST_QUOTE = 240
"""Characters of a quote that are shown; the transcript has the rest."""

_STYLES = {"✓": "green", "◐": "yellow", "✗": "red", "?": "cyan"}


def signal_lines(account: Account, verdicts: Sequence[Verdict], width: int) -> list[Text]:
    """A row for each verdict, with its quote beside or under it."""
    titles = min(TITLE_WIDTH, max(len(one_line(verdict.title)) for verdict in verdicts))
    words = min(VERDICT_WIDTH, max(len(wording.verdict_word(verdict)) for verdict in verdicts))
    places = [account.where(wording.shown(verdict)) for verdict in verdicts]
    widths = [1, titles, words, max(map(len, places))]
    wide = width >= (WIDE if widths[-1] < 10 else WIDE_PLACES)
    found: list[Text] = []
    for verdict, place in zip(verdicts, places, strict=True):
        cells = [
            [_mark(verdict)],
            [Text(one_line(verdict.title))],
            [Text(wording.verdict_word(verdict))],
            [Text(place)],
        ]
        said = _said(verdict, wording.remark(verdict))
        if wide:
            found += columns([*cells, said], [*widths, width - sum(widths) - GAP * len(widths)])
        else:
            found += columns(cells, widths)
            found += [line for each in said for line in paragraph(each, width, indent=3)]
    return found


def key_point_lines(account: Account, verdicts: Sequence[Verdict], width: int) -> list[Text]:
    """A block for each key point: the point itself, and under it verdict, place and quote."""
    found: list[Text] = []
    for verdict in verdicts:
        place = account.where(wording.shown(verdict))
        told = wording.verdict_word(verdict) if place == wording.NONE else f"{wording.verdict_word(verdict)}, {place}"
        head = Text.assemble(_mark(verdict), "  ", one_line(verdict.title))
        found += paragraph(head, width, hanging=3)
        quoted = _said(verdict, wording.addition(verdict))
        line = Text(told, style="bold")
        for each in quoted:
            line = Text.assemble(line, "  ", each)
        found += paragraph(line, width, indent=3)
    return found


def _mark(verdict: Verdict) -> Text:
    return Text(wording.mark(verdict), style=_STYLES[wording.mark(verdict)])


def _said(verdict: Verdict, remark: str) -> list[Text]:
    found: list[Text] = []
    piece = wording.shown(verdict)
    if piece:
        text = wording.quote(piece)
        found.append(Text(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 2]}…”", style="italic"))
    return [*found, Text(remark, style="dim")] if remark else found
