"""Where the code of a coding question is written, run against its examples, and kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from tui.errors import MockloopError
from tui.interview.narration import Narration
from tui.interview.types import Task
from tui.sandbox.record import RecordedRun, results
from tui.sandbox.types import Run
from tui.widgets.background import in_background
from tui.widgets.code_area import CodeArea
from tui.widgets.code_results import run_text, task_text

KEEP_SECONDS = 3.0
"""How often changed code is kept."""
SUFFIXES = {"python": ".py", "sql": ".sql"}

Keep = Callable[[str, dict[str, Any] | None], None]
"""Puts the code, and the runs of its examples when there were any, on disk; called off the event loop."""
RunExamples = Callable[[Task, str, Event], Run]


class CodePane(Widget):
    """The statement, an editor and the results of one task.

    Its keys begin with F or ctrl, since everything else is typed; none of them is a key that ends or pauses the
    answer. The screen around it gives `hear` the microphone's level.
    """

    BINDINGS: ClassVar = [
        Binding("f5,ctrl+r", "run", "Run", tooltip="Run the examples on the code as it stands"),
        Binding("f4,ctrl+o", "own_editor", "Editor", tooltip="Write in your own $EDITOR; close it to come back"),
        Binding("f2", "next_panel", "Panels", tooltip="Go from code to results to task; a chosen panel grows"),
        # Enter on a panel must not end an answer by accident.
        Binding("enter", "to_code", "Code", show=False),
        Binding("ctrl+s", "save", "Save", show=False, tooltip="Keep the code now; it is kept every few seconds anyway"),
    ]
    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS = """
    CodePane { height: 1fr; layout: vertical; }
    CodePane .beside { height: auto; max-height: 5; }
    CodePane #code { height: 1fr; min-height: 6; padding: 0; }
    .-tall CodePane .beside { max-height: 30%; }
    CodePane .beside:focus { max-height: 60%; }
    CodePane Static { width: 100%; height: auto; }
    CodePane #said { margin-bottom: 1; }
    CodePane .hidden { display: none; }
    .-wide CodePane, .-huge CodePane {
        layout: grid; grid-size: 2 2; grid-columns: 2fr 3fr; grid-rows: 2fr 3fr; grid-gutter: 0 1;
    }
    .-wide CodePane #code, .-huge CodePane #code { row-span: 2; height: 100%; }
    .-wide CodePane .beside, .-huge CodePane .beside { height: 100%; max-height: 100%; }
    """

    class Ran(Message):
        """The examples were run."""

        def __init__(self, code: str, run: Run) -> None:
            super().__init__()
            self.code = code
            self.run = run

    class Trouble(Message):
        """The examples could not be run, or the code could not be kept, which is told once and tried again."""

        def __init__(self, error: MockloopError) -> None:
            super().__init__()
            self.error = error

    class NotRun(Trouble):
        """The examples could not be run."""

    class Kept(Message):
        """The code was kept, or not, which `error` explains."""

        def __init__(self, error: MockloopError | None = None) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self, task: Task, keep: Keep | None = None, code: str | None = None, run: RunExamples | None = None
    ) -> None:
        """A pane on `task` that begins with `code`, else with the task's starter.

        `keep` may be set later, as soon as there is a place to keep code in; until then changes wait. `run` takes the
        place of the sandbox.
        """
        super().__init__()
        self.coding_task = task
        self.keep = keep
        self.runs: list[RecordedRun] = []
        self._first = task.starter if code is None else code
        # Held, because what was written has to be kept even when the pane has been taken apart.
        self._area = CodeArea(self._first, task.language)
        self._said = Static("", id="said", classes="hidden", markup=False)
        self._task_panel = VerticalScroll(id="task", classes="panel beside")
        self._task_panel.border_title = "Task"
        self._kept: str | None = self._first
        """What was kept last; a starter that nobody has touched need not be."""
        self._unkept = False
        self._run = run or _sandboxed
        self._cancel: Event | None = None
        self._opened = time.monotonic()
        self._saving = Lock()
        self._turn = 0
        self._done = 0
        self._narration: Narration | None = None

    def compose(self) -> ComposeResult:
        with self._task_panel:
            yield self._said
            yield Static(task_text(self.coding_task), id="statement")
        self._area.border_title = "Code"
        yield self._area
        with VerticalScroll(id="results", classes="panel beside") as panel:
            panel.border_title = "Examples"
            yield Static(Content.styled("F5 runs them.", "$foreground-muted"), id="outcome")

    def on_mount(self) -> None:
        self._area.move_cursor(self._area.document.end)
        self.set_interval(KEEP_SECONDS, self._keep_changes)

    def focus(self, scroll_visible: bool = True) -> CodePane:
        """Put the cursor into the editor."""
        self._area.focus(scroll_visible)
        return self

    @property
    def code(self) -> str:
        """What stands in the editor."""
        return self._area.text

    def show_said(self, said: Content, title: str) -> None:
        """Put what the interviewer says above the statement, under `title`."""
        self._task_panel.border_title = title
        self._said.update(said)
        self._said.remove_class("hidden")
        self._task_panel.scroll_home(animate=False)

    def action_to_code(self) -> None:
        """Go back to the editor."""
        self._area.focus()

    def action_next_panel(self) -> None:
        """Choose the next of code, results and task."""
        panels = [self._area, self.query_one("#results"), self.query_one("#task")]
        chosen = next((place for place, panel in enumerate(panels) if panel.has_focus), -1)
        panels[(chosen + 1) % len(panels)].focus()

    # Running

    def action_run(self) -> None:
        """Run the examples in the background; a run that is going on is left alone."""
        if self._cancel is not None:
            return
        code, cancel = self.code, Event()
        self._cancel = cancel
        self.query_one("#results").border_subtitle = "running …"

        def work() -> Message:
            return self.Ran(code, self._run(self.coding_task, code, cancel))

        in_background(self, work, self.NotRun)

    @on(Ran)
    def _show(self, message: Ran) -> None:
        self._cancel = None
        self.runs.append(RecordedRun(time.monotonic() - self._opened, message.code, message.run))
        panel = self.query_one("#results")
        panel.border_subtitle = f"{message.run.passed} of {len(message.run.examples)} passed"
        panel.scroll_home(animate=False)
        self.query_one("#outcome", Static).update(run_text(message.run))
        self._save(message.code, with_runs=True)

    @on(NotRun)
    def _stop_waiting(self) -> None:
        self._cancel = None
        self.query_one("#results").border_subtitle = ""

    # Keeping

    def action_save(self) -> None:
        """Keep the code now."""
        self._keep_changes()

    def _keep_changes(self) -> None:
        if self.code != self._kept:
            self._save(self.code)

    def _save(self, code: str, with_runs: bool = False) -> None:
        if self.keep is None:
            return
        self._kept = code
        self._turn += 1
        in_background(self, self._saver(code, self._turn, with_runs), self.Kept)

    def _saver(self, code: str, turn: int, with_runs: bool) -> Callable[[], Message]:
        keep, data = self.keep, results(self.coding_task, self.runs) if with_runs else None

        def work() -> Message:
            with self._saving:
                # A thread that was overtaken must not put older code over newer.
                if keep is not None and turn > self._done:
                    keep(code, data)
                    self._done = turn
            return self.Kept()

        return work

    @on(Kept)
    def _note_kept(self, message: Kept) -> None:
        if message.error is not None:
            self._kept = None
            if not self._unkept:
                self.post_message(self.Trouble(message.error))
        self._unkept = message.error is not None
        self._area.border_title = "Code (not saved)" if self._unkept else "Code"

    def flush(self) -> None:
        """Keep what is there and return when it is on disk, as at the end of an answer. Raises StorageError."""
        code = self.code
        if self.keep is not None and (code != self._kept or self.runs):
            self._kept = code
            self._turn += 1
            self._saver(code, self._turn, bool(self.runs))()

    def on_unmount(self) -> None:
        if self._cancel is not None:
            self._cancel.set()
        with suppress(MockloopError):
            self.flush()

    # The person's own editor

    def action_own_editor(self) -> None:
        """Give the terminal to the person's own editor until it is closed; the recording goes on."""
        from tui.widgets.own_editor import edit, editor_command

        area = self._area
        try:
            editor_command()
            with self.app.suspend():
                code = edit(area.text, SUFFIXES[self.coding_task.language.value], self._save)
        except SuspendNotSupported:
            self.notify("Another program cannot take over the screen here.", severity="warning", markup=False)
        except MockloopError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            if code != area.text:
                area.replace(code, (0, 0), area.document.end, maintain_selection_offset=False)
            self._keep_changes()
        self.app.refresh()

    # Narrating

    def hear(self, now: float, rms: float | None) -> None:
        """Take in the microphone's level (dBFS) at `now` (seconds); None while nothing is recorded."""
        if rms is None:
            self._narration = None
        else:
            self._narration = (self._narration or Narration(now)).level(now, rms)
        reminder = self._narration.reminder(now) if self._narration else ""
        if self._area.border_subtitle != reminder:
            self._area.border_subtitle = reminder

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()


def _sandboxed(task: Task, code: str, cancel: Event) -> Run:
    from tui.sandbox.runner import run_examples

    return run_examples(task, code, cancel=cancel)
