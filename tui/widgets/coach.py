"""The coach beside the clock: signals tick as they are heard, and a quiet cue when silence or talk runs long."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.interview.coaching import Coaching
from tui.interview.flow import surely_heard
from tui.rubric.types import Scoring
from tui.session.events import Heard, State
from tui.session.session import Snapshot
from tui.transcript import one_line

LOOK_SECONDS = 1.0
"""Nothing in here moves more often."""


class Coach(VerticalScroll):
    """Shows what was heard of the present question; hidden unless coaching is on."""

    DEFAULT_CSS = """
    Coach { width: 34; height: 1fr; display: none; }
    Coach.-on { display: block; }
    Coach Static { width: 100%; height: auto; }
    """

    def __init__(self, titles: Mapping[str, str], scoring: Scoring) -> None:
        """`titles` are those of the signals that the round scores, by id, in order."""
        super().__init__(classes="panel", can_focus=False)
        self.border_title = "Coach"
        self._titles = titles
        self._scoring = scoring
        self._coaching: Coaching | None = None
        self._question = 0
        self._shown_at = 0.0

    def compose(self) -> ComposeResult:
        yield Static("", id="cue-text", markup=False)
        yield Static("", id="ticks", markup=False)

    def hear(self, event: Heard) -> None:
        """Take in what has been recognised of the answer."""
        if self._coaching:
            earlier = () if self._question == 0 else self._coaching.heard
            self._coaching = self._coaching.hear({*earlier, *surely_heard(event.evidence)})

    def tick(self, snapshot: Snapshot, now: float) -> None:
        """Look at the level and the clock; `now` is monotonic."""
        if snapshot.state is not State.ANSWERING:
            if self._coaching and snapshot.ask.number != self._question:
                self._coaching = None
            return
        if self._coaching is None:
            self._coaching, self._question = Coaching.begin(now), snapshot.ask.number
        if snapshot.level:
            self._coaching = self._coaching.level(now, snapshot.level.rms)
        if now - self._shown_at >= LOOK_SECONDS:
            self._shown_at = now
            self._show(now)

    def _show(self, now: float) -> None:
        if self._coaching is None or not self.has_class("-on"):
            return
        cue = self._coaching.cue(now, self._scoring)
        self.query_one("#cue-text", Static).update(Content.styled(one_line(cue), "$warning"))
        heard = [signal for signal in reversed(self._coaching.heard) if signal in self._titles]
        open_ = [signal for signal in self._titles if signal not in self._coaching.heard]
        lines = [Content.assemble(("✓ ", "bold $success"), one_line(self._titles[signal])) for signal in heard]
        lines += [Content.styled(f"· {one_line(self._titles[signal])}", "$foreground-muted") for signal in open_]
        self.border_subtitle = f"{len(heard)} of {len(self._titles)} heard"
        self.query_one("#ticks", Static).update(Content("\n").join(lines))
