"""Everything that a report says about one mock, in the order in which it is told: by question, then by turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tui.errors import StorageError
from tui.history.corrections import read_corrections
from tui.history.types import AnswerFile, Clarified, Mock, MockFile, Turn
from tui.interview.packet import Step
from tui.report import wording
from tui.rubric.verdicts import Evidence, Outcome, Postmortem, QuestionScore, Verdict
from tui.transcript import Transcript, one_line


@dataclass(frozen=True)
class TurnPart:
    """One turn as a report tells it."""

    number: int
    """In the mock, from 1."""
    follow_up: int
    """Which follow-up of its question it is, from 1; 0 for the question itself."""
    answer: AnswerFile
    about: str
    """Title of what a follow-up asked for; empty where that is not known."""
    heard: str
    """Whether that was then heard, in words; empty for a question."""
    worded: bool
    """Whether a person put its words right."""

    @property
    def transcript(self) -> Transcript | None:
        return self.answer.transcript

    @property
    def prompt(self) -> str:
        """What was asked, on one line."""
        return one_line(self.answer.turn.prompt)

    @property
    def clarified(self) -> tuple[Clarified, ...]:
        return self.answer.turn.clarified


@dataclass(frozen=True)
class QuestionPart:
    """One question with its verdicts and its turns."""

    number: int
    title: str
    score: QuestionScore | None
    signals: tuple[Verdict, ...]
    key_points: tuple[Verdict, ...]
    turns: tuple[TurnPart, ...]

    @property
    def follow_ups(self) -> tuple[TurnPart, ...]:
        return tuple(turn for turn in self.turns if turn.follow_up)

    @property
    def clarified(self) -> tuple[Clarified, ...]:
        """What the interviewer told when asked, over all its turns."""
        return tuple(each for turn in self.turns for each in turn.clarified)


@dataclass(frozen=True)
class Account:
    """A mock that was scored, or a file that was, with all that belongs to it."""

    postmortem: Postmortem
    answers: tuple[AnswerFile, ...] = ()
    """By turn."""
    mock: Mock | None = None
    """None where nothing was kept."""
    worded: Collection[int] = ()
    """The turns whose words a person put right."""
    revision: int | None = None

    @classmethod
    def of_file(cls, postmortem: Postmortem, transcript: Transcript | None) -> Account:
        """The account of a file that was scored and not kept."""
        turn = Turn(postmortem.question, "", None)
        return cls(postmortem, (AnswerFile(turn, transcript, None),) if transcript else ())

    @property
    def title(self) -> str:
        """The round and the first question, on one line."""
        made = self.postmortem
        return ": ".join(filter(None, (one_line(made.round_title), one_line(made.question_title))))

    @property
    def several(self) -> bool:
        """Whether the mock has more than one question."""
        return len(self.questions) > 1

    @property
    def turns(self) -> tuple[TurnPart, ...]:
        """All turns in order."""
        return tuple(turn for question in self.questions for turn in question.turns)

    @cached_property
    def questions(self) -> tuple[QuestionPart, ...]:
        """The questions in order; at least one."""
        card = self.postmortem.scorecard
        turns = self._grouped()
        known = max(1, len(turns), len(card.questions))
        # A verdict of a damaged file may name any number; it is shown, and nothing is made up before it.
        others = sorted({verdict.question for verdict in card.verdicts if verdict.question > known})
        return tuple(
            self._question(each, turns[each - 1] if each <= len(turns) else [])
            for each in (*range(1, known + 1), *others)
        )

    def _grouped(self) -> list[list[int]]:
        """By question, the numbers of its turns."""
        groups: list[list[int]] = []
        for number, answer in enumerate(self.answers, 1):
            if answer.turn.follow_up and groups:
                groups[-1].append(number)
            else:
                groups.append([number])
        return groups

    def _question(self, number: int, turns: Sequence[int]) -> QuestionPart:
        card = self.postmortem.scorecard
        verdicts = [verdict for verdict in card.verdicts if verdict.question == number]
        score = card.questions[number - 1] if number <= len(card.questions) else None
        title = score.title if score else self.postmortem.question_title if number == 1 else ""
        return QuestionPart(
            number,
            one_line(title),
            score,
            tuple(verdict for verdict in verdicts if not verdict.key_point),
            tuple(verdict for verdict in verdicts if verdict.key_point),
            tuple(self._turn(turn, place, turns, verdicts) for place, turn in enumerate(turns)),
        )

    def _turn(self, number: int, place: int, turns: Sequence[int], verdicts: Sequence[Verdict]) -> TurnPart:
        answer = self.answers[number - 1]
        verdict = next((each for each in verdicts if place and each.signal == answer.turn.about), None)
        return TurnPart(
            number,
            place,
            answer,
            one_line(verdict.title) if verdict else "",
            _heard(verdict, number, turns) if verdict else "",
            number in self.worded,
        )

    def where(self, piece: Evidence | None) -> str:
        """Where a piece of evidence was said: `0:12`, or `follow-up 1, 0:12`; a dash where that is not known."""
        if piece is None:
            return wording.NONE
        turn = next((turn for turn in self.turns if turn.number == piece.turn), None)
        named = f"follow-up {turn.follow_up}" if turn and turn.follow_up else ""
        timed = wording.at(piece.start_seconds) if piece.start_seconds is not None else ""
        return ", ".join(filter(None, (named, timed))) or wording.NONE

    def rated(self, dimension: str) -> str:
        """How the candidate rated an area before the reveal, as `you: yes`; an empty text when they did not."""
        step = self.mock.self_rating.get(dimension) if self.mock else None
        return f"you: {Step(step).words}" if step in set(Step) else ""


def account_of(file: MockFile, folder: Path) -> Account:
    """The account of a mock, which is kept in `folder`. Raises StorageError when it is not scored yet."""
    if file.postmortem is None:
        raise StorageError(f"The mock {file.mock.id} is not scored yet.", "Open `mockloop` to finish it.")
    worded: frozenset[int] = frozenset()
    # A damaged file of corrections is reported where they are made; it should not hide the mock.
    with suppress(StorageError):
        worded = read_corrections(folder).worded
    return Account(file.postmortem, file.answers, file.mock, worded, file.revision)


def _heard(verdict: Verdict, turn: int, turns: Sequence[int]) -> str:
    """What became of a signal that the follow-up in `turn` asked for, in words."""
    piece = wording.shown(verdict)
    if verdict.outcome is Outcome.CANT_TELL:
        return "too unclear to tell"
    if verdict.outcome is Outcome.MISSED or piece is None:
        return "not heard then either"
    if piece.turn == turn:
        return "heard then: it had to be asked for"
    if piece.turn < turn:
        return "already said before"
    later = turns.index(piece.turn) if piece.turn in turns else 0
    return f"heard only in follow-up {later}" if later else "heard only later"
