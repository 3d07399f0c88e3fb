"""The clock of an answer, on a time of our own."""

from __future__ import annotations

import pytest

from tui.interview.countdown import Countdown, Phase, clock_text


def test_think_then_answer_with_phases() -> None:
    clock = Countdown(think_seconds=30, answer_seconds=300).start(100.0)
    assert clock.read(110.0).phase is Phase.THINKING
    assert clock.read(110.0).remaining == 20
    assert clock.read(131.0).phase is Phase.OVER
    clock = clock.answer(115.0)
    phases = {at: clock.read(115.0 + at).phase for at in (0, 200, 226, 271, 301)}
    assert phases == {0: Phase.CALM, 200: Phase.CALM, 226: Phase.AMBER, 271: Phase.RED, 301: Phase.OVER}
    assert clock.read(115.0 + 310).remaining == -10


def test_a_short_answer_is_not_amber_from_the_start() -> None:
    clock = Countdown(0, 30).answer(0.0)
    assert [clock.read(at).phase for at in (0, 19, 25)] == [Phase.CALM, Phase.AMBER, Phase.RED]


def test_a_pause_stops_the_clock() -> None:
    clock = Countdown(0, 60).answer(0.0).pause(10.0)
    assert clock.read(1000.0).remaining == 50
    assert clock.read(1000.0).paused
    clock = clock.resume(1000.0)
    assert clock.read(1005.0).remaining == 45
    assert clock.resume(2000.0) == clock


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.2, "1:00"), (61, "1:01"), (3600, "1:00:00"), (-5.9, "+0:05"), (0.1, "0:01")]
)
def test_clock_text(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text
