"""An answer that was read while it was spoken is assessed like one that is read at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui import locations
from tui.interview.assess import Answered, Assessor
from tui.interview.load import load_catalogue
from tui.transcript import Segment, Transcript

SAID = (
    "Let me restate the goal: we want more members to finish what they start.",
    "I assume fifty million members and a budget of two hundred milliseconds at p95.",
    "We would ship it behind a canary at five percent, and roll back to the previous version",
    "when crashes go up. The metric is NDCG, and a guardrail is the rate of cancellations.",
)


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return Assessor.of(load_catalogue(locations.rubrics(), Path("/nowhere")))


def transcript(count: int = len(SAID)) -> Transcript:
    return Transcript(tuple(Segment.of_text(text) for text in SAID[:count]))


@pytest.mark.parametrize("read", range(len(SAID) + 1))
def test_only_what_was_not_read_yet_is_read(assessor: Assessor, read: int) -> None:
    round_ = assessor.catalogue.rounds["ml-systems"]
    growing = assessor.begin(assessor.expected(round_, None))
    growing.append(*transcript(read).segments)
    at_once = assessor.assess([Answered(None, transcript())], round_)
    assert assessor.assess([Answered(None, transcript(), growing=growing)], round_) == at_once
    assert growing.transcript.text == transcript().text
    assert {verdict.signal for verdict in at_once.scorecard.verdicts if verdict.evidence} >= {"rollback", "latency_slo"}


def test_what_was_read_of_another_answer_is_left_out(assessor: Assessor) -> None:
    round_ = assessor.catalogue.rounds["ml-systems"]
    growing = assessor.begin(assessor.expected(round_, None))
    growing.append(Segment.of_text("We would watch dashboards for drift and page somebody."))
    answered = Answered(None, transcript(), growing=growing)
    assert assessor.assess([answered], round_) == assessor.assess([Answered(None, transcript())], round_)
