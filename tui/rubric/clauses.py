"""Clauses, and the quote that shows a match in its context."""

from __future__ import annotations

from tui.rubric.words import Found, Words

CLAUSE_WORDS = 12
"""How many words a clause reaches to either side of a match at most, for speech without punctuation."""
SENTENCE_WORDS = 25
"""How many words a sentence reaches to either side of a match at most, for speech without punctuation."""
QUOTE_WORDS = 32
"""A quote is the whole sentence up to this many words."""
QUOTE_MARGIN = 8
"""Otherwise it is the match with this many words to either side."""
LONGEST_QUOTE = 40

_BREAKS = frozenset({"but", "because", "so", "although", "though", "whereas", "while", "however"})


def sentence(words: Words, found: Found) -> Found:
    """The sentence around a match, cut where speech without punctuation goes on and on."""
    first, end = words.sentences[words.tokens[found.start].sentence]
    return Found(max(first, found.start - SENTENCE_WORDS), min(end, found.end + SENTENCE_WORDS))


def clause(words: Words, found: Found) -> Found:
    """The clause around a match: to a comma, a conjunction or the end of the sentence."""
    first, end = words.sentences[words.tokens[found.start].sentence]
    first = max(first, found.start - CLAUSE_WORDS)
    end = min(end, found.end + CLAUSE_WORDS)
    start, stop = found.start, found.end
    while start > first and not words.tokens[start].pause_before and words.tokens[start - 1].surface not in _BREAKS:
        start -= 1
    while stop < end and not words.tokens[stop].pause_before and words.tokens[stop].surface not in _BREAKS:
        stop += 1
    return Found(start, stop)


def quote(words: Words, found: Found) -> tuple[int, int]:
    """Character offsets of what to quote for a match: its sentence, or the match with a margin when that is long."""
    first = words.sentences[words.tokens[found.start].sentence][0]
    end = words.sentences[words.tokens[found.end - 1].sentence][1]
    if end - first > QUOTE_WORDS:
        first = max(first, found.start - QUOTE_MARGIN)
        end = max(found.end, min(end, found.end + QUOTE_MARGIN, first + LONGEST_QUOTE))
    start, stop = words.tokens[first].start, words.tokens[end - 1].end
    # The punctuation that ends the sentence belongs to the quote.
    while stop < len(words.text) and words.text[stop] in ".?!…":
        stop += 1
    # Fillers between words count as words of the quote too.
    return (start, stop) if len(words.text[start:stop].split()) <= LONGEST_QUOTE else _characters(words, found)


def _characters(words: Words, found: Found) -> tuple[int, int]:
    return words.tokens[found.start].start, words.tokens[found.end - 1].end
