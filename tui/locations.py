"""The one module that knows where things are on disk."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The installed `tui` package."""


def checkout() -> Path | None:
    """The source checkout this package runs from, or None when it was installed as a wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "rubrics").is_dir() else None


def rubrics() -> Path:
    """The folder with the rubrics that ship with the project."""
    root = checkout()
    return root / "rubrics" if root else PACKAGE / "_rubrics"


def demo() -> Path:
    """The folder with the spoken answer that `mockloop demo` scores (package data)."""
    return PACKAGE / "demo"


def home(chosen: str | os.PathLike[str] | None = None) -> Path:
    """Where recordings and history live: `chosen`, else `MOCKLOOP_HOME`, else the default. Creates nothing.

    The default is `recordings/` in a source checkout and the platform's user-data folder otherwise.
    """
    named = chosen or os.environ.get("MOCKLOOP_HOME")
    if named:
        return Path(named).expanduser().absolute()
    root = checkout()
    if root:
        return root / "recordings"
    import platformdirs

    return Path(platformdirs.user_data_dir("mockloop", appauthor=False))


def downloads() -> Path:
    """The person's own folder for documents that they asked for; it need not exist."""
    import platformdirs

    return platformdirs.user_downloads_path()


def make_private(folder: Path) -> None:
    """Create `folder` and every folder above it that is missing, each for its owner alone. Raises OSError."""
    if folder.is_dir():
        return
    make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def user_rubrics(home_folder: Path) -> Path:
    """The folder where people put rubrics of their own; it need not exist."""
    return home_folder / "rubrics"


def models(home_folder: Path) -> Path:
    """The folder that pulled speech models are kept in; it need not exist."""
    return home_folder / "models"
