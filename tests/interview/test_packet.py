"""Loops and packets: sums by hand, the rule at its edges, what would change a reading."""

from __future__ import annotations

import pytest

from tui.interview.loop import Interview, Loop, LoopRun, Thresholds
from tui.interview.packet import Interviewed, Packet, Step, packet_of, step_of
from tui.rubric.verdicts import (
    DimensionScore,
    Evidence,
    Outcome,
    Postmortem,
    Provenance,
    Punctuality,
    Scorecard,
    Verdict,
)

RULE = Thresholds(75, 60, 40)


def heard(signal: str, dimension: str, weight: float, credit: float, *, prompted: bool = False) -> Verdict:
    evidence = (Evidence(signal, f"we said {signal}", 0, 5, 1.0, 2.0),) if credit else ()
    outcome = Outcome.DEMONSTRATED if credit else Outcome.MISSED
    punctuality = Punctuality.ON_TIME if credit else None
    return Verdict(signal, signal, dimension, weight, outcome, punctuality, prompted, credit, evidence)


def interview(round_: str, *verdicts: Verdict) -> Interviewed:
    dimensions = []
    for name in dict.fromkeys(verdict.dimension for verdict in verdicts):
        own = [verdict for verdict in verdicts if verdict.dimension == name]
        earned, possible = sum(v.weight * v.credit for v in own), sum(v.weight for v in own)
        dimensions.append(DimensionScore(name, name.title(), 100 * earned / possible, earned, possible))
    earned, possible = sum(v.weight * v.credit for v in verdicts), sum(v.weight for v in verdicts)
    overall = 100 * earned / possible if possible else None
    card = Scorecard(verdicts, tuple(dimensions), overall, earned, possible, "", None if possible else "Silence.")
    made = Postmortem(round_, round_, "", "", card, None, None, None, Provenance("", "", "", ""))
    return Interviewed(round_, round_.title(), f"mock-{round_}", "2026-11-22", made)


def with_scores(**scores: float) -> Packet:
    """A packet of interviews that each have a dimension of their own with that score."""
    rows = [interview(name, heard(name, name, 100, score / 100)) for name, score in scores.items()]
    return packet_of("Loop", "mid", rows, RULE)


@pytest.mark.parametrize(("score", "step"), [(75, 4), (74.9, 3), (60, 3), (59.9, 2), (40, 2), (39.9, 1), (0, 1)])
def test_steps(score: float, step: int) -> None:
    assert step_of(score, RULE) is Step(step)


def test_areas_add_up_over_interviews() -> None:
    packet = packet_of(
        "Loop",
        "mid",
        [
            interview("systems", heard("a", "systems", 3, 1.0), heard("b", "metrics", 1, 0.0)),
            interview("experiments", heard("c", "metrics", 3, 1.0)),
        ],
        RULE,
    )
    areas = {area.dimension: area for area in packet.areas}
    assert (areas["metrics"].earned, areas["metrics"].possible, areas["metrics"].interviews) == (3, 4, 2)
    assert areas["metrics"].score == 75
    assert packet.score == pytest.approx((75 + 100) / 2)


@pytest.mark.parametrize(
    ("scores", "reading"),
    [
        ({"a": 80, "b": 80}, Step.STRONG_YES),
        ({"a": 100, "b": 55}, Step.YES),
        ({"a": 70, "b": 60}, Step.YES),
        ({"a": 95, "b": 35}, Step.NO),
        ({"a": 55, "b": 50}, Step.NO),
        ({"a": 38, "b": 30}, Step.STRONG_NO),
        ({"a": 90, "b": 38, "c": 39}, Step.STRONG_NO),
    ],
)
def test_the_mean_leads_and_weak_areas_hold_back(scores: dict[str, float], reading: Step) -> None:
    packet = with_scores(**scores)
    assert packet.reading is reading
    assert packet.rule.lower().startswith(reading.words)


def test_what_would_change_it_lifts_it() -> None:
    packet = with_scores(a=95, b=35)
    (told,) = packet.would_change
    assert "B is at 35" in told
    assert "wants 40" in told
    assert "would bring 65 points" in told
    assert with_scores(a=95, b=40).reading is Step.YES
    assert with_scores(a=80, b=80).would_change == ()


def test_too_few_scores_give_no_reading() -> None:
    done = interview("a", heard("a", "a", 1, 1.0))
    to_come = [Interviewed(name, name, None, None, None) for name in ("b", "c")]
    packet = packet_of("Loop", "mid", [done, *to_come], RULE)
    assert (packet.reading, packet.complete) == (None, False)
    assert "1 of 3" in packet.rule
    half = packet_of("Loop", "mid", [done, to_come[0]], RULE)
    assert half.reading is Step.STRONG_YES
    assert half.rule.endswith("1 of 2 interviews still open: this is a reading so far.")


def test_an_unscored_interview_stays_out_of_the_mean() -> None:
    packet = packet_of("Loop", "mid", [interview("a", heard("a", "a", 1, 1.0)), interview("b")], RULE)
    assert packet.score == 100


def test_strongest_is_unasked_and_weakest_is_what_cost_most() -> None:
    packet = packet_of(
        "Loop",
        "mid",
        [
            interview(
                "a",
                heard("own", "a", 2, 1.0),
                heard("asked", "a", 3, 0.85, prompted=True),
                heard("missed", "a", 3, 0.0),
                heard("small", "a", 1, 0.0),
            )
        ],
        RULE,
    )
    assert [finding.verdict.signal for finding in packet.strongest] == ["own"]
    assert [finding.verdict.signal for finding in packet.weakest] == ["missed", "small", "asked"]


def test_a_loop_knows_its_rounds_by_level_and_what_comes_next() -> None:
    loop = Loop("l", "L", "", (Interview("coding"), Interview("ml-architecture", ("senior",))))
    assert loop.at_level("mid") == ("coding",)
    assert loop.at_level("senior") == ("coding", "ml-architecture")
    run = LoopRun("id", "l", "L", "2026", ("coding", "behavioral"), {}, "mid")
    assert run.next_place == 0
    run = run.with_mock(0, "x")
    assert run.next_place == 1
    assert run.with_mock(1, "y").done
    assert run.without("x").next_place == 0
