"""What the interviewer says next, on a clock and an ear of the test's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui import locations
from tui.interview.clarify import asked_for, signals_of
from tui.interview.expected import expected
from tui.interview.flow import Ask, first_ask, most_wanted, next_ask, surely_heard
from tui.interview.load import load_catalogue
from tui.interview.sitting import Sitting, full_sitting, short_sitting
from tui.interview.types import Catalogue, Clarification, KeyPoint, Question
from tui.rubric.detect import Detector
from tui.rubric.types import Expected
from tui.rubric.verdicts import Evidence
from tui.transcript import Transcript


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(locations.rubrics())


def sitting(catalogue: Catalogue, round_: str = "ml-systems", **changes: object) -> Sitting:
    found = catalogue.rounds[round_]
    return replace(short_sitting(found, found.questions[0], catalogue.levels["mid"]), **changes)  # type: ignore[arg-type]


def listened_for(catalogue: Catalogue, mock: Sitting) -> tuple[Expected, ...]:
    return expected(catalogue.rubric, mock.round, mock.questions[0], mock.level)


def everything(items: tuple[Expected, ...]) -> set[str]:
    return {item.signal.id for item in items}


def test_the_question_comes_first(catalogue: Catalogue) -> None:
    mock = sitting(catalogue)
    ask = first_ask(mock)
    assert (ask.kind, ask.number, ask.prompt) == ("question", 1, mock.questions[0].prompt)
    assert (ask.think_seconds, ask.answer_seconds) == (mock.think_seconds, mock.answer_seconds)


def test_the_weightiest_signal_that_was_not_heard_is_asked_about(catalogue: Catalogue) -> None:
    mock = sitting(catalogue)
    items = listened_for(catalogue, mock)
    heard = everything(items) - {"metric_named", "guardrail_named"}
    ask = next_ask(mock, [first_ask(mock)], items, heard)
    assert ask is not None
    importance = {item.signal.id: item.importance for item in items}
    assert importance["metric_named"] > importance["guardrail_named"]
    assert (ask.about, ask.kind, ask.follow_up, ask.number) == ("metric_named", "follow_up", 1, 1)
    assert ask.prompt
    assert ask.answer_seconds < mock.answer_seconds


def test_nothing_is_asked_twice_and_only_a_few_times(catalogue: Catalogue) -> None:
    mock = sitting(catalogue, follow_ups=2)
    items = listened_for(catalogue, mock)
    asked: list[Ask] = [first_ask(mock)]
    while (ask := next_ask(mock, asked, items, set())) is not None:
        asked.append(ask)
    assert [ask.kind for ask in asked] == ["question", "follow_up", "follow_up"]
    assert asked[1].about != asked[2].about


def test_whoever_said_it_all_is_asked_nothing(catalogue: Catalogue) -> None:
    mock = sitting(catalogue)
    items = listened_for(catalogue, mock)
    assert next_ask(mock, [first_ask(mock)], items, everything(items)) is None


def test_where_nobody_can_tell_nothing_is_followed_up(catalogue: Catalogue) -> None:
    mock = sitting(catalogue)
    assert next_ask(mock, [first_ask(mock)], listened_for(catalogue, mock), None) is None


def test_a_summary_is_asked_for_last(catalogue: Catalogue) -> None:
    mock = sitting(catalogue)
    items = listened_for(catalogue, mock)
    heard = everything(items) - {"impact_summary", "guardrail_named"}
    first = most_wanted(mock.questions[0], items, heard)
    assert first is not None
    assert first.signal.id == "guardrail_named"
    last = most_wanted(mock.questions[0], items, heard, {"guardrail_named"})
    assert last is not None
    assert last.signal.id == "impact_summary"


def test_the_question_words_its_own_follow_up(catalogue: Catalogue) -> None:
    point = KeyPoint("two-stages", "Two stages.", ("two stage",), follow_up="How is it affordable?", weight=9)
    question = Question("q", "Q", "Design it.", key_points=(point,), follow_ups={"rollback": "It sinks. Now what?"})
    mock = sitting(catalogue, questions=(question,))
    items = listened_for(catalogue, mock)
    ask = next_ask(mock, [first_ask(mock)], items, everything(items) - {"q/two-stages"})
    assert ask is not None
    assert (ask.about, ask.prompt) == ("q/two-stages", "How is it affordable?")
    ask = next_ask(mock, [first_ask(mock)], items, everything(items) - {"rollback"})
    assert ask is not None
    assert ask.prompt == "It sinks. Now what?"


def test_signals_and_key_points_take_turns(catalogue: Catalogue) -> None:
    points = tuple(KeyPoint(name, name, (name,), follow_up=f"What about {name}?") for name in ("one", "two"))
    mock = sitting(catalogue, questions=(Question("q", "Q", "Design it.", key_points=points),), follow_ups=4)
    items = listened_for(catalogue, mock)
    asked: list[Ask] = [first_ask(mock)]
    while (ask := next_ask(mock, asked, items, set())) is not None:
        asked.append(ask)
    assert ["/" in ask.about for ask in asked[1:]] == [False, True, False, True]


def test_the_next_question_follows_when_nothing_is_left_to_ask(catalogue: Catalogue) -> None:
    round_ = catalogue.rounds["behavioral"]
    mock = Sitting(round_, round_.questions[:2], 10, 60, 0)
    ask = next_ask(mock, [first_ask(mock)], (), set())
    assert ask is not None
    assert (ask.number, ask.question, ask.kind) == (2, round_.questions[1], "question")
    assert next_ask(mock, [first_ask(mock), ask], (), set()) is None


def test_a_full_mock_fills_the_real_time_with_questions_of_the_level(catalogue: Catalogue) -> None:
    for round_ in catalogue.rounds.values():
        wide = replace(round_, full_questions=min(3, len(round_.questions)))
        mock = full_sitting(wide, wide.questions[0], catalogue.levels["senior"])
        ids = {question.id for question in mock.questions}
        assert len(ids) == len(mock.questions) == wide.full_questions
        assert mock.questions[0] is wide.questions[0]
        assert mock.seconds <= wide.minutes * 60 + 1
        assert mock.seconds > wide.minutes * 60 * 0.98


def test_unclear_evidence_may_still_be_asked_about() -> None:
    sure, unsure = Evidence("a", "x", 0, 1), Evidence("b", "x", 0, 1, certain=False)
    assert surely_heard({"a": (sure,), "b": (unsure,)}) == {"a"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Before I start, roughly how many members do we have?", [0]),
        ("can I ask what the latency budget is", [1]),
        ("There are many members and the latency is low.", []),
    ],
)
def test_a_clarification_is_heard_when_it_is_asked_for(catalogue: Catalogue, said: str, told: list[int]) -> None:
    clarifications = (
        Clarification("How many members?", "300 million.", ("how many (member|user)",)),
        Clarification("What is the latency budget?", "200 ms.", ("what ...4 (latency|budget)",)),
    )
    question = Question("q", "Q", "Design it.", clarifications=clarifications)
    detector = Detector(catalogue.rubric)
    detector.learn(signals_of(question))
    evidence = detector.detect(Transcript.of_text(said), [signal.id for signal in signals_of(question)])
    assert list(asked_for(question, evidence)) == [clarifications[at] for at in told]
