"""An answer to segments, as its audio arrives: from a file in windows, or while the candidate still speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.speech.engine import Engine
from tui.speech.hearing import transcribe
from tui.speech.segmenter import pieces, settled
from tui.speech.types import SAMPLE_RATE
from tui.speech.voice_activity import VoiceActivity
from tui.transcript import Segment, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EngineSource = Callable[[], Engine]


class Recogniser:
    """Takes audio bit by bit and hands out segments as soon as their piece of audio is complete.

    Only the audio that has not been recognised yet is kept in memory. The engine is asked for when there is voice to
    recognise, so silence does not wait for a model.
    """

    def __init__(self, engine: EngineSource, terms: Sequence[str] = (), offset: float = 0.0, skip: int = 0) -> None:
        """`offset` is where the audio starts in the answer, in seconds; the first `skip` pieces are taken as done."""
        import numpy as np

        self._engine = engine
        self._terms = tuple(terms)
        self._offset = offset
        self._skip = skip
        self._activity = VoiceActivity()
        self._audio = np.zeros(0, dtype=np.float32)
        self._dropped = 0
        self.done = 0
        """Pieces that have been recognised or skipped."""
        self.reached = offset
        """Seconds of the answer up to which everything has been recognised."""

    @property
    def seconds(self) -> float:
        """Length of the audio so far."""
        return self._activity.seconds

    @property
    def voice(self) -> tuple[Span, ...]:
        """Stretches with voice so far, in seconds of the answer."""
        return tuple(Span(s.start + self._offset, s.end + self._offset) for s in self._activity.spans())

    def feed(self, samples: NDArray[np.float32]) -> Iterator[Segment | None]:
        """Take the next `samples` (mono float32, 16 kHz, shape (n,)); for each piece done its segment, or None."""
        import numpy as np

        self._audio = np.concatenate((self._audio, samples))
        self._activity.feed(samples)
        yield from self._recognise(self._activity.settled_seconds)

    def finish(self) -> Iterator[Segment | None]:
        """The same for everything that is left."""
        self._activity.finish()
        yield from self._recognise(None)
        self.reached = self._offset + self.seconds

    def _recognise(self, heard_seconds: float | None) -> Iterator[Segment | None]:
        voice = self._activity.spans()
        found = pieces(voice, self.seconds, self._activity.quietest)
        ready = found if heard_seconds is None else settled(found, heard_seconds)
        for piece in ready[self.done :]:
            segment = self._transcribe(piece, voice) if self.done >= self._skip else None
            self.done += 1
            self.reached = self._offset + piece.end
            yield segment
        self._forget(found[self.done].start if self.done < len(found) else self._unvoiced_from(voice))

    def _transcribe(self, piece: Span, voice: Sequence[Span]) -> Segment | None:
        first, last = (max(0, int(at * SAMPLE_RATE) - self._dropped) for at in (piece.start, piece.end))
        near = [s for s in voice if s.end > piece.start and s.start < piece.end]
        moved = [Span(s.start + self._offset, s.end + self._offset) for s in near]
        return transcribe(self._engine(), self._audio[first:last], self._offset + piece.start, self._terms, moved)

    def _unvoiced_from(self, voice: Sequence[Span]) -> float:
        """From when on the audio may yet turn out to hold voice."""
        return max(voice[-1].end if voice else 0.0, self._activity.settled_seconds - 1.0)

    def _forget(self, before: float) -> None:
        drop = max(0, int(before * SAMPLE_RATE) - self._dropped)
        if drop:
            self._audio = self._audio[drop:].copy()
            self._dropped += drop
