"""What the recogniser's process and its parent say to each other: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tui.errors import AudioFileError, BadInputError, MockloopError, ModelError, StorageError
from tui.transcript import Segment, Span, Word

Message = dict[str, Any]

TRANSCRIBE = "transcribe"
"""A file, from `start` up to `end` seconds."""
FOLLOW = "follow"
"""A recording that still grows."""
END = "end"
"""A recording that is followed is complete, with `seconds`."""
CANCEL = "cancel"

LOADED = "loaded"
NOT_LOADED = "not_loaded"
PIECE = "piece"
"""One more piece is done: `share` of the audio, 0 to 1, and `segment`, which is null when nothing was said in it."""
HEARD = "heard"
"""More of the audio has been heard, without a piece being complete."""
DONE = "done"
FAILED = "failed"
CANCELLED = "cancelled"

_ERRORS: dict[str, type[MockloopError]] = {
    kind.__name__: kind for kind in (AudioFileError, BadInputError, ModelError, StorageError)
}


def to_line(message: Message) -> bytes:
    """`message` as one line of ASCII."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def from_line(line: bytes) -> Message | None:
    """The message in `line`, or None when it is none."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def segment_out(segment: Segment | None) -> Message | None:
    """`segment` for JSON."""
    if segment is None:
        return None
    words = [[w.text, w.start, w.end, w.probability] for w in segment.words]
    return {"words": words, "unclear": segment.unclear}


def segment_in(message: Message | None) -> Segment | None:
    """The segment that `segment_out` made into `message`."""
    if message is None:
        return None
    return Segment.of_words((Word(*word) for word in message["words"]), message["unclear"])


def spans_out(spans: Sequence[Span]) -> list[list[float]]:
    """`spans` for JSON, to the millisecond."""
    return [[round(span.start, 3), round(span.end, 3)] for span in spans]


def spans_in(message: Sequence[Sequence[float]]) -> tuple[Span, ...]:
    """The spans that `spans_out` made into `message`."""
    return tuple(Span(start, end) for start, end in message)


def error_out(error: Exception) -> Message:
    """`error` for JSON; one that is not ours becomes a ModelError."""
    if isinstance(error, MockloopError):
        return {"kind": type(error).__name__, "sentence": error.sentence, "remedy": error.remedy}
    return {
        "kind": ModelError.__name__,
        "sentence": f"The recogniser failed ({type(error).__name__}).",
        "remedy": "The recording is kept; try again, or use another engine or model.",
    }


def error_in(message: Message) -> MockloopError:
    """The error that `error_out` made into `message`."""
    return _ERRORS.get(message["kind"], ModelError)(message["sentence"], message["remedy"])
