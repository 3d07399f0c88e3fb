"""CONTRIBUTING.md leads to what is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WAY = TEXT.partition("## The way of an answer")[2].partition("\n## ")[0]


def test_the_way_of_an_answer_names_modules_that_exist() -> None:
    named = re.findall(r"\b(\w+/)?(\w+\.py)\b", WAY)
    assert len(named) > 40
    assert [f"{folder}{name}" for folder, name in named if not list((ROOT / "tui").glob(f"**/{folder}{name}"))] == []


def test_the_way_of_an_answer_names_classes_and_methods_that_exist() -> None:
    methods: dict[str, set[str]] = {}
    for module in (ROOT / "tui").glob("**/*.py"):
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
                methods.setdefault(node.name, set()).update(names)
    calls = re.findall(r"\b([A-Z]\w+)\.(\w+)", WAY)
    assert len(calls) > 10
    assert [f"{owner}.{name}" for owner, name in calls if name not in methods.get(owner, ())] == []
    values = re.findall(r"\[(?:\w+\.)?([A-Z]\w+)\]", WAY)
    assert len(values) > 10
    assert [name for name in values if name not in methods] == []


def test_the_table_of_rooms_holds_every_folder() -> None:
    rooms = TEXT.partition("## Rooms")[2].partition("\n## ")[0]
    folders = [place.name for place in (ROOT / "tui").iterdir() if place.is_dir() and not place.name.startswith("_")]
    assert [name for name in folders if f"`tui/{name}/`" not in rooms] == []
