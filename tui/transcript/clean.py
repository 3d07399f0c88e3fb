"""Make text from outside (recognisers, files, YAML) safe to keep and print."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")


def clean(text: str) -> str:
    """`text` without terminal escapes, control, format (bidirectional) and surrogate characters.

    Line ends and tabs stay; the length may shrink, so clean text before offsets are taken in it.
    """
    if text.isprintable():
        return text  # nearly every text, and what follows takes thirty times as long
    plain = _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})


def one_line(text: str) -> str:
    """`text` cleaned and on one line, runs of white space made one space."""
    return " ".join(clean(text).split())
