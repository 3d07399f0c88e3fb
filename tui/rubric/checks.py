"""What can be wrong in a rubric file that has the right shape: unknown ids, patterns that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tui.rubric.files import RubricFile, ScopesFile, SignalFile
from tui.rubric.language import PatternError, PatternReader
from tui.rubric.types import Rubric
from tui.rubric.words import read_words
from tui.rubric.yaml_file import Document, Problem, unknown


class Checker:
    """Checks documents against the rubric that they are part of."""

    def __init__(self, rubric: Rubric, trusted: Path | None = None) -> None:
        """Patterns in files below `trusted` are taken as sound."""
        self._trusted = trusted
        self._rubric = rubric
        self._reader = PatternReader(rubric.words)
        self._scopes = [scope.id for scope in rubric.scopes]

    def rubric(self, document: Document[RubricFile]) -> Iterator[Problem]:
        """What is wrong with a `rubric.yaml`."""
        yield from self._scoring(document)
        yield from self._lists(document)
        yield from self._terms(document)

    def _scoring(self, document: Document[RubricFile]) -> Iterator[Problem]:
        scoring = document.value.scoring
        if scoring is None:
            return
        for key in ("late_credit", "prompted_credit", "first_prompted_credit", "unclear_word", "most_cant_tell"):
            if not 0 <= getattr(scoring, key) <= 1:
                yield document.problem(f"{key!r} is {getattr(scoring, key):g}; expected 0 to 1", "scoring", key)
        if not scoring.words_per_minute > 0:
            what = f"'words_per_minute' is {scoring.words_per_minute:g}; expected a number above 0"
            yield document.problem(what, "scoring", "words_per_minute")
        for key in ("early", "closing"):
            window = getattr(scoring, key)
            if not (0 <= window.share <= 1 and 0 <= window.at_least <= window.at_most):
                what = f"{key!r} is no window; expected a share from 0 to 1, and at_least up to at_most"
                yield document.problem(what, "scoring", key)
        if scoring.communication_mistake not in self._rubric.mistakes:
            what = unknown("mistake", scoring.communication_mistake, self._rubric.mistakes)
            yield document.problem(what, "scoring", "communication_mistake")
        if scoring.key_point_mistake and scoring.key_point_mistake not in self._rubric.mistakes:
            what = unknown("mistake", scoring.key_point_mistake, self._rubric.mistakes)
            yield document.problem(what, "scoring", "key_point_mistake")

    def _lists(self, document: Document[RubricFile]) -> Iterator[Problem]:
        for name, entries in document.value.words.items():
            for position, entry in enumerate(entries):
                yield from self._pattern(document, entry, "words", name, position)

    def _terms(self, document: Document[RubricFile]) -> Iterator[Problem]:
        for position, term in enumerate(document.value.terms):
            if not term.near:
                what = "'near' is empty; expected at least one pattern of what stands close to the term"
                yield document.problem(what, "terms", position, "near")
            for place, source in enumerate(term.near):
                yield from self._pattern(document, source, "terms", position, "near", place)
            for source in (term.term, *term.heard):
                if not read_words(source).tokens:
                    yield document.problem(f"{source!r} holds no word", "terms", position)

    def scopes(self, document: Document[ScopesFile]) -> Iterator[Problem]:
        """What is wrong with a `scopes.yaml`."""
        for position, scope in enumerate(document.value.scopes):
            for key in ("before", "after", "stops", "unless"):
                for place, source in enumerate(getattr(scope, key)):
                    yield from self._pattern(document, source, "scopes", position, key, place)

    def signal(self, document: Document[SignalFile]) -> Iterator[Problem]:
        """What is wrong with a signal's file."""
        signal = document.value.signal()
        if signal.dimension not in self._rubric.dimensions:
            yield document.problem(unknown("dimension", signal.dimension, self._rubric.dimensions), "dimension")
        if signal.mistake not in self._rubric.mistakes:
            yield document.problem(unknown("mistake", signal.mistake, self._rubric.mistakes), "mistake")
        if not signal.weight > 0:
            yield document.problem(f"'weight' is {signal.weight:g}; expected a number above 0", "weight")
        if not signal.patterns:
            yield document.problem("'patterns' is empty; expected at least one pattern", "patterns")
        yield from self._allowed(document, signal.allow, "allow")
        for position, source in enumerate(signal.before):
            yield from self._pattern(document, source, "before", position)
        for position, rule in enumerate(signal.patterns):
            yield from self._allowed(document, rule.allow, "patterns", position, "allow")
            for source in (rule.match, *rule.unless, *rule.near):
                yield from self._pattern(document, source, "patterns", position)

    def _allowed(self, document: Document[Any], names: Iterable[str], *place: str | int) -> Iterator[Problem]:
        for name in names:
            if name not in self._scopes:
                yield document.problem(unknown("scope", name, self._scopes), *place)

    def _pattern(self, document: Document[Any], source: str, *place: str | int) -> Iterator[Problem]:
        if self._trusted and document.file.is_relative_to(self._trusted):
            return
        try:
            self._reader.read(source)
        except PatternError as error:
            yield document.problem(str(error), *place)
