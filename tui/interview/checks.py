"""What can be wrong in the file of a round, a question or the levels that has the right shape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from tui.interview.loop import Loop, Thresholds
from tui.interview.samplesize import problems as sample_size_problems
from tui.interview.task_checks import task_problems
from tui.interview.types import LEVELS, KeyPoint, Level, Question, Round
from tui.rubric.language import PatternError, PatternReader
from tui.rubric.shape import Place
from tui.rubric.types import PatternRule, Rubric
from tui.rubric.yaml_file import Document, Problem, unknown


def level_problems(document: Document[Any], levels: Iterable[Level], rubric: Rubric) -> Iterator[Problem]:
    """What is wrong with `levels.yaml`."""
    for position, level in enumerate(levels):
        for signal, factor in level.weights.items():
            if signal not in rubric.signals:
                what = unknown("signal", signal, rubric.signals)
                yield document.problem(what, "levels", position, "weights", signal)
            elif not factor >= 0:
                what = f"the factor on {signal!r} is {factor:g}; expected 0 or more"
                yield document.problem(what, "levels", position, "weights", signal)


def loop_problems(
    document: Document[Any],
    loops: Iterable[Loop],
    reading: Thresholds | None,
    rounds: Collection[str],
    left_out: Collection[str] = (),
) -> Iterator[Problem]:
    """What is wrong with `loops.yaml`; `left_out` are rounds whose own file is wrong, which has been told."""
    if reading and not 0 < reading.no < reading.yes < reading.strong_yes <= 100:
        yield document.problem("'reading' is out of order; expected 0 < no < yes < strong_yes <= 100", "reading")
    for position, loop in enumerate(loops):
        if not loop.interviews:
            yield document.problem("'interviews' is empty; expected at least one round", "loops", position)
        if loop.break_minutes < 0:
            what = f"'break_minutes' is {loop.break_minutes:g}; expected 0 or more"
            yield document.problem(what, "loops", position, "break_minutes")
        for place, interview in enumerate(loop.interviews):
            if interview.round not in rounds:
                what = unknown("round", interview.round, rounds)
                if interview.round in left_out:
                    what = f"the round {interview.round!r} was left out, because its file is wrong"
                yield document.problem(what, "loops", position, "interviews", place)


def round_problems(
    document: Document[Round], rubric: Rubric, broken: Collection[str], elsewhere: Collection[str], patterns: bool
) -> Iterator[Problem]:
    """What is wrong with a round's file.

    `broken` are signals whose own file is wrong, which has been told; `elsewhere` are ids of its questions in files of
    their own; `patterns` says whether to read patterns, which takes most of the time.
    """
    round_ = document.value
    for key in ("minutes", "practice_minutes", "full_questions"):
        if not getattr(round_, key) > 0:
            yield document.problem(f"{key!r} is {getattr(round_, key):g}; expected a number above 0", key)
    for key in ("think_seconds", "follow_ups"):
        if getattr(round_, key) < 0:
            yield document.problem(f"{key!r} is {getattr(round_, key):g}; expected 0 or more", key)
    if not round_.signals:
        yield document.problem("'signals' is empty; expected the ids of the signals to score", "signals")
    for signal, weight in round_.signals.items():
        if signal not in rubric.signals and signal not in broken:
            yield document.problem(unknown("signal", signal, rubric.signals), "signals", signal)
        elif weight is not None and not weight > 0:
            what = f"the weight of {signal!r} is {weight:g}; expected a number above 0, or nothing"
            yield document.problem(what, "signals", signal)
    yield from _dimension_problems(document, rubric)
    seen: set[str] = set()
    for position, question in enumerate(round_.questions):
        if question.id in seen or question.id in elsewhere:
            what = f"there are two questions {question.id!r}; expected ids of their own"
            yield document.problem(what, "questions", position)
        seen.add(question.id)
        checker = _QuestionChecker(document, ("questions", position), round_.signals, rubric, patterns)
        yield from checker.problems(question)


def _dimension_problems(document: Document[Round], rubric: Rubric) -> Iterator[Problem]:
    round_ = document.value
    if round_.dimension and round_.dimension not in rubric.dimensions:
        yield document.problem(unknown("dimension", round_.dimension, rubric.dimensions), "dimension")
    for name, share in round_.dimensions.items():
        if name not in rubric.dimensions:
            yield document.problem(unknown("dimension", name, rubric.dimensions), "dimensions", name)
        elif not 0 <= share <= 1:
            what = f"the share of {name!r} is {share:g}; expected 0 to 1"
            yield document.problem(what, "dimensions", name)


def question_problems(
    document: Document[Question], signals: Collection[str], rubric: Rubric, patterns: bool
) -> Iterator[Problem]:
    """What is wrong with the file of a question, which may name `signals`."""
    yield from _QuestionChecker(document, (), signals, rubric, patterns).problems(document.value)


class _QuestionChecker:
    """Checks one question that stands at `place` in `document`."""

    def __init__(
        self, document: Document[Any], place: Place, signals: Collection[str], rubric: Rubric, patterns: bool
    ) -> None:
        self._document = document
        self._place = place
        self._signals = signals
        self._rubric = rubric
        self._reader = PatternReader(rubric.words) if patterns else None

    def problems(self, question: Question) -> Iterator[Problem]:
        """Everything that is wrong with `question`."""
        yield from self._level(question.level, "level")
        points = {f"{question.id}/{point.id}" for point in question.key_points} | {p.id for p in question.key_points}
        for key in ("emphasis", "leave_out"):
            for place, signal in enumerate(getattr(question, key)):
                if signal not in self._signals:
                    yield self._problem(self._not_scored(signal), key, place)
        for signal in question.follow_ups:
            if signal not in self._signals and signal not in points:
                yield self._problem(self._not_scored(signal), "follow_ups", signal)
        if len({point.id for point in question.key_points}) < len(question.key_points):
            yield self._problem("two key points have one id; expected ids of their own", "key_points")
        for number, point in enumerate(question.key_points):
            yield from self._point(point, "key_points", number)
        for number, clarification in enumerate(question.clarifications):
            yield from self._patterns(clarification.rules, (), "clarifications", number, "patterns")
        for where, what in task_problems(question.task) if question.task and self._reader else ():
            yield self._problem(what, "task", *where)
        for name, what in sample_size_problems(question.sample_size) if question.sample_size else ():
            yield self._problem(what, "sample_size", name)

    def _point(self, point: KeyPoint, *place: str | int) -> Iterator[Problem]:
        yield from self._level(point.level, *place, "level")
        if not point.patterns:
            yield self._problem("'patterns' is empty; expected at least one pattern", *place, "patterns")
        if not point.weight > 0:
            yield self._problem(f"'weight' is {point.weight:g}; expected a number above 0", *place, "weight")
        if point.dimension and point.dimension not in self._rubric.dimensions:
            what = unknown("dimension", point.dimension, self._rubric.dimensions)
            yield self._problem(what, *place, "dimension")
        yield from self._patterns(point.rules, point.allow, *place, "patterns")

    def _patterns(self, rules: Iterable[PatternRule], allow: Iterable[str], *place: str | int) -> Iterator[Problem]:
        scopes = [scope.id for scope in self._rubric.scopes]
        for name in allow:
            if name not in scopes:
                yield self._problem(unknown("scope", name, scopes), *place[:-1], "allow")
        for position, rule in enumerate(rules):
            for name in rule.allow:
                if name not in scopes:
                    yield self._problem(unknown("scope", name, scopes), *place, position, "allow")
            for source in (rule.match, *rule.unless, *rule.near) if self._reader else ():
                try:
                    assert self._reader
                    self._reader.read(source)
                except PatternError as error:
                    yield self._problem(str(error), *place, position)

    def _level(self, level: str, *place: str | int) -> Iterator[Problem]:
        if level not in LEVELS:
            yield self._problem(unknown("level", level, LEVELS), *place)

    def _not_scored(self, signal: str) -> str:
        known = ", ".join(self._signals)
        return f"{signal!r} is not among the signals of this round; expected one of: {known}"

    def _problem(self, what: str, *place: str | int) -> Problem:
        return self._document.problem(what, *self._place, *place)
