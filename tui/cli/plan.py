"""`mockloop plan`: the study plan, and the day of the interview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from tui.cli.context import day, json_option, services, tell_left_out
from tui.cli.output import paragraph, print_json, say, width
from tui.cli.tables import table
from tui.errors import BadInputError
from tui.interview.types import LEVELS
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.history.profile import Profile
    from tui.history.study import PlanState
    from tui.session.local import LocalServices


@click.command()
@click.option("--date", "interview", type=day, metavar="DATE", help="Day of the interview.")
@click.option("--no-date", is_flag=True, help="Forget the day of the interview.")
@click.option("--level", type=click.Choice(LEVELS), help="The level that you aim for.")
@click.option("--plan", "plan_id", metavar="ID", help="The plan to follow from today on.")
@click.option("--list", "listing", is_flag=True, help="List the plans there are.")
@json_option
def plan(
    interview: datetime | None, no_date: bool, level: str | None, plan_id: str | None, listing: bool, as_json: bool
) -> None:
    """Show the study plan, and what is due today.

    What you choose is kept. Without a choice the plan is for six weeks, or the short one when the interview is nearer.
    """
    from tui.history.advice import plan_state
    from tui.history.study import full_round
    from tui.report.advice import plan_data

    if listing and (interview or no_date or level or plan_id):
        raise click.UsageError("--list keeps nothing; leave the other options out")
    facade = services()
    tell_left_out(facade.catalogue())
    if listing:
        _list(facade, as_json)
        return
    chosen = _chosen(facade, interview, no_date, level, plan_id)
    state = plan_state(facade.history, facade.catalogue(), chosen, datetime.now().astimezone())
    if state is None:
        raise BadInputError("There is no study plan.", "`mockloop rubric check` says what is wrong with plans.yaml.")
    round_id = full_round(state, facade.catalogue(), chosen.level)
    if as_json:
        print_json({**plan_data(state, round_id), "level": chosen.level})
    else:
        _print(state, round_id)


def _chosen(
    facade: LocalServices, interview: datetime | None, no_date: bool, level: str | None, plan_id: str | None
) -> Profile:
    """The settings, with what was asked for kept in them. Raises BadInputError and StorageError."""
    from tui.history.profile import save_profile

    if interview and no_date:
        raise click.UsageError("Give either --date or --no-date")
    if interview and interview.date() < date.today():
        raise BadInputError(f"{interview.date()} is in the past.", "Give the day of an interview that is to come.")
    plans = facade.catalogue().plans
    if plan_id is not None and plan_id not in plans:
        raise BadInputError(f"There is no plan {one_line(plan_id)}.", f"Choose one of: {', '.join(plans)}.")
    before = after = facade.profile
    if interview or no_date:
        after = replace(after, interview=f"{interview.date()}" if interview else None)
    after = replace(after, level=level or after.level, plan=plan_id or after.plan)
    if after != before:
        # Changing the day of the interview does not begin the plan anew; choosing another plan does.
        begun = None if plan_id and plan_id != before.plan else after.started
        after = replace(after, started=begun or date.today().isoformat())
        save_profile(facade.home, after)
    return after


def _list(facade: LocalServices, as_json: bool) -> None:
    plans = facade.catalogue().plans.values()
    if as_json:
        print_json([{"id": each.id, "title": each.title, "summary": each.summary} for each in plans])
        return
    say(table(("PLAN", "TITLE", "SUMMARY"), [(each.id, each.title, each.summary) for each in plans], width()))


def _print(state: PlanState, round_id: str | None) -> None:
    from tui.report.advice import plan_headline, streak_text

    say(plan_headline(state))
    if state.current and not state.over:
        say(paragraph(state.current.aim))
    say("\n" + paragraph(_today(state, round_id)))
    rows = [
        (
            "done" if each.done else "",
            f"{number}",
            f"{each.due:.0f} min",
            one_line(each.day.title),
            one_line(each.day.do),
        )
        for number, each in enumerate(state.days, 1)
    ]
    say("\n" + table(("", "DAY", "SPEAK", "WHAT", "HOW"), rows, width()))
    _print_areas(state)
    say("\n" + paragraph(streak_text(state)))
    if state.interview is None:
        say(paragraph("Tell the day of the interview with --date YYYY-MM-DD; the plan and the drills adapt to it."))


def _print_areas(state: PlanState) -> None:
    """Print minutes done against minutes due; nothing before the plan begins."""
    if not state.week:
        return
    areas = [
        (
            f"{each.share:.0f} %",
            f"{each.done_week:.0f} of {each.due_week:.0f}",
            f"{each.done:.0f} of {each.due:.0f}",
            one_line(each.title),
            "",
        )
        for each in state.areas
    ]
    say("\n" + table(("SHARE", "MIN THIS WEEK", "MIN SINCE START", "AREA", ""), areas, width()))


def _today(state: PlanState, round_id: str | None) -> str:
    """What is due today, in a sentence or two."""
    done = f" {state.today_minutes:.0f} minutes are done today." if state.today_minutes >= 1 else ""
    if state.over:
        return f"The plan is through. `mockloop next` says what to drill.{done}"
    if not state.week:
        return f"Until the plan begins, `mockloop next` says what to drill.{done}"
    due = state.due_today
    if due is None:
        return f"This week's five days are done; the rest of it is free.{done}"
    where = f" (mockloop practice --round {round_id})" if due.day.full and round_id else ""
    what = f"{one_line(due.day.title)}, about {due.due:.0f} minutes of speaking{where}. {one_line(due.day.do)}"
    return f"Due today: {what}{done}"
