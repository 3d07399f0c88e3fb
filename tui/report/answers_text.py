"""The turns of a mock for the command line: follow-ups, what was told when asked, notes, and the transcripts."""

from __future__ import annotations

from rich.text import Text

from tui.report import wording
from tui.report.account import Account, QuestionPart, TurnPart
from tui.report.layout import GAP, columns, heading, paragraph
from tui.transcript import Transcript, one_line


def asides_text(part: QuestionPart, name: str, width: int) -> list[Text]:
    """What came up about one question beside its verdicts; `name` begins the headings."""
    found: list[Text] = []
    if part.follow_ups:
        found += heading(f"{name}Follow-ups")
    for turn in part.follow_ups:
        found += paragraph(f"{turn.follow_up}. {turn.prompt}", width, indent=2, hanging=5)
        if turn.about:
            found += paragraph(Text(f"Asked for: {turn.about} – {turn.heard}.", style="dim"), width, indent=5)
    if part.clarified:
        found += heading(f"{name}Told when asked")
    for each in part.clarified:
        said = f"{one_line(each.ask)} ({wording.asked(each)}) – {one_line(each.reply)}"
        found += paragraph(f"- {said}", width, indent=2, hanging=4)
    return found


def answers_text(account: Account, width: int) -> list[Text]:
    """Every transcript, with headings where there are several; nothing where nobody said anything."""
    turns = account.turns
    if not any(turn.transcript and turn.transcript.text.strip() for turn in turns):
        return []
    found = heading("Transcript" if len(turns) == 1 else "Transcripts")
    for turn in turns:
        if len(turns) > 1:
            found += [Text(), *paragraph(Text(turn_title(account, turn), style="bold"), width)]
            found += paragraph(Text(turn.prompt, style="dim"), width) if turn.prompt else []
        elif turn.worded:
            found += paragraph(Text(wording.WORDED, style="dim"), width, indent=2)
        found += _transcript(turn.transcript, width)
    return found


def turn_title(account: Account, turn: TurnPart) -> str:
    """What a turn is called: `Answer 3. Question 2: Rank the home page`, `Answer 4. Follow-up 1 to question 2`.

    `mockloop correct` names answers by that number.
    """
    number = next(part.number for part in account.questions if turn in part.turns)
    if turn.follow_up:
        name = f"Follow-up {turn.follow_up}" + (f" to question {number}" if account.several else "")
    else:
        title = account.questions[number - 1].title
        name = f"Question {number}: {title}" if account.several else f"Question: {title}" if title else "Question"
    return f"Answer {turn.number}. {name}" + (f" ({wording.WORDED})" if turn.worded else "")


def _transcript(transcript: Transcript | None, width: int) -> list[Text]:
    if transcript is None:
        return [Text("  There is no transcript.")]
    if not transcript.text.strip():
        return [Text("  There are no words in it.")]
    found: list[Text] = []
    for segment in transcript.segments:
        time = f"{wording.at(segment.start):>7}" if transcript.timed else ""
        unclear = Text(f" [unclear: {one_line(segment.unclear)}]", style="dim") if segment.unclear else Text()
        for text in filter(None, map(one_line, segment.text.split("\n"))):
            if transcript.timed:
                found += columns(([Text(time, style="dim")], [Text(text) + unclear]), (7, width - 7 - GAP))
            else:
                found += paragraph(text, width, indent=2)
    return found
