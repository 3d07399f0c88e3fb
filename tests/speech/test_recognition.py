"""Audio files to transcripts, with the real default model in its own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.spoken import CANARY, RATE, TERMS, assert_heard, canary, noise, silence
from tui.errors import AudioFileError, BadInputError, ModelError
from tui.speech.child_process import log_path
from tui.speech.transcriber import Transcriber, TranscriptionCancelledError

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture(scope="module")
def transcriber(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    shared = Transcriber(home=tmp_path_factory.mktemp("home"))
    yield shared
    shared.close()


@pytest.fixture
def own_transcriber(tmp_path: Path) -> Iterator[Transcriber]:
    """One that a test may damage."""
    own = Transcriber(home=tmp_path / "home")
    yield own
    own.close()


def keep(path: Path, samples: np.ndarray, rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate)
    return path


def child_pid(transcriber: Transcriber) -> int:
    assert transcriber._child is not None
    return transcriber._child.pid


def gone(pid: int) -> bool:
    """Whether the process ends within some seconds; a zombie that waits for its parent counts as ended."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
            status = Path(f"/proc/{pid}/stat")
            if status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_an_answer_is_recognised_with_its_terms_times_and_voice(transcriber: Transcriber) -> None:
    told: list[tuple[float, str]] = []
    transcript = transcriber.transcribe(CANARY, TERMS, lambda share, text: told.append((share, text)))
    assert_heard(transcript)
    assert (transcript.engine, transcript.model) == ("faster-whisper", "tiny.en")
    assert transcript.audio_seconds == pytest.approx(14.85, abs=0.01)
    assert 11 < transcript.voiced_seconds < 14.85
    assert transcript.elapsed_seconds > 0
    assert transcript.notes == ()
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert "canary" in " ".join(text for _, text in told)


def test_44100_hertz_stereo_is_recognised_alike(transcriber: Transcriber, tmp_path: Path) -> None:
    import soxr

    resampled = soxr.resample(canary(), RATE, 44_100)
    both = np.stack((resampled, 0.8 * resampled), axis=1)
    assert_heard(transcriber.transcribe(keep(tmp_path / "cd.wav", both, 44_100), TERMS))


def test_a_part_of_a_file_has_times_of_the_whole_file(transcriber: Transcriber, tmp_path: Path) -> None:
    path = keep(tmp_path / "two.wav", np.concatenate((canary(), silence(25), canary())))
    transcript = transcriber.transcribe(path, TERMS, start=38.0, end=46.0)
    assert transcript.text.lower().startswith("we ship")
    assert all(39.5 < word.start <= word.end <= 46.0 for word in transcript.words)
    assert all(39.5 < span.start < span.end <= 46.0 for span in transcript.voice)


def test_a_long_answer_comes_in_pieces_and_none_is_lost(transcriber: Transcriber, tmp_path: Path) -> None:
    path = keep(tmp_path / "long.wav", np.concatenate((canary(), silence(40), canary(), silence(3), canary())))
    transcript = transcriber.transcribe(path, TERMS)
    assert transcript.text.lower().count("canary") == 3
    assert len(transcript.segments) >= 3
    last = [word for word in transcript.words if word.text.lower().startswith("canary")][-1]
    assert last.start == pytest.approx(14.85 * 2 + 43 + 1.44, abs=0.5)


@pytest.mark.parametrize("loudness", [0.0, 0.001, 0.05])
def test_silence_and_noise_say_nothing_even_when_primed(
    transcriber: Transcriber, tmp_path: Path, loudness: float
) -> None:
    transcript = transcriber.transcribe(keep(tmp_path / "noise.wav", noise(40, loudness)), TERMS)
    assert transcript.segments == ()
    assert transcript.voice == ()
    assert transcript.audio_seconds == pytest.approx(40)
    assert transcript.notes == ("No voice was found in the audio.",)


def test_files_without_audio_are_named(transcriber: Transcriber, tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("no audio at all " * 50)
    for name in ("empty.wav", "text.wav", "absent.wav"):
        with pytest.raises(AudioFileError, match=name):
            transcriber.transcribe(tmp_path / name)
    assert_heard(transcriber.transcribe(CANARY, TERMS))


def test_a_model_that_is_not_here_is_named_with_the_command_that_fetches_it(tmp_path: Path) -> None:
    missing = Transcriber(model="small.en", home=tmp_path)
    with pytest.raises(ModelError, match=r"mockloop models --pull small\.en"):
        missing.transcribe(CANARY)
    with pytest.raises(ModelError, match=r"small\.en"):
        missing.wait_loaded()
    missing.close()


def test_an_unknown_engine_is_bad_input(tmp_path: Path) -> None:
    unknown = Transcriber(engine="telepathy", home=tmp_path)
    with pytest.raises(BadInputError, match="faster-whisper, openai-whisper"):
        unknown.transcribe(CANARY)
    unknown.close()


def test_silence_and_bad_files_do_not_need_a_model(tmp_path: Path) -> None:
    modelless = Transcriber(model="small.en", home=tmp_path)
    assert modelless.transcribe(keep(tmp_path / "silence.wav", silence(3))).segments == ()
    with pytest.raises(AudioFileError):
        modelless.transcribe(tmp_path / "absent.wav")
    modelless.close()


def test_a_home_that_cannot_be_written_does_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    unwritable = Transcriber(home=tmp_path / "file" / "home")
    assert_heard(unwritable.transcribe(CANARY, TERMS))
    unwritable.close()


def test_a_process_that_dies_is_replaced_and_goes_on_where_it_was(own_transcriber: Transcriber, tmp_path: Path) -> None:
    path = keep(tmp_path / "long.wav", np.concatenate([canary(), silence(3)] * 4))
    killed: list[int] = []

    def kill_after_the_second_piece(share: float, text: str) -> None:
        if not killed and share > 0.2:
            killed.append(child_pid(own_transcriber))
            os.kill(killed[0], signal.SIGTERM)

    transcript = own_transcriber.transcribe(path, TERMS, kill_after_the_second_piece)
    assert killed
    assert child_pid(own_transcriber) != killed[0]
    assert transcript.text.lower().count("canary") == 4
    starts = [word.start for word in transcript.words]
    assert starts == sorted(starts)


def test_a_second_death_is_an_error_and_the_next_answer_works(own_transcriber: Transcriber, tmp_path: Path) -> None:
    # Several blocks: all pieces of one are decoded at once, and a process that dies after the last has done its work.
    path = keep(tmp_path / "long.wav", np.concatenate([canary(), silence(3)] * 12))
    killed: set[int] = set()

    def kill_each(share: float, text: str) -> None:
        pid = child_pid(own_transcriber)
        if pid not in killed:
            killed.add(pid)
            os.kill(pid, signal.SIGTERM)

    with pytest.raises(ModelError, match="stopped twice"):
        own_transcriber.transcribe(path, TERMS, kill_each)
    assert len(killed) == 2
    assert_heard(own_transcriber.transcribe(CANARY, TERMS))


def test_cancelling_stops_waiting_and_the_next_answer_is_its_own(own_transcriber: Transcriber, tmp_path: Path) -> None:
    path = keep(tmp_path / "long.wav", np.concatenate([canary()] * 8))
    cancel = threading.Event()
    with pytest.raises(TranscriptionCancelledError):
        own_transcriber.transcribe(path, (), lambda share, text: cancel.set(), cancel)
    assert_heard(own_transcriber.transcribe(CANARY, TERMS))


def test_closing_frees_a_caller_that_waits(own_transcriber: Transcriber, tmp_path: Path) -> None:
    path = keep(tmp_path / "long.wav", np.concatenate([canary()] * 8))
    closer = threading.Thread(target=own_transcriber.close)

    def close(share: float, text: str) -> None:
        if not closer.ident:
            closer.start()

    with pytest.raises(TranscriptionCancelledError):
        own_transcriber.transcribe(path, (), close)
    closer.join()


def test_closing_frees_a_caller_that_waits_for_its_turn(own_transcriber: Transcriber, tmp_path: Path) -> None:
    path = keep(tmp_path / "long.wav", np.concatenate([canary()] * 8))
    outcomes: list[object] = []

    def wait_in_line() -> None:
        try:
            outcomes.append(own_transcriber.transcribe(CANARY, TERMS))
        except TranscriptionCancelledError as error:
            outcomes.append(error)

    second = threading.Thread(target=wait_in_line)

    def close(share: float, text: str) -> None:
        if not second.ident:
            second.start()
            # Its request is made out before it waits for the lock, which nothing shows from outside.
            time.sleep(0.5)
            own_transcriber.close()

    with pytest.raises(TranscriptionCancelledError):
        own_transcriber.transcribe(path, (), close)
    second.join(60)
    assert [type(outcome) for outcome in outcomes] == [TranscriptionCancelledError]
    assert own_transcriber._child is None


@posix
def test_the_process_is_out_of_reach_of_ctrl_c_and_ends_when_closed(own_transcriber: Transcriber) -> None:
    own_transcriber.wait_loaded()
    pid = child_pid(own_transcriber)
    assert os.getsid(pid) != os.getsid(0)
    assert os.getpriority(os.PRIO_PROCESS, pid) >= os.getpriority(os.PRIO_PROCESS, 0)
    own_transcriber.close()
    assert gone(pid)


@posix
def test_the_process_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from tui.speech.transcriber import Transcriber\n"
        "t = Transcriber(home=sys.argv[1]); t.start(); print(t._child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert gone(pid)


def test_the_log_keeps_failures_and_never_what_was_said(own_transcriber: Transcriber, tmp_path: Path) -> None:
    own_transcriber.transcribe(CANARY, TERMS)
    with pytest.raises(AudioFileError):
        own_transcriber.transcribe(tmp_path / "absent.wav")
    log = log_path(own_transcriber.home).read_text(encoding="utf-8")
    assert "absent.wav" in log
    assert "rollback" not in log


def test_importing_the_transcriber_is_light() -> None:
    program = "import sys, tui.speech.transcriber, tui.speech.delivery; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "faster_whisper", "soundfile", "huggingface_hub", "torch"} & set(loaded)
