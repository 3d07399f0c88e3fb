"""The long texts of a postmortem: cause and fix, delivery, the transcript with its evidence marked."""

from __future__ import annotations

from textual.content import Content

from tui.history.types import Mock
from tui.report import wording
from tui.report.account import Account, TurnPart
from tui.rubric.verdicts import Evidence, Postmortem
from tui.transcript import Delivery, Transcript, one_line
from tui.transcript.types import SEPARATOR
from tui.widgets.wording import same_length

BLANK = Content("")


def heading(text: str) -> Content:
    """A heading inside a text."""
    return Content.styled(text, "bold $primary")


def cause_and_fix(postmortem: Postmortem) -> Content:
    """The root cause and the one thing to do differently, with a sentence to say."""
    lines: list[Content] = []
    cause, fix = postmortem.root_cause, postmortem.fix
    if postmortem.scorecard.unscored:
        lines += [heading("Unscored"), Content(one_line(postmortem.scorecard.unscored))]
        lines += [Content("Press r to answer the same question again; its briefing checks the microphone."), BLANK]
    if cause:
        lines += [heading(f"Root cause: {one_line(cause.title)}"), Content(one_line(cause.sentence))]
        lines += [Content(one_line(cause.because))]
        if cause.cost:
            lines.append(
                Content.styled(f"It cost {wording.points(round(cause.cost, 1))} of 100 points.", "$foreground-muted")
            )
        lines.append(BLANK)
    if fix:
        lines += [heading(f"Fix next: {one_line(fix.title)}"), Content(one_line(fix.advice)), BLANK]
        lines += [Content("You could have said:"), Content.styled(f"“{one_line(fix.example)}”", "italic $secondary")]
    if not lines:
        lines.append(Content("Nothing was missed. Repeat it with less time, or take a harder question."))
    return Content("\n").join(lines)


def delivery_figures(postmortem: Postmortem, mock: Mock) -> Content:
    """How it was said, notes, and what the score was made with."""
    lines = [heading("Delivery"), *_figures(postmortem.delivery)]
    lines.append(Content.styled("Delivery is shown and not scored.", "$foreground-muted"))
    if postmortem.notes:
        lines += [BLANK, heading("Notes"), *(Content(one_line(note)) for note in postmortem.notes)]
    made = postmortem.provenance
    settings = mock.settings
    lines += [
        BLANK,
        heading("Made with"),
        _figure("mockloop", made.mockloop),
        _figure("Rubric", made.rubric),
        _figure("Recogniser", f"{made.engine}, {made.model}"),
        _figure("Microphone", settings.device or "none (from a file) or the default"),
        _figure("Take", f"{mock.take} of this question"),
    ]
    return Content("\n").join(lines)


def _figure(name: str, value: str) -> Content:
    return Content.assemble((f"{name:<18}", "$foreground-muted"), one_line(value))


def _figures(delivery: Delivery | None) -> list[Content]:
    if delivery is None:
        return [Content("Text without audio has no delivery.")]
    return [_figure(name, value) for name, value in wording.delivery_figures(delivery)]


def marked_transcript(account: Account) -> Content:
    """What was asked and said, a paragraph for each segment, with the evidence underlined."""
    parts: list[Content] = []
    for part in account.questions:
        for turn in part.turns:
            if len(account.answers) > 1:
                parts.append(_asked(turn, part.number, account.several))
            parts += [
                Content.styled(one_line(f"{told.ask} ({wording.asked(told)}): {told.reply}"), "$secondary")
                for told in turn.clarified
            ]
            parts += _paragraphs(turn.transcript, turn.number, account.postmortem)
    return Content("\n\n").join(parts)


def _asked(turn: TurnPart, question: int, several: bool) -> Content:
    """What the interviewer said, what a follow-up was about, and whether a person corrected the answer's words."""
    name = f"Follow-up {turn.follow_up}" if turn.follow_up else f"Question {question}" if several else "Question"
    about = f"Asked for: {turn.about}, {turn.heard}." if turn.about else ""
    worded = f"The {wording.WORDED}." if turn.worded else ""
    beside = " ".join(filter(None, (about, worded)))
    head = Content.assemble(heading(f"{name}: "), turn.prompt)
    return Content.assemble(head, "\n", (beside, "$foreground-muted")) if beside else head


def _paragraphs(transcript: Transcript | None, turn: int, postmortem: Postmortem) -> list[Content]:
    if transcript is None or not transcript.text.strip():
        return [Content("There are no words in this recording.")]
    verdicts = postmortem.scorecard.verdicts
    evidence = [piece for verdict in verdicts for piece in verdict.evidence if piece.turn == turn]
    paragraphs: list[Content] = []
    base = 0
    for segment in transcript.segments:
        text = _marked(segment.text, base, evidence)
        when = f"{wording.at(segment.start)}  " if segment.start is not None else ""
        unclear = f"  ({one_line(segment.unclear)})" if segment.unclear else ""
        paragraphs.append(Content.assemble((when, "bold $primary"), text, (unclear, "$warning")))
        base += len(segment.text) + len(SEPARATOR)
    return paragraphs


def _marked(text: str, base: int, evidence: list[Evidence]) -> Content:
    content = Content(same_length(text))
    for piece in evidence:
        start, end = max(0, piece.start - base), min(len(text), piece.end - base)
        if start < end:
            content = content.stylize(
                "underline $secondary" if piece.certain else "underline $foreground-muted", start, end
            )
    return content
