"""Documents in a real browser: offline, harmless, and playing the seconds that were clicked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tui.report.html import mock_html, packet_html
from tui.speech.embedding import ogg_address

from .browser import EXECUTABLE, Browser
from .samples import HOSTILE, SEEN, conversation, packet

pytestmark = [pytest.mark.slow, pytest.mark.skipif(EXECUTABLE is None, reason="needs Chromium")]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ninety seconds of a tone."""
    path = tmp_path_factory.mktemp("audio") / "answer-1.flac"
    soundfile.write(path, 0.1 * np.sin(np.arange(90 * 16_000) * 0.1), 16_000)
    return path


@pytest.mark.parametrize("embedded", [True, False], ids=["embedded", "linked"])
def test_a_click_on_a_quote_plays_its_seconds(
    browser: Browser, recording: Path, tmp_path: Path, embedded: bool
) -> None:
    file = tmp_path / "mock.html"
    address = ogg_address(recording) if embedded else recording.as_uri()
    file.write_text(mock_html(conversation(), {1: address}), encoding="utf-8")
    browser.events.clear()
    browser.open(file)
    for place in ("td a.play", "svg a"):
        browser.ask("window.seeked = null")
        browser.ask("document.addEventListener('seeked', e => window.seeked ??= e.target.currentTime, true)")
        browser.ask(f"document.querySelector('{place}').dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
        browser.wait("window.seeked !== null")
        assert browser.ask("window.seeked") == pytest.approx(72.4, abs=0.1)
        browser.wait("document.getElementById('audio-1').paused")
        assert browser.ask("document.getElementById('audio-1').currentTime") == pytest.approx(75.0, abs=0.4)
    loaded = [e["params"]["request"]["url"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    assert {url.partition(":")[0] for url in loaded} <= {"file", "data"}
    assert not [event for event in browser.events if event.get("method") == "Log.entryAdded"]


def test_a_click_in_a_packet_plays_the_answer_that_it_quotes(browser: Browser, recording: Path, tmp_path: Path) -> None:
    file, made = tmp_path / "packet.html", packet()
    mock = made.strongest[0].interview.mock
    assert mock
    file.write_text(packet_html(made, {("another", 1): "data:,", (mock, 1): recording.as_uri()}), encoding="utf-8")
    browser.open(file)
    browser.ask("document.querySelector('a.play').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    browser.wait("document.getElementById('audio-2').currentTime > 72.4")
    browser.wait("document.getElementById('audio-2').paused")
    assert browser.ask("document.getElementById('audio-2').currentTime") == pytest.approx(75.0, abs=0.4)


def test_hostile_text_is_shown_and_does_nothing(browser: Browser, recording: Path, tmp_path: Path) -> None:
    file = tmp_path / "mock.html"
    file.write_text(mock_html(conversation(HOSTILE), {1: recording.as_uri()}), encoding="utf-8")
    browser.events.clear()
    browser.open(file)
    assert browser.ask("document.scripts.length") == 1
    assert SEEN in browser.ask("document.querySelector('h2 + table').innerText")
    assert SEEN in browser.ask("document.querySelector('ol li').innerText")
    assert not [event for event in browser.events if event.get("method") == "Page.javascriptDialogOpening"]


def test_the_policy_stops_what_a_hole_would_let_in(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "mock.html"
    hole = "<script>window.broken = 1</script><img src='http://127.0.0.1:9/x' onerror='window.broken = 2'>"
    document = mock_html(conversation(), {})
    file.write_text(document.replace("</body>", f"{hole}</body>"), encoding="utf-8")
    browser.open(file)
    browser.ask("fetch('http://127.0.0.1:9/y').catch(() => window.refused = true)")
    browser.wait("window.refused === true")
    assert browser.ask("window.broken") is None
