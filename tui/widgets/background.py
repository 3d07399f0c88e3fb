"""Slow work off the event loop, in daemon threads: they never hold up quitting, unlike Textual's thread workers."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from textual.message import Message
from textual.message_pump import MessagePump

from tui.errors import MockloopError, told


class Broke(Message):
    """Work in the background failed."""

    def __init__(self, error: MockloopError) -> None:
        self.error = error
        super().__init__()


def in_background(
    pump: MessagePump,
    work: Callable[[], Message | None],
    broke: Callable[[MockloopError], Message] = Broke,
) -> Thread:
    """Run `work` in a daemon thread and post to `pump` the message it returns, or `broke(error)` when it raises."""

    def run() -> None:
        message: Message | None
        try:
            message = work()
        except Exception as error:
            message = broke(told(error))
        if message is not None:
            pump.post_message(message)

    thread = Thread(target=run, name="mockloop-screen-work", daemon=True)
    thread.start()
    return thread
