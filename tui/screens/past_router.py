"""The way through past mocks: history, postmortem, review, and what a person corrects there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.errors import StorageError
from tui.screens import messages as say
from tui.screens.home import HomeScreen
from tui.screens.router import Router
from tui.transcript import one_line
from tui.widgets.background import in_background

if TYPE_CHECKING:
    from tui.history.types import MockFile

AHEAD_SECONDS = 0.2
"""After home has read everything, until what opens from there is prepared: painting comes first."""


class PastRouter(Router):
    """Opens what is kept; what a correction means is decided by the session's reviser."""

    @on(say.AdviceRead)
    def _soon_ahead(self) -> None:
        self.set_timer(AHEAD_SECONDS, self._prepare)

    def _prepare(self) -> None:
        """Have ready what opens from home: the code of the screens, and the answer that takes the history longest."""
        # The app may be closing its screens by now.
        if not self.screen_stack or not isinstance(self.screen, HomeScreen):
            return

        def work() -> None:
            from tui.history.review import review_signals

            for screen in ("history", "progress"):
                import_module(f"tui.screens.{screen}")
            # Where the history cannot be read, the screen that wants it says so.
            with suppress(StorageError):
                review_signals(self._services.history)

        in_background(self, work)

    @on(say.OpenHistory)
    async def _history(self) -> None:
        from tui.screens.history import HistoryScreen

        await self.push_screen(HistoryScreen(self._services, self._catalogue))

    @on(say.OpenLoops)
    async def _loops(self) -> None:
        from tui.screens.loops import LoopsScreen

        if self._catalogue:
            await self.push_screen(LoopsScreen(self._services, self._catalogue))

    @on(say.OpenPacket)
    async def _packet(self, message: say.OpenPacket) -> None:
        from tui.screens.packet import PacketScreen

        await self.push_screen(PacketScreen(message.packet, f"packet-{message.run.id}"))

    @on(say.MockOpened)
    async def _opened(self, message: say.MockOpened) -> None:
        await self._show_postmortem(message.mock, message.reworded)
        if message.place and message.mock.postmortem:
            self.post_message(say.OpenReview(message.mock, message.place))

    async def _show_postmortem(self, mock: MockFile, reworded: frozenset[int] = frozenset()) -> None:
        from tui.screens.postmortem import PostmortemScreen

        if mock.postmortem is None:
            self._tell(StorageError("This mock has no postmortem.", "Finish it from the home screen."))
            return
        player, advice = self._services.player, self._advice()
        await self._show(PostmortemScreen(mock, mock.postmortem, player, advice, reworded))

    def _advice(self) -> Mapping[str, str]:
        signals = self._catalogue.rubric.signals if self._catalogue else {}
        return {signal.id: signal.advice for signal in signals.values()}

    @on(say.OpenProgress)
    async def _progress(self) -> None:
        from tui.screens.progress import ProgressScreen

        if self._catalogue:
            await self.push_screen(ProgressScreen(self._services, self._catalogue))

    @on(say.CompareTakes)
    def _compare(self, message: say.CompareTakes) -> None:
        def work() -> Message:
            from tui.history.compare import compare

            files = [self._services.history.load(each) for each in (message.one, message.other)]
            return say.TakesCompared(compare(*files), files[1].mock.round)

        in_background(self, work, say.ErrorMet)

    @on(say.TakesCompared)
    async def _show_takes(self, message: say.TakesCompared) -> None:
        from tui.screens.compare import CompareScreen

        # Asked for twice while it was read, it is there once.
        if not isinstance(self.screen, CompareScreen):
            await self.push_screen(CompareScreen(message.comparison, message.round))

    @on(say.OpenReview)
    def _read_for_review(self, message: say.OpenReview) -> None:
        mock = message.mock.mock.id
        in_background(self, lambda: say.ReviewReady(message, self._reworded(mock)), say.ErrorMet)

    @on(say.ReviewReady)
    async def _review(self, message: say.ReviewReady) -> None:
        from tui.screens.review import ReviewScreen

        asked = message.asked
        # Asked for twice while it was read, it is there once.
        if not isinstance(self.screen, ReviewScreen):
            await self.push_screen(
                ReviewScreen(asked.mock, self._services.player, message.reworded, asked.place, asked.wanted)
            )

    def _reworded(self, mock: str) -> frozenset[int]:
        """The turns of a mock whose words a person corrected."""
        from tui.history.corrections import read_corrections

        # Damaged corrections are told where one corrects; they should not hide the mock.
        with suppress(StorageError):
            return read_corrections(self._services.history.folder(mock)).worded
        return frozenset()

    @on(say.Correct)
    def _correct(self, message: say.Correct) -> None:
        def work() -> Message:
            from tui.widgets.wording import change

            return self._read_again(message.mock, change(message.revise(self._services.reviser())))

        self.notify("Scoring again …", timeout=2)
        in_background(self, work, say.ErrorMet)

    def _read_again(self, mock: str, sentence: str) -> Message:
        return say.ReadAgain(self._services.history.load(mock), self._reworded(mock), sentence)

    @on(say.ReadAgain)
    async def _show_reading(self, message: say.ReadAgain) -> None:
        from tui.screens.postmortem import PostmortemScreen
        from tui.screens.review import ReviewScreen

        for screen in reversed(self.screen_stack):
            if isinstance(screen, PostmortemScreen | ReviewScreen) and screen.mock == message.mock.mock.id:
                await screen.show_reading(message.mock, message.reworded)
        if message.sentence:
            self.notify(one_line(message.sentence), markup=False)
        self.post_message(say.MocksChanged())
