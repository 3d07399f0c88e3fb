"""The plan says where somebody stands: the week, the minutes, what is due today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tui.history.practice import Sitting, minutes_by_area, sittings, streak
from tui.history.profile import Profile
from tui.history.store import History
from tui.history.study import PlanState, full_round, study

from .real import assessor
from .samples import QUESTION, SETTINGS, postmortem, record, transcript

CATALOGUE = assessor().catalogue
TODAY = date(2026, 11, 25)


def sat(round_id: str, minutes: float, days_ago: int = 0, questions: int = 1) -> Sitting:
    return Sitting(TODAY - timedelta(days=days_ago), round_id, minutes, questions)


def state(*found: Sitting, today: date = TODAY, **profile: str) -> PlanState:
    made = study(CATALOGUE, Profile(**profile), sorted(found, key=lambda each: each.day), today)  # type: ignore[arg-type]
    assert made is not None
    return made


def test_without_a_choice_it_is_the_first_week_of_six() -> None:
    found = state()
    assert (found.plan.id, found.week, len(found.weeks)) == ("six-weeks", 1, 6)
    assert found.due_today is not None
    assert found.due_today.day == found.plan.days[0]
    assert found.days_left is None


def test_the_weeks_minutes_are_shared_out_as_the_guides_say() -> None:
    found = state()
    shares = {each.area: each.due_week / found.plan.minutes for each in found.areas}
    assert shares == pytest.approx(
        {"coding": 0.3, "ml_systems": 0.25, "ml_fundamentals": 0.2, "behavioral": 0.15, "experimentation": 0.1}
    )
    assert sum(each.due for each in found.days) == pytest.approx(found.plan.minutes)
    other = state(plan="three-areas")
    assert {each.area: each.share for each in other.areas} == {"coding": 40, "ml_systems": 40, "behavioral": 20}
    assert sum(each.due for each in other.days) == pytest.approx(other.plan.minutes)


def test_a_day_is_done_by_its_minutes_in_any_order() -> None:
    found = state(sat("ml-systems", 15), started="2026-11-23")
    assert [each.done for each in found.days] == [False, False, True, False, False]
    assert found.due_today is not None
    assert found.due_today.day.areas == ("coding",)
    assert found.today_minutes == 15
    almost = state(sat("coding", 17, 1), started="2026-11-23")
    assert almost.days[0].done
    assert not state(sat("coding", 15, 1), started="2026-11-23").days[0].done


def test_last_weeks_minutes_do_not_count_for_this_week() -> None:
    found = state(sat("coding", 40, 8), started="2026-11-16")
    assert (found.week, found.days[0].done) == (2, False)
    coding = found.areas[0]
    assert (coding.done_week, coding.done, coding.due) == (0.0, 40.0, pytest.approx(54.0))


def test_an_area_of_two_days_is_done_half_and_half() -> None:
    found = state(sat("coding", 12), started="2026-11-23", plan="three-areas")
    assert [each.done for each in found.days][:3] == [True, False, False]
    found = state(sat("coding", 24), sat("behavioral", 12), started="2026-11-23", plan="three-areas")
    assert [each.done for each in found.days][:3] == [True, False, True]


@pytest.mark.parametrize(("minutes", "questions", "full"), [(15, 1, False), (20, 1, True), (8, 2, True)])
def test_a_long_mock_or_one_of_several_questions_is_full(minutes: float, questions: int, full: bool) -> None:
    assert state(sat("ml-systems", minutes, 0, questions), started="2026-11-23").days[-1].done is full


def test_a_week_that_is_done_leaves_the_rest_free() -> None:
    rounds = {"coding": 30, "ml-fundamentals": 20, "ml-systems": 30, "experimentation": 10, "behavioral": 15}
    found = state(*(sat(id_, minutes, 1) for id_, minutes in rounds.items()), started="2026-11-23")
    assert all(each.done for each in found.days)
    assert found.due_today is None


@pytest.mark.parametrize(
    ("interview", "started", "plan", "week", "weeks"),
    [
        ("2027-01-06", "2026-11-25", "six-weeks", 1, 6),
        ("2027-01-05", "2026-11-25", "short", 1, 6),
        ("2026-12-05", "2026-11-25", "short", 1, 2),
        ("2026-11-25", "2026-11-25", "short", 1, 1),
        ("2027-01-06", "2026-11-11", "six-weeks", 1, 6),
        ("2026-12-09", "2026-10-28", "six-weeks", 5, 6),
        ("2027-02-06", "2026-11-25", "six-weeks", 0, 6),
    ],
)
def test_the_interview_decides_which_plan_and_week(
    interview: str, started: str, plan: str, week: int, weeks: int
) -> None:
    found = state(interview=interview, started=started)
    assert (found.plan.id, found.week, len(found.weeks)) == (plan, week, weeks)
    assert not found.over
    if weeks > len(found.plan.weeks):
        assert found.weeks == (found.plan.weeks[0], *found.plan.weeks)
    if weeks < len(found.plan.weeks):
        assert found.weeks[-1] == found.plan.weeks[-1]
        assert found.weeks[:-1] == found.plan.weeks[: weeks - 1]


def test_before_it_begins_and_after_it_is_over_nothing_is_due() -> None:
    early = state(interview="2027-02-06", started="2026-11-25")
    assert (early.current, early.due_today, early.started) == (None, None, date(2026, 12, 26))
    late = state(interview="2026-11-20", started="2026-10-20")
    assert (late.over, late.due_today, late.days_left) == (True, None, -5)
    through = state(started="2026-09-01")
    assert (through.over, through.week) == (True, 6)


def test_the_full_mock_is_a_round_of_the_level() -> None:
    found = state(started="2026-10-24")
    assert found.week == 5
    assert full_round(found, CATALOGUE, "staff") == "ml-architecture"
    assert full_round(found, CATALOGUE, "junior") == full_round(found, CATALOGUE, None) == "ml-fundamentals"
    assert full_round(state(interview="2027-02-06"), CATALOGUE, None) is None


def test_a_streak_counts_weeks_and_forgives_days() -> None:
    assert streak([], TODAY).weeks == 0
    found = streak([sat("coding", 5, days) for days in (15, 9, 1)], TODAY)
    assert (found.weeks, found.this_week) == (3, 1)
    # The running week has none yet: it ends nothing.
    assert streak([sat("coding", 5, days) for days in (15, 9)], TODAY).weeks == 2
    assert streak([sat("coding", 5, days) for days in (17, 3)], TODAY).weeks == 1
    assert [day for day, _ in found.last_days] == [TODAY - timedelta(days=ago) for ago in range(13, -1, -1)]
    assert found.last_days[-1] == (TODAY, 0.0)
    assert found.last_days[-2][1] == 5


def test_minutes_come_from_the_recordings(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: datetime(2026, 11, 24, 12, tzinfo=UTC).astimezone())
    for round_id, source, end in (("coding", "practice", 90.0), ("coding", "demo", 60.0), ("gone", "practice", 60.0)):
        round_ = CATALOGUE.rounds["coding"]
        mock = history.begin(round_, QUESTION, replace(SETTINGS, source=source))
        history.recorded(mock.id, record(history, mock).name, end)
        history.save_result(mock.id, [transcript()], postmortem())
        if round_id == "gone":
            path = history.folder(mock.id) / "mock.json"
            path.write_text(path.read_text().replace('"round": "coding"', '"round": "gone"'))
    with history.opened() as connection:
        found = sittings(connection)
    assert sorted((each.round, each.minutes) for each in found) == [("coding", 1.5), ("gone", 1.0)]
    assert minutes_by_area(found, CATALOGUE) == {"coding": 1.5}
