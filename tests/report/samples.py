"""A postmortem with every kind of verdict, and one full of hostile text."""

from __future__ import annotations

from dataclasses import replace

from tui.history.types import AnswerFile, Clarified, Mock, MockSettings, Stage, Turn
from tui.interview.loop import Thresholds
from tui.interview.packet import Interviewed, Packet, packet_of
from tui.report.account import Account
from tui.rubric.verdicts import (
    DimensionScore,
    Evidence,
    Fix,
    Outcome,
    Postmortem,
    Provenance,
    Punctuality,
    QuestionScore,
    RootCause,
    Scorecard,
    Verdict,
)
from tui.transcript import Delivery, Segment, Span, Transcript, Word

HOSTILE = (
    "\x1b[31m[bold]red[/bold]\x1b]0;title\x07 [/foo] <script>alert(1)</script> | *b* _i_ [a](http://x) `c`\u202e\nnew"
)
SEEN = "[bold]red[/bold] [/foo] <script>alert(1)</script> | *b* _i_ [a](http://x) `c` new"
"""What a reader may see of it."""
SYSTEMS, METRICS = "ml_systems", "experimentation"


def verdict(
    title: str, outcome: Outcome, punctuality: Punctuality | None = None, prompted: bool = False, quote: str = ""
) -> Verdict:
    evidence = (Evidence(title.lower(), quote, 10, 10 + len(quote), 72.4, 75.0, 0.8),) if quote else ()
    reason = {Outcome.MISSED: "Not heard.", Outcome.CANT_TELL: "The words are too unclear to count."}.get(
        outcome, "Said at 1:12; it counts in full before 0:45."
    )
    return Verdict(
        title.lower(),
        title,
        SYSTEMS,
        3.0,
        outcome,
        punctuality,
        prompted,
        1.0 if punctuality else 0.0,
        evidence,
        reason,
    )


VERDICTS = (
    verdict("Rollback", Outcome.MISSED),
    verdict("Monitoring", Outcome.DEMONSTRATED, Punctuality.ON_TIME, quote="we alert when the drift goes over two"),
    verdict("Assumptions", Outcome.DEMONSTRATED, Punctuality.LATE, quote="I assume a hundred million members"),
    verdict("Latency", Outcome.DEMONSTRATED, Punctuality.ON_TIME, True, "fifty milliseconds at the 99th percentile"),
    verdict("Sample size", Outcome.CANT_TELL, quote="and power of"),
)


CAUSE = RootCause("weak", "Weak production thinking", "There is no way back.", "Rollback was not heard.", 18.75)


def postmortem(score: float | None = 62.5) -> Postmortem:
    scored = score is not None
    return Postmortem(
        round="ml-systems",
        round_title="ML system design",
        question="rank-home",
        question_title="Rank the home page",
        scorecard=Scorecard(
            VERDICTS,
            (
                DimensionScore(SYSTEMS, "ML systems and engineering", 58.0 if scored else None, 7.0, 12.0),
                DimensionScore(METRICS, "Experimentation and metrics", 75.0 if scored else None, 3.0, 4.0),
            ),
            score,
            10.0,
            16.0,
            "10 of 16 points = 62 of 100" if scored else "",
            None if scored else "Only 4 seconds of speech were heard; a score needs at least 10.",
        ),
        root_cause=RootCause(
            "weak", "Weak production thinking", "There is no way back.", "Rollback was not heard.", 18.75
        )
        if scored
        else None,
        fix=Fix("rollback", "Rollback", "Say what makes you go back.", "We flip the flag.") if scored else None,
        delivery=Delivery(83.2, 212, 204.6, 12, 8.43, Span(64.0, 67.25), 4, 2.88, Span(3.0, 61.0)),
        provenance=Provenance("0.1.0", "abc123", "faster-whisper", "tiny.en"),
        notes=("Parts of the recording could not be understood (at 1:20); listen to them.",),
    )


def hostile() -> Postmortem:
    """A postmortem whose every text tries to be something else."""
    made = postmortem()
    assert made.root_cause is not None
    assert made.fix is not None
    verdicts = tuple(
        replace(v, title=HOSTILE, reason=HOSTILE, evidence=tuple(replace(e, quote=HOSTILE) for e in v.evidence))
        for v in made.scorecard.verdicts
    )
    return replace(
        made,
        round_title=HOSTILE,
        question_title=HOSTILE,
        scorecard=replace(
            made.scorecard,
            verdicts=verdicts,
            dimensions=tuple(replace(each, title=HOSTILE) for each in made.scorecard.dimensions),
        ),
        root_cause=replace(made.root_cause, title=HOSTILE, sentence=HOSTILE, because=HOSTILE),
        fix=replace(made.fix, title=HOSTILE, advice=HOSTILE, example=HOSTILE),
        provenance=replace(made.provenance, model=HOSTILE),
        notes=(HOSTILE, "1. one", "- dash", "# title", "=== line"),
    )


def transcript(text: str = "We alert when the drift goes over two") -> Transcript:
    words = [Word(word, 70.0 + i * 0.4, 70.3 + i * 0.4, 0.9) for i, word in enumerate(text.split())]
    unclear = replace(Segment.of_words([Word("mumble", 80.0, 81.0, 0.1)]), unclear="Too noisy.")
    return Transcript((Segment.of_words(words), unclear), 90.0, (Span(70.0, 81.0),))


def account(made: Postmortem | None = None, said: Transcript | None = None) -> Account:
    """A mock of one answer that was not kept."""
    return Account.of_file(made or postmortem(), said)


def follow_up_verdict() -> Verdict:
    """Credited for words in the second turn, which asked for it, after a person had marked them."""
    piece = Evidence("way_back", "we flip everyone back", 0, 21, 4.0, 6.5, 0.9, turn=2)
    return replace(
        verdict("Way back", Outcome.DEMONSTRATED, Punctuality.ON_TIME, True),
        signal="way_back",
        evidence=(piece,),
        reason="Said at 0:04 of the answer to follow-up 1, which asked for it. You marked these words.",
        overruled=Outcome.MISSED,
    )


LONG_POINT = "The smallest effect worth shipping is set from its value and cost, and it gives the sample size."


def conversation(hostile_text: str = "") -> Account:
    """A mock of two questions, the first with two follow-ups and two clarifications, at level senior."""
    text = hostile_text
    point = replace(
        verdict(text or LONG_POINT, Outcome.DEMONSTRATED, Punctuality.ON_TIME, quote=text or "half a point of lift"),
        signal="rank-home/effect",
        key_point=True,
    )
    second = replace(verdict(text or "Staged launch", Outcome.MISSED), question=2, signal="rollout")
    first = postmortem()
    card = replace(
        first.scorecard,
        verdicts=(*VERDICTS, follow_up_verdict(), point, second),
        questions=(
            QuestionScore("rank-home", text or "Rank the home page", 70.0, 7.0, 10.0),
            QuestionScore("notify", text or "Send fewer notifications", None, 0.0, 6.0, "Nobody spoke."),
        ),
    )
    told = (
        Clarified(text or "How many members?", text or "A hundred million.", True, 12.0),
        Clarified(text or "What may it cost?", text or "Nothing more than today.", False, 20.0),
    )
    turns = (
        Turn("rank-home", text or "How would you rank the rows?", "answer-1.flac", clarified=told, end=90.0),
        Turn("rank-home", text or "And if it fails?", None, "follow_up", "way_back", start=90.0, end=100.0),
        Turn("rank-home", text or "What is the launch?", None, "follow_up", "rollback", start=100.0, end=110.0),
        Turn("notify", text or "Send fewer of them.", None, start=110.0, end=120.0),
    )
    said = [transcript(text) if text else transcript(), spoken("we flip everyone back"), spoken("no idea"), None]
    answers = tuple(AnswerFile(turn, each, None) for turn, each in zip(turns, said, strict=True))
    settings = MockSettings("faster-whisper", "tiny.en", None, 300.0, 60.0, "senior")
    name = "2026-11-22T18-30-05-ml-systems-k3f9"
    mock = Mock(
        *(name, "2026-11-22T18:30:05.000+01:00", "ml-systems", "ML system design", "rank-home", "Rank the home page"),
        *(Stage.SCORED, settings, turns, 2, {SYSTEMS: 3}),
    )
    made = replace(first, scorecard=card, level="senior")
    return Account(made, answers, mock, frozenset({3}), 2)


def spoken(text: str) -> Transcript:
    words = [Word(word, i * 0.5, i * 0.5 + 0.4, 0.9) for i, word in enumerate(text.split())]
    return Transcript((Segment.of_words(words),), 10.0, (Span(0.0, 4.0),))


def packet(text: str = "") -> Packet:
    """A packet of two interviews, one still to come."""
    made = postmortem()
    interviews = [
        Interviewed(
            "ml-systems", text or "ML system design", "2026-11-22T18-30-05-ml-systems-k3f9", "2026-11-22", made
        ),
        *(Interviewed(each, text or each.title(), None, None, None) for each in ("coding", "behavioral")),
    ]
    return packet_of(text or "On-site loop", "mid", interviews, Thresholds())
