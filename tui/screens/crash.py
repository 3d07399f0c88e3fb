"""What a person reads when mockloop itself fails: one sentence on the terminal, the details in a file."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

from tui import locations
from tui.transcript import one_line

LOG = Path("logs") / "crash.log"
"""Under the home."""


def crash_sentence(error: BaseException, home: Path) -> str:
    """Two sentences for the terminal; writes the traceback to the log, when it can be written."""
    what = one_line(f"mockloop stopped because of a fault of its own: {type(error).__name__}: {error}.")
    kept = "Recordings are kept, and the next start offers to finish them."
    try:
        path = home / LOG
        locations.make_private(path.parent)
        path.write_text(f"{datetime.now().isoformat()}\n{''.join(traceback.format_exception(error))}", encoding="utf-8")
    except OSError:
        return f"{what} {kept}"
    return f"{what} {kept} Details:\n{path}"
