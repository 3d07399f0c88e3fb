"""Speech faster or slower at the same pitch."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FRAME = 65_536
"""Samples that are handed to FFmpeg at once."""


def at_tempo(samples: npt.NDArray[np.float32], rate: int, speed: float) -> npt.NDArray[np.float32]:
    """Mono `samples`, shaped (frames,) at `rate` hertz, spoken `speed` times as fast (0.5 to 2).

    FFmpeg's atempo moves and joins waveforms (WSOLA), so voices keep their pitch.
    """
    import numpy as np

    if speed == 1.0 or not len(samples):
        return samples
    return np.concatenate(list(_stretched(samples, rate, speed)))


def _stretched(samples: npt.NDArray[np.float32], rate: int, speed: float) -> Iterator[npt.NDArray[np.float32]]:
    import av
    import av.filter
    import numpy as np

    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono", time_base=Fraction(1, rate))
    tempo, sink = graph.add("atempo", str(speed)), graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    for at in range(0, len(samples), FRAME):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[None, at : at + FRAME]), format="flt", layout="mono"
        )
        frame.sample_rate, frame.pts = rate, at
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _ready(graph: Any) -> Iterator[npt.NDArray[np.float32]]:
    """What has come out of the filter so far."""
    from av.error import BlockingIOError as Hungry
    from av.error import EOFError as Ended

    while True:
        try:
            frame = graph.pull()
        except (Hungry, Ended):
            return
        yield frame.to_ndarray()[0]
