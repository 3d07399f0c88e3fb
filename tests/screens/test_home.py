"""Home says what is wrong until it was read, and reads rubrics again when asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.screens import steps, values
from tests.screens.fakes import FakeServices
from tui.app import MockloopApp
from tui.errors import RubricError
from tui.screens.briefing import BriefingScreen
from tui.screens.error import ErrorScreen


def hidden(pilot: Pilot[None]) -> bool:
    return pilot.app.screen.query_one("#warnings").has_class("hidden")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_warnings_stand_there_until_they_are_read(
    app: MockloopApp, services: FakeServices, size: tuple[int, int]
) -> None:
    services.rounds = replace(values.catalogue(), warnings=("a.yaml, line 3: [bad] is wrong.",))
    services.problems = ("The recording of x could not be mended: it is damaged.",)
    services.profile = replace(services.profile, warning="profile.json is damaged.")
    async with app.run_test(size=size) as pilot:
        screen = await steps.home(pilot)
        await steps.until(lambda: "3 warnings: a.yaml" in steps.text(screen.query_one("#warnings")))
        await pilot.press("w")
        shown = await steps.on(pilot, ErrorScreen)
        text = shown.query_one(TextArea).text
        assert all(part in text for part in ("[bad]", "could not be mended", "profile.json"))
        await pilot.press("escape")
        await steps.home(pilot)
        assert hidden(pilot)
        await pilot.press("w")
        await steps.on(pilot, ErrorScreen)


async def test_rubrics_are_read_again_after_they_were_corrected(app: MockloopApp, services: FakeServices) -> None:
    services.rounds = RubricError("ml.yaml, line 3: the title is missing.")
    async with app.run_test(size=(80, 24)) as pilot:
        about = pilot.app.screen.query_one("#about-text")
        await steps.until(lambda: "line 3" in steps.text(about))
        assert "Press r" in steps.text(about)
        services.rounds = values.catalogue()
        await pilot.press("r")
        await steps.home(pilot)
        assert "line 3" not in steps.text(about)
        assert hidden(pilot)


async def test_a_round_opens_at_its_least_practised_question(app: MockloopApp, services: FakeServices) -> None:
    services.seed(values.postmortem(), values.postmortem())
    async with app.run_test(size=(80, 24)) as pilot:
        await steps.home(pilot)
        await pilot.press("enter")
        screen = await steps.on(pilot, BriefingScreen)
        assert screen.query_one("#questions").value == "search-freshness"  # type: ignore[attr-defined]
