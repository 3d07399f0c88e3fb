"""What a person decided wins over detection, also in another transcript of the same answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.interview.corrections import Correction, Decision, corrected, in_force
from tui.interview.relocate import relocated, same_words
from tui.rubric.answers import Asked, Said
from tui.rubric.types import Expected, Signal, Timing
from tui.rubric.verdicts import Evidence, Outcome
from tui.transcript import Segment, Transcript, Word

SIGNAL = Signal("rollback", "Rollback", "ml_systems", 3.0, Timing.ANYWHERE, "weak", "", "", "", ())
TEXT = "we ship it and if it drops we flip the flag off again"


def timed(text: str) -> Transcript:
    words = [Word(word, at * 0.5, at * 0.5 + 0.4, 0.9) for at, word in enumerate(text.split())]
    return Transcript((Segment.of_words(words),), 60.0)


def asked(transcript: Transcript, *evidence: Evidence) -> Asked:
    said = Said(transcript, {"rollback": evidence} if evidence else {})
    return Asked("q", "Q", (Expected(SIGNAL, 3.0),), (said,))


def marked(quote: str = "flip the flag off", **more: object) -> Correction:
    start = TEXT.index(quote)
    seconds = timed(TEXT).seconds_of(start, start + len(quote))
    assert seconds
    made = Correction(
        "rollback", 1, Decision.HEARD, "2026-11-25T12:00:00+00:00", 1, 1, quote, start, seconds.start, seconds.end
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_marked_words_are_evidence() -> None:
    found, notes = corrected(asked(timed(TEXT)), 1, [1], in_force([marked()]))
    (piece,) = found.said[0].evidence["rollback"]
    assert (piece.quote, piece.certain, piece.turn) == ("flip the flag off", True, 1)
    assert (piece.start_seconds, piece.end_seconds) == (4.0, 5.9)
    assert (found.overruled, notes) == ({"rollback": Outcome.MISSED}, ())


def test_a_wrong_credit_loses_every_piece_of_it() -> None:
    pieces = Evidence("rollback", "we", 0, 2), Evidence("rollback", "it", 8, 10)
    wrong = Correction("rollback", 1, Decision.NOT_HEARD, "", 1)
    found, _ = corrected(asked(timed(TEXT), *pieces), 1, [1], in_force([wrong]))
    assert found.said[0].evidence == {}
    assert found.overruled == {"rollback": Outcome.DEMONSTRATED}


def test_where_detection_agrees_nothing_is_overruled() -> None:
    start = TEXT.index("flip the flag")
    known = Evidence("rollback", "flip the flag", start, start + len("flip the flag"))
    found, _ = corrected(asked(timed(TEXT), known), 1, [1], in_force([marked()]))
    assert found.overruled == {}
    # The marked words take the place of the overlapping piece.
    assert [piece.quote for piece in found.said[0].evidence["rollback"]] == ["flip the flag off"]


def test_an_uncertain_verdict_can_be_decided() -> None:
    doubtful = Evidence("rollback", "we", 0, 2, certain=False)
    found, _ = corrected(asked(timed(TEXT), doubtful), 1, [1], in_force([marked()]))
    assert found.overruled == {"rollback": Outcome.CANT_TELL}


def test_the_last_decision_holds_and_can_be_taken_back() -> None:
    wrong = Correction("rollback", 1, Decision.NOT_HEARD, "", 1)
    back = replace(wrong, decision=Decision.UNDECIDED)
    assert in_force([marked(), wrong]) == {(1, "rollback"): wrong}
    assert in_force([marked(), wrong, back]) == {}
    assert in_force([back, marked()]) == {(1, "rollback"): marked()}


def test_decisions_of_another_question_change_nothing() -> None:
    before = asked(timed(TEXT))
    assert corrected(before, 2, [2], in_force([marked()])) == (before, ())


def test_words_that_are_gone_are_told() -> None:
    text = Transcript.of_text("a wholly different answer about nothing of the kind")
    lost = marked(start_seconds=None, end_seconds=None)
    found, notes = corrected(asked(text), 1, [1], in_force([lost]))
    assert found.overruled == {}
    assert "mark them again" in notes[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, "flip the flag off"),
        ("So, " + TEXT.replace("flip the", "Flip - the"), "Flip - the flag off"),
        # The recogniser heard other words in the same seconds.
        (TEXT.replace("flip the flag off", "flick a lack of"), "flick a lack of"),
    ],
)
def test_words_are_found_again_in_another_reading(text: str, expected: str) -> None:
    transcript, mark = timed(text), marked()
    place = relocated(transcript, mark.quote, mark.start, mark.start_seconds, mark.end_seconds)
    assert place is not None
    assert transcript.text[slice(*place)] == expected


def test_without_times_the_words_most_alike_are_found() -> None:
    text = Transcript.of_text("then we would flip that flag off at once")
    place = relocated(text, "flip the flag off", 200, None, None)
    assert place is not None
    assert text.text[slice(*place)] == "flip that flag off"


def test_of_several_places_the_nearest_is_taken() -> None:
    text = Transcript.of_text("back, and back, and back")
    assert relocated(text, "Back", 15, None, None) == (10, 14)
    assert relocated(text, "!!", 3, None, None) is None


def test_words_are_not_found_inside_others() -> None:
    text = Transcript.of_text("the data bus, with which a busy area ends")
    assert relocated(text, "a BUSY", 0, None, None) == (25, 31)
    assert same_words(text.text, "it", 0) is None
    assert same_words(text.text, "a bus", 0) is None
