"""What every test gets: user folders of its own, and a microphone when it asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.microphone import MISSING, VirtualMicrophone


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what is heard in real time in one process, one test after the other, and every other file together."""
    for item in items:
        heard = {"microphone", "removable_microphone"} & set(getattr(item, "fixturenames", ()))
        item.add_marker(pytest.mark.xdist_group("sound" if heard else item.nodeid.partition("::")[0]))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Send everything that would go to a person's folders to a temporary one, which is returned."""
    root = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("MOCKLOOP_HOME", str(root / "home"))
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(root))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(root / name.lower()))
    return root


@pytest.fixture(scope="session")
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualMicrophone]:
    """The PulseAudio server that tests share; use `microphone` instead."""
    yield from _serve(tmp_path_factory)


@pytest.fixture
def microphone(sound_server: VirtualMicrophone, monkeypatch: pytest.MonkeyPatch) -> VirtualMicrophone:
    """A microphone to speak into, as the default input of this process and of those it starts."""
    return _in_use(sound_server, monkeypatch)


@pytest.fixture
def removable_microphone(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[VirtualMicrophone]:
    """A microphone on a server of its own, which a test may unplug or end."""
    for server in _serve(tmp_path_factory):
        yield _in_use(server, monkeypatch)


def _serve(factory: pytest.TempPathFactory) -> Iterator[VirtualMicrophone]:
    if MISSING:
        pytest.skip(f"the virtual microphone needs PulseAudio: {', '.join(MISSING)} not found")
    server = VirtualMicrophone(factory.mktemp("pulse"))
    yield server
    server.close()


def _in_use(server: VirtualMicrophone, monkeypatch: pytest.MonkeyPatch) -> VirtualMicrophone:
    from tui.speech.portaudio import refresh

    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    server.choose("mic")
    # PortAudio may have looked for devices before this server was there.
    assert refresh(), "a stream of an earlier test is still open"
    return server
