"""CONTRIBUTING.md leads to what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_way_of_an_answer_names_modules_that_exist() -> None:
    way = TEXT.partition("## The way of an answer")[2].partition("\n## ")[0]
    named = re.findall(r"\b(\w+/)?(\w+\.py)\b", way)
    assert len(named) > 40
    assert [f"{folder}{name}" for folder, name in named if not list((ROOT / "tui").glob(f"**/{folder}{name}"))] == []


def test_the_table_of_rooms_holds_every_folder() -> None:
    rooms = TEXT.partition("## Rooms")[2].partition("\n## ")[0]
    folders = [place.name for place in (ROOT / "tui").iterdir() if place.is_dir() and not place.name.startswith("_")]
    assert [name for name in folders if f"`tui/{name}/`" not in rooms] == []
