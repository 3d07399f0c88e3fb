"""What a postmortem says beside the score: about another hearing, code that was written, stories that were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tui.errors import MockloopError, StorageError
from tui.history.code import read_code
from tui.history.hearings import last_change
from tui.history.stories import read_stories
from tui.history.types import Mock
from tui.interview.assess import Answered
from tui.interview.hearings import Hearing, difference
from tui.interview.stories import Story, story_notes
from tui.interview.types import Round
from tui.rubric.verdicts import Postmortem
from tui.sandbox.record import code_notes
from tui.transcript import Transcript


def with_notes(
    postmortem: Postmortem, turns: Sequence[Answered], round_: Round, mock: Mock, folder: Path
) -> Postmortem:
    """`postmortem` of `mock`, which is kept in `folder`, with what is to be said beside the score before its notes.

    A mock that was scored from a file has neither code nor anybody who told a story to this program.
    """
    again = heard_again(postmortem, [turn.transcript for turn in turns], folder)
    first = [again] if again else []
    if mock.settings.source != "practice":
        return replace(postmortem, notes=(*first, *postmortem.notes))
    stories = read_stories(folder.parent, ()).stories
    questions = _questions(turns)
    several = len(questions) > 1
    beside = [
        f"Question {number}. {note}" if several else note
        for number, asked in enumerate(questions, 1)
        for note in (*_code(asked, folder, number), *_story(asked, round_, postmortem, stories, number))
    ]
    return replace(postmortem, notes=(*first, *beside, *postmortem.notes))


def heard_again(postmortem: Postmortem, transcripts: Sequence[Transcript], folder: Path) -> str:
    """What changed when another model last heard the answers, in a sentence; empty when none did.

    It stays the same for every reading that follows.
    """
    with suppress(StorageError):
        change = last_change(folder, Hearing(postmortem, tuple(transcripts)))
        if change:
            return difference(*change).sentence
    return ""


def _questions(turns: Sequence[Answered]) -> list[list[Answered]]:
    """The turns, a question with its follow-ups together."""
    found: list[list[Answered]] = []
    for turn in turns:
        if turn.follow_up and found:
            found[-1].append(turn)
        else:
            found.append([turn])
    return found


def _code(asked: Sequence[Answered], folder: Path, number: int) -> Iterator[str]:
    question = asked[0].question
    if question is None or question.task is None:
        return
    with suppress(MockloopError):
        kept = read_code(folder, number)
        if kept is None:
            yield "No code was written."
        elif kept.results is None:
            yield "The examples were never run on the code: run them, and say what you check by hand."
        else:
            yield from code_notes(kept.results)


def _story(
    asked: Sequence[Answered], round_: Round, postmortem: Postmortem, stories: Sequence[Story], number: int
) -> tuple[str, ...]:
    transcripts = [turn.transcript for turn in asked]
    return story_notes(stories, round_, transcripts, postmortem.scorecard, number)
