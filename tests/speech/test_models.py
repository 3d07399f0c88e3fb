"""Which models are here, and whether they are what they should be."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tui import locations
from tui.errors import BadInputError, ModelError
from tui.speech import models
from tui.speech.checksum import REMEMBERED, verify
from tui.speech.engine import FASTER_WHISPER, OPENAI_WHISPER, load_engine

EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def bundle(home: Path) -> Path:
    path = models.resolve("tiny.en", FASTER_WHISPER, home).path
    assert path is not None
    return path


def a_folder(path: Path, without: str = "") -> Path:
    path.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        if name != without:
            (path / name).write_bytes(b"{}")
    return path


def test_the_default_model_is_here_and_verified(tmp_path: Path) -> None:
    info = models.resolve("tiny.en", FASTER_WHISPER, tmp_path)
    assert (info.name, info.note) == ("tiny.en", models.BUNDLE_NOTE)
    assert info.megabytes == pytest.approx(78, abs=1)
    assert (locations.models(tmp_path) / REMEMBERED).is_file()


def test_a_default_model_with_another_checksum_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "BUNDLE_SHA256", EMPTY_SHA256)
    with pytest.raises(ModelError, match="checksum"):
        models.resolve("tiny.en", FASTER_WHISPER, tmp_path)


def test_a_verified_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.touch()
    verify(file, EMPTY_SHA256, tmp_path)
    times = file.stat()
    file.write_bytes(b"other")
    with pytest.raises(ModelError):
        verify(file, EMPTY_SHA256, tmp_path)
    file.write_bytes(b"")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    verify(file, EMPTY_SHA256, tmp_path)


def test_a_damaged_note_of_verifications_is_no_obstacle(tmp_path: Path) -> None:
    locations.models(tmp_path).mkdir()
    note = locations.models(tmp_path) / REMEMBERED
    note.write_text("[not json")
    (tmp_path / "empty").touch()
    verify(tmp_path / "empty", EMPTY_SHA256, tmp_path)
    assert list(json.loads(note.read_text())) == [str(tmp_path / "empty")]
    (tmp_path / "empty").write_bytes(b"other")
    with pytest.raises(ModelError, match="checksum"):
        verify(tmp_path / "empty", EMPTY_SHA256, tmp_path)


def test_models_are_found_by_path_and_by_name(tmp_path: Path) -> None:
    folder = a_folder(locations.models(tmp_path) / "mine")
    assert models.resolve("mine", FASTER_WHISPER, tmp_path).path == folder
    assert models.resolve(str(folder), FASTER_WHISPER, tmp_path).name == "mine"
    owned = a_folder(locations.models(tmp_path) / "owner--repository")
    assert models.resolve("owner/repository", FASTER_WHISPER, tmp_path).path == owned


def test_a_checkpoint_is_found_with_and_without_its_ending(tmp_path: Path) -> None:
    file = locations.models(tmp_path) / "base.en.pt"
    file.parent.mkdir()
    file.write_bytes(b"x")
    for name in ("base.en", "base.en.pt", str(file)):
        assert models.resolve(name, OPENAI_WHISPER, tmp_path).path == file


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "vocabulary.txt"])
def test_an_incomplete_model_is_refused_before_anything_asks_the_network(tmp_path: Path, missing: str) -> None:
    folder = a_folder(tmp_path / "model", without=missing)
    with pytest.raises(ModelError, match=missing.split(".")[0]):
        models.resolve(str(folder), FASTER_WHISPER, tmp_path)


def test_a_damaged_model_is_refused_with_a_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(bundle(tmp_path), folder)
    with (folder / "model.bin").open("rb+") as file:
        file.truncate(1000)
    with pytest.raises(ModelError, match=r"cannot be loaded.*fetch it again"):
        load_engine(FASTER_WHISPER, str(folder), tmp_path)


@pytest.mark.parametrize("name", ["small.en", "owner/repository"])
def test_an_absent_model_names_the_command(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match=f"mockloop models --pull {name}`"):
        models.resolve(name, FASTER_WHISPER, tmp_path)
    with pytest.raises(ModelError, match=f"mockloop models --pull {name}.pt`"):
        models.resolve(name, OPENAI_WHISPER, tmp_path)


@pytest.mark.parametrize("name", ["../../etc", "/absent/folder", "a/b/c", "", "..", "~nobody/x y"])
def test_what_is_no_name_never_becomes_a_path_under_the_models_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError):
        models.resolve(name, FASTER_WHISPER, tmp_path)
    with pytest.raises(BadInputError):
        models.place(name, FASTER_WHISPER, tmp_path)


def test_the_list_tells_what_is_here_and_what_could_be(tmp_path: Path) -> None:
    a_folder(locations.models(tmp_path) / "base.en")
    (locations.models(tmp_path) / "half.en.partial").mkdir()
    listed = {(info.engine, info.name): info for info in models.available(tmp_path)}
    assert listed[FASTER_WHISPER, "tiny.en"].here
    assert listed[FASTER_WHISPER, "base.en"].here
    assert not listed[FASTER_WHISPER, "small.en"].here
    assert not listed[OPENAI_WHISPER, "base.en.pt"].here
    assert not any("half" in name for _, name in listed)
