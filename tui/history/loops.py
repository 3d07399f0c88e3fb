"""Loops that somebody is in, each as a file in `loops/` of the home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import StorageError
from tui.history import codec, ids
from tui.history.atomic import explained, make_home, write_json
from tui.history.types import SCHEMA
from tui.interview.loop import Loop, LoopRun
from tui.interview.packet import Interviewed, Packet, packet_of
from tui.locations import make_private

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.interview.types import Catalogue

FOLDER = "loops"


class Loops:
    """The loops of one home, newest first. Any thread may use it."""

    def __init__(self, home: Path, now: Callable[[], datetime] | None = None) -> None:
        self._home = home
        self._folder = home / FOLDER
        self._now = now or (lambda: datetime.now().astimezone())

    def begin(self, loop: Loop, level: str, length: str) -> LoopRun:
        """A new run of `loop`, kept at once. Raises StorageError."""
        created = self._now()
        run = LoopRun(
            id=ids.new_id(created, loop.id),
            loop=loop.id,
            title=loop.title,
            created=created.isoformat(timespec="milliseconds"),
            rounds=loop.at_level(level),
            mocks={},
            level=level,
            length=length,
            break_minutes=loop.break_minutes,
        )
        return self.save(run)

    def save(self, run: LoopRun) -> LoopRun:
        """Keep `run` in place of what was known of it. Raises StorageError."""
        make_home(self._home)
        with explained("saving the loop", self._folder):
            make_private(self._folder)
        write_json(self._folder / f"{run.id}.json", codec.encode(LoopRun, run, SCHEMA), "saving the loop")
        return run

    def all(self) -> list[LoopRun]:
        """Every loop that can be read, newest first. Raises StorageError when the folder cannot be read."""
        with explained("reading the loops", self._folder):
            if not self._folder.is_dir():
                return []
            files = [path for path in self._folder.glob("*.json") if ids.is_id(path.stem)]
        found: list[LoopRun] = []
        for path in sorted(files, reverse=True):
            try:
                found.append(self._read(path))
            except StorageError:
                continue  # one damaged file should not hide the other loops; it stays as it is
        return found

    def open(self) -> LoopRun | None:
        """The newest loop when it has interviews left, else None. Raises StorageError."""
        newest = next(iter(self.all()), None)
        return newest if newest and not newest.done else None

    def of(self, loop_id: str) -> LoopRun | None:
        """The newest run of the loop `loop_id`, or None. Raises StorageError."""
        return next((run for run in self.all() if run.loop == loop_id), None)

    def note(self, run: LoopRun, place: int, mock: str) -> LoopRun:
        """Let `mock` count at `place` of the loop, and keep that. Raises StorageError."""
        known = next((each for each in self.all() if each.id == run.id), run)
        return self.save(known.with_mock(place, mock))

    def _read(self, path: Path) -> LoopRun:
        with explained("reading the loop", self._folder):
            content = path.read_bytes()
        run: LoopRun = codec.decode(LoopRun, content, f"{FOLDER}/{path.name}")
        for mock in run.mocks.values():
            # A mock that was removed, or in which nothing was recorded, leaves its place open again.
            if not (self._home / mock).is_dir():
                run = run.without(mock)
        return run


def packet(run: LoopRun, history: History, catalogue: Catalogue) -> Packet:
    """The packet of `run`, from the mocks that are still there. Raises StorageError when the home is unreadable."""
    interviews = [_interviewed(run, place, round_, history, catalogue) for place, round_ in enumerate(run.rounds)]
    return packet_of(run.title, run.level, interviews, catalogue.reading)


def _interviewed(run: LoopRun, place: int, round_: str, history: History, catalogue: Catalogue) -> Interviewed:
    known = catalogue.rounds.get(round_)
    title = known.title if known else round_
    mock = run.mocks.get(place)
    if mock is None:
        return Interviewed(round_, title, None, None, None)
    try:
        found = history.load(mock)
    except StorageError:
        # Removed since, or damaged: the interview counts as still to come.
        return Interviewed(round_, title, None, None, None)
    return Interviewed(round_, found.mock.round_title or title, mock, found.mock.created, found.postmortem)
