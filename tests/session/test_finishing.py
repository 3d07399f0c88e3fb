"""An interrupted mock is scored by what was asked, or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.history.real import SETTINGS, assessor, spoken
from tui.history.store import History
from tui.history.types import Stage
from tui.interview.assess import Assessor
from tui.session.events import Failed, Finished
from tui.session.finishing import Finisher
from tui.transcript import Transcript


class Recogniser:
    """Hears what it is told; recognising for real is tested with the recogniser."""

    def transcribe(self, audio: os.PathLike[str], **options: Any) -> Transcript:
        return spoken("I assume two hundred million members, and the goal is that they find something to watch.")


def test_without_its_question_a_mock_waits_until_that_is_back(tmp_path: Path) -> None:
    history, catalogue = History(tmp_path / "home"), assessor().catalogue
    round_ = catalogue.rounds["ml-systems"]
    mock = history.begin(round_, round_.questions[0], SETTINGS)
    path = history.audio_path(mock.id)
    path.write_bytes(bytes(2000))
    history.recorded(mock.id, path.name, 12.0)
    history.release(mock.id)
    rounds = {**catalogue.rounds, round_.id: replace(round_, questions=round_.questions[1:])}
    without = Assessor.of(replace(catalogue, rounds=rounds))
    failed = Finisher(history, Recogniser, lambda: without).finish(mock.id, lambda _event: None)  # type: ignore[arg-type]
    assert isinstance(failed, Failed)
    assert round_.questions[0].id in failed.error.sentence
    assert history.load(mock.id).mock.stage is Stage.RECORDED
    assert path.is_file()
    finished = Finisher(history, Recogniser, assessor).finish(mock.id, lambda _event: None)  # type: ignore[arg-type]
    assert isinstance(finished, Finished)
    assert finished.mock.postmortem
