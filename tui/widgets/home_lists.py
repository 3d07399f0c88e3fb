"""The two lists of the home screen."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import OptionList


class RoundList(OptionList):
    """The rounds."""

    BINDINGS = [Binding("enter", "select", "Prepare", show=False, tooltip="Open the briefing of this round")]


class MockList(OptionList):
    """The last mocks."""

    BINDINGS = [Binding("enter", "select", "Read", show=False, tooltip="Open this mock's postmortem")]
