"""What was said so far, and what a date expression turned out to be.

Takes nothing. Gives `Said`, the context that a date may lean on, and `Found`, one reading.
Both are frozen: reading a date gives a new `Said`, the old one stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pipeline.findings import Finding
from pipeline.model import DateValue
from pipeline.rules.eras import Era

DAY, MONTH, SEASON, YEAR, FISCAL, DECADE, ERA, CLOCK, UNKNOWN = (
    "day",
    "month",
    "season",
    "year",
    "fiscal_year",
    "decade",
    "era",
    "clock",
    "unknown",
)
YEAR_KINDS = frozenset({YEAR, FISCAL, DECADE, ERA})


class Said(NamedTuple):
    """The context of the next date, in document order. Start a document with `Said()`.

    A NamedTuple, because every date makes new ones and they copy in a third of the time.

    `year` serves a month, `month` (a year and a month) serves a day, `day` serves 翌日,
    `last` serves 同日. `heading` is the year of the last year heading, while no entry said another.
    """

    era: Era | None = None
    year: int | None = None
    month: tuple[int, int] | None = None
    day: date | None = None
    last: DateValue | None = None
    fiscal: int | None = None  # under a 年度 heading: January to March belong to the next year
    heading: int | None = None
    dotted: str = ""  # how the last dotted date was written: see date_written
    spaced: bool = False  # the parts of the last date stood in columns told by blanks: 1954 昭和29 4 1
    era_leads: bool = (
        False  # the document counts by the era, not by the calendar year with the era in brackets
    )
    blocked: bool = False  # a date could not be read: nothing older may serve

    def block(self) -> Said:
        """The context after an entry whose date could not be read: only the year heading serves on."""
        return Said(
            era=self.era if self.heading is not None else None,
            year=self.heading,
            fiscal=self.fiscal if self.heading is not None else None,
            heading=self.heading,
            era_leads=self.era_leads,
            dotted=self.dotted,
            blocked=True,
        )

    def but(self, **changes: Any) -> Said:
        """A copy with these fields changed."""
        return self._replace(**changes)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday written behind a date: the day it was written for, its sign (土), and its place."""

    day: date
    sign: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """One date expression. `start` and `end` are offsets in the text that was given.

    `kind` is day, month, season, year, fiscal_year, decade, era (昭和 alone), clock or unknown.
    `glued`: text follows with nothing in between. `confidence`: 1.0 a date with its units and a
    gap behind it; 0.8 a whole day with the text right behind it; 0.6 written without units or a
    month alone; 0.5 a year and text; below 0.5 the line may as well be body text that starts with
    a date (2020年東京大会…, 5月13日に…; 0.2 a year or month and a particle, 2014年に…): start an
    entry there only if others are written so.
    """

    start: int
    end: int
    value: DateValue
    said: Said
    kind: str
    findings: tuple[Finding, ...] = ()
    is_heading: bool = False
    year_said: bool = False  # the expression names its year itself
    glued: bool = False
    bracketed: bool = False  # 【平成3年4月】
    confidence: float = 1.0
    weekdays: tuple[Weekday, ...] = field(default=(), compare=False)

    @property
    def only_year(self) -> bool:
        """Whether it says no more than a year, a fiscal year, a decade or an era."""
        return self.kind in YEAR_KINDS

    @property
    def fiscal(self) -> bool:
        """Whether it is a 年度."""
        return self.kind == FISCAL
