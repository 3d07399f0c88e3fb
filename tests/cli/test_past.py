"""`history`, `show`, `delete` and `reindex` on a real history."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, Result
from tests.history.real import add, labelled
from tui.history.store import History


@pytest.fixture
def two_mocks(invoke: Invoke, text_answer: Path) -> list[str]:
    """Ids of two scored mocks, the newer last."""
    rounds = ("ml-systems", "behavioral")
    return [invoke("score", text_answer, "--round", each, "--save", "--json").json["id"] for each in rounds]


def test_history_lists_the_newest_first(invoke: Invoke, two_mocks: list[str]) -> None:
    assert [row["id"] for row in invoke("history", "--json").json] == two_mocks[::-1]
    assert [row["id"] for row in invoke("history", "--json", "--limit", 1).json] == two_mocks[1:]
    assert [row["id"] for row in invoke("history", "--json", "--round", "ml-systems").json] == two_mocks[:1]
    head, *rows = invoke("history").out.splitlines()
    assert head.split()[:2] == ["ID", "SCORE"]
    assert [row.split()[0] for row in rows] == two_mocks[::-1]


def test_empty_history(invoke: Invoke) -> None:
    assert invoke("history", "--json").json == []
    assert "No mocks yet" in invoke("history").out
    assert invoke("show", "last").code == 2


def test_show_by_id_part_and_last(invoke: Invoke, two_mocks: list[str]) -> None:
    for name in (two_mocks[0], two_mocks[0][-4:]):
        assert invoke("show", name, "--json").json["id"] == two_mocks[0]
    assert invoke("show", "last", "--json").json["id"] == two_mocks[1]
    assert "two tower model" in invoke("show", "last").out


def test_show_unknown(invoke: Invoke, two_mocks: list[str]) -> None:
    for name in ("nope", "../../etc/passwd", ""):
        found = invoke("show", name)
        assert (found.code, found.out) == (2, "")
        assert two_mocks[0] in found.error_line


def test_a_damaged_transcript_leaves_the_postmortem(invoke: Invoke, two_mocks: list[str], own_folders: Path) -> None:
    (own_folders / "home" / two_mocks[0] / "transcript-1.1.json").write_text("{")
    found = invoke("show", two_mocks[0])
    assert (found.code, found.err) == (0, "")
    assert "Score " in found.out
    assert "The transcript cannot be shown" in found.out
    data = invoke("show", two_mocks[0], "--json").json
    assert data["transcript"] is None
    assert any("cannot be shown" in note for note in data["notes"])


def test_delete_needs_a_yes(invoke: Invoke, two_mocks: list[str], own_folders: Path) -> None:
    found = invoke("delete", two_mocks[0])
    assert found.code == 2
    assert "--yes" in found.error_line
    assert (own_folders / "home" / two_mocks[0]).is_dir()


@pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, 1), ("n\n", 130, 2), ("\n", 130, 2)])
def test_delete_asks_on_a_terminal(
    invoke: Invoke, two_mocks: list[str], monkeypatch: pytest.MonkeyPatch, answer: str, code: int, left: int
) -> None:
    monkeypatch.setattr("tui.cli.upkeep.is_terminal", lambda stream: stream is sys.stdin)
    found = invoke("delete", two_mocks[0], stdin=answer)
    assert found.code == code
    assert "for good?" in found.err
    assert len(invoke("history", "--json").json) == left


def test_delete_removes_the_folder(invoke: Invoke, two_mocks: list[str], own_folders: Path) -> None:
    found = invoke("delete", two_mocks[0], "--yes", "--json")
    assert found.json == {"deleted": 1}
    assert not (own_folders / "home" / two_mocks[0]).exists()
    assert [row["id"] for row in invoke("history", "--json").json] == two_mocks[1:]


def test_one_unknown_id_deletes_nothing(invoke: Invoke, two_mocks: list[str]) -> None:
    assert invoke("delete", two_mocks[0], "nope", "--yes").code == 2
    assert len(invoke("history", "--json").json) == 2


def test_delete_by_date_and_all(invoke: Invoke, two_mocks: list[str]) -> None:
    assert "nothing to delete" in invoke("delete", "--before", "2001-01-01", "--yes").out
    assert invoke("delete", "--all", "--yes").out == "Deleted 2 mocks.\n"
    assert invoke("history", "--json").json == []


def test_a_day_before_all_time_is_bad_usage(invoke: Invoke, two_mocks: list[str]) -> None:
    found = invoke("delete", "--before", "0001-01-01", "--yes")
    assert (found.code, found.out) == (2, "")
    assert "there are no mocks from before 1970" in found.error_line
    assert len(invoke("history", "--json").json) == 2


@pytest.mark.parametrize("options", [[], ["--all", "--before", "2026-01-01"], ["x", "--all"], ["--before", "soon"]])
def test_delete_wants_one_choice(invoke: Invoke, options: list[str]) -> None:
    found: Result = invoke("delete", *options, "--yes")
    assert found.code == 2
    assert found.error_line.endswith("Try `mockloop delete --help`.")


def test_reindex_tells_of_damage(invoke: Invoke, two_mocks: list[str], own_folders: Path) -> None:
    assert invoke("reindex", "--json").json == {"mocks": 2, "damaged": []}
    (own_folders / "home" / two_mocks[0] / "mock.json").write_text("{")
    found = invoke("reindex")
    assert found.code == 0
    assert two_mocks[0] in found.err
    assert [damage["mock"] for damage in invoke("reindex", "--json").json["damaged"]] == two_mocks[:1]


def test_two_takes_side_by_side(invoke: Invoke, text_answer: Path, tmp_path: Path) -> None:
    options = ("--round", "ml-systems", "--question", "video-recommendation", "--save", "--json")
    first = invoke("score", text_answer, *options).json["id"]
    assert "no earlier take" in invoke("show", "last", "--against", "previous").error_line
    short = tmp_path / "short.txt"
    short.write_text(" ".join(text_answer.read_text().split()[:60]))
    second = invoke("score", short, *options).json["id"]
    data = invoke("show", second, "--against", first, "--json").json
    assert {data["earlier"]["mock"], data["later"]["mock"]} == {first, second}
    assert any(each["change"] in {"better", "worse"} for each in data["signals"])
    text = invoke("show", second, "--against", first)
    assert text.code == 0
    assert "EARLIER" in text.out
    itself = invoke("show", second, "--against", "last")
    assert (itself.code, itself.out) == (2, "")
    assert "beside itself" in itself.error_line


def test_every_answer_of_a_mock_is_shown(invoke: Invoke, own_folders: Path) -> None:
    history = History(own_folders / "home")
    mock = add(
        history, [("", labelled()[0]["text"]), ("rollback", "We roll back to the version before.")], "ml-systems"
    )
    data = invoke("show", mock, "--json").json
    assert [(each["turn"], each["kind"], each["about"]) for each in data["answers"]] == [
        (1, "question", None),
        (2, "follow_up", "rollback"),
    ]
    assert data["revision"] == 1
    for piece in (piece for row in data["signals"] for piece in row["evidence"]):
        text = data["answers"][piece["turn"] - 1]["transcript"]["text"]
        assert text[piece["start"] : piece["end"]] == piece["quote"]
    text = invoke("show", mock).out
    assert "Answer 2. Follow-up 1\n" in text
    assert "0:00  We roll back to the version before." in text
