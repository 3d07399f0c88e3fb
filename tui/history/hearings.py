"""The readings of a mock between which another speech model heard it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from pathlib import Path

from tui.errors import StorageError
from tui.history import codec
from tui.history.folders import Revision, decoded, revisions
from tui.interview.hearings import Hearing
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

Numbered = tuple[int | None, Postmortem]
"""A reading's number, None for one that is not on disk yet, and what it says."""


def last_change(folder: Path, latest: Hearing) -> tuple[Hearing, Hearing] | None:
    """The last reading by one speech model and the first by the next, or None when there was only one model.

    `latest` is the newest reading, which need not be on disk. Readings that cannot be read are passed over. Raises
    StorageError when the folder cannot be read.
    """
    found = revisions(folder)
    for (new, after), (old, before) in pairwise(chain([(None, latest.postmortem)], _postmortems(found))):
        if _model(before) != _model(after):
            heard = latest.transcripts if new is None else _transcripts(found, new)
            assert old is not None
            return Hearing(before, _transcripts(found, old)), Hearing(after, heard)
    return None


def _model(postmortem: Postmortem) -> tuple[str, str]:
    return postmortem.provenance.engine, postmortem.provenance.model


def _postmortems(found: Sequence[Revision]) -> Iterator[Numbered]:
    """Those that can be read, the newest first."""
    for each in found:
        if each.turn is None:
            with suppress(StorageError):
                yield each.number, decoded(each, codec.decode_postmortem)


def _transcripts(found: Sequence[Revision], number: int) -> tuple[Transcript, ...]:
    """Those of one reading that can be read, in the order of the turns."""
    spoken = sorted((each.turn, each) for each in found if each.number == number and each.turn is not None)
    read: list[Transcript] = []
    for _, each in spoken:
        with suppress(StorageError):
            read.append(decoded(each, codec.decode_transcript))
    return tuple(read)
