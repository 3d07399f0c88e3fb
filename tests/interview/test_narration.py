"""When a candidate who types is reminded to speak."""

from __future__ import annotations

from tui.interview.narration import QUIET_SECONDS, Narration


def listened(narration: Narration, start: float, seconds: float, levels: list[float]) -> Narration:
    """`levels` over and over, ten readings a second."""
    for step in range(int(seconds * 10)):
        narration = narration.level(start + step / 10, levels[step % len(levels)])
    return narration


def test_silence_is_told_after_a_while_and_not_before() -> None:
    narration = listened(Narration(0.0), 0.0, 30.0, [-70.0])
    assert narration.reminder(QUIET_SECONDS - 0.1) == ""
    assert narration.reminder(27.0) == "Silent for 25 s: say what you are writing, and why."


def test_speech_keeps_the_reminder_away() -> None:
    narration = listened(Narration(0.0), 0.0, 60.0, [-25.0, -30.0, -50.0, -28.0])
    assert narration.reminder(60.0) == ""


def test_keystrokes_do_not_count_as_speech() -> None:
    narration = listened(Narration(0.0), 0.0, 40.0, [-70.0, -70.0, -35.0, -70.0])
    assert narration.reminder(40.0).startswith("Silent for 40 s")


def test_words_that_were_recognised_count() -> None:
    assert Narration(0.0).heard(15.0).reminder(30.0) == ""
    assert Narration(20.0).heard(15.0).spoke == 20.0


def test_a_pause_begins_anew() -> None:
    assert Narration(0.0).again(100.0).reminder(110.0) == ""
