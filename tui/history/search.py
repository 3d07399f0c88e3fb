"""Full-text search over everything that was said, answer by answer."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from tui.errors import BadInputError
from tui.history.filters import Where
from tui.history.queries import ROW, named, row
from tui.history.types import MockRow

EXCERPT_WORDS = 24
"""About how many words of an answer are shown around what was found."""

# Texts are cleaned of control characters on their way in, so these stand for nothing else.
_OPEN, _CLOSE = "\x02", "\x03"
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True)
class Hit:
    """A turn in whose answer the words occur."""

    mock: MockRow
    turn: int
    """Number of the turn, from 1."""
    excerpt: tuple[tuple[str, bool], ...]
    """Pieces of the text around the first find, each with whether it is what was looked for."""
    start: int
    """Where the first find begins in the text of the turn's transcript, in characters."""

    @property
    def text(self) -> str:
        """The excerpt as plain text."""
        return "".join(piece for piece, _ in self.excerpt)


def search(connection: sqlite3.Connection, text: str, where: Where, limit: int | None) -> list[Hit]:
    """The answers that hold every word of `text`, in the newest mocks first; "quoted words" stand together.

    Words are compared by their stems: `rolling back` finds `rolled back`. A word ending in * stands for all that begin
    like it. Raises BadInputError when `text` holds no word.
    """
    columns = ", ".join(f"mocks.{name}" for name in ROW.split(", "))
    tables = "said JOIN turns ON turns.id = said.rowid JOIN mocks ON mocks.id = turns.mock"
    order = "ORDER BY mocks.instant DESC, mocks.id DESC, turns.turn"
    # Excerpts take most of the time, so they are made of the answers within the limit alone.
    chosen = f"SELECT said.rowid FROM {tables} WHERE said MATCH :text AND {where.sql} {order} LIMIT :limit"
    found = connection.execute(
        f"SELECT {columns}, turns.turn, snippet(said, 0, '{_OPEN}', '{_CLOSE}', '…', {EXCERPT_WORDS}) AS excerpt, "
        f"instr(highlight(said, 0, '{_OPEN}', '{_CLOSE}'), '{_OPEN}') AS place "
        f"FROM {tables} WHERE said MATCH :text AND said.rowid IN ({chosen}) {order}",
        {**where.values, "text": expression(text), "limit": -1 if limit is None else max(0, limit)},
    )
    return [_hit(dict(each)) for each in named(found)]


def expression(text: str) -> str:
    """What a person typed in the language of FTS5, in which every word is quoted. Raises BadInputError."""
    terms: list[str] = []
    for match in _TERM.finditer(text):
        phrase, word = match.group(1), match.group(2)
        term = (phrase if phrase is not None else word).replace('"', " ").replace("\0", " ")
        if any(character.isalnum() for character in term):
            terms.append(f'"{term.rstrip("*")}"' + ("*" if word and word.endswith("*") else ""))
    if not terms:
        raise BadInputError("There is no word to search for.", 'Give words, or "several words in quotation marks".')
    return " ".join(terms)


def while_typing(text: str) -> str:
    """`text` as it is searched for before the last word is finished: for all words that begin like it.

    A single letter stands for itself: nearly every answer has words that begin with it, and finding them takes long.
    """
    unfinished = re.search(r"\w\w$", text) and text.count('"') % 2 == 0
    return f"{text}*" if unfinished else text


def _hit(values: dict[str, object]) -> Hit:
    turn, excerpt, place = (values.pop(name) for name in ("turn", "excerpt", "place"))
    assert isinstance(turn, int)
    assert isinstance(place, int)
    pieces: list[tuple[str, bool]] = []
    for number, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", str(excerpt))):
        if piece:
            pieces.append((piece, number % 2 == 1))
    return Hit(row(values), turn, tuple(pieces), max(0, place - 1))
