"""Subtitles: readable cues, in order, escaped."""

from __future__ import annotations

import re
from itertools import pairwise

from tui.transcript import Segment, Transcript, Word
from tui.transcript.captions import CUE_LINES, CUE_SECONDS, LINE_CHARACTERS, cues
from tui.transcript.formats import to_srt, to_vtt


def talk(text: str, seconds_per_word: float = 0.4, start: float = 0.0) -> Transcript:
    words = [
        Word(word, start + i * seconds_per_word, start + (i + 1) * seconds_per_word, 0.9)
        for i, word in enumerate(text.split())
    ]
    return Transcript((Segment.of_words(words),), audio_seconds=3600.0)


LONG = "so the first thing I would do is pin down who this is for and what it must cost us at most per request " * 4


def test_cues_are_short_ordered_and_hold_every_word() -> None:
    found = cues(talk(LONG))
    assert len(found) > 4
    assert all(len(cue.lines) <= CUE_LINES and all(len(line) <= LINE_CHARACTERS for line in cue.lines) for cue in found)
    assert all(0 < cue.end - cue.start <= CUE_SECONDS + 0.001 for cue in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(len(cue.lines) == CUE_LINES for cue in found[:-1])
    assert " ".join(line for cue in found for line in cue.lines).split() == LONG.split()


def test_a_silence_ends_a_cue() -> None:
    words = [Word("Wait.", 0.0, 0.4), Word("Now.", 5.0, 5.3)]
    assert [cue.lines for cue in cues(Transcript((Segment.of_words(words),), 6.0))] == [("Wait.",), ("Now.",)]


def test_a_breath_ends_none() -> None:
    words = [Word("Wait.", 0.0, 0.5), Word("And", 1.25, 1.5), Word("now.", 2.5, 3.0)]
    assert [cue.lines for cue in cues(Transcript((Segment.of_words(words),), 6.0))] == [("Wait. And",), ("now.",)]


def test_a_sentence_that_fills_a_line_ends_a_cue_and_a_short_one_does_not() -> None:
    said = "Yes. We would begin with a simple heuristic baseline. Then we go on."
    assert [cue.lines for cue in cues(talk(said, 0.2))] == [
        ("Yes. We would begin with a simple", "heuristic baseline."),
        ("Then we go on.",),
    ]


def test_words_without_length_still_show() -> None:
    words = [Word("a", 1.0, 1.0), Word("b", 9.0, 9.0), Word("c", 9.0, 9.0)]
    assert all(cue.end > cue.start for cue in cues(Transcript((Segment.of_words(words),), 10.0)))


def test_srt_counts_and_stamps() -> None:
    assert to_srt(talk("hello --> there", start=3599.8)) == "1\n00:59:59,800 --> 01:00:01,000\nhello -> there\n\n"


def test_vtt_escapes_what_the_format_reserves() -> None:
    vtt = to_vtt(talk("<script>alert(1)</script> R&D --> go"))
    assert vtt.startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; R&amp;D --&gt; go" in vtt
    assert len(re.findall("-->", vtt)) == 1


def test_a_text_without_times_has_no_cues() -> None:
    assert to_srt(Transcript.of_text("hello")) == ""
    assert to_vtt(Transcript.of_text("hello")) == "WEBVTT\n\n"
