"""The pattern language: from the text of a pattern in YAML to a `Pattern`. rubrics/README.md teaches it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from tui.rubric.numbers import SLOTS
from tui.rubric.pattern import Choice, Gap, Literal, Optional, Part, Pattern, Prefix, Sequence, Slot
from tui.rubric.words import FILLERS, read_words

if TYPE_CHECKING:
    from lark import Lark, Tree

GAP_WORDS = 3
"""How many words `...` may skip."""
LONGEST_GAP = 20
"""How many words a gap may skip at most; farther apart, words hardly belong together."""

_GRAMMAR = r"""
start: sequence
sequence: item+
item: atom OPTIONAL?
?atom: WORD | EXACT | PREFIX | GAP | ANY | LIST | SLOT | group
group: "(" sequence ("|" sequence)* ")"
OPTIONAL: "?"
GAP: /\.\.\.\d*/
ANY: /_(?=[\s)|?]|$)/
LIST: /@[a-z_]+/
SLOT: /<[a-z]+>/
EXACT: /=[^\s()|?<>@=*]+/
PREFIX.2: /[^\s()|?<>@=*_.]+\*/
WORD: /[^\s()|?<>@=*_.][^\s()|?<>@=*]*/
%ignore /\s+/
"""


_PLAIN = re.compile(r"[a-z]+\Z")
"""Most words of patterns: there is nothing to cut in them."""


class PatternError(ValueError):
    """A pattern that cannot be read; the text says where and what was expected."""


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr")


class PatternReader:
    """Reads patterns that may name the word lists in `lists`; what was read once is kept."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._lists = lists or {}
        self._patterns: dict[str, Pattern] = {}
        self._parts: dict[str, Part] = {}
        self._open: list[str] = []

    def read(self, source: str) -> Pattern:
        """The pattern that `source` writes. Raises PatternError."""
        if source not in self._patterns:
            self._patterns[source] = Pattern(source, self._sequence(_parse(source).children[0]))
        return self._patterns[source]

    def _sequence(self, tree: Tree[Any]) -> Part:
        parts = [self._item(child) for child in tree.children]
        if all(isinstance(part, Gap | Optional) for part in parts):
            raise PatternError("the pattern would match anything; expected at least one word that must be there")
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _item(self, tree: Tree[Any]) -> Part:
        atom = tree.children[0]
        part = self._token(atom) if isinstance(atom, str) else self._group(atom)
        return Optional(part) if len(tree.children) > 1 else part

    def _group(self, tree: Tree[Any]) -> Part:
        parts = tuple(self._sequence(child) for child in tree.children)
        return parts[0] if len(parts) == 1 else Choice(parts)

    def _token(self, token: str) -> Part:
        text = str(token)
        match getattr(token, "type", "WORD"):  # lark's tokens are strings that know their kind
            case "WORD":
                return _literals(text, exact=False)
            case "EXACT":
                return _literals(text[1:], exact=True)
            case "PREFIX":
                return Prefix(text[:-1].lower())
            case "ANY":
                return Gap(1, 1)
            case "GAP":
                return _gap(text)
            case "LIST":
                return self._list(text[1:])
            case _:
                return _slot(text[1:-1])

    def _list(self, name: str) -> Part:
        if name not in self._lists:
            known = ", ".join(sorted(self._lists)) or "none"
            raise PatternError(f"there is no word list @{name}; expected one of: {known}")
        if name in self._open:
            raise PatternError(f"the word list @{name} contains itself")
        if name not in self._parts:
            self._open.append(name)
            try:
                entries = tuple(self._sequence(_parse(entry).children[0]) for entry in self._lists[name])
            finally:
                self._open.pop()
            self._parts[name] = Choice(entries)
        return self._parts[name]


@cache
def _parse(source: str) -> Tree[Any]:
    from lark.exceptions import UnexpectedInput, UnexpectedToken

    if not source.strip():
        raise PatternError("the pattern is empty; expected words")
    try:
        return _parser().parse(source)
    except UnexpectedInput as error:
        if isinstance(error, UnexpectedToken) and error.token.type == "$END":
            hint = "it ends too soon (is a bracket left open?)"
        else:
            hint = f"unexpected {source[error.column - 1]!r} at character {error.column}"
        raise PatternError(f"{source!r}: {hint}; expected words, (a|b), word?, ..., @list or <slot>") from None


def _gap(text: str) -> Part:
    most = int(text[3:] or GAP_WORDS)
    if not 1 <= most <= LONGEST_GAP:
        raise PatternError(f"{text} is not a gap; expected ...1 to ...{LONGEST_GAP}")
    return Gap(0, most)


def _literals(text: str, exact: bool) -> Part:
    """A word of a pattern, cut as spoken text is cut: "roll-back" is two words."""
    if _PLAIN.match(text) and text not in FILLERS:
        return Literal(text, exact)
    surfaces = [token.surface for token in read_words(text).tokens]
    if not surfaces:
        raise PatternError(f"{text!r} holds no word that counts (fillers such as 'um' never reach a pattern)")
    parts = tuple(Literal(surface, exact) for surface in surfaces)
    return parts[0] if len(parts) == 1 else Sequence(parts)


def _slot(kind: str) -> Part:
    if kind not in SLOTS:
        raise PatternError(f"<{kind}> is not a slot; expected one of: {', '.join(f'<{name}>' for name in SLOTS)}")
    return Slot(kind)
