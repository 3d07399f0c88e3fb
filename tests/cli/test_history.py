"""`history` with filters and a search, on a real history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Invoke


@pytest.fixture
def mock(invoke: Invoke, text_answer: Path) -> str:
    """Id of a scored mock."""
    return invoke("score", text_answer, "--round", "ml-systems", "--save", "--json").json["id"]


def test_a_search_shows_the_words_around_it(invoke: Invoke, mock: str) -> None:
    found = invoke("history", "--search", '"two tower"')
    assert found.code == 0
    assert found.out.startswith(mock)
    assert "two tower model" in found.out
    (hit,) = invoke("history", "--search", "two tower", "--json").json
    assert (hit["id"], hit["turn"]) == (mock, 1)
    text = invoke("show", mock, "--json").json["transcript"]["text"]
    assert text[hit["start"] :].startswith("two")


def test_filters_narrow_the_list(invoke: Invoke, mock: str) -> None:
    data = invoke("show", mock, "--json").json
    missed = next(each["signal"] for each in data["signals"] if each["outcome"] == "missed")
    heard = next(each["signal"] for each in data["signals"] if each["outcome"] == "demonstrated")

    def ids(*options: object) -> list[str]:
        return [row["id"] for row in invoke("history", *options, "--json").json]

    assert ids("--signal", missed, "--outcome", "missed") == [mock]
    assert ids("--signal", heard, "--outcome", "missed") == []
    assert ids("--outcome", "missed") == ids("--outcome", "demonstrated") == [mock]
    assert ids("--min-score", int(data["score"]), "--max-score", 100) == [mock]
    assert ids("--until", "2020-01-01") == []
    assert "Nothing like that" in invoke("history", "--until", "2020-01-01").out


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--search", "--"), "no word to search for"),
        (("--signal", "rolback"), "no signal rolback"),
        (("--round", "nope"), "no round nope"),
        (("--min-score", "101"), "not in the range"),
        (("--min-score", "nan"), "not a valid float range"),
        (("--since", "soon"), "'soon' is not a day such as 2027-01-31"),
        (("--since", "2026-13-45"), "is not a day"),
        (("--outcome", "great"), "is not one of"),
        (("--since", "2026-02-02", "--until", "2026-02-01"), "later day"),
        (("--min-score", "90", "--max-score", "10"), "--min-score is more"),
    ],
)
def test_bad_filters_are_one_line(invoke: Invoke, mock: str, options: tuple[str, ...], what: str) -> None:
    found = invoke("history", *options)
    assert (found.code, found.out) == (2, "")
    assert what in found.error_line
