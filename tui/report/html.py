"""Documents as one self-contained HTML file: no network, no need for colour or scripts, light and dark, printable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tui.interview.packet import Packet
from tui.report import figures, wording
from tui.report.account import Account
from tui.report.answers_text import turn_title
from tui.report.charts.figures import Bar, bars
from tui.report.charts.timeline import timeline
from tui.report.marks import Marks
from tui.report.packet_text import reading_words, said_in
from tui.transcript import clean, one_line

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def mock_html(account: Account, sounds: Mapping[int, str]) -> str:
    """A mock as a document; `sounds` are the addresses of its recordings by turn, `data:` or `file:`."""
    timed = {turn.number for turn in account.turns if turn.transcript and turn.transcript.timed}
    return page(
        "mock.html",
        script=_file("play.js") if sounds else None,
        account=account,
        sounds=sounds,
        playable=timed & set(sounds),
        chart=timeline(account),
        marks=Marks(account),
        heading="h3" if account.several else "h2",
        turn_title=turn_title,
        worded=wording.WORDED,
    )


def packet_html(packet: Packet, sounds: Mapping[tuple[str, int], str]) -> str:
    """A packet as a document; `sounds` are the addresses of recordings by mock and turn, `data:` or `file:`."""
    rows = [
        Bar(area.title, area.score, f"{area.step.words}, {_points(area.earned, area.possible)}")
        for area in packet.areas
    ]
    return page(
        "packet.html",
        script=_file("play.js") if sounds else None,
        packet=packet,
        sounds=sounds,
        numbers={answer: number for number, answer in enumerate(sounds, 1)},
        reading=reading_words(packet),
        chart=bars("Score of each area over all interviews", rows) if rows else None,
    )


def _points(earned: float, possible: float) -> str:
    return f"{wording.points(earned)} of {wording.points(possible)} points"


def page(template: str, script: Markup | None = None, **values: Any) -> str:
    """The document that `template` makes of `values`; every text in them is escaped."""
    style = _file("style.css")
    hashes = f"style-src '{_hash(style)}'" + (f"; script-src '{_hash(script)}'" if script else "")
    # Recordings are in the document or beside it; nothing else is ever loaded, and nothing is sent.
    policy = f"default-src 'none'; {hashes}; media-src data: file:; base-uri 'none'; form-action 'none'"
    text: str = (
        _environment().get_template(template).render(policy=Markup(policy), style=style, script=script, **values)
    )
    return text


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _file(name: str) -> Markup:
    """A part of the documents that is ours, and so is trusted."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    named: list[Callable[..., object]] = [wording.at, wording.mark, wording.verdict_word, wording.shown, wording.remark]
    named += [wording.addition, wording.asked, wording.points, wording.score, wording.delivery_figures, wording.origin]
    named += [figures.of, said_in]
    made.filters.update({each.__name__: each for each in named})
    made.filters["verbatim"] = _verbatim
    return made


def _shown(value: object) -> object:
    """What a template prints, on one line and without control characters unless it is markup."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _verbatim(text: str) -> Markup:
    """A part of a transcript, whose white space at its ends separates it from the next part."""
    return Markup.escape(clean(text))
