"""What another hearing of the same answers changed: in the words, in what was credited, in the score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.rubric.verdicts import Outcome, Postmortem
from tui.transcript import Transcript, one_line

MOST_NAMED = 4
"""Signals that are named at most; of more only the number is told."""


@dataclass(frozen=True)
class Hearing:
    """One reading of a mock: what was heard, by turn, and what came of it."""

    postmortem: Postmortem
    transcripts: tuple[Transcript, ...]


@dataclass(frozen=True)
class Difference:
    """What became of a mock from one hearing to the next."""

    model: str
    """Name of the model that heard it last."""
    words: int
    """Words that were put in, left out or replaced."""
    gained: tuple[str, ...]
    """Titles of what is demonstrated now and was not before."""
    lost: tuple[str, ...]
    """Titles of what was demonstrated before and is not now."""
    before: float | None
    """Score, 0 to 100; None when it was unscored."""
    after: float | None
    same_rubric: bool
    """Whether both were scored by the same rubric and encoder; else not every change is the hearing's."""

    @property
    def sentence(self) -> str:
        """All that in a line."""
        words = (
            "no word differs" if not self.words else f"{self.words} word{'s differ' if self.words > 1 else ' differs'}"
        )
        parts = [words]
        if self.gained:
            parts.append(f"{_named(self.gained)} now heard")
        if self.lost:
            parts.append(f"{_named(self.lost)} no longer heard")
        told = f"Heard again with {one_line(self.model)}: {'; '.join(parts)}; {_scores(self.before, self.after)}."
        return told if self.same_rubric else f"{told} The rubrics had changed, too."


def difference(before: Hearing, after: Hearing) -> Difference:
    """What the hearing `after` says otherwise than `before`, which is of the same turns."""
    cards = before.postmortem.scorecard, after.postmortem.scorecard
    verdicts = [{(v.question, v.signal): v for v in card.verdicts} for card in cards]
    heard = [{key for key, v in each.items() if v.outcome is Outcome.DEMONSTRATED} for each in verdicts]
    made = before.postmortem.provenance, after.postmortem.provenance
    return Difference(
        model=made[1].model,
        words=sum(map(_words_changed, before.transcripts, after.transcripts)),
        gained=tuple(verdicts[1][key].title for key in verdicts[1] if key in heard[1] - heard[0]),
        lost=tuple(verdicts[0][key].title for key in verdicts[0] if key in heard[0] - heard[1]),
        before=cards[0].overall,
        after=cards[1].overall,
        same_rubric=(made[0].rubric, made[0].encoder) == (made[1].rubric, made[1].encoder),
    )


def _words_changed(one: Transcript, other: Transcript) -> int:
    """How many words have to be put in, left out or replaced; capitals and punctuation do not count."""
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(_said(one), _said(other)))


def _said(transcript: Transcript) -> list[str]:
    said = ("".join(c for c in word if c.isalnum()) for word in transcript.text.casefold().split())
    return [word for word in said if word]


def _named(titles: Sequence[str]) -> str:
    shown = [one_line(title) for title in titles]
    return ", ".join(shown) if len(shown) <= MOST_NAMED else f"{len(shown)} signals"


def _scores(before: float | None, after: float | None) -> str:
    one, other = ("unscored" if score is None else f"{score:.0f}" for score in (before, after))
    return f"{one} as before" if one == other else f"{one} -> {other}"
