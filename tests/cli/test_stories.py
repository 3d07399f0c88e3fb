"""The notebook on the command line."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import Invoke


def test_from_nothing_to_a_checked_notebook(invoke: Invoke, own_folders: Path) -> None:
    assert "--new" in invoke("stories").out
    path = Path(invoke("stories", "--new", "--json").json["path"])
    assert path == own_folders / "home" / "stories.yaml"
    assert "no stories yet" in invoke("stories").out
    path.write_text(re.sub(r"(?m)^#  ", "  ", path.read_text()))
    listed = invoke("stories")
    assert (listed.code, listed.err) == (0, "")
    assert "slow-search" in listed.out
    assert invoke("stories", "--check").out == "All is well: 1 story.\n"
    assert invoke("stories", "--json").json["stories"][0]["title"] == "Search that answered too late"


def test_mistakes_are_told(invoke: Invoke, own_folders: Path) -> None:
    path = Path(invoke("stories", "--new", "--json").json["path"])
    path.write_text(re.sub(r"(?m)^#  ", "  ", path.read_text()).replace("behavioral, hiring", "behavioural, hiring"))
    found = invoke("stories", "--check")
    assert found.code == 2
    assert found.error_line == "mockloop stories: 1 problem found."
    assert f"{path}:17: there is no round or dimension 'behavioural'" in found.out
    # A slip in one line does not keep the stories from being listed.
    assert invoke("stories").code == 0
    path.write_text("- no")
    assert invoke("stories").code == 2


def test_an_existing_notebook_is_refused(invoke: Invoke) -> None:
    invoke("stories", "--new")
    again = invoke("stories", "--new")
    assert again.code == 2
    assert "already" in again.error_line
    assert invoke("stories", "--new", "--check").code == 2
