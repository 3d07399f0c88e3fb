"""Where in the audio is voice: Silero's model, fed as the audio arrives, with a guard against its going deaf."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.speech.types import SAMPLE_RATE
from tui.transcript import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FRAME = 512
"""Samples per frame: the window that Silero's model was trained on at 16 kHz."""
FRAME_SECONDS = FRAME / SAMPLE_RATE
CONTEXT = 64
"""Samples of the frame before that the model wants in front of each frame."""
STATE = (1, 1, 128)
BLOCK = 4
"""Frames that are heard together, an eighth of a second: a pause must be noticed while it lasts."""
RUN = 8
"""Blocks that the model is run on at once where there are as many: it takes half the time."""
LONG_UNVOICED = 32
"""Frames without voice, about a second, that are heard a second time."""
SURELY_VOICED = 2
"""Frames with voice in a block from which it counts as voiced: a deaf detector hears one now and then."""
FAINT = 2.0
"""Factor by which a voice that sets in should have been amplified more: then what precedes it may be voice, too."""
LOUD_DBFS = -72.0
"""Unvoiced audio louder than this is heard a second time with a fresh state."""
FULL = 0.5
"""Peak that quiet audio is amplified to for its second hearing."""
MOST_GAIN = 100.0
VOICED_SHARE = 0.25
"""Share of voiced frames in the second hearing from which it replaces the first."""

STARTS_VOICE = 0.5
ENDS_VOICE = 0.35
LEAST_VOICE_SECONDS = 0.1
LEAST_SILENCE_SECONDS = 0.1


class VoiceActivity:
    """Hears audio piece by piece and remembers, for each frame of 32 ms, how likely it holds voice and how loud it is.

    After an abrupt fall of the recording level the model's recurrent state can keep it deaf to clear speech for ten
    seconds and more, and to some quiet voices it is deaf throughout. So a stretch that it calls silent, but that is not
    dead, is heard again from a fresh state and amplified, and so is what comes before a faint voice that sets in.
    """

    def __init__(self) -> None:
        import numpy as np
        from faster_whisper.vad import get_vad_model

        self._session = get_vad_model().session
        self._state = self._fresh()
        self._gain = 1.0
        self._context = np.zeros(CONTEXT, dtype=np.float32)
        self._rest = np.zeros(0, dtype=np.float32)
        self._silent: list[Samples] = []
        self._samples = 0
        self._closed: list[Span] = []
        """Stretches with voice that nothing can change any more, and behind them `_open_from`, in frames."""
        self._open_from = 0
        self.probabilities = array("f")
        """Probability of voice in each whole frame heard so far."""
        self.levels = array("f")
        """Level of each frame, in dBFS."""

    @property
    def seconds(self) -> float:
        """Length of the audio fed so far."""
        return self._samples / SAMPLE_RATE

    @property
    def heard_seconds(self) -> float:
        """How much of the audio has been heard; up to an eighth of a second waits for what follows."""
        return len(self.probabilities) * FRAME_SECONDS

    @property
    def settled_seconds(self) -> float:
        """How much of the audio has been heard for good: what follows changes nothing about the voice in it."""
        return self._settled * FRAME_SECONDS

    @property
    def _settled(self) -> int:
        return len(self.probabilities) - sum(len(part) for part in self._silent)

    def feed(self, samples: Samples) -> None:
        """Hear the next `samples`: mono float32 at 16 kHz, shape (n,). A part of a block waits for what follows."""
        import numpy as np

        self._samples += len(samples)
        audio = np.concatenate((self._rest, samples)) if len(self._rest) else samples
        size = BLOCK * FRAME
        whole = len(audio) // size * size
        at = 0
        while at < whole:
            at += self._hear(audio[at : min(whole, at + RUN * size)])
        self._rest = np.array(audio[whole:], dtype=np.float32)
        self._close()

    def finish(self) -> None:
        """Hear what is left, filled up with zeros to whole frames."""
        import numpy as np

        if len(self._rest):
            self._hear(np.pad(self._rest, (0, -len(self._rest) % FRAME)))
            self._rest = self._rest[:0]

    def spans(self) -> tuple[Span, ...]:
        """The stretches with voice in what has been heard so far."""
        return (*self._closed, *voiced(self.probabilities[self._open_from :], self.seconds, self._open_from))

    def settled_spans(self) -> tuple[Span, ...]:
        """The stretches with voice in `settled_seconds`: the last one may grow, the others stay as they are."""
        return (*self._closed, *self._settled_tail())

    def _settled_tail(self) -> tuple[Span, ...]:
        probabilities = self.probabilities[self._open_from : self._settled]
        return voiced(probabilities, self.settled_seconds, self._open_from)

    def _close(self) -> None:
        """Put away the stretches that are complete, so that an hour costs no more to look at than a minute."""
        complete = self._settled_tail()[:-1]
        if complete:
            self._closed.extend(complete)
            self._open_from = round(complete[-1].end / FRAME_SECONDS)

    def quietest(self, start: float, end: float) -> float:
        """The middle of the quietest tenth of a second between `start` and `end`, in seconds."""
        first = min(len(self.levels) - 1, int(start / FRAME_SECONDS))
        last = max(first + 3, int(end / FRAME_SECONDS))
        levels = self.levels[first:last]
        if len(levels) < 3:
            return (start + end) / 2
        loudness = [max(levels[i : i + 3]) for i in range(len(levels) - 2)]
        return (first + loudness.index(min(loudness)) + 1.5) * FRAME_SECONDS

    def _hear(self, samples: Samples) -> int:
        """Hear whole frames of `samples`; how many samples were heard.

        They are all, unless a second hearing within them changes how the rest is to be heard.
        """
        import numpy as np

        previous = np.concatenate((self._context, samples))
        frames = np.lib.stride_tricks.sliding_window_view(previous, FRAME + CONTEXT)[::FRAME].copy()
        starts = range(0, len(frames), BLOCK)
        own = [self._gain, *(_gain(samples[at * FRAME : (at + BLOCK) * FRAME]) for at in starts)]
        gains = np.minimum.accumulate(np.array(own, dtype=np.float32))[1:]
        loud = np.repeat(gains, BLOCK)[: len(frames), None]
        probabilities, self._state = self._run(frames * loud, self._state)
        levels = _levels(samples)
        for at, gain in zip(starts, gains, strict=True):
            end = min(len(frames), at + BLOCK)
            self._gain = float(gain)
            self.probabilities.extend(probabilities[at:end])
            self.levels.extend(levels[at:end])
            if self._listen_again(frames[at:end], probabilities[at:end]):
                break
        self._context = samples[end * FRAME - CONTEXT : end * FRAME].copy()
        return end * FRAME

    def _listen_again(self, frames: Samples, probabilities: list[float]) -> bool:
        """Hear the frames since the last voiced block from a fresh state, once they are many, or when voice sets in.

        Whether that found more voice: then what follows is heard from the state after it.
        """
        import numpy as np

        begins = sum(p >= STARTS_VOICE for p in probabilities) >= SURELY_VOICED
        if begins and not self._silent:
            return False
        self._silent.append(frames)
        count = sum(len(part) for part in self._silent)
        if not begins and count < LONG_UNVOICED:
            return False
        silent, self._silent = np.concatenate(self._silent), []
        gain = _gain(silent)
        if np.percentile(self.levels[-count:], 90) < LOUD_DBFS or (begins and gain < FAINT * self._gain):
            return False
        again, state = self._run(silent * np.float32(gain), self._fresh())
        found = sum(p >= STARTS_VOICE for p in again)
        if found < VOICED_SHARE * count or found <= sum(p >= STARTS_VOICE for p in self.probabilities[-count:]):
            return False
        self.probabilities[-count:] = array("f", again)
        self._state, self._gain = state, gain
        return True

    def _run(self, frames: Samples, state: tuple[Samples, Samples]) -> tuple[list[float], tuple[Samples, Samples]]:
        out, h, c = self._session.run(None, {"input": frames, "h": state[0], "c": state[1]})
        return [float(p) for p in out.ravel()], (h, c)

    @staticmethod
    def _fresh() -> tuple[Samples, Samples]:
        import numpy as np

        return np.zeros(STATE, dtype=np.float32), np.zeros(STATE, dtype=np.float32)


def _gain(samples: Samples) -> float:
    """The factor that brings the peak of `samples` to FULL; never under 1."""
    import numpy as np

    return min(MOST_GAIN, max(1.0, FULL / (float(np.max(np.abs(samples))) + 1e-9)))


def _levels(samples: Samples) -> list[float]:
    import numpy as np

    power = np.mean(np.square(samples.reshape(-1, FRAME), dtype=np.float64), axis=1)
    return [float(level) for level in 10 * np.log10(power + 1e-12)]


def voiced(probabilities: Sequence[float], seconds: float, first: int = 0) -> tuple[Span, ...]:
    """The stretches with voice, given the probability of voice in each frame of audio that ends at `seconds`.

    `first` is the number of the first of those frames.

    Voice starts at a probability of 0.5 and ends under 0.35 (Silero's own defaults); silences and voices shorter than
    100 ms are taken as part of what surrounds them.
    """
    found: list[Span] = []
    start: int | None = None
    for i, probability in enumerate((*probabilities, 0.0), first):
        if start is None and probability >= STARTS_VOICE:
            start = i
        elif start is not None and probability < ENDS_VOICE:
            found.append(Span(start * FRAME_SECONDS, min(seconds, i * FRAME_SECONDS)))
            start = None
    return tuple(span for span in _joined(found) if span.seconds >= LEAST_VOICE_SECONDS)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end < LEAST_SILENCE_SECONDS:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def detect(samples: Samples) -> VoiceActivity:
    """Voice activity of a whole recording: mono float32 at 16 kHz, shape (n,)."""
    activity = VoiceActivity()
    activity.feed(samples)
    activity.finish()
    return activity
