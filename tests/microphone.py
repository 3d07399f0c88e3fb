"""A microphone for tests: a PulseAudio server of their own, with null sinks to speak into.

What is played into a sink arrives at PortAudio's default input in real time, as from a real microphone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import soundfile

MISSING = [program for program in ("pulseaudio", "pactl", "paplay", "parec") if shutil.which(program) is None]
START_SECONDS = 15.0


class VirtualMicrophone:
    """A running PulseAudio server whose default source is a microphone that tests speak into."""

    def __init__(self, folder: Path) -> None:
        """Start the server with its files in `folder`."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self.environment = {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_STATE_PATH": str(folder / "state"),
        }
        self._loudspeakers: dict[str, str] = {}
        self._listeners: dict[str, subprocess.Popen[bytes]] = {}
        self._server = subprocess.Popen(
            [
                *("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=no", "-n"),
                *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native"),
            ],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "pulseaudio.log").open("wb"),
        )
        self._wait()
        self.plug("speaker")
        self.plug("mic")
        self.choose("mic")

    def plug(self, name: str, rate: int = 44_100, channels: int = 2) -> None:
        """Add a microphone called `name` with that rate in hertz."""
        options = ["module-null-sink", f"sink_name={name}", f"rate={rate}", f"channels={channels}"]
        self._loudspeakers[name] = self._pactl("load-module", *options).strip()
        if name == "speaker":
            return
        # An idle null sink renders two seconds at a time; a listener that wants little delay makes it a device.
        command = ["parec", f"--device={name}.monitor", "--latency-msec=10"]
        listener = subprocess.Popen(
            command, env=os.environ | self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        # Something played with little delay ends the two seconds that have already begun.
        silence = ["pacat", f"--device={name}", "--latency-msec=10"]
        subprocess.run(silence, input=bytes(rate), env=os.environ | self.environment, check=True)
        assert listener.stdout is not None
        listener.stdout.read(1)
        Thread(target=_drain, args=(listener.stdout,), daemon=True).start()
        self._listeners[name] = listener

    def choose(self, name: str) -> None:
        """Make the microphone called `name` the default input, and `speaker` the default output."""
        self._pactl("set-default-source", f"{name}.monitor")
        self._pactl("set-default-sink", "speaker")

    def unplug(self, name: str) -> None:
        """Take the microphone called `name` away."""
        self._end(name)
        self._pactl("unload-module", self._loudspeakers.pop(name))

    def speak(self, samples: npt.NDArray[Any], rate: int, into: str = "mic") -> None:
        """Play `samples`, shaped (frames,) or (frames, channels), into the microphone; returns when they have ended."""
        file = self._folder / "spoken.wav"
        soundfile.write(file, samples, rate, subtype="FLOAT")
        subprocess.run(["paplay", f"--device={into}", str(file)], env=os.environ | self.environment, check=True)

    @contextmanager
    def silenced(self, name: str = "mic") -> Iterator[None]:
        """Let the microphone called `name` send nothing at all while the block runs, not even silence."""
        self._pactl("suspend-sink", name, "1")
        try:
            yield
        finally:
            self._pactl("suspend-sink", name, "0")

    @contextmanager
    def speaking(self, samples: npt.NDArray[Any], rate: int, into: str = "mic") -> Iterator[None]:
        """Play `samples` into the microphone while the block runs, and break off at its end."""
        file = self._folder / "speaking.wav"
        soundfile.write(file, samples, rate, subtype="FLOAT")
        player = subprocess.Popen(["paplay", f"--device={into}", str(file)], env=os.environ | self.environment)
        try:
            yield
        finally:
            player.terminate()
            player.wait()

    @contextmanager
    def hearing(self, source: str = "speaker.monitor") -> Iterator[Callable[[], npt.NDArray[np.float32]]]:
        """Listen to what is played while the block runs; what was heard, 16 kHz mono, is had from the call after it."""
        command = ["parec", f"--device={source}", "--format=float32le", "--rate=16000", "--channels=1"]
        data: list[bytes] = []
        listener = subprocess.Popen(
            [*command, "--latency-msec=10"], env=os.environ | self.environment, stdout=subprocess.PIPE
        )
        assert listener.stdout is not None
        listening = Thread(target=_drain, args=(listener.stdout, data), daemon=True)
        listening.start()
        try:
            yield lambda: np.frombuffer(b"".join(data), np.float32)
        finally:
            listener.terminate()
            listener.wait()
            listening.join()

    def close(self) -> None:
        """End the server and what was started with it."""
        for name in list(self._loudspeakers):
            self._end(name)
        self._server.terminate()
        try:
            self._server.wait(5)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _end(self, name: str) -> None:
        listener = self._listeners.pop(name, None)
        if listener is not None:
            listener.terminate()
            listener.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._server.poll() is None:
            try:
                self._pactl("info")
            except subprocess.CalledProcessError:
                time.sleep(0.05)
            else:
                return
        log = (self._folder / "pulseaudio.log").read_text(errors="replace")
        self._server.kill()
        raise RuntimeError(f"PulseAudio did not start:\n{log}")

    def _pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words], env=os.environ | self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout


def _drain(pipe: IO[bytes], into: list[bytes] | None = None) -> None:
    with pipe:
        while data := pipe.read(4096):
            if into is not None:
                into.append(data)
