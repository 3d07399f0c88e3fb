"""What is listened for in the answer to one question, and how much each thing weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tui.interview.types import LEVELS, KeyPoint, Level, Question, Round, area_of
from tui.rubric.types import Expected, Rubric, Signal, Timing

EMPHASIS = 1.5
"""Factor on the weight of a signal that a question puts emphasis on."""


def expected(
    rubric: Rubric, round_: Round, question: Question | None = None, level: Level | None = None
) -> tuple[Expected, ...]:
    """The signals that `round_` scores in `question` and the key points of it, with their weights at `level`."""
    stressed = set(question.emphasis) if question else set()
    left_out = set(question.leave_out) if question else set()
    factors = level.weights if level else {}
    found: list[Expected] = []
    for id_, own in round_.signals.items():
        if id_ in left_out:
            continue
        signal = rubric.signals[id_]
        weight = signal.weight if own is None else own
        weight *= (EMPHASIS if id_ in stressed else 1.0) * factors.get(id_, 1.0)
        found.append(Expected(signal, weight, importance=weight))
    for point in question.key_points if question else ():
        if _due(point, level):
            assert question
            signal = as_signal(rubric, round_, question, point)
            found.append(Expected(signal, point.weight, key_point=True, importance=point.weight))
    return _shared_out(tuple(found), round_.dimensions)


def dimensions(rubric: Rubric, round_: Round) -> dict[str, str]:
    """The areas that `round_` is scored on, with their titles, in the rubric's order."""
    scored = {rubric.signals[signal].dimension for signal in round_.signals} | {round_.dimension}
    return {id_: dimension.title for id_, dimension in rubric.dimensions.items() if id_ in scored}


def as_signal(rubric: Rubric, round_: Round, question: Question, point: KeyPoint) -> Signal:
    """A key point in the form in which detection and scoring know what they listen for."""
    examples = point.examples.match
    return Signal(
        id=f"{question.id}/{point.id}",
        title=point.point,
        dimension=point.dimension or area_of(round_, rubric),
        weight=point.weight,
        timing=Timing.ANYWHERE,
        mistake=rubric.scoring.key_point_mistake,
        advice=_advice(point),
        example=examples[0] if examples else "",
        follow_up=point.follow_up,
        patterns=point.rules,
        allow=point.allow,
        examples=point.examples,
    )


def _advice(point: KeyPoint) -> str:
    asked = f" An interviewer would ask: {point.follow_up}" if point.follow_up else ""
    return f"Say it in your own words, with the reason behind it.{asked}"


def _due(point: KeyPoint, level: Level | None) -> bool:
    """Whether `point` is expected at `level`; without a level, or at one of a person's own, everything is."""
    if level is None or level.id not in LEVELS or point.level not in LEVELS:
        return True
    return LEVELS.index(point.level) <= LEVELS.index(level.id)


def _shared_out(found: tuple[Expected, ...], shares: Mapping[str, float]) -> tuple[Expected, ...]:
    """`found` with weights that give each dimension its share of the same total; without shares as it is."""
    own = {item.signal.dimension for item in found}
    here = {dimension: share for dimension, share in shares.items() if dimension in own and share > 0}
    if not here:
        return found
    total = sum(item.weight for item in found)
    sums = {dimension: sum(item.weight for item in found if item.signal.dimension == dimension) for dimension in own}
    whole = sum(here.values())
    # A dimension without a share keeps the weights it has; the others divide what is left of the total.
    left = total - sum(weight for dimension, weight in sums.items() if dimension not in here)
    return tuple(
        replace(item, weight=item.weight * left * here[item.signal.dimension] / whole / sums[item.signal.dimension])
        if item.signal.dimension in here
        else item
        for item in found
    )
