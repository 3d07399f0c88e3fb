"""Numbers as people say them: in digits or words, with units, as percentages and percentiles.

Each reader takes words, a position and a limit, and returns the position after what it read, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.rubric.words import Words

_COUNTS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen half quarter third couple few several".split()
)
_SCALES = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen", "k"})
_JOINTS = frozenset({"point", "and", "oh", "of", "a", "to", "or"})
_ARTICLES = frozenset({"a", "an"})
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth th st nd rd fiftieth ninetieth".split()
)
_UNITS = frozenset(
    "nanosecond ns microsecond us millisecond ms msec milli millis mil second sec s minute min hour hr day week "
    "fortnight month quarter year night".split()
)
_PERCENT = frozenset({"percent", "%", "percentage", "pct", "bps"})


def _is_count(words: Words, at: int, limit: int) -> bool:
    return at < limit and (words.tokens[at].surface[0].isdigit() or words.tokens[at].surface in _COUNTS)


def number(words: Words, at: int, limit: int) -> int | None:
    """A number: "5", "2.5", "forty two", "a hundred", "one point five", "ten to twenty", "10 k"."""
    place = at
    if place < limit and words.tokens[place].surface in _ARTICLES and _is_count(words, place + 1, limit):
        place += 1
    if not _is_count(words, place, limit):
        return None
    place += 1
    while place < limit:
        surface = words.tokens[place].surface
        if _is_count(words, place, limit) or surface in _SCALES:
            place += 1
        elif surface in _JOINTS and _is_count(words, place + 1, limit):
            place += 2
        else:
            break
    return place


def percent(words: Words, at: int, limit: int) -> int | None:
    """A number with percent, a percentage or basis points."""
    end = number(words, at, limit)
    if end is None or end >= limit:
        return None
    surface = words.tokens[end].surface
    if surface == "per" and end + 1 < limit and words.tokens[end + 1].surface == "cent":
        return end + 2
    if surface in _PERCENT:
        point = surface != "%" and end + 1 < limit and "point" in words.tokens[end + 1].lemmas
        return end + 2 if point else end + 1
    basis = surface == "basis" and end + 1 < limit and "point" in words.tokens[end + 1].lemmas
    return end + 2 if basis else None


def duration(words: Words, at: int, limit: int) -> int | None:
    """A number with a unit of time; "second" alone after a number counts as the unit."""
    end = number(words, at, limit)
    if end is None:
        return None
    if end < limit and not _UNITS.isdisjoint(words.tokens[end].forms):
        return end + 1
    # "half a second", "a quarter of an hour": the article belongs to the unit.
    place = end
    while place < limit and words.tokens[place].surface in {"of", "a", "an"}:
        place += 1
    return place + 1 if place < limit and not _UNITS.isdisjoint(words.tokens[place].forms) else None


def percentile(words: Words, at: int, limit: int) -> int | None:
    """ "p95", "p ninety nine", "the 99th percentile", "ninety ninth percentile"."""
    if at >= limit:
        return None
    surface = words.tokens[at].surface
    if surface[0] == "p" and surface[1:].isdigit():
        return at + 1
    if surface in {"p", "pee"}:
        return number(words, at + 1, limit)
    end = number(words, at, limit)
    if end is not None and end < limit and words.tokens[end].surface in _ORDINALS:
        end += 1
    if end is not None and end < limit and "percentile" in words.tokens[end].lemmas:
        return end + 1
    return None


SLOTS: Mapping[str, Callable[[Words, int, int], int | None]] = {
    "number": number,
    "percent": percent,
    "duration": duration,
    "percentile": percentile,
}
"""Readers of the slots that a pattern may name in angle brackets."""
