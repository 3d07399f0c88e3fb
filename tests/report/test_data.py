"""A postmortem for programs: keys that stay, and values that JSON can hold."""

from __future__ import annotations

import json

from tui.report.data import account_data, to_data

from .samples import SEEN, conversation, hostile, postmortem


def test_the_keys_are_those_that_were_promised() -> None:
    data = json.loads(json.dumps(to_data(postmortem(), "2026-11-22T18-30-05-ml-systems-k3f9"), allow_nan=False))
    assert data["id"] == "2026-11-22T18-30-05-ml-systems-k3f9"
    assert (data["round"], data["question"], data["score"], data["unscored"]) == ("ml-systems", "rank-home", 62.5, None)
    assert data.keys() >= {"dimensions", "signals", "root_cause", "fix", "delivery", "provenance", "notes"}
    assert data["dimensions"][0]["score"] == 58.0
    late = data["signals"][2]
    assert (late["outcome"], late["punctuality"], late["weight"], late["credit"]) == ("demonstrated", "late", 3.0, 1.0)
    assert late["evidence"] == [
        {
            "quote": "I assume a hundred million members",
            "turn": 1,
            "start": 10,
            "end": 44,
            "start_seconds": 72.4,
            "end_seconds": 75.0,
            "probability": 0.8,
            "certain": True,
        }
    ]
    missed = data["signals"][0]
    assert (missed["signal"], missed["outcome"], missed["punctuality"], missed["reason"], missed["evidence"]) == (
        *("rollback", "missed", None, "Not heard."),
        [],
    )
    assert (data["root_cause"]["cost"], data["fix"]["signal"]) == (18.75, "rollback")
    assert data["delivery"]["longest_silence"] == {"start_seconds": 64.0, "end_seconds": 67.25}


def test_what_is_not_known_is_null() -> None:
    data = to_data(postmortem(None))
    assert (data["id"], data["score"], data["root_cause"], data["fix"]) == (None, None, None, None)
    assert data["unscored"].startswith("Only 4 seconds")
    assert data["dimensions"][0]["score"] is None


def test_texts_are_clean() -> None:
    data = to_data(hostile())
    assert data["signals"][0]["title"] == SEEN
    assert data["notes"][0] == SEEN


def test_a_mock_has_its_answers() -> None:
    data = json.loads(json.dumps(account_data(conversation()), allow_nan=False))
    assert (data["level"], data["revision"], data["self_rating"]) == ("senior", 2, {"ml_systems": 3})
    assert [(each["turn"], each["question_number"], each["kind"]) for each in data["answers"]] == [
        (1, 1, "question"),
        (2, 1, "follow_up"),
        (3, 1, "follow_up"),
        (4, 2, "question"),
    ]
    asked = data["answers"][1]
    assert (asked["about"], asked["heard"]) == ("way_back", "heard then: it had to be asked for")
    (evidence,) = next(each for each in data["signals"] if each["signal"] == "way_back")["evidence"]
    said = data["answers"][evidence["turn"] - 1]["transcript"]["text"]
    assert said[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert data["answers"][3]["transcript"] is None
    assert data["answers"][0]["clarified"][0]["aloud"] is True
