"""The way between screens: which message opens what."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.message import Message
from textual.screen import ModalScreen

from tui.errors import MockloopError, StorageError
from tui.screens import messages as say
from tui.screens.base import MockloopScreen
from tui.screens.home import HomeScreen
from tui.widgets.background import Broke, in_background

if TYPE_CHECKING:
    from tui.history.types import Focus
    from tui.interview.types import Catalogue
    from tui.session.services import Services


class Router(App[None]):
    """Opens screens; nothing of the domain is decided here."""

    def __init__(self, services: Services, straight_to: say.BriefRound | None = None) -> None:
        """A router on `services`; with `straight_to` it opens that briefing at once."""
        super().__init__()
        self._services = services
        self._straight_to = straight_to
        self._catalogue: Catalogue | None = None
        self._focus: Focus | None = None

    # What the background read

    @on(say.CatalogueLoaded)
    def _keep_catalogue(self, message: say.CatalogueLoaded) -> None:
        self._catalogue = message.catalogue
        straight_to, self._straight_to = self._straight_to, None
        if straight_to:
            self.post_message(straight_to)

    @on(say.MocksLoaded)
    def _keep_focus(self, message: say.MocksLoaded) -> None:
        self._focus = message.focus

    # The way to a mock

    @on(say.BriefRound)
    async def _brief(self, message: say.BriefRound) -> None:
        from tui.screens.briefing import BriefingScreen

        round_ = self._catalogue.rounds.get(message.round) if self._catalogue else None
        if round_ is None:
            self._tell(MockloopError("This round is not among the rubrics any more.", "Choose another round."))
            return
        assert self._catalogue
        if message.question:
            focus = message.focus or self._focus
            briefing = BriefingScreen(self._services, self._catalogue, round_, focus, message.question)
            briefing.place, briefing.drill = message.place, message.drill
            await self._show(briefing)
            return

        def choose() -> Message:
            from tui.interview.types import at_level

            # The history may be unreadable, which the home screen tells; a round can be prepared all the same.
            with suppress(StorageError):
                level = message.place.run.level if message.place else self._services.level
                suited = replace(round_, questions=at_level(round_.questions, level))
                question = self._services.history.least_practised(suited)
                return say.BriefRound(round_.id, question.id, message.place, message.drill)
            return say.BriefRound(round_.id, round_.questions[0].id, message.place, message.drill)

        in_background(self, choose, say.ErrorMet)

    @on(say.MocksChanged)
    def _mocks_changed(self) -> None:
        if isinstance(self.screen, HomeScreen):
            self.screen.read_mocks()

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

        if isinstance(self._step, BriefingScreen):
            self._step.start_failed()
        self.push_screen(ErrorScreen(error))
