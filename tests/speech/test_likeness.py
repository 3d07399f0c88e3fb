"""Terms are told to the recogniser when something like them was heard."""

from __future__ import annotations

from tui.speech.likeness import MOST_TERMS, alike, likely
from tui.transcript import Word

TERMS = ("canary", "label lag", "p95 latency", "kill switch", "NDCG")


def said(text: str) -> tuple[Word, ...]:
    return tuple(Word(word) for word in text.split())


def test_a_misheard_term_is_likely_though_it_was_parted_into_other_words() -> None:
    assert likely(TERMS, said("We start with a can area."))[0] == "canary"
    assert likely(TERMS, said("the label light decides"))[0] == "label lag"
    assert likely(TERMS, said("a kills which"))[0] == "kill switch"
    assert likely(TERMS, said("canarie"))[0] == "canary"


def test_terms_that_are_like_nothing_are_not_told() -> None:
    assert likely(TERMS, said("my father went out")) == ()
    assert likely(TERMS, ()) == ()
    assert likely((), said("canary")) == ()


def test_terms_that_stand_there_need_no_second_hearing_but_go_along_with_others() -> None:
    assert likely(TERMS, said("canary")) == ()
    assert likely(TERMS, said("a canary and a kills which"))[:2] == ("canary", "kill switch")


def test_few_terms_are_told() -> None:
    many = tuple(f"term {i}" for i in range(100))
    assert len(likely(many, said("terms 7"))) == MOST_TERMS


def test_likeness_ignores_spaces_and_punctuation() -> None:
    assert alike(said("roll back."), said("Rollback")) == 1.0
    assert alike(said("canary"), ()) == 0.0
