"""What the plain countdown says, and when."""

from __future__ import annotations

from tui.cli.spoken_clock import SpokenClock, spoken_length
from tui.interview.countdown import Countdown


def said(answer_seconds: float, until: float, step: float = 0.1) -> list[tuple[int, str]]:
    clock, countdown = SpokenClock(), Countdown(0.0, answer_seconds).answer(0.0)
    moments = (i * step for i in range(int(until / step) + 1))
    return [(round(now), line) for now in moments if (line := clock.line(countdown.read(now)))]


def test_every_half_minute_and_at_every_change_of_phase() -> None:
    assert said(120, 160) == [
        (0, "2:00 left"),
        (30, "1:30 left"),
        (60, "1:00 left"),
        (90, "amber: 0:30 left"),
        (108, "red: 0:12 left, come to an end"),
        (120, "the time is up"),
        (150, "+0:30 over"),
    ]


def test_a_short_answer_is_announced_too() -> None:
    assert [line.partition(":")[0] for _, line in said(10, 11)] == ["0", "amber", "red", "the time is up"]


def test_lengths_are_said_in_minutes_and_seconds() -> None:
    spoken = {24: "24 seconds", 60: "1 minute", 90: "1 minute 30 seconds", 360: "6 minutes", 0.4: "1 second"}
    assert {seconds: spoken_length(seconds) for seconds in spoken} == spoken
