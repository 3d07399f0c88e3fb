"""The reading of one answer: score and sum, signals with quotes to hear, cause and fix, delivery, transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList, Static, TabbedContent, TabPane

from tui.errors import AudioFileError
from tui.history.types import MockFile
from tui.interview.corrections import Decision
from tui.report.account import Account
from tui.rubric.verdicts import Postmortem
from tui.screens.base import MockloopScreen
from tui.screens.messages import BriefRound, Correct, ErrorMet, OpenReview
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.postmortem_text import cause_and_fix, delivery_figures, marked_transcript
from tui.widgets.score_card import ScoreCard
from tui.widgets.signal_list import SignalList
from tui.widgets.verdict_rows import Heading, SignalRow, rows_of
from tui.widgets.wording import span, stamp

if TYPE_CHECKING:
    from tui.speech.playback import Player

POLL_SECONDS = 0.2
TABS = ("signals", "fix", "delivery", "transcript")


class PostmortemScreen(MockloopScreen):
    """Shows a scored mock and plays the seconds behind its evidence."""

    CSS_PATH = "postmortem.tcss"
    STEP_OF_MOCK = True
    AUTO_FOCUS = "SignalList"
    HELP_TEXT = (
        "Each signal says whether it was heard, when, and in which words; Enter plays those seconds of your recording. "
        "✓ heard on time   ◐ heard late or only when asked   ✗ missed   ? too unclear to tell, left out of the score."
    )
    BINDINGS = [
        Binding("enter", "next", "Hear it", show=False),
        Binding("s,space", "silence", "Stop", key_display="s", tooltip="Stop playing"),
        Binding("1", "tab(0)", "Signals", show=False),
        Binding("2", "tab(1)", "Fix", show=False),
        Binding("3", "tab(2)", "Delivery", show=False),
        Binding("4", "tab(3)", "Transcript", show=False),
        Binding("v", "review", "Review", tooltip="Read and hear the transcript with its evidence, word by word"),
        Binding("c", "said", "I did say that", tooltip="Mark the words that demonstrate this signal"),
        Binding("x", "not_said", "Wrong credit", tooltip="Take this credit back: it was not demonstrated"),
        Binding("u", "undo", "Undo", tooltip="Take back what you decided about this signal"),
        Binding("r", "again", "Again", tooltip="Prepare the same question once more"),
    ]

    def __init__(
        self,
        mock: MockFile,
        postmortem: Postmortem,
        player: Player,
        advice: Mapping[str, str],
        reworded: frozenset[int] = frozenset(),
    ) -> None:
        """`advice` is by signal; `reworded` are the turns whose words a person corrected."""
        super().__init__()
        self._mock = mock
        self._account = Account(postmortem, mock.answers, mock.mock, reworded, mock.revision)
        self._player = player
        self._advice = advice
        self._heard: SignalRow | None = None
        """The quote that was last asked for; None once it was silenced."""
        self._beginning = Lock()
        """Held while a quote begins to sound, so that the last one that was asked for is the last to begin."""

    def compose_body(self) -> ComposeResult:
        said = self._account.postmortem
        with Vertical(classes="body"):
            yield ScoreCard(said, self._mock.mock.self_rating)
            with TabbedContent(id="tabs"):
                with TabPane("1 Signals", id="signals"):
                    yield SignalList(rows_of(self._account), self._advice)
                with TabPane("2 Cause and fix", id="fix"), VerticalScroll():
                    yield Static(cause_and_fix(said), id="fix-text", markup=False)
                with TabPane("3 Delivery and notes", id="delivery"), VerticalScroll():
                    yield Static(delivery_figures(said, self._mock.mock), id="delivery-text", markup=False)
                with TabPane("4 Transcript", id="transcript"), VerticalScroll():
                    yield Static(marked_transcript(self._account), id="transcript-text", markup=False)

    @property
    def mock(self) -> str:
        """Id of the mock that is shown."""
        return self._mock.mock.id

    async def show_reading(self, mock: MockFile, reworded: frozenset[int]) -> None:
        """Show a new reading of the mock, at the same place."""
        if mock.postmortem is None:
            return
        self._mock = mock
        self._account = Account(mock.postmortem, mock.answers, mock.mock, reworded, mock.revision)
        self.query_one(ScoreCard).show(mock.postmortem)
        rows = rows_of(self._account)
        self.query_one(SignalList).show(rows)
        self._keep_hearing(rows)
        self.query_one("#fix-text", Static).update(cause_and_fix(mock.postmortem))
        self.query_one("#delivery-text", Static).update(delivery_figures(mock.postmortem, mock.mock))
        self.query_one("#transcript-text", Static).update(marked_transcript(self._account))
        self._show_playing()

    def _keep_hearing(self, rows: Sequence[Heading | SignalRow]) -> None:
        """Go on with the quote that is heard if it stands among the rows of a new reading."""
        heard = self._heard
        if heard is None:
            return
        found = (row for row in rows if isinstance(row, SignalRow) and row.evidence == heard.evidence)
        self._heard = next((row for row in found if row.verdict.signal == heard.verdict.signal), None)
        if self._heard is None and self.app.screen is self:
            self.action_silence()  # what a review above plays is not of this list

    def on_mount(self) -> None:
        mock = self._mock.mock
        self.title_bar.place = f"Postmortem · {one_line(mock.question_title)}"
        self.title_bar.status = stamp(mock.created)
        self.set_interval(POLL_SECONDS, self._follow)
        self._say_next()

    @on(OptionList.OptionHighlighted)
    @on(TabbedContent.TabActivated)
    def _say_next(self) -> None:
        signals = self.query_one(SignalList)
        row = signals.row
        tab = self.query_one("#tabs", TabbedContent).active
        self.refresh_bindings()
        if tab == TABS[3]:
            self.next_key.label = "Review: hear it word by word, correct what is wrong"
        elif tab != TABS[0]:
            self.next_key.label = "Back to the signals"
        elif not signals.playable:
            self.next_key.label = "Answer this question again"
        elif row is not None and row is signals.playing and row.playable:
            self.next_key.label = f"Stop    ▶ playing {span(*row.playable)}"
        elif row is None or row.playable is None:
            self.next_key.label = "↓ for the next quote"
        else:
            self.next_key.label = f"Hear {span(*row.playable)}"

    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """Play the quote under the cursor or stop it, review the transcript, or return to the signals."""
        tab = self.query_one("#tabs", TabbedContent).active
        if tab != TABS[0]:
            self.post_message(OpenReview(self._mock)) if tab == TABS[3] else self.action_tab(0)
            return
        signals = self.query_one(SignalList)
        row = signals.row
        if not signals.playable:
            self.action_again()
        elif row is None or row.playable is None:
            signals.action_cursor_down()
        elif row is signals.playing:
            self.action_silence()
        else:
            self._play(row, *row.playable)

    def _play(self, row: SignalRow, start: float, end: float) -> None:
        answers = self._mock.answers
        turn = row.evidence.turn if row.evidence else 1
        audio = answers[turn - 1].audio if 0 < turn <= len(answers) else None
        if audio is None:
            self.post_message(ErrorMet(AudioFileError("This mock has no recording to play.", "It was made from text.")))
            return

        def work() -> None:
            with self._beginning:
                if self._heard is row:
                    self._player.play(Path(audio), start, end)
                if self._heard is None:
                    self._player.stop()  # it was silenced, or this screen left, while the recording was being read

        self._heard = row
        in_background(self, work, ErrorMet)

    @property
    def _playing(self) -> SignalRow | None:
        """The quote that is being played."""
        return self._heard if self._player.playing else None

    def _follow(self) -> None:
        if self._playing is not self.query_one(SignalList).playing:
            self._show_playing()

    def _show_playing(self) -> None:
        playing, bar = self._playing, self.title_bar
        self.query_one(SignalList).playing = playing
        bar.status = f"▶ {span(*playing.playable)}" if playing and playing.playable else stamp(self._mock.mock.created)
        bar.status_style = "bold $primary" if playing else "$foreground-muted"
        self._say_next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "silence":
            return self._heard is not None and self._player.playing
        if action not in ("said", "not_said", "undo"):
            return True
        row = self.query_one(SignalList).row if self._on_signals() else None
        if row is None:
            return False
        if action == "undo":
            return row.verdict.overruled is not None
        return bool(row.verdict.credit) == (action == "not_said")

    def _on_signals(self) -> bool:
        return all(tabs.active == TABS[0] for tabs in self.query("#tabs").results(TabbedContent))

    def action_review(self) -> None:
        """Read the transcript, at the quote under the cursor."""
        row = self.query_one(SignalList).row if self._on_signals() else None
        place = (row.evidence.turn, row.evidence.start) if row and row.evidence else None
        self.post_message(OpenReview(self._mock, place))

    def action_said(self) -> None:
        """Look for the words that demonstrate the signal under the cursor, in the answer to its question."""
        row = self.query_one(SignalList).row
        if row:
            asked = next((part for part in self._account.questions if part.number == row.verdict.question), None)
            place = (asked.turns[0].number, 0) if asked and asked.turns else None
            self.post_message(OpenReview(self._mock, place, row.verdict))

    def action_not_said(self) -> None:
        self._decide(Decision.NOT_HEARD)

    def action_undo(self) -> None:
        self._decide(Decision.UNDECIDED)

    def _decide(self, decision: Decision) -> None:
        row, mock = self.query_one(SignalList).row, self.mock
        if row:
            signal, question = row.verdict.signal, row.verdict.question
            self.post_message(Correct(mock, lambda reviser: reviser.decide(mock, signal, question, decision)))

    def action_silence(self) -> None:
        self._heard = None
        in_background(self, self._player.stop, ErrorMet)

    def action_tab(self, which: int) -> None:
        """Show a tab and give its text the focus, so that arrow keys work at once."""
        tabs = self.query_one("#tabs", TabbedContent)
        tabs.active = TABS[which]
        inside = self.query_one(f"#{TABS[which]}")
        inside.query("SignalList, VerticalScroll").first().focus()

    def action_again(self) -> None:
        self.post_message(BriefRound(self._mock.mock.round, self._mock.mock.question))

    def on_unmount(self) -> None:
        self._heard = None
        in_background(self.app, self._player.stop)
