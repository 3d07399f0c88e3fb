"""The app: its look, its keys, and how it is left. The router beneath it knows the way between screens."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import Provider
from textual.screen import Screen

from tui.screens import messages as say
from tui.screens.base import MockloopScreen
from tui.screens.home import HomeScreen
from tui.screens.mock_router import MockRouter
from tui.widgets.theme import DARK, LIGHT

if TYPE_CHECKING:
    from tui.interview.loop import LoopPlace
    from tui.session.services import Services

KEY_NAMES = {"⏎": "Enter", "esc": "Esc", "space": "Space", "del": "Del", "tab": "Tab"}
KEY_NAMES |= {f"f{number}": f"F{number}" for number in range(1, 13)}
CLOSING_SECONDS = 5.0
"""How long quitting waits for what runs in the background; recordings are on disk all along."""


def _key_commands() -> type[Provider]:
    from tui.screens.keys import KeyCommands

    return KeyCommands


def collect_less() -> None:
    """Let Python look for garbage less often in this process.

    Styles and screens are many small objects: with the usual thresholds, opening a screen stops several times for a
    look at all of them, which costs a quarter of the time.
    """
    gc.set_threshold(20_000, 10, 10)


class MockloopApp(MockRouter):
    """What a person sees of mockloop."""

    TITLE = "mockloop"
    CSS_PATH = [f"screens/{name}.tcss" for name in ("app", "home", "history", "progress")]
    COMMANDS = App.COMMANDS | {_key_commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS = [
        Binding("question_mark,f1", "help", "Help", tooltip="What this screen is for, and its keys"),
    ]

    def __init__(self, services: Services, straight_to: say.BriefRound | None = None) -> None:
        """An app on `services`; with `straight_to` it opens that briefing at once."""
        super().__init__(services, straight_to)
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key as it stands on keyboards."""
        shown = super().get_key_display(binding)
        return KEY_NAMES.get(shown, shown)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers beside the keys of the screen."""
        # Where a key of the screen quits, it is offered already.
        offered = ("Theme",) if "q" in screen.active_bindings else ("Theme", "Quit")
        return (command for command in super().get_system_commands(screen) if command.title in offered)

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen(self._services)

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, MockloopScreen):
            self.push_screen(HelpScreen(screen, screen.HELP_TEXT))

    # Leaving

    async def action_quit(self) -> None:
        """Quit; in the middle of an answer only when the person says so."""
        from tui.screens.confirm import ConfirmScreen
        from tui.session.events import State

        recording = (State.ANSWERING, State.PAUSED)
        if self._session is None or self._session.snapshot().state not in recording:
            self.exit()
            return
        if isinstance(self.screen, ConfirmScreen):
            return
        sentence = "What you said so far is kept, and the next start offers to finish this mock."
        self.push_screen(
            ConfirmScreen("Quit during the answer?", sentence, "Quit"), lambda sure: self.exit() if sure else None
        )

    def _fatal_error(self) -> None:
        """Leave with a sentence; Textual would print the traceback."""
        from rich.text import Text

        from tui.screens.crash import crash_sentence

        error = self._exception or RuntimeError("unknown")
        self._exit_renderables.append(Text(crash_sentence(error, self._services.home)))
        self._close_messages_no_wait()

    def on_unmount(self) -> None:
        """Stop what runs in the background, and never wait for it without end."""

        def close() -> None:
            try:
                for leaving in self._sessions_leaving:
                    leaving.join()
                if self._session:
                    self._session.close()
            finally:
                self._services.close()

        closing = Thread(target=close, name="mockloop-closing", daemon=True)
        closing.start()
        closing.join(CLOSING_SECONDS)


def make_app(
    services: Services | None = None,
    round_: str | None = None,
    question: str | None = None,
    place: LoopPlace | None = None,
) -> MockloopApp:
    """The app on `services`, or on this machine's own; with `round_` it opens that round's briefing at once."""
    if services is None:
        from tui import locations
        from tui.session.local import LocalServices

        services = LocalServices(locations.home())
    return MockloopApp(services, say.BriefRound(round_, question, place) if round_ else None)
