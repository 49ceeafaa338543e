"""How likely two entries are the same one, and why.

Takes two faces and how often their wording stands in the editions. Gives a `Likeness` or None.
Date, headline and details are weighed together. Wording that stands often (区長会総会 each month,
第1回 … 第9回) tells little apart, so there the date or the details must speak for the pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from pipeline.editions.faces import Face

# How far two dates that differ support that one was written for the other.
NEAR_DAYS = ((3, 0.8), (10, 0.6), (31, 0.4), (100, 0.2))
SAME_PLACE = 0.15  # more for an entry between the same two neighbours
CLOSE = 0.7  # a date this close is a corrected one, even among entries with the same headline
SOME = 0.55
NEARLY, ALIKE, HARDLY = 0.8, 0.6, 0.4
COMMON = 3  # a headline's form that stands this often in one edition


@dataclass(frozen=True, slots=True)
class Likeness:
    """Each from 0 to 1; `details` is None where neither entry has any."""

    score: float
    dates: float
    headline: float
    details: float | None

    @property
    def reason(self) -> str:
        """The likeness in words: `date differs (0.80), headline alike 0.71, details equal`."""
        when = "same date" if self.dates == 1 else f"date differs ({self.dates:.2f})"
        return ", ".join([when, _alike("headline", self.headline), *self._details_reason()])

    def _details_reason(self) -> list[str]:
        return [] if self.details is None else [_alike("details", self.details)]


def _alike(name: str, value: float) -> str:
    return f"{name} equal" if value == 1 else f"{name} alike {value:.2f}"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each headline form and each body stands in the edition where it stands more often."""

    forms: Counter[str]
    bodies: Counter[str]

    def is_common(self, old: Face, new: Face) -> bool:
        """Whether the headline is of a kind that stands in the edition again and again."""
        return max(self.forms[old.form], self.forms[new.form]) >= COMMON

    def has_rare_body(self, old: Face, new: Face) -> bool:
        """Whether the details are long enough to mean something and stand once only."""
        once = max(self.bodies[old.body], self.bodies[new.body]) <= 1
        return once and min(len(old.body), len(new.body)) >= 12


def count_wordings(old: Iterable[Face], new: Iterable[Face]) -> Frequencies:
    """The frequencies of two editions."""
    sides = [list(old), list(new)]
    forms = [Counter(face.form for face in side) for side in sides]
    bodies = [Counter(face.body for face in side) for side in sides]
    return Frequencies(forms[0] | forms[1], bodies[0] | bodies[1])


def compare_faces(old: Face, new: Face, often: Frequencies, same_place: bool) -> Likeness | None:
    """How alike the two are; None where nothing says that they are the same entry."""
    headline = fuzz.ratio(old.head, new.head) / 100
    whole = fuzz.ratio(old.whole, new.whole) / 100
    if headline < ALIKE and whole < HARDLY and old.when != new.when:
        return None
    dates = compare_dates(old, new)
    if same_place and dates < 1:
        dates = min(0.9, dates + SAME_PLACE)
    if dates < SOME and headline < ALIKE and whole < NEARLY:
        return None
    details = _compare_bodies(old, new)
    text = max(_mix_text(headline, details, old, new), whole)
    if dates == 1:
        alike = _is_alike_on_one_day(headline, details, text, old, new)
    elif often.is_common(old, new):
        alike = _is_alike_though_common(dates, headline, details, often.has_rare_body(old, new), old, new)
    else:
        alike = _is_alike_on_another_day(dates, text, old, new)
    if not alike:
        return None
    score = 0.4 + 0.6 * text if dates == 1 else 0.35 * dates + 0.65 * text
    return Likeness(min(score, 0.99), dates, headline, details)


def compare_dates(old: Face, new: Face) -> float:
    """1 for one date, else how well one could be a slip for the other."""
    if old.when == new.when:
        return 1.0
    if old.start is None or new.start is None:
        return 0.5
    if old.start == new.start:
        return 0.9
    slip = _slip(old.start, new.start)
    apart = abs((old.start - new.start).days)
    return max(slip, next((support for days, support in NEAR_DAYS if apart <= days), 0.0))


def _slip(old: date, new: date) -> float:
    """The support of a slip of the pen: one of year, month and day differs."""
    if (old.year, old.month) == (new.year, new.month):
        digits = sum(a != b for a, b in zip(f"{old.day:02}", f"{new.day:02}", strict=True))
        return 0.75 if digits == 1 else 0.5
    if (old.month, old.day) == (new.month, new.day):
        return 0.65 if abs(old.year - new.year) == 1 else 0.55
    return 0.55 if (old.year, old.day) == (new.year, new.day) else 0.0


def _compare_bodies(old: Face, new: Face) -> float | None:
    """How alike the details are; a detail more or less counts for little."""
    if not old.body and not new.body:
        return None
    if not old.body or not new.body:
        return 0.0
    ratio = fuzz.ratio(old.body, new.body) / 100
    held = sum(len(line) for line in set(old.lines[1:]) & set(new.lines[1:]))
    return max(ratio, 0.85 * held / min(len(old.body), len(new.body)))


def _mix_text(headline: float, details: float | None, old: Face, new: Face) -> float:
    if details is None:
        return headline
    if not old.body or not new.body:  # details were added or dropped: not against the pair, not for it
        return 0.85 * headline
    return 0.5 * headline + 0.5 * details


def _is_alike_on_one_day(headline: float, details: float | None, text: float, old: Face, new: Face) -> bool:
    if headline >= 0.7 or (details or 0.0) >= 0.6:
        return True
    return text >= 0.55 and min(len(old.head), len(new.head)) >= 8


def _is_alike_though_common(
    dates: float, headline: float, details: float | None, rare_body: bool, old: Face, new: Face
) -> bool:
    """Among entries with the same kind of headline: the date is close or the details speak for it."""
    if headline < 0.6:
        return dates >= CLOSE and (details or 0.0) >= 0.8
    if dates >= CLOSE:
        return not (old.body and new.body) or (details or 0.0) >= 0.5
    if old.numbers != new.numbers or not rare_body:
        return False
    return (details or 0.0) >= (0.85 if dates >= SOME else 0.95)


def _is_alike_on_another_day(dates: float, text: float, old: Face, new: Face) -> bool:
    if dates < CLOSE and old.numbers != new.numbers:
        return False
    return 0.35 * dates + 0.65 * text >= 0.6 if dates >= SOME else text >= NEARLY
