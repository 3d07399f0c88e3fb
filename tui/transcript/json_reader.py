"""Transcripts from JSON: our own, and the one that openai-whisper writes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from tui.errors import BadInputError
from tui.transcript.clean import clean, one_line
from tui.transcript.types import Segment, Span, Transcript, Word

SCHEMA = 1
"""Version of the JSON that mockloop writes."""
EXPECTED = 'Expected a transcript from mockloop, or openai-whisper\'s JSON: an object with a list "segments".'
ESTIMATED = "Some words had no times in the file; they were placed evenly within their segment."
VOICE_UNKNOWN = "The file does not say where voice was detected; its segments count as voice."


def from_json(data: Any, name: str = "The transcript") -> Transcript:
    """The transcript in parsed JSON `data`, of our own kind or openai-whisper's; `name` begins the error sentences.

    Text is cleaned; words without times are placed within their segment. Raises BadInputError, which says what was
    expected.
    """
    reader = _Reader(name)
    if not isinstance(data, dict) or not isinstance(data.get("segments"), list):
        raise BadInputError(f"{name} is not a transcript.", EXPECTED)
    return reader.ours(data) if "schema" in data else reader.whispers(data)


class _Reader:
    """Checks values on the way in; `estimated` notes that times had to be placed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.estimated = False

    def ours(self, data: dict[str, Any]) -> Transcript:
        schema = data["schema"]
        if type(schema) is not int or schema < 1:
            raise BadInputError(f"{self.name} has an unknown schema.", f'Expected "schema": {SCHEMA}.')
        if schema > SCHEMA:
            raise BadInputError(f"{self.name} was written by a newer mockloop (schema {schema}).", "Update mockloop.")
        audio = self.seconds(data, "audio_seconds", "")
        segments = self.segments(data, "text", timed=audio is not None)
        voice = [self.span(item, f"voice[{i}]") for i, item in enumerate(self.items(data, "voice", ""))]
        notes = [one_line(note) for note in self.items(data, "notes", "") if isinstance(note, str)]
        return Transcript(
            segments=segments,
            audio_seconds=audio,
            voice=tuple(voice),
            elapsed_seconds=self.seconds(data, "elapsed_seconds", ""),
            engine=one_line(self.string(data, "engine", "")),
            model=one_line(self.string(data, "model", "")),
            notes=self.with_estimate(notes),
        )

    def whispers(self, data: dict[str, Any]) -> Transcript:
        segments = self.segments(data, "word", timed=True)
        for i, segment in enumerate(segments):
            if segment.start is None or segment.end is None:
                raise BadInputError(f'{self.name}: segments[{i}] has no "start" and "end".', EXPECTED)
        spans = [Span(s.start, s.end) for s in segments if s.start is not None and s.end is not None and s.text]
        audio = max((segment.end or 0.0 for segment in segments), default=0.0)
        return Transcript(
            segments=segments,
            audio_seconds=audio,
            voice=_merged(spans),
            engine="openai-whisper",
            notes=self.with_estimate([VOICE_UNKNOWN]),
        )

    def with_estimate(self, notes: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*notes, ESTIMATED] if self.estimated else notes))

    def segments(self, data: dict[str, Any], word_key: str, timed: bool) -> tuple[Segment, ...]:
        items = self.items(data, "segments", "")
        return tuple(self.segment(item, f"segments[{i}]", word_key, timed) for i, item in enumerate(items))

    def segment(self, item: Any, where: str, word_key: str, timed: bool) -> Segment:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise self.wrong(where, 'an object with "text"', item)
        start, end = self.seconds(item, "start", where), self.seconds(item, "end", where)
        if start is not None and end is not None:
            end = max(start, end)
        text = clean(item["text"])
        # Whisper's segments begin with a space; in our own, white space may be a plain text's, whose offsets count.
        text = text.strip() if word_key == "word" else text
        entries = self.items(item, "words", where)
        words = [self.word(word, f"{where}.words[{i}]", word_key) for i, word in enumerate(entries)]
        words = [word for word in words if word.text]
        unclear = item.get("unclear")
        segment = Segment(text, tuple(words), start, end, one_line(unclear) if isinstance(unclear, str) else None)
        return self.placed(segment, timed)

    def placed(self, segment: Segment, timed: bool) -> Segment:
        """`segment` with every word found in its text and, when `timed`, with times."""
        words = segment.words
        if not _spells(words, segment.text):
            words = Segment.of_text(segment.text).words
        known = all(word.start is not None and word.end is not None for word in words)
        if timed and not known and segment.start is not None and segment.end is not None:
            self.estimated = True
            words = _spread(words, segment.start, segment.end)
        return Segment(segment.text, words, segment.start, segment.end, segment.unclear)

    def word(self, item: Any, where: str, key: str) -> Word:
        if not isinstance(item, dict) or not isinstance(item.get(key), str):
            raise self.wrong(where, f'an object with "{key}", "start", "end" and "probability"', item)
        start, end = self.seconds(item, "start", where), self.seconds(item, "end", where)
        if start is not None and end is not None:
            end = max(start, end)
        probability = self.seconds(item, "probability", where, "a number from 0 to 1")
        return Word(one_line(item[key]), start, end, None if probability is None else min(1.0, probability))

    def span(self, item: Any, where: str) -> Span:
        if isinstance(item, dict):
            start, end = self.seconds(item, "start", where), self.seconds(item, "end", where)
            if start is not None and end is not None:
                return Span(start, end)
        raise self.wrong(where, 'an object with "start" and "end" in seconds', item)

    def seconds(self, item: dict[str, Any], key: str, where: str, what: str = "a number of seconds") -> float | None:
        value = item.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < sys.maxsize:
            raise self.wrong(f"{where}.{key}".lstrip("."), what, value)
        return float(value)

    def items(self, item: dict[str, Any], key: str, where: str) -> list[Any]:
        value = item.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(f"{where}.{key}".lstrip("."), "a list", value)
        return value

    def string(self, item: dict[str, Any], key: str, where: str) -> str:
        value = item.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(f"{where}.{key}".lstrip("."), "a text", value)
        return value

    def wrong(self, where: str, expected: str, value: Any) -> BadInputError:
        shown = one_line(repr(value))[:40]
        return BadInputError(f"{self.name}: {where} should be {expected}, but is {shown}.", EXPECTED)


def _spells(words: Iterable[Word], text: str) -> bool:
    """Whether `words` occur in `text` in order, with nothing but punctuation and white space between them."""
    at = 0
    for word in words:
        found = text.find(word.text, at)
        if found < 0 or any(map(str.isalnum, text[at:found])):
            return False
        at = found + len(word.text)
    return not any(map(str.isalnum, text[at:]))


def _spread(words: tuple[Word, ...], start: float, end: float) -> tuple[Word, ...]:
    """`words` with times between `start` and `end`, each as long as its share of the characters."""
    total = sum(len(word.text) + 1 for word in words) or 1
    placed: list[Word] = []
    before = 0
    for word in words:
        after = before + len(word.text) + 1
        first, last = (start + (end - start) * at / total for at in (before, after))
        placed.append(Word(word.text, first, last, word.probability))
        before = after
    return tuple(placed)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
