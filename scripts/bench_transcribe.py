"""How fast and how well is speech recognised: our path against others with the same weights, alternating in one run.

Usage: python scripts/bench_transcribe.py FOLDER [--systems mockloop:5 mockloop:1 faster-whisper:5 openai-whisper:5 ...]

FOLDER has a `corpus.tsv` with the columns `file` and `reference`. A system is a name and a beam: `mockloop` (this
project's path, with pieces cut at pauses), `faster-whisper` (its sequential method on the whole file), `openai-whisper`
(needs PyTorch; --openai-python names an interpreter that has it, --checkpoint the weights that
scripts/convert_checkpoint.py makes; at beam 5 these are its command line's defaults). All give words with times. Each
system runs in a process of its own, which loads its model once; files go to one system after the other.

--joined MINUTES joins the clips to one file, at very different levels and with long pauses, and tells how far the times
of words are off. --round ID and --prime tell the terms of a round, or of all of them, to the systems.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from speech_corpus import RATE, Clip, join, read_audio, read_corpus

ROOT = Path(__file__).resolve().parent.parent
Transcribe = Callable[[Path, Sequence[str]], list[list[Any]]]
"""Gives the words in a file as `[text, start, end]`, in seconds."""


def mockloop(model: str, beam: int) -> Transcribe:
    """This project's path, as its worker walks it."""
    from tui.speech.audio_file import blocks
    from tui.speech.engine import FASTER_WHISPER, load_engine
    from tui.speech.recogniser import Recogniser

    engine = load_engine(FASTER_WHISPER, model, Path(tempfile.mkdtemp()), beam)

    def run(path: Path, terms: Sequence[str]) -> list[list[Any]]:
        recogniser = Recogniser(lambda: engine, terms)
        segments = [segment for block in blocks(path) for segment in recogniser.feed(block)]
        segments += recogniser.finish()
        return [[w.text, w.start, w.end] for segment in segments if segment for w in segment.words]

    return run


def faster_whisper(model: str, beam: int) -> Transcribe:
    """The library's own method for whole files."""
    from faster_whisper import WhisperModel

    from tui.speech.engine import FASTER_WHISPER
    from tui.speech.models import resolve

    found = resolve(model, FASTER_WHISPER, Path(tempfile.mkdtemp())).path
    whisper = WhisperModel(str(found), device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 1)

    def run(path: Path, terms: Sequence[str]) -> list[list[Any]]:
        segments, _ = whisper.transcribe(
            read_audio(path), language="en", beam_size=beam, word_timestamps=True, hotwords=", ".join(terms) or None
        )
        return [[w.word.strip(), float(w.start), float(w.end)] for segment in segments for w in segment.words or ()]

    return run


def openai_whisper(model: str, beam: int) -> Transcribe:
    """OpenAI's library with its command line's defaults, but for the beam: 1 is greedy."""
    import whisper

    loaded = whisper.load_model(model, device="cpu")
    heads = getattr(whisper, "_ALIGNMENT_HEADS", {}).get(Path(model).stem)
    if heads:
        loaded.set_alignment_heads(heads)

    def run(path: Path, terms: Sequence[str]) -> list[list[Any]]:
        found = loaded.transcribe(
            read_audio(path),
            language="en",
            beam_size=beam if beam > 1 else None,
            best_of=5,
            word_timestamps=True,
            fp16=False,
            initial_prompt=", ".join(terms) or None,
        )
        return [[w["word"].strip(), float(w["start"]), float(w["end"])] for s in found["segments"] for w in s["words"]]

    return run


SYSTEMS = {"mockloop": mockloop, "faster-whisper": faster_whisper, "openai-whisper": openai_whisper}


class Contender:
    """One system in its own process."""

    def __init__(self, name: str, python: str, model: str) -> None:
        self.name = name
        self.seconds = 0.0
        self.processor = 0.0
        """Seconds that its threads worked: unlike the clock, hardly longer when the machine does other things too."""
        self.megabytes = 0.0
        command = [python, str(Path(__file__).resolve()), "--serve", name, "--model", model]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        if not self._process.stdout or not self._process.stdout.readline():
            raise SystemExit(f"{name} cannot be run")

    def hear(self, path: Path, terms: Sequence[str]) -> list[list[Any]]:
        """The words in `path`."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(path), list(terms)]) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        self.seconds += answer["seconds"]
        self.processor += answer["processor"]
        self.megabytes = max(self.megabytes, answer["megabytes"])
        return list(answer["words"])

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def serve(name: str, model: str) -> None:
    """Be a contender: a path and terms in, words out, a line of JSON each."""
    system, beam = name.split(":")
    run = SYSTEMS[system](model, int(beam))
    out, sys.stdout = sys.stdout, sys.stderr
    print("ready", file=out, flush=True)
    for line in sys.stdin:
        path, terms = json.loads(line)
        began, worked = time.perf_counter(), time.process_time()
        words = run(Path(path), terms)
        answer = {
            "words": words,
            "seconds": time.perf_counter() - began,
            "processor": time.process_time() - worked,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(answer), file=out, flush=True)


def whole_files(contenders: list[Contender], clips: list[Clip], terms: Sequence[str], details: bool) -> None:
    """Errors on the clips as they are."""
    from word_errors import Errors, count

    totals = {contender.name: Errors() for contender in contenders}
    for clip in clips:
        for contender in contenders:
            heard = " ".join(word[0] for word in contender.hear(clip.path, terms))
            errors = count(clip.reference, heard)
            totals[contender.name].add(errors)
            if details and errors.rate:
                print(f"{contender.name:18} {errors.rate:.3f} {clip.path.name}: {heard}")
    audio = sum(len(read_audio(clip.path)) for clip in clips) / RATE
    table(contenders, audio, totals)


def joined(contenders: list[Contender], clips: list[Clip], minutes: float, terms: Sequence[str]) -> None:
    """Errors and times of words on one file of `minutes`."""
    from word_errors import Errors, HeardWord, align, count, normalised, start_errors

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "joined.wav"
        places = join(clips, minutes, target)
        totals: dict[str, Errors] = {}
        notes: list[str] = []
        for contender in contenders:
            words = [HeardWord(*word) for word in contender.hear(target, terms)]
            totals[contender.name] = count(" ".join(p.reference for p in places), " ".join(w.text for w in words))
            off = sorted(abs(e) for e in start_errors([(p.reference, p.start) for p in places], words))
            lost = 0.0
            for place in places:
                near = " ".join(w.text for w in words if place.start - 0.5 <= (w.start + w.end) / 2 <= place.end + 0.5)
                told = normalised(place.reference)
                chunks = align(told, normalised(near)).alignments[0]
                run = max((c.ref_end_idx - c.ref_start_idx for c in chunks if c.type == "delete"), default=0)
                lost = max(lost, run / len(told.split()) * (place.end - place.start))
            notes.append(
                f"{contender.name:18} word starts off by {1000 * statistics.median(off):.0f} ms in the median, "
                f"{1000 * off[int(0.95 * len(off))]:.0f} ms at the 95th percentile ({len(off)} known); "
                f"longest lost run {lost:.1f} s"
            )
        table(contenders, places[-1].end + 2, totals)
    print("\n".join(notes))


def table(contenders: list[Contender], audio: float, totals: dict[str, Any]) -> None:
    """Print a row for each system."""
    print(f"{audio / 60:.1f} minutes of audio, {next(iter(totals.values())).words} words")
    print("seconds and processor seconds are for a second of audio")
    print("| system:beam | word error rate | sub | del | ins | deleted | longest run | seconds | processor | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for contender in contenders:
        e = totals[contender.name]
        factor, worked = contender.seconds / audio, contender.processor / audio
        print(
            f"| {contender.name} | {e.rate:.4f} | {e.substitutions} | {e.deletions} | {e.insertions} "
            f"| {e.deleted:.2%} | {e.longest_lost} words | {factor:.4f} | {worked:.4f} | {contender.megabytes:.0f} |"
        )


def expected(round_id: str | None, prime: bool) -> tuple[str, ...]:
    """The terms to tell to the systems."""
    if not (round_id or prime):
        return ()
    from tui import locations
    from tui.cli.transcribe import terms
    from tui.interview.load import load_catalogue

    return terms(load_catalogue(locations.rubrics()), round_id)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--systems", nargs="+", default=["mockloop:5", "mockloop:1", "faster-whisper:5"])
    parser.add_argument("--model", default="tiny.en", help="a name or a folder, for CTranslate2")
    parser.add_argument("--openai-python", default=sys.executable, help="an interpreter that has openai-whisper")
    parser.add_argument("--checkpoint", default="tiny.en.pt", help="the same weights for openai-whisper")
    parser.add_argument("--round", dest="round_id", help="prime with the terms of this round")
    parser.add_argument("--prime", action="store_true", help="prime with the terms of all rounds")
    parser.add_argument("--joined", type=float, metavar="MINUTES", help="join the clips to one file of this length")
    parser.add_argument("--without", nargs="+", default=(), metavar="FILE", help="clips to leave out")
    parser.add_argument("--details", action="store_true", help="print what was heard where it has errors")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.model)
        return
    if given.folder is None:
        parser.error("a folder with corpus.tsv is needed")
    for name in given.systems:
        system, _, beam = name.partition(":")
        if system not in SYSTEMS or not beam.isdigit() or int(beam) < 1:
            parser.error(f"{name}: a system is one of {', '.join(SYSTEMS)}, a colon, and a beam from 1 on")
    clips = read_corpus(given.folder, tuple(given.without))
    terms = expected(given.round_id, given.prime)
    contenders = []
    for name in given.systems:
        theirs = name.startswith("openai")
        python, model = (given.openai_python, given.checkpoint) if theirs else (sys.executable, given.model)
        contenders.append(Contender(name, python, model))
    if given.joined:
        joined(contenders, clips, given.joined, terms)
    else:
        whole_files(contenders, clips, terms, given.details)
    for contender in contenders:
        contender.close()


if __name__ == "__main__":
    main()
