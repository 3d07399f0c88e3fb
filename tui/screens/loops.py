"""Loops: choose one, go through its interviews, rest in between, read the packet."""

from __future__ import annotations

import time

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.interview.loop import Loop, LoopPlace, LoopRun
from tui.interview.packet import Packet
from tui.interview.sitting import Length
from tui.interview.types import Catalogue
from tui.report.packet_text import reading_words
from tui.report.wording import score
from tui.screens.base import MockloopScreen
from tui.screens.messages import BriefRound, ErrorMet, OpenPacket
from tui.session.services import Services
from tui.transcript import one_line
from tui.widgets.background import in_background
from tui.widgets.choice import Choice


class LoopsRead(Message):
    """The state of every loop has been read."""

    def __init__(self, packets: dict[str, tuple[LoopRun, Packet]]) -> None:
        self.packets = packets
        """By loop: its newest run and what that comes to so far."""
        super().__init__()


class LoopBegun(Message):
    """A new run of a loop is on disk."""

    def __init__(self, run: LoopRun) -> None:
        self.run = run
        super().__init__()


class LoopsScreen(MockloopScreen):
    """Every loop with the interviews of its newest run."""

    CSS_PATH = "loops.tcss"
    PLACE = "Loops"
    AUTO_FOCUS = "#loops"
    HELP_TEXT = (
        "A loop is a set of interviews, in one day or over several. Enter goes on with the next interview. Each is "
        "scored on its own; the packet adds them up as a hiring committee would, with the rule that it used."
    )
    BINDINGS = [
        Binding("enter", "next", "Go on", show=False, tooltip="Prepare the next interview of this loop"),
        Binding("p", "packet", "Packet", tooltip="Read what the interviews come to so far"),
        Binding("n", "begin", "Begin anew", tooltip="Begin this loop again; the interviews of the old run stay"),
        Binding("l", "settings", "Level, length", tooltip="Choose level and length of the next run"),
    ]

    def __init__(self, services: Services, catalogue: Catalogue) -> None:
        super().__init__()
        self._services = services
        self._catalogue = catalogue
        self._packets: dict[str, tuple[LoopRun, Packet]] = {}
        self._known = False
        """Whether the runs are as they are on disk; until then nothing is begun on top of them."""
        self._scored: dict[str, int] | None = None
        """By run: how many of its interviews are scored; None before that was first read."""
        self._rest_until: dict[str, float] = {}
        """By run: when the break after an interview is over, on the monotonic clock."""

    def compose_body(self) -> ComposeResult:
        with Horizontal(classes="body"):
            with Vertical(id="left"):
                loops = OptionList(
                    *(Option(Content(one_line(loop.title)), id=id_) for id_, loop in self._catalogue.loops.items()),
                    id="loops",
                    classes="panel",
                    markup=False,
                )
                loops.border_title = "Loops"
                yield loops
                with Vertical(id="settings", classes="panel") as panel:
                    panel.border_title = "A new run"
                    levels = [(level.id, level.title) for level in self._catalogue.levels.values()]
                    yield Choice("Level", levels or [("mid", "Mid-level")], self._services.level, "level")
                    lengths = [(Length.SHORT.value, "short"), (Length.FULL.value, "full")]
                    yield Choice("Length", lengths, self._services.length, "length")
            with VerticalScroll(id="about", classes="panel", can_focus=False) as panel:
                panel.border_title = "This loop"
                yield Static("", id="about-text", markup=False)

    def on_mount(self) -> None:
        self.set_interval(1.0, self._show_rest)

    def on_screen_resume(self) -> None:
        self._read()

    def _read(self) -> None:
        from tui.history.loops import packet

        self._known = False
        self._show_rest()

        def work() -> Message:
            runs = {id_: run for id_ in self._catalogue.loops if (run := self._services.loops.of(id_))}
            history, catalogue = self._services.history, self._catalogue
            return LoopsRead({id_: (run, packet(run, history, catalogue)) for id_, run in runs.items()})

        in_background(self, work, ErrorMet)

    @on(LoopsRead)
    def _show(self, message: LoopsRead) -> None:
        self._packets, self._known = message.packets, True
        scored = {
            run.id: sum(each.score is not None for each in packet.interviews) for run, packet in self._packets.values()
        }
        before, self._scored = self._scored, scored
        for run, _ in self._packets.values():
            if before is not None and scored[run.id] > before.get(run.id, 0):
                self._rest_until[run.id] = time.monotonic() + run.break_minutes * 60
        self._describe()

    def _loop(self) -> Loop | None:
        option = self.query_one("#loops", OptionList).highlighted_option
        return self._catalogue.loops.get(option.id) if option and option.id else None

    def _run(self) -> LoopRun | None:
        loop = self._loop()
        return self._packets[loop.id][0] if loop and loop.id in self._packets else None

    @on(OptionList.OptionHighlighted)
    def _describe(self) -> None:
        loop = self._loop()
        if loop is None:
            return
        run, packet = self._packets.get(loop.id, (None, None))
        lines = [Content(one_line(loop.summary)), Content("")]
        lines += _interviews(packet) if packet else _planned(loop, self._catalogue, self._value("level"))
        if run and packet:
            reading = ("bold $primary", reading_words(packet))
            lines += [Content(""), Content.assemble(("Packet so far  ", "bold"), (reading[1], reading[0]))]
            lines.append(Content.styled(f"Level {one_line(run.level)}, {one_line(run.length)}.", "$foreground-muted"))
        self.query_one("#about-text", Static).update(Content("\n").join(lines))
        self._show_rest()
        self.refresh_bindings()

    def _value(self, which: str) -> str:
        return self.query_one(f"#{which}", Choice).value

    def _show_rest(self) -> None:
        """Say what Enter does, and how much of the break is left."""
        run = self._run()
        self.next_key.note = "" if self._known else "Reading the loops …"
        if not self._known:
            self.next_key.label = ""
            return
        if run is None or run.done:
            self.next_key.label = "Begin this loop" if run is None else "Read the packet"
            return
        assert run.next_place is not None
        known = self._catalogue.rounds.get(run.rounds[run.next_place])
        title = one_line(known.title if known else run.rounds[run.next_place])
        left = self._rest_until.get(run.id, 0.0) - time.monotonic()
        rest = f"    rest for another {int(left // 60)}:{int(left % 60):02d}" if left > 0 else ""
        self.next_key.label = f"Interview {run.next_place + 1} of {len(run.rounds)}: {title}{rest}"

    @on(Choice.Changed)
    def _chosen(self) -> None:
        self._describe()

    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """Begin the loop, go on with its next interview, or read its packet when it is over."""
        run = self._run()
        if not self._known:
            return
        if run is None:
            self.action_begin()
        elif run.next_place is None:
            self.action_packet()
        else:
            self._brief(run)

    def _brief(self, run: LoopRun) -> None:
        if run.next_place is not None:
            self.post_message(BriefRound(run.rounds[run.next_place], None, LoopPlace(run, run.next_place)))

    def action_begin(self) -> None:
        """Begin a run of this loop with the level and length that are chosen."""
        loop = self._loop()
        if loop is None or not self._known:
            return
        self._known = False
        level, length = self._value("level"), self._value("length")
        in_background(self, lambda: LoopBegun(self._services.loops.begin(loop, level, length)), ErrorMet)

    @on(LoopBegun)
    def _begun(self, message: LoopBegun) -> None:
        self._brief(message.run)

    def action_packet(self) -> None:
        loop = self._loop()
        if loop and loop.id in self._packets:
            self.post_message(OpenPacket(*self._packets[loop.id]))

    def action_settings(self) -> None:
        length, level = self.query_one("#length"), self.query_one("#level")
        (length if self.focused is level else level).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action in ("packet", "begin"):
            return self._run() is not None
        return True


def _interviews(packet: Packet) -> list[Content]:
    """The interviews of a run: done with their scores, the next, those to come."""
    lines = []
    for each in packet.interviews:
        done = each.score is not None
        mark = "✓" if done else "·" if each.mock is None else "?"
        said = score(each.score) if done else "still to come" if each.mock is None else "unscored"
        lines.append(
            Content.assemble(
                (f"{mark} ", "bold $success" if done else "$foreground-muted"), f"{said:>13}  ", one_line(each.title)
            )
        )
    return lines


def _planned(loop: Loop, catalogue: Catalogue, level: str) -> list[Content]:
    """The interviews of a loop that nobody is in."""
    rounds = [catalogue.rounds.get(id_) for id_ in loop.at_level(level)]
    return [Content.assemble(("· ", "$foreground-muted"), one_line(round_.title)) for round_ in rounds if round_]
