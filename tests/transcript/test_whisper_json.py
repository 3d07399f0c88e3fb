"""Whisper's JSON: read back by our own reader, which knows the real one."""

from __future__ import annotations

import json

from tui.transcript import Segment, Transcript, Word
from tui.transcript.formats import from_json
from tui.transcript.whisper_json import to_whisper


def test_it_reads_back() -> None:
    said = [Segment.of_words([Word("We", 0.5, 0.7, 0.9), Word("ramp.", 0.8, 1.2, 0.4)])]
    said.append(Segment.of_words([Word("Then", 3.0, 3.2, 0.9), Word("all.", 3.3, 3.6, 0.9)]))
    data = json.loads(json.dumps(to_whisper(Transcript(tuple(said), 4.0))))
    assert data["segments"][1]["words"][0] == {"word": " Then", "start": 3.0, "end": 3.2, "probability": 0.9}
    assert [(each["id"], each["start"], each["end"], each["text"]) for each in data["segments"]] == [
        (0, 0.5, 1.2, " We ramp."),
        (1, 3.0, 3.6, " Then all."),
    ]
    read = from_json(data)
    assert read.text == "We ramp. Then all."
    assert list(read.words) == [word for segment in said for word in segment.words]
