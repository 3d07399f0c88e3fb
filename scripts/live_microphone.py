"""Answers in real time through a virtual microphone: how soon after the key transcript and postmortem are there."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from long_answer import LongAnswer
from speech_corpus import RATE

from tui.transcript import Transcript

ROUND = "ml-systems"
KEY_SECONDS = (0.2, 1.5)
"""Between the last word and the key that ends the answer."""


@dataclass(frozen=True)
class Ending:
    """One way in which an answer ended."""

    minutes: float
    kind: str
    """`sentence`, `anywhere` or `microphone`."""
    at: float
    transcript: float
    """Seconds from the end of the audio to the transcript."""
    postmortem: float
    """Seconds from the transcript to the postmortem."""


def spoken_endings(answers: Sequence[LongAnswer], model: str) -> list[Ending]:
    """Answers in real time through the virtual microphone, the session, the recogniser's process and the history."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.microphone import VirtualMicrophone

    with tempfile.TemporaryDirectory() as folder:
        microphone = VirtualMicrophone(Path(folder) / "pulse")
        os.environ.update(microphone.environment)
        try:
            return [_spoken(microphone, answer, model, Path(folder) / "home") for answer in answers]
        finally:
            microphone.close()


def _spoken(microphone: Any, answer: LongAnswer, model: str, home: Path) -> Ending:
    from tui.interview.sitting import Sitting
    from tui.session.events import Failed, Finished
    from tui.session.local import LocalServices

    heard = _noted()
    over = threading.Event()
    outcomes: list[tuple[float, object]] = []
    services = LocalServices(home, model=model)
    round_ = services.catalogue().rounds[ROUND]
    session = services.new_session(Sitting(round_, round_.questions[:1], 60.0, 3600.0, 0), None)

    def listen(event: object) -> None:
        if isinstance(event, Finished | Failed):
            outcomes.append((time.monotonic(), event))
            over.set()

    session.listen(listen)
    session.start()
    services.transcriber().wait_loaded()
    services.assessor()
    session.begin_answer()
    microphone.speak(answer.samples, RATE)
    time.sleep(random.uniform(*KEY_SECONDS))
    ended = time.monotonic()
    session.end_answer()
    over.wait(120)
    at, outcome = outcomes[0]
    session.close()
    services.close()
    if not isinstance(outcome, Finished):
        raise SystemExit(f"The answer failed: {outcome}")
    seconds = len(answer.samples) / RATE
    return Ending(seconds / 60, "microphone", seconds, heard[0] - ended, at - heard[0])


def _noted() -> list[float]:
    """The moments, from now on, at which a transcript is there."""
    import tui.speech.transcriber as transcriber
    from tui.speech.following import Following

    heard: list[float] = []

    class Noted(Following):
        def finish(self, *arguments: Any) -> Transcript:
            transcript = super().finish(*arguments)
            heard.append(time.monotonic())
            return transcript

    transcriber.Following = Noted  # type: ignore[misc]
    return heard
