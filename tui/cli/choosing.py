"""Find the round and the question that were asked for, or say which there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from tui.errors import BadInputError
from tui.interview.loop import Loop
from tui.interview.types import Catalogue, Question, Round
from tui.rubric.yaml_file import as_sentence
from tui.transcript import one_line


def find_round(catalogue: Catalogue, round_id: str) -> Round:
    """The round called `round_id`. Raises BadInputError, which lists the rounds there are or says what is wrong."""
    found = catalogue.rounds.get(round_id)
    if found is None:
        _tell_left_out(catalogue, round_id, f"The round {round_id}")
        raise _unknown(f"round {round_id}", catalogue.rounds)
    return found


def find_question(catalogue: Catalogue, round_: Round, question_id: str | None) -> Question | None:
    """The question called `question_id`, or None when none was asked for.

    Raises BadInputError, which lists the questions there are or says what is wrong.
    """
    if question_id is None:
        return None
    found = round_.question(question_id)
    if found is None:
        _tell_left_out(catalogue, f"{round_.id}/{question_id}", f"The question {question_id}")
        raise _unknown(f"question in {round_.id} called {question_id}", [question.id for question in round_.questions])
    return found


def find_loop(catalogue: Catalogue, loop_id: str) -> Loop:
    """The loop called `loop_id`. Raises BadInputError, which lists the loops there are or says what is wrong."""
    found = catalogue.loops.get(loop_id)
    if found is None:
        _tell_left_out(catalogue, "loops.yaml", "A loops.yaml")
        raise _unknown(f"loop {loop_id}", catalogue.loops)
    return found


def _tell_left_out(catalogue: Catalogue, id_: str, what: str) -> None:
    """Raise BadInputError when the file that holds `what` was left out, with what is wrong in it."""
    if id_ in catalogue.left_out:
        sentence = f"{one_line(what)} was left out: {as_sentence(catalogue.left_out[id_])}"
        raise BadInputError(sentence, "Mend it, and run `mockloop rubric check`.")


def _unknown(what: str, known: Iterable[str]) -> BadInputError:
    """There is no `what`, whose last word is the name that was asked for; `known` are the names there are."""
    names = sorted(known)
    close = difflib.get_close_matches(what.rpartition(" ")[2], names, n=1)
    hint = f"Did you mean {close[0]}? " if close else ""
    return BadInputError(f"There is no {one_line(what)}.", f"{hint}Choose one of: {', '.join(names)}.")
