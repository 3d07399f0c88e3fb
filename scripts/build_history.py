"""Build a home with many made-up mocks, to measure how fast a long history opens.

The mocks are scored for real from the labelled answers in tests/data/signals, read at an even pace; a part of them is
scored, and the rest repeats those on other days. No audio is made.

Usage: python scripts/build_history.py HOME [--mocks N] [--distinct N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui import locations
from tui.history import codec
from tui.history.ids import new_id
from tui.history.store import History
from tui.history.types import Mock, MockSettings, Stage, Turn
from tui.interview.assess import Answered, Assessor
from tui.interview.load import load_catalogue
from tui.interview.types import Question, Round
from tui.rubric.verdicts import Postmortem
from tui.session.assessing import assess_turns
from tui.transcript import Segment, Span, Transcript, Word

ROOT = Path(__file__).resolve().parent.parent
SECONDS_PER_WORD = 0.4
SEGMENT_WORDS = 30


@dataclass(frozen=True)
class Model:
    """A scored mock, to be written on many days."""

    mock: Mock
    postmortem: Postmortem
    transcripts: tuple[Transcript, ...]


def main() -> None:
    arguments = parsed()
    chance = random.Random(arguments.seed)
    texts = answers()
    assessor = Assessor.of(load_catalogue(locations.rubrics()))
    models = [scored(assessor, texts, chance) for _ in range(min(arguments.distinct, arguments.mocks))]
    arguments.home.mkdir(parents=True, exist_ok=True)
    newest = datetime.now(UTC).astimezone()
    for number in range(arguments.mocks):
        created = newest - timedelta(hours=9 * number + chance.random() * 6)
        write(arguments.home, models[number % len(models)], created)
    report = History(arguments.home).reindex()
    print(f"{report.mocks} mocks in {arguments.home}")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--mocks", type=int, default=2000)
    parser.add_argument("--distinct", type=int, default=150, help="how many are scored; the others repeat them")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def answers() -> dict[str, list[str]]:
    """The texts of the labelled answers, by round."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "tests/data/signals").glob("dev-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            answer = json.loads(line)
            found.setdefault(answer["round"], []).append(answer["text"])
    return found


def scored(assessor: Assessor, texts: dict[str, list[str]], chance: random.Random) -> Model:
    """A mock of one to three questions, some of them with a follow-up, and what it was scored."""
    round_ = chance.choice([round_ for id_, round_ in assessor.catalogue.rounds.items() if id_ in texts])
    asked = chance.sample(round_.questions, min(len(round_.questions), chance.choice((1, 1, 2, 3))))
    turns, said, at = [], [], 0.0
    for question, about in plan(round_, asked, chance):
        transcript = spoken(chance.choice(texts[round_.id]))
        end = at + (transcript.audio_seconds or 0.0)
        kind = "follow_up" if about else "question"
        turns.append(Turn(question.id, question.prompt, None, kind, about, start=at, end=end))
        said.append(Answered(question, transcript, about, bool(about)))
        at = end
    postmortem = assess_turns(said, round_, assessor, "mid")
    settings = MockSettings("faster-whisper", "tiny.en", None, 360.0, 60.0, "mid", "practice")
    mock = Mock(*("", "", round_.id, round_.title, asked[0].id, asked[0].title), Stage.SCORED, settings, tuple(turns))
    return Model(mock, postmortem, tuple(each.transcript for each in said))


def plan(round_: Round, asked: list[Question], chance: random.Random) -> Iterator[tuple[Question, str]]:
    """Each question, and the signal that a follow-up asks about, or an empty text for the question itself."""
    for question in asked:
        yield question, ""
        if chance.random() < 0.5:
            yield question, chance.choice(list(round_.signals))


def spoken(text: str) -> Transcript:
    """`text` as if it had been recognised from speech at an even pace."""
    words = [
        Word(word, at * SECONDS_PER_WORD, at * SECONDS_PER_WORD + 0.35, 0.9) for at, word in enumerate(text.split())
    ]
    segments = tuple(
        Segment.of_words(words[first : first + SEGMENT_WORDS]) for first in range(0, len(words), SEGMENT_WORDS)
    )
    length = len(words) * SECONDS_PER_WORD
    return Transcript(segments, length, (Span(0.0, length),), 1.0, "faster-whisper", "tiny.en")


def write(home: Path, model: Model, created: datetime) -> None:
    """Write the folder of `model` as a mock that began at `created`."""
    folder = home / new_id(created, model.mock.round)
    folder.mkdir()
    mock = replace(model.mock, id=folder.name, created=created.isoformat(timespec="milliseconds"))
    files = {"mock.json": codec.encode_mock(mock), "postmortem.1.json": codec.encode_postmortem(model.postmortem)}
    for number, transcript in enumerate(model.transcripts, 1):
        files[f"transcript-{number}.1.json"] = codec.encode_transcript(transcript)
    for name, data in files.items():
        (folder / name).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
