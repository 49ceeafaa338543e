"""What stands around a chronology changes none of its entries."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import parse_document
from pipeline.errors import SourceError
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "examples" / "surroundings.toml").read_text("utf-8"))[
    "case"
]
# Left out: column by column, where a line more in one column cannot be told from an entry.
SOURCES = [path for path in sorted((HERE / "chronologies").iterdir()) if path.stem != "column_by_column"]
RULES = load_rules()


def entries_of(text: str, kind: str) -> list[tuple[str | None, str]]:
    """The date and headline of each event of this text, in their order; none where it is refused."""
    try:
        events = parse_document(read_text(text.encode(), f"a{kind}"), RULES).events
    except SourceError:
        return []
    return sorted((event.date.edtf or "", event.headline.value) for event in events)


def of_kind(kind: str) -> list[Path]:
    return [path for path in SOURCES if path.suffix == kind]


ALONE = {
    path.stem: entries_of(path.read_text("utf-8"), path.suffix)
    for path in SOURCES
    if path.suffix in (".txt", ".md", ".csv")
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_entries_stay_as_they_are(case: dict[str, Any]) -> None:
    changed = []
    for path in of_kind(case.get("kind", ".txt")):
        body = path.read_text("utf-8").rstrip("\n") + "\n"
        whole = case["text"] + body if case["where"] == "above" else body + case["text"]
        if entries_of(whole, path.suffix) != ALONE[path.stem]:
            changed.append(path.stem)
    assert changed == case.get("except", [])
