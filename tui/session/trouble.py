"""What is wrong with the microphone during an answer, as an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.events import InputTrouble
from tui.speech.types import Condition

if TYPE_CHECKING:
    from tui.speech.recorder import Recorder

_SENTENCES = {
    Condition.NOTHING: ("Nothing is coming in from the microphone.", "Check that it is not muted, or choose another."),
    Condition.CLIPPING: ("The microphone is clipping.", "Turn its level down or move away a little."),
}


def trouble_of(recorder: Recorder) -> InputTrouble:
    """What is wrong with the input of `recorder` now; its sentence is empty when nothing is."""
    if recorder.trouble:
        return InputTrouble(recorder.trouble, "Or end the answer, to score what there is.")
    return InputTrouble(*_SENTENCES.get(recorder.level.condition, ("",)))
