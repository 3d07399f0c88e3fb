"""The shapes of the rubric's YAML files, where they differ from the values made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.rubric.types import Dimension, Examples, Mistake, PatternRule, Scope, Scoring, Signal, Term, Timing


@dataclass(frozen=True)
class RubricFile:
    """`rubric.yaml`; a person's own may hold any part of it."""

    dimensions: tuple[Dimension, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    scoring: Scoring | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class ScopesFile:
    """`scopes.yaml`."""

    scopes: tuple[Scope, ...]


@dataclass(frozen=True)
class SignalFile:
    """`signals/ID.yaml`: a `Signal`, whose patterns may be plain text."""

    id: str
    title: str
    dimension: str
    weight: float
    timing: Timing
    mistake: str
    advice: str
    example: str
    follow_up: str
    patterns: tuple[str | PatternRule, ...]
    allow: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    examples: Examples = field(default_factory=Examples)

    def signal(self) -> Signal:
        """The signal, with plain patterns as rules."""
        rules = tuple(PatternRule(rule) if isinstance(rule, str) else rule for rule in self.patterns)
        return Signal(**{**self.__dict__, "patterns": rules})
