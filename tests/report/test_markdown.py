"""A postmortem as Markdown, read by a real Markdown parser."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt

from tui.report.markdown import plain, to_markdown

from .samples import HOSTILE, SEEN, account, conversation, hostile, postmortem, transcript

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def test_it_reads_as_sections_and_tables() -> None:
    text = to_markdown(account(None, transcript()))
    html = PARSER.render(text)
    for title in ("Signals", "Root cause", "Fix for next time", "Delivery (not scored)", "Notes", "Transcript"):
        assert f"<h2>{title}</h2>" in html
    assert html.count("<table>") == 2
    assert "<td>Rollback</td>" in html
    assert "<strong>Score 62 of 100</strong> (10 of 16 points = 62 of 100)" in html
    assert text.endswith("\n")


def test_an_unscored_answer_says_why() -> None:
    assert "<strong>Unscored.</strong> Only 4 seconds" in PARSER.render(to_markdown(account(postmortem(None))))


def test_hostile_text_stays_text() -> None:
    made = replace(hostile(), notes=(HOSTILE, "1. one", "- dash", "# title", "=== line", "a\n---\nb", "~~~", "+ plus"))
    tokens = PARSER.parse(to_markdown(account(made, transcript(HOSTILE))))
    inline = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inline} <= {
        *("text", "text_special", "strong_open", "strong_close", "em_open", "em_close", "code_inline", "softbreak"),
    }
    assert not [token for token in tokens if token.type in {"html_block", "fence", "ordered_list_open", "hr"}]
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"] + ["h2"] * 6
    shown = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    assert SEEN in shown
    assert {"1. one", "- dash", "# title", "=== line", "a --- b", "~~~", "+ plus"} <= set(shown)
    assert {child.content for child in inline if child.type == "code_inline"} == {"1:10", "1:20"}


def test_days_and_names_of_mocks_stand_as_they_are() -> None:
    assert plain("2026-11-22T18-30-05-ml-systems-k3f9") == "2026-11-22T18-30-05-ml-systems-k3f9"
    assert plain("3=4") == "3=4"
    assert plain("40.89 of 49.5 points") == "40.89 of 49.5 points"
    assert plain("7.") == r"7\."
    assert [plain(text) for text in ("12. a", "3) b", "- c", "+ d", "= e")] == [
        *(r"12\. a", r"3\) b", r"\- c", r"\+ d", r"\= e")
    ]


def test_a_conversation_reads_as_its_questions_and_turns() -> None:
    html = PARSER.render(to_markdown(conversation()))
    for title in ("Questions", "Question 1: Signals", "Question 1: Key points", "Question 1: Follow-ups"):
        assert f"<h2>{title}</h2>" in html
    assert "<td>follow-up 1, 0:04</td>" in html
    assert "<em>Asked for: Way back – heard then: it had to be asked for.</em>" in html
    assert "<em>(asked aloud at 0:12)</em>" in html
    assert "<td>you: yes</td>" in html
    assert "Detection had missed it." in html
    assert "<h3>Answer 3. Follow-up 2 to question 1 (words corrected by you)</h3>" in html


def test_hostile_text_of_a_conversation_stays_text() -> None:
    tokens = PARSER.parse(to_markdown(conversation(HOSTILE)))
    inline = [child for token in tokens for child in token.children or []]
    assert not {child.type for child in inline} & {"html_inline", "link_open", "s_open", "image"}
    assert not [token for token in tokens if token.type in {"html_block", "fence", "hr"}]
