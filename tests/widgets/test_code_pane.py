"""The editor pane, driven as a person does, with the real sandbox and the real disk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tests.screens.steps import until
from tui.errors import MockloopError, StorageError
from tui.history.code import read_code, save_code
from tui.interview.types import CodeExample, Language, Task
from tui.sandbox.runner import run_examples
from tui.sandbox.types import Run
from tui.widgets.code_pane import CodePane

TASK = Task(
    "Write `double(n)`. [/b]",
    (CodeExample("4", "double(2)"), CodeExample("[0, 0]", "double([0])", hidden=True)),
    starter="def double(n):",
)


class Desk(App[None]):
    """A pane in a screen that has keys of its own, as the interview has."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-huge")]
    BINDINGS = [
        Binding("f8,ctrl+g", "end", "End", priority=True),
        Binding("e", "end", "End"),
        Binding("f9", "pause", "Pause"),
    ]

    def __init__(self, pane: CodePane) -> None:
        super().__init__()
        self.pane = pane
        self.done: list[str] = []
        self.troubles: list[MockloopError] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.focus()

    def action_end(self) -> None:
        self.done.append("end")

    def action_pause(self) -> None:
        self.done.append("pause")

    def on_code_pane_trouble(self, message: CodePane.Trouble) -> None:
        self.troubles.append(message.error)


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[str, dict[str, Any] | None], None]:
    return lambda code, results: save_code(tmp_path, 1, "python", code, results)


def outcome(app: Desk) -> str:
    return str(app.screen.query_one("#outcome", Static).content)


async def test_code_is_typed_run_and_kept(tmp_path: Path, keep: Any) -> None:
    app = Desk(CodePane(TASK, keep))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"return 2 * n", "f5")
        await until(lambda: app.pane.runs)
        await pilot.pause()
        assert app.pane.code == "def double(n):\n    return 2 * n"
        assert outcome(app) == "✓ 1 double(2)\n✓ 2 hidden example"
        await until(lambda: read_code(tmp_path, 1) and read_code(tmp_path, 1).results)  # type: ignore[union-attr]
    kept = read_code(tmp_path, 1)
    assert kept is not None
    assert kept.code == app.pane.code
    assert kept.results is not None
    assert kept.results["runs"][0]["passed"] == 2


async def test_what_went_wrong_is_shown_as_it_is(keep: Any) -> None:
    app = Desk(CodePane(TASK, keep, code="print('[bold]x')\ndef double(n): return n"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+r")
        await until(lambda: app.pane.runs)
        await pilot.pause()
        shown = outcome(app)
        assert "✗ 1 double(2)\n    expected 4\n    got      2\n✗ 2 hidden example" in shown
        assert "double([0])" not in shown
        assert shown.endswith("Printed:\n[bold]x")


async def test_an_endless_loop_leaves_the_pane_usable() -> None:
    def quick(task: Task, code: str, cancel: Event) -> Run:
        from tui.sandbox.types import Limits

        return run_examples(task, code, Limits(seconds=0.4), cancel)

    app = Desk(CodePane(TASK, code="while True: pass", run=quick))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "f5", *"abc")
        assert app.pane.code.endswith("abc")
        await until(lambda: app.pane.runs)
        await pilot.pause()
        assert len(app.pane.runs) == 1
        assert outcome(app) == "Stopped after 0.4 s: an endless loop, or far too slow."


async def test_the_keys_of_the_answer_are_not_swallowed() -> None:
    app = Desk(CodePane(TASK))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "f9", "f8", "ctrl+g", "ctrl+e", "ctrl+k")
        assert app.done == ["pause", "end", "end"]
        assert app.pane.code == "def double(n):e"
        await pilot.press("f2", "e")
        assert app.done[-1] == "end"
        assert len(app.done) == 4
        await pilot.press("f2", "f2", "x")
        assert app.pane.code == "def double(n):ex"


async def test_changes_are_kept_while_one_writes_and_when_the_pane_goes(tmp_path: Path, keep: Any) -> None:
    app = Desk(CodePane(TASK, keep))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "ctrl+s")
        await until(lambda: read_code(tmp_path, 1))
        await pilot.press("y")
    kept = read_code(tmp_path, 1)
    assert kept is not None
    assert kept.code == "def double(n):xy"


async def test_code_waits_until_there_is_a_place_to_keep_it(tmp_path: Path, keep: Any) -> None:
    app = Desk(CodePane(TASK))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "ctrl+s")
        app.pane.keep = keep
        app.pane.flush()
        assert read_code(tmp_path, 1).code == "def double(n):x"  # type: ignore[union-attr]


async def test_code_that_cannot_be_kept_is_told_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    app = Desk(CodePane(TASK, lambda code, results: save_code(folder, 1, "python", code, results)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "ctrl+s")
        await until(lambda: app.troubles)
        assert isinstance(app.troubles[0], StorageError)
        folder.mkdir()
        await pilot.press("ctrl+s")
        await until(lambda: read_code(folder, 1))


@contextmanager
def nothing() -> Iterator[None]:
    yield


async def test_code_that_cannot_be_kept_does_not_end_a_run_of_the_examples() -> None:
    begun: list[str] = []

    def refuse(code: str, results: dict[str, Any] | None) -> None:
        raise StorageError("The disk is full.", "Free some space.")

    def wait(task: Task, code: str, cancel: Event) -> Run:
        begun.append(code)
        cancel.wait(10)
        raise MockloopError("The run was ended.", "Run it again.")

    app = Desk(CodePane(TASK, refuse, run=wait))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "x", "ctrl+s")
        await until(lambda: app.troubles)
        await pilot.press("f5")
        await pilot.pause()
        assert str(app.pane.query_one("#results").border_subtitle) == "running …"
        assert len(begun) == 1
        assert app.pane._cancel
        app.pane._cancel.set()
        await until(lambda: not app.pane.query_one("#results").border_subtitle)
        await pilot.press("f5")
        await until(lambda: len(begun) == 2)


async def test_ones_own_editor_takes_the_code_and_gives_it_back(
    tmp_path: Path, keep: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[1])\nassert p.suffix == '.py'\n"
        "p.write_bytes(p.read_bytes() + b'\\r\\n    return n')"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    app = Desk(CodePane(TASK, keep))
    monkeypatch.setattr(app, "suspend", nothing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await until(lambda: app.pane.code == "def double(n):\n    return n")
    assert read_code(tmp_path, 1).code == app.pane.code  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("editor", "told"), [("", "No editor of your own is set."), ("/no/such/editor", "cannot be started")]
)
async def test_an_editor_that_is_not_there_is_told(editor: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    app = Desk(CodePane(TASK))
    monkeypatch.setattr(app, "suspend", nothing)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        assert any(told in note.message for note in app._notifications)
        assert app.pane.code == TASK.starter


async def test_silence_is_told_quietly_and_speech_takes_it_away() -> None:
    app = Desk(CodePane(TASK))
    async with app.run_test(size=(80, 24)):
        area = app.pane.query_one("#code")
        for tenth in range(260):
            app.pane.hear(tenth / 10, -70.0)
        assert area.border_subtitle == "Silent for 25 s: say what you are writing, and why."
        for tenth in range(260, 290):
            app.pane.hear(tenth / 10, -25.0)
        assert not area.border_subtitle
        app.pane.hear(100.0, None)
        app.pane.hear(130.0, -70.0)
        assert not area.border_subtitle


async def test_indentation_follows() -> None:
    app = Desk(CodePane(TASK))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"if n:", "enter", *"x", "enter", "backspace", *"y", "enter", "tab", "shift+tab")
        assert app.pane.code == "def double(n):\n    if n:\n        x\n    y\n    "
        assert app.pane.query_one("#code").language == "python"


async def test_sql_shows_its_tables() -> None:
    task = Task("All.", (CodeExample("[(1,)]"),), Language.SQL, setup="create table t (id);", starter="select ")
    app = Desk(CodePane(task))
    async with app.run_test(size=(80, 24)):
        text = str(app.screen.query_one("#statement", Static).content)
        assert "create table t (id);" in text
        assert "Rows: [(1,)]" in text
        assert app.pane.query_one("#code").language == "sql"


@pytest.mark.parametrize(("size", "rows"), [((80, 24), 8), ((120, 36), 20)])
async def test_the_editor_has_room(size: tuple[int, int], rows: int) -> None:
    app = Desk(CodePane(TASK))
    async with app.run_test(size=size):
        assert app.pane.query_one("#code").content_size.height >= rows
