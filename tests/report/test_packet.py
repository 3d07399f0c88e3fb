"""What a packet says of where its evidence was said."""

from __future__ import annotations

from dataclasses import replace

from tui.interview.packet import Finding
from tui.report.html import packet_html
from tui.report.packet_files import packet_markdown
from tui.report.packet_text import packet_lines, said_in

from .samples import packet


def test_evidence_from_a_later_answer_names_that_answer() -> None:
    made = packet()
    first = made.strongest[0]
    assert first.evidence
    assert said_in(first) == "ML system design at 1:12"
    verdict = replace(first.verdict, evidence=(replace(first.evidence, turn=3),))
    made = replace(made, strongest=(Finding(first.interview, verdict),))
    for text in (" ".join(" ".join(packet_lines(made, 200)).split()), packet_markdown(made), packet_html(made, {})):
        assert "ML system design, answer 3 at 1:12" in text


def test_what_has_no_words_or_no_times_is_placed_by_its_interview() -> None:
    first = packet().strongest[0]
    assert first.evidence
    untimed = replace(first.evidence, start_seconds=None, end_seconds=None, turn=2)
    assert (
        said_in(Finding(first.interview, replace(first.verdict, evidence=(untimed,)))) == "ML system design, answer 2"
    )
    assert said_in(Finding(first.interview, replace(first.verdict, evidence=()))) == "ML system design"
