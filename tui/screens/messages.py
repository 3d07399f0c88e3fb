"""What screens ask of the app, and what the background tells it. Screens never open each other: the app routes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.errors import MockloopError
    from tui.history.advice import Advice
    from tui.history.compare import Comparison
    from tui.history.types import Focus, Mock, MockFile, MockRow
    from tui.interview.loop import LoopPlace, LoopRun
    from tui.interview.packet import Packet
    from tui.interview.sitting import Sitting
    from tui.interview.types import Catalogue
    from tui.rubric.verdicts import Verdict
    from tui.session.events import Event
    from tui.session.revising import Revised, Reviser
    from tui.session.session import Session


class CatalogueLoaded(Message):
    """The rounds and the rubric have been read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        super().__init__()


class MocksLoaded(Message):
    """The history has been read."""

    def __init__(
        self, rows: tuple[MockRow, ...], unfinished: tuple[Mock, ...], focus: Focus | None, warnings: tuple[str, ...]
    ) -> None:
        self.rows = rows
        self.unfinished = unfinished
        self.focus = focus
        self.warnings = warnings
        """What is wrong with recordings and settings, a sentence or two each."""
        super().__init__()


class CatalogueFailed(Message):
    """The rounds could not be read."""

    def __init__(self, error: MockloopError) -> None:
        self.error = error
        super().__init__()


class MocksFailed(Message):
    """The history could not be read."""

    def __init__(self, error: MockloopError) -> None:
        self.error = error
        super().__init__()


class BriefRound(Message):
    """Show the briefing of a round, at `question` or else at the one that was answered least often."""

    def __init__(
        self,
        round_: str,
        question: str | None = None,
        place: LoopPlace | None = None,
        drill: bool = False,
        focus: Focus | None = None,
    ) -> None:
        self.drill = drill
        """Whether one signal is to be drilled, with coaching."""
        self.focus = focus
        """The one thing to mind; None for what the last mock named."""
        self.round = round_
        self.question = question
        self.place = place
        """Which interview of a loop it is, or None."""
        super().__init__()


class AdviceRead(Message):
    """What to drill next has been found."""

    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        super().__init__()


class StartMock(Message):
    """Begin a mock with what the briefing settled."""

    def __init__(
        self, briefing: Screen[None], sitting: Sitting, device: str | None, place: LoopPlace | None = None
    ) -> None:
        self.briefing = briefing
        """Who asks: nothing begins when the person has left it meanwhile."""
        self.sitting = sitting
        self.device = device
        self.place = place
        """Which interview of a loop it is, or None."""
        super().__init__()


class SessionReady(Message):
    """A mock can begin that `briefing` asked for."""

    def __init__(self, session: Session, briefing: Screen[None]) -> None:
        self.session = session
        self.briefing = briefing
        super().__init__()


class AnswerEnded(Message):
    """The person has finished speaking."""


class MockEnded(Message):
    """The person wants no more questions: what was said is to be scored."""


class Rated(Message):
    """The person rated the mock, or chose not to, and wants to read the postmortem."""

    def __init__(self, rating: Mapping[str, int]) -> None:
        self.rating = rating
        """By dimension, from 1 to 4."""
        super().__init__()


class MockLeft(Message):
    """The person leaves the mock; what was recorded stays."""


class Told(Message):
    """The session said something."""

    def __init__(self, event: Event, ticket: int) -> None:
        self.event = event
        self.ticket = ticket
        """Which listening it answers; the app follows one at a time."""
        super().__init__()


class ToldProgress(Told):
    """How far recognition has come; only the newest counts."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, ToldProgress) and message.ticket == self.ticket


class OpenMock(Message):
    """Read a mock of the history, or finish it when it has not been scored."""

    def __init__(self, mock: str, title: str, scored: bool, place: tuple[int, int] | None = None) -> None:
        self.mock = mock
        self.title = title
        self.scored = scored
        self.place = place
        """A turn, from 1, and a character in its transcript to read at; None for the postmortem."""
        super().__init__()

    @classmethod
    def of(cls, row: MockRow, place: tuple[int, int] | None = None) -> OpenMock:
        """The message for a row of the history."""
        from tui.history.types import Stage

        return cls(row.id, row.question_title, row.stage is Stage.SCORED, place)


class MockOpened(Message):
    """A mock has been read from disk."""

    def __init__(
        self, mock: MockFile, place: tuple[int, int] | None = None, reworded: frozenset[int] = frozenset()
    ) -> None:
        self.mock = mock
        self.place = place
        """A turn and a character to read at; None for the postmortem alone."""
        self.reworded = reworded
        """The turns whose words a person corrected."""
        super().__init__()


class OpenReview(Message):
    """Show the transcript of a mock with its evidence."""

    def __init__(self, mock: MockFile, place: tuple[int, int] | None = None, wanted: Verdict | None = None) -> None:
        self.mock = mock
        self.place = place
        """A turn, from 1, and a character in its transcript to begin at."""
        self.wanted = wanted
        """A verdict that the person wants to find words for."""
        super().__init__()


class ReviewReady(Message):
    """What a review shows has been read."""

    def __init__(self, asked: OpenReview, reworded: frozenset[int]) -> None:
        self.asked = asked
        self.reworded = reworded
        """The turns whose words a person corrected."""
        super().__init__()


class Correct(Message):
    """The person puts something right in a mock, which is then scored again."""

    def __init__(self, mock: str, revise: Callable[[Reviser], Revised]) -> None:
        self.mock = mock
        self.revise = revise
        super().__init__()


class ReadAgain(Message):
    """A mock was scored again, after a correction or another hearing."""

    def __init__(self, mock: MockFile, reworded: frozenset[int], sentence: str) -> None:
        self.mock = mock
        self.reworded = reworded
        """The turns whose words a person corrected."""
        self.sentence = sentence
        """What came of it."""
        super().__init__()


class MocksChanged(Message):
    """A mock came, went or was scored."""


class OpenLoops(Message):
    """Show the loops."""


class OpenPacket(Message):
    """Read what a run of a loop comes to."""

    def __init__(self, run: LoopRun, packet: Packet) -> None:
        self.run = run
        self.packet = packet
        super().__init__()


class OpenProgress(Message):
    """Show what the whole history says."""


class CompareTakes(Message):
    """Show two mocks that asked the same question side by side."""

    def __init__(self, one: str, other: str) -> None:
        self.one = one
        self.other = other
        super().__init__()


class TakesCompared(Message):
    """Two takes have been compared."""

    def __init__(self, comparison: Comparison, round_: str) -> None:
        self.comparison = comparison
        self.round = round_
        """Id of the round of the later take."""
        super().__init__()


class OpenHistory(Message):
    """Show all mocks."""


class ErrorMet(Message):
    """Something failed that the person must know."""

    def __init__(self, error: MockloopError) -> None:
        self.error = error
        super().__init__()
