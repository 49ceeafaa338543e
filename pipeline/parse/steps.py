"""What the units of a sheet are, one after the other: a heading, the start of an entry, more of its text.

Takes nothing. Gives `Step`, which parse/walk makes and parse/entries gathers into entries.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.findings import Finding
from pipeline.model import DateValue, Fragment, Mark, Spans, Text

HEADING, START, TEXT, HEAD, ASIDE = "heading", "start", "text", "head", "aside"


@dataclass(frozen=True, slots=True)
class Step:
    """One step through the document.

    | kind    | what it is                                                  |
    | heading | a year (or era) alone; `date` is what it says               |
    | start   | a date and the text behind it                               |
    | text    | more of what stands above                                   |
    | head    | the head line of a table                                    |
    | aside   | a line between the rows of a table that is no part of it    |

    `lines` are the indexes of its lines in the document. `table` is the number of the table it stands in.
    """

    kind: str
    lines: tuple[int, ...]
    fragments: tuple[Fragment, ...] = ()
    date: DateValue | None = None
    number: Text | None = None
    marks: tuple[Mark, ...] = ()  # bullets, numbers of rows: signs that no record says
    findings: tuple[Finding, ...] = ()
    table: int | None = None
    reasons: tuple[tuple[str, float], ...] = field(
        default=(), compare=False
    )  # why a date starts nothing here
    unit: str = ""  # of a heading or start: day, month, year, fiscal_year, decade, era, clock, unknown
    parent: Text | None = None

    @property
    def spans(self) -> Spans:
        """All its places but its marks."""
        dated = self.date.text.spans if self.date else ()
        number = self.number.spans if self.number else ()
        return (*dated, *number, *(fragment.span for fragment in self.fragments))
