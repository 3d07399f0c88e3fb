"""The packet: what the interviews of a loop come to, read as a hiring committee would, with the rule that it used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tui.interview.loop import Thresholds
from tui.rubric.verdicts import Evidence, Outcome, Postmortem, Punctuality, Verdict

MOST_EVIDENCE = 5
"""Pieces of the strongest and of the weakest evidence that are listed."""
LEAST_SHARE = 0.5
"""Share of the interviews that must have a score before the packet is read."""


class Step(IntEnum):
    """The four-step reading of interviewers."""

    STRONG_NO = 1
    NO = 2
    YES = 3
    STRONG_YES = 4

    @property
    def words(self) -> str:
        return self.name.replace("_", " ").lower()


def step_of(score: float, thresholds: Thresholds) -> Step:
    """What a score from 0 to 100 reads as."""
    if score >= thresholds.strong_yes:
        return Step.STRONG_YES
    if score >= thresholds.yes:
        return Step.YES
    return Step.NO if score >= thresholds.no else Step.STRONG_NO


@dataclass(frozen=True)
class Interviewed:
    """One interview of the loop with what it came to."""

    round: str
    title: str
    mock: str | None
    """Id of the mock, or None before it took place."""
    created: str | None
    postmortem: Postmortem | None
    """None before it took place or while it waits to be scored."""

    @property
    def score(self) -> float | None:
        return self.postmortem.scorecard.overall if self.postmortem else None


@dataclass(frozen=True)
class Area:
    """One dimension over all interviews."""

    dimension: str
    title: str
    score: float
    """0 to 100: points earned of points possible, over all scored interviews."""
    earned: float
    possible: float
    interviews: int
    """How many interviews had a say in it."""
    step: Step


@dataclass(frozen=True)
class Finding:
    """A verdict that speaks for or against, and the interview it comes from."""

    interview: Interviewed
    verdict: Verdict

    @property
    def evidence(self) -> Evidence | None:
        return self.verdict.evidence[0] if self.verdict.evidence else None


@dataclass(frozen=True)
class Packet:
    """Everything a committee would look at."""

    title: str
    level: str
    interviews: tuple[Interviewed, ...]
    areas: tuple[Area, ...]
    strongest: tuple[Finding, ...]
    weakest: tuple[Finding, ...]
    score: float | None
    """Mean of the interviews' scores, 0 to 100, or None."""
    reading: Step | None
    """None when too few interviews have a score."""
    rule: str
    """The rule that gave the reading, with the numbers it looked at."""
    would_change: tuple[str, ...]
    """What would lift the reading by a step, a sentence each."""

    @property
    def complete(self) -> bool:
        """Whether every interview has a score."""
        return all(interview.score is not None for interview in self.interviews)


def packet_of(title: str, level: str, interviews: Sequence[Interviewed], thresholds: Thresholds) -> Packet:
    """The packet of a loop with these `interviews`, of which some may still be to come."""
    scored = [interview for interview in interviews if interview.score is not None]
    areas = _areas(scored, thresholds)
    scores = [interview.score for interview in scored if interview.score is not None]
    mean = sum(scores) / len(scores) if scores else None
    findings = [
        Finding(interview, verdict)
        for interview in scored
        if interview.postmortem
        for verdict in interview.postmortem.scorecard.verdicts
    ]
    reading = _read(mean, areas, thresholds) if mean is not None and _enough(scored, interviews) else None
    return Packet(
        title=title,
        level=level,
        interviews=tuple(interviews),
        areas=areas,
        strongest=_strongest(findings),
        weakest=_weakest(findings),
        score=mean,
        reading=reading,
        rule=_rule(reading, mean, areas, len(scored), len(interviews), thresholds),
        would_change=_would_change(reading, mean, areas, findings, thresholds),
    )


def _enough(scored: Sequence[Interviewed], interviews: Sequence[Interviewed]) -> bool:
    return bool(scored) and len(scored) >= LEAST_SHARE * len(interviews)


def _areas(scored: Sequence[Interviewed], thresholds: Thresholds) -> tuple[Area, ...]:
    sums: dict[str, tuple[str, float, float, int]] = {}
    for interview in scored:
        for each in interview.postmortem.scorecard.dimensions if interview.postmortem else ():
            title, earned, possible, count = sums.get(each.dimension, (each.title, 0.0, 0.0, 0))
            sums[each.dimension] = (title, earned + each.earned, possible + each.possible, count + 1)
    found = []
    for dimension, (title, earned, possible, count) in sums.items():
        if not possible:
            continue
        score = 100.0 * earned / possible
        found.append(Area(dimension, title, score, earned, possible, count, step_of(score, thresholds)))
    return tuple(found)


def _read(mean: float, areas: Sequence[Area], thresholds: Thresholds) -> Step:
    """The reading: no higher than the mean says, and held back by areas that are weak."""
    weakest = min((area.score for area in areas), default=mean)
    step = step_of(mean, thresholds)
    if step is Step.STRONG_YES and weakest < thresholds.yes:
        step = Step.YES
    if step is Step.YES and weakest < thresholds.no:
        step = Step.NO
    if step is Step.NO and sum(area.score < thresholds.no for area in areas) >= 2 and mean < thresholds.yes:
        step = Step.STRONG_NO
    return step


def _rule(
    reading: Step | None, mean: float | None, areas: Sequence[Area], scored: int, of: int, thresholds: Thresholds
) -> str:
    if reading is None or mean is None:
        return f"{scored} of {of} interviews have a score; a reading needs at least half of them."
    weakest = min(areas, key=lambda area: area.score, default=None)
    floor = f", and the weakest area is {weakest.title} at {weakest.score:.0f}" if weakest else ""
    strong_yes, yes, no = thresholds.strong_yes, thresholds.yes, thresholds.no
    rules = {
        Step.STRONG_YES: f"Strong yes: the mean is at least {strong_yes:g} and no area is under {yes:g}.",
        Step.YES: f"Yes: the mean is at least {yes:g} and no area is under {no:g}.",
        Step.NO: f"No: the mean is under {yes:g}, or an area is under {no:g}.",
        Step.STRONG_NO: f"Strong no: the mean is under {no:g}, or under {yes:g} with two areas under {no:g}.",
    }
    so_far = "" if scored == of else f" {of - scored} of {of} interviews still open: this is a reading so far."
    of_what = "the only score" if scored == 1 else f"the mean of {scored} interviews"
    return f"{rules[reading]} Here {of_what} is {mean:.0f}{floor}.{so_far}"


def _would_change(
    reading: Step | None,
    mean: float | None,
    areas: Sequence[Area],
    findings: Sequence[Finding],
    thresholds: Thresholds,
) -> tuple[str, ...]:
    if reading is None or mean is None or reading is Step.STRONG_YES:
        return ()
    goal = Step(reading + 1)
    wanted = {Step.NO: thresholds.no, Step.YES: thresholds.yes, Step.STRONG_YES: thresholds.strong_yes}[goal]
    floor = {Step.NO: 0.0, Step.YES: thresholds.no, Step.STRONG_YES: thresholds.yes}[goal]
    if goal is Step.NO and sum(area.score < thresholds.no for area in areas) >= 2:
        floor = thresholds.no
    found = []
    if mean < wanted:
        found.append(f"The mean is {mean:.0f}; a {goal.words} wants {wanted:g}.")
    for area in sorted(areas, key=lambda area: area.score):
        if area.score < floor:
            cost = _costliest(area, findings)
            hint = f" {cost}" if cost else ""
            found.append(f"{area.title} is at {area.score:.0f}; a {goal.words} wants {floor:g} there.{hint}")
    if mean < wanted and len(found) == 1:
        weakest = min(areas, key=lambda area: area.score, default=None)
        cost = _costliest(weakest, findings) if weakest else ""
        if weakest and cost:
            found.append(f"Most is to be gained in {weakest.title}. {cost}")
    return tuple(found)


def _costliest(area: Area, findings: Sequence[Finding]) -> str:
    """The signal that cost the area most, as a sentence with the points it would bring."""
    lost: dict[str, tuple[str, float]] = {}
    for finding in findings:
        verdict = finding.verdict
        if verdict.dimension == area.dimension and verdict.outcome is not Outcome.CANT_TELL:
            title, sum_ = lost.get(verdict.signal, (verdict.title, 0.0))
            lost[verdict.signal] = (title, sum_ + _lost(verdict))
    if not lost or not area.possible:
        return ""
    title, worst = max(lost.values(), key=lambda item: item[1])
    if not worst:
        return ""
    return (
        f"{title.rstrip('.')}, wherever it was asked for, would bring {100 * worst / area.possible:.0f} points there."
    )


def _strongest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was heard on time and of the candidate's own accord, the weightiest first."""
    good = [
        finding
        for finding in findings
        if finding.verdict.outcome is Outcome.DEMONSTRATED
        and finding.verdict.punctuality is Punctuality.ON_TIME
        and not finding.verdict.prompted
        and finding.evidence is not None
    ]
    return tuple(_varied(sorted(good, key=lambda finding: -finding.verdict.weight)))


def _weakest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What cost most."""
    bad = [
        finding
        for finding in findings
        if finding.verdict.outcome is not Outcome.CANT_TELL and _lost(finding.verdict) > 0
    ]
    return tuple(_varied(sorted(bad, key=lambda finding: -_lost(finding.verdict))))


def _varied(findings: Iterable[Finding]) -> list[Finding]:
    """The first of each signal, at most MOST_EVIDENCE."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        kept.setdefault(finding.verdict.signal, finding)
    return list(kept.values())[:MOST_EVIDENCE]


def _lost(verdict: Verdict) -> float:
    return verdict.weight * (1.0 - verdict.credit)
