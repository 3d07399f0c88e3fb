"""Verdicts, scores, root cause and fix."""

from __future__ import annotations

import pytest

from tui.interview.assess import Answered, Assessor
from tui.interview.types import Catalogue
from tui.rubric.verdicts import Outcome, Postmortem, Punctuality, Verdict
from tui.transcript import Delivery, Segment, Span, Transcript, Word

FILLING = "and then there is the next part of it"


@pytest.fixture(scope="module")
def assessor(small: Catalogue) -> Assessor:
    return Assessor.of(small)


def spoken(*parts: tuple[float, str], probability: float = 0.9, voiced: float | None = None) -> Transcript:
    """A transcript whose parts begin at the given seconds, at half a second a word."""
    segments = [
        Segment.of_words(
            Word(word, start + n * 0.5, start + n * 0.5 + 0.4, probability) for n, word in enumerate(text.split())
        )
        for start, text in parts
    ]
    end = max(segment.end or 0.0 for segment in segments)
    voice = (Span(parts[0][0], parts[0][0] + voiced if voiced is not None else end),)
    return Transcript(tuple(segments), audio_seconds=end + 1, voice=voice)


def assess(
    assessor: Assessor,
    transcript: Transcript,
    question: str = "search",
    delivery: Delivery | None = None,
    follow_ups: tuple[tuple[str, Transcript], ...] = (),
) -> Postmortem:
    """The postmortem of one question; `follow_ups` are what each asked about and what was answered."""
    round_ = assessor.catalogue.rounds["systems"]
    asked = round_.question(question)
    turns = [Answered(asked, transcript), *(Answered(asked, said, about, True) for about, said in follow_ups)]
    return assessor.assess(turns, round_, delivery)


def verdict(postmortem: Postmortem, signal: str) -> Verdict:
    return next(item for item in postmortem.scorecard.verdicts if item.signal == signal)


def test_everything_on_time_is_a_hundred(assessor: Assessor) -> None:
    done = assess(
        assessor,
        spoken((0, "I assume ten users."), (60, "We roll back."), (180, "So to sum up, the model will rise.")),
    )
    assert done.scorecard.overall == 100
    assert done.root_cause is None
    assert done.fix is None
    assert done.scorecard.arithmetic == "7 of 7 points = 100 of 100"


def test_late_earns_half_and_says_when_it_counts(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, FILLING), (170, "I assume ten users."), (180, FILLING)))
    late = verdict(done, "assumptions_stated")
    assert (late.outcome, late.punctuality, late.credit) == (Outcome.DEMONSTRATED, Punctuality.LATE, 0.5)
    assert "2:50" in late.reason
    assert "before 1:00" in late.reason


def test_a_recap_in_the_middle_is_not_a_close(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, FILLING), (30, "to sum up, the model will rise."), (200, FILLING)))
    assert verdict(done, "impact_summary").punctuality is Punctuality.LATE


def test_what_the_first_follow_up_asks_for_costs_little_and_later_ones_more(assessor: Assessor) -> None:
    answer, back = spoken((0, FILLING), (30, FILLING)), spoken((0, "We roll back."))
    first = verdict(assess(assessor, answer, follow_ups=(("rollback", back),)), "rollback")
    assert (first.outcome, first.prompted, first.credit) == (Outcome.DEMONSTRATED, True, pytest.approx(0.85))
    assert first.evidence[0].turn == 2
    assert "follow-up 1" in first.reason
    follow_ups = (("assumptions_stated", spoken((0, FILLING))), ("rollback", back))
    later = verdict(assess(assessor, answer, follow_ups=follow_ups), "rollback")
    assert (later.prompted, later.credit) == (True, pytest.approx(0.6))


def test_what_was_said_before_it_was_asked_for_is_unprompted(assessor: Assessor) -> None:
    back = spoken((0, "We roll back."))
    said = spoken((0, FILLING), (30, "We roll back."), (60, FILLING))
    before = verdict(assess(assessor, said, follow_ups=(("rollback", back),)), "rollback")
    assert (before.prompted, before.credit, before.evidence[0].turn) == (False, 1.0, 1)
    aside = verdict(assess(assessor, spoken((0, FILLING)), follow_ups=(("impact_summary", back),)), "rollback")
    assert (aside.prompted, aside.credit) == (False, 1.0)


def test_asked_in_vain_is_missed_and_says_so(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, FILLING), (30, FILLING)), follow_ups=(("rollback", spoken((0, FILLING))),))
    missed = verdict(done, "rollback")
    assert (missed.outcome, missed.prompted, missed.credit) == (Outcome.MISSED, True, 0.0)
    assert "though it was asked about" in missed.reason


def test_an_early_signal_is_late_in_a_follow_up_about_something_else(assessor: Assessor) -> None:
    assume = spoken((0, "I assume ten users."))
    done = assess(assessor, spoken((0, FILLING), (30, FILLING)), follow_ups=(("rollback", assume),))
    late = verdict(done, "assumptions_stated")
    assert (late.punctuality, late.prompted) == (Punctuality.LATE, False)


def test_two_questions_add_up_and_one_without_speech_stays_out(assessor: Assessor) -> None:
    round_ = assessor.catalogue.rounds["systems"]
    search, ranker = round_.question("search"), round_.question("ranker")
    good = spoken((0, FILLING), (30, "We roll back."), (60, FILLING))
    both = assessor.assess([Answered(search, good), Answered(ranker, spoken((0, FILLING), (30, FILLING)))], round_)
    card = both.scorecard
    assert [question.question for question in card.questions] == ["search", "ranker"]
    assert card.earned == sum(question.earned for question in card.questions) == 3
    assert card.possible == sum(question.possible for question in card.questions)
    assert [item.question for item in card.verdicts if item.signal == "rollback"] == [1, 2]
    silent = assessor.assess([Answered(search, good), Answered(ranker, Transcript(audio_seconds=30.0))], round_)
    assert silent.scorecard.questions[1].overall is None
    assert silent.scorecard.overall == silent.scorecard.questions[0].overall
    assert silent.root_cause is not None
    assert silent.root_cause.cost == pytest.approx(100 * 3 / 7, abs=30)


def test_dimensions_and_arithmetic_add_up(assessor: Assessor) -> None:
    card = assess(assessor, spoken((0, FILLING), (30, "We roll back."), (60, FILLING))).scorecard
    assert card.earned == sum(item.earned for item in card.dimensions) == 3
    assert card.possible == sum(item.possible for item in card.dimensions) == 7
    assert card.overall == pytest.approx(100 * 3 / 7)
    by_id = {item.dimension: item.score for item in card.dimensions}
    assert by_id == {"ml_systems": pytest.approx(60), "behavioral": 0}


def test_emphasis_weighs_half_as_much_again(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, FILLING), (30, FILLING)), question="ranker")
    assert verdict(done, "rollback").weight == 4.5


def test_root_cause_is_what_cost_most_and_the_fix_is_in_it(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, "I assume ten users."), (30, FILLING), (60, FILLING)))
    assert done.root_cause is not None
    assert done.root_cause.mistake == "weak_production"
    assert "Rollback was not heard" in done.root_cause.because
    assert done.root_cause.cost == pytest.approx(100 * 3 / 7)
    assert done.fix is not None
    assert done.fix.signal == "rollback"


def test_without_lost_points_the_delivery_speaks(assessor: Assessor) -> None:
    heard = spoken((0, "I assume ten users."), (60, "We roll back."), (180, "So to sum up, the model will rise."))
    silent = Delivery(90, 20, 100, 3, 30, Span(30, 55), 0, 0.0, Span(60, 80))
    done = assess(assessor, heard, delivery=silent)
    assert done.root_cause is not None
    assert done.root_cause.mistake == "unclear_communication"
    assert "25 seconds at 0:30" in done.root_cause.because
    assert done.fix is not None
    assert done.fix.example


def test_unclear_words_leave_the_score_and_too_many_leave_none(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, "We roll back."), (30, FILLING), probability=0.1))
    assert verdict(done, "rollback").outcome is Outcome.CANT_TELL
    assert done.scorecard.overall is None
    assert "cannot be told" in (done.scorecard.unscored or "")
    few = assess(assessor, spoken((0, "I assume ten users."), (30, FILLING), probability=0.1))
    # Two of seven points of weight cannot be told: more than a quarter.
    assert few.scorecard.overall is None


@pytest.mark.parametrize(
    ("transcript", "told"),
    [
        (Transcript(audio_seconds=30.0), "No speech was heard"),
        (spoken((0, "I assume ten users."), voiced=6.0), "Only 6 seconds of speech"),
        (Transcript(audio_seconds=30.0, voice=(Span(0, 20),)), "no words could be recognised"),
        (Transcript.of_text("We roll back."), "The text has 3 words"),
    ],
)
def test_too_little_is_unscored(assessor: Assessor, transcript: Transcript, told: str) -> None:
    done = assess(assessor, transcript)
    assert done.scorecard.overall is None
    assert told in (done.scorecard.unscored or "")
    assert done.root_cause is None
    assert done.fix is None


def test_text_is_scored_with_guessed_times_and_says_so(assessor: Assessor) -> None:
    text = f"I assume ten users. {' '.join([FILLING] * 10)}. We roll back. To sum up, the model will rise."
    done = assess(assessor, Transcript.of_text(text))
    assert done.scorecard.overall == 100
    assert any("without audio" in note for note in done.notes)
    assert "about" in verdict(done, "rollback").reason


def test_what_comes_after_what_it_should_come_before_is_late(assessor: Assessor) -> None:
    done = assess(assessor, spoken((0, "We buy a yacht."), (30, "We roll back."), (60, FILLING)))
    assert verdict(done, "rollback").punctuality is Punctuality.LATE
    assert "after what it should come before" in verdict(done, "rollback").reason
    first = assess(assessor, spoken((0, "We roll back."), (30, "We buy a yacht."), (60, FILLING)))
    assert verdict(first, "rollback").punctuality is Punctuality.ON_TIME
