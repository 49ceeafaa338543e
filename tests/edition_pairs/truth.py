"""What truly changed in each made pair, read from truth.toml beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

Event = tuple[str, str]  # date (EDTF) and headline as folded by chars.key


@dataclass(frozen=True, order=True)
class TrueLink:
    """A link that is not `same`: its two events by date and headline, "" for none."""

    kind: str
    old: Event
    new: Event


@dataclass(frozen=True, order=True)
class TrueChange:
    """A change: the table, the field, the two values."""

    table: str
    field: str
    cause: str
    old: str
    new: str


@dataclass(frozen=True)
class Truth:
    """All links that are not `same`, and all changes but those that follow from others."""

    links: frozenset[TrueLink]
    changes: frozenset[TrueChange]


def load_truths() -> dict[str, Truth]:
    """The truth of each pair by its name."""
    said = tomllib.loads((Path(__file__).parent / "truth.toml").read_text("utf-8"))
    return {name: _load(pair) for name, pair in said.items()}


def _load(pair: dict) -> Truth:
    links = [
        TrueLink(kind, (old_day, old), (new_day, new)) for kind, old_day, old, new_day, new in pair["links"]
    ]
    return Truth(frozenset(links), frozenset(TrueChange(*change) for change in pair["changes"]))


def dump_truth(truth: Truth) -> str:
    """The truth of one pair as TOML."""

    def listed(rows: list[tuple[str, ...]]) -> str:
        return "".join(f"  [{', '.join(_quote(cell) for cell in row)}],\n" for row in rows)

    links = [(link.kind, *link.old, *link.new) for link in sorted(truth.links)]
    changes = [(one.table, one.field, one.cause, one.old, one.new) for one in sorted(truth.changes)]
    return (
        "# MADE UP: not an edition that was ever issued.\n"
        f"links = [ # kind, old date, old headline, new date, new headline\n{listed(links)}]\n"
        f"changes = [ # table, field, cause, old, new\n{listed(changes)}]\n"
    )


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


TRUTHS = load_truths()
