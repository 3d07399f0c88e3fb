from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.test_readthrough import follow_up
from tests.screens import values
from tui.history.types import MockFile
from tui.report.readthrough import Readthrough, read_through
from tui.report.timeline import Timeline, timeline_of
from tui.transcript import Transcript
from tui.widgets.timeline_strip import lanes


def shown(file: MockFile) -> tuple[Timeline, Readthrough]:
    timeline = timeline_of((number, answer.transcript) for number, answer in enumerate(file.answers, 1))
    assert timeline
    return timeline, read_through(file)


def test_speech_silence_and_follow_ups_stand_at_their_times() -> None:
    timeline, read = shown(follow_up())
    width = round(timeline.seconds)
    numbers, speech = lanes(timeline, read, 0, width).plain.split("\n")
    assert len(numbers) == len(speech) == width
    begins = round(timeline.starts[2])
    assert speech.index("?") == begins
    # The follow-up's voice is from 0.4 to 1.4 s and from 4 to 5 s: five half-second cells are silent.
    assert speech[begins + 2 : begins + 4] == "  "
    assert speech[begins + 4] == "▆"


@pytest.mark.parametrize("width", [20, 78, 198])
def test_every_number_stands_near_its_words(width: int) -> None:
    timeline, read = shown(follow_up())
    numbers = lanes(timeline, read, 0, width).plain.split("\n")[0]
    assert len(numbers) == width
    first = next(word for word in read.words if word.opens)
    at = numbers.index(str(first.opens[0]))
    assert abs(at - timeline.at(first.turn, first.seconds or 0.0) / timeline.seconds * width) <= 1
    for number in read.numbered:
        assert str(number) in numbers


def test_a_number_that_the_end_of_the_line_would_cut_is_a_sign_in_its_place() -> None:
    timeline, read = shown(follow_up())
    words = [replace(word, opens=()) for word in read.words]
    last = max(place for place, word in enumerate(words) if word.seconds is not None)
    words[last] = replace(words[last], opens=(12,))
    width = 20
    numbers = lanes(timeline, replace(read, words=tuple(words)), 0, width).plain.split("\n")[0]
    assert len(numbers) == width
    assert numbers.strip() == "+"
    at = timeline.at(words[last].turn, words[last].seconds or 0.0) / timeline.seconds * width
    assert abs(numbers.index("+") - at) <= 1


def test_a_place_is_a_turn_and_its_second() -> None:
    timeline, _ = shown(follow_up())
    assert timeline.place(1.5) == (1, 1.5)
    turn, seconds = timeline.place(timeline.starts[2] + 1.0)
    assert (turn, round(seconds, 3)) == (2, 1.0)
    assert timeline.place(timeline.seconds + 9)[0] == 2


def test_text_has_no_timeline() -> None:
    file = values.mock_file()
    written = replace(file.answers[0], transcript=Transcript.of_text("We ship it."), audio=None)
    assert timeline_of([(1, written.transcript), (2, None)]) is None
