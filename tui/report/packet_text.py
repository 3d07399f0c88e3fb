"""A packet for the command line: lines at any width from 60, plain or with colour through rich."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from tui.interview.packet import Finding, Packet, Step
from tui.report import wording
from tui.report.layout import GAP, columns, heading, paragraph
from tui.transcript import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions

LEAST_WIDTH = 60
_STYLES = {Step.STRONG_NO: "bold red", Step.NO: "red", Step.YES: "green", Step.STRONG_YES: "bold green"}


def packet_lines(packet: Packet, width: int = 80) -> list[str]:
    """The packet as plain lines of at most `width` characters (at least 60)."""
    return [line.plain.rstrip() for line in _report(packet, max(LEAST_WIDTH, width))]


def packet_texts(packet: Packet, width: int) -> list[Text]:
    """The same as styled lines."""
    return _report(packet, max(LEAST_WIDTH, width))


@dataclass(frozen=True)
class PacketReport:
    """A packet that rich can print, as wide as the console; text in it is never read as markup."""

    packet: Packet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from _report(self.packet, max(LEAST_WIDTH, min(options.max_width, 110)))


def _report(packet: Packet, width: int) -> list[Text]:
    return [
        *paragraph(Text(f"{one_line(packet.title)}: packet, level {one_line(packet.level)}", style="bold"), width),
        *_reading(packet, width),
        *_interviews(packet, width),
        *_areas(packet, width),
        *_findings("Strongest evidence", packet.strongest, width),
        *_findings("Weakest evidence", packet.weakest, width),
        *_would_change(packet, width),
    ]


def reading_words(packet: Packet) -> str:
    """The reading in words."""
    return packet.reading.words.capitalize() if packet.reading else "No reading yet"


def said_in(finding: Finding) -> str:
    """Where a finding comes from: `Coding`, `Coding at 0:37`, or `Coding, answer 2 at 0:01`."""
    piece, place = finding.evidence, one_line(finding.interview.title)
    if piece is None:
        return place
    answer = f", answer {piece.turn}" if piece.turn > 1 else ""
    return f"{place}{answer}" + (f" at {wording.at(piece.start_seconds)}" if piece.start_seconds is not None else "")


def _reading(packet: Packet, width: int) -> list[Text]:
    style = _STYLES[packet.reading] if packet.reading else "bold yellow"
    return [Text(), Text(reading_words(packet), style=style), *paragraph(packet.rule, width)]


def _interviews(packet: Packet, width: int) -> list[Text]:
    found = heading("Interviews")
    for interview in packet.interviews:
        said = "still to come" if interview.mock is None else interview.created[:10] if interview.created else ""
        if interview.mock and interview.score is None:
            said = "unscored" if interview.postmortem else "waits to be scored"
        cells = ([Text(one_line(interview.title))], [Text(f"{wording.score(interview.score):>3}")], [Text(said)])
        found += [Text.assemble("  ", line) for line in columns(cells, (min(40, width - 30), 3, 20))]
    return found


def _areas(packet: Packet, width: int) -> list[Text]:
    if not packet.areas:
        return []
    found = heading("Areas, over all interviews")
    for area in packet.areas:
        sum_ = f"{wording.points(area.earned)} of {wording.points(area.possible)} points"
        step = Text(area.step.words, style=_STYLES[area.step])
        cells = ([Text(one_line(area.title))], [Text(f"{area.score:>3.0f}")], [step], [Text(sum_)])
        found += [Text.assemble("  ", line) for line in columns(cells, (min(34, width - 46), 3, 10, 24))]
    return found


def _findings(title: str, findings: Sequence[Finding], width: int) -> list[Text]:
    if not findings:
        return []
    found = heading(title)
    for finding in findings:
        verdict, piece = finding.verdict, finding.evidence
        said = [Text(wording.quote(piece), style="italic")] if piece else [Text(wording.verdict_word(verdict))]
        head = [Text(one_line(verdict.title), style="bold"), Text(said_in(finding), style="dim")]
        found += [Text.assemble("  ", line) for line in columns((head, said), (26, width - 26 - 2 - 2 * GAP))]
    return found


def _would_change(packet: Packet, width: int) -> list[Text]:
    if not packet.would_change:
        return []
    found = heading("What would change it")
    return found + [line for text in packet.would_change for line in paragraph(f"- {text}", width, 2, 4)]
