"""Two takes of one question, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.errors import BadInputError
from tui.history.types import MockFile
from tui.rubric.verdicts import Outcome, Postmortem, Verdict
from tui.transcript import Delivery


class Change(StrEnum):
    """What became of a signal from the earlier take to the later one."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"
    """One of the two cannot tell, or did not listen for it."""


@dataclass(frozen=True)
class Compared:
    """One signal or key point in both takes; None where it was not listened for."""

    signal: str
    title: str
    key_point: bool
    earlier: Verdict | None
    later: Verdict | None

    @property
    def change(self) -> Change:
        """Whether it earned more, less or the same."""
        verdicts = (self.earlier, self.later)
        if any(each is None or each.outcome is Outcome.CANT_TELL for each in verdicts):
            return Change.UNKNOWN
        assert self.earlier
        assert self.later
        gained = self.later.credit - self.earlier.credit
        if abs(gained) < 1e-9:
            return Change.SAME
        return Change.BETTER if gained > 0 else Change.WORSE


@dataclass(frozen=True)
class Take:
    """What one mock says about the question."""

    mock: str
    """Id."""
    created: str
    score: float | None
    """Of the question, 0 to 100."""
    delivery: Delivery | None
    """Of the whole mock."""


@dataclass(frozen=True)
class Comparison:
    """Two takes of one question."""

    question: str
    title: str
    earlier: Take
    later: Take
    signals: tuple[Compared, ...]
    caveats: tuple[str, ...]
    """Sentences on why the two scores may not be like for like."""


def compare(one: MockFile, other: MockFile) -> Comparison:
    """The first question that both mocks asked, the earlier mock first, whichever way they are given.

    Raises BadInputError when one has no score yet, or when they share no question.
    """
    earlier, later = sorted((one, other), key=lambda file: (file.mock.instant, file.mock.id))
    first, second = _reading(earlier), _reading(later)
    places = _questions(earlier), _questions(later)
    question = next((each for each in places[0] if each and each in places[1]), None)
    if question is None:
        raise BadInputError("The two mocks have no question in common.", "Compare two takes of one question.")
    numbers = places[0][question], places[1][question]
    verdicts = _verdicts(first, numbers[0]), _verdicts(second, numbers[1])
    signals = [
        Compared(
            signal,
            (verdicts[1].get(signal) or verdicts[0][signal]).title,
            (verdicts[1].get(signal) or verdicts[0][signal]).key_point,
            verdicts[0].get(signal),
            verdicts[1].get(signal),
        )
        for signal in dict.fromkeys((*verdicts[1], *verdicts[0]))
    ]
    return Comparison(
        question,
        _title(second, numbers[1]),
        _take(earlier, first, numbers[0]),
        _take(later, second, numbers[1]),
        tuple(signals),
        tuple(_caveats(first, second)),
    )


def _reading(file: MockFile) -> Postmortem:
    if file.postmortem is None:
        raise BadInputError(f"The mock {file.mock.id} is not scored yet.", "Open `mockloop` to finish it.")
    return file.postmortem


def _questions(file: MockFile) -> dict[str, int]:
    """The number of each question in the mock, by id."""
    asked = [turn.question for turn in file.mock.turns if not turn.follow_up]
    return {question: number for number, question in reversed(list(enumerate(asked, 1)))}


def _verdicts(postmortem: Postmortem, number: int) -> dict[str, Verdict]:
    return {each.signal: each for each in postmortem.scorecard.verdicts if each.question == number}


def _title(postmortem: Postmortem, number: int) -> str:
    questions = postmortem.scorecard.questions
    return questions[number - 1].title if number <= len(questions) else postmortem.question_title


def _take(file: MockFile, postmortem: Postmortem, number: int) -> Take:
    card = postmortem.scorecard
    score = card.questions[number - 1].overall if number <= len(card.questions) else card.overall
    return Take(file.mock.id, file.mock.created, score, postmortem.delivery)


def _caveats(earlier: Postmortem, later: Postmortem) -> list[str]:
    made = earlier.provenance, later.provenance
    found: list[str] = []
    if made[0].rubric != made[1].rubric or made[0].encoder != made[1].encoder:
        found.append("The two were scored by different rubrics; `mockloop rescore` scores both by today's.")
    if earlier.level != later.level:
        found.append(f"The two were held to different levels ({earlier.level or 'none'}, {later.level or 'none'}).")
    if (earlier.delivery is None) != (later.delivery is None):
        found.append("One was spoken and the other written.")
    elif (made[0].engine, made[0].model) != (made[1].engine, made[1].model):
        found.append("The two were recognised by different speech models.")
    return found
