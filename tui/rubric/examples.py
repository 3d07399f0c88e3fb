"""Run the examples that signals carry beside their patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.rubric.detect import Detector
from tui.rubric.types import Signal
from tui.transcript import Transcript


@dataclass(frozen=True)
class ExampleResult:
    """What became of one example."""

    signal: str
    text: str
    should_match: bool
    matched: bool

    @property
    def passed(self) -> bool:
        return self.should_match == self.matched


def run_signal(signal: Signal, detector: Detector) -> Iterator[ExampleResult]:
    """Every example of `signal`, which need not be of the detector's rubric, with whether its patterns found it."""
    detector.learn([signal])
    for should, texts in ((True, signal.examples.match), (False, signal.examples.no_match)):
        for text in texts:
            found = signal.id in detector.detect(Transcript.of_text(text), [signal.id])
            yield ExampleResult(signal.id, text, should, found)
