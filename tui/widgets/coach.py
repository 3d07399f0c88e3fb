"""The coach beside the clock: signals tick as they are heard, and a quiet cue when silence or talk runs long."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.interview.coaching import Coaching
from tui.interview.flow import Ask, surely_heard
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
        """Of the present question; None before its first answer."""
        self._ask: Ask | None = None
        """What is being answered, or was last."""
        self._earlier: tuple[str, ...] = ()
        """The signals that were heard in earlier answers to the present question."""
        self._answering = False
        self._shown_at = 0.0

    def compose(self) -> ComposeResult:
        yield Static("", id="cue-text", markup=False)
        yield Static("", id="ticks", markup=False)

    def hear(self, event: Heard) -> None:
        """Take in what has been recognised of the answer."""
        if self._coaching:
            self._coaching = self._coaching.hear({*self._earlier, *surely_heard(event.evidence)})

    def tick(self, snapshot: Snapshot, now: float) -> None:
        """Look at the level and the clock; `now` is monotonic."""
        if self._ask and snapshot.ask.number != self._ask.number:
            self._coaching, self._ask = None, None
        answering, before = snapshot.state is State.ANSWERING, self._answering
        self._answering = answering
        if answering and not before:
            self._begin(snapshot.ask, now)
        if self._coaching and answering and snapshot.level:
            self._coaching = self._coaching.level(now, snapshot.level.rms)
        if answering != before or now - self._shown_at >= LOOK_SECONDS:
            self._shown_at = now
            self._show(now)

    def _begin(self, ask: Ask, now: float) -> None:
        """Begin an answer, or go on after a pause: neither silence nor talk had lasted in between."""
        heard = self._coaching.heard if self._coaching else ()
        if ask is not self._ask:
            self._ask, self._earlier = ask, heard
        self._coaching = Coaching.begin(now, heard)

    def _show(self, now: float) -> None:
        if not self.has_class("-on"):
            return
        made = self._coaching
        cue = made.cue(now, self._scoring) if made and self._answering else ""
        self.query_one("#cue-text", Static).update(Content.styled(cue, "$warning"))
        heard = [signal for signal in reversed(made.heard) if signal in self._titles] if made else []
        open_ = [signal for signal in self._titles if signal not in heard] if made else []
        lines = [Content.assemble(("✓ ", "bold $success"), one_line(self._titles[signal])) for signal in heard]
        lines += [Content.styled(f"· {one_line(self._titles[signal])}", "$foreground-muted") for signal in open_]
        self.border_subtitle = f"{len(heard)} of {len(self._titles)} heard" if made else ""
        self.query_one("#ticks", Static).update(Content("\n").join(lines))
