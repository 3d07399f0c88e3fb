"""Transcripts as the JSON that openai-whisper writes, for tools that read that."""

from __future__ import annotations

from typing import Any

from tui.transcript.clean import clean, one_line
from tui.transcript.types import Segment, Transcript


def to_whisper(transcript: Transcript) -> dict[str, Any]:
    """A timed `transcript` with the keys of openai-whisper that are known here; `from_json` reads it back."""
    return {
        "text": clean(transcript.text),
        "segments": [_segment(number, segment) for number, segment in enumerate(transcript.segments)],
        "language": "en",
    }


def _segment(number: int, segment: Segment) -> dict[str, Any]:
    return {
        "id": number,
        "start": segment.start or 0.0,
        "end": segment.end or 0.0,
        # Whisper's segments and words carry the space before them.
        "text": f" {clean(segment.text)}",
        "words": [
            {"word": f" {one_line(word.text)}", "start": word.start, "end": word.end, "probability": word.probability}
            for word in segment.words
        ],
    }
