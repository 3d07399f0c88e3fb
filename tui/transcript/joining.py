"""Several answers as one stretch of speech, for figures about all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.transcript.types import Segment, Span, Transcript


def joined(transcripts: Sequence[Transcript]) -> Transcript:
    """`transcripts` one behind the other, as if each began when the audio before it ended.

    With any text without audio among them, the whole has no times.
    """
    if len(transcripts) == 1:
        return transcripts[0]
    if not all(transcript.timed for transcript in transcripts):
        return Transcript.of_text(" ".join(transcript.text for transcript in transcripts))
    segments: list[Segment] = []
    voice: list[Span] = []
    start = 0.0
    for transcript in transcripts:
        segments += [_later(segment, start) for segment in transcript.segments]
        voice += [Span(span.start + start, span.end + start) for span in transcript.voice]
        start += transcript.audio_seconds or 0.0
    return Transcript(tuple(segments), audio_seconds=start, voice=tuple(voice))


def _later(segment: Segment, seconds: float) -> Segment:
    def later(moment: float | None) -> float | None:
        return None if moment is None else moment + seconds

    words = tuple(replace(word, start=later(word.start), end=later(word.end)) for word in segment.words)
    return replace(segment, words=words, start=later(segment.start), end=later(segment.end))
