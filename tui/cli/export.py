"""`mockloop export`: a mock, a packet or the progress as a document."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from tui.cli.context import json_option, services
from tui.cli.output import ProgressLine, dumps, print_json, say, write
from tui.errors import BadInputError, StorageError
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.interview.packet import Packet
    from tui.session.local import LocalServices

K = TypeVar("K", bound=Hashable)

FORMATS = ("md", "html", "json", "srt", "vtt", "txt", "whisper")
DOCUMENTS = ("md", "html", "json")
"""What a packet and the progress may be written as; the others are transcripts."""


@click.command()
@click.argument("what", metavar="ID")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default, what the name of FILE ends with.")
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to write it; - for standard output.")
@click.option("--no-audio", is_flag=True, help="HTML: link the recordings where they are, embed nothing.")
@click.option("--force", is_flag=True, help="Replace FILE when it is there.")
@json_option
def export(what: str, format_: str | None, output: str, no_audio: bool, force: bool, as_json: bool) -> None:
    """Write a mock, a packet or the progress as a document.

    ID is a mock (as for `show`), `progress`, `packet` (of the newest loop) or the id of a loop. HTML is one file that
    needs no network; with the recordings in it, a click on a quote plays it. srt, vtt, txt and whisper (the JSON of
    openai-whisper) hold the transcript alone, several answers one behind the other.
    """
    target = None if output == "-" else _target(Path(output), force)
    chosen = format_ or _format_of(output)
    if target is None and as_json:
        raise click.UsageError("--json says where the document was written; it does not go with -o -")
    text = _document(services(), what, chosen, not no_audio)
    if target is None:
        write(text)
        return
    size = _save(target, text)
    if as_json:
        print_json({"file": str(target), "format": chosen, "bytes": size})
    else:
        amount = f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1_000:.1f} kB"
        say(f"Wrote {one_line(str(target))} ({amount}).")


def _format_of(output: str) -> str:
    ending = Path(output).suffix.lower().removeprefix(".")
    known = {"markdown": "md", "htm": "html", "text": "txt"}.get(ending, ending)
    if known not in FORMATS:
        raise click.UsageError(f"Say which --format: one of {', '.join(FORMATS)}")
    return known


def _target(path: Path, force: bool) -> Path:
    """`path` when a document may be written there. Raises BadInputError."""
    name = one_line(str(path))
    if not path.parent.is_dir():
        raise BadInputError(f"There is no folder {one_line(str(path.parent))}.", "Make it first, or choose another.")
    if path.exists() and not path.is_file():
        raise BadInputError(f"{name} is not a file.", "Choose another name.")
    if path.exists() and not force:
        raise BadInputError(f"{name} is there already.", "Add --force to replace it.")
    return path


def _save(path: Path, text: str) -> int:
    """Write `text`, all of it or nothing, and return the bytes. Raises StorageError."""
    from tui.history.atomic import write_bytes

    content = text.encode("utf-8", errors="replace")
    try:
        write_bytes(path, content, "writing the document")
    except StorageError as error:
        raise StorageError(error.sentence, "Choose another place with -o.") from error
    return len(content)


def _document(facade: LocalServices, what: str, format_: str, audio: bool) -> str:
    """The text of the document. Raises BadInputError and StorageError."""
    if what == "progress":
        return _progress(facade, _checked(what, format_))
    runs = facade.loops.all()
    run = next((each for each in runs if each.id == what), runs[0] if what == "packet" and runs else None)
    if run is not None:
        from tui.history.loops import packet
        from tui.report.html import packet_html
        from tui.report.packet_files import packet_data, packet_markdown

        _checked("A packet", format_)
        found = packet(run, facade.history, facade.catalogue())
        if format_ == "json":
            return _json({"id": run.id, **packet_data(found)})
        if format_ == "md":
            return packet_markdown(found)
        return packet_html(found, _addresses(_quoted(facade.history, found), audio))
    if what == "packet":
        raise BadInputError("There is no loop yet.", "Begin one: mockloop practice --loop on-site")
    return _mock(facade, what, format_, audio)


def _checked(what: str, format_: str) -> str:
    if format_ not in DOCUMENTS:
        raise BadInputError(f"{what.capitalize()} has no transcript.", f"Choose one of: {', '.join(DOCUMENTS)}.")
    return format_


def _progress(facade: LocalServices, format_: str) -> str:
    from tui.history.advice import advise, plan_state
    from tui.history.progress import progress
    from tui.report.progress_files import Standing, progress_data, progress_html, progress_markdown

    history, catalogue, now = facade.history, facade.catalogue(), datetime.now().astimezone()
    standing = Standing(
        progress(history),
        advise(history, catalogue, facade.profile, now),
        plan_state(history, catalogue, facade.profile, now),
        catalogue,
    )
    if format_ == "json":
        return _json(progress_data(standing))
    return progress_html(standing) if format_ == "html" else progress_markdown(standing)


def _mock(facade: LocalServices, what: str, format_: str, audio: bool) -> str:
    from tui.report.account import account_of

    history = facade.history
    file = history.load(history.resolve(what))
    if format_ not in DOCUMENTS:
        from tui.report.transcript_files import whole_transcript

        return whole_transcript(file, format_)
    account = account_of(file, history.folder(file.mock.id))
    if format_ == "html":
        from tui.report.html import mock_html

        spoken = {turn.number: Path(turn.answer.audio) for turn in account.turns if turn.answer.audio}
        return mock_html(account, _addresses(spoken, audio))
    if format_ == "md":
        from tui.report.markdown import to_markdown

        return to_markdown(account)
    from tui.report.data import account_data

    return _json(account_data(account))


def _quoted(history: History, packet: Packet) -> dict[tuple[str, int], Path]:
    """The recordings of the answers that a packet quotes, by mock and turn. Raises StorageError."""
    found: dict[tuple[str, int], Path] = {}
    for finding in (*packet.strongest, *packet.weakest):
        mock, piece = finding.interview.mock, finding.evidence
        if mock is None or piece is None or piece.start_seconds is None:
            continue
        answers = history.load(mock).answers
        audio = answers[piece.turn - 1].audio if 0 < piece.turn <= len(answers) else None
        if audio:
            found[mock, piece.turn] = Path(audio)
    return found


def _addresses(found: Mapping[K, Path], embedded: bool) -> dict[K, str]:
    """The addresses of recordings. Raises AudioFileError."""
    from tui.speech.embedding import ogg_address

    address: Callable[[Path], str] = ogg_address if embedded else lambda path: path.resolve().as_uri()
    sounds: dict[K, str] = {}
    with ProgressLine("Embedding the recordings") as progress:
        for place, (key, path) in enumerate(found.items()):
            progress(place / len(found), path.name)
            sounds[key] = address(path)
    return sounds


def _json(data: object) -> str:
    return dumps(data, indent=2) + "\n"
