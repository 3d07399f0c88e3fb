"""Measure how long the questions of each view take on a long history (see scripts/build_history.py).

Each question is asked of a History that has just been made, as after starting the app, and then again of the same one.
With --screens the app is driven instead, and each view is timed from the key that opens it until its data is painted.

Usage: python scripts/bench_history.py HOME [--runs N] [--screens]
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual.app import App
from textual.message import Message

from tui import locations
from tui.history.advice import advise, plan_state
from tui.history.filters import Heard, Wanted
from tui.history.profile import Profile
from tui.history.review import review_signals
from tui.history.store import History
from tui.interview.load import load_catalogue
from tui.interview.types import Catalogue

LIMIT = 50
"""Finds that a view shows at once."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--screens", action="store_true", help="measure the screens of the app")
    arguments = parser.parse_args()
    mocks = len(History(arguments.home).rows()) if arguments.home.is_dir() else 0
    if not mocks:
        parser.error(f"no mock is in {arguments.home}: scripts/build_history.py makes such a home")
    if arguments.screens:
        asyncio.run(screens(arguments.home, arguments.runs))
        return
    catalogue = load_catalogue(locations.rubrics())
    print(f"{mocks} mocks; milliseconds: median, slowest and processor time of each")
    print(f"{'':<34}{'first':>24}{'again':>24}")
    for name, ask in questions(catalogue).items():
        first, again = [], []
        for _ in range(arguments.runs):
            history = History(arguments.home)
            first.append(milliseconds(history, ask))
            again.append(milliseconds(history, ask))
        print(f"{name:<34}{figures(first)}{figures(again)}")


def questions(catalogue: Catalogue) -> dict[str, Callable[[History], object]]:
    """What each view asks."""
    now, profile = datetime.now().astimezone(), Profile(interview=None, level="senior")
    missed = Wanted(signal="rollback", heard=Heard.MISSED, max_score=60)

    def home(history: History) -> object:
        last = history.rows(6), history.focus()
        return last, advise(history, catalogue, profile, now), plan_state(history, catalogue, profile, now)

    return {
        "home: last mocks, focus, next, plan": home,
        "history: every mock": lambda history: history.rows(),
        "history: a signal missed": lambda history: history.rows(LIMIT, missed),
        "search: two words": lambda history: history.search("roll back", LIMIT),
        "search: a word of every answer": lambda history: history.search("the", LIMIT),
        "signals: figures, trends, grid": review_signals,
        "next": lambda history: advise(history, catalogue, profile, now),
        "plan": lambda history: plan_state(history, catalogue, profile, now),
        "one mock": lambda history: history.load(history.resolve("last")),
    }


async def screens(home: Path, runs: int) -> None:
    """Open each view in turn; the app and its index are warm, as after the first look at them."""
    from tui.app import collect_less, make_app
    from tui.screens.history import HistoryLoaded
    from tui.screens.messages import AdviceRead, MocksLoaded
    from tui.screens.progress import ProgressRead
    from tui.session.local import LocalServices

    views = {
        "history": ("h", HistoryLoaded),
        "search: a letter": ("t", HistoryLoaded),
        "search: the beginning of a word": ("e", HistoryLoaded),
        "home again": ("escape", MocksLoaded),
        "signals and progress": ("g", ProgressRead),
        "home with its advice": ("escape", AdviceRead),
    }
    seen: dict[type[Message], float] = {}
    collect_less()
    app = make_app(LocalServices(home))
    app.animation_level = "none"
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in views}
    async with app.run_test(size=(120, 36), message_hook=lambda message: seen.setdefault(type(message), 0.0)) as pilot:
        await arrived(seen, AdviceRead)
        for _ in range(runs):
            for name, (key, kind) in views.items():
                if key == "t":
                    await pilot.press("slash")
                if name == "home again":
                    await pilot.press("escape")
                await pilot.pause(0.4)
                seen.clear()
                begun, worked = time.perf_counter(), time.process_time()
                pressed = asyncio.create_task(pilot.press(key))
                await arrived(seen, kind)
                await painted(app)
                times[name].append((1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)))
                await pressed
    print("milliseconds from the key until the data is painted: median, slowest, and processor time")
    for name, found in times.items():
        print(f"{name:<34}{figures(found)}")


async def painted(app: App[None]) -> None:
    """Return when what is known by now stands on the screen."""
    done = asyncio.Event()
    app.screen.call_after_refresh(done.set)
    await done.wait()


async def arrived(seen: dict[type[Message], float], kind: type[Message]) -> None:
    """Wait until a message of a kind has come."""
    while kind not in seen:
        await asyncio.sleep(0.001)


def milliseconds(history: History, ask: Callable[[History], object]) -> tuple[float, float]:
    """How long an answer takes by the clock, and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    ask(history)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)


def figures(runs: list[tuple[float, float]]) -> str:
    """The median and the slowest by the clock, and the median of the processor."""
    clock, processor = zip(*runs, strict=True)
    return f"{statistics.median(clock):>8.0f}{max(clock):>8.0f}{statistics.median(processor):>8.0f}"


if __name__ == "__main__":
    main()
