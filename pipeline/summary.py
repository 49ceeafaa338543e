"""What a run says of one source: counts, findings by code, and a grade that tells which needs a look.

Takes a Reading and its Records. Gives a `Summary`, plain data that goes between processes and into
the state file; words for the terminal are made in report_build.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import chars
from pipeline.findings import ERROR, WARNING, count_by_code

if TYPE_CHECKING:  # a run says what it leaves alone before it loads what reads
    from pipeline.model import Reading
    from pipeline.tables.records import About, Records

BUILT, UNCHANGED, SET_ASIDE, FAILED = "built", "unchanged", "set aside", "failed"
# Grade: the largest share of unread characters and of entries without a date that still earns it.
_BOUNDS = (("A", 0.0, 0.0), ("B", 0.01, 0.02), ("C", 0.05, 0.1))
_MISREAD = "dates_left_in_text"  # the layout itself is in doubt
_BARE = 0.2  # of the entries: dates without a text, as a table leaves them whose columns were told wrongly


@dataclass(frozen=True, slots=True)
class Outline:
    """One event as far as two readings of the same document are compared by it."""

    event_id: str
    shown: str  # date and headline, for messages
    details: tuple[str, ...]  # folded label and text, in order


@dataclass(frozen=True, slots=True)
class Summary:
    """One source after a run. `edition` is empty and `error` says why where it could not be read."""

    source: str
    series: str
    edition: str = ""
    issued_on: str | None = None
    kind: str = ""
    sha256: str = ""
    status: str = BUILT
    events: int = 0
    details: int = 0
    people: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    severities: dict[str, int] = field(default_factory=dict)
    characters: int = 0  # blanks apart
    unread: int = 0
    undated: int = 0
    error: str = ""
    replaced: str = ""  # the file that the tables in its folder were read from before, where another
    group: str = ""  # the files of its edition, where there are several
    outline: tuple[Outline, ...] = field(default=(), compare=False, repr=False)

    @property
    def grade(self) -> str:
        """A: all read, all dated, nothing doubtful. D: needs a look first. E: could not be read."""
        if self.error or not self.events:
            return "E"
        if _MISREAD in self.findings or self.findings.get("entry_without_text", 0) > _BARE * self.events:
            return "D"
        unread = self.unread / max(self.characters, 1)
        undated = self.undated / self.events
        for letter, most_unread, most_undated in _BOUNDS:
            if unread <= most_unread and undated <= most_undated:
                doubtful = self.severities.get(ERROR, 0) or (
                    letter == "A" and self.severities.get(WARNING, 0)
                )
                return max(letter, "B") if doubtful else letter
        return "D"


def sum_up(reading: Reading, records: Records, about: About) -> Summary:
    """The summary of an edition that was written."""
    issued_on = reading.edition.issued_on
    return Summary(
        source=reading.document.source.name,
        series=about.series,
        edition=about.edition,
        issued_on=issued_on.isoformat() if issued_on else None,
        kind=reading.document.source.kind,
        sha256=reading.document.source.sha256,
        events=len(reading.events),
        details=sum(len(event.details) for event in reading.events),
        people=sum(len(event.people) for event in reading.events),
        findings=count_by_code(records.findings),
        severities=dict(sorted(Counter(finding.severity for finding in records.findings).items())),
        characters=chars.count_signs(reading.document.text),
        unread=records.unread,
        undated=sum(event.date.edtf is None for event in reading.events),
        outline=make_outline(reading, records.ids.events),
    )


def make_outline(reading: Reading, event_ids: tuple[str, ...]) -> tuple[Outline, ...]:
    """The events of a reading, each as far as another file of the same edition should say the same."""
    return tuple(
        Outline(
            event_id,
            f"{event.date.edtf or event.date.text.value} {event.headline.value}".strip(),
            tuple(
                chars.key(f"{each.label.value if each.label else ''}:{each.text.value}")
                for each in event.details
            ),
        )
        for event_id, event in zip(event_ids, reading.events, strict=True)
    )


def fail(path: Path, series: str, message: str) -> Summary:
    """The summary of a source that could not be read."""
    return Summary(source=path.name, series=series, status=FAILED, error=message)


def to_plain(summary: Summary) -> dict[str, Any]:
    """The summary as JSON takes it."""
    return asdict(summary)


def from_plain(plain: dict[str, Any]) -> Summary:
    """The summary that `to_plain` gave; TypeError or KeyError where it is none."""
    outline = tuple(
        Outline(each["event_id"], each["shown"], tuple(each["details"])) for each in plain.pop("outline", ())
    )
    return Summary(**plain, outline=outline)


def find_issue_day(issued_on: str | None, edition: str) -> str | None:
    """The ISO day to order an edition by; None where neither document nor name says one."""
    if issued_on:
        return issued_on
    try:
        return date.fromisoformat(edition[:10]).isoformat()
    except ValueError:
        return None
