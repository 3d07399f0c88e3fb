"""How many people a test of two proportions needs, how long that takes, and what variance reduction saves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

MOST_PER_ARM = 10**13
"""Above this a difference is too small for any experiment, and for floating point."""
LEAST_EVENTS = 10
"""Expected successes and failures in each arm below which the normal approximation is poor."""
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Stratum:
    """A group of people that is known before the experiment."""

    share: float
    """Its share of all people, 0 to 1."""
    rate: float
    """Its baseline, 0 to 1."""


@dataclass(frozen=True)
class Comparison:
    """What an experiment on a proportion is to find out. One of `target`, `lift` and `difference` is given."""

    baseline: float
    """Share of people who do it today, between 0 and 1."""
    target: float | None = None
    """The share that is worth detecting."""
    lift: float | None = None
    """The same as a change relative to the baseline: 0.1 for ten percent more."""
    difference: float | None = None
    """The same as an absolute change, the minimum detectable effect: 0.01 for one percentage point."""
    alpha: float = 0.05
    """Share of false alarms when there is no difference."""
    power: float = 0.8
    """Share of experiments that find the difference when it is there."""
    two_sided: bool = True
    daily: float | None = None
    """People who enter the experiment in a day, both arms together."""
    correlation: float | None = None
    """Correlation of the metric with what was known of a person before (CUPED)."""
    removed: float | None = None
    """Share of the metric's variance that is removed in any way, 0 to 1."""
    strata: tuple[Stratum, ...] = ()
    """Groups that assignment or analysis is stratified by."""


@dataclass(frozen=True)
class SampleSize:
    """What a comparison needs."""

    baseline: float
    target: float
    z_alpha: float
    z_power: float
    per_arm: int
    """People in each of the two arms."""
    days: int | None
    """Days until both arms are full; None when the traffic is not known."""
    removed: float
    """Share of the variance that variance reduction removes; 0 without it."""
    reduced_per_arm: int
    """People in each arm with variance reduction; `per_arm` without it."""
    reduced_days: int | None

    @property
    def difference(self) -> float:
        """The absolute change from baseline to target."""
        return self.target - self.baseline

    @property
    def lift(self) -> float:
        """The change relative to the baseline."""
        return self.difference / self.baseline

    @property
    def approximate(self) -> bool:
        """Whether so few events are expected that the normal approximation behind the numbers is poor."""
        rates = (self.baseline, 1 - self.baseline, self.target, 1 - self.target)
        return self.reduced_per_arm * min(rates) < LEAST_EVENTS


def problems(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """What makes a comparison impossible: the field, and what is wrong with it and was expected."""
    if not 0 < comparison.baseline < 1:
        yield "baseline", f"the baseline is {comparison.baseline:g}; expected a share between 0 and 1"
        return
    given = [name for name in ("target", "lift", "difference") if getattr(comparison, name) is not None]
    if len(given) != 1:
        yield "target", f"{' and '.join(given) or 'no target'} given; expected one of target, lift and difference"
    elif not 0 < _target(comparison) < 1:
        what = f"the {given[0]} leads to {_target(comparison):g}; expected a share between 0 and 1"
        yield given[0], what
    elif not 0 < _unreduced(comparison) < MOST_PER_ARM:
        yield given[0], "baseline and target are (nearly) the same; expected a difference that can be detected"
    if not 0 < comparison.alpha < 0.5:
        yield "alpha", f"alpha is {comparison.alpha:g}; expected a number between 0 and 0.5"
    if not 0.5 <= comparison.power < 1:
        yield "power", f"the power is {comparison.power:g}; expected a number from 0.5 to below 1"
    if comparison.daily is not None and not 1 <= comparison.daily < math.inf:
        yield "daily", f"the daily traffic is {comparison.daily:g}; expected 1 or more people"
    yield from _reduction_problems(comparison)


def _reduction_problems(comparison: Comparison) -> Iterator[tuple[str, str]]:
    ways = [name for name in ("correlation", "removed", "strata") if getattr(comparison, name) not in (None, ())]
    if len(ways) > 1:
        yield ways[-1], f"{' and '.join(ways)} given; expected one way of reducing the variance"
    if comparison.correlation is not None and not -1 < comparison.correlation < 1:
        yield "correlation", f"the correlation is {comparison.correlation:g}; expected a number between -1 and 1"
    if comparison.removed is not None and not 0 <= comparison.removed < 1:
        yield "removed", f"the share of variance removed is {comparison.removed:g}; expected 0 to below 1"
    if not comparison.strata:
        return
    if any(not (0 < stratum.share <= 1 and 0 <= stratum.rate <= 1) for stratum in comparison.strata):
        yield "strata", "a stratum has a share or a rate outside 0 to 1; expected shares of people and of success"
        return
    shares = sum(stratum.share for stratum in comparison.strata)
    mean = sum(stratum.share * stratum.rate for stratum in comparison.strata)
    if abs(shares - 1) > 0.005:
        yield "strata", f"the shares of the strata add up to {shares:g}; expected 1"
    elif abs(mean - comparison.baseline) > 0.05 * comparison.baseline:
        yield "strata", f"the strata have a mean rate of {mean:g}; expected the baseline, {comparison.baseline:g}"
    elif not variance_removed(comparison) < 1:
        yield "strata", "the strata leave no variance; expected rates between 0 and 1"


def sample_size(comparison: Comparison) -> SampleSize:
    """What `comparison` needs, by the normal approximation with unpooled variances:

    n per arm = (z_alpha + z_power)^2 * (p0 (1 - p0) + p1 (1 - p1)) / (p1 - p0)^2,

    with z_alpha at 1 - alpha / 2 for a two-sided test. Fleiss, Levin and Paik, "Statistical Methods for Rates and
    Proportions" (3rd ed., 2003), chapter 4, without the continuity correction. The variance that is removed by a
    covariate or by strata takes its share off n. Raises ValueError for a comparison that has `problems`.
    """
    wrong = next(problems(comparison), None)
    if wrong:
        raise ValueError(wrong[1])
    removed = variance_removed(comparison)
    per_arm = math.ceil(_unreduced(comparison))
    reduced = math.ceil(_unreduced(comparison) * (1 - removed))
    z_alpha, z_power = _quantiles(comparison)
    return SampleSize(
        baseline=comparison.baseline,
        target=_target(comparison),
        z_alpha=z_alpha,
        z_power=z_power,
        per_arm=per_arm,
        days=_days(per_arm, comparison.daily),
        removed=removed,
        reduced_per_arm=reduced,
        reduced_days=_days(reduced, comparison.daily),
    )


def variance_removed(comparison: Comparison) -> float:
    """Share of the metric's variance that variance reduction removes, 0 to 1.

    CUPED removes the squared correlation (Deng, Xu, Kohavi and Walker, WSDM 2013); strata remove the variance between
    their means, sum w (p_h - p)^2 / (p (1 - p)) for a proportion (Cochran, "Sampling Techniques", chapter 5).
    """
    if comparison.correlation is not None:
        return comparison.correlation**2
    if comparison.strata:
        strata = comparison.strata
        total = sum(stratum.share for stratum in strata)
        mean = sum(stratum.share * stratum.rate for stratum in strata) / total
        between = sum(stratum.share * (stratum.rate - mean) ** 2 for stratum in strata) / total
        return between / (mean * (1 - mean)) if 0 < mean < 1 else 0.0
    return comparison.removed or 0.0


def _target(comparison: Comparison) -> float:
    if comparison.target is not None:
        return comparison.target
    if comparison.lift is not None:
        return comparison.baseline * (1 + comparison.lift)
    return comparison.baseline + (comparison.difference or 0.0)


def _quantiles(comparison: Comparison) -> tuple[float, float]:
    tail = comparison.alpha / 2 if comparison.two_sided else comparison.alpha
    # At tiny tails 1 - tail is 1: the lower quantile is the same number with its sign turned.
    return -NormalDist().inv_cdf(tail), NormalDist().inv_cdf(comparison.power)


def _unreduced(comparison: Comparison) -> float:
    """People per arm before rounding; infinite when there is no difference."""
    before, after = comparison.baseline, _target(comparison)
    spread = before * (1 - before) + after * (1 - after)
    squared = (after - before) ** 2
    usable = 0 < comparison.alpha < 0.5 and 0.5 <= comparison.power < 1
    quantiles = sum(_quantiles(comparison)) if usable else 1.0
    return quantiles**2 * spread / squared if squared else math.inf


def _days(per_arm: int, daily: float | None) -> int | None:
    return None if daily is None else math.ceil(2 * per_arm / daily)


def reference_lines(comparison: Comparison) -> tuple[str, ...]:
    """The reference numbers for one question, a sentence each, as a candidate could say them.

    Raises ValueError for a comparison that has `problems`.
    """
    size = sample_size(comparison)
    side = "two-sided" if comparison.two_sided else "one-sided"
    lines = [
        "n per arm = (z_alpha + z_power)² · (p0(1 − p0) + p1(1 − p1)) / (p1 − p0)².",
        f"From {percent(size.baseline)} to {percent(size.target)} ({percent(size.lift, signed=True)} relative), "
        f"alpha {comparison.alpha:g} {side} (z {size.z_alpha:.2f}), power {comparison.power:g} (z {size.z_power:.2f}): "
        f"{size.per_arm:,} per arm, {2 * size.per_arm:,} in all.",
    ]
    if size.days is not None:
        lines.append(f"At {comparison.daily:,.0f} people a day in both arms together: {duration(size.days)}.")
    if size.removed:
        shorter = f", {duration(size.reduced_days)}" if size.reduced_days is not None else ""
        lines.append(
            f"{_way(comparison)} removes {percent(size.removed)} of the variance: "
            f"{size.reduced_per_arm:,} per arm{shorter}."
        )
    if comparison.two_sided and comparison.alpha == 0.05 and comparison.power == 0.8:
        rough = 16 * size.baseline * (1 - size.baseline) / size.difference**2
        lines.append(f"In your head: 16 · p0(1 − p0) / (p1 − p0)², about {float(f'{rough:.2g}'):,.0f} per arm.")
    if size.approximate:
        lines.append("So few events are expected that the formula is rough: an exact test needs more people.")
    return tuple(lines)


def duration(days: int) -> str:
    """`days`, and the whole weeks that an experiment runs for, so that each day of the week counts alike."""
    weeks = math.ceil(days / DAYS_OF_WEEK)
    return f"{days:,} {'day' if days == 1 else 'days'}, so {weeks:,} full {'week' if weeks == 1 else 'weeks'}"


def percent(share: float, signed: bool = False) -> str:
    """`share` as a percentage with up to four significant digits."""
    number = f"{share * 100:+.4g}" if signed else f"{share * 100:.4g}"
    return f"{number} %"


def _way(comparison: Comparison) -> str:
    if comparison.correlation is not None:
        return f"CUPED with a correlation of {comparison.correlation:g}"
    return "Stratifying" if comparison.strata else "Variance reduction"
