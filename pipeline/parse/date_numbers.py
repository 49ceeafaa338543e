"""Numbers as dates write them: Arabic, and kanji in every style.

Takes a run of digits (folded) or kanji numerals. Gives the number, or None where it is none.
Reads rules/dates.toml [numerals].
"""

from __future__ import annotations

from collections.abc import Mapping

FIRST_YEAR = "元"


def parse_number(text: str, numerals: Mapping[str, int]) -> int | None:
    """The number: `二〇一四` and `二千十四` give 2014, `廿五` 25, `五一` 51, `元` 1, `十` 10."""
    if text.isdecimal():
        return int(text)
    if text == FIRST_YEAR:
        return 1
    if any(sign not in numerals for sign in text) or not text:
        return None
    if all(numerals[sign] < 10 for sign in text):
        return int("".join(str(numerals[sign]) for sign in text))
    return _parse_units(text, numerals)


def _parse_units(text: str, numerals: Mapping[str, int]) -> int | None:
    """A number with 十 百 千 (or 廿, 卅) in it; None where they do not go down (十百)."""
    total, digit, ceiling = 0, None, 10000
    for sign in text:
        value = numerals[sign]
        if value < 10:
            if digit is not None:
                return None
            digit = value
            continue
        unit = 10 if value < 100 else value
        if unit >= ceiling or (digit is not None and value % 100 and value > 10):
            return None
        total += (1 if digit is None else digit) * value
        digit, ceiling = None, unit
    return total + (digit or 0)
