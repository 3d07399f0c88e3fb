"""Sample sizes against statsmodels' and against their own power."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import NormalDist

import pytest

from tui.interview.samplesize import Comparison, Stratum, problems, reference_lines, sample_size, variance_removed

# normal_sample_size_one_tail(diff, power, alpha / 2, std) of statsmodels 0.14, std^2 = p0 q0 + p1 q1.
KNOWN = [
    (Comparison(0.1, target=0.11), 14_749),
    (Comparison(0.05, target=0.055, power=0.9), 41_810),
    (Comparison(0.4, target=0.402, alpha=0.01), 1_402_633),
    (Comparison(0.02, target=0.025), 13_807),
]


@pytest.mark.parametrize(("comparison", "per_arm"), KNOWN)
def test_known_sizes(comparison: Comparison, per_arm: int) -> None:
    assert sample_size(comparison).per_arm == per_arm


def test_target_lift_and_difference_say_the_same() -> None:
    sizes = [sample_size(Comparison(0.1, **way)) for way in ({"target": 0.12}, {"lift": 0.2}, {"difference": 0.02})]
    assert {size.per_arm for size in sizes} == {sizes[0].per_arm}
    assert all(size.lift == pytest.approx(0.2) and size.difference == pytest.approx(0.02) for size in sizes)


def test_a_drop_takes_as_many_as_the_mirrored_rise() -> None:
    drop = sample_size(Comparison(0.2, target=0.18))
    assert drop.per_arm == sample_size(Comparison(0.18, target=0.2)).per_arm
    assert drop.lift == pytest.approx(-0.1)


def test_simulated_experiments_of_that_size_have_the_power() -> None:
    comparison = Comparison(0.2, target=0.3)
    n = sample_size(comparison).per_arm
    rng = random.Random(4)
    found = 0
    for _ in range(1500):
        before, after = (sum(rng.random() < rate for _ in range(n)) / n for rate in (0.2, 0.3))
        error = ((before * (1 - before) + after * (1 - after)) / n) ** 0.5
        found += 2 * NormalDist().cdf(-abs(after - before) / error) < 0.05
    assert found / 1500 == pytest.approx(0.8, abs=0.035)


def test_a_one_sided_test_needs_fewer() -> None:
    comparison = Comparison(0.1, lift=0.1)
    assert sample_size(replace(comparison, two_sided=False)).per_arm < sample_size(comparison).per_arm


def test_cuped_takes_the_squared_correlation_off() -> None:
    size = sample_size(Comparison(0.1, target=0.11, daily=5000, correlation=-0.6))
    assert (size.removed, size.reduced_per_arm) == (pytest.approx(0.36), 9_439)
    assert (size.days, size.reduced_days) == (6, 4)


def test_strata_take_the_variance_between_them_off() -> None:
    rng = random.Random(1)
    strata = (Stratum(0.7, 0.05), Stratum(0.3, 0.9))
    outcomes = [[float(rng.random() < stratum.rate) for _ in range(int(20_000 * stratum.share))] for stratum in strata]

    def spread(values: list[float]) -> float:
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values) / len(values)

    within = sum(stratum.share * spread(values) for stratum, values in zip(strata, outcomes, strict=True))
    between = 1 - within / spread([value for values in outcomes for value in values])
    assert variance_removed(Comparison(0.305, target=0.32, strata=strata)) == pytest.approx(between, abs=0.02)


def test_equal_strata_remove_nothing() -> None:
    size = sample_size(Comparison(0.1, target=0.11, strata=(Stratum(0.4, 0.1), Stratum(0.6, 0.1))))
    assert size.reduced_per_arm == size.per_arm


@pytest.mark.parametrize(
    ("comparison", "field", "words"),
    [
        (Comparison(0.0, target=0.1), "baseline", "between 0 and 1"),
        (Comparison(float("nan"), target=0.1), "baseline", "between 0 and 1"),
        (Comparison(0.1), "target", "no target given"),
        (Comparison(0.1, target=0.2, lift=1), "target", "target and lift given"),
        (Comparison(0.5, lift=1.5), "lift", "leads to 1.25"),
        (Comparison(0.5, difference=-0.5), "difference", "leads to 0"),
        (Comparison(0.5, target=0.5), "target", "nearly"),
        (Comparison(0.5, difference=1e-200), "difference", "nearly"),
        (Comparison(0.1, target=0.2, alpha=0), "alpha", "0 and 0.5"),
        (Comparison(0.1, target=0.2, power=1), "power", "0.5 to below 1"),
        (Comparison(0.1, target=0.2, daily=0), "daily", "1 or more people"),
        (Comparison(0.1, target=0.2, daily=0.2), "daily", "1 or more people"),
        (Comparison(0.1, target=0.2, correlation=1), "correlation", "-1 and 1"),
        (Comparison(0.1, target=0.2, removed=1), "removed", "below 1"),
        (Comparison(0.1, target=0.2, removed=0.1, correlation=0.1), "removed", "one way"),
        (Comparison(0.1, target=0.2, strata=(Stratum(0.5, 0.1),)), "strata", "add up to 0.5"),
        (Comparison(0.1, target=0.2, strata=(Stratum(1, 0.3),)), "strata", "mean rate"),
        (Comparison(0.1, target=0.2, strata=(Stratum(-1, 0.1), Stratum(2, 0.1))), "strata", "outside 0 to 1"),
        (Comparison(0.5, target=0.6, strata=(Stratum(0.5, 0), Stratum(0.5, 1))), "strata", "no variance"),
    ],
)
def test_what_cannot_be_is_told(comparison: Comparison, field: str, words: str) -> None:
    (place, what) = next(problems(comparison))
    assert place == field
    assert words in what
    with pytest.raises(ValueError, match="expected"):
        sample_size(comparison)


def test_the_reference_names_formula_terms_and_numbers() -> None:
    lines = reference_lines(Comparison(0.1, lift=0.1, daily=1000, removed=0.25))
    text = " ".join(lines)
    for wanted in ("per arm", "alpha 0.05 two-sided (z 1.96)", "power 0.8 (z 0.84)", "14,749 per arm", "29,498 in all"):
        assert wanted in text
    assert "30 days, so 5 full weeks" in text
    assert "removes 25 % of the variance: 11,062 per arm, 23 days, so 4 full weeks" in text


def test_too_few_events_for_the_approximation_are_told() -> None:
    assert "rough" in reference_lines(Comparison(0.001, lift=9))[-1]
    assert not sample_size(Comparison(0.1, lift=0.1)).approximate
