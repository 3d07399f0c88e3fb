"""From transcripts to a postmortem: the one path that screens, commands and re-scoring share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock

from tui import __version__
from tui.errors import RubricError
from tui.interview.clarify import signals_of
from tui.interview.corrections import Correction, corrected, in_force
from tui.interview.expected import expected
from tui.interview.samplesize import reference_lines
from tui.interview.types import Catalogue, Question, Round
from tui.rubric.answers import Asked, Said
from tui.rubric.detect import Detector, GrowingAnswer
from tui.rubric.language import PatternError
from tui.rubric.meaning import Meaning
from tui.rubric.postmortem import fix, notes, root_cause
from tui.rubric.score import score
from tui.rubric.types import Expected, Signal
from tui.rubric.verdicts import Evidence, Postmortem, Provenance
from tui.transcript import Delivery, Transcript


@dataclass(frozen=True)
class Answered:
    """One turn of a mock: an answer, with the question and what a follow-up was about."""

    question: Question | None
    """None where a file is scored without a question."""
    transcript: Transcript
    about: str = ""
    """The signal or key point that a follow-up asked about; empty for the answer to the question itself."""
    follow_up: bool = False
    growing: GrowingAnswer | None = field(default=None, compare=False, repr=False)
    """What was read of it while it was spoken, for the same question: that need not be read again."""


@dataclass(frozen=True)
class Assessor:
    """Assesses answers by one catalogue; built once, since reading its patterns takes a moment."""

    catalogue: Catalogue
    detector: Detector
    _lock: Lock = field(default_factory=Lock, compare=False, repr=False)

    @classmethod
    def of(cls, catalogue: Catalogue, meaning: Meaning | None = None) -> Assessor:
        """An assessor for `catalogue`. Raises RubricError when a pattern cannot be read.

        Without a sentence encoder in `meaning`, patterns decide alone.
        """
        with _explained():
            return cls(catalogue, Detector(catalogue.rubric, meaning))

    def expected(self, round_: Round, question: Question | None, level: str = "") -> tuple[Expected, ...]:
        """What is listened for in an answer to `question` in `round_` at the level with that id."""
        return expected(self.catalogue.rubric, round_, question, self.catalogue.levels.get(level))

    def evidence(
        self, transcript: Transcript, listened_for: Sequence[Expected], growing: GrowingAnswer | None = None
    ) -> dict[str, tuple[Evidence, ...]]:
        """The evidence in `transcript`, by signal and key point. Raises RubricError.

        `growing` is what was read of it while it was spoken; the rest is read into it now.
        """
        known = growing.transcript.segments if growing else ()
        if growing is None or transcript.segments[: len(known)] != known:
            growing, known = self.begin(listened_for), ()
        growing.append(*transcript.segments[len(known) :])
        wanted = {item.signal.id for item in listened_for}
        return {signal: pieces for signal, pieces in growing.evidence().items() if signal in wanted}

    def begin(self, listened_for: Sequence[Expected], question: Question | None = None) -> GrowingAnswer:
        """An answer that is read while it is spoken, with `question` for its clarifications too. Raises RubricError."""
        asking = signals_of(question) if question else ()
        with _explained(), self._lock:
            self.detector.learn([*(item.signal for item in listened_for if item.key_point), *asking])
        return self.detector.begin([*(item.signal.id for item in listened_for), *(signal.id for signal in asking)])

    def assess(
        self,
        turns: Sequence[Answered],
        round_: Round,
        delivery: Delivery | None = None,
        level: str = "",
        corrections: Sequence[Correction] = (),
    ) -> Postmortem:
        """The postmortem of a mock with these `turns`, a question before its follow-ups; never empty.

        `delivery` are the figures measured on its audio, None for text; `level` is the id of a level; `corrections`
        are what a person decided about an earlier reading of the same mock, and win over detection.
        """
        rubric = self.catalogue.rubric
        held = in_force(corrections)
        questions, lost = self._asked(turns, round_, level, held)
        scorecard = score(rubric, questions)
        cause = root_cause(rubric, scorecard, delivery)
        listened_for: dict[str, Signal] = {item.signal.id: item.signal for each in questions for item in each.expected}
        first, transcripts = turns[0], [turn.transcript for turn in turns]
        return Postmortem(
            round=round_.id,
            round_title=round_.title,
            question=first.question.id if first.question else "",
            question_title=first.question.title if first.question else "",
            scorecard=scorecard,
            root_cause=cause,
            fix=fix(rubric, scorecard, cause, listened_for),
            delivery=delivery,
            provenance=Provenance(
                __version__,
                rubric.digest,
                first.transcript.engine,
                first.transcript.model,
                self.detector.encoder,
                len(held) - len(lost),
            ),
            notes=(*_reference(turns), *notes(transcripts, delivery, rubric.scoring, cause), *lost),
            level=level,
        )

    def _asked(
        self,
        turns: Sequence[Answered],
        round_: Round,
        level: str,
        corrections: Mapping[tuple[int, str], Correction],
    ) -> tuple[list[Asked], list[str]]:
        """The turns by question, each with the evidence in it, and a sentence for each decision that cannot hold."""
        questions: list[Asked] = []
        places: list[list[int]] = []
        for number, turn in enumerate(turns, 1):
            if turn.follow_up and questions:
                asked = questions.pop()
            else:
                places.append([])
                question = turn.question
                listened_for = self.expected(round_, question, level)
                asked = Asked(question.id if question else "", question.title if question else "", listened_for, ())
            evidence = {
                signal: tuple(replace(piece, turn=number) for piece in pieces)
                for signal, pieces in self.evidence(turn.transcript, asked.expected, turn.growing).items()
            }
            said = Said(turn.transcript, evidence, turn.about)
            questions.append(replace(asked, said=(*asked.said, said)))
            places[-1].append(number)
        lost: list[str] = []
        for number, (asked, of_mock) in enumerate(zip(questions, places, strict=True), 1):
            questions[number - 1], sentences = corrected(asked, number, of_mock, corrections)
            lost += sentences
        return questions, lost


def _reference(turns: Sequence[Answered]) -> Iterator[str]:
    """The numbers that answers about the size of an experiment are compared with."""
    for turn in turns:
        if turn.question and turn.question.sample_size and not turn.follow_up:
            title = f"Sample size for “{turn.question.title}”. "
            for line in reference_lines(turn.question.sample_size):
                yield f"{title}{line}"
                title = ""


@contextmanager
def _explained() -> Iterator[None]:
    """Turns a pattern that cannot be read into an error that says where to look."""
    try:
        yield
    except PatternError as error:
        raise RubricError(f"A pattern cannot be read: {error}.", "`mockloop rubric check` says where it is.") from None
