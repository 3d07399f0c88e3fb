"""`mockloop rescore` and `mockloop retranscribe`: new readings of mocks, beside the earlier ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import engine_options, json_option, services, tell_left_out
from tui.cli.failures import DONE, FAILED
from tui.cli.output import ProgressLine, print_json, say, warn
from tui.errors import MockloopError
from tui.history.types import Stage
from tui.report.wording import score as score_word

if TYPE_CHECKING:
    from tui.session.local import LocalServices
    from tui.session.revising import Revised


@click.command()
@click.argument("mocks", metavar="[ID...]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All scored mocks.")
@json_option
def rescore(mocks: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Score mocks again by today's rubrics.

    Corrections stay in force, and every earlier reading is kept.
    """
    facade = services()
    names = _named(facade, mocks, everything)
    tell_left_out(facade.catalogue())
    reviser = facade.reviser()
    return _revise(names, reviser.rescore, as_json)


@click.command()
@click.argument("mocks", metavar="[ID...]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All scored mocks that have audio.")
@click.option("--over-corrections", is_flag=True, help="Also answers whose words you corrected.")
@engine_options
@json_option
def retranscribe(
    mocks: tuple[str, ...],
    everything: bool,
    over_corrections: bool,
    engine: str | None,
    model: str | None,
    as_json: bool,
) -> int:
    """Recognise mocks again, and score them.

    Use a better model with --model. Every earlier reading is kept; answers whose words you corrected stay as they are.
    """
    facade = services(engine, model)
    names = _named(facade, mocks, everything)
    if everything:
        from tui.history.folders import has_audio

        names = [name for name in names if has_audio(facade.history.folder(name))]
    tell_left_out(facade.catalogue())
    reviser = facade.reviser()

    def revise(mock_id: str) -> Revised:
        with ProgressLine(f"Transcribing {mock_id}") as progress:
            return reviser.retranscribe(mock_id, progress, over_corrections)

    return _revise(names, revise, as_json)


def _named(facade: LocalServices, mocks: tuple[str, ...], everything: bool) -> list[str]:
    """The ids of the mocks that were asked for; all scored ones come the oldest first."""
    if bool(mocks) == everything:
        raise click.UsageError("Give either IDs or --all")
    if not everything:
        return list(dict.fromkeys(facade.history.resolve(mock) for mock in mocks))
    return [row.id for row in reversed(facade.history.rows()) if row.stage is Stage.SCORED]


def _revise(names: list[str], revise: Callable[[str], Revised], as_json: bool) -> int:
    """Revise every mock; one that fails is told and stops none of the others."""
    found: list[dict[str, Any]] = []
    for name in names:
        try:
            revised = revise(name)
        except MockloopError as error:
            if len(names) == 1:
                raise
            warn(f"{name}: {error}")
            found.append({"mock": name, "error": str(error)})
            continue
        found.append(revised_data(revised))
        if not as_json:
            say(revised_text(revised))
    if as_json:
        print_json(found)
    elif not names:
        say("There is nothing to read again.")
    return FAILED if any("error" in each for each in found) else DONE


def revised_data(revised: Revised) -> dict[str, Any]:
    """A new reading as JSON data: the scores before and after, and the signals whose verdict changed."""
    scores = [postmortem.scorecard.overall for postmortem in (revised.before, revised.after)]
    before, after = (None if score is None else round(score, 2) for score in scores)
    return {
        "mock": revised.mock,
        "revision": revised.revision,
        "score_before": before,
        "score_after": after,
        "changed": [{"question_number": number, "signal": signal} for number, signal in revised.changed],
    }


def revised_text(revised: Revised) -> str:
    """A new reading in one line."""
    if revised.revision is None:
        return f"{revised.mock}: nothing changed, {score_word(revised.after.scorecard.overall)}"
    changed = [signal for _, signal in revised.changed]
    what = f" ({', '.join(changed)})" if changed else ""
    scores = [score_word(postmortem.scorecard.overall) for postmortem in (revised.before, revised.after)]
    return f"{revised.mock}: {scores[0]} -> {scores[1]}, reading {revised.revision}{what}"
