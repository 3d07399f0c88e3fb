"""Transcripts written and read again, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.errors import BadInputError
from tui.transcript import Segment, Span, Transcript, Word
from tui.transcript.formats import from_json, read_transcript, to_json, to_text


def spoken() -> Transcript:
    first = Segment.of_words([Word("We", 0.5, 0.7, 0.99), Word("ramp", 0.7, 1.1, 0.8), Word("up.", 1.1, 1.5, None)])
    second = Segment.of_words([Word("Then", 3.0, 3.2, 0.4), Word("all.", 3.2, 3.6, 0.5)], unclear="Too noisy.")
    return Transcript(
        (first, second), 5.25, (Span(0.4, 1.6), Span(2.9, 3.7)), 0.8, "faster-whisper", "tiny.en", ("Cut short.",)
    )


def whispers() -> dict[str, object]:
    """JSON in the shape that openai-whisper writes with --word_timestamps True."""
    return {
        "text": " We ramp up. Then all.",
        "language": "en",
        "segments": [
            {
                "id": 0,
                "seek": 0,
                "start": 0.5,
                "end": 1.5,
                "text": " We ramp up.",
                "tokens": [1, 2],
                "avg_logprob": -0.2,
                "words": [
                    {"word": " We", "start": 0.5, "end": 0.7, "probability": 0.99},
                    {"word": " ramp", "start": 0.7, "end": 1.1, "probability": 0.8},
                    {"word": " up.", "start": 1.1, "end": 1.5, "probability": 0.7},
                ],
            },
            {"id": 1, "start": 3.0, "end": 4.0, "text": " Then all."},
        ],
    }


def test_a_transcript_survives_the_way_through_json() -> None:
    assert from_json(json.loads(json.dumps(to_json(spoken())))) == spoken()


def test_a_text_survives_with_its_line_ends() -> None:
    text = Transcript.of_text("First line,\n  second\tline.\n")
    again = from_json(to_json(text))
    assert again == text
    assert not again.timed


def test_json_has_the_published_keys() -> None:
    data = to_json(spoken())
    assert data["text"] == "We ramp up. Then all."
    assert data["words"][1] == {"text": "ramp", "start": 0.7, "end": 1.1, "probability": 0.8}
    assert [segment["unclear"] for segment in data["segments"]] == [None, "Too noisy."]
    assert {"audio_seconds", "elapsed_seconds", "engine", "model", "voice", "notes", "schema"} <= data.keys()


def test_whispers_json_is_read_with_its_words() -> None:
    transcript = from_json(whispers())
    assert transcript.text == "We ramp up. Then all."
    assert transcript.audio_seconds == 4.0
    assert transcript.seconds_of(3, 7) == Span(0.7, 1.1)
    assert transcript.voiced_seconds == pytest.approx(2.0)


def test_words_without_times_are_placed_in_their_segment_and_said_to_be() -> None:
    transcript = from_json(whispers())
    then, last = transcript.segments[1].words
    assert then.start == 3.0
    assert last.end == pytest.approx(4.0)
    assert then.end == last.start
    assert any("placed evenly" in note for note in transcript.notes)


def test_a_corrected_text_wins_over_the_words_recognised() -> None:
    data = to_json(spoken())
    data["segments"][0]["text"] = "We canary first."
    transcript = from_json(data)
    assert transcript.text.startswith("We canary first.")
    assert transcript.seconds_of(3, 9) is not None


def test_text_from_outside_is_cleaned() -> None:
    data = whispers()
    data["segments"] = [{"start": 0, "end": 2, "text": " \x1b[31mred\x1b[0m\x07 [bold]\u202etext"}]
    assert from_json(data).text == "red [bold]text"


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        None,
        "text",
        {"text": "only text"},
        {"segments": "none"},
        {"segments": [3]},
        {"segments": [{"text": 4}]},
        {"segments": [{"text": "no times"}]},
        {"segments": [{"text": "a", "start": "0", "end": 1}]},
        {"segments": [{"text": "a", "start": -1, "end": 1}]},
        {"segments": [{"text": "a", "start": float("nan"), "end": 1}]},
        {"segments": [{"text": "a", "start": 10**400, "end": 1}]},
        {"segments": [{"text": "a", "start": True, "end": 1}]},
        {"segments": [{"text": "a", "start": 0, "end": 1, "words": [{"text": "a"}]}]},
        {"segments": [{"text": "a", "start": 0, "end": 1, "words": {}}]},
        {"schema": 99, "segments": []},
        {"schema": "1", "segments": []},
        {"schema": 1, "segments": [], "voice": [3]},
        {"schema": 1, "segments": [], "engine": 3},
    ],
)
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(BadInputError):
        from_json(data)


def test_the_error_says_where_and_what_was_expected() -> None:
    data = whispers()
    data["segments"][1]["end"] = "four"  # type: ignore[index]
    with pytest.raises(BadInputError, match=r"segments\[1\]\.end should be a number of seconds, but is 'four'"):
        from_json(data)


def test_text_has_a_segment_a_line() -> None:
    assert to_text(spoken()) == "We ramp up.\nThen all.\n"
    assert to_text(Transcript()) == ""


def test_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffWe roll back.\r\nFast.\n".encode())
    (tmp_path / "a.JSON").write_text(json.dumps(to_json(spoken())))
    assert read_transcript(tmp_path / "a.txt").text == "We roll back.\nFast."
    assert read_transcript(tmp_path / "a.JSON") == spoken()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.txt", None, "There is no file"),
        ("empty.txt", b" \n\x07\n", "is empty"),
        ("empty.json", b"", "is empty"),
        ("latin.txt", "caf\xe9".encode("latin-1"), "not UTF-8"),
        ("torn.json", b'{"schema": 1, "segm', "not JSON: line 1"),
        ("deep.json", b"[" * 100_000, "not a transcript|not JSON"),
        ("giant.json", b'{"segments": [' + b"9" * 5000 + b"]}", "giant numbers"),
        ("speech.wav", b"RIFF", "expected a .txt or a .json"),
    ],
)
def test_unreadable_files_are_one_sentence(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputError, match=says) as caught:
        read_transcript(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_transcript(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(BadInputError, match="is a folder"):
        read_transcript(tmp_path / "folder.txt")
