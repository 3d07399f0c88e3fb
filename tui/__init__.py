"""mockloop: a terminal mock interviewer that quotes what you said.

An answer travels through the rooms of this package in one direction::

    microphone -> speech -> transcript -> rubric -> interview -> history -> report -> session -> screens, cli

CONTRIBUTING.md says what each room holds and what it may import.
"""

__version__ = "0.1.0"
