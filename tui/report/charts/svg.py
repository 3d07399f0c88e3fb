"""Pieces of SVG. Every text and attribute is escaped; looks come from the document's style sheet, by class."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from tui.transcript import one_line

WIDTH = 900
"""Units across every chart; documents scale it to the page."""
CHARACTER = 6.6
"""About how wide a character of a label is, at 12 units of size."""


def chart(height: float, title: str, parts: Iterable[Markup]) -> Markup:
    """A chart of `parts`, with a title for those who cannot see it."""
    inside = Markup("").join(parts)
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, number(height), title, inside
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> Markup:
    """Words at a place; `anchor` is start, middle or end."""
    return Markup('<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>').format(
        number(x), number(y), kind, anchor, one_line(words)
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "") -> Markup:
    """A straight line."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(*map(number, (x1, y1, x2, y2)), kind)


def box(x: float, y: float, width: float, height: float, kind: str = "", title: str = "") -> Markup:
    """A rectangle; `title` is told where a pointer rests on it."""
    told = Markup("<title>{}</title>").format(one_line(title)) if title else Markup("")
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}">{}</rect>').format(
        *map(number, (x, y, width, height)), kind, told
    )


def dot(x: float, y: float, radius: float, kind: str = "", title: str = "") -> Markup:
    """A filled circle."""
    told = Markup("<title>{}</title>").format(one_line(title)) if title else Markup("")
    return Markup('<circle cx="{}" cy="{}" r="{}" class="{}">{}</circle>').format(
        *map(number, (x, y, radius)), kind, told
    )


def path(points: Iterable[tuple[float, float]], kind: str = "") -> Markup:
    """A line through `points`."""
    places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return Markup('<polyline points="{}" class="{}"/>').format(places, kind)


def link(turn: int, start: float, end: float, inside: Markup) -> Markup:
    """Something that plays the seconds from `start` to `end` of answer `turn` when it is clicked."""
    return Markup('<a href="#audio-{}" data-turn="{}" data-start="{}" data-end="{}">{}</a>').format(
        turn, turn, f"{start:.3f}", f"{end:.3f}", inside
    )


def short(words: str, width: float) -> str:
    """`words`, cut so that they fit into `width` units."""
    most = max(4, int(width / CHARACTER))
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def number(value: float) -> str:
    """A number without a useless fraction."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
