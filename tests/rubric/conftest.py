from __future__ import annotations

from pathlib import Path

import pytest

from tui.interview.load import load_catalogue
from tui.interview.types import Catalogue
from tui.rubric.types import Rubric

SMALL = Path(__file__).parent.parent / "data" / "rubric"


@pytest.fixture(scope="session")
def small() -> Catalogue:
    """A rubric of three signals and one round."""
    return load_catalogue(SMALL)


@pytest.fixture(scope="session")
def rubric(small: Catalogue) -> Rubric:
    return small.rubric
