"""What is kept and said beside the score: code, stories, and the interviewer's voice."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.microphone import VirtualMicrophone
from tests.session.test_mock_session import Heard, speak, until
from tui import locations
from tui.history.code import read_code, save_code
from tui.history.stories import stories_path
from tui.history.types import Mock, MockSettings, Stage
from tui.interview.assess import Answered, Assessor
from tui.interview.load import load_catalogue
from tui.interview.sitting import Sitting
from tui.interview.types import Catalogue
from tui.sandbox.record import RecordedRun, results
from tui.sandbox.runner import run_examples
from tui.sandbox.types import Limits
from tui.session.beside import with_notes
from tui.session.events import Finished, InputTrouble, State
from tui.session.local import LocalServices
from tui.session.mock_session import MockSession
from tui.speech import voice_programs
from tui.speech.voice_programs import VoiceProgram
from tui.transcript import Transcript


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(locations.rubrics())


@pytest.fixture
def services(tmp_path: Path) -> Iterator[LocalServices]:
    made = LocalServices(tmp_path / "home")
    yield made
    made.close()


def coding_session(services: LocalServices, think: float = 60.0) -> tuple[MockSession, Heard]:
    round_ = services.catalogue().rounds["coding"]
    question = round_.question("missing-number")
    assert question is not None
    session = services.new_session(Sitting(round_, (question,), think, 120.0, 0), None)
    assert isinstance(session, MockSession)
    heard = Heard()
    session.listen(heard)
    return session, heard


@pytest.mark.microphone
def test_code_results_and_speech_are_kept_together_and_an_endless_loop_harms_none(
    microphone: VirtualMicrophone, services: LocalServices
) -> None:
    session, heard = coding_session(services)
    task = session.sitting.questions[0].task
    assert task is not None
    session.keep_code(1, "python", "too early")
    session.start()
    session.begin_answer()
    code = "def missing(numbers):\n    while True: pass"
    speaking = threading.Thread(target=speak, args=(microphone, 14.0))
    speaking.start()
    run = run_examples(task, code, Limits(seconds=1.0))
    assert run.problem.startswith("Stopped after 1 s")
    session.keep_code(1, "python", code, results(task, [RecordedRun(2.0, code, run)]))
    speaking.join()
    assert session.snapshot().recorded_seconds > 12
    session.end_answer()
    outcome = heard.outcome()
    assert isinstance(outcome, Finished), outcome
    folder = services.history.folder(outcome.mock.mock.id)
    assert {"code-1.py", "code-results-1.json", "mock.json"} <= {path.name for path in folder.iterdir()}
    assert read_code(folder, 1).code == code  # type: ignore[union-attr]
    assert outcome.mock.postmortem is not None
    assert outcome.mock.postmortem.notes[:2] == (
        "Code: 0 of 6 examples passed in the last of 1 run.",
        "Stopped after 1 s: an endless loop, or far too slow.",
    )
    services.history.delete([outcome.mock.mock.id])
    assert not folder.exists()


SILENT = "import time; time.sleep({seconds})"


def voiced(monkeypatch: pytest.MonkeyPatch, services: LocalServices, code: str) -> None:
    """Let the interviewer's words be read by a program that runs `code`."""
    program = VoiceProgram("test voice", (sys.executable, "-c", code))
    monkeypatch.setattr(voice_programs, "find_program", lambda choice: program)


@pytest.mark.microphone
def test_recording_begins_only_when_the_interviewer_is_silent(
    microphone: VirtualMicrophone, services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    voiced(monkeypatch, services, SILENT.format(seconds=600))
    session, _ = coding_session(services, think=0.2)
    session.start()
    until(lambda: session._aloud.speaking)
    time.sleep(0.6)
    # The time to think is over, and still nothing is recorded: nobody thinks before the question has been asked.
    assert session.snapshot().state is State.THINKING
    session.begin_answer()
    assert not session._aloud.speaking
    assert session.snapshot().state is State.ANSWERING
    session.close()


@pytest.mark.microphone
def test_the_time_to_think_begins_when_the_question_has_been_read(
    microphone: VirtualMicrophone, services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    voiced(monkeypatch, services, SILENT.format(seconds=3.0))
    session, _ = coding_session(services, think=60.0)
    with closing(session):
        session.start()
        elapsed = [0.0]

        def begins_again() -> bool:
            elapsed.append(session.snapshot().clock.elapsed)
            return elapsed[-1] < elapsed[-2]

        until(begins_again)
        assert session.snapshot().state is State.THINKING


def test_a_voice_that_fails_is_told_and_the_interview_goes_on(
    services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    voiced(monkeypatch, services, "import sys; sys.exit(3)")
    session, heard = coding_session(services)
    session.start()
    until(lambda: any(isinstance(event, InputTrouble) and "test voice" in event.sentence for event in heard.events))
    assert session.snapshot().state is State.THINKING
    session.close()


def test_a_voice_that_is_not_installed_is_a_warning(services: LocalServices, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.history.profile import Profile, save_profile

    monkeypatch.setattr(voice_programs, "_piper", lambda: None)
    save_profile(services.home, Profile(voice="piper"))
    assert any("piper with a voice is not installed" in warning for warning in services.warnings())
    assert services._speaker() is None


STORY = """\
schema: 1
stories:
  - id: search
    title: Slow search
    problem: Search took 900 ms, and one session in eight ended without a click.
    action: I profiled the ranker, batched the feature lookups and cached the head queries.
    metric: Latency and sessions with a click.
    result: From 900 to 240 ms.
"""
TOLD = (
    "Search was slow and sessions ended without a click, so I profiled the ranker, batched feature lookups and cached "
    "the head queries, and people liked it much better afterwards. "
)


def beside(catalogue: Catalogue, round_id: str, folder: Path, *texts: str, source: str = "practice") -> tuple[str, ...]:
    """The notes on a mock in `folder`, an answer for each of the round's first questions."""
    round_ = catalogue.rounds[round_id]
    pairs = zip(round_.questions, texts, strict=False)
    turns = [Answered(question, Transcript.of_text(text)) for question, text in pairs]
    before = Assessor.of(catalogue).assess(turns, round_)
    settings = MockSettings("faster-whisper", "tiny.en", None, 300.0, 60.0, source=source)
    mock = Mock("id", "2026-11-22", round_id, "", "", "", Stage.RECORDED, settings, ())
    after = with_notes(before, turns, round_, mock, folder)
    return after.notes[: len(after.notes) - len(before.notes)]


def test_a_story_is_held_against_the_notebook_of_the_home(catalogue: Catalogue, tmp_path: Path) -> None:
    stories_path(tmp_path).write_text(STORY)
    length, result = beside(catalogue, "behavioral", tmp_path / "mock", TOLD * 3)
    assert length.startswith("You told “Slow search”. Story length: ")
    assert result == "The result was no metric. Your notebook has one: “From 900 to 240 ms.”."


def test_several_questions_are_told_apart(catalogue: Catalogue, tmp_path: Path) -> None:
    save_code(tmp_path, 2, "python", "x = 1")
    assert beside(catalogue, "coding", tmp_path, "I would sort it.", "I would hash it.") == (
        "Question 1. No code was written.",
        "Question 2. The examples were never run on the code: run them, and say what you check by hand.",
    )


def test_questions_without_code_or_story_say_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    assert beside(catalogue, "ml-systems", tmp_path, TOLD) == ()


def test_a_file_that_is_scored_has_no_code_to_miss(catalogue: Catalogue, tmp_path: Path) -> None:
    assert beside(catalogue, "coding", tmp_path, "I would sort it.", source="score") == ()


def test_the_reference_numbers_of_a_sample_size_are_among_the_notes(catalogue: Catalogue) -> None:
    round_ = catalogue.rounds["experimentation"]
    question = round_.question("sample-size-signup")
    assert question is not None
    turns = [
        Answered(question, Transcript.of_text("Sixteen p q over delta squared.")),
        Answered(question, Transcript()),
    ]
    turns[1] = replace(turns[1], follow_up=True, about="sample_size")
    notes = Assessor.of(catalogue).assess(turns, round_).notes
    assert notes[0].startswith(f"Sample size for “{question.title}”. n per arm = (z_alpha + z_power)²")
    assert "per arm" in notes[1]
    assert sum(note.startswith("Sample size") for note in notes) == 1
