"""Names of mocks: `2026-11-22T18-30-05-ml-systems-k3f9`, sorted by time, unique by their last four characters."""

from __future__ import annotations

import difflib
import re
import secrets
from collections.abc import Collection
from datetime import datetime

from tui.errors import StorageError
from tui.transcript import one_line

LAST = "last"
"""What a person types for the newest mock."""

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_PATTERN = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[a-z0-9-]{1,60}-[a-z0-9]{4}")


class UnknownMockError(StorageError):
    """No mock, or more than one, has the name that was given; the command line exits with 2."""

    exit_code = 2
    title = "Mock"


def new_id(created: datetime, round_id: str) -> str:
    """A fresh id for a mock of `round_id` that begins at `created` (local time)."""
    slug = re.sub(r"[^a-z0-9]+", "-", round_id.lower()).strip("-")[:40].strip("-") or "mock"
    suffix = "".join(secrets.choice(_ALPHABET) for _ in range(4))
    return f"{created:%Y-%m-%dT%H-%M-%S}-{slug}-{suffix}"


def is_id(name: str) -> bool:
    """Whether `name` is shaped like an id; nothing else in the home is ever taken for a mock."""
    return _PATTERN.fullmatch(name) is not None


def resolve(text: str, known: Collection[str], last: str | None) -> str:
    """The one id in `known` that `text` names: exactly, by its beginning, by its last part, or as `last`.

    Raises UnknownMockError, which lists what `text` may have meant.
    """
    wanted = text.strip()
    if not known:
        raise UnknownMockError("There are no mocks yet.", "Start one with mockloop practice.")
    if wanted == LAST and last is not None:
        return last
    if wanted in known:
        return wanted
    found = sorted(name for name in known if wanted and (name.startswith(wanted) or name.endswith(f"-{wanted}")))
    if len(found) == 1:
        return found[0]
    shown = one_line(wanted)[:80] or "without a name"
    if found:
        raise UnknownMockError(f"{shown} could be {_listed(found)}.", "Type more of the name.")
    near = difflib.get_close_matches(wanted, sorted(known), n=3, cutoff=0.5) or sorted(known, reverse=True)[:3]
    raise UnknownMockError(f"There is no mock {shown}.", f"Did you mean {_listed(near)}?")


def _listed(names: list[str]) -> str:
    shown, more = names[-5:], len(names) - 5
    return " or ".join(shown) + (f" (and {more} more)" if more > 0 else "")
