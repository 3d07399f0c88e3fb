"""How soon the app answers a key while it records and recognises: an answer is spoken into a virtual microphone.

    python scripts/bench_interface.py FOLDER [--seconds 60]

FOLDER holds audio with a corpus.tsv (file, seconds, ..., reference). The app runs without a terminal on the real
session, recorder and recogniser. A key that pauses the answer and the same key again are pressed about once a second;
the time is taken from the key to the repainted screen that shows its effect. Needs PulseAudio.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from long_answer import long_answer
from speech_corpus import RATE, read_corpus

sys.path.insert(0, str(Path(__file__).parents[1]))
BAR_MS = 100.0


async def measure(home: Path, seconds: float) -> list[float]:
    """Milliseconds from each key to the painted screen that answers it."""
    from tui.app import make_app
    from tui.screens.briefing import BriefingScreen
    from tui.screens.interview import InterviewScreen
    from tui.session.local import LocalServices

    app = make_app(LocalServices(home), "ml-systems", "video-recommendation")
    found: list[float] = []
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: isinstance(app.screen, BriefingScreen))
        await asyncio.sleep(1.0)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, InterviewScreen))
        await pilot.press("enter")
        await until(lambda: app.screen.title_bar.status == "● recording")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for status in ("‖ paused", "● recording"):
                found.append(await answered(app, "space", status))
                await asyncio.sleep(0.3 if status == "‖ paused" else 1.2)
    return found


async def answered(app, key: str, status: str) -> float:
    """Press `key` and wait until the screen that says `status` is painted; the time in milliseconds."""
    painted = asyncio.Event()
    began = time.perf_counter()
    app.simulate_key(key)
    while app.screen.title_bar.status != status:
        await asyncio.sleep(0.001)
    app.screen.call_after_refresh(painted.set)
    await painted.wait()
    return 1000 * (time.perf_counter() - began)


async def until(condition, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("The app did not come so far.")
        await asyncio.sleep(0.02)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to press keys")
    options = parser.parse_args()
    from tests.microphone import VirtualMicrophone

    spoken = long_answer(read_corpus(options.folder), options.seconds + 30).samples
    with tempfile.TemporaryDirectory() as folder:
        microphone = VirtualMicrophone(Path(folder) / "pulse")
        os.environ.update(microphone.environment)
        try:
            with microphone.speaking(spoken, RATE):
                found = asyncio.run(measure(Path(folder) / "home", options.seconds))
        finally:
            microphone.close()
    cuts = statistics.quantiles(found, n=20)
    print(
        f"{len(found)} keys: median {statistics.median(found):.0f} ms, 95th percentile {cuts[18]:.0f} ms, "
        f"most {max(found):.0f} ms (bar: {BAR_MS:.0f} ms at the 95th percentile)"
    )


if __name__ == "__main__":
    main()
