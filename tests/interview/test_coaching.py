"""What a coach notices: silences, monologues, and what was heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui import locations
from tui.interview.coaching import Coaching
from tui.interview.load import load_catalogue
from tui.rubric.types import Scoring

LOUD, QUIET = -20.0, -70.0


@pytest.fixture(scope="module")
def scoring() -> Scoring:
    shipped = load_catalogue(locations.rubrics()).rubric.scoring
    return replace(shipped, long_silence_seconds=10, monologue_seconds=60)


def after(coaching: Coaching, start: float, seconds: float, rms: float) -> Coaching:
    """With a reading ten times a second for so long."""
    for n in range(int(seconds * 10)):
        coaching = coaching.level(start + n / 10, rms)
    return coaching


def test_a_silence_is_told_and_speech_ends_it(scoring: Scoring) -> None:
    coaching = after(Coaching.begin(0.0), 0.0, 12.0, QUIET)
    assert coaching.cue(9.8, scoring) == ""
    assert coaching.cue(12.0, scoring) == "Silent for 10 s: say what you are thinking about."
    assert coaching.cue(19.0, scoring).startswith("Silent for 15 s")
    assert after(coaching, 12.0, 3.0, LOUD).cue(15.0, scoring) == ""


def test_a_monologue_is_told_and_a_breath_ends_it(scoring: Scoring) -> None:
    coaching = after(Coaching.begin(0.0), 0.0, 65.0, LOUD)
    assert coaching.cue(65.0, scoring).startswith("1 min without a pause")
    rested = after(coaching, 65.0, 5.0, QUIET)
    assert after(rested, 70.0, 5.0, LOUD).cue(75.0, scoring) == ""


def test_a_gap_between_words_is_no_breath(scoring: Scoring) -> None:
    coaching = after(after(Coaching.begin(0.0), 0.0, 30.0, LOUD), 30.0, 1.5, QUIET)
    coaching = after(coaching, 31.5, 89.0, LOUD)
    assert coaching.cue(120.3, scoring).startswith("2 min without a pause")
    longer = after(after(Coaching.begin(0.0), 0.0, 30.0, LOUD), 30.0, 2.5, QUIET)
    assert after(longer, 32.5, 58.0, LOUD).cue(90.4, scoring) == ""


def test_what_is_heard_comes_in_order_and_may_be_revised_away() -> None:
    coaching = Coaching.begin(0.0).hear(["rollback"]).hear(["metric_named", "rollback"])
    assert coaching.heard == ("rollback", "metric_named")
    assert coaching.hear(["metric_named"]).heard == ("metric_named",)
