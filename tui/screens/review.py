"""The transcript with its evidence: hear it from any word, go from signal to signal, and correct what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from tui.errors import AudioFileError, MockloopError
from tui.history.types import MockFile
from tui.report.readthrough import ReadWord, missed_in, read_through
from tui.report.timeline import timeline_of
from tui.report.wording import at
from tui.rubric.verdicts import Verdict
from tui.screens.base import MockloopScreen
from tui.screens.messages import Correct, ErrorMet
from tui.screens.review_dialogs import choose_missed, edit_words
from tui.screens.review_player import ReviewPlayer
from tui.session.marking import Marked
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.review_text import about_place, legend, what_to_mark
from tui.widgets.timeline_strip import TimelineStrip
from tui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from tui.speech.playback import Player

POLL_SECONDS = 0.1
LEGEND_WIDTH = 36


class ReviewScreen(MockloopScreen):
    """Shows every turn of a mock; with a verdict to mark, Enter takes the selected words as its evidence."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "TranscriptView"
    HELP_TEXT = (
        "Arrow keys go from word to word, and Enter plays from there. The numbers stand before the words that are "
        "evidence, and the legend says of what. Something was missed that you did say? Select the words with shift and "
        "the arrow keys, press Enter, and say what they demonstrate. e corrects words that were heard wrongly. Either "
        "way the mock is scored again, and every earlier reading is kept. Two lines below show all of it over time; "
        "click there to go to a place."
    )
    BINDINGS = [
        Binding("enter", "next", "Play", show=False, tooltip="Play from this word, or take the selected words"),
        Binding("s,space", "silence", "Stop", key_display="s", tooltip="Stop playing"),
        Binding("n", "signal(1)", "Next signal", tooltip="Go to the next words that are evidence (N: back)"),
        Binding("N,b", "signal(-1)", "Previous signal", show=False),
        Binding("p", "pause(1)", "Next pause", tooltip="Go to the next silence of a second or more (P: back)"),
        Binding("P", "pause(-1)", "Previous pause", show=False),
        Binding("f", "filler(1)", "Next filler", tooltip="Go to the next filler (F: back)"),
        Binding("F", "filler(-1)", "Previous filler", show=False),
        Binding("plus,equals_sign", "speed(1)", "Faster", key_display="+", tooltip="Play faster (-: slower)"),
        Binding("minus", "speed(-1)", "Slower", key_display="-", show=False, tooltip="Play slower, at the same pitch"),
        Binding("e", "reword", "Edit", tooltip="Correct the words of this answer"),
        Binding("o", "restore", "Original", tooltip="Take back your corrections of this answer's words"),
        Binding("l", "legend", "Legend", tooltip="Show or hide what the numbers stand for"),
        Binding("escape", "back", "Back", tooltip="Back to the postmortem"),
    ]

    def __init__(
        self,
        mock: MockFile,
        player: Player,
        reworded: frozenset[int] = frozenset(),
        place: tuple[int, int] | None = None,
        wanted: Verdict | None = None,
    ) -> None:
        """`reworded` are the turns whose words a person corrected, `place` is a turn and a character in it to begin at,
        and `wanted` is a verdict to find words for."""
        super().__init__()
        self._mock = mock
        self._reworded = reworded
        self._read = read_through(mock)
        self._place = place
        self._wanted = wanted
        self._found = False
        """Whether words were taken for the wanted verdict."""
        self._sound = ReviewPlayer(player, self._run)

    @property
    def mock(self) -> str:
        """Id of the mock that is shown."""
        return self._mock.mock.id

    def compose_body(self) -> ComposeResult:
        with Vertical(classes="body"):
            if self._wanted:
                yield Static(what_to_mark(self._wanted), id="task", markup=False)
            with Horizontal():
                yield TranscriptView(self._read)
                with VerticalScroll(id="legend", can_focus=False):
                    yield Static("", id="legend-text", markup=False)
            yield TimelineStrip()
            yield Static("", id="here", markup=False)

    def on_mount(self) -> None:
        self.title_bar.place = f"Review · {one_line(self._mock.mock.question_title)}"
        self._show_time()
        self.set_interval(POLL_SECONDS, self._follow)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        place = self._read.place(*self._place) if self._place else None
        if place is not None:
            self._view.go(place, by_person=False)
        self._describe()

    def _show_time(self) -> None:
        numbered = ((number, answer.transcript) for number, answer in enumerate(self._mock.answers, 1))
        self.query_one(TimelineStrip).show(timeline_of(numbered), self._read)

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    # What the cursor is on

    @on(TranscriptView.Moved)
    def _moved(self) -> None:
        self._sound.moved(self._view.person_moves)
        self._describe()

    @on(TimelineStrip.Chosen)
    def _go_to(self, message: TimelineStrip.Chosen) -> None:
        place = self._read.spoken_at(message.turn, message.seconds)
        if place is not None:
            self._view.go(place)

    def on_resize(self) -> None:
        self._describe()

    def _describe(self) -> None:
        view = self._view
        width = max(20, min(self.size.width, 170) - 6)
        self.query_one("#here", Static).update(about_place(self._read, view.cursor, view.selected, width))
        self.query_one(TimelineStrip).point(view.cursor)
        here = frozenset(self._read.words[view.cursor].marks) if self._read.words else frozenset[int]()
        self.query_one("#legend-text", Static).update(legend(self._read, LEGEND_WIDTH - 4, here))
        self._say_next()

    def _say_next(self) -> None:
        words = self._read.words
        if self._view.selected or self._wanted:
            what = f"demonstrates {one_line(self._wanted.title)}" if self._wanted else "demonstrates …"
            self.next_key.label = f"This {what}" if words else ""
        elif not words:
            self.next_key.label = ""
        elif self._sound.turn and self._sound.following:
            self.next_key.label = "Stop"
        else:
            seconds = words[self._view.cursor].seconds
            self.next_key.label = f"Play from {at(seconds)}" if seconds is not None else ""
        bar = self.title_bar
        bar.status = f"{'▶ ' if self._sound.turn else ''}{self._sound.speed:g}×"
        bar.status_style = "bold $primary" if self._sound.turn else "$foreground-muted"
        self.refresh_bindings()

    # Hearing it

    def action_next(self) -> None:
        """Take the selected words, or play from the cursor, or stop what is followed."""
        if not self._read.words:
            return
        if self._wanted:
            self._mark(self._wanted)
        elif self._view.selected:
            self._ask_what()
        elif self._sound.turn and self._sound.following:
            self.action_silence()
        else:
            self._play(self._view.cursor)

    def _play(self, place: int) -> None:
        turn, moves = self._read.turn_of(place), self._view.person_moves
        try:
            self._sound.play(turn.number, turn.audio, self._read.words[place].seconds, moves)
        except AudioFileError as error:
            self.post_message(ErrorMet(error))
        self._say_next()

    def _run(self, work: Callable[[], None]) -> None:
        def told(error: MockloopError) -> Message:
            self._sound.failed()
            return ErrorMet(error)

        in_background(self.app, work, told)

    def _follow(self) -> None:
        """Keep the cursor on the word that is heard."""
        self._sound.moved(self._view.person_moves)
        turn, seconds = self._sound.turn, self._sound.heard()
        if turn is None:
            return
        place = self._read.spoken_at(turn, seconds) if seconds is not None else None
        if self._sound.following and place is not None and place != self._view.cursor:
            self._view.go(place, by_person=False)
        elif self._sound.turn is None:
            self._say_next()

    def action_silence(self) -> None:
        self._sound.stop()
        self._say_next()

    def action_speed(self, step: int) -> None:
        self._sound.change_speed(step)
        self._say_next()

    def action_signal(self, direction: int) -> None:
        self._jump(lambda word: word.opens, direction)

    def action_pause(self, direction: int) -> None:
        self._jump(lambda word: word.pause, direction)

    def action_filler(self, direction: int) -> None:
        self._jump(lambda word: word.filler, direction)

    def _jump(self, wanted: Callable[[ReadWord], object], direction: int) -> None:
        found = self._read.step(self._view.cursor, wanted, direction)
        if found is not None:
            self._view.go(found)

    # Correcting

    def _marked(self) -> Marked:
        chosen = self._view.selected or range(self._view.cursor, self._view.cursor + 1)
        first, last = self._read.words[chosen[0]], self._read.words[chosen[-1]]
        return Marked(first.turn, first.start, last.end)

    def _mark(self, verdict: Verdict) -> None:
        words, mock = self._marked(), self._mock.mock.id
        self._found = verdict is self._wanted
        self.post_message(Correct(mock, lambda reviser: reviser.mark_heard(mock, verdict.signal, words)))

    def _ask_what(self) -> None:
        choose_missed(self, missed_in(self._mock, self._marked().turn), self._mark)

    def action_reword(self) -> None:
        """Edit the words of the answer under the cursor."""
        turn, mock = self._read.turn_of(self._view.cursor), self._mock.mock.id
        transcript = self._mock.answers[turn.number - 1].transcript

        def written(text: str) -> None:
            self.post_message(Correct(mock, lambda reviser: reviser.correct_text(mock, turn.number, text)))

        edit_words(self, turn.label, transcript.text if transcript else "", written)

    def action_restore(self) -> None:
        turn, mock = self._read.turn_of(self._view.cursor).number, self._mock.mock.id
        self.post_message(Correct(mock, lambda reviser: reviser.restore_text(mock, turn)))

    async def show_reading(self, mock: MockFile, reworded: frozenset[int]) -> None:
        """Show a new reading of the mock; once words were found for the wanted verdict, the work here is done."""
        if self._found and self.app.screen is self:
            await self.app.pop_screen()
            return
        self._mock, self._reworded = mock, reworded
        self._read = read_through(mock)
        self._view.show(self._read)
        self._show_time()
        self._describe()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        words = self._read.words
        match action:
            case "signal":
                return any(word.opens for word in words)
            case "reword":
                return bool(words)
            case "speed":
                return any(turn.audio for turn in self._read.turns)
            case "silence":
                return self._sound.turn is not None
            case "pause":
                return any(word.pause for word in words)
            case "filler":
                return any(word.filler for word in words)
            case "restore":
                return bool(words and self.query(TranscriptView)) and words[self._view.cursor].turn in self._reworded
        return True

    def action_legend(self) -> None:
        self.query_one("#legend").toggle_class("toggled")

    async def action_back(self) -> None:
        """Let go of the selection first, then of the screen."""
        if self._view.selected:
            self._view.deselect()
            return
        await self.app.pop_screen()

    def on_unmount(self) -> None:
        self._sound.stop()
