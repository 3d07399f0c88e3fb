"""The way of a running mock between screens: from its briefing over the interview and the rating to the postmortem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.errors import MockloopError
from tui.screens import messages as say
from tui.screens.past_router import PastRouter
from tui.transcript import one_line
from tui.widgets.background import in_background

if TYPE_CHECKING:
    from tui.history.types import MockFile
    from tui.session.events import Calibrated, Event, HeardAgain, Listener
    from tui.session.services import Services
    from tui.session.session import Session


class MockRouter(PastRouter):
    """Follows one session at a time; what happens in a mock is decided by its session."""

    def __init__(self, services: Services, straight_to: say.BriefRound | None = None) -> None:
        """A router on `services`; with `straight_to` it opens that briefing at once."""
        super().__init__(services, straight_to)
        self._session: Session | None = None
        self._sessions_leaving: list[Thread] = []
        """Sessions on their way out."""
        self._tickets = count(1)
        self._ticket = 0
        """Number of the listening that the screens follow; what others say is only mentioned."""
        self._finishing: dict[str, int] = {}
        """Interrupted mocks that are being finished, with the number of their listening."""
        self._rating: Mapping[str, int] | None = None
        """How the person rated the mock that is being scored; None before they have."""
        self._scored: MockFile | None = None
        """The scored mock whose postmortem waits for the rating."""

    @on(say.StartMock)
    def _start(self, message: say.StartMock) -> None:
        if message.briefing is not self._step:
            return

        def work() -> Message:
            session = self._services.new_session(message.sitting, message.device, message.place)
            return say.SessionReady(session, message.briefing)

        in_background(self, work, say.ErrorMet)

    @on(say.SessionReady)
    async def _interview(self, message: say.SessionReady) -> None:
        from tui.screens.interview import InterviewScreen

        assert self._catalogue
        if message.briefing is not self._step:
            # The person went elsewhere while the session was being made.
            self._sessions_leaving.append(in_background(self, message.session.close))
            return
        self._session = message.session
        self._session.listen(self._listener())
        await self._show(InterviewScreen(message.session, self._catalogue.rubric))

    def _listener(self) -> Listener:
        """A new listening, which the screens follow from now on; it takes events from any thread to the event loop."""
        from tui.session.events import TranscriptionProgress

        ticket = next(self._tickets)
        self._follow(ticket)

        def hear(event: Event) -> None:
            kind = say.ToldProgress if isinstance(event, TranscriptionProgress) else say.Told
            self.post_message(kind(event, ticket))

        return hear

    def _follow(self, ticket: int) -> None:
        """Let the screens follow one listening from now on, or none (0); no rating of another mock belongs to it."""
        self._ticket = ticket
        self._rating, self._scored = None, None

    @on(say.BriefRound)
    def _measure_models(self) -> None:
        """While somebody reads the briefing, find out which model keeps up."""

        def tell(event: Event) -> None:
            self.post_message(say.Told(event, 0))

        in_background(self, lambda: self._services.calibrate(tell))

    @on(say.AnswerEnded)
    def _end(self) -> None:
        if self._session:
            self._do(self._session.end_answer)

    @on(say.MockEnded)
    def _end_mock(self) -> None:
        if self._session:
            self._do(self._session.end_mock)

    def _do(self, step: Callable[[], None]) -> None:
        try:
            step()
        except MockloopError as error:
            self._tell(error)

    async def _ask_for_rating(self, session: Session) -> None:
        """While the mock is scored, the person says how it went."""
        from tui.interview.expected import dimensions
        from tui.screens.rating import RatingScreen

        assert self._catalogue
        if not isinstance(self._step, RatingScreen):
            titles = dimensions(self._catalogue.rubric, session.sitting.round)
            await self._show(RatingScreen(session.sitting.questions[0].title, titles))

    @on(say.Rated)
    async def _rate(self, message: say.Rated) -> None:
        self._rating = message.rating
        if self._scored:
            await self._reveal(self._scored)

    async def _reveal(self, mock: MockFile) -> None:
        """Show the postmortem beside the rating, once there are both."""
        rating, self._rating, self._scored = self._rating, None, None
        if not rating:
            await self._show_postmortem(mock)
            return

        def work() -> Message:
            try:
                self._services.history.rate(mock.mock.id, rating)
                return say.MockOpened(self._services.history.load(mock.mock.id))
            except MockloopError as error:
                # Somebody waits for the postmortem, with a rating beside it or without.
                self.post_message(say.MockOpened(mock))
                return say.ErrorMet(error)

        in_background(self, work, say.ErrorMet)

    async def _show_progress(self, title: str) -> None:
        from tui.screens.transcribing import TranscribingScreen

        if not isinstance(self._step, TranscribingScreen):
            await self._show(TranscribingScreen(title))

    @on(say.Told)
    async def _route(self, message: say.Told) -> None:
        from tui.screens.interview import InterviewScreen
        from tui.screens.rating import RatingScreen
        from tui.session.events import Calibrated, Failed, Finished, HeardAgain, InputTrouble, State, StateChanged

        if isinstance(message.event, Calibrated | HeardAgain):
            self._learn(message.event)
            return
        if isinstance(message.event, Finished | Failed):
            self._finishing = {mock: at for mock, at in self._finishing.items() if at != message.ticket}
        if message.ticket != self._ticket:
            self._mention(message.event)
            return
        match message.event:
            case Finished(mock):
                self._close_session()
                if isinstance(self._step, RatingScreen) and self._rating is None:
                    self._scored = mock
                    self._step.scored()
                else:
                    await self._reveal(mock)
            case Failed(error):
                self._close_session()
                await self._home()
                self._tell(error)
            case StateChanged(State.TRANSCRIBING) if self._session:
                await self._ask_for_rating(self._session)
            case InputTrouble(sentence, remedy) if sentence and not isinstance(self._step, InterviewScreen):
                self._warn(f"{sentence} {remedy}")
            case event:
                step = self._step
                if step is not None and hasattr(step, "hear"):
                    step.hear(event)

    def _learn(self, event: Calibrated | HeardAgain) -> None:
        """Say what was found out in the background, and show a mock that was heard again as it reads now."""
        from tui.session.events import HeardAgain

        if isinstance(event, HeardAgain):
            # A mock that was removed meanwhile is not worth a word.
            in_background(self, lambda: self._read_again(event.mock, event.sentence), lambda _error: say.MocksChanged())
        elif event.sentence:
            self.notify(one_line(event.sentence), markup=False)

    def _mention(self, event: Event) -> None:
        """Say in passing what became of a mock that the person has left; that it stopped is no news to them."""
        from tui.session.events import Failed, Finished, InputTrouble
        from tui.speech.transcriber import TranscriptionCancelledError

        self.post_message(say.MocksChanged())
        match event:
            case Finished(mock):
                self.notify(f"{one_line(mock.mock.question_title)} is scored: see the last mocks.", markup=False)
            case Failed(error) if not isinstance(error, TranscriptionCancelledError):
                self._warn(str(error))
            case InputTrouble(sentence, remedy) if sentence:
                self._warn(f"{sentence} {remedy}")

    def _warn(self, text: str) -> None:
        self.notify(one_line(text), severity="warning", markup=False)

    @on(say.MockLeft)
    async def _leave(self) -> None:
        self._follow(0)
        session, self._session = self._session, None
        if session:

            def let_go() -> Message:
                session.abandon()
                session.close()
                return say.MocksChanged()

            self._sessions_leaving.append(in_background(self, let_go, say.ErrorMet))
        await self._home()

    @on(say.OpenMock)
    async def _open(self, message: say.OpenMock) -> None:
        from tui.session.events import Failed

        mock = message.mock
        if message.scored:

            def load() -> Message:
                return say.MockOpened(self._services.history.load(mock), message.place, self._reworded(mock))

            in_background(self, load, say.ErrorMet)
            return
        await self._show_progress(message.title)
        if mock in self._finishing:
            self._follow(self._finishing[mock])
            return
        listener = self._listener()
        self._finishing[mock] = self._ticket
        ticket = self._ticket
        in_background(
            self, lambda: self._services.finish(mock, listener), lambda error: say.Told(Failed(error, mock), ticket)
        )

    def _close_session(self) -> None:
        if self._session:
            self._sessions_leaving.append(in_background(self, self._session.close))
            self._session = None
