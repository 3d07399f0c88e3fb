"""Rounds, a rubric, mocks and postmortems to put on screens."""

from __future__ import annotations

from dataclasses import replace

from tui.history.types import AnswerFile, Mock, MockFile, MockSettings, Stage, Turn
from tui.interview.loop import Interview, Loop
from tui.interview.types import Catalogue, Level, Question, Round
from tui.rubric.types import Dimension, Mistake, Rubric, Scoring, Signal, Timing, TimingWindow
from tui.rubric.verdicts import (
    DimensionScore,
    Evidence,
    Fix,
    Outcome,
    Postmortem,
    Provenance,
    Punctuality,
    RootCause,
    Scorecard,
    Verdict,
)
from tui.transcript import Delivery, Segment, Span, Transcript, Word

HOSTILE = "[/foo] [bold]loud[/bold] \x1b[31mred\x1b[0m [INAUDIBLE] \u202eback"
"""Markup, escapes and a direction override, as a file or a recogniser might deliver them."""

TITLES = {
    "assumptions_stated": "States assumptions",
    "business_goal": "Ties choices to the business goal",
    "metric_named": "Names a success metric",
    "guardrail_named": "Names a guardrail",
    "latency_slo": "Gives a latency budget",
    "monitoring": "Watches production",
    "rollout": "Launches in stages",
    "rollback": "Has a way back",
}
DIMENSIONS = {
    "ml_systems": "ML systems and engineering",
    "experimentation": "Experimentation and metrics",
    "behavioral": "Behavioral and product sense",
}
WINDOW = TimingWindow(0.3, 30, 120)


def signal(id_: str) -> Signal:
    return Signal(
        id=id_,
        title=TITLES[id_],
        dimension="experimentation" if id_ in ("metric_named", "guardrail_named") else "ml_systems",
        weight=3,
        timing=Timing.ANYWHERE,
        mistake="no_metric",
        advice="Say the number that must not get worse, and by how much it may move before you stop.",
        example="We hold crash rate flat while watch time goes up.",
        follow_up="What must not get worse?",
        patterns=(),
    )


def rubric() -> Rubric:
    return Rubric(
        signals={id_: signal(id_) for id_ in TITLES},
        dimensions={id_: Dimension(id_, title) for id_, title in DIMENSIONS.items()},
        mistakes={
            "no_metric": Mistake("no_metric", "No business metric", "It sounds like engineering for its own sake.")
        },
        scopes=(),
        words={},
        scoring=Scoring(0.5, 0.5, WINDOW, WINDOW, 0.3, 10, 20, 0.25, 140, 8, 90, "unclear"),
        digest="abc123",
    )


def question(id_: str, title: str) -> Question:
    prompt = (
        f"{title}. Start from what the product needs, then take me through data, model, serving and launch. "
        "Tell me how you would know that it works, and what you would do on the day it does not."
    )
    return Question(id_, title, prompt)


def round_(id_: str, title: str, think: float = 60) -> Round:
    return Round(
        id=id_,
        title=title,
        summary="Whether you can take a vague product need to a system that runs, is measured, and can be taken back.",
        minutes=60,
        practice_minutes=6,
        think_seconds=think,
        signals=dict.fromkeys(TITLES),
        questions=(
            question("home-ranking", "Rank the rows of the home page"),
            question("live-events", "Predict load for a live event"),
            question("search-freshness", "Keep search fresh within minutes"),
        ),
        checklist=(
            "State the goal and your assumptions in the first minute.",
            "Name one metric and two guardrails.",
            "Say how it is launched and how it is taken back.",
            "End with a summary of the impact.",
        ),
    )


def catalogue() -> Catalogue:
    titles = {
        "ml-systems": "ML system design",
        "experimentation": "Experimentation and statistics",
        "behavioral": "Behavioral",
        "coding": "Coding",
    }
    levels = {id_: Level(id_, title, "") for id_, title in (("junior", "Junior"), ("mid", "Mid-level"))}
    return Catalogue(
        rubric(), {id_: round_(id_, title) for id_, title in titles.items()}, levels=levels, loops={LOOP.id: LOOP}
    )


LOOP = Loop("on-site", "On-site [/foo]", "Two interviews.", (Interview("ml-systems"), Interview("coding")))

SENTENCES = (
    "Let me assume a hundred million profiles and that we rank forty rows within a page load.",
    "The goal is that people find something to watch, so I would judge it on hours watched per member.",
    "We use a feature store and the ranker must answer within eighty milliseconds at the ninety ninth percentile.",
    "We launch to one percent first, then ramp while the dashboards stay flat.",
    "If those numbers go south we flip everyone to yesterday's model.",
)


def transcript() -> Transcript:
    segments = []
    for at, sentence in enumerate(SENTENCES):
        start = 4.0 + 14 * at
        words = [Word(text, start + 0.5 * i, start + 0.5 * i + 0.4, 0.93) for i, text in enumerate(sentence.split())]
        segments.append(Segment.of_words(words))
    voice = tuple(Span(s.start or 0, s.end or 0) for s in segments)
    return Transcript(tuple(segments), 75.0, voice, 5.2, "faster-whisper", "tiny.en")


def evidence(id_: str, quote: str, certain: bool = True) -> Evidence:
    said = transcript()
    start = said.text.index(quote)
    seconds = said.seconds_of(start, start + len(quote))
    assert seconds
    return Evidence(id_, quote, start, start + len(quote), seconds.start, seconds.end, 0.9, certain)


def verdict(id_: str, outcome: Outcome, *quotes: str, late: bool = False, reason: str = "") -> Verdict:
    shown = outcome is Outcome.DEMONSTRATED
    return Verdict(
        signal=id_,
        title=TITLES[id_],
        dimension=signal(id_).dimension,
        weight=3,
        outcome=outcome,
        punctuality=(Punctuality.LATE if late else Punctuality.ON_TIME) if shown else None,
        credit=(0.5 if late else 1.0) if shown else 0.0,
        evidence=tuple(evidence(id_, quote, outcome is not Outcome.CANT_TELL) for quote in quotes),
        reason=reason,
    )


def postmortem() -> Postmortem:
    yes, no, unsure = Outcome.DEMONSTRATED, Outcome.MISSED, Outcome.CANT_TELL
    verdicts = (
        verdict("assumptions_stated", yes, "assume a hundred million profiles"),
        verdict(
            "business_goal",
            yes,
            "The goal is that people find something to watch",
            late=True,
            reason="It came after the first minute, where it belongs.",
        ),
        verdict("metric_named", yes, "I would judge it on hours watched per member", "hours watched"),
        verdict("guardrail_named", no, reason="No quantity that must not get worse was heard."),
        verdict("latency_slo", yes, "answer within eighty milliseconds at the ninety ninth percentile"),
        verdict("monitoring", unsure, "the dashboards", reason="The words were too unclear to count."),
        verdict("rollout", yes, "We launch to one percent first, then ramp"),
        verdict("rollback", yes, "we flip everyone to yesterday's model"),
    )
    return Postmortem(
        round="ml-systems",
        round_title="ML system design",
        question="home-ranking",
        question_title="Rank the rows of the home page",
        scorecard=Scorecard(
            verdicts=verdicts,
            dimensions=(
                DimensionScore("ml_systems", DIMENSIONS["ml_systems"], 90.0, 13.5, 15),
                DimensionScore("experimentation", DIMENSIONS["experimentation"], 50.0, 3, 6),
                DimensionScore("behavioral", DIMENSIONS["behavioral"], None, 0, 0),
            ),
            overall=78.6,
            earned=16.5,
            possible=21,
            arithmetic="16.5 of 21 points = 79 of 100",
        ),
        root_cause=RootCause(
            "no_metric",
            "No business metric",
            "It sounds like engineering for its own sake.",
            "Missed: Names a guardrail. Late: Ties choices to the business goal.",
            21.4,
        ),
        fix=Fix(
            "guardrail_named", "Names a guardrail", signal("guardrail_named").advice, signal("guardrail_named").example
        ),
        delivery=Delivery(48.0, 82, 141.0, 11, 9.5, Span(31.0, 36.2), 3, 3.8, Span(40, 71)),
        provenance=Provenance("0.1.0", "abc123", "faster-whisper", "tiny.en"),
        notes=("One stretch was too unclear to trust.",),
    )


def unscored() -> Postmortem:
    said = postmortem()
    reason = "Only 3 seconds of speech were heard; a score needs at least 10."
    card = replace(said.scorecard, overall=None, arithmetic="", unscored=reason, dimensions=(), verdicts=())
    return replace(said, scorecard=card, root_cause=None, fix=None)


def mock(id_: str = "2026-11-22T18-30-05-ml-systems-k3f9", stage: Stage = Stage.SCORED) -> Mock:
    return Mock(
        id=id_,
        created="2026-11-22T18:30:05+00:00",
        round="ml-systems",
        round_title="ML system design",
        question="home-ranking",
        question_title="Rank the rows of the home page",
        stage=stage,
        settings=MockSettings("faster-whisper", "tiny.en", "Desk microphone", 360, 60),
        turns=(Turn("home-ranking", "Rank the rows of the home page.", "answer-1.flac", end=75.0),),
        take=2,
    )


def mock_file() -> MockFile:
    answer = AnswerFile(mock().turns[0], transcript(), "/nowhere/answer-1.flac")
    return MockFile(mock(), postmortem(), (answer,))
