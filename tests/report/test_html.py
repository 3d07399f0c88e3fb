"""Documents as HTML: self-contained, escaped, and with every quote tied to its seconds."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tui.report.html import mock_html, packet_html
from tui.report.marks import Marks

from .samples import HOSTILE, LONG_POINT, SEEN, account, conversation, packet

SOUNDS = {1: "data:audio/ogg;base64,T2dn", 2: "data:audio/ogg;base64,T2dn"}
VOID = {"meta", "line", "rect", "circle", "polyline"}


class Page(HTMLParser):
    """What a document holds: its elements with their attributes, and its text."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.inside or self.inside[-1] not in {"script", "style"}:
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def test_everything_about_a_conversation_is_in_it() -> None:
    text = Page(mock_html(conversation(), SOUNDS)).text
    for wanted in (
        *("Held to the level senior", "10 of 16 points = 62 of 100", "you: yes", "Nobody spoke.", LONG_POINT),
        *("Asked for: Way back – heard then: it had to be asked for.", "(asked aloud at 0:12) – A hundred million."),
        *("Detection had missed it.", "Answer 3. Follow-up 2 to question 1 (words corrected by you)"),
        *("There is no transcript.", "Question 2: Send fewer notifications", "follow-up 1, 0:04"),
    ):
        assert wanted in text


def test_quotes_carry_the_seconds_that_they_play() -> None:
    links = Page(mock_html(conversation(), SOUNDS)).all("a")
    places = {(each["data-turn"], each["data-start"], each["data-end"]) for each in links}
    assert ("2", "4.000", "6.500") in places
    assert ("1", "72.400", "75.000") in places
    assert {each["href"] for each in links} == {"#audio-1", "#audio-2"} | {
        f"#audio-{each['data-turn']}" for each in links
    }


def test_without_recordings_there_is_no_script_and_nothing_to_click() -> None:
    page = Page(mock_html(account(), {}))
    assert page.all("script") == page.all("audio") == page.all("a") == []
    assert "script-src" not in (page.all("meta")[1]["content"] or "")


@pytest.mark.parametrize("sounds", [{}, SOUNDS])
def test_the_policy_allows_our_own_style_and_script_and_no_network(sounds: dict[int, str]) -> None:
    document = mock_html(conversation(HOSTILE), sounds)
    policy = Page(document).all("meta")[1]["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    assert "media-src data: file:;" in policy
    inline = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", document, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in inline]
    assert len(hashes) == (2 if sounds else 1)
    assert re.findall(r"'sha256-[^']+'", policy) == hashes
    assert not re.search(r"https?:|unsafe", policy)


def test_hostile_text_is_text() -> None:
    plain, hostile = (Page(mock_html(conversation(text), SOUNDS)) for text in ("", HOSTILE))
    assert len(hostile.all("script")) == 1
    assert {name for name, _ in hostile.elements} == {name for name, _ in plain.elements}
    assert not [name for _, attributes in hostile.elements for name in attributes if name.startswith("on")]
    assert hostile.text.count(SEEN) >= 10
    assert not any(ord(c) < 32 and c != "\n" for text in hostile.texts for c in text)
    assert "\u202e" not in hostile.text


def test_a_packet_is_a_document_without_script() -> None:
    page = Page(packet_html(packet(), {}))
    assert page.all("script") == []
    for wanted in ("On-site loop: packet", "No reading yet", "Interviews", "still to come"):
        assert wanted in page.text
    assert SEEN in Page(packet_html(packet(HOSTILE), {})).text


def test_the_quotes_of_a_packet_lead_to_their_recordings() -> None:
    made = packet()
    first = made.strongest[0]
    assert first.interview.mock
    page = Page(packet_html(made, {("another", 1): "data:,", (first.interview.mock, 1): "data:audio/ogg;base64,AA"}))
    assert [audio["src"] for audio in page.all("audio")] == ["data:,", "data:audio/ogg;base64,AA"]
    links = page.all("a")
    quoted = [each for each in (*made.strongest, *made.weakest) if each.evidence]
    assert len(links) == len(quoted) > 0
    assert {(each["data-turn"], each["href"]) for each in links} == {("2", "#audio-2")}
    assert (links[0]["data-start"], links[0]["data-end"]) == ("72.400", "75.000")
    assert len(page.all("script")) == 1


def test_words_that_count_are_marked_with_the_number_of_their_verdict() -> None:
    made = conversation()
    marks = Marks(made)
    way_back = next(verdict for verdict in made.questions[0].signals if verdict.signal == "way_back")
    number = marks.number(way_back)
    (stretch,) = marks.stretches(made.turns[1])
    assert (stretch.start, stretch.end) == (0.0, 1.9)
    assert [(piece.text, piece.titles, piece.numbers) for piece in stretch.pieces] == [
        ("we flip everyone back", "Way back", str(number))
    ]
    assert marks.number(made.questions[0].signals[0]) is None
    assert marks.stretches(made.turns[3]) == ()


def test_marked_pieces_are_the_whole_transcript() -> None:
    made = conversation()
    for turn in made.turns:
        spoken = [segment.text for segment in turn.transcript.segments] if turn.transcript else []
        stretches = Marks(made).stretches(turn)
        assert ["".join(piece.text for piece in stretch.pieces) for stretch in stretches] == spoken
