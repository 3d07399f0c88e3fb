"""The mocks of one home: begin, keep, find and remove them.

Files are the truth: every change is on disk in a mock's folder before the index hears of it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from tui.errors import StorageError
from tui.history import codec, folders, ids, queries, removal
from tui.history.atomic import make_home, write_json
from tui.history.creating import create
from tui.history.filters import Wanted, where
from tui.history.index import Index, ReindexReport
from tui.history.locks import Locks
from tui.history.search import Hit, search
from tui.history.space import check_space
from tui.history.turns import ended
from tui.history.types import Clarified, Focus, Mock, MockFile, MockRow, MockSettings, Stage, Turn
from tui.interview.types import Question, Round
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript, one_line

EVERYTHING = Wanted()
T = TypeVar("T")


class History:
    """Everything that was kept. Any thread may use it; several processes may use one home.

    A mock that was begun or claimed here is nobody else's until `save_result`, `release` or the end of the process.
    """

    def __init__(self, home: Path, now: Callable[[], datetime] | None = None) -> None:
        """Nothing is read or created before it is needed; `now` gives the local time with its offset."""
        self.home = home
        self._now = now or (lambda: datetime.now().astimezone())
        self._locks = Locks(home)
        self._index = Index(home, self._locks)

    def begin(self, round_: Round, question: Question | None, settings: MockSettings) -> Mock:
        """A new mock whose folder is on disk, ready to be recorded into. Raises StorageError."""
        self.check_room(settings.answer_seconds)
        created = self._now()
        asked = question or Question("", "", "")
        mock = Mock(
            id=ids.new_id(created, round_.id),
            created=created.isoformat(timespec="milliseconds"),
            round=round_.id,
            round_title=round_.title,
            question=asked.id,
            question_title=asked.title,
            stage=Stage.RECORDING,
            settings=settings,
            turns=(Turn(asked.id, asked.prompt, None),),
            take=self.takes(asked.id) + 1 if question else 1,
        )
        if not self._locks.claim(mock.id, hand_over=True):
            raise StorageError("Another mock has just been begun under the same name.", "Try again.")
        try:
            create(self.home, mock)
        except BaseException:
            self._locks.release(mock.id)
            raise
        self._noted(mock.id)
        return mock

    def check_room(self, seconds: float) -> None:
        """Return if a mock of `seconds` can be kept now; raise StorageError for what would prevent it."""
        make_home(self.home)
        check_space(self.home, seconds)
        with self._locks.writing():
            return

    def folder(self, mock_id: str) -> Path:
        """The folder of a mock. Raises UnknownMockError when there is none with exactly that id."""
        if mock_id not in folders.mock_ids(self.home):
            raise ids.UnknownMockError(
                f"There is no mock {one_line(mock_id)[:80]}.", "List them with mockloop history."
            )
        return self.home / mock_id

    def audio_path(self, mock_id: str, turn: int = 1) -> Path:
        """Where answer `turn` (from 1) is to be recorded. Raises UnknownMockError."""
        return self.folder(mock_id) / f"answer-{turn}.wav"

    def recorded(
        self,
        mock_id: str,
        audio_name: str | None,
        end: float | None,
        turn: int = 1,
        clarified: Sequence[Clarified] = (),
    ) -> Mock:
        """Note that answer `turn` is on disk as `audio_name` (None for text) and ended `end` seconds into the mock.

        Raises StorageError when no such file is in the mock's folder.
        """
        folder = self.folder(mock_id)
        if audio_name is not None and (Path(audio_name).name != audio_name or not (folder / audio_name).is_file()):
            raise StorageError(f"The recording {audio_name} is not in the folder of the mock {mock_id}.")
        with self._locks.writing():
            mock = folders.read_mock(folder)
            turns = list(mock.turns)
            told = tuple(clarified) or turns[turn - 1].clarified
            turns[turn - 1] = replace(turns[turn - 1], audio=audio_name, end=end, clarified=told)
            stage = Stage.RECORDED if mock.stage is Stage.RECORDING else mock.stage
            return self._write(replace(mock, stage=stage, turns=tuple(turns)))

    def add_turn(self, mock_id: str, turn: Turn) -> int:
        """Note that the interviewer said something more; returns the turn's number, from 1. Raises StorageError."""
        with self._locks.writing():
            mock = folders.read_mock(self.folder(mock_id))
            self._write(replace(mock, turns=(*mock.turns, turn)))
            return len(mock.turns) + 1

    def save_result(self, mock_id: str, transcripts: Sequence[Transcript], postmortem: Postmortem) -> int:
        """Keep a reading of the mock as a new revision, beside the earlier ones; returns its number.

        `transcripts` are those of the turns, in order. The mock is then scored and no longer claimed. Raises
        StorageError.
        """
        folder = self.folder(mock_id)
        with self._locks.writing():
            number = max((each.number for each in folders.revisions(folder)), default=0) + 1
            for turn, transcript in enumerate(transcripts, 1):
                spoken = codec.encode_transcript(transcript)
                write_json(folder / f"transcript-{turn}.{number}.json", spoken, "saving the transcript")
            reading = codec.encode_postmortem(postmortem)
            write_json(folder / f"postmortem.{number}.json", reading, "saving the postmortem")
            mock = folders.read_mock(folder)
            known = (ended(turn, transcript) for turn, transcript in zip(mock.turns, transcripts, strict=False))
            turns = (*known, *mock.turns[len(transcripts) :])
            self._write(replace(mock, stage=Stage.SCORED, turns=turns))
        self._locks.release(mock_id)
        return number

    def rate(self, mock_id: str, rating: Mapping[str, int]) -> Mock:
        """Keep how the candidate rated the mock before the reveal, by dimension. Raises StorageError."""
        with self._locks.writing():
            return self._write(replace(folders.read_mock(self.folder(mock_id)), self_rating=dict(rating)))

    def claim(self, mock_id: str) -> bool:
        """Take an unfinished mock, to finish it; False when anybody works on it. Raises StorageError.

        A mock that was begun here passes to the first who claims it: whoever recorded it also finishes it.
        """
        return self._locks.claim(self.folder(mock_id).name)

    def release(self, mock_id: str) -> None:
        """Leave a mock that was begun or claimed, so that it is offered again; one with nothing in it is removed.

        Raises nothing: what cannot be removed now is removed later.
        """
        with contextlib.suppress(StorageError):
            folder = self.folder(mock_id)
            if self._locks.holds(mock_id) and not folders.has_work(folder):
                self.delete([mock_id])
        self._locks.release(mock_id)

    def drop_empty(self) -> None:
        """Remove mocks that were begun, left without a sound recorded, and belong to nobody. Raises StorageError."""
        with self._index.opened() as connection:
            found = queries.unfinished(connection)
        for each in found:
            with contextlib.suppress(StorageError):
                # A mock that was begun here has no audio before its first second is recorded.
                if self._locks.holds(each) or folders.has_work(self.home / each):
                    continue
                if self.claim(each):
                    self.release(each)

    def load(self, mock_id: str) -> MockFile:
        """A mock with its newest transcript and postmortem. Raises StorageError."""
        return folders.read_file(self.folder(mock_id))

    def rows(self, limit: int | None = None, wanted: Wanted = EVERYTHING) -> list[MockRow]:
        """The newest mocks first, at most `limit`, of those in `wanted`. Raises StorageError."""
        with self._index.opened() as connection:
            return queries.rows(connection, where(wanted), limit)

    def search(self, text: str, limit: int | None = None, wanted: Wanted = EVERYTHING) -> list[Hit]:
        """The answers that hold the words of `text`, the newest first, in the mocks of `wanted`.

        Raises BadInputError when `text` holds no word, and StorageError.
        """
        with self._index.opened() as connection:
            return search(connection, text, where(wanted), limit)

    def unfinished(self) -> list[Mock]:
        """Mocks with a recording and no score that nobody works on, newest first. Raises StorageError."""
        with self._index.opened() as connection:
            found = queries.unfinished(connection)
        mocks: list[Mock] = []
        for each in found:
            # Another process may remove a mock, or a disk lose it, at any moment.
            with contextlib.suppress(StorageError):
                if folders.has_audio(self.home / each) and not self._locks.taken(each):
                    mocks.append(folders.read_mock(self.home / each))
        return mocks

    def unpacked(self) -> list[str]:
        """Ids of scored mocks whose audio is still as it was recorded. Raises StorageError."""
        with self._index.opened() as connection:
            found = queries.ids(connection)
        return [each for each in found if folders.is_unpacked(self.home / each)]

    def focus(self) -> Focus | None:
        """What to fix next, or None before the first scored mock that names a fix. Raises StorageError."""
        with self._index.opened() as connection:
            return queries.focus(connection)

    @contextlib.contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The index, in agreement with the folders, for questions that are asked elsewhere. Raises StorageError."""
        with self._index.opened() as connection:
            yield connection

    def answer(self, about: Hashable, ask: Callable[[sqlite3.Connection], T]) -> T:
        """What `ask` finds in the index, which is not asked again before a mock comes, goes or changes.

        `about` says which question it is; what it finds should not be altered. Raises StorageError.
        """
        return self._index.answer(about, ask)

    def takes(self, question: str) -> int:
        """How many times a question was answered so far. Raises StorageError."""
        with self._index.opened() as connection:
            return queries.takes(connection, question)

    def least_practised(self, round_: Round) -> Question:
        """The question of `round_` that was answered least often, the first of several. Raises StorageError."""
        return min(round_.questions, key=lambda question: self.takes(question.id))

    def last(self) -> str | None:
        """The id of the newest mock, or None. Raises StorageError."""
        with self._index.opened() as connection:
            return next(iter(queries.ids(connection)), None)

    def resolve(self, text: str) -> str:
        """The id that `text` names: itself, its unique beginning or last part, or `last`. Raises UnknownMockError."""
        return ids.resolve(text, folders.mock_ids(self.home), self.last())

    def delete(self, mock_ids: Collection[str]) -> int:
        """Remove mocks with their audio for good; returns how many.

        Raises StorageError, before anything is removed, when one is unknown or another mockloop works on it.
        """
        names = [self.folder(each).name for each in dict.fromkeys(mock_ids)]
        with self._locks.writing():
            busy = [each for each in names if not self._locks.holds(each) and self._locks.taken(each)]
            if busy:
                raise StorageError(f"Another mockloop is working on {', '.join(busy)}.", "End that mock first.")
            try:
                for each in names:
                    removal.remove(self.home / each)
                removal.clear_leftovers(self.home)
            finally:
                for each in names:
                    self._locks.release(each)
                with contextlib.suppress(StorageError):
                    self._index.forget([each for each in names if not (self.home / each).exists()])
        return len(names)

    def delete_before(self, day: date) -> int:
        """Remove every mock that began before `day` (local time); returns how many. Raises StorageError."""
        start = datetime(day.year, day.month, day.day).astimezone()
        with self._index.opened() as connection:
            found = queries.before(connection, start.timestamp())
        return self.delete(found)

    def delete_all(self) -> int:
        """Remove every mock, also those that cannot be read; returns how many. Raises StorageError."""
        return self.delete(folders.mock_ids(self.home))

    def reindex(self) -> ReindexReport:
        """Rebuild the index from the folders. Raises StorageError."""
        self._index.rebuild()
        with self._index.opened() as connection:
            return ReindexReport(len(queries.ids(connection)), queries.damages(connection))

    def _write(self, mock: Mock) -> Mock:
        write_json(self.home / mock.id / folders.MOCK_FILE, codec.encode_mock(mock), "saving the mock")
        self._noted(mock.id)
        return mock

    def _noted(self, mock_id: str) -> None:
        # The files are saved; an index that cannot be written now catches up when it is next opened.
        with contextlib.suppress(StorageError):
            self._index.refresh(mock_id)
