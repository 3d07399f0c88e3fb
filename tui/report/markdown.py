"""A postmortem as Markdown, for notes and issue trackers; text in it is escaped, so it shows as it was said."""

from __future__ import annotations

import re

from tui.report import wording
from tui.rubric.verdicts import Postmortem, Scorecard, Verdict
from tui.transcript import Transcript, one_line

_SPECIAL = re.compile(r"[\\`*_\[\]#|~$]|:(?=//)")
"""What makes emphasis, code, links, images, tables, mathematics or bare addresses."""
_AT_START = re.compile(r"^(\d{0,9})([-+=.)])")
"""What makes lists and headings at the start of a line."""


def to_markdown(postmortem: Postmortem, transcript: Transcript | None = None) -> str:
    """The postmortem as CommonMark with a GitHub table, ending with a line end; the transcript too when given."""
    title = ": ".join(filter(None, (plain(postmortem.round_title), plain(postmortem.question_title))))
    sections = [
        f"# {title}",
        _score(postmortem.scorecard),
        _signals(postmortem.scorecard),
        _root_cause(postmortem),
        _fix(postmortem),
        _delivery(postmortem),
        _notes(postmortem),
        _transcript(transcript),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def plain(text: str) -> str:
    """`text` on one line, with everything that Markdown or HTML would interpret made plain."""
    marked = _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", one_line(text)))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _score(card: Scorecard) -> str:
    if card.overall is None:
        return f"**Unscored.** {plain(card.unscored or 'Nothing could be decided.')}"
    lines = [f"**Score {card.overall:.0f} of 100** ({plain(card.arithmetic)})"]
    rows = [
        f"| {plain(each.title)} | {wording.score(each.score)} "
        f"| {wording.points(each.earned)} of {wording.points(each.possible)} |"
        for each in card.dimensions
    ]
    if rows:
        lines += ["", "| Dimension | Score | Points |", "|---|---:|---:|", *rows]
    return "\n".join(lines)


def _signals(card: Scorecard) -> str:
    if not card.verdicts:
        return ""
    rows = [_signal(verdict) for verdict in card.verdicts]
    return "\n".join(["## Signals", "", "| | Signal | Verdict | Time | Evidence |", "|---|---|---|---:|---|", *rows])


def _signal(verdict: Verdict) -> str:
    piece = wording.shown(verdict)
    said = [plain(wording.quote(piece))] if piece else []
    said += [plain(wording.remark(verdict))] if wording.remark(verdict) else []
    time = wording.at(piece.start_seconds if piece else None)
    cells = (wording.mark(verdict), plain(verdict.title), wording.verdict_word(verdict), time, " ".join(said))
    return f"| {' | '.join(cells)} |"


def _root_cause(postmortem: Postmortem) -> str:
    cause = postmortem.root_cause
    if cause is None:
        return ""
    cost = f" (cost {wording.points(round(cause.cost, 1))} of 100)" if cause.cost else ""
    return f"## Root cause\n\n**{plain(cause.title)}**{cost}. {plain(cause.sentence)} {plain(cause.because)}".rstrip()


def _fix(postmortem: Postmortem) -> str:
    fix = postmortem.fix
    if fix is None:
        return ""
    example = f"\n\n> {plain(fix.example)}" if one_line(fix.example) else ""
    return f"## Fix for next time\n\n**{plain(fix.title)}.** {plain(fix.advice)}{example}"


def _delivery(postmortem: Postmortem) -> str:
    if postmortem.delivery is None:
        return ""
    figures = (f"- {name}: {value}" for name, value in wording.delivery_figures(postmortem.delivery))
    return "\n".join(["## Delivery (not scored)", "", *figures])


def _notes(postmortem: Postmortem) -> str:
    made = postmortem.provenance
    origin = f"Scored with mockloop {made.mockloop}, rubric {made.rubric}, {made.engine} {made.model}."
    return "\n".join(["## Notes", "", *(f"- {plain(note)}" for note in (*postmortem.notes, origin))])


def _transcript(transcript: Transcript | None) -> str:
    if transcript is None or not transcript.text.strip():
        return ""
    parts: list[str] = []
    for segment in transcript.segments:
        time = f"`{wording.at(segment.start)}` " if transcript.timed else ""
        unclear = f" *(unclear: {plain(segment.unclear)})*" if segment.unclear else ""
        parts += [f"{time}{plain(text)}{unclear}" for text in segment.text.split("\n") if one_line(text)]
    return "## Transcript\n\n" + "\n\n".join(parts)
