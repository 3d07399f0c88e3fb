"""Measure what starting costs: whole processes, alternating with `import textual.app`, medians and ratios.

Usage: python scripts/cold_start.py [RUNS]

One run more is made first, which fills caches and does not count.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

# The process ends as soon as the home screen has been painted with that panel filled.
FIRST_SCREEN = """
import os
from tui import locations
from tui.app import MockloopApp
from tui.session.local import LocalServices

class UntilPainted(MockloopApp):
    # Relative to the app's own module, which this one is not.
    CSS_PATH = [str(locations.PACKAGE / path) for path in MockloopApp.CSS_PATH]

    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if screen is self.screen and any(widget.size.area for widget in screen.query("PANEL")):
            os._exit(0)

UntilPainted(LocalServices(locations.home())).run(headless=True, size=(80, 24))
raise SystemExit("the home screen was never painted")
"""

COMMANDS = {
    "import textual.app": [sys.executable, "-c", "import textual.app"],
    "first screen": [sys.executable, "-c", FIRST_SCREEN.replace("PANEL", "#about-text")],
    "rounds listed": [sys.executable, "-c", FIRST_SCREEN.replace("PANEL", "#rounds")],
    "mockloop --help": [sys.executable, "-m", "tui.cli", "--help"],
}
BARS = {"first screen": 1.6, "mockloop --help": 1.0}


def seconds(command: list[str]) -> float:
    """How long the whole process takes, in seconds."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
    return time.perf_counter() - started


def main() -> None:
    """Print a line per command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="?", type=int, default=15)
    runs = parser.parse_args().runs
    if runs < 1:
        parser.error("a median needs at least one run")
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOCKLOOP_HOME"] = home
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(runs + 1):
            for name, command in COMMANDS.items():
                taken[name].append(seconds(command))
    # The first round fills caches.
    medians = {name: statistics.median(values[1:]) for name, values in taken.items()}
    base = medians["import textual.app"]
    for name, median in medians.items():
        bar = f"  (at most {BARS[name]})" if name in BARS else ""
        print(f"{name:20} {median * 1000:7.0f} ms   {median / base:5.2f} x{bar}")


if __name__ == "__main__":
    main()
