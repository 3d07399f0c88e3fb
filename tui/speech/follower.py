"""Recognise a recording while it is made: piece by piece as it grows on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from tui.speech.growing_wav import MOST_SECONDS
from tui.speech.recogniser import Recogniser
from tui.speech.types import SAMPLE_RATE
from tui.transcript import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOOK_SECONDS = 0.2
"""How often the recording is looked at."""
REST_SECONDS = 1.0
"""The same while it does not grow, because the candidate has paused it."""


class Course(Protocol):
    """How it stands with a recording that is followed."""

    @property
    def ended(self) -> bool:
        """Whether the recording is complete on disk."""

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for it any more."""

    def wait(self, seconds: float) -> None:
        """Let time pass, less of it when one of the above comes true."""


def follow(recogniser: Recogniser, read: Callable[[], NDArray[np.float32]], course: Course) -> Iterator[Segment | None]:
    """For each piece of a growing recording its segment, or None when nothing is said in it; ends with the recording.

    `read` gives what has been added since it was last called. While there is nothing else to do, the piece that is open
    when a pause begins is recognised ahead of time.
    """
    while not course.cancelled:
        # Asked before reading: what was complete by then is read to its end.
        complete = course.ended
        samples = read()
        yield from recogniser.feed(samples)
        if complete:
            if not len(samples):
                yield from recogniser.finish()
                return
        elif len(samples) < MOST_SECONDS * SAMPLE_RATE and not recogniser.guess():
            course.wait(LOOK_SECONDS if len(samples) else REST_SECONDS)
