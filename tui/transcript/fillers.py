"""The fillers in a text: um, uh, erm, and "you know" where it stands apart."""

from __future__ import annotations

import re

_SOUNDS = re.compile(r"\b(?:u+h*m+|u+h+|e+r+m+)\b", re.IGNORECASE)
_PHRASES = re.compile(r",\s*(you\s+know)\b|\b(you\s+know)(?=\s*[,.;:!?…-])", re.IGNORECASE)
"""Set off by punctuation, as recognisers write fillers; "you know the answer" is none."""


def fillers(text: str) -> tuple[tuple[int, int], ...]:
    """Where the fillers of `text` stand, in characters from and up to, in order. People said at least as many."""
    sounds = [match.span() for match in _SOUNDS.finditer(text)]
    phrases = [match.span(match.lastindex or 0) for match in _PHRASES.finditer(text)]
    return tuple(sorted(sounds + phrases))
