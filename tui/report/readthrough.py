"""A mock's transcript word by word: when each was said, what it demonstrates, and the pauses and fillers between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from tui.history.turns import question_of
from tui.history.types import AnswerFile, MockFile
from tui.report.turns import turn_label
from tui.rubric.verdicts import Verdict
from tui.transcript import Span, Transcript, one_line
from tui.transcript.fillers import fillers
from tui.transcript.types import SEPARATOR

NOTED_PAUSE = 1.0
"""Seconds of silence between words that are noted; shorter ones belong to speaking."""


@dataclass(frozen=True)
class ReadWord:
    """One word."""

    turn: int
    """From 1."""
    text: str
    """On one line."""
    start: int
    """Offset of its first character in the transcript of its turn."""
    end: int
    """Offset after its last character."""
    seconds: float | None
    """When it begins in the recording of its turn, or None without times."""
    until: float | None
    marks: tuple[int, ...] = ()
    """Numbers of the marks that it is evidence of."""
    opens: tuple[int, ...] = ()
    """Those of `marks` whose evidence begins here."""
    filler: bool = False
    pause: float = 0.0
    """Seconds of noted silence before it, else 0."""
    begins: bool = False
    """Whether a stretch of speech begins with it."""
    unclear: bool = False


@dataclass(frozen=True)
class ReadTurn:
    """One thing the interviewer said, with the place of its answer."""

    number: int
    label: str
    prompt: str
    audio: Path | None
    first: int
    """Index of the first word."""
    last: int
    """Index after the last word."""
    follow_up: bool = False


@dataclass(frozen=True)
class Mark:
    """A verdict as the legend lists it."""

    number: int | None
    """Stands beside the words that are its evidence, from 1; None when there are none."""
    verdict: Verdict


@dataclass(frozen=True)
class Readthrough:
    """All turns of a mock."""

    turns: tuple[ReadTurn, ...]
    words: tuple[ReadWord, ...]
    marks: tuple[Mark, ...]

    @cached_property
    def numbered(self) -> dict[int, Verdict]:
        """The verdicts that have words, by number."""
        return {mark.number: mark.verdict for mark in self.marks if mark.number}

    def turn_of(self, at: int) -> ReadTurn:
        """The turn of the word with index `at`."""
        return self.turns[self.words[at].turn - 1]

    def step(self, at: int, wanted: Callable[[ReadWord], object], direction: int) -> int | None:
        """The index of the nearest word after (1) or before (-1) `at` that is `wanted`, around the ends, or None."""
        count = len(self.words)
        places = ((at + direction * far) % count for far in range(1, count + 1))
        return next((place for place in places if wanted(self.words[place])), None)

    def spoken_at(self, turn: int, seconds: float) -> int | None:
        """The index of the word that is said `seconds` into a turn, or of the last one before; None without times."""
        read = self.turns[turn - 1]
        starts = self._starts[turn]
        return read.first + max(0, bisect_right(starts, seconds) - 1) if starts else None

    def place(self, turn: int, offset: int) -> int | None:
        """The index of the word that holds character `offset` of a turn's transcript, or None without words."""
        if not 1 <= turn <= len(self.turns):
            return None
        read = self.turns[turn - 1]
        inside = range(read.first, read.last)
        return next((at for at in inside if self.words[at].end > offset), inside[-1] if inside else None)

    @cached_property
    def _starts(self) -> dict[int, list[float]]:
        found: dict[int, list[float]] = {}
        for turn in self.turns:
            starts = [word.seconds for word in self.words[turn.first : turn.last]]
            timed = [start for start in starts if start is not None]
            found[turn.number] = timed if len(timed) == len(starts) else []
        return found


def read_through(file: MockFile) -> Readthrough:
    """The transcripts of a mock's turns as one row of words; turns without words have a place of no length."""
    marks = tuple(_marks(file.postmortem.scorecard.verdicts if file.postmortem else ()))
    words: list[ReadWord] = []
    turns: list[ReadTurn] = []
    asked = [answer.turn for answer in file.answers]
    for number, answer in enumerate(file.answers, 1):
        first = len(words)
        words.extend(_words(answer, number, marks))
        audio = Path(answer.audio) if answer.audio else None
        prompt = one_line(answer.turn.prompt)
        label = turn_label(asked, number)
        turns.append(ReadTurn(number, label, prompt, audio, first, len(words), answer.turn.follow_up))
    return Readthrough(tuple(turns), tuple(words), marks)


def missed_in(file: MockFile, turn: int) -> tuple[Verdict, ...]:
    """The verdicts on the question of a turn that its words did not demonstrate."""
    verdicts = file.postmortem.scorecard.verdicts if file.postmortem else ()
    question = question_of([answer.turn for answer in file.answers], turn)
    return tuple(each for each in verdicts if each.question == question and not each.credit)


def _marks(verdicts: Sequence[Verdict]) -> Iterator[Mark]:
    number = 0
    for verdict in verdicts:
        number += bool(verdict.evidence)
        yield Mark(number if verdict.evidence else None, verdict)


def _words(answer: AnswerFile, turn: int, marks: Sequence[Mark]) -> Iterator[ReadWord]:
    transcript = answer.transcript
    if transcript is None:
        return
    pieces = [
        (mark.number, piece.start, piece.end)
        for mark in marks
        for piece in mark.verdict.evidence
        if mark.number and piece.turn == turn
    ]
    odd, pauses = fillers(transcript.text), _pauses(transcript)
    begins = _beginnings(transcript)
    before = 0
    for placed in transcript.placed:
        over = [(number, start) for number, start, end in pieces if start < placed.end and placed.start < end]
        word = placed.word
        yield ReadWord(
            turn,
            one_line(word.text) or " ",
            placed.start,
            placed.end,
            word.start,
            word.end,
            tuple(dict.fromkeys(number for number, _ in over)),
            tuple(dict.fromkeys(number for number, start in over if start >= before)),
            filler=any(start < placed.end and placed.start < end for start, end in odd),
            pause=pauses.get(placed.start, 0.0),
            begins=placed.start in begins,
            unclear=placed.unclear,
        )
        before = placed.end


def _beginnings(transcript: Transcript) -> set[int]:
    """Where the segments begin, in characters."""
    found: set[int] = set()
    at = 0
    for segment in transcript.segments:
        found.update({at + segment.offsets[0]} if segment.words else ())
        at += len(segment.text) + len(SEPARATOR)
    return found


def _pauses(transcript: Transcript) -> dict[int, float]:
    """The noted silences, each by the offset of the word that begins nearest to its end.

    Silences come from voice activity: the times of words are too rough.
    """
    silences = [Span(one.end, two.start) for one, two in pairwise(transcript.voice)]
    timed = [(placed.word.start, placed.start) for placed in transcript.placed if placed.word.start is not None]
    if not timed:
        return {}
    return {
        min(timed, key=lambda each: abs(each[0] - silence.end))[1]: silence.seconds
        for silence in silences
        if silence.seconds >= NOTED_PAUSE
    }
