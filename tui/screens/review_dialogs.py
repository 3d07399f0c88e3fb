"""What the review asks before it corrects something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen

from tui.rubric.verdicts import Verdict


def choose_missed(screen: Screen[Any], missed: Sequence[Verdict], chosen: Callable[[Verdict], None]) -> None:
    """Ask which of the missed verdicts the selected words demonstrate."""
    from tui.screens.pick import PickScreen

    if not missed:
        screen.notify("Nothing was missed in the answer to this question.", markup=False)
        return

    def picked(which: int | None) -> None:
        if which is not None:
            chosen(missed[which])

    titles = [each.title for each in missed]
    screen.app.push_screen(PickScreen("I did say that", "What do these words demonstrate?", titles), picked)


def edit_words(screen: Screen[Any], label: str, text: str, written: Callable[[str], None]) -> None:
    """Let a person put the words of an answer right."""
    from tui.screens.reword import RewordScreen

    def closed(edited: str | None) -> None:
        if edited is not None:
            written(edited)

    screen.app.push_screen(RewordScreen(label, text), closed)
