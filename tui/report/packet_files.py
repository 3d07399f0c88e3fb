"""A packet as Markdown and as JSON data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.interview.packet import Area, Finding, Interviewed, Packet
from tui.report import wording
from tui.report.markdown import plain, section
from tui.report.packet_text import reading_words, said_in
from tui.transcript import one_line


def packet_markdown(packet: Packet) -> str:
    """The packet as CommonMark with GitHub tables, ending with a line end."""
    sections = [
        f"# {plain(packet.title)}: packet",
        f"**{reading_words(packet)}** at level {plain(packet.level)}. {plain(packet.rule)}",
        section("Interviews", ("Interview", "Score", "Mock"), [_interview(each) for each in packet.interviews], (1,)),
        section(
            "Areas",
            ("Area", "Score", "Reading", "Points", "Interviews"),
            [_area(each) for each in packet.areas],
            (1, 3, 4),
        ),
        _findings("Strongest evidence", packet.strongest),
        _findings("Weakest evidence", packet.weakest),
        _would_change(packet),
    ]
    return "\n\n".join(each for each in sections if each) + "\n"


def _interview(interview: Interviewed) -> list[str]:
    return [plain(interview.title), wording.score(interview.score), plain(interview.mock or "still to come")]


def _area(area: Area) -> list[str]:
    points = f"{wording.points(area.earned)} of {wording.points(area.possible)}"
    return [plain(area.title), f"{area.score:.0f}", area.step.words, points, str(area.interviews)]


def _findings(title: str, findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        piece = finding.evidence
        said = f": {plain(wording.quote(piece))}" if piece else f": {wording.verdict_word(finding.verdict)}"
        lines.append(f"- **{plain(finding.verdict.title)}** ({plain(said_in(finding))}){said}")
    return f"## {title}\n\n" + "\n".join(lines) if lines else ""


def _would_change(packet: Packet) -> str:
    if not packet.would_change:
        return ""
    return "## What would change it\n\n" + "\n".join(f"- {plain(each)}" for each in packet.would_change)


def packet_data(packet: Packet) -> dict[str, Any]:
    """A JSON object; scores from 0 to 100, None for what is not known. Its keys are a public interface."""
    return {
        "title": one_line(packet.title),
        "level": packet.level,
        "reading": packet.reading.name.lower() if packet.reading else None,
        "rule": one_line(packet.rule),
        "score": None if packet.score is None else round(packet.score, 2),
        "complete": packet.complete,
        "interviews": [
            {
                "round": each.round,
                "title": one_line(each.title),
                "mock": each.mock,
                "created": each.created,
                "score": None if each.score is None else round(each.score, 2),
            }
            for each in packet.interviews
        ],
        "dimensions": [
            {
                "dimension": each.dimension,
                "title": one_line(each.title),
                "score": round(each.score, 2),
                "earned": each.earned,
                "possible": each.possible,
                "interviews": each.interviews,
                "reading": each.step.name.lower(),
            }
            for each in packet.areas
        ],
        "strongest": [_finding(each) for each in packet.strongest],
        "weakest": [_finding(each) for each in packet.weakest],
        "would_change": [one_line(each) for each in packet.would_change],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    piece = finding.evidence
    return {
        "round": finding.interview.round,
        "mock": finding.interview.mock,
        "signal": finding.verdict.signal,
        "title": one_line(finding.verdict.title),
        "outcome": finding.verdict.outcome.value,
        "quote": piece.quote if piece else None,
        "turn": piece.turn if piece else None,
        "start_seconds": piece.start_seconds if piece else None,
        "end_seconds": piece.end_seconds if piece else None,
    }
