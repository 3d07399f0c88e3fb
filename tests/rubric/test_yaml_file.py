"""The files that ship, as a PyYAML without its C extension reads them."""

from __future__ import annotations

import yaml

from tui import locations


def test_the_loader_without_c_reads_every_shipped_file() -> None:
    """libyaml takes a bare `?` inside brackets, and the loader in Python, to which we fall back, does not."""
    files = sorted(locations.rubrics().rglob("*.yaml"))
    assert len(files) > 100
    wrong = []
    for file in files:
        try:
            yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            wrong.append(f"{file}: {error}")
    assert wrong == []
