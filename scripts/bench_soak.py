"""An hour of recording and decoding: overflows, lost samples, memory.

Usage: python scripts/bench_soak.py FOLDER [--minutes 60] [--model tiny.en]

FOLDER holds clips of speech and a `corpus.tsv`. They are spoken in real time into a virtual microphone (PulseAudio),
and `mockloop practice --plain` records, follows and scores them as it would a person, in a process of its own that is
watched from outside (Linux). Afterwards the recording is laid beside what was spoken: every second must be where it
belongs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from long_answer import Samples, long_answer
from speech_corpus import RATE, read_corpus

ROOT = Path(__file__).parents[1]
LOOK_SECONDS = 5.0
SETTLED = 300.0
"""Seconds after which memory should not grow any more."""
MOST_GROWTH_MB = 20
MOST_MB = 700
CHUNK_SECONDS = 4.0
STEP_SECONDS = 20.0
"""How often the place of the recording in what was spoken is looked up."""
SEARCH_SECONDS = 1.0
QUIETEST = 1e-3
"""The least energy that a stretch is taken to have, so that silence fits nothing."""
LEAST_FIT = 0.8
"""How well what was spoken must fit what was recorded, everywhere."""
MOST_DRIFT = 0.002
"""Seconds by which places may differ: less than any block of samples that could be lost."""


@dataclass(frozen=True)
class Memory:
    """What the program and its recogniser hold at one moment."""

    at: float
    program_mb: float
    recogniser_mb: float

    @property
    def mb(self) -> float:
        return self.program_mb + self.recogniser_mb


def resident_mb(pid: int) -> float:
    """Memory of a process that is in use, 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += map(int, task.read_text().split())
    return found


def watch(pid: int, over: threading.Event) -> list[Memory]:
    """Memory of the program and what it has started, every five seconds until `over`."""
    began, seen = time.monotonic(), []
    while not over.wait(LOOK_SECONDS):
        others = sum(resident_mb(child) for child in children(pid))
        seen.append(Memory(time.monotonic() - began, resident_mb(pid), others))
    return seen


def practise(samples: Samples, model: str, home: Path, microphone: object) -> tuple[str, list[Memory], float]:
    """One mock in which `samples` are said: its JSON, its memory, and seconds from its end to the postmortem."""
    from tests.microphone import VirtualMicrophone

    assert isinstance(microphone, VirtualMicrophone)
    home.mkdir()
    (home / "profile.json").write_text(json.dumps({"schema": 1, "model": model}), encoding="utf-8")
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "tui.cli", "practice", "--home", str(home), "--round", "ml-systems", "--json"),
            *("--minutes", str(len(samples) / RATE / 60 + 5), "--follow-ups", "0"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert program.stderr is not None
    for line in program.stderr:
        if line.startswith("Recording"):
            break
    threading.Thread(target=program.stderr.read, daemon=True).start()
    over = threading.Event()
    seen: list[Memory] = []
    watching = threading.Thread(target=lambda: seen.extend(watch(program.pid, over)))
    watching.start()
    microphone.speak(samples, RATE)
    time.sleep(1.0)
    ended = time.monotonic()
    program.send_signal(signal.SIGINT)
    assert program.stdout is not None
    told = program.stdout.read()
    seconds = time.monotonic() - ended
    over.set()
    watching.join()
    if program.wait():
        raise SystemExit(f"practice failed with {program.returncode}")
    return told, seen, seconds


def places(spoken: Samples, recorded: Samples) -> list[tuple[float, float]]:
    """How much later than spoken each part was recorded, in seconds, and how well it fits there, all along."""
    found = []
    lag = start_lag(spoken, recorded)
    size, reach = int(CHUNK_SECONDS * RATE), int(SEARCH_SECONDS * RATE)
    for at in range(reach, len(spoken) - size - reach, int(STEP_SECONDS * RATE)):
        chunk = spoken[at : at + size]
        first = at + int(lag * RATE) - reach
        near = recorded[max(0, first) : first + size + 2 * reach]
        if np.abs(chunk).max() < 0.02 or len(near) < size:
            continue
        fits = correlated(near, chunk)
        best = int(np.argmax(fits))
        found.append(((best + max(0, first) - at) / RATE, float(fits[best])))
    return found


def start_lag(spoken: Samples, recorded: Samples) -> float:
    """Seconds of the recording before the first word."""
    opening = spoken[: 10 * RATE]
    return float(np.argmax(correlated(recorded[: 40 * RATE], opening))) / RATE


def correlated(long: Samples, short: Samples) -> np.ndarray:
    """How well `short` fits `long` at each place, up to 1 where they are the same but for their level.

    Without the level taken out, a loud neighbour would fit better than the right place of something quiet.
    """
    size = 1 << (len(long) + len(short)).bit_length()
    product = np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size))
    fits = np.fft.irfft(product, size)[: len(long) - len(short) + 1]
    energy = np.concatenate([[0.0], np.cumsum(np.square(long, dtype=np.float64))])
    around = np.maximum(energy[len(short) :] - energy[: len(fits)], QUIETEST)
    return fits / np.sqrt(around * np.square(short, dtype=np.float64).sum())


def judge(spoken: Samples, recorded: Samples, seen: list[Memory], told: str) -> bool:
    """Print what was measured; whether every bar is kept."""
    compared = places(spoken, recorded)
    lags, worst = [lag for lag, _ in compared], min(fit for _, fit in compared)
    drift = max(lags) - min(lags)
    settled = [memory for memory in seen if memory.at >= min(SETTLED, seen[-1].at / 2)]
    growth = statistics.median(m.mb for m in settled[-6:]) - statistics.median(m.mb for m in settled[:6])
    most = max(memory.mb for memory in seen)
    lost = re.findall(r"lost samples [^.\"]*", told)
    print(f"spoken {len(spoken) / RATE:.1f} s, recorded {len(recorded) / RATE:.1f} s")
    print(f"places compared: {len(lags)}; they differ by {drift * 1000:.1f} ms; the worst fits {worst:.2f}")
    print(f"overflows: {lost or 'none'}")
    print(f"memory: at most {most:.0f} MB (program {max(m.program_mb for m in seen):.0f} MB); grew by {growth:.1f} MB")
    return drift <= MOST_DRIFT and worst >= LEAST_FIT and not lost and growth < MOST_GROWTH_MB and most < MOST_MB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--model", default="tiny.en", help="name or folder of the model")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.microphone import VirtualMicrophone

    spoken = long_answer(read_corpus(options.folder), options.minutes * 60).samples
    with tempfile.TemporaryDirectory() as folder:
        microphone = VirtualMicrophone(Path(folder) / "pulse")
        os.environ.update(microphone.environment)
        try:
            told, seen, seconds = practise(spoken, options.model, Path(folder) / "home", microphone)
        finally:
            microphone.close()
        (recording,) = (Path(folder) / "home").glob("2*/answer-1.*")
        recorded = soundfile.read(recording, dtype="float32")[0]
    print(f"postmortem {seconds:.1f} s after the end")
    kept = judge(spoken, recorded, seen, told)
    print("every bar is kept" if kept else "a bar was MISSED")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
