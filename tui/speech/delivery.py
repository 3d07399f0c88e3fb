"""How an answer was delivered: pace, pauses and fillers, for showing and never for scoring."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tui.transcript import Delivery, Span, Transcript
from tui.transcript.fillers import fillers

PAUSE = 0.25
"""Seconds of silence that count as a pause: the usual threshold for monologue is 200 to 250 ms."""
BREAK = 2.0
"""Seconds of silence that end a stretch of talk."""
LEAST_SPEECH = 5.0
"""Seconds of voice under which pace and rates mean nothing."""


def measure(transcript: Transcript) -> Delivery | None:
    """How the answer was delivered, or None when it has no times or was not listened to for voice.

    Silences come from voice activity, never from gaps between words, whose times are too rough. Rates are per minute of
    speech with its pauses up to two seconds.
    """
    words = sum(1 for word in transcript.words if any(c.isalnum() for c in word.text))
    if not transcript.timed or (words and not transcript.voice):
        return None
    silences = [Span(a.end, b.start) for a, b in pairwise(transcript.voice)]
    pauses = [silence for silence in silences if silence.seconds >= PAUSE]
    speech = sum(span.seconds for span in transcript.voice)
    talk = speech + sum(silence.seconds for silence in silences if silence.seconds <= BREAK)
    enough = speech >= LEAST_SPEECH
    said = len(fillers(transcript.text))
    return Delivery(
        speech_seconds=speech,
        words=words,
        pace=words * 60 / talk if enough else None,
        pauses=len(pauses),
        pause_seconds=sum(pause.seconds for pause in pauses),
        longest_silence=max(pauses, key=lambda pause: pause.seconds, default=None),
        fillers=said,
        fillers_per_minute=said * 60 / talk if enough else None,
        longest_stretch=_longest_stretch(transcript.voice),
    )


def _longest_stretch(voice: Sequence[Span]) -> Span | None:
    stretches: list[Span] = []
    for span in voice:
        if stretches and span.start - stretches[-1].end < BREAK:
            stretches[-1] = Span(stretches[-1].start, span.end)
        else:
            stretches.append(span)
    return max(stretches, key=lambda stretch: stretch.seconds, default=None)
