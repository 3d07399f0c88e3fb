"""Mocks are found by what was said in them and by what became of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tui.errors import BadInputError
from tui.history.filters import Heard, Wanted
from tui.history.search import expression
from tui.history.store import History
from tui.history.types import Mock, Turn
from tui.report import wording
from tui.rubric.verdicts import Outcome, Postmortem

from .samples import CODING, QUESTION, ROUND, SETTINGS, postmortem, record, transcript, verdict


def said(history: History, *texts: str, made: Postmortem | None = None, day: int = 1, coding: bool = False) -> Mock:
    """A mock on a day of November in which `texts` were said: an answer and then answers to follow-ups."""
    history._now = lambda: datetime(2026, 11, day, 12, tzinfo=UTC).astimezone()
    mock = history.begin(CODING if coding else ROUND, QUESTION, SETTINGS)
    history.recorded(mock.id, record(history, mock).name, 12.0)
    for _ in texts[1:]:
        history.add_turn(mock.id, Turn(QUESTION.id, "And then?", None, "follow_up"))
    history.save_result(mock.id, [transcript(text) for text in texts], made or postmortem())
    return mock


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "home")


def test_words_are_found_by_their_stems_in_the_newest_mocks_first(history: History) -> None:
    older = said(history, "Then we rolled the model back at once", day=1)
    newer = said(history, "Nothing here", "I would be rolling it back", day=2)
    said(history, "The ranker is a tree", day=3)
    hits = history.search("roll back")
    assert [(hit.mock.id, hit.turn) for hit in hits] == [(newer.id, 2), (older.id, 1)]
    assert [piece for piece, found in hits[1].excerpt if found] == ["rolled", "back"]
    assert hits[1].text == "Then we rolled the model back at once"
    assert hits[1].start == len("Then we ")
    assert [hit.mock.id for hit in history.search("roll back", 1)] == [newer.id]


def test_quoted_words_stand_together_and_a_star_ends_a_beginning(history: History) -> None:
    apart = said(history, "back we roll", day=1)
    together = said(history, "we roll back", day=2)
    assert [hit.mock.id for hit in history.search('"roll back"')] == [together.id]
    assert {hit.mock.id for hit in history.search("rol*")} == {apart.id, together.id}
    assert history.search("rol") == []


@pytest.mark.parametrize(
    "text", ['roll" OR "x', "roll NOT back)", "text:roll", "NEAR(", '"', "^roll", "roll-back*", "(", "a\0b"]
)
def test_what_is_typed_is_never_a_command(history: History, text: str) -> None:
    said(history, "we roll back")
    if any(character.isalnum() for character in text):
        assert isinstance(history.search(text), list)
    else:
        with pytest.raises(BadInputError, match="no word"):
            history.search(text)


def test_every_word_is_quoted() -> None:
    assert expression('p99 "cold start" AND drift* "un') == '"p99" "cold start" "AND" "drift"* "un"'


def test_a_new_reading_replaces_what_is_found(history: History) -> None:
    mock = said(history, "the can area")
    history.save_result(mock.id, [transcript("the canary")], postmortem())
    assert history.search("area") == []
    assert [hit.mock.id for hit in history.search("canary")] == [mock.id]


def test_what_was_said_in_a_removed_mock_is_in_no_file(history: History) -> None:
    secret = said(history, "Project Nightingale was mine", day=1)
    said(history, "Something else", day=2)
    assert b"nightingal" in (history.home / "mockloop.db").read_bytes()
    history.delete([secret.id])
    assert history.search("nightingale") == []
    for path in history.home.rglob("*"):
        assert not path.is_file() or b"ightingal" not in path.read_bytes(), path


def test_mocks_are_filtered(history: History) -> None:
    low = said(history, "a", made=postmortem(verdict("rollback"), score=20.0), day=1)
    late = said(history, "b", made=postmortem(verdict("rollback", Outcome.DEMONSTRATED), score=69.6), day=2)
    coding = said(history, "c", made=postmortem(verdict("tests", Outcome.CANT_TELL), score=None), day=3, coding=True)

    def found(**wanted: object) -> list[str]:
        return [row.id for row in history.rows(None, Wanted(**wanted))]  # type: ignore[arg-type]

    assert found() == [coding.id, late.id, low.id]
    assert found(round="coding") == [coding.id]
    assert found(since=date(2026, 11, 2)) == [coding.id, late.id]
    assert found(until=date(2026, 11, 2)) == [late.id, low.id]
    assert found(since=date(1, 1, 1), until=date(9999, 12, 31)) == [coding.id, late.id, low.id]
    assert found(min_score=70) == [late.id]
    assert found(max_score=69) == [low.id]
    half = said(history, "d", made=postmortem(verdict("baseline_first"), score=62.5), day=4)
    assert wording.score(62.5) == "62"
    assert found(min_score=62, max_score=62) == found(min_score=61.5, max_score=62.5) == [half.id]
    assert found(min_score=63, max_score=69) == []
    assert found(signal="rollback") == [late.id, low.id]
    assert found(signal="rollback", heard=Heard.MISSED) == [low.id]
    assert found(signal="rollback", heard=Heard.ON_TIME) == [late.id]
    assert found(signal="rollback", heard=Heard.PROMPTED) == []
    assert found(heard=Heard.CANT_TELL) == [coding.id]
    assert found(question=QUESTION.id, round="ml-systems") == [half.id, late.id, low.id]
    assert found(question="other") == []
    assert [hit.mock.id for hit in history.search("b*", None, Wanted(max_score=50))] == []


def test_key_points_are_kept_apart_and_found_by_name(history: History) -> None:
    point = replace(verdict("rank-home/two-stages"), key_point=True)
    mock = said(history, "a", made=postmortem(verdict("rollback", Outcome.DEMONSTRATED), point))
    wanted = Wanted(signal="rank-home/two-stages", heard=Heard.MISSED)
    assert [row.id for row in history.rows(None, wanted)] == [mock.id]
    assert history.rows(None, Wanted(heard=Heard.MISSED)) == []


def test_the_index_is_rebuilt_with_everything(history: History) -> None:
    mock = said(history, "we roll back", "and ramp up")
    before = (history.rows(), history.search("ramp"))
    history.reindex()
    assert (history.rows(), history.search("ramp")) == before
    (history.home / "mockloop.db").unlink()
    assert (history.rows(), history.search("ramp")) == before
    folder = history.folder(mock.id)
    stored = json.loads((folder / "transcript-2.1.json").read_text())
    assert stored["segments"][0]["text"] == "and ramp up"


def test_a_question_asked_second_counts_as_a_take(history: History) -> None:
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    history.recorded(mock.id, record(history, mock).name, 12.0)
    history.add_turn(mock.id, Turn("second", "And this?", None))
    history.save_result(mock.id, [transcript(), transcript()], postmortem())
    assert (history.takes(QUESTION.id), history.takes("second")) == (1, 1)
