"""Fetching models, from a hub that runs in the test, and without any."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tui import locations
from tui.errors import ModelError
from tui.speech import model_pull, models
from tui.speech.engine import FASTER_WHISPER

REPOSITORY = "somebody/some-model"
COMMIT = "0" * 40
FILES = {
    "model.bin": b"m" * 3_000_000,
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.json": b"[]",
    "README.md": b"not wanted",
}

PULL = """
import json, sys
from pathlib import Path
from tui.errors import MockloopError
from tui.speech.models import pull
told = []
try:
    info = pull(sys.argv[1], Path(sys.argv[2]), lambda share, name: told.append([share, name]))
    print(json.dumps({"path": str(info.path), "told": told}))
except MockloopError as error:
    print(json.dumps({"error": type(error).__name__, "sentence": error.sentence, "remedy": error.remedy}))
"""


class Hub(BaseHTTPRequestHandler):
    """As much of the Hugging Face hub as fetching one repository takes."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        name = path.rsplit("/", 1)[-1]
        if path.startswith(f"/api/models/{REPOSITORY}/tree"):
            tree = [{"type": "file", "path": name, "size": len(data), "oid": COMMIT} for name, data in FILES.items()]
            self._answer(json.dumps(tree).encode(), "application/json")
        elif path.startswith(f"/api/models/{REPOSITORY}"):
            siblings = [{"rfilename": name, "size": len(data)} for name, data in FILES.items()]
            facts = {
                "id": REPOSITORY,
                "sha": COMMIT,
                "siblings": siblings,
                "private": False,
                "tags": [],
                "downloads": 0,
            }
            self._answer(json.dumps(facts).encode(), "application/json")
        elif path.startswith(f"/{REPOSITORY}/resolve/") and name in FILES:
            self._answer(FILES[name], "application/octet-stream")
        else:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the name that the server looks for

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha1(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        return


@pytest.fixture
def hub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def pull(name: str, home: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, object]:
    """Fetch in a new process: the hub's library reads its settings when it is imported."""
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    done = subprocess.run([sys.executable, "-c", PULL, name, str(home)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_model_is_fetched_with_progress_and_found_by_name(
    hub: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = pull(REPOSITORY, tmp_path, monkeypatch, HF_ENDPOINT=hub)
    folder = locations.models(tmp_path) / "somebody--some-model"
    assert done["path"] == str(folder)
    assert {file.name for file in folder.iterdir()} == set(FILES) - {"README.md"}
    assert (folder / "model.bin").read_bytes() == FILES["model.bin"]
    assert models.resolve(REPOSITORY, FASTER_WHISPER, tmp_path).path == folder
    shares = [share for share, _ in done["told"]]
    assert shares[-1] == 1.0
    assert len(shares) > 1
    assert all(0 <= share <= 1 for share in shares)


def test_a_repository_that_does_not_exist_is_named(hub: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = pull("somebody/absent", tmp_path, monkeypatch, HF_ENDPOINT=hub)
    assert done["error"] == "ModelError"
    assert "somebody/absent" in done["sentence"]


def test_without_a_network_the_error_says_so_and_leaves_no_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = pull("base.en", tmp_path, monkeypatch, HF_ENDPOINT="http://127.0.0.1:9")
    assert done["error"] == "ModelError"
    assert "could not be fetched" in done["sentence"]
    assert "network" in done["remedy"]
    with pytest.raises(ModelError):
        models.resolve("base.en", FASTER_WHISPER, tmp_path)


def test_offline_by_choice_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "HF_HUB_OFFLINE" in pull("base.en", tmp_path, monkeypatch, HF_HUB_OFFLINE="1")["sentence"]


def test_names_that_nobody_knows_are_refused_with_those_that_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = pull("enormous", tmp_path, monkeypatch)
    assert done["error"] == "BadInputError"
    assert "base.en" in done["remedy"]


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    from tui.errors import StorageError

    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        model_pull.pull("base.en", tmp_path / "file")
