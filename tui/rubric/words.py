"""Spoken text cut into words that patterns can be matched on.

Patterns see words, not characters: each with its inflection undone, fillers and repeated words left out, and every
word knows its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+\d+\w*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[%$])"
    r"|(?P<end>[.?!…]+)|(?P<pause>[,;:—–()\[\]\"“”])",
)
FILLERS = frozenset({"um", "umm", "uh", "uhm", "erm", "er", "hmm", "mm", "mhm"})
"""Words that never reach a pattern."""
LONGEST_SENTENCE = 300
"""Words after which a sentence ends in any case: some recognisers never write a full stop."""
_FILLER_PAIRS = frozenset({("you", "know"), ("i", "mean")})
_BEFORE_VERBS = frozenset({"assume", "assuming", "if", "as", "do", "did", "would", "what", "that", "how", "when"})
# What the lemma table has no answer for, or another than a listener would give.
_LEMMAS = {
    "us": "us", "me": "me", "him": "him", "them": "them", "her": "her", "my": "my", "our": "our", "i": "i",
    "won't": "will", "can't": "can", "cannot": "can", "shan't": "shall", "ain't": "be",
    "wont": "will", "cant": "can", "dont": "do", "doesnt": "do", "didnt": "do", "wouldnt": "would",
    "shouldnt": "should", "couldnt": "could", "isnt": "be", "arent": "be", "wasnt": "be", "havent": "have",
    "left": "leave", "better": "better", "best": "best", "worse": "worse", "data": "data",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """One word as patterns see it."""

    surface: str
    """The word in lower case, as it was said."""
    lemmas: tuple[str, ...]
    """Its base forms; more than one when they cannot be told apart."""
    start: int
    """Offset of its first character."""
    end: int
    sentence: int
    """Number of its sentence."""
    pause_before: bool = False
    """Whether a comma or the like stands before it."""
    mark: str = ""
    """The punctuation that ends its sentence, when it is the last word of one."""

    @cached_property
    def forms(self) -> frozenset[str]:
        """Everything a pattern word may equal."""
        return frozenset((self.surface, *self.lemmas))


@lru_cache(maxsize=20_000)
def lemmas(word: str) -> tuple[str, ...]:
    """The base forms of `word` (lower case)."""
    import simplemma

    if word in _LEMMAS:
        return (_LEMMAS[word],)
    if word.endswith("n't") and len(word) > 3:
        return (str(simplemma.lemmatize(word[:-3], lang="en")),)
    head = word.split("'")[0] if "'" in word else word
    base = str(simplemma.lemmatize(head, lang="en"))
    if head != word and base != head:
        return (base, head)
    if head.endswith("ing") and base == head and len(head) > 5:
        stems = [stem for stem in (head[:-3], head[:-3] + "e") if simplemma.is_known(stem, lang="en")]
        return (base, *stems)
    return (base,)


@lru_cache(maxsize=20_000)
def is_ordinary(word: str) -> bool:
    """Whether `word` (lower case) is in the dictionary of English words."""
    import simplemma

    return bool(simplemma.is_known(word, lang="en"))


@dataclass(frozen=True)
class Found:
    """A stretch of words: positions of the first and after the last."""

    start: int
    end: int

    def moved(self, by: int) -> Found:
        """The same stretch where `by` more words stand before it."""
        return Found(self.start + by, self.end + by)


@dataclass(frozen=True)
class Words:
    """A text as a row of words, with an index of where each form occurs."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def index(self) -> Mapping[str, tuple[int, ...]]:
        """For every surface and lemma, the positions at which it stands."""
        places: dict[str, list[int]] = {}
        for position, token in enumerate(self.tokens):
            for form in token.forms:
                places.setdefault(form, []).append(position)
        return {form: tuple(found) for form, found in places.items()}

    @cached_property
    def sentences(self) -> Mapping[int, tuple[int, int]]:
        """For every sentence, its first position and the one after its last."""
        bounds: dict[int, tuple[int, int]] = {}
        for position, token in enumerate(self.tokens):
            first = bounds.get(token.sentence, (position, position))[0]
            bounds[token.sentence] = (first, position + 1)
        return bounds

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every surface and lemma that occurs."""
        return frozenset(self.index)

    def text_of(self, found: Found) -> str:
        """The characters of a stretch of words."""
        return self.text[self.tokens[found.start].start : self.tokens[found.end - 1].end]

    def __len__(self) -> int:
        return len(self.tokens)


def read_words(text: str, breaks: Collection[int] = ()) -> Words:
    """`text` as words. Offsets in the result count in `text` as it was given.

    `breaks` are offsets of words that begin a sentence although no punctuation says so: those after a long pause.
    """
    reader = WordReader()
    reader.read(text, 0, breaks)
    return Words(text, tuple(reader.tokens))


class WordReader:
    """Cuts a text that grows into words, so that reading it piece by piece and at once gives the same."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self._sentence = 0
        self._length = 0
        self._pause = False

    def read(self, piece: str, offset: int, breaks: Collection[int] = ()) -> int:
        """Read on with `piece`, which stands at `offset` in the text and was parted from what is before by a space.

        `breaks` are offsets in the text. Returns how many of the words that were there before are as they were.
        """
        kept = len(self.tokens)
        for match in _TOKEN.finditer(piece):
            start = match.start() + offset
            if start in breaks:
                self._next_sentence()
            if match.lastgroup == "end":
                kept = min(kept, self._end_sentence(match.group()[-1]))
            elif match.lastgroup == "pause":
                self._pause = True
            else:
                kept = min(kept, self._add(match.group().lower().replace("’", "'"), start, match.end() + offset))
        return kept

    def _add(self, surface: str, start: int, end: int) -> int:
        """Add a word, unless it is a filler; returns how many of the words before it stay."""
        if _is_noise(self.tokens, surface, self._sentence):
            return len(self.tokens)
        if self._length >= LONGEST_SENTENCE:
            self._next_sentence()
        self.tokens.append(Token(surface, lemmas(surface), start, end, self._sentence, self._pause))
        self._length += 1
        self._pause = False
        if _is_filler_pair(self.tokens):
            del self.tokens[-2:]
            self._length = max(0, self._length - 2)
        return len(self.tokens)

    def _end_sentence(self, mark: str) -> int:
        """End the sentence with `mark`; returns how many words stay as they were."""
        self._pause = False
        if not (self.tokens and self.tokens[-1].sentence == self._sentence):
            return len(self.tokens)
        self.tokens[-1] = replace(self.tokens[-1], mark=mark)
        self._next_sentence()
        return len(self.tokens) - 1

    def _next_sentence(self) -> None:
        self._sentence += 1
        self._length = 0


def _is_noise(tokens: list[Token], surface: str, sentence: int) -> bool:
    """Whether a word is a filler or repeats the one before it."""
    if surface in FILLERS:
        return True
    repeats = bool(tokens) and tokens[-1].sentence == sentence and tokens[-1].surface == surface
    return repeats and surface.isalpha()


def _is_filler_pair(tokens: list[Token]) -> bool:
    """Whether the last two words are a filler, and not "as you know" or "what I mean"."""
    pair = tuple(token.surface for token in tokens[-2:])
    return pair in _FILLER_PAIRS and (len(tokens) < 3 or tokens[-3].surface not in _BEFORE_VERBS)
