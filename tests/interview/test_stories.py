"""Which stories fit a round, and what is said about one that was told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.interview.stories import Story, briefing_lines, fitting, has_number, story_notes, story_problems, told_story
from tui.interview.types import Round
from tui.rubric.verdicts import Evidence, Outcome, Scorecard, Verdict
from tui.transcript import Transcript

SEARCH = Story(
    "search",
    "Slow search",
    "Search took 900 ms, and one session in eight ended without a click.",
    "I profiled the ranker, batched the feature lookups and cached the head queries.",
    "Latency at the 95th percentile and sessions with a click.",
    "From 900 to 240 ms, and clicks rose from 61 % to 66 %.",
    ("behavioral",),
)
LABELS = replace(SEARCH, id="labels", title="Noisy labels", tags=("ml_systems",))
PLAIN = replace(SEARCH, id="plain", title="Anything", tags=())
BEHAVIORAL = Round("behavioral", "", "", 45, 5, 30, {"quantified_result": None}, dimension="behavioral")
SYSTEMS = replace(BEHAVIORAL, id="ml-systems", dimension="ml_systems")
CODING = replace(BEHAVIORAL, id="coding", dimension="coding")

TOLD = (
    "So search was slow, about nine hundred milliseconds, and sessions ended without a click. I profiled the ranker "
    "and then batched feature lookups and cached the head queries. "
)


def card(outcome: Outcome) -> Scorecard:
    evidence = (Evidence("quantified_result", "down to 240 ms", 0, 14),) if outcome is Outcome.DEMONSTRATED else ()
    verdict = Verdict("quantified_result", "Result", "behavioral", 3.0, outcome, evidence=evidence)
    return Scorecard((verdict,), (), 50.0, 1, 2, "")


def test_stories_with_the_rounds_tag_come_before_its_dimensions_and_untagged_ones() -> None:
    stories = (PLAIN, LABELS, SEARCH)
    assert fitting(stories, BEHAVIORAL) == (SEARCH, PLAIN)
    assert fitting(stories, SYSTEMS) == (LABELS, PLAIN)
    assert fitting(stories, CODING) == ()
    assert fitting((replace(SEARCH, tags=("coding",)),), CODING)[0].id == "search"


def test_the_briefing_names_them_with_their_results() -> None:
    assert briefing_lines((SEARCH,), BEHAVIORAL) == (
        "Slow search: From 900 to 240 ms, and clicks rose from 61 % to 66 %.",
    )
    assert briefing_lines([PLAIN] * 5, BEHAVIORAL, most=2)[-1] == "And 3 more: `mockloop stories`."
    assert "begins a notebook" in briefing_lines((), BEHAVIORAL)[0]
    assert briefing_lines((), CODING) == ()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"problem": "  "}, "problem", "is empty"),
        ({"action": "word " * 31}, "action", "has 31 words; expected one short line, 30 at most"),
        ({"result": "It got better."}, "result", "holds no number"),
        ({"tags": ("behavioural",)}, "tags", "no round or dimension 'behavioural'; did you mean 'behavioral'?"),
    ],
)
def test_what_is_wrong_has_its_place(change: dict[str, object], field: str, words: str) -> None:
    stories = (PLAIN, replace(SEARCH, **change))  # type: ignore[arg-type]
    ((position, place, what),) = story_problems(stories, {"behavioral"})
    assert (position, place) == (1, field)
    assert words in what


def test_two_stories_need_ids_of_their_own() -> None:
    assert [place for _, place, _ in story_problems((SEARCH, SEARCH), {"behavioral"})] == ["id"]


@pytest.mark.parametrize(("text", "found"), [("by two thirds", True), ("to 240 ms", True), ("much faster", False)])
def test_numbers_in_digits_or_words(text: str, found: bool) -> None:
    assert has_number(text) is found


def test_a_story_is_known_by_its_own_words() -> None:
    other = Story("x", "Churn", "Members left after the trial.", "I built a survival model.", "Retention.", "2 % up.")
    assert told_story((other, SEARCH), TOLD) is SEARCH
    assert told_story((other, SEARCH), "I once had an argument about a roadmap with my manager.") is None


def notes(text: str, outcome: Outcome = Outcome.MISSED, stories: tuple[Story, ...] = (SEARCH,)) -> tuple[str, ...]:
    return story_notes(stories, BEHAVIORAL, [Transcript.of_text(text)], card(outcome))


def test_a_result_without_a_metric_is_held_against_the_notebook() -> None:
    length, result = notes(TOLD * 4)
    assert (
        length
        == "You told “Slow search”. Story length: 112 words, about 45 s at an easy pace, which is right for four lines."
    )
    assert result == f"The result was no metric. Your notebook has one: “{SEARCH.result}”."
    assert notes(TOLD * 4, stories=())[1].endswith("end a story on the number that moved, from what to what.")


def test_a_measured_result_is_quoted() -> None:
    assert notes(TOLD, Outcome.DEMONSTRATED)[1] == "The result was a metric: “down to 240 ms”."
    assert "could not be heard" in notes(TOLD, Outcome.CANT_TELL)[1]


@pytest.mark.parametrize(("count", "words"), [(20, "Too short"), (400, "cut what led up to it"), (200, "right")])
def test_length_is_told(count: int, words: str) -> None:
    assert words in notes("thing " * count)[0]


def test_rounds_that_want_no_measured_result_say_nothing() -> None:
    assert story_notes((SEARCH,), CODING, [Transcript.of_text(TOLD)], Scorecard((), (), None, 0, 0, "")) == ()
    assert story_notes((SEARCH,), SYSTEMS, [Transcript.of_text(TOLD)], card(Outcome.MISSED)) == ()
    assert story_notes((SEARCH,), BEHAVIORAL, [Transcript.of_text(TOLD)], card(Outcome.MISSED), question=2) == ()
    assert notes("") == ()
