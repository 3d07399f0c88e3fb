"""Screens say numbers, verdicts and figures in the words of the reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.report.wording import delivery_figures
from tui.rubric.verdicts import DimensionScore
from tui.widgets.postmortem_text import delivery_figures as delivery_text
from tui.widgets.score_card import dimension_line
from tui.widgets.wording import minutes, span


async def test_parts_of_points_add_up_to_the_sum_beside_them(app: MockloopApp, services: FakeServices) -> None:
    line = dimension_line(DimensionScore("d", "Systems", 42.0, 1.25, 3.0), 12, 6)
    assert "1.25 of 3" in line.plain
    said = values.postmortem()
    (verdict, *_) = (each for each in said.scorecard.verdicts if each.credit)
    card = replace(said.scorecard, verdicts=(replace(verdict, weight=2.5, credit=0.5),))
    services.seed(replace(said, scorecard=card))
    async with app.run_test(size=(80, 24)) as pilot:
        await steps.home(pilot)
        await pilot.press("h", "enter")
        await steps.until(lambda: "1.25 of 2.5" in steps.shown(app.screen))


def test_the_figures_of_a_delivery_are_those_of_the_report() -> None:
    said = values.postmortem()
    assert said.delivery
    text = delivery_text(said, values.mock()).plain
    for name, value in delivery_figures(said.delivery):
        assert any(line.split() == [*name.split(), *value.split()] for line in text.splitlines()), name


@pytest.mark.parametrize(
    ("start", "end", "text"), [(5, 5.9, "0:05"), (59, 61, "0:59–1:01"), (3599, 3661, "59:59–1:01:01")]
)
def test_hours_are_shown_where_there_are_any(start: float, end: float, text: str) -> None:
    assert span(start, end) == text


def test_no_time_is_none_in_a_word() -> None:
    assert [minutes(seconds) for seconds in (0, 45, 90, 360)] == ["none", "45 s", "1 min 30 s", "6 min"]
