"""What another hearing changed, in a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screens import values
from tui.interview.hearings import Hearing, difference
from tui.rubric.verdicts import Outcome, Postmortem
from tui.transcript import Segment, Transcript


def hearing(text: str, overall: float | None = 62.0, model: str = "tiny.en", *missed: str) -> Hearing:
    postmortem = values.postmortem()
    card = postmortem.scorecard
    verdicts = tuple(
        replace(each, outcome=Outcome.MISSED if each.signal in missed else Outcome.DEMONSTRATED)
        for each in card.verdicts
    )
    made: Postmortem = replace(
        postmortem,
        scorecard=replace(card, verdicts=verdicts, overall=overall),
        provenance=replace(postmortem.provenance, model=model),
    )
    return Hearing(made, (Transcript((Segment.of_text(text),)),))


def test_words_signals_and_score() -> None:
    first, other = [each.signal for each in values.postmortem().scorecard.verdicts][:2]
    titles = {each.signal: each.title for each in values.postmortem().scorecard.verdicts}
    before = hearing("We can area it, then ramp it up.", 62.0, "tiny.en", first)
    after = hearing("we canary it -- then ramp up!", 66.4, "base", other)
    found = difference(before, after)
    assert found.words == 3
    assert (found.gained, found.lost) == ((titles[first],), (titles[other],))
    assert found.sentence == (
        f"Heard again with base: 3 words differ; {titles[first]} now heard; {titles[other]} no longer heard; 62 -> 66."
    )


def test_nothing_changed() -> None:
    found = difference(hearing("The same words."), hearing("the same words", model="base"))
    assert found.sentence == "Heard again with base: no word differs; 62 as before."


def test_one_word_and_no_score_before() -> None:
    found = difference(hearing("We rank", None), hearing("We ranked", 50.0, "base"))
    assert found.sentence == "Heard again with base: 1 word differs; unscored -> 50."


@pytest.mark.parametrize("kind", ["rubric", "encoder"])
def test_many_signals_are_counted_and_other_rubrics_told(kind: str) -> None:
    every = [each.signal for each in values.postmortem().scorecard.verdicts]
    before = hearing("words", 10.0, "tiny.en", *every)
    after = hearing("words", 90.0, "base")
    made = replace(after.postmortem, provenance=replace(after.postmortem.provenance, **{kind: "another"}))
    found = difference(before, replace(after, postmortem=made))
    assert len(every) > 4
    assert f"; {len(every)} signals now heard;" in found.sentence
    assert found.sentence.endswith("The rubrics had changed, too.")


def test_a_model_s_name_cannot_write_lines() -> None:
    assert "\n" not in difference(hearing("a"), hearing("a", model="a\nb\x1b[31m")).sentence
