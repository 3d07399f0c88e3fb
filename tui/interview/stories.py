"""A person's own projects: which of them fit a round, and what a story that was told should have had."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tui.interview.types import Round
from tui.rubric.numbers import number
from tui.rubric.verdicts import Outcome, Scorecard, Verdict
from tui.rubric.words import read_words
from tui.rubric.yaml_file import unknown
from tui.transcript import Transcript, one_line

STORY_ROUNDS = frozenset({"behavioral", "hiring-manager", "ml-systems"})
"""Rounds in which a story is told; a story without tags fits them all."""
TOLD_ROUNDS = frozenset({"behavioral", "hiring-manager"})
"""Those of them in which a whole answer is a story; in a design a story is an aside."""
LINES = ("problem", "action", "metric", "result")
MOST_LINE_WORDS = 30
"""Words of a line that can still be said in one breath and remembered."""
LEAST_WORDS, MOST_WORDS = 80, 300
"""Words of four lines when they are told: half a minute to two minutes."""
WORDS_PER_MINUTE = 150
LEAST_SHARED, LEAST_SHARE = 4, 0.3
"""How many of a story's own words, and which share of them, an answer has in common with it when it tells it."""
WORD_LENGTH = 4
"""Letters from which on a word says something about a story."""


@dataclass(frozen=True)
class Story:
    """One project in four lines."""

    id: str
    title: str
    problem: str
    """What was wrong, and for whom."""
    action: str
    """What you did, in the first person."""
    metric: str
    """What it was measured by."""
    result: str
    """How the metric moved, from what to what."""
    tags: tuple[str, ...] = ()
    """Rounds and dimensions that it fits; none means every round in which stories are told."""


def story_problems(stories: Sequence[Story], known_tags: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with `stories`: position, field, and what was found and expected."""
    seen: set[str] = set()
    known = sorted({*known_tags, *STORY_ROUNDS})
    for position, story in enumerate(stories):
        if story.id in seen:
            yield position, "id", f"there are two stories {story.id!r}; expected ids of their own"
        seen.add(story.id)
        for name in LINES:
            words = len(getattr(story, name).split())
            if not words:
                yield position, name, f"{name!r} is empty; expected one short line"
            elif words > MOST_LINE_WORDS:
                yield position, name, f"{name!r} has {words} words; expected one short line, {MOST_LINE_WORDS} at most"
        if story.result.split() and not has_number(story.result):
            yield position, "result", "'result' holds no number; expected how the metric moved, from what to what"
        for tag in story.tags:
            if tag not in known:
                yield position, "tags", unknown("round or dimension", tag, known)


def has_number(text: str) -> bool:
    """Whether `text` holds a number in digits or words."""
    words = read_words(text)
    return any(number(words, at, len(words.tokens)) is not None for at in range(len(words.tokens)))


def fitting(stories: Sequence[Story], round_: Round) -> tuple[Story, ...]:
    """The stories for `round_`: those tagged with it, then those tagged with its dimensions, then untagged ones."""
    if round_.id not in STORY_ROUNDS and not any(round_.id in story.tags for story in stories):
        return ()
    areas = {round_.dimension, *round_.dimensions} - {""}
    tagged = [story for story in stories if round_.id in story.tags]
    near = [story for story in stories if story not in tagged and areas & set(story.tags)]
    plain = [story for story in stories if not story.tags]
    return (*tagged, *near, *plain)


def briefing_lines(stories: Sequence[Story], round_: Round, most: int = 3) -> tuple[str, ...]:
    """What a briefing says about one's stories: a line each for `most` at most; nothing in rounds without stories."""
    found = fitting(stories, round_)
    if not found:
        if round_.id not in STORY_ROUNDS:
            return ()
        return ("No story of yours fits this round yet: `mockloop stories --new` begins a notebook.",)
    lines = [f"{one_line(story.title)}: {one_line(story.result)}" for story in found[:most]]
    if len(found) > most:
        lines.append(f"And {len(found) - most} more: `mockloop stories`.")
    return tuple(lines)


def story_notes(
    stories: Sequence[Story],
    round_: Round,
    transcripts: Sequence[Transcript],
    scorecard: Scorecard,
    question: int = 1,
) -> tuple[str, ...]:
    """What a postmortem says about the story in `transcripts`, the turns of question number `question` (from 1).

    Its length, and whether the result was a metric; nothing where answers are no stories or no result is listened for.
    """
    if round_.id not in TOLD_ROUNDS:
        return ()
    wanted = (each for each in scorecard.verdicts if each.signal == "quantified_result" and each.question == question)
    result = next(wanted, None)
    text = " ".join(transcript.text for transcript in transcripts)
    count = len(text.split())
    if result is None or not count:
        return ()
    told = told_story(stories, text)
    named = f"You told “{one_line(told.title)}”. " if told else ""
    return (f"{named}{_length(count)}", _result(result, told))


def told_story(stories: Sequence[Story], text: str) -> Story | None:
    """The story whose own words `text` shares most of; None when it shares too few with each."""
    said = _own_words(text)
    best: tuple[float, Story] | None = None
    for story in stories:
        own = _own_words(" ".join((story.title, *(getattr(story, name) for name in LINES))))
        shared = len(own & said)
        share = shared / len(own) if own else 0.0
        if shared >= LEAST_SHARED and share >= LEAST_SHARE and (best is None or share > best[0]):
            best = share, story
    return best[1] if best else None


def _own_words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) >= WORD_LENGTH or word.isdigit()}


def _length(count: int) -> str:
    minutes = count / WORDS_PER_MINUTE
    took = f"{count} words, about {math.ceil(minutes * 60 / 5) * 5} s at an easy pace"
    if count > MOST_WORDS:
        return f"Story length: {took}. Four lines take {LEAST_WORDS} to {MOST_WORDS} words: cut what led up to it."
    if count < LEAST_WORDS:
        return f"Story length: {took}. Too short for problem, action, metric and result: give each its sentence."
    return f"Story length: {took}, which is right for four lines."


def _result(verdict: Verdict, told: Story | None) -> str:
    if verdict.outcome is Outcome.DEMONSTRATED and verdict.evidence:
        return f"The result was a metric: “{one_line(verdict.evidence[-1].quote)}”."
    if verdict.outcome is Outcome.CANT_TELL:
        return "Whether the result was a metric could not be heard."
    if told:
        return f"The result was no metric. Your notebook has one: “{one_line(told.result)}”."
    return "The result was no metric: end a story on the number that moved, from what to what."
