"""Charts: the right places, well-formed, with their numbers in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from markupsafe import Markup

from tui.history.rates import Rate
from tui.report.charts.figures import LABELS, SPAN, Bar, Point, bars, over_time, rates
from tui.report.charts.svg import short
from tui.report.charts.timeline import LABELS as NAMES
from tui.report.charts.timeline import timeline
from tui.transcript import Span, Transcript

from .samples import HOSTILE, SEEN, account, conversation, transcript


def read(chart: Markup | None) -> ET.Element:
    assert chart
    return ET.fromstring(chart)


def words(chart: ET.Element) -> list[str]:
    return [each.text or "" for each in chart.iter("text")]


def test_a_quote_stands_where_it_was_said_in_the_mock() -> None:
    chart = read(timeline(conversation()))
    link = next(each for each in chart.iter("a") if each.get("data-turn") == "2")
    assert (link.get("data-start"), link.get("data-end")) == ("4.000", "6.500")
    # The second answer begins 90 s into 110 s.
    place = float(next(iter(link)).get("x") or 0)
    assert abs(place - (NAMES + (900 - NAMES - 10) * 94 / 110)) < 0.1
    assert {"Question 1", "Speech", "0:00"} <= set(words(chart))
    assert "✗ Rollback" not in words(chart)


def test_questions_keep_their_numbers_where_a_transcript_is_damaged() -> None:
    made = conversation()
    first, second, third, last = made.answers
    answers = (replace(first, transcript=None), second, third, replace(last, transcript=transcript()))
    found = words(read(timeline(replace(made, answers=answers))))
    assert "Question 2" in found
    assert "Question 1" not in found


def test_pauses_are_named_in_seconds() -> None:
    said = replace(transcript(), voice=(Span(0.0, 20.0), Span(26.0, 80.0), Span(81.0, 90.0)))
    found = words(read(timeline(account(None, said))))
    assert "6" in found
    assert "1" not in found


def test_text_has_no_timeline() -> None:
    assert timeline(account(None, Transcript.of_text("No times."))) is None
    assert timeline(account()) is None


def test_hostile_titles_are_text() -> None:
    chart = read(timeline(conversation(HOSTILE)))
    assert "script" not in {each.tag for each in chart.iter()}
    assert any(SEEN in (each.text or "") for each in chart.iter("title"))


def test_bars_are_as_long_as_their_scores() -> None:
    chart = read(bars("Areas", [Bar("One", 25.0, "1 of 4"), Bar("Two", None, "none")]))
    (bar,) = [each for each in chart.iter("rect") if each.get("class") == "bar"]
    assert float(bar.get("width") or 0) == SPAN / 4
    assert {"One", "25", "1 of 4", "Two", "–"} <= set(words(chart))


def test_rates_have_their_n_and_interval() -> None:
    chart = read(rates("Missed", [("Rollback", Rate(3, 7)), ("Never", Rate(0, 0))]))
    (dot,) = chart.iter("circle")
    assert abs(float(dot.get("cx") or 0) - (LABELS + SPAN * 3 / 7)) < 0.01
    assert "3 of 7 (16-75 %)" in words(chart)


def test_values_over_time_run_from_left_to_right() -> None:
    points = [Point(f"Mock {day}", f"2026-11-{day:02d}", float(day)) for day in range(1, 31)]
    dots = list(read(over_time("Score", points, 0.0, 100.0, (10.0, 20.0))).iter("circle"))
    across = [float(each.get("cx") or 0) for each in dots]
    assert across == sorted(across)
    assert float(dots[0].get("cy") or 0) > float(dots[-1].get("cy") or 0)
    assert len(dots) == 30
    assert read(over_time("Score", points[:1], 0.0, 100.0, None)).find("circle") is not None


def test_long_names_are_cut() -> None:
    assert short("Short", 100) == "Short"
    assert short("x" * 100, 66).endswith("…")
    assert len(short("x" * 100, 66)) == 10
