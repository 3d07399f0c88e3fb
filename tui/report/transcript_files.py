"""What was said in a mock as text, subtitles or Whisper's JSON, its answers one behind the other."""

from __future__ import annotations

import json

from tui.errors import BadInputError
from tui.history.types import AnswerFile, MockFile
from tui.transcript import Transcript
from tui.transcript.formats import to_srt, to_text, to_vtt
from tui.transcript.joining import joined
from tui.transcript.whisper_json import to_whisper


def whole_transcript(file: MockFile, format_: str) -> str:
    """The transcript as `txt`, `srt`, `vtt` or `whisper`; times count from the beginning of the first answer.

    Raises BadInputError when nothing was recognised yet, and when times are asked for that there are not.
    """
    spoken = [answer.transcript for answer in file.answers if answer.transcript]
    if not spoken:
        raise BadInputError(f"The mock {file.mock.id} has no transcript.", "Open `mockloop` to finish it.")
    if format_ == "txt":
        return "\n".join(to_text(transcript) for transcript in spoken)
    whole = joined([_filled(answer) for answer in file.answers])
    if not whole.timed:
        raise BadInputError(
            f"The mock {file.mock.id} was made from text, which has no times.", "Choose txt, md or html."
        )
    if format_ == "whisper":
        return json.dumps(to_whisper(whole), ensure_ascii=False, indent=1) + "\n"
    return to_srt(whole) if format_ == "srt" else to_vtt(whole)


def _filled(answer: AnswerFile) -> Transcript:
    """What was said, or the silence that an answer without a transcript took."""
    if answer.transcript:
        return answer.transcript
    turn = answer.turn
    return Transcript(audio_seconds=max(0.0, (turn.end or turn.start) - turn.start))
