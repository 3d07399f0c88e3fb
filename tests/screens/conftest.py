from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.fakes import FakeServices
from tui.app import MockloopApp, make_app


@pytest.fixture
def services(tmp_path: Path) -> FakeServices:
    return FakeServices(tmp_path / "home")


@pytest.fixture
def app(services: FakeServices) -> MockloopApp:
    made = make_app(services)
    made.animation_level = "none"
    return made
