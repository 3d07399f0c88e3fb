"""The microphone before an answer: which one, how loud, and whether anything is coming in."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Select, Static

from tui.errors import MockloopError
from tui.session.services import Services
from tui.speech.types import InputDevice, Level
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.level_meter import LevelMeter, condition_text

if TYPE_CHECKING:
    from tui.speech.level_monitor import LevelMonitor

POLL_SECONDS = 0.1
HINT = "Speak as you will in the answer: the bar should pass the middle. Recordings never leave this computer."
DEFAULT = ""
"""Value of the entry for the system's default; Select reserves None."""
SEARCHING = "\0"
"""Value of the entry that stands there until the inputs are known."""


class MicrophoneCheck(Vertical):
    """Lists the inputs, keeps a level monitor on the chosen one, and remembers the choice."""

    DEFAULT_CSS = """
    MicrophoneCheck { height: auto; }
    MicrophoneCheck #condition { height: auto; min-height: 2; }
    MicrophoneCheck #hint { margin-top: 1; height: auto; }
    """

    class Listed(Message):
        """The inputs are known."""

        def __init__(self, devices: tuple[InputDevice, ...]) -> None:
            self.devices = devices
            super().__init__()

    class Trouble(Message):
        """Listing or opening failed."""

        def __init__(self, error: MockloopError) -> None:
            self.error = error
            super().__init__()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._lock = Lock()
        self._turn = 0
        self._released = False
        self._monitor: LevelMonitor | None = None
        self._error: MockloopError | None = None
        self.device = services.profile.device
        """The chosen microphone, before the inputs are known the one of last time; None for the system's default."""

    def compose(self) -> ComposeResult:
        yield Select[str](
            [(Content("Looking for microphones …"), SEARCHING)], allow_blank=False, compact=True, id="device"
        )
        yield LevelMeter()
        yield Static("", id="condition", markup=False)
        yield Static(Content.styled(HINT, "$foreground-muted"), id="hint")

    def on_mount(self) -> None:
        in_background(self, self._list, self.Trouble)
        self.set_interval(POLL_SECONDS, self._poll)

    def _list(self) -> Message:
        return self.Listed(self._services.inputs())

    @on(Listed)
    def _offer(self, message: Listed) -> None:
        message.stop()
        names = dict.fromkeys(device.name for device in message.devices)
        default = next((device.name for device in message.devices if device.is_default), "")
        label = f"System default: {default}" if default else "System default"
        choice: Select[str] = self.query_one("#device", Select)
        chosen = self.device
        self.device = chosen if chosen in names else None
        with self.prevent(Select.Changed):
            choice.set_options(
                [(Content(one_line(label)), DEFAULT), *((Content(one_line(name)), name) for name in names)]
            )
            choice.value = self.device or DEFAULT
        warning = self._services.profile.warning
        if warning:
            self.notify(one_line(warning), severity="warning", markup=False)
        if chosen and self.device is None:
            self.notify(f"{one_line(chosen)} is not connected; using the default.", markup=False)
        self._open()

    @on(Select.Changed)
    def _choose(self, message: Select.Changed) -> None:
        message.stop()
        if message.value in (SEARCHING, Select.NULL):
            return
        name = str(message.value) or None
        if name == self.device:
            return
        self.device = name
        in_background(self, lambda: self._services.set_device(name), self.Trouble)
        self._open()

    @on(Trouble)
    def _tell(self, message: Trouble) -> None:
        message.stop()
        self._error = message.error
        self.query_one(LevelMeter).level = None
        self._say(Content.styled(one_line(str(message.error)), "$error"))

    def _open(self) -> None:
        """Put the monitor on the chosen device, off the event loop; only the newest choice stays open, and none once
        the microphone was let go."""
        if self._released:
            return
        self._turn += 1
        turn, device = self._turn, self.device
        self._error = None

        def work() -> None:
            with self._lock:
                self._stop_monitor()
                if turn != self._turn:
                    return
                monitor = self._services.monitor(device)
                monitor.start()
                self._monitor = monitor

        in_background(self, work, self.Trouble)

    def _poll(self) -> None:
        monitor = self._monitor
        if monitor is None or self._error is not None:
            return
        level: Level = monitor.level
        self.query_one(LevelMeter).level = level
        self._say(condition_text(level))

    def _say(self, content: Content) -> None:
        shown = self.query_one("#condition", Static)
        if shown.content != content:
            shown.update(content)

    def reopen(self) -> None:
        """Listen again after a release."""
        self._released = False
        self._open()

    def release(self) -> None:
        """Let go of the microphone; may wait for an opening in progress, so call it off the event loop."""
        self._released = True
        self._turn += 1
        with self._lock:
            self._stop_monitor()

    def _stop_monitor(self) -> None:
        monitor, self._monitor = self._monitor, None
        if monitor is not None:
            monitor.stop()

    def on_unmount(self) -> None:
        in_background(self.app, self.release)
