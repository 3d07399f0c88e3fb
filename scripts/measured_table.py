"""The table in rubrics/README.md of how well each signal is heard, made of rubrics/measured.json.

Usage: python scripts/measured_table.py rubrics
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def measured_lines(measured: dict[str, Any]) -> list[str]:
    """The table and the risk-coverage figures as lines of Markdown."""
    low, high = measured["macro_f1_95"]
    lines = [
        f"Measured on {measured['answers']} answers that neither patterns nor encoder were tuned on; rubric "
        f"{measured['rubric']}, encoder {measured['encoder']}. In brackets: 95 % of resampled answers.",
        "",
        "| signal | answers | precision | recall | F1 | near misses rejected |",
        "|---|---|---|---|---|---|",
    ]
    for row in measured["signals"]:
        ends = "-".join(f"{end:.2f}" for end in row["f1_95"])
        lines.append(
            f"| {row['signal']} | {row['n']} | {row['precision']:.2f} | {row['recall']:.2f} "
            f"| {row['f1']:.2f} ({ends}) | {row['near_rejected']} of {row['near']} |"
        )
    near = sum(row["near"] for row in measured["signals"])
    rejected = sum(row["near_rejected"] for row in measured["signals"])
    lines += [
        f"| **all** | | {measured['precision']:.2f} | {measured['recall']:.2f} "
        f"| {measured['macro_f1']:.3f} ({low:.2f}-{high:.2f}) | {rejected} of {near} |",
        "",
        f"*Can't tell* are {measured['abstained']:.1%} of all verdicts; they count as misses above. How often credits "
        "are wrong when only the surest are given, those that cannot be told included last:",
        "",
        "| the surest | confidence from | wrong |",
        "|---|---|---|",
    ]
    lines += [f"| {at['share']:.0%} | {at['confidence']:.2f} | {at['wrong']:.1%} |" for at in measured["risk"]]
    return lines


def put_into(readme: Path, measured: dict[str, Any]) -> None:
    """Replace what stands between the two marks in `readme`. Raises ValueError where they are missing."""
    text = readme.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, found, tail = rest.partition(END)
    if not found:
        raise ValueError(f"{readme} lacks {BEGIN} and {END}")
    lines = "\n".join(measured_lines(measured))
    readme.write_text(f"{head}{BEGIN}\n{lines}\n{END}{tail}", encoding="utf-8")


def main() -> None:
    """Renew the table in the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds README.md and measured.json")
    folder = parser.parse_args().folder
    try:
        put_into(folder / "README.md", json.loads((folder / "measured.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
