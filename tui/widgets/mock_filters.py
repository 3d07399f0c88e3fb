"""What is looked for among the mocks: words, and filters by day, round, signal and score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Select

from tui.history.filters import Heard, Wanted
from tui.interview.loop import Thresholds
from tui.interview.packet import Step
from tui.transcript import one_line
from tui.widgets.choice import Choice

if TYPE_CHECKING:
    from tui.interview.types import Catalogue

ANY = ""
DAYS = {"today": 1, "last 7 days": 7, "last 30 days": 30, "last 90 days": 90}
"""How many days are looked at, today included."""
TYPING_SECONDS = 0.1
"""How long a pause in typing lasts before the words are looked for."""


class SearchField(Input):
    """Words to look for; down and Enter go on to what was found."""

    BINDINGS = [Binding("down", "submit", "To the finds", show=False)]


class MockFilters(Vertical):
    """A field for words and the filters, each with its changes told after a moment."""

    DEFAULT_CSS = """
    MockFilters { height: 2; }
    MockFilters SearchField { border: none; width: 1fr; height: 1; padding: 0 1; background: $surface; }
    MockFilters SearchField:focus { border: none; }
    MockFilters Horizontal { height: 1; }
    MockFilters Select { width: 1fr; }
    MockFilters Choice { width: 26; margin-left: 2; }
    MockFilters #since { width: 18; }
    MockFilters SelectCurrent #label { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    class Changed(Message):
        """Something else is looked for."""

    def __init__(self, catalogue: Catalogue | None, today: Callable[[], date]) -> None:
        """Without a catalogue, which may be unreadable, there is nothing to choose from but days and scores."""
        super().__init__()
        self._today = today
        self._catalogue = catalogue
        reading = catalogue.reading if catalogue else Thresholds()
        self._scores = {name: (low, high) for name, low, high in _scores(reading)}
        self._typing = 0
        self._told: tuple[str, Wanted] = ("", Wanted())
        """What was looked for when that was last told."""

    def compose(self) -> ComposeResult:
        made = self._catalogue
        rounds = [(round_.title, round_.id) for round_ in made.rounds.values()] if made else []
        signals = [(signal.title, signal.id) for signal in made.rubric.signals.values()] if made else []
        with Horizontal():
            yield SearchField(placeholder='/ words that were said, or "several in a row"', id="search")
            yield Choice("", [(ANY, "any day"), *((name, name) for name in DAYS)], ANY, "since")
        with Horizontal():
            yield _select("All rounds", rounds, "round")
            yield _select("All signals", signals, "signal")
            heard = [(ANY, "listened for"), *((each.value, each.value.replace("-", " ")) for each in Heard)]
            yield Choice("", heard, Heard.MISSED, "heard")
            yield Choice("", [(ANY, "any score"), *((name, name) for name in self._scores)], ANY, "score")

    def on_mount(self) -> None:
        self.query_one("#heard").display = False

    @property
    def words(self) -> str:
        """What is typed in the field, without white space around it."""
        return self.query_one(SearchField).value.strip()

    @property
    def wanted(self) -> Wanted:
        """The filters that are set."""
        low, high = self._scores.get(self.query_one("#score", Choice).value, (None, None))
        signal, heard = self._chosen("signal"), self.query_one("#heard", Choice).value
        days = DAYS.get(self.query_one("#since", Choice).value)
        return Wanted(
            round=self._chosen("round"),
            since=self._today() - timedelta(days=days - 1) if days else None,
            min_score=low,
            max_score=high,
            signal=signal,
            heard=Heard(heard) if signal and heard else None,
        )

    @property
    def anything(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.words) or self.wanted != Wanted()

    def _chosen(self, which: str) -> str | None:
        return str(self.query_one(f"#{which}", Select).value) or None

    def clear(self) -> None:
        """Look for everything."""
        self.query_one(SearchField).value = ""
        for each in self.query(Select).results(Select):
            each.value = ANY
        for name in ("#score", "#since"):
            self.query_one(name, Choice).value = ANY
        self._tell()

    def _tell(self) -> None:
        """Say so when something else is looked for than before."""
        now = (self.words, self.wanted)
        if now != self._told:
            self._told = now
            self.post_message(self.Changed())

    def focus_next_filter(self) -> None:
        """Put the focus on the filters, one after the other."""
        found = [each for each in self.query("Select, Choice") if each.display]
        # The day stands in the first line, and comes last: rounds and signals are asked for more.
        shown = sorted(found, key=lambda each: each.id == "since")
        at = next((place for place, each in enumerate(shown) if each.has_focus), -1)
        shown[(at + 1) % len(shown)].focus()

    @on(Select.Changed)
    @on(Choice.Changed)
    def _filtered(self, message: Message) -> None:
        message.stop()
        self.query_one("#heard").display = self._chosen("signal") is not None
        self._tell()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._typing += 1
        typed = self._typing

        def tell() -> None:
            if typed == self._typing:
                self._tell()

        self.set_timer(TYPING_SECONDS, tell)


def _select(every: str, options: Sequence[tuple[str, str]], name: str) -> Select[str]:
    titles = [(Content(every), ANY), *((Content(one_line(title)), id_) for title, id_ in options)]
    return Select[str](titles, value=ANY, allow_blank=False, compact=True, id=name)


def _scores(reading: Thresholds) -> Iterator[tuple[str, float | None, float | None]]:
    """The four steps of a reading, each with its least and its greatest score."""
    bounds = (reading.no, reading.yes, reading.strong_yes)
    for step, low, high in zip(Step, (None, *bounds), (*bounds, None), strict=True):
        # Scores are compared rounded, so the next step begins a whole point above.
        yield f"{step.words}: {_range(low, high)}", low, None if high is None else high - 1


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"under {high:.0f}"
    return f"{low:.0f} or more" if high is None else f"{low:.0f} to {high - 1:.0f}"
