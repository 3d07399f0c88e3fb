"""The recogniser's own process: `python -m tui.speech.worker ENGINE MODEL HOME`.

Takes requests as lines of JSON on standard input, answers on standard output, and ends when its input is closed, so it
never outlives the program that started it.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tui.speech import messages
from tui.speech.messages import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.speech.engine import Engine
    from tui.speech.recogniser import Recogniser
    from tui.transcript import Segment

NICENESS = 5
"""How far the process stands back behind others, above all behind the recorder."""


class Worker:
    """Loads one engine and recognises files and growing recordings with it, one at a time."""

    def __init__(self, engine: str, model: str, home: Path, send: Callable[[Message], None]) -> None:
        self._wanted = (engine, model, home)
        self._send = send
        self._engine: Engine | None = None
        self.cancelled: set[int] = set()
        """Requests that nobody waits for any more."""
        self.ended: dict[int, float] = {}
        """Seconds of the recordings that were followed and are complete now, by request."""
        self.news = threading.Event()
        """Set with every change of the two."""

    def load(self) -> None:
        """Load the engine ahead of the first request."""
        try:
            engine = self._loaded()
        except Exception as error:
            traceback.print_exc()
            self._send({"event": messages.NOT_LOADED, "error": messages.error_out(error)})
        else:
            self._send({"event": messages.LOADED, "engine": engine.name, "model": engine.model})

    def answer(self, request: Message) -> None:
        """Recognise what `request` asks for; whatever fails is told, and logged with its traceback."""
        try:
            if request["do"] == messages.FOLLOW:
                self._follow(request)
            else:
                self._transcribe(request)
        except Exception as error:
            traceback.print_exc()
            self._send({"event": messages.FAILED, "id": request["id"], "error": messages.error_out(error)})

    def _loaded(self) -> Engine:
        if self._engine is None:
            from tui.speech.engine import load_engine

            self._engine = load_engine(*self._wanted)
        return self._engine

    def _transcribe(self, request: Message) -> None:
        from tui.speech.audio_file import seconds_of
        from tui.speech.recogniser import Recogniser

        path, number, worked = Path(request["path"]), request["id"], _worked()
        start, end = request["start"], request["end"]
        last = seconds_of(path) if end is None else end
        recogniser = Recogniser(self._loaded, request["terms"], start, request["skip"])

        def share() -> float:
            return _share(recogniser.reached - start, last - start)

        # One block at a time: an hour is neither read ahead nor held, and cancelling takes effect between blocks.
        for audio in chain(_part(path, start, end), (None,)):
            found = recogniser.finish() if audio is None else recogniser.feed(audio)
            for segment in found:
                self._tell_piece(number, recogniser.done, share(), segment)
                if number in self.cancelled:
                    break
            if number in self.cancelled:
                self._send({"event": messages.CANCELLED, "id": number})
                return
            self._send({"event": messages.HEARD, "id": number, "share": share()})
        self._tell_done(number, recogniser, start + recogniser.seconds, worked)

    def _follow(self, request: Message) -> None:
        from tui.speech.follower import follow
        from tui.speech.growing_wav import GrowingWav
        from tui.speech.recogniser import Recogniser

        number, worked = request["id"], _worked()
        recogniser = Recogniser(self._loaded, request["terms"], skip=request["skip"])
        for segment in follow(recogniser, GrowingWav(Path(request["path"])).read, _Course(self, number)):
            share = _share(recogniser.reached, max(recogniser.seconds, self.ended.get(number, 0.0)))
            self._tell_piece(number, recogniser.done, share, segment)
            if number in self.cancelled:
                break
        if number in self.cancelled:
            self._send({"event": messages.CANCELLED, "id": number})
        else:
            self._tell_done(number, recogniser, recogniser.seconds, worked)

    def _tell_piece(self, number: int, done: int, share: float, segment: Segment | None) -> None:
        piece = {"number": done, "share": share, "segment": messages.segment_out(segment)}
        self._send({"event": messages.PIECE, "id": number, **piece})

    def _tell_done(
        self, number: int, recogniser: Recogniser, audio_seconds: float, worked: tuple[float, float]
    ) -> None:
        engine, model, _ = self._wanted
        seconds, processor_seconds = (now - before for now, before in zip(_worked(), worked, strict=True))
        self._send(
            {
                "event": messages.DONE,
                "id": number,
                "audio_seconds": audio_seconds,
                "busy_seconds": recogniser.busy_seconds,
                "seconds": seconds,
                "processor_seconds": processor_seconds,
                "voice": messages.spans_out(recogniser.voice),
                "engine": engine,
                "model": self._engine.model if self._engine else model,
            }
        )


class _Course:
    """How it stands with one recording that a worker follows."""

    def __init__(self, worker: Worker, number: int) -> None:
        self._worker = worker
        self._number = number

    @property
    def ended(self) -> bool:
        return self._number in self._worker.ended

    @property
    def cancelled(self) -> bool:
        return self._number in self._worker.cancelled

    def wait(self, seconds: float) -> None:
        self._worker.news.clear()
        if not (self.ended or self.cancelled):
            self._worker.news.wait(seconds)


def _worked() -> tuple[float, float]:
    """Seconds on the wall's clock, and seconds that this process has had processors."""
    return time.monotonic(), time.process_time()


def _share(done: float, of: float) -> float:
    return min(1.0, max(0.0, done / of)) if of > 0 else 1.0


def _part(path: Path, start: float, end: float | None) -> Iterator[NDArray[np.float32]]:
    """The audio of `path` from `start` up to `end`, in blocks."""
    from tui.speech.audio_file import blocks
    from tui.speech.types import SAMPLE_RATE

    first, last = int(start * SAMPLE_RATE), None if end is None else int(end * SAMPLE_RATE)
    at = 0
    for block in blocks(path):
        piece = block[max(0, first - at) : None if last is None else max(0, last - at)]
        at += len(block)
        if len(piece):
            yield piece
        if last is not None and at >= last:
            return


def _listen(source: BinaryIO, requests: queue.Queue[Message], worker: Worker) -> None:
    """Take in requests until the parent is gone, and then end the process at once."""
    for line in source:
        message = messages.from_line(line)
        if message is None:
            continue
        if message["do"] == messages.CANCEL:
            worker.cancelled.add(message["id"])
        elif message["do"] == messages.END:
            worker.ended[message["id"]] = message["seconds"]
        else:
            requests.put(message)
        worker.news.set()
    os._exit(0)


def _private_output() -> BinaryIO:
    """Standard output for messages alone: what libraries print goes to standard error from now on."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return output


def main() -> None:
    """Serve requests until standard input is closed."""
    engine, model, home = sys.argv[1:4]
    output = _private_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(AttributeError, OSError):
        os.nice(NICENESS)

    def send(message: Message) -> None:
        try:
            output.write(messages.to_line(message))
            output.flush()
        except OSError:
            os._exit(0)

    worker = Worker(engine, model, Path(home), send)
    requests: queue.Queue[Message] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests, worker), daemon=True).start()
    worker.load()
    while True:
        worker.answer(requests.get())


if __name__ == "__main__":
    main()
