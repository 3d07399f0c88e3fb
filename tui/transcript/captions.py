"""Transcripts as subtitles: SRT and WebVTT, in cues of readable length cut from the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tui.transcript.clean import one_line
from tui.transcript.types import Segment, Transcript

LINE_CHARACTERS = 42
"""Longest line of a cue; the usual limit for subtitles (BBC and Netflix style guides)."""
CUE_LINES = 2
CUE_SECONDS = 6.0
"""Longest time that one cue stays."""
GAP_SECONDS = 1.0
"""A silence between two words that ends a cue."""
LEAST_SECONDS = 0.3
"""Shortest time that a cue stays, unless the next begins earlier."""


@dataclass(frozen=True)
class Cue:
    """A few words on screen, from `start` to `end` seconds."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Timed:
    text: str
    start: float
    end: float


def to_srt(transcript: Transcript) -> str:
    """`transcript` as SubRip; empty when it has no times."""
    blocks = (
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n"
        # SubRip knows no escapes; an arrow in the text would read as a line of times.
        + "\n".join(line.replace("-->", "->") for line in cue.lines)
        for number, cue in enumerate(cues(transcript), 1)
    )
    return "".join(f"{block}\n\n" for block in blocks)


def to_vtt(transcript: Transcript) -> str:
    """`transcript` as WebVTT, its text escaped as the format demands; no cues when it has no times."""
    blocks = (
        f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n" + "\n".join(_escaped(line) for line in cue.lines)
        for cue in cues(transcript)
    )
    return "WEBVTT\n\n" + "".join(f"{block}\n\n" for block in blocks)


def cues(transcript: Transcript) -> tuple[Cue, ...]:
    """The cues of `transcript` in order, none overlapping the next; none when it was made from text."""
    if not transcript.timed:
        return ()
    found = [_cue(words) for segment in transcript.segments for words in _groups(_timed_words(segment))]
    starts = [cue.start for cue in found[1:]]
    return tuple(
        Cue(cue.start, _end(cue, following), cue.lines)
        for cue, following in zip(found, [*starts, float("inf")], strict=False)
    )


def _end(cue: Cue, following: float) -> float:
    wanted = max(cue.end, cue.start + LEAST_SECONDS)
    # Word times may overlap a little; a cue never lasts into the next one, and never no time at all.
    return wanted if following <= cue.start else max(min(wanted, following), cue.start + 0.001)


def _timed_words(segment: Segment) -> Iterator[_Timed]:
    at = segment.start or 0.0
    for word in segment.words:
        text = one_line(word.text)
        if not text:
            continue
        start = at if word.start is None else word.start
        end = start if word.end is None else max(start, word.end)
        at = end
        yield _Timed(text, start, end)


def _groups(words: Iterable[_Timed]) -> Iterator[list[_Timed]]:
    group: list[_Timed] = []
    for word in words:
        if group and _ends_before(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _ends_before(group: list[_Timed], word: _Timed) -> bool:
    last = group[-1]
    if word.start - last.end >= GAP_SECONDS or word.end - group[0].start > CUE_SECONDS:
        return True
    texts = [each.text for each in group]
    full_line = sum(len(text) + 1 for text in texts) >= LINE_CHARACTERS
    return (full_line and last.text.endswith((".", "?", "!"))) or len(_lines([*texts, word.text])) > CUE_LINES


def _cue(words: list[_Timed]) -> Cue:
    return Cue(words[0].start, max(word.end for word in words), _lines([word.text for word in words]))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    lines: list[str] = []
    for text in texts:
        if lines and len(lines[-1]) + 1 + len(text) <= LINE_CHARACTERS:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return tuple(lines)


def _stamp(seconds: float, point: str) -> str:
    whole, milliseconds = divmod(round(max(0.0, seconds) * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{milliseconds:03d}"


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
