"""`mockloop samplesize`: how many people an experiment on a proportion needs."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import click

from tui.cli.context import json_option
from tui.cli.output import paragraph, print_json, say
from tui.errors import BadInputError
from tui.interview.samplesize import Comparison, Stratum, problems, reference_lines, sample_size


def number(text: str) -> float:
    """`text`, such as 0.1 or 10%, as a number. Raises BadParameter."""
    plain = str(text).strip()
    try:
        found = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise click.BadParameter(f"{plain!r} is not a number such as 0.1 or 10%.")
    return found


def stratum(text: str) -> Stratum:
    """`text` is the share of all people and their rate, such as 0.3:0.15. Raises BadParameter."""
    share, colon, rate = text.partition(":")
    if not colon:
        raise click.BadParameter(f"{text!r} is not SHARE:RATE, such as 0.3:0.15.")
    return Stratum(number(share), number(rate))


@click.command()
@click.option("--baseline", type=number, required=True, metavar="P", help="Share today, such as 0.1 or 10%.")
@click.option("--target", type=number, metavar="P", help="Share that is worth detecting.")
@click.option("--lift", type=number, metavar="R", help="The same, relative to the baseline: 5% for 10% to 10.5%.")
@click.option("--mde", "difference", type=number, metavar="D", help="The same, as an absolute difference: 0.5%.")
@click.option("--alpha", type=number, default=0.05, metavar="P", show_default=True, help="Share of false alarms.")
@click.option(
    "--power", type=number, default=0.8, metavar="P", show_default=True, help="Share of true differences found."
)
@click.option("--one-sided", is_flag=True, help="Test in one direction only.")
@click.option("--daily", type=number, metavar="N", help="People a day in both arms together: gives the duration.")
@click.option("--correlation", type=number, metavar="R", help="CUPED: correlation with what was known before.")
@click.option("--removed", type=number, metavar="S", help="Share of the variance removed, however that is done.")
@click.option(
    "--stratum", "strata", type=stratum, multiple=True, metavar="SHARE:RATE", help="A stratum; give each one."
)
@json_option
def samplesize(one_sided: bool, as_json: bool, **given: Any) -> None:
    """How many people an experiment on a proportion needs.

    Two arms of equal size, by the two-proportion formula. Give the baseline and one of --target, --lift and --mde; at
    most one of --correlation, --removed and --stratum. Numbers may end in %.
    """
    # The rules of the calculator name its fields; here they are options.
    if sum(given[each] is not None for each in ("target", "lift", "difference")) != 1:
        raise click.UsageError("Give one of --target, --lift and --mde")
    if sum((given["correlation"] is not None, given["removed"] is not None, bool(given["strata"]))) > 1:
        raise click.UsageError("Give at most one of --correlation, --removed and --stratum")
    comparison = Comparison(two_sided=not one_sided, **given)
    wrong = next((what for _, what in problems(comparison)), "")
    if wrong:
        raise BadInputError(f"{wrong[:1].upper()}{wrong[1:]}.")
    if as_json:
        print_json(_data(comparison))
        return
    for line in reference_lines(comparison):
        say(paragraph(line))


def _data(comparison: Comparison) -> dict[str, Any]:
    size = sample_size(comparison)
    return {
        **asdict(comparison),
        **asdict(size),
        "target": round(size.target, 12),
        "difference": round(size.difference, 12),
        "lift": round(size.lift, 12),
        "total": 2 * size.per_arm,
        "reduced_total": 2 * size.reduced_per_arm,
        "approximate": size.approximate,
    }
