"""A mock as Markdown, for notes and issue trackers; text in it is escaped, so it shows as it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.report import wording
from tui.report.account import Account, QuestionPart, TurnPart
from tui.report.answers_text import turn_title
from tui.rubric.verdicts import Postmortem, Verdict
from tui.transcript import Transcript, one_line

_SPECIAL = re.compile(r"[\\`*_\[\]#|~$]|:(?=//)")
"""What makes emphasis, code, links, images, tables, mathematics or bare addresses."""
_AT_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
"""What makes lists and headings at the start of a line."""


def to_markdown(account: Account) -> str:
    """The mock as CommonMark with GitHub tables, ending with a line end."""
    postmortem = account.postmortem
    sections = [
        f"# {plain(account.title)}",
        _about(account),
        _score(account),
        _questions(account),
        *(each for part in account.questions for each in _question(account, part)),
        _root_cause(postmortem),
        _fix(postmortem),
        _delivery(postmortem),
        _notes(postmortem),
        _transcripts(account),
    ]
    return "\n\n".join(each for each in sections if each) + "\n"


def plain(text: str) -> str:
    """`text` on one line, with everything that Markdown or HTML would interpret made plain."""
    marked = _AT_START.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", one_line(text)))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A GitHub table of cells that are Markdown already; the columns in `right` are flush right."""
    rule = ["---:" if number in right else "---" for number in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table under a heading; an empty text without rows."""
    return f"## {title}\n\n{table(head, rows, right)}" if rows else ""


def _about(account: Account) -> str:
    level = f"Held to the level {plain(account.postmortem.level)}" if account.postmortem.level else ""
    mock = f"{plain(account.mock.id)}, {plain(account.mock.created[:16].replace('T', ' '))}" if account.mock else ""
    return " · ".join(filter(None, (level, mock)))


def _score(account: Account) -> str:
    card = account.postmortem.scorecard
    if card.overall is None:
        found = [f"**Unscored.** {plain(card.unscored or 'Nothing could be decided.')}"]
    else:
        found = [f"**Score {card.overall:.0f} of 100** ({plain(card.arithmetic)})"]
    rated = any(account.rated(each.dimension) for each in card.dimensions)
    rows = [
        [
            plain(each.title),
            wording.score(each.score),
            f"{wording.points(each.earned)} of {wording.points(each.possible)}",
            *([account.rated(each.dimension) or wording.NONE] if rated else []),
        ]
        for each in card.dimensions
    ]
    if rows and (rated or card.overall is not None):
        found += [
            "",
            table(["Dimension", "Score", "Points", *(["Rated before the reveal"] if rated else [])], rows, (1, 2)),
        ]
    return "\n".join(found)


def _questions(account: Account) -> str:
    if not account.several:
        return ""
    rows = []
    for part in account.questions:
        score = part.score
        sum_ = f"{wording.points(score.earned)} of {wording.points(score.possible)}" if score else wording.NONE
        told = plain(score.unscored) if score and score.unscored else sum_
        rows.append([str(part.number), plain(part.title), wording.score(score.overall if score else None), told])
    return section("Questions", ("", "Question", "Score", "Points"), rows, (2,))


def _question(account: Account, part: QuestionPart) -> list[str]:
    name = f"Question {part.number}: " if account.several else ""
    signals, points = part.signals, part.key_points
    found = []
    if signals:
        rows = [_signal(account, verdict) for verdict in signals]
        found.append(section(f"{name}Signals", ("", "Signal", "Verdict", "When", "Evidence"), rows))
    if points:
        found.append(f"## {name}Key points\n\n" + "\n".join(_key_point(account, verdict) for verdict in points))
    if part.follow_ups:
        found.append(f"## {name}Follow-ups\n\n" + "\n".join(_follow_up(turn) for turn in part.follow_ups))
    if part.clarified:
        told = (f"- {plain(each.ask)} *({wording.asked(each)})* – {plain(each.reply)}" for each in part.clarified)
        found.append(f"## {name}Told when asked\n\n" + "\n".join(told))
    return found


def _signal(account: Account, verdict: Verdict) -> list[str]:
    place = account.where(wording.shown(verdict))
    return [
        wording.mark(verdict),
        plain(verdict.title),
        wording.verdict_word(verdict),
        place,
        " ".join(_said(verdict, wording.remark(verdict))),
    ]


def _key_point(account: Account, verdict: Verdict) -> str:
    place = account.where(wording.shown(verdict))
    when = "" if place == wording.NONE else f", {place}"
    head = f"- {wording.mark(verdict)} **{plain(verdict.title)}**"
    said = " ".join(_said(verdict, wording.addition(verdict)))
    return f"{head} – {wording.verdict_word(verdict)}{when}. {said}".rstrip()


def _said(verdict: Verdict, remark: str) -> list[str]:
    piece = wording.shown(verdict)
    said = [plain(wording.quote(piece))] if piece else []
    return said + ([plain(remark)] if remark else [])


def _follow_up(turn: TurnPart) -> str:
    asked = f" *Asked for: {plain(turn.about)} – {turn.heard}.*" if turn.about else ""
    return f"{turn.follow_up}. {plain(turn.prompt)}{asked}"


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
    notes = (*postmortem.notes, wording.origin(postmortem.provenance))
    return "\n".join(["## Notes", "", *(f"- {plain(note)}" for note in notes)])


def _transcripts(account: Account) -> str:
    turns = account.turns
    if not any(turn.transcript and turn.transcript.text.strip() for turn in turns):
        return ""
    parts = ["## Transcript" if len(turns) == 1 else "## Transcripts"]
    for turn in turns:
        if len(turns) > 1:
            parts += [f"### {plain(turn_title(account, turn))}", *([f"*{plain(turn.prompt)}*"] if turn.prompt else [])]
        elif turn.worded:
            parts.append(f"*{wording.WORDED}*")
        parts += _stretches(turn.transcript)
    return "\n\n".join(parts)


def _stretches(transcript: Transcript | None) -> list[str]:
    parts: list[str] = []
    for segment in transcript.segments if transcript else ():
        time = f"`{wording.at(segment.start)}` " if transcript and transcript.timed else ""
        unclear = f" *(unclear: {plain(segment.unclear)})*" if segment.unclear else ""
        parts += [f"{time}{plain(text)}{unclear}" for text in segment.text.split("\n") if one_line(text)]
    return parts or ["There are no words in it."]
