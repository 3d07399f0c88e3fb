"""Why a signal's patterns find something in a text, or do not: for whoever writes patterns."""

from __future__ import annotations

from dataclasses import dataclass

from tui.rubric.language import PatternReader
from tui.rubric.scopes import Cues, ScopeReading
from tui.rubric.sentences import CompiledRubric, objections
from tui.rubric.types import Rubric, Signal
from tui.rubric.words import Words, read_words


@dataclass(frozen=True)
class Attempt:
    """A place where a pattern of a signal matches."""

    rule: int
    """Number of the pattern among those of its signal, from 0."""
    quote: str
    """The words that it matches."""
    against: str = ""
    """What keeps the match from counting; empty when it counts."""


class Explainer:
    """Tells what a rubric's patterns make of a text."""

    def __init__(self, rubric: Rubric) -> None:
        """Raises PatternError."""
        self._reader = PatternReader(rubric.words)
        self._rubric = CompiledRubric.read(rubric, self._reader)

    def attempts(self, signal: Signal, text: str) -> tuple[Attempt, ...]:
        """Every place in `text` where a pattern of `signal` matches, those that count first. Raises PatternError."""
        words = self._understood(text)
        scopes = {
            compiled.scope.id: ScopeReading(compiled.scope, Cues.read(compiled, words), words)
            for compiled in self._rubric.scopes
        }
        rules = self._rubric.learned([signal], self._reader).rules[signal.id]
        found = [
            Attempt(number, words.text_of(place), next(objections(rule, place, words, scopes), ""))
            for number, rule in enumerate(rules)
            for place in rule.match.find(words)
        ]
        return tuple(sorted(found, key=lambda attempt: bool(attempt.against)))

    def _understood(self, text: str) -> Words:
        """`text` with terms in the place of what was misheard for them, as detection reads it."""
        said = read_words(text)
        bounds = said.sentences.values()
        vocabulary = self._rubric.vocabulary
        return Words(
            text, tuple(token for start, end in bounds for token in vocabulary.understood(said.tokens[start:end]))
        )
