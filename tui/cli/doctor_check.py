"""What a check of `mockloop doctor` says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tui.errors import MockloopError


class Status(StrEnum):
    """How a check went."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Check:
    """The result of one check."""

    id: str
    name: str
    status: Status
    detail: str
    remedy: str = ""
    """What to do about it; empty when all is well."""


def checked(id_: str, name: str, work: Callable[[], Check]) -> Check:
    """What `work` returns, or a failed check when it raises."""
    try:
        return work()
    except MockloopError as error:
        return Check(id_, name, Status.FAIL, error.sentence, error.remedy)
    except Exception as error:
        # The doctor must come to an end above all when something is wrong that nobody thought of.
        return Check(id_, name, Status.FAIL, f"{type(error).__name__}: {error}", "Reinstall mockloop, or report this.")
