"""`correct`, `rescore` and `retranscribe` on real mocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Invoke


@pytest.fixture
def mock(invoke: Invoke, text_answer: Path) -> str:
    """Id of a scored mock."""
    return invoke("score", text_answer, "--round", "ml-systems", "--save", "--json").json["id"]


def outcome(invoke: Invoke, mock: str, signal: str) -> tuple[str, str | None]:
    rows = invoke("show", mock, "--json").json["signals"]
    found = next(row for row in rows if row["signal"] == signal)
    return found["outcome"], found["overruled"]


def test_i_did_say_that_and_taking_it_back(invoke: Invoke, mock: str, own_folders: Path) -> None:
    rows = invoke("show", mock, "--json").json["signals"]
    signal = next(row["signal"] for row in rows if row["outcome"] == "missed")
    found = invoke("correct", mock, "--signal", signal, "--heard", "a two tower model")
    assert (found.code, found.err) == (0, "")
    assert "reading 2" in found.out
    assert signal in found.out
    assert outcome(invoke, mock, signal) == ("demonstrated", "missed")
    personal = next(row["personal"] for row in invoke("signals", "--json").json if row["id"] == signal)
    assert (personal["known_missed"]["count"], personal["known_missed"]["n"]) == (1, 1)
    assert f"{signal} overlooked in 1 of 1" in " ".join(invoke("signals").out.split())
    data = invoke("correct", mock, "--signal", signal, "--undo", "--json").json
    assert (data["revision"], [each["signal"] for each in data["changed"]]) == (3, [signal])
    assert outcome(invoke, mock, signal) == ("missed", None)
    folder = own_folders / "home" / mock
    assert {path.name for path in folder.glob("postmortem.*")} == {f"postmortem.{n}.json" for n in (1, 2, 3)}


def test_a_wrong_credit(invoke: Invoke, mock: str) -> None:
    rows = invoke("show", mock, "--json").json["signals"]
    signal = next(row["signal"] for row in rows if row["outcome"] == "demonstrated")
    assert invoke("correct", mock, "--signal", signal, "--not-heard").code == 0
    assert outcome(invoke, mock, signal) == ("missed", "demonstrated")
    again = invoke("correct", mock, "--signal", signal, "--not-heard")
    assert (again.code, "was not credited" in again.error_line) == (2, True)


def test_corrected_words(invoke: Invoke, mock: str, tmp_path: Path) -> None:
    text = invoke("show", mock, "--json").json["transcript"]["text"]
    file = tmp_path / "right.txt"
    file.write_text(text.replace("two tower", "three tower"))
    assert "reading 2" in invoke("correct", mock, "--turn", 1, "--text", file).out
    assert "three tower" in invoke("show", mock, "--json").json["transcript"]["text"]
    assert [row["id"] for row in invoke("history", "--search", "three tower", "--json").json] == [mock]
    assert "nothing changed" in invoke("correct", mock, "--text", file).out


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ((), "Give either --signal or --text"),
        (("--signal", "rollback"), "--heard QUOTE"),
        (("--signal", "rollback", "--heard", "x", "--not-heard"), "--heard QUOTE"),
        (("--signal", "nope", "--heard", "two tower"), "Nothing called nope"),
        (("--signal", "rollback", "--heard", "never ever said"), "not in the transcript"),
        (("--signal", "rollback", "--heard", "two tower", "--turn", "2"), "no --turn"),
        (("--signal", "nope", "--undo"), "nope was not listened for"),
        (("--text", "missing.txt", "--not-heard"), "--turn alone"),
        (("--text", "missing.txt", "--question", "1"), "--turn alone"),
        (("--text", "missing.txt"), "no file"),
        (("--text", "words.json"), ".txt"),
    ],
)
def test_bad_corrections_are_one_line(invoke: Invoke, mock: str, options: tuple[str, ...], what: str) -> None:
    found = invoke("correct", mock, *options)
    assert (found.code, found.out) == (2, "")
    assert what in found.error_line


def test_all_are_scored_again(invoke: Invoke, mock: str, own_folders: Path) -> None:
    assert "nothing changed" in invoke("rescore", mock).out
    rubric = own_folders / "home" / "rubrics" / "rubric.yaml"
    rubric.parent.mkdir()
    rubric.write_text("schema: 1\ndimensions:\n  - {id: coding, title: Coding and more}\n")
    (data,) = invoke("rescore", "--all", "--json").json
    assert (data["mock"], data["revision"], data["changed"]) == (mock, 2, [])
    assert invoke("rescore").code == 2


def test_what_has_no_audio_cannot_be_recognised_again(invoke: Invoke, mock: str) -> None:
    found = invoke("retranscribe", mock)
    assert (found.code, "no recording" in found.error_line) == (1, True)
    assert invoke("retranscribe", "--all", "--json").json == []


def test_a_recording_is_recognised_again(invoke: Invoke, short_answer: Path, own_folders: Path) -> None:
    mock = invoke("score", short_answer, "--round", "ml-systems", "--save", "--json").json["id"]
    # The kept copy is not the file, bit by bit: only from the second time on the same is heard for certain.
    invoke("retranscribe", mock)
    before = {path.name for path in (own_folders / "home" / mock).glob("transcript-1.*")}
    (data,) = invoke("retranscribe", mock, "--json").json
    assert (data["changed"], data["revision"]) == ([], None)
    assert {path.name for path in (own_folders / "home" / mock).glob("transcript-1.*")} == before
    for audio in (own_folders / "home" / mock).glob("answer-1.*"):
        audio.unlink()
    assert invoke("retranscribe", "--all", "--json").json == []
