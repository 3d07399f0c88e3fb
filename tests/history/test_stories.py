"""The notebook on disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.errors import BadInputError
from tui.history.stories import begin_stories, read_stories, stories_path


def test_without_a_file_there_are_no_stories(tmp_path: Path) -> None:
    assert read_stories(tmp_path, ()).stories == ()


def test_the_template_is_sound_as_it_is_and_with_its_example(tmp_path: Path) -> None:
    path = begin_stories(tmp_path / "home")
    assert read_stories(path.parent, ()) == read_stories(tmp_path, ())
    path.write_text(re.sub(r"(?m)^#  ", "  ", path.read_text()))
    found = read_stories(path.parent, ())
    assert found.problems == ()
    assert [story.id for story in found.stories] == ["slow-search"]


def test_a_notebook_is_never_overwritten(tmp_path: Path) -> None:
    stories_path(tmp_path).write_text("mine")
    with pytest.raises(BadInputError, match="already"):
        begin_stories(tmp_path)
    assert stories_path(tmp_path).read_text() == "mine"


def test_mistakes_have_file_and_line(tmp_path: Path) -> None:
    path = begin_stories(tmp_path)
    text = re.sub(r"(?m)^#  ", "  ", path.read_text())
    path.write_text(text.replace("title:", "titel:"))
    (problem,) = read_stories(tmp_path, ()).problems
    assert str(problem) == f"{path}:12: 'titel' is not known here; did you mean 'title'?"
    path.write_text(text.replace("From 900 to 240 ms, and clicks rose from 61 % to 66 % of sessions", "It helped"))
    (problem,) = read_stories(tmp_path, ()).problems
    assert problem.line == 16
    assert len(read_stories(tmp_path, ()).stories) == 1
