"""Whether a date at the start of a line dates an entry, or is only how a sentence starts.

Takes a Phrase and the text behind it. Gives a confidence (0: no date) and whether the text is glued on.
Reads the particles of rules/dates.toml [not_after] through date_forms.
"""

from __future__ import annotations

import regex

from pipeline.parse.date_forms import Forms
from pipeline.parse.date_phrases import Phrase
from pipeline.parse.date_said import Said
from pipeline.parse.date_written import MD, WHOLE, Point

_KANJI_NUMBER = regex.compile(r"[ \n]*+\p{Han}")
_WORD = regex.compile(r"[\p{L}\p{N}]")
_GOES_ON = regex.compile(r"[-–./:・,，]\p{N}")
_DIGIT = regex.compile(r"\p{N}")


def weigh(text: str, phrase: Phrase, said: Said, forms: Forms, end: int) -> tuple[float, bool]:
    """Confidence from 0 to 1, as `Found.confidence` explains, and whether text follows without a gap."""
    point = phrase.items[0].first
    glued = _WORD.match(text, end) is not None
    if not phrase.closed and _GOES_ON.match(text, end):
        return 0.0, False
    if not glued:
        sentence = forms.sentence.match(text, end)
        return (0.0 if sentence else _weigh_parted(point, phrase, said)), False
    if forms.goes_on.match(text, end):
        return 0.0, True
    weak = forms.weak.match(text, end) is not None
    return _weigh_glued(text, point, phrase, said, forms, end, weak), True


def _weigh_parted(point: Point, phrase: Phrase, said: Said) -> float:
    """The date stands apart from what follows."""
    if not phrase.closed:
        return 0.5 if point.year and point.year.era else 0.3
    if point.numbers:
        return _weigh_numbers(point, said)
    if point.year and point.year.letter and not point.has_month and not point.year.carried:
        return 0.6
    if point.year and point.year.carried and not point.has_month:
        return 0.7
    if point.has_day or point.repeats or point.has_year:
        return 1.0
    return 0.8


def _weigh_numbers(point: Point, said: Said) -> float:
    """4. 7 and 10/5: a date where dates were written so before, or a weekday says it."""
    first, second = (*point.numbers, 0)[:2]
    if len(point.numbers) == 3:
        plausible = first <= 64 and 1 <= second <= 12 and 1 <= point.numbers[2] <= 31
        alone = said.era is None and said.year is None and said.dotted in WHOLE  # its era is unsaid
        return 0.7 if plausible and (said.era is not None or alone) else 0.0
    if len(point.numbers) == 1:
        return 0.7 if said.dotted else 0.3
    if point.weekdays:
        return 0.9
    as_day = 1 <= first <= 12 and 1 <= second <= 31
    as_month = first <= 64 and 1 <= second <= 12
    if said.dotted == "ym":
        return 0.7 if as_month else (0.6 if as_day and said.year is not None else 0.0)  # 6.15 is no month
    if said.dotted:
        return 0.7 if as_day or as_month else 0.0
    if point.dotted == "md":
        return 0.6 if as_day and said.year is not None else 0.0
    if said.era is not None and said.year is None:
        return 0.5 if as_month else 0.0
    return 0.3 if (as_day and said.year is not None) or (as_month and said.era is not None) else 0.0


def _weigh_glued(
    text: str, point: Point, phrase: Phrase, said: Said, forms: Forms, end: int, weak: bool
) -> float:
    """The text stands right behind the date."""
    digit = _DIGIT.match(text, end) is not None
    whole = point.has_day and point.has_month
    if forms.kana.match(text, end):
        return 0.2 if whole else 0.0
    if point.dotted and point.day is None and forms.counts.match(text, end):
        return 0.0
    padded = forms.padded_day.match(text, point.start) if point.numbers and said.year is not None else None
    if padded and ("0" in (padded["m"][0], padded["d"][0]) or said.dotted == MD):
        return 0.5  # 01/10市営バス, and 12/18 below it
    if not phrase.closed or point.numbers or point.season is not None or point.repeats:
        return 0.0
    if weak:
        if whole:
            return 0.4 if point.has_year else 0.3
        if point.year and point.year.others:
            return 0.4
        return 0.2 if point.has_month or (point.year and not point.year.carried) else 0.0
    if whole:
        return 0.3 if digit else (0.8 if point.has_year else 0.6)
    if digit:
        return 0.0
    if point.day_step is not None or (point.month_step is not None and point.has_day):
        return 0.5
    if point.has_month:
        kanji = _KANJI_NUMBER.match(text, point.start) is not None
        return 0.6 if point.has_year else (0.0 if kanji or point.has_day else 0.3)
    return _weigh_glued_year(point, said)


def _weigh_glued_year(point: Point, said: Said) -> float:
    if point.year is None or point.year.unit != "year":
        return 0.3 if point.year and point.year.unit == "fiscal" else 0.0
    if point.year.others or point.year.sign:
        return 0.6
    if point.year.carried:  # 57年簡易水道を統合: only where years are counted by the era above
        return 0.3 if said.era_leads and point.year.number < 65 else 0.0
    return 0.0 if point.year.letter else 0.4
