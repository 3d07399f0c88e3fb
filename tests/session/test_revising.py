"""Mocks are corrected, scored again and recognised again, and every earlier reading stays."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.history.real import SETTINGS, add, assessor, labelled, spoken
from tui.errors import BadInputError, MockloopError, StorageError
from tui.history.corrections import read_corrections
from tui.history.rates import Rate
from tui.history.review import review_signals
from tui.history.store import History
from tui.interview.assess import Assessor
from tui.interview.corrections import Decision
from tui.rubric.verdicts import Outcome, Verdict
from tui.session.marking import find_words
from tui.session.revising import Reviser
from tui.transcript import Transcript

ANSWER = next(each["text"] for each in labelled() if each["round"] == "ml-systems")


class Recogniser:
    """Hears what it is told, as a better model would; recognising for real is tested with the recogniser."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.says = spoken(ANSWER)

    def transcribe(self, audio: Path, **options: Any) -> Transcript:
        self.heard.append((audio.name, options["terms"][0]))
        return self.says if self.says.model == "large" else replace(self.says, model="base.en")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "home")


@pytest.fixture
def recogniser() -> Recogniser:
    return Recogniser()


@pytest.fixture
def reviser(history: History, recogniser: Recogniser) -> Reviser:
    return Reviser(history, lambda: recogniser, assessor)  # type: ignore[arg-type, return-value]


def files(history: History, mock: str) -> dict[str, str]:
    """What is in a mock's folder, by name, as digests."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in history.folder(mock).iterdir()
        if path.name not in {"mock.json", "corrections.json"}
    }


def verdict(history: History, mock: str, signal: str, question: int = 1) -> Verdict:
    found = history.load(mock).postmortem
    assert found
    return next(each for each in found.scorecard.verdicts if (each.signal, each.question) == (signal, question))


def pick(history: History, mock: str, outcome: Outcome) -> str:
    found = history.load(mock).postmortem
    assert found
    return next(each.signal for each in found.scorecard.verdicts if each.outcome is outcome and not each.key_point)


def test_i_did_say_that(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    signal, before = pick(history, mock, Outcome.MISSED), files(history, mock)
    quote = " ".join(ANSWER.split()[40:46])
    revised = reviser.mark_heard(mock, signal, find_words(history.load(mock), quote.upper()))
    found = verdict(history, mock, signal)
    assert (found.outcome, found.overruled, found.evidence[0].quote) == (
        Outcome.DEMONSTRATED,
        Outcome.MISSED,
        quote.rstrip("."),
    )
    assert "You marked" in found.reason
    assert revised.revision == 2
    assert revised.after.scorecard.overall is not None
    assert revised.before.scorecard.overall is not None
    assert revised.after.scorecard.overall > revised.before.scorecard.overall
    assert revised.after.provenance.corrections == 1
    assert files(history, mock).items() >= before.items()
    (decision,) = read_corrections(history.folder(mock)).decisions
    assert (decision.signal, decision.by, decision.revision, decision.quote) == (signal, "person", 1, quote.rstrip("."))
    assert review_signals(history).figures[signal].known_missed == Rate(1, 1)


def test_a_wrong_credit_and_taking_it_back(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    other = add(history, [("", ANSWER)], "ml-systems")
    signal = pick(history, mock, Outcome.DEMONSTRATED)
    original = history.load(mock).postmortem
    reviser.decide(mock, signal, 1, Decision.NOT_HEARD)
    found = verdict(history, mock, signal)
    assert (found.outcome, found.overruled, found.credit) == (Outcome.MISSED, Outcome.DEMONSTRATED, 0.0)
    assert review_signals(history).figures[signal].known_wrong == Rate(1, 2)
    assert verdict(history, other, signal).outcome is Outcome.DEMONSTRATED
    back = reviser.decide(mock, signal, 1, Decision.UNDECIDED)
    assert back.revision == 3
    assert history.load(mock).postmortem == original
    assert review_signals(history).figures[signal].known_wrong == Rate(0, 2)
    kinds = [each.decision for each in read_corrections(history.folder(mock)).decisions]
    assert kinds == [Decision.NOT_HEARD, Decision.UNDECIDED]


def test_a_corrected_transcript_is_scored_again(history: History, reviser: Reviser) -> None:
    wrong = ANSWER.replace("latency", "late and see")
    mock = add(history, [("", wrong), ("rollback", "Nothing comes to mind about that here, sorry.")], "ml-systems")
    right = "If those numbers drop we roll back to the previous version at once."
    revised = reviser.correct_text(mock, 2, right)
    file = history.load(mock)
    assert file.answers[1].transcript is not None
    assert file.answers[1].transcript.text == right
    assert file.answers[0].transcript == spoken(wrong)
    found = verdict(history, mock, "rollback")
    assert (found.outcome, found.prompted, found.evidence[0].turn) == (Outcome.DEMONSTRATED, True, 2)
    assert (revised.revision, file.revision) == (2, 2)
    stored = json.loads((history.folder(mock) / "transcript-2.1.json").read_text())
    assert stored["text"].startswith("Nothing comes to mind")
    assert [(text.turn, text.revision) for text in read_corrections(history.folder(mock)).texts] == [(2, 2)]
    assert reviser.correct_text(mock, 2, right).revision is None
    assert len(read_corrections(history.folder(mock)).texts) == 1


def test_a_correction_of_words_can_be_taken_back(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    recognised = history.load(mock)
    for text in ("Something else altogether, said at length and twice over.", "And one more thing that was said here."):
        reviser.correct_text(mock, 1, text)
    folder = history.folder(mock)
    assert read_corrections(folder).worded == {1}
    before = files(history, mock)
    restored = reviser.restore_text(mock, 1)
    assert restored.after == recognised.postmortem
    assert history.load(mock).answers == recognised.answers
    assert read_corrections(folder).worded == frozenset()
    assert files(history, mock).items() >= before.items()
    with pytest.raises(BadInputError, match="never corrected"):
        reviser.restore_text(mock, 1)


def test_scoring_again_changes_nothing_until_the_rubric_does(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER), ("", ANSWER), ("rollback", ANSWER)], "ml-systems")
    before = files(history, mock)
    assert reviser.rescore(mock).revision is None
    assert files(history, mock) == before
    changed = replace(assessor().catalogue, rubric=replace(assessor().catalogue.rubric, digest="another"))
    later = Reviser(history, lambda: None, lambda: Assessor.of(changed))  # type: ignore[arg-type, return-value]
    revised = later.rescore(mock)
    assert revised.revision == 2
    assert revised.after.provenance.rubric == "another"
    assert revised.after.scorecard == revised.before.scorecard
    assert files(history, mock).items() >= before.items()


def test_recognised_again_scored_again_corrected_and_reindexed_nothing_is_lost(
    history: History, reviser: Reviser, recogniser: Recogniser
) -> None:
    mock = add(history, [("", ANSWER), ("rollback", "We would just hope that it works out fine.")], "ml-systems")
    for number in (1, 2):
        path = history.audio_path(mock, number)
        path.write_bytes(bytes(2000))
        history.recorded(mock, path.name, None, number)
    seen = files(history, mock)
    signal = pick(history, mock, Outcome.MISSED)
    quote = " ".join(ANSWER.split()[40:46])
    reviser.mark_heard(mock, signal, find_words(history.load(mock), quote))
    reviser.correct_text(mock, 2, "We roll back to the version before.")
    assert files(history, mock).items() >= seen.items()
    seen = files(history, mock)
    recogniser.says = spoken(ANSWER.replace(quote, "six other words stand here now"))
    revised = reviser.retranscribe(mock)
    assert files(history, mock).items() >= seen.items()
    assert [name for name, _ in recogniser.heard] == ["answer-1.wav"]  # the other says what the person put right
    file = history.load(mock)
    assert revised.revision == 4
    assert file.postmortem is not None
    assert file.postmortem.provenance.model == "base.en"
    assert [answer.transcript.text.split()[0] for answer in file.answers if answer.transcript][1] == "We"
    # The words that were marked are found in the new transcript by the seconds in which they were said.
    found = verdict(history, mock, signal)
    assert (found.outcome, found.evidence[0].quote) == (Outcome.DEMONSTRATED, "six other words stand here now")
    assert verdict(history, mock, "rollback").outcome is Outcome.DEMONSTRATED
    before = (history.rows(), review_signals(history))
    history.reindex()
    assert (history.rows(), review_signals(history)) == before
    folder = history.folder(mock)
    assert read_corrections(folder).worded
    reviser.retranscribe(mock, over_corrected=True)
    assert not read_corrections(folder).worded  # the words are the recogniser's again
    assert [name for name, _ in recogniser.heard][1:] == ["answer-1.wav", "answer-2.wav"]
    numbers = {path.name for path in history.folder(mock).glob("*.json")}
    assert {f"postmortem.{number}.json" for number in range(1, 6)} <= numbers
    assert {f"transcript-{turn}.{number}.json" for turn in (1, 2) for number in range(1, 6)} <= numbers


def test_another_hearing_says_what_it_changed_and_keeps_saying_it(
    history: History, reviser: Reviser, recogniser: Recogniser
) -> None:
    mock = add(history, [("", ANSWER.replace("roll back", "rolled"))], "ml-systems")
    path = history.audio_path(mock)
    path.write_bytes(bytes(2000))
    history.recorded(mock, path.name, None)
    revised = reviser.retranscribe(mock)
    (note,) = [note for note in revised.after.notes if "Heard again" in note]
    assert note.startswith("Heard again with base.en: ")
    assert reviser.rescore(mock).revision is None  # saying it again is no change
    reviser.mark_heard(
        mock, pick(history, mock, Outcome.MISSED), find_words(history.load(mock), " ".join(ANSWER.split()[40:46]))
    )
    found = history.load(mock).postmortem
    assert found
    assert note in found.notes
    recogniser.says = replace(spoken("Nothing at all."), model="large")
    last = reviser.retranscribe(mock).after
    assert [each[:24] for each in last.notes if "Heard again" in each] == ["Heard again with large: "]


def test_what_is_corrected_while_a_mock_is_heard_stays(
    history: History, reviser: Reviser, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    path = history.audio_path(mock)
    path.write_bytes(bytes(2000))
    history.recorded(mock, path.name, None)
    hear = recogniser.transcribe

    def meanwhile(audio: Path, **options: Any) -> Transcript:
        reviser.correct_text(mock, 1, "We roll back to the version before.")
        return hear(audio, **options)

    monkeypatch.setattr(recogniser, "transcribe", meanwhile)
    reviser.retranscribe(mock)
    file = history.load(mock)
    assert file.transcript
    assert file.transcript.text == "We roll back to the version before."
    assert verdict(history, mock, "rollback").outcome is Outcome.DEMONSTRATED


def test_a_damaged_transcript_is_recognised_again(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    path = history.audio_path(mock)
    path.write_bytes(bytes(2000))
    history.recorded(mock, path.name, None)
    (history.folder(mock) / "transcript-1.1.json").write_text("{")
    with pytest.raises(StorageError, match="damaged"):
        reviser.rescore(mock)
    assert reviser.retranscribe(mock).revision == 2
    assert reviser.rescore(mock).revision is None


@pytest.mark.parametrize("what", ["turn", "signal", "quote", "question", "text"])
def test_what_does_not_exist_cannot_be_corrected(history: History, reviser: Reviser, what: str) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    before = files(history, mock)
    tries = {
        "turn": lambda: reviser.correct_text(mock, 2, "Words."),
        "signal": lambda: reviser.decide(mock, "complexity", 1, Decision.NOT_HEARD),
        "quote": lambda: reviser.mark_heard(mock, "rollback", find_words(history.load(mock), "nobody said this")),
        "question": lambda: reviser.decide(mock, "rollback", 2, Decision.NOT_HEARD),
        "text": lambda: reviser.correct_text(mock, 1, " \n"),
    }
    with pytest.raises(BadInputError):
        tries[what]()
    assert files(history, mock) == before
    assert not (history.folder(mock) / "corrections.json").exists()
    assert history.claim(mock)  # it was given back


def test_a_mock_that_somebody_works_on_is_left_alone(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    assert history.claim(mock)
    with pytest.raises(StorageError, match="working on"):
        reviser.rescore(mock)


def test_without_audio_or_score_there_is_nothing_to_read(history: History, reviser: Reviser) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    with pytest.raises(MockloopError, match="no recording"):
        reviser.retranscribe(mock)
    round_ = assessor().catalogue.rounds["ml-systems"]
    begun = history.begin(round_, round_.questions[0], SETTINGS)
    path = history.audio_path(begun.id)
    path.write_bytes(bytes(2000))
    history.recorded(begun.id, path.name, 1.0)
    history.release(begun.id)
    with pytest.raises(MockloopError, match="not scored yet"):
        reviser.rescore(begun.id)


def test_a_question_that_is_gone_is_not_scored_by_other_points(history: History) -> None:
    mock = add(history, [("", ANSWER)], "ml-systems")
    catalogue = assessor().catalogue
    rounds = {id_: replace(each, questions=each.questions[1:]) for id_, each in catalogue.rounds.items()}
    later = Reviser(history, lambda: None, lambda: Assessor.of(replace(catalogue, rounds=rounds)))  # type: ignore[arg-type, return-value]
    with pytest.raises(StorageError, match="any more"):
        later.rescore(mock)
