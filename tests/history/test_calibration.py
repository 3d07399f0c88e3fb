from __future__ import annotations

from pathlib import Path

from tests.history import samples
from tui.history.calibration import calibrations
from tui.history.store import History
from tui.interview.loop import Thresholds
from tui.rubric.verdicts import Outcome


def test_ones_own_rating_is_set_beside_what_the_scores_read_as(tmp_path: Path) -> None:
    history = History(tmp_path / "home")
    half = samples.postmortem()
    full = samples.postmortem(samples.verdict("rollback", Outcome.DEMONSTRATED))
    for reading, step in ((half, 4), (half, 3), (full, 4)):
        history.rate(samples.scored(history, reading).id, {"ml_systems": step, "coding": 2})
    samples.scored(history, half)  # was never rated
    history.rate(samples.scored(history, half, source="demo").id, {"ml_systems": 1})
    with history.opened() as connection:
        (found,) = calibrations(connection, Thresholds(75.0, 60.0, 40.0))
    # Half of the points read as a no (2), all of them as a strong yes (4).
    assert (found.dimension, found.mocks) == ("ml_systems", 3)
    assert abs(found.own - 11 / 3) < 1e-9
    assert abs(found.read - 8 / 3) < 1e-9
    assert abs(found.apart - 1.0) < 1e-9
    assert not found.close
    history.reindex()
    with history.opened() as connection:
        assert calibrations(connection, Thresholds(75.0, 60.0, 40.0)) == (found,)
