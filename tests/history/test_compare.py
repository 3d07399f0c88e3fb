"""Two takes of one question stand side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tui.errors import BadInputError
from tui.history.compare import Change, Compared, compare
from tui.history.store import History
from tui.rubric.verdicts import Outcome

from .real import FIRST_DAY, add, labelled
from .samples import ROUND, SETTINGS, scored, verdict


def test_what_was_gained_and_lost_is_told(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: FIRST_DAY)
    one, two = [each["text"] for each in labelled() if each["round"] == "ml-systems"][:2]
    earlier = history.load(add(history, [("", one)], "ml-systems"))
    history._now = lambda: FIRST_DAY.replace(day=2)
    # After the question of the earlier mock comes another here, which has no part in this.
    later = history.load(add(history, [("", two), ("", one), ("rollback", two)], "ml-systems"))
    found = compare(later, earlier)
    assert (found.earlier.mock, found.later.mock) == (earlier.mock.id, later.mock.id)
    assert found.question == earlier.mock.question
    assert earlier.postmortem is not None
    assert later.postmortem is not None
    assert found.earlier.score == earlier.postmortem.scorecard.overall
    assert found.later.score == later.postmortem.scorecard.questions[0].overall
    for each in found.signals:
        before = next(v for v in earlier.postmortem.scorecard.verdicts if v.signal == each.signal)
        after = next(v for v in later.postmortem.scorecard.verdicts if (v.signal, v.question) == (each.signal, 1))
        assert (each.earlier, each.later) == (before, after)
        expected = {1: Change.BETTER, 0: Change.SAME, -1: Change.WORSE}
        gained = round(after.credit - before.credit, 9)
        assert each.change is expected[(gained > 0) - (gained < 0)]
    assert {Change.BETTER, Change.SAME} <= {each.change for each in found.signals}
    assert found.caveats == ()
    third = history.load(add(history, [("", one)], "ml-systems"))
    assert {Change.WORSE, Change.SAME} <= {each.change for each in compare(later, third).signals}


def test_what_one_of_them_cannot_tell_is_no_change() -> None:
    missed, doubtful = (verdict("rollback", outcome) for outcome in (Outcome.MISSED, Outcome.CANT_TELL))
    for earlier, later in ((missed, doubtful), (doubtful, missed), (None, missed), (missed, None)):
        assert Compared("rollback", "Rollback", False, earlier, later).change is Change.UNKNOWN


def test_what_is_not_like_for_like_is_told(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: FIRST_DAY)
    file = history.load(scored(history).id)
    assert file.postmortem is not None
    other = replace(file.postmortem.provenance, rubric="other", model="base.en")
    changed = replace(file, postmortem=replace(file.postmortem, provenance=other, level="senior"))
    assert [caveat.split()[2:5] for caveat in compare(file, changed).caveats] == [
        ["were", "scored", "by"],
        ["were", "held", "to"],
        ["were", "recognised", "by"],
    ]


def test_two_questions_cannot_be_compared(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: FIRST_DAY)
    file = history.load(scored(history).id)
    turn = replace(file.mock.turns[0], question="another")
    with pytest.raises(BadInputError, match="no question in common"):
        compare(file, replace(file, mock=replace(file.mock, turns=(turn,))))
    with pytest.raises(BadInputError, match="not scored yet"):
        compare(file, history.load(history.begin(ROUND, None, SETTINGS).id))
