"""An answer to segments, as its audio arrives: from a file in windows, or while the candidate still speaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from time import monotonic
from typing import TYPE_CHECKING

from tui.speech.engine import Engine
from tui.speech.hearing import Piece, transcribe
from tui.speech.rumble import RumbleFilter
from tui.speech.segmenter import PADDING, cuts, padded, settled
from tui.speech.types import SAMPLE_RATE
from tui.speech.voice_activity import VoiceActivity
from tui.transcript import Segment, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EngineSource = Callable[[], Engine]

PAUSE_SECONDS = 0.4
"""Silence after which an answer may be over: what is open then is worth recognising before it is known to be complete.
More than a piece's padding, so that the piece is the same if nothing follows."""
LEAST_REST = 1.0
"""Seconds of voice after a guess that may be recognised without what came before: fewer words need their context."""
KEPT_SECONDS = 1.0
"""Audio that is kept before the first open piece: its padding, and the beginning of a word that is found late."""


class Recogniser:
    """Takes audio bit by bit and hands out segments as soon as their piece of audio is complete.

    The pieces are the same however the audio arrives, and so is what they say, but for the last of an answer. Only the
    audio that has not been recognised yet is kept in memory. The engine is asked for when there is voice to recognise,
    so silence does not wait for a model.
    """

    def __init__(self, engine: EngineSource, terms: Sequence[str] = (), offset: float = 0.0, skip: int = 0) -> None:
        """`offset` is where the audio starts in the answer, in seconds; the first `skip` pieces are taken as done."""
        import numpy as np

        self._engine = engine
        self._terms = tuple(terms)
        self._offset = offset
        self._skip = skip
        self._rumble = RumbleFilter()
        self._activity = VoiceActivity()
        self._audio = np.zeros(0, dtype=np.float32)
        self._dropped = 0
        self._cut: float | None = None
        """When the voice of the last piece that is done ended, in seconds of the audio."""
        self._ended = False
        self._guesses: dict[Span, Segment | None] = {}
        """What pieces say that may turn out not to be complete."""
        self.done = 0
        """Pieces that have been recognised or skipped."""
        self.guessed = 0
        """Pieces that were recognised ahead of time."""
        self.used = 0
        """Those of them that turned out to be complete."""
        self.busy_seconds = 0.0
        """How long recognising took, guesses included."""
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
        self._take(self._rumble.feed(samples))
        voice = self._open(self._activity.settled_spans())
        cut = cuts(voice, self._activity.quietest)
        yield from self._recognise(cut, len(settled(cut, self._activity.settled_seconds)), voice)
        self._forget(cut)

    def finish(self) -> Iterator[Segment | None]:
        """The same for everything that is left.

        Somebody waits now: where the beginning of a piece was guessed, only the rest of it is recognised.
        """
        self._take(self._rumble.finish())
        self._activity.finish()
        self._ended = True
        voice = self._open(self._activity.spans())
        cut = cuts(voice, self._activity.quietest)
        yield from self._recognise(cut, len(cut), voice)
        self.reached = self._offset + self.seconds

    def _take(self, samples: NDArray[np.float32]) -> None:
        import numpy as np

        self._audio = np.concatenate((self._audio, samples))
        self._activity.feed(samples)

    def guess(self) -> bool:
        """In a pause, recognise one piece that would be complete if the answer ended here; whether there was one.

        What it says is handed out by `feed` or `finish` if the piece turns out to be complete as it is, and is thrown
        away if speech goes on.
        """
        voice = self._open(self._activity.spans())
        if not voice or self._activity.heard_seconds - voice[-1].end < PAUSE_SECONDS:
            return False
        open_pieces = padded(cuts(voice, self._activity.quietest), self.seconds, self._cut)
        for piece in open_pieces[max(0, self._skip - self.done) :]:
            if piece not in self._guesses:
                (self._guesses[piece],) = self._transcribe([piece], voice)
                self.guessed += 1
                return True
        return False

    def _open(self, voice: Sequence[Span]) -> tuple[Span, ...]:
        """The part of `voice` that is in no piece yet."""
        if self._cut is None:
            return tuple(voice)
        first = bisect_right(voice, self._cut, key=lambda span: span.end)
        return tuple(Span(max(span.start, self._cut), span.end) for span in voice[first:])

    def _recognise(self, cut: Sequence[Span], ready: int, voice: Sequence[Span]) -> Iterator[Segment | None]:
        """The segments of the first `ready` pieces of those in `cut`."""
        wanted = padded(cut, self.seconds, self._cut)[:ready]
        skipped = min(ready, max(0, self._skip - self.done))
        segments = chain(repeat(None, skipped), self._segments(wanted[skipped:], voice))
        for whole, piece, segment in zip(cut[:ready], wanted, segments, strict=True):
            self._cut = whole.end
            self.done += 1
            self.reached = self._offset + piece.end
            yield segment

    def _segments(self, pieces: Sequence[Span], voice: Sequence[Span]) -> Iterator[Segment | None]:
        beginnings = {piece: self._beginning(piece, voice) if self._ended else None for piece in pieces}
        new = [piece for piece in pieces if piece not in self._guesses and not beginnings[piece]]
        recognised = self._transcribe(new, voice)
        for piece in pieces:
            beginning = beginnings[piece]
            if piece in self._guesses:
                self.used += 1
                segment = self._guesses[piece]
            else:
                segment = self._continued(beginning, piece, voice) if beginning else next(recognised)
            self._guesses = {other: kept for other, kept in self._guesses.items() if other.start >= piece.end}
            yield segment

    def _beginning(self, piece: Span, voice: Sequence[Span]) -> Span | None:
        """The longest beginning of `piece` that was guessed and leaves enough of it to be recognised by itself."""
        known = (guess for guess in self._guesses if guess.start == piece.start and guess.end < piece.end)
        fit = (guess for guess in known if sum(s.seconds for s in _within(voice, guess.end, piece.end)) >= LEAST_REST)
        return max(fit, key=lambda guess: guess.end, default=None)

    def _continued(self, beginning: Span, piece: Span, voice: Sequence[Span]) -> Segment | None:
        """What `piece` says, when it is known what it says in its `beginning`, which ended in a pause."""
        self.used += 1
        rest = max(beginning.end, _within(voice, beginning.end, piece.end)[0].start - PADDING)
        found = [self._guesses[beginning], *self._transcribe([Span(rest, piece.end)], voice)]
        parts = [part for part in found if part]
        unclear = next((part.unclear for part in parts if part.unclear), None)
        return Segment.of_words((word for part in parts for word in part.words), unclear) if parts else None

    def _transcribe(self, pieces: Sequence[Span], voice: Sequence[Span]) -> Iterator[Segment | None]:
        if not pieces:
            return
        segments = transcribe(self._engine(), [self._piece(piece, voice) for piece in pieces], self._terms)
        for _ in pieces:
            began = monotonic()
            segment = next(segments)
            self.busy_seconds += monotonic() - began
            yield segment

    def _piece(self, piece: Span, voice: Sequence[Span]) -> Piece:
        first, last = (max(0, int(at * SAMPLE_RATE) - self._dropped) for at in (piece.start, piece.end))
        near = [s for s in voice if s.end > piece.start and s.start < piece.end]
        moved = tuple(Span(s.start + self._offset, s.end + self._offset) for s in near)
        return Piece(self._audio[first:last], self._offset + piece.start, moved)

    def _forget(self, cut: Sequence[Span]) -> None:
        """Let go of the audio before the first open piece, or before what may yet turn out to be voice."""
        first = next((piece for piece in cut if self._cut is None or piece.end > self._cut), None)
        before = first.start if first else self._activity.settled_seconds
        drop = max(0, int((before - KEPT_SECONDS) * SAMPLE_RATE) - self._dropped)
        if drop:
            self._audio = self._audio[drop:].copy()
            self._dropped += drop


def _within(voice: Sequence[Span], start: float, end: float) -> list[Span]:
    """Those of `voice` that begin between `start` and `end`, as far as they lie there."""
    return [Span(span.start, min(span.end, end)) for span in voice if start <= span.start < end]
