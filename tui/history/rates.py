"""Shares with how sure one can be of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""Two-sided 95 %."""


@dataclass(frozen=True)
class Rate:
    """`count` of `n`."""

    count: int
    n: int

    @property
    def share(self) -> float | None:
        """0 to 1, or None of nothing."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share (Wilson 1927), or None of nothing."""
        if not self.n:
            return None
        share, square = self.count / self.n, Z * Z
        middle = (share + square / (2 * self.n)) / (1 + square / self.n)
        half = Z / (1 + square / self.n) * sqrt(share * (1 - share) / self.n + square / (4 * self.n * self.n))
        # At the ends the formula gives the end exactly, up to rounding.
        low = 0.0 if self.count == 0 else max(0.0, middle - half)
        high = 1.0 if self.count == self.n else min(1.0, middle + half)
        return low, high


def difference(one: Rate, other: Rate) -> tuple[float, float] | None:
    """The 95 % interval of `one`'s share minus `other`'s (Newcombe 1998, method 10); None where one is of nothing."""
    first, second = one.interval, other.interval
    if first is None or second is None or one.share is None or other.share is None:
        return None
    apart = one.share - other.share
    low = apart - sqrt((one.share - first[0]) ** 2 + (second[1] - other.share) ** 2)
    high = apart + sqrt((first[1] - one.share) ** 2 + (other.share - second[0]) ** 2)
    return low, high
