"""The place for code in an interview: an editor pane for each coding question, and nothing for others."""

from __future__ import annotations

from textual import on
from textual.containers import Vertical
from textual.content import Content

from tui.errors import MockloopError
from tui.interview.flow import Ask
from tui.session.events import State
from tui.session.session import Session, Snapshot
from tui.transcript import clean, one_line
from tui.widgets.code_pane import CodePane, Keep


class Desk(Vertical):
    """Shows the pane of the question that is asked, and keeps its code with the mock."""

    DEFAULT_CSS = """
    Desk { height: 1fr; }
    Desk.-empty { display: none; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(classes="-empty")
        self._session = session
        self._number = 0
        """Of the question whose pane is shown."""
        self.pane: CodePane | None = None
        """None for a question without code."""

    def show_ask(self, ask: Ask, told: Content) -> None:
        """Show what the interviewer says, with what was `told` when asked; a new question gets a pane of its own."""
        if ask.number != self._number:
            self._number = ask.number
            self._change_pane(ask)
        if self.pane is not None:
            said = Content(clean(ask.prompt).strip())
            lines = [said, told] if told.plain else [said]
            self.pane.show_said(Content("\n").join(lines), "Follow-up" if ask.follow_up else "Task")

    def _change_pane(self, ask: Ask) -> None:
        self.flush()
        if self.pane is not None:
            self.pane.remove()
        task = ask.question.task
        self.set_class(task is None, "-empty")
        self.pane = CodePane(task) if task else None
        if self.pane is not None:
            self.mount(self.pane)
            self.pane.focus()

    def tick(self, now: Snapshot, seconds: float) -> None:
        """Follow the session; `seconds` is the time of a monotonic clock."""
        pane = self.pane
        if pane is None:
            return
        if pane.keep is None and now.state in (State.ANSWERING, State.PAUSED):
            pane.keep = self._keeper(now.ask)
        pane.hear(seconds, now.level.rms if now.level and now.state is State.ANSWERING else None)

    def _keeper(self, ask: Ask) -> Keep:
        assert ask.question.task
        number, language = ask.number, ask.question.task.language.value
        return lambda code, results: self._session.keep_code(number, language, code, results)

    def flush(self) -> None:
        """Keep the code now, before the answer ends."""
        if self.pane is not None:
            try:
                self.pane.flush()
            except MockloopError as error:
                self._tell(error)

    @on(CodePane.Trouble)
    def _trouble(self, message: CodePane.Trouble) -> None:
        message.stop()
        self._tell(message.error)

    def _tell(self, error: MockloopError) -> None:
        self.notify(one_line(str(error)), severity="error", markup=False)
