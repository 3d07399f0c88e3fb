"""A person's settings, in `profile.json` in the home."""

from __future__ import annotations

import contextlib
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tui.errors import StorageError
from tui.history.atomic import make_home, storage_error, write_json
from tui.history.codec import parse

FILE = "profile.json"
SCHEMA = 1
OFF = "off"
"""In the place of a choice: none."""


@dataclass(frozen=True)
class Profile:
    """What a person has chosen."""

    device: str | None = None
    """Name of the microphone; None for the system's default."""
    channel: int | None = None
    """Channel of the microphone, from 1; None for the mean of the first two."""
    engine: str = "faster-whisper"
    model: str = "auto"
    """Name or path of the speech model; `auto` for the best one that keeps up."""
    second: str = OFF
    """Name or path of the model that hears answers again after the mock, or off."""
    voice: str = OFF
    """What reads questions aloud: off, auto, piper or system."""
    interview: str | None = None
    """The day of the interview as YYYY-MM-DD, or None."""
    level: str | None = None
    """Id of the level that is aimed for; None leaves the usual one."""
    plan: str | None = None
    """Id of the study plan; None leaves the one that suits the days left."""
    started: str | None = None
    """The day from which the plan counts, as YYYY-MM-DD, or None before one was chosen."""
    warning: str = ""
    """A sentence when the settings could not be read and these are the defaults; not saved."""


def load_profile(home: Path) -> Profile:
    """The settings in `home`, or the defaults. A damaged file is kept aside under another name."""
    path = home / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Profile()
    except OSError as error:
        return Profile(warning=f"{storage_error(error, 'reading your settings', path)} The defaults are used.")
    try:
        return _profile(parse(content, FILE, SCHEMA))
    except StorageError as error:
        if error.remedy:  # written by a newer mockloop, and good there
            return Profile(warning=f"{error} The default settings are used.")
        kept = _put_aside(path)
        return Profile(warning=f"{error.sentence} The default settings are used{kept}.")


def save_profile(home: Path, profile: Profile) -> None:
    """Save `profile` in `home`; entries that other versions keep in the file stay. Raises StorageError."""
    make_home(home)
    path = home / FILE
    others: dict[str, Any] = {}
    try:
        others = parse(path.read_bytes(), FILE, SCHEMA)
        _profile(others)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise storage_error(error, "saving your settings", home) from error
    except StorageError as error:
        if error.remedy:
            raise StorageError(f"Your settings were not saved: {error.sentence}", error.remedy) from error
        _put_aside(path)
        others = {}
    chosen = {key: value for key, value in asdict(profile).items() if key != "warning"}
    write_json(path, {**others, "schema": SCHEMA, **chosen}, "saving your settings")


def _profile(data: dict[str, Any]) -> Profile:
    kinds: dict[str, tuple[type, ...]] = {
        "device": (str, type(None)),
        "channel": (int, type(None)),
        "engine": (str,),
        "model": (str,),
        "second": (str,),
        "voice": (str,),
        **dict.fromkeys(("interview", "level", "plan", "started"), (str, type(None))),
    }
    known = {field.name: data[field.name] for field in fields(Profile) if field.name in kinds and field.name in data}
    for name, value in known.items():
        if not isinstance(value, kinds[name]) or isinstance(value, bool):
            raise StorageError(f"{FILE} is damaged: {name} has a value of the wrong kind.")
    if isinstance(known.get("channel"), int) and known["channel"] < 1:
        raise StorageError(f"{FILE} is damaged: channel is below 1.")
    for name in ("interview", "started"):
        if isinstance(known.get(name), str) and day(known[name]) is None:
            raise StorageError(f"{FILE} is damaged: {name} is no day.")
    return Profile(**known)


def day(text: str | None) -> date | None:
    """The day that `text` writes as YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _put_aside(path: Path) -> str:
    kept = path.with_name(f"profile.damaged-{datetime.now():%Y%m%dT%H%M%S}.json")
    with contextlib.suppress(OSError):
        path.replace(kept)
        return f"; the file was kept as {kept.name}"
    return ""
