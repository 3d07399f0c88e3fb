"""The calculator on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Invoke


def test_text(invoke: Invoke) -> None:
    done = invoke("samplesize", "--baseline", "10%", "--target", "0.11")
    assert (done.code, done.err) == (0, "")
    assert "14,749 per" in done.out


def test_json(invoke: Invoke) -> None:
    done = invoke("samplesize", "--baseline", "10%", "--mde", "1%", "--daily", "5000", "--correlation", ".6", "--json")
    data = done.json
    assert (data["per_arm"], data["total"], data["days"]) == (14_749, 29_498, 6)
    assert (data["reduced_per_arm"], data["reduced_days"]) == (9_439, 4)
    assert (data["target"], data["lift"]) == (0.11, 0.1)


def test_strata(invoke: Invoke) -> None:
    done = invoke("samplesize", "--baseline", ".1", "--lift", "10%", "--stratum", "50%:5%", "--stratum", ".5:.15")
    assert "Stratifying removes 2.778 % of the variance: 14,339 per arm" in done.out.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--target", "0.1"], "--baseline"),
        (["--baseline", "0.1"], "one of --target, --lift and --mde"),
        (["--baseline", "0.1", "--target", "0.2", "--mde", "0.1"], "one of --target, --lift and --mde"),
        (["--baseline", "0.1", "--target", "0.2", "--removed", "0.1", "--correlation", "0.1"], "at most one of"),
        (["--baseline", "ten", "--target", "0.1"], "not a number"),
        (["--baseline", "0.1", "--target", "inf"], "not a number"),
        (["--baseline", "10", "--target", "11"], "expected a share between 0 and 1"),
        (["--baseline", "0.1", "--target", "0.2", "--stratum", "0.5"], "SHARE:RATE"),
    ],
)
def test_bad_input_is_one_sentence(invoke: Invoke, arguments: list[str], words: str) -> None:
    done = invoke("samplesize", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.error_line
