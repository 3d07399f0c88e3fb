"""What a person corrected in a mock, in `corrections.json` in its folder; nothing is ever taken out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tui.history import codec
from tui.history.atomic import storage_error, write_json
from tui.interview.corrections import Correction

FILE = "corrections.json"
SCHEMA = 1


@dataclass(frozen=True)
class CorrectedText:
    """A transcript that a person put right."""

    turn: int
    """From 1."""
    revision: int
    """The reading of the mock that first had their words."""
    at: str
    """Local time with offset, ISO 8601."""
    by: str = "person"
    restored: bool = False
    """Whether they gave their words up for what is recognised."""


@dataclass(frozen=True)
class Corrections:
    """Everything that was corrected in one mock, in the order in which it was."""

    decisions: tuple[Correction, ...] = ()
    texts: tuple[CorrectedText, ...] = ()

    def decided(self, correction: Correction) -> Corrections:
        """These and one more decision."""
        return replace(self, decisions=(*self.decisions, correction))

    def said(self, text: CorrectedText) -> Corrections:
        """These and one more corrected transcript."""
        return replace(self, texts=(*self.texts, text))

    @property
    def worded(self) -> frozenset[int]:
        """The turns whose words are a person's."""
        last = {text.turn: text for text in self.texts}
        return frozenset(turn for turn, text in last.items() if not text.restored)

    def recognised(self, turn: int) -> int | None:
        """The first of the readings in which a turn has a person's words, since they last put back the others."""
        since: int | None = None
        for text in self.texts:
            if text.turn == turn:
                since = None if text.restored else (since or text.revision)
        return since


def read_corrections(folder: Path) -> Corrections:
    """The corrections of the mock in `folder`. Raises StorageError when they cannot be read."""
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        raise storage_error(error, "reading the corrections", folder) from error
    found: Corrections = codec.decode(Corrections, content, f"{folder.name}/{FILE}")
    return found


def write_corrections(folder: Path, corrections: Corrections) -> None:
    """Keep `corrections` in `folder`. Raises StorageError."""
    write_json(folder / FILE, codec.encode(Corrections, corrections, SCHEMA), "saving the correction")
