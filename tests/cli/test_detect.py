"""`mockloop detect`: texts in, JSON Lines out, offsets exact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, spawn

SAID = "If it drops, we roll back to the previous model within minutes."


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_plain_text_from_standard_input(invoke: Invoke) -> None:
    found = invoke("detect", stdin=SAID)
    assert (found.code, found.err) == (0, "")
    (only,) = lines(found.out)
    assert only["id"] == "-"
    for evidence in only["signals"]["rollback"]:
        assert SAID[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_file_of_text_is_called_by_its_name(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text(SAID)
    assert lines(invoke("detect", tmp_path / "said.txt").out)[0]["id"] == "said.txt"


@pytest.mark.parametrize(
    "text",
    [
        f"Line one\r\n\r\nand two:\t{SAID}\r\n",
        f"\ufeffCaf\u00e9 \U0001f600 e\u0301 \u202e\x07 {SAID}",
        f"\x1b[31m{SAID}\x1b[0m \ud800",
    ],
)
def test_offsets_count_the_text_as_it_was_given(invoke: Invoke, text: str) -> None:
    found = invoke("detect", stdin=json.dumps({"id": "a", "text": text}))
    (only,) = lines(found.out)
    evidence = only["signals"]["rollback"]
    assert evidence
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in evidence)
    assert not set(found.out) & {"\x1b", "\x07", "\u202e"}


def test_offsets_of_a_file_keep_its_line_ends(invoke: Invoke, tmp_path: Path) -> None:
    content = f"Well.\r\nCaf\u00e9.\r\n{SAID}"
    (tmp_path / "said.txt").write_bytes(content.encode())
    (only,) = lines(invoke("detect", tmp_path / "said.txt").out)
    assert all(content[each["start"] : each["end"]] == each["quote"] for each in only["signals"]["rollback"])


def test_json_lines_keep_order_and_ids(invoke: Invoke) -> None:
    texts = [("b", SAID), (7, "Nothing to see."), ("a", SAID.replace("roll", "would not roll")), ("b", "")]
    found = invoke("detect", "-", stdin="\n\n".join(json.dumps({"id": i, "text": t}) for i, t in texts))
    got = lines(found.out)
    assert [each["id"] for each in got] == ["b", 7, "a", "b"]
    assert "rollback" in got[0]["signals"]
    assert got[1]["signals"] == got[2]["signals"] == got[3]["signals"] == {}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"id": "a"}', 'has no "text"'),
        ('{"text": "a"}', 'has no "id"'),
        ('{"id": true, "text": "a"}', 'has no "id"'),
        ('{"id": "a", "text": 3}', 'has no "text"'),
        ("[" * 100_000, "is not JSON: it is nested too deeply"),
        ('{"id": ' + "9" * 5000 + "}", "is not JSON: it is nested too deeply or holds giant numbers"),
    ],
)
def test_bad_line_is_named_and_nothing_is_printed(invoke: Invoke, bad: str, reason: str) -> None:
    found = invoke("detect", stdin=f"{json.dumps({'id': 1, 'text': SAID})}\n\n{bad}\n")
    assert (found.code, found.out) == (2, "")
    assert found.error_line.startswith(f"mockloop: Line 3 {reason}")


def test_what_cannot_be_read(invoke: Invoke, tmp_path: Path) -> None:
    assert "No such file" in invoke("detect", tmp_path / "nope").error_line
    assert invoke("detect", tmp_path).code == 2
    latin = invoke("detect", stdin=b"one\ncaf\xe9")
    assert latin.code == 2
    assert "not UTF-8 text: line 2" in latin.error_line
    assert invoke("detect", stdin=" \n").code == 2


def test_empty_json_lines_have_no_texts(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    found = invoke("detect", tmp_path / "none.jsonl")
    assert (found.code, found.out, found.err) == (0, "", "")


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text(SAID)
    found = spawn("detect", tmp_path / "said.txt", "--json")
    assert (found.code, found.err) == (0, "")
    assert "rollback" in lines(found.out)[0]["signals"]
