"""What was said: words, segments, transcripts, and their file formats. A leaf that every room may import."""

from tui.transcript.clean import clean, one_line
from tui.transcript.types import Delivery, PlacedWord, Segment, Span, Transcript, Word

__all__ = ["Delivery", "PlacedWord", "Segment", "Span", "Transcript", "Word", "clean", "one_line"]
