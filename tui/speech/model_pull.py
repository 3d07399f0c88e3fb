"""Fetching a speech model: the only module of the project that opens a connection."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui import locations
from tui.errors import BadInputError, ModelError, StorageError
from tui.speech.engine import FASTER_WHISPER, OPENAI_WHISPER
from tui.speech.models import CHECKPOINT, PULLABLE, place, resolve
from tui.speech.types import ModelInfo

OnProgress = Callable[[float, str], None]

FILES = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
PARTIAL = ".partial"
TIMEOUT_SECONDS = 30.0
CHUNK = 1 << 20
LOCAL_FAULTS = {errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}
"""Faults of the disk, not of the network."""


def pull(name: str, home: Path, on_progress: OnProgress | None = None) -> ModelInfo:
    """Fetch the model `name` into the home's models folder and return it.

    A name ending in `.pt` (`base.en.pt`) is a checkpoint for openai-whisper from OpenAI's store; any other is a model
    for faster-whisper from the Hugging Face hub, by size (`base.en`) or as `owner/repository`. `on_progress` gets the
    share done, 0 to 1, and what is being fetched. Raises BadInputError for a name that nobody knows,
    ModelError when the model cannot be fetched, StorageError when it cannot be kept.
    """
    engine = OPENAI_WHISPER if name.endswith(CHECKPOINT) else FASTER_WHISPER
    target = place(name, engine, home)
    tell = on_progress or (lambda _share, _name: None)
    try:
        locations.make_private(locations.models(home))
        if engine == OPENAI_WHISPER:
            _fetch_checkpoint(name.removesuffix(CHECKPOINT), target, tell)
        else:
            _fetch_folder(name, target, tell)
    except OSError as error:
        raise StorageError(
            f"{target.parent} cannot be written ({error.strerror or error}).",
            "Free some space, or choose another folder with --home.",
        ) from error
    tell(1.0, name)
    return resolve(str(target), engine, home)


def _fetch_folder(name: str, target: Path, tell: OnProgress) -> None:
    from faster_whisper.utils import _MODELS
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    repository = name if "/" in name else _MODELS.get(name)
    if repository is None:
        raise _unknown(name, sorted(_MODELS))
    if constants.HF_HUB_OFFLINE:
        raise ModelError(f"{name} cannot be fetched: HF_HUB_OFFLINE is set.", "Unset it and try again.")
    partial = target.with_name(target.name + PARTIAL)
    try:
        # A download that broke off is found in the partial folder and continued.
        snapshot_download(
            repository, local_dir=partial, allow_patterns=FILES, tqdm_class=_progress_bar(name, tell), token=False
        )
    except HfHubHTTPError as error:
        raise ModelError(
            f"The Hugging Face hub does not hand out {repository}.", "Check the name, or try again later."
        ) from error
    except Exception as error:
        # The hub's library lets its HTTP client's errors through, and which client that is depends on its version.
        if isinstance(error, OSError) and error.errno in LOCAL_FAULTS:
            raise
        raise _unreachable(name, "the Hugging Face hub", error) from error
    shutil.rmtree(partial / ".cache", ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    partial.replace(target)


def _progress_bar(name: str, tell: OnProgress) -> type[Any]:
    """A class that the hub's library takes for tqdm; it tells the bytes that have arrived."""
    from tqdm.auto import tqdm  # type: ignore[import-untyped]

    # The library learns the total file by file; without the known size the bar would be full after the first small one.
    expected = PULLABLE[FASTER_WHISPER].get(name, 0.0) * 1e6

    class Quiet(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            self._counts_bytes = options.get("unit") == "B"
            super().__init__(*args, **{**options, "disable": False, "file": _Nowhere()})

        def update(self, n: float | None = 1) -> bool | None:
            shown: bool | None = super().update(n)
            total = max(self.total or 0.0, expected)
            if self._counts_bytes and total:
                tell(min(0.99, self.n / total), name)
            return shown

    return Quiet


class _Nowhere:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def _fetch_checkpoint(name: str, target: Path, tell: OnProgress) -> None:
    from http.client import HTTPException
    from urllib.error import URLError
    from urllib.request import urlopen

    address = _checkpoint_address(name)
    # OpenAI's store has the checksum in the address.
    expected = address.split("/")[-2]
    partial = target.with_name(target.name + PARTIAL)
    digest, done = hashlib.sha256(), 0
    try:
        with urlopen(address, timeout=TIMEOUT_SECONDS) as source, partial.open("wb") as kept:
            total = int(source.headers.get("Content-Length") or 0)
            while chunk := source.read(CHUNK):
                kept.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                tell(done / total if total else 0.0, name)
    except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
        raise _unreachable(name, "OpenAI's store", error) from error
    if digest.hexdigest() != expected:
        partial.unlink()
        raise ModelError(f"{name} arrived damaged: its checksum is wrong.", "Try again.")
    partial.replace(target)


def _checkpoint_address(name: str) -> str:
    try:
        import whisper
    except ImportError as error:
        from tui.speech.openai_whisper_engine import INSTALL

        raise ModelError("The engine openai-whisper is not installed.", f"Install it with: {INSTALL}.") from error
    addresses: dict[str, str] = whisper._MODELS
    if name not in addresses:
        raise _unknown(name, sorted(addresses))
    return addresses[name]


def _unknown(name: str, known: list[str]) -> BadInputError:
    return BadInputError(f"There is no speech model called {name}.", f"Known are: {', '.join(known)}.")


def _unreachable(name: str, where: str, error: Exception) -> ModelError:
    return ModelError(
        f"{name} could not be fetched from {where} ({type(error).__name__}).",
        "Check the network connection and try again; everything else works without one.",
    )
