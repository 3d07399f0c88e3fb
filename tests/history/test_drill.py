"""What to drill next follows from weight, misses, time and the days left; the improvement from what was lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tui.history.advice import Advice, advise
from tui.history.profile import Profile
from tui.history.rates import Rate
from tui.history.store import History
from tui.rubric.verdicts import Outcome, QuestionScore, Verdict

from .real import assessor, read, thirty
from .samples import SETTINGS, postmortem, record, transcript, verdict

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
CATALOGUE = assessor().catalogue
ROUND = CATALOGUE.rounds["ml-systems"]
UNDECIDED = Profile()


def mock(history: History, days_ago: float, *verdicts: Verdict, source: str = "practice") -> str:
    """A scored mock in `ml-systems` with these verdicts."""
    history._now = lambda: (NOON - timedelta(days=days_ago)).astimezone()
    made = history.begin(ROUND, ROUND.questions[0], replace(SETTINGS, source=source))
    history.recorded(made.id, record(history, made).name, 12.0)
    history.save_result(made.id, [transcript()], postmortem(*verdicts))
    return made.id


def heard(signal: str) -> Verdict:
    return verdict(signal, Outcome.DEMONSTRATED)


def advice(history: History, profile: Profile = UNDECIDED, now: datetime = NOON) -> Advice:
    return advise(history, CATALOGUE, profile, now)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "home")


def test_before_the_first_mock_the_weightiest_signal_is_drilled(history: History) -> None:
    found = advice(history)
    assert found.drill is not None
    assert found.drill.due is None
    assert found.drill.weight == max(signal.weight for signal in CATALOGUE.rubric.signals.values())
    assert found.improvement is None
    assert found.drill.signal.id in found.drill.round.signals
    assert not history.home.exists()


def test_what_was_missed_and_is_due_comes_before_what_was_heard(history: History) -> None:
    for days in (9, 6, 3):
        mock(history, days, verdict("rollback"), heard("monitoring"))
    found = advice(history)
    order = [each.signal.id for each in (found.drill, *found.others) if each]
    assert order.index("rollback") < order.index("monitoring")
    drill = next(each for each in (found.drill, *found.others) if each and each.signal.id == "rollback")
    assert drill.missed == Rate(3, 3)
    assert drill.due is not None
    assert drill.due.elapsed == pytest.approx(3.0)
    assert drill.is_due
    # Laplace: (0 + 1) of (3 + 2) would be held, if nothing were forgotten.
    assert drill.chance == pytest.approx(1 - 0.2 * drill.due.recall)


def test_the_level_weighs(history: History) -> None:
    for days in (9, 6, 3):
        mock(history, days, verdict("rollback"))
    plain, senior = (
        next(each for each in (found.drill, *found.others) if each and each.signal.id == "rollback")
        for found in (advice(history), advice(history, Profile(level="senior")))
    )
    assert senior.weight == pytest.approx(plain.weight * CATALOGUE.levels["senior"].weights["rollback"])


def test_with_few_days_left_everything_is_due_sooner(history: History) -> None:
    for days in (12, 8, 1.5):
        mock(history, days, heard("monitoring"))

    def due(profile: Profile) -> bool:
        found = advice(history, profile)
        return next(each for each in (found.drill, *found.others) if each and each.signal.id == "monitoring").is_due

    assert not due(Profile())
    assert due(Profile(interview="2026-11-27"))
    # A day that has passed compresses nothing.
    assert not due(Profile(interview="2026-11-01"))


def test_the_question_that_stresses_it_and_was_asked_least_is_chosen(history: History) -> None:
    first = advice(history).drill
    assert first is not None
    assert first.signal.id in first.question.emphasis
    place = CATALOGUE.rounds[first.round.id]
    history._now = lambda: NOON
    made = history.begin(place, first.question, SETTINGS)
    history.recorded(made.id, record(history, made).name, 12.0)
    second = advice(history).drill
    assert second is not None
    assert second.signal == first.signal
    assert second.question.id != first.question.id


def test_demonstrations_are_no_practice(history: History) -> None:
    mock(history, 1, verdict("rollback"), source="demo")
    found = advice(history)
    assert all(each.due is None for each in (found.drill, *found.others) if each)
    assert found.improvement is None


def test_the_improvement_is_what_cost_most_in_the_week_before(history: History) -> None:
    mock(history, 20, verdict("tests"), verdict("tests2"))  # long ago
    mock(history, 8, verdict("rollback"), heard("monitoring"))
    mock(history, 4, verdict("rollback"), verdict("monitoring"))
    found = advice(history).improvement
    assert found is not None
    # Each weighs 3 of 6 points: rollback cost 50 twice.
    assert (found.signal, found.points, found.mocks, found.missed) == ("rollback", 50.0, 2, Rate(2, 2))


def test_the_improvement_stays_the_same_all_week(history: History) -> None:
    mock(history, 4, verdict("rollback"))
    before = advice(history).improvement
    for hours in (20, 10, 5):
        mock(history, hours / 24, verdict("monitoring"))
    assert advice(history).improvement == before
    sunday = NOON + timedelta(days=4)
    assert advice(history, now=sunday).improvement == before
    changed = advice(history, now=sunday + timedelta(days=1)).improvement
    assert changed is not None
    assert changed.signal == "monitoring"


def test_with_no_week_before_the_first_mocks_say_it(history: History) -> None:
    mock(history, 0.1, verdict("rollback"))
    found = advice(history).improvement
    assert found is not None
    assert found.signal == "rollback"


def test_unscored_questions_cost_nothing(history: History) -> None:
    made = postmortem(verdict("rollback"))
    card = replace(made.scorecard, questions=(QuestionScore("q", "Q", None, 0.0, 3.0, "Too short."),))
    history._now = lambda: NOON - timedelta(days=4)
    begun = history.begin(ROUND, ROUND.questions[0], SETTINGS)
    history.recorded(begun.id, record(history, begun).name, 12.0)
    history.save_result(begun.id, [transcript()], replace(made, scorecard=card))
    assert advice(history).improvement is None


def test_the_rates_are_those_of_the_folders(history: History) -> None:
    thirty(history)
    now = datetime(2026, 10, 31, tzinfo=UTC)
    found = advise(history, CATALOGUE, Profile(), now)
    plain = list(read(history.home))
    for drill in (found.drill, *found.others):
        assert drill is not None
        mine = [each for each in plain if each.signal == drill.signal.id and each.outcome != "cant_tell"]
        mine.sort(key=lambda each: (each.mock, each.question), reverse=True)
        assert drill.missed == Rate(sum(each.outcome == "missed" for each in mine[:10]), len(mine[:10]))
        if mine and drill.due:
            assert drill.due.elapsed == pytest.approx((now.date() - date.fromisoformat(mine[0].mock[:10])).days - 0.5)
