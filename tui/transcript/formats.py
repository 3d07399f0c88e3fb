"""Transcripts as files: JSON, plain text, SRT and WebVTT."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tui.errors import BadInputError
from tui.transcript.captions import to_srt, to_vtt
from tui.transcript.clean import clean, one_line
from tui.transcript.json_reader import SCHEMA, from_json
from tui.transcript.types import Segment, Transcript, Word

__all__ = ["SCHEMA", "from_json", "read_transcript", "to_json", "to_srt", "to_text", "to_vtt"]

MOST_BYTES = 20_000_000
"""Largest file that is read as a transcript; ten hours of speech are about 8 MB of JSON."""


def to_json(transcript: Transcript) -> dict[str, Any]:
    """`transcript` as a JSON object that `from_json` reads back; times in seconds, None without audio."""
    return {
        "schema": SCHEMA,
        "text": clean(transcript.text),
        "segments": [_segment(segment) for segment in transcript.segments],
        "words": [_word(word) for word in transcript.words],
        "audio_seconds": transcript.audio_seconds,
        "elapsed_seconds": transcript.elapsed_seconds,
        "engine": one_line(transcript.engine),
        "model": one_line(transcript.model),
        "voice": [{"start": span.start, "end": span.end} for span in transcript.voice],
        "notes": [one_line(note) for note in transcript.notes],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "text": clean(segment.text),
        "start": segment.start,
        "end": segment.end,
        "words": [_word(word) for word in segment.words],
        "unclear": None if segment.unclear is None else one_line(segment.unclear),
    }


def _word(word: Word) -> dict[str, Any]:
    return {"text": one_line(word.text), "start": word.start, "end": word.end, "probability": word.probability}


def to_text(transcript: Transcript) -> str:
    """What was said, one segment a line, ending with a line end; empty when nothing was said."""
    return "".join(f"{text}\n" for segment in transcript.segments if (text := clean(segment.text).strip()))


def read_transcript(path: Path) -> Transcript:
    """The transcript in a `.txt` file (its text) or a `.json` file (see `from_json`). Raises BadInputError."""
    name = one_line(path.name)
    kind = path.suffix.lower()
    if kind not in {".txt", ".json"}:
        raise BadInputError(f"{name} is no transcript: expected a .txt or a .json file.")
    text = _read(path, name)
    if kind == ".txt":
        return Transcript.of_text(clean(text).strip())
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInputError(f"{name} is not JSON: line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError) as error:
        raise BadInputError(
            f"{name} is not a transcript: its JSON is nested too deeply or holds giant numbers."
        ) from error
    return from_json(data, name)


def _read(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            raise BadInputError(f"{name} is a folder: expected a transcript as a .txt or a .json file.")
        if path.stat().st_size > MOST_BYTES:
            raise BadInputError(f"{name} is too large for a transcript (over {MOST_BYTES // 1_000_000} MB).")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputError(f"There is no file {one_line(str(path))}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise BadInputError(f"{name} cannot be read: {error.strerror}.") from error
    if not clean(text).strip():
        raise BadInputError(f"{name} is empty.", "Give a file with the words that were said.")
    return text
