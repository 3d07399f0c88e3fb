"""The way between screens: which message opens what, and whose events the screens follow."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.message import Message
from textual.screen import ModalScreen

from tui.errors import MockloopError, StorageError
from tui.screens import messages as say
from tui.screens.base import MockloopScreen
from tui.screens.home import HomeScreen
from tui.transcript import one_line
from tui.widgets.background import Broke, in_background

if TYPE_CHECKING:
    from tui.history.types import Focus, MockFile
    from tui.interview.types import Catalogue
    from tui.session.events import Event, Listener
    from tui.session.mock_session import Session
    from tui.session.services import Services

PATIENCE_SECONDS = 0.8
"""How long the end of an answer may take before its progress is shown."""


class Router(App[None]):
    """Opens screens and passes on what sessions say; what happens in a mock is decided by its session."""

    def __init__(self, services: Services, round_: str | None = None, question: str | None = None) -> None:
        """A router on `services`; with `round_` it opens that round's briefing at once."""
        super().__init__()
        self._services = services
        self._straight_to = (round_, question)
        self._catalogue: Catalogue | None = None
        self._focus: Focus | None = None
        self._session: Session | None = None
        self._sessions_leaving: list[Thread] = []
        """Sessions on their way out."""
        self._tickets = count(1)
        self._ticket = 0
        """Number of the listening that the screens follow; what others say is only mentioned."""
        self._finishing: dict[str, int] = {}
        """Interrupted mocks that are being finished, with the number of their listening."""

    # What the background read

    @on(say.CatalogueLoaded)
    def _keep_catalogue(self, message: say.CatalogueLoaded) -> None:
        self._catalogue = message.catalogue
        round_, question = self._straight_to
        self._straight_to = (None, None)
        if round_:
            self.post_message(say.BriefRound(round_, question))

    @on(say.MocksLoaded)
    def _keep_focus(self, message: say.MocksLoaded) -> None:
        self._focus = message.focus

    # The way of a mock

    @on(say.BriefRound)
    async def _brief(self, message: say.BriefRound) -> None:
        from tui.screens.briefing import BriefingScreen

        round_ = self._catalogue.rounds.get(message.round) if self._catalogue else None
        if round_ is None:
            self._tell(MockloopError("This round is not among the rubrics any more.", "Choose another round."))
            return
        if message.question:
            await self._show(BriefingScreen(self._services, round_, self._focus, message.question))
            return

        def choose() -> Message:
            # The history may be unreadable, which the home screen tells; a round can be prepared all the same.
            with suppress(StorageError):
                return say.BriefRound(round_.id, self._services.history.least_practised(round_).id)
            return say.BriefRound(round_.id, round_.questions[0].id)

        in_background(self, choose, say.ErrorMet)

    @on(say.StartMock)
    def _start(self, message: say.StartMock) -> None:
        if message.briefing is not self._step:
            return

        def work() -> Message:
            session = self._services.new_session(
                message.round, message.question, message.answer_seconds, message.think_seconds, message.device
            )
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
        await self._show(InterviewScreen(message.session, self._catalogue.rubric.scoring.least_speech_seconds))

    def _listener(self) -> Listener:
        """A new listening, which the screens follow from now on; it takes events from any thread to the event loop."""
        from tui.session.events import TranscriptionProgress

        self._ticket = ticket = next(self._tickets)

        def hear(event: Event) -> None:
            kind = say.ToldProgress if isinstance(event, TranscriptionProgress) else say.Told
            self.post_message(kind(event, ticket))

        return hear

    @on(say.AnswerEnded)
    async def _end(self) -> None:
        if self._session:
            try:
                self._session.end_answer()
            except MockloopError as error:
                self._tell(error)

    async def _still_transcribing(self, session: Session) -> None:
        if self._session is session:
            await self._show_progress(session.question.title)

    async def _show_progress(self, title: str) -> None:
        from tui.screens.transcribing import TranscribingScreen

        if not isinstance(self._step, TranscribingScreen):
            await self._show(TranscribingScreen(title))

    @on(say.Told)
    async def _route(self, message: say.Told) -> None:
        from tui.screens.interview import InterviewScreen
        from tui.session.events import Failed, Finished, InputTrouble, State, StateChanged

        if isinstance(message.event, Finished | Failed):
            self._finishing = {mock: at for mock, at in self._finishing.items() if at != message.ticket}
        if message.ticket != self._ticket:
            self._mention(message.event)
            return
        match message.event:
            case Finished(mock):
                self._close_session()
                await self._show_postmortem(mock)
            case Failed(error):
                self._close_session()
                await self._home()
                self._tell(error)
            case StateChanged(State.TRANSCRIBING) if self._session:
                # Most of the answer is recognised by now: a page of progress that goes at once would only flicker.
                self.set_timer(PATIENCE_SECONDS, partial(self._still_transcribing, self._session))
            case InputTrouble(sentence, remedy) if sentence and not isinstance(self._step, InterviewScreen):
                self._warn(f"{sentence} {remedy}")
            case event:
                step = self._step
                if step is not None and hasattr(step, "hear"):
                    step.hear(event)

    def _mention(self, event: Event) -> None:
        """Say in passing what became of a mock that the person has left."""
        from tui.session.events import Failed, Finished, InputTrouble

        self.post_message(say.MocksChanged())
        match event:
            case Finished(mock):
                self.notify(f"{one_line(mock.mock.question_title)} is scored: see the last mocks.", markup=False)
            case Failed(error):
                self._warn(str(error))
            case InputTrouble(sentence, remedy) if sentence:
                self._warn(f"{sentence} {remedy}")

    def _warn(self, text: str) -> None:
        self.notify(one_line(text), severity="warning", markup=False)

    @on(say.MockLeft)
    async def _leave(self) -> None:
        self._ticket = 0
        session, self._session = self._session, None
        if session:

            def let_go() -> Message:
                session.abandon()
                session.close()
                return say.MocksChanged()

            self._sessions_leaving.append(in_background(self, let_go, say.ErrorMet))
        await self._home()

    @on(say.MocksChanged)
    def _mocks_changed(self) -> None:
        if isinstance(self.screen, HomeScreen):
            self.screen.read_mocks()

    # Past mocks

    @on(say.OpenHistory)
    async def _history(self) -> None:
        from tui.screens.history import HistoryScreen

        await self.push_screen(HistoryScreen(self._services))

    @on(say.OpenMock)
    async def _open(self, message: say.OpenMock) -> None:
        from tui.session.events import Failed

        mock = message.mock
        if message.scored:
            in_background(self, lambda: say.MockOpened(self._services.history.load(mock)), say.ErrorMet)
            return
        await self._show_progress(message.title)
        if mock in self._finishing:
            self._ticket = self._finishing[mock]
            return
        listener = self._listener()
        self._finishing[mock] = self._ticket
        ticket = self._ticket
        in_background(
            self, lambda: self._services.finish(mock, listener), lambda error: say.Told(Failed(error, mock), ticket)
        )

    @on(say.MockOpened)
    async def _opened(self, message: say.MockOpened) -> None:
        await self._show_postmortem(message.mock)

    async def _show_postmortem(self, mock: MockFile) -> None:
        from tui.screens.postmortem import PostmortemScreen

        if mock.postmortem is None:
            self._tell(StorageError("This mock has no postmortem.", "Finish it from the home screen."))
            return
        await self._show(PostmortemScreen(mock, mock.postmortem, self._services.player, self._advice()))

    def _advice(self) -> Mapping[str, str]:
        signals = self._catalogue.rubric.signals if self._catalogue else {}
        return {signal.id: signal.advice for signal in signals.values()}

    # Screens

    @property
    def _step(self) -> MockloopScreen | None:
        """The step of a mock that is shown, under whatever dialogue is open."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, MockloopScreen) and s.STEP_OF_MOCK), None)

    async def _close_dialogues(self) -> None:
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()

    async def _show(self, screen: MockloopScreen) -> None:
        """Show the next step of a mock in the place of the present one."""
        await self._close_dialogues()
        if isinstance(self.screen, MockloopScreen) and self.screen.STEP_OF_MOCK:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    async def _home(self) -> None:
        await self._close_dialogues()
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    @on(say.ErrorMet)
    def _error_met(self, message: say.ErrorMet) -> None:
        self._tell(message.error)

    @on(Broke)
    def _broke(self, message: Broke) -> None:
        self._tell(message.error)

    def _tell(self, error: MockloopError) -> None:
        from tui.screens.briefing import BriefingScreen
        from tui.screens.error import ErrorScreen

        if isinstance(self.screen, BriefingScreen):
            self.screen.start_failed()
        self.push_screen(ErrorScreen(error))

    def _close_session(self) -> None:
        if self._session:
            self._sessions_leaving.append(in_background(self, self._session.close))
            self._session = None
