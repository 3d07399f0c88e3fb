"""`mockloop export` of a mock, a packet and the progress."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import ANSWER, Invoke
from tests.history.real import add, labelled
from tui import locations
from tui.history.store import History
from tui.interview.load import load_catalogue
from tui.transcript.formats import from_json


@pytest.fixture
def history(own_folders: Path) -> History:
    return History(own_folders / "home")


@pytest.fixture
def mock(history: History) -> str:
    """A mock of a question and a follow-up, with a recording of each."""
    id_ = add(history, [("", labelled()[0]["text"]), ("rollback", "We roll back to the version before.")], "ml-systems")
    samples, rate = soundfile.read(ANSWER, stop=4 * 16_000)
    for turn in (1, 2):
        path = history.folder(id_) / f"answer-{turn}.flac"
        soundfile.write(path, samples, rate)
        history.recorded(id_, path.name, None, turn)
    return id_


def test_html_embeds_the_recordings(invoke: Invoke, mock: str, tmp_path: Path) -> None:
    file = tmp_path / "mock.html"
    found = invoke("export", mock, "-o", file, "--json")
    assert found.code == 0, found.err
    assert found.json == {"file": str(file), "format": "html", "bytes": file.stat().st_size}
    text = file.read_text()
    assert text.count('src="data:audio/ogg;base64,') == 2
    assert "http" not in text.replace("http-equiv", "")
    linked = tmp_path / "linked.html"
    assert invoke("export", "last", "-o", linked, "--no-audio").code == 0
    assert f'src="file://{(locations.home(None) / mock / "answer-2.flac").resolve()}"' in linked.read_text()


def test_nothing_is_replaced_unasked(invoke: Invoke, mock: str, tmp_path: Path) -> None:
    file = tmp_path / "mock.md"
    file.write_text("mine")
    found = invoke("export", mock, "-o", file)
    assert (found.code, found.out) == (2, "")
    assert "--force" in found.error_line
    assert file.read_text() == "mine"
    assert invoke("export", mock, "-o", file, "--force").out == f"Wrote {file} ({file.stat().st_size / 1000:.1f} kB).\n"
    assert file.read_text().startswith("# ML system design: ")
    assert [path.name for path in tmp_path.iterdir()] == ["mock.md"]


def test_transcripts_run_on_from_answer_to_answer(invoke: Invoke, mock: str, history: History) -> None:
    first, second = (answer.transcript for answer in history.load(mock).answers)
    assert first is not None
    assert second is not None
    whole = from_json(invoke("export", mock, "--format", "whisper", "-o", "-").json)
    assert whole.text == f"{first.text} {second.text}"
    assert [word.start for word in whole.words][-2:] == [
        pytest.approx((word.start or 0) + (first.audio_seconds or 0)) for word in list(second.words)[-2:]
    ]
    for kind, begins in (("srt", "1\n00:00:00,000"), ("vtt", "WEBVTT\n\n00:00:00.000")):
        found = invoke("export", mock, "--format", kind, "-o", "-")
        assert found.code == 0
        assert found.out.startswith(begins)
    assert invoke("export", mock, "--format", "txt", "-o", "-").out == f"{first.text}\n\n{second.text}\n"


def test_json_is_what_show_says(invoke: Invoke, mock: str) -> None:
    shown = invoke("show", mock, "--json").json
    exported = invoke("export", mock, "--format", "json", "-o", "-").json
    assert exported == {key: value for key, value in shown.items() if key not in {"source", "transcript"}}


@pytest.mark.parametrize("kind", ["md", "html", "json"])
def test_the_progress_tells_of_every_mock(invoke: Invoke, mock: str, kind: str) -> None:
    found = invoke("export", "progress", "--format", kind, "-o", "-")
    assert found.code == 0
    assert "Drill next" in found.out or json.loads(found.out)["advice"]["drill"]
    assert "1 spoken mock" in found.out or json.loads(found.out)["mocks"][0]["id"] == mock


@pytest.mark.parametrize("kind", ["md", "html"])
def test_the_day_in_a_foreign_record_stays_text(invoke: Invoke, mock: str, history: History, kind: str) -> None:
    record = history.folder(mock) / "mock.json"
    created = history.load(mock).mock.created
    record.write_text(record.read_text().replace(created, "<b>|</b>"))
    found = invoke("export", "progress", "--format", kind, "-o", "-")
    assert found.code == 0
    assert "&lt;b&gt;" in found.out
    assert "<b>|" not in found.out


@pytest.mark.parametrize("kind", ["md", "html", "json"])
def test_an_empty_history_has_a_progress_too(invoke: Invoke, kind: str) -> None:
    assert invoke("export", "progress", "--format", kind, "-o", "-").code == 0


def test_the_packet_of_a_loop(invoke: Invoke, mock: str, history: History) -> None:
    from tui.history.loops import Loops

    assert "There is no loop yet" in invoke("export", "packet", "-o", "packet.md").error_line
    loops = Loops(history.home)
    run = loops.begin(next(iter(load_catalogue(locations.rubrics()).loops.values())), "mid", "short")
    loops.note(run, 0, mock)
    for name in ("packet", run.id):
        assert invoke("export", name, "--format", "json", "-o", "-").json["id"] == run.id
        assert mock in invoke("export", name, "--format", "md", "-o", "-").out.replace("\\", "")
        embedded = invoke("export", name, "--format", "html", "-o", "-").out
        assert mock in embedded
        assert 'src="data:audio/ogg;base64,' in embedded
    assert f"/{mock}/answer-" in invoke("export", "packet", "--format", "html", "-o", "-", "--no-audio").out
    assert "has no transcript" in invoke("export", "packet", "--format", "srt", "-o", "-").error_line


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nope", "-o", "a.md"), "There is no mock nope"),
        (("last", "-o", "a.doc"), "Say which --format"),
        (("last",), "Missing option '-o'"),
        (("last", "-o", "there/is/none/a.md"), "There is no folder"),
        (("last", "-o", "."), "is not a file"),
        (("progress", "-o", "a.vtt"), "has no transcript"),
        (("last", "-o", "-", "--format", "md", "--json"), "--json says where"),
    ],
)
def test_bad_input_is_one_sentence(
    invoke: Invoke,
    mock: str,
    arguments: tuple[str, ...],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    found = invoke("export", *arguments)
    assert (found.code, found.out) == (2, "")
    assert sentence in found.error_line
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_recording_can_be_linked(
    invoke: Invoke, mock: str, history: History, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (history.folder(mock) / "answer-2.flac").write_bytes(b"no sound" * 20)
    found = invoke("export", mock, "-o", "a.html")
    assert (found.code, found.out) == (2, "")
    assert found.error_line.endswith("Link it instead with --no-audio.")
    assert invoke("export", mock, "-o", "a.html", "--no-audio").code == 0
    assert "/answer-2.flac" in (tmp_path / "a.html").read_text()


def test_text_has_no_times(invoke: Invoke, text_answer: Path) -> None:
    invoke("score", text_answer, "--round", "ml-systems", "--save")
    found = invoke("export", "last", "--format", "srt", "-o", "-")
    assert (found.code, found.out) == (2, "")
    assert "which has no times" in found.error_line
    assert invoke("export", "last", "--format", "html", "-o", "-").out.count("<audio") == 0
