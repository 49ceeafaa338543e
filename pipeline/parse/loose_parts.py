"""Dates whose parts stand a blank apart in columns that hold several of them: 1900 | 明治 33 | 4 10, 34 | 6, | 9 5.

Takes the rows of a table. Says which columns are so, and of a row what its date is: the numbers are told apart by the
calendar year beside the era's, and by their order. Reads rules/eras.csv and layout.toml (ditto).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import chars
from pipeline.parse.dates import Found, Said, parse_date
from pipeline.parse.eras import count_of, era_counting, find_era
from pipeline.parse.sheet import Row, join_pieces
from pipeline.rules.load import Rules

PARTS = "parts"  # the role of such a column
_WESTERN = re.compile(r"([12][0-9]{3})年?")
_NUMBER = re.compile(r"[0-9]{1,2}|元")
_SEVERAL_DAYS = re.compile(r"([0-9]{1,2})~([0-9]{1,2})?")
_LOOSE = 0.9  # of the cells of each column hold nothing else
_SEVERAL = 0.3  # of the rows have two numbers beside the year in one cell
_FEWEST = 4  # rows
_PART_OF_MONTH = re.compile(r"[上中下初]旬|[初月]?末|中頃|半ば")
_LATEST_MONTH = 12
_WAVES = str.maketrans("～〜", "~~")
_OPEN = ("~", "～", "〜")


def find_loose(body: Sequence[Row], width: Sequence[int], is_headed: bool, rules: Rules) -> tuple[int, ...]:
    """The columns from the left on that hold loose parts of dates; none where each part has a column of its own.

    `is_headed`: a head says that years stand in them; elsewhere years by the calendar or an era's name must show it.
    """
    found: list[int] = []
    for column in width:
        cells = [words for row in body if (words := _words(row, column))]
        loose = sum(all(_is_part(word, rules) for word in words) for words in cells)
        if not cells or loose < min(_LOOSE * len(cells), max(2, len(cells) - 1)):
            break
        found.append(column)
    several = sum(any(_count(_words(row, column)) > 1 for column in found) for row in body)
    said = {word for row in body for column in found for word in _words(row, column)}
    years = is_headed or any(_WESTERN.fullmatch(word) or find_era(word, rules.dates.eras) for word in said)
    is_mixed = len(body) >= _FEWEST and several >= _SEVERAL * len(body)
    return tuple(found) if years and is_mixed and len(found) < len(width) else ()


def read_loose(row: Row, columns: Sequence[int], said: Said, rules: Rules) -> Found | None:
    """The date that the words of these columns are; None where they are none."""
    words = [word for column in columns for word in _words(row, column)]
    western = _WESTERN.fullmatch(words[0]) if words else None
    words = words[1:] if western else words
    era = find_era(words[0], rules.dates.eras) if words else None
    is_ditto = len(words) > 1 and western is not None and _is_ditto(words[0], rules)
    words = words[1:] if era or is_ditto else words
    if len(words) == 1 and not western and _is_ditto(words[0], rules) and said.last:
        return parse_date("同日", said, rules.dates)
    year = ""
    if western:
        year = f"{western[1]}年"
        number, about = _part_word(words[0], rules) if words else ("", "")
        if _is_year(int(western[1]), number, rules):
            year, words = year + about, words[1:]
    elif words and (era or len(words) > 2 or (len(words) > 1 and _value(words[0]) > _LATEST_MONTH)):
        name = era or said.era
        year, words = f"{name.name if name else ''}{words[0]}年", words[1:]
    day = _say_day(words, said, rules)
    if day is None or not (year or day):
        return None
    return parse_date(f"{year}{day}", said, rules.dates)


def _say_day(words: Sequence[str], said: Said, rules: Rules) -> str | None:
    """Month and day with their units; a ditto sign is the one said before. None where words are left over."""
    if len(words) > 1 and words[-1] in _OPEN:  # 5 | ～
        words = (*words[:-2], words[-2] + words[-1])
    if len(words) > 2:
        return None
    known = [str(said.day.month), str(said.day.day)] if said.day else ["", ""]
    values = [known[place] if _is_ditto(word, rules) else word for place, word in enumerate(words)]
    said_alone = len(values) == 1 and values[0].isdecimal() and int(values[0]) > _LATEST_MONTH
    units = "日" if said_alone else "月日"
    parts = [_with_unit(value, unit, rules) for value, unit in zip(values, units, strict=False)]
    return "".join(parts) if all(parts) else None


def _part_word(value: str, rules: Rules) -> tuple[str, str]:
    """The number, and the word behind it that says it is not exact."""
    word = next((word for word in rules.dates.inexact["anywhere"] if value.endswith(word)), "")
    return value.removesuffix(word), word


def _with_unit(value: str, unit: str, rules: Rules) -> str:
    """4 is 4月, 10頃 10月頃, 20~22 20日~22日, 春 is 春; "" for anything else."""
    if _PART_OF_MONTH.fullmatch(value):
        return value
    period = _SEVERAL_DAYS.fullmatch(value.translate(_WAVES))
    if period:
        return f"{period[1]}{unit}～" + (f"{period[2]}{unit}" if period[2] else "")
    number, word = _part_word(value, rules)
    if number.isdecimal():
        return f"{number}{unit}{word}"
    return value if value in rules.dates.seasons else ""


def _words(row: Row, column: int) -> list[str]:
    return chars.fold(join_pieces(row.cell(column)).text).text.split()


def _is_part(word: str, rules: Rules) -> bool:
    is_number = bool(_WESTERN.fullmatch(word) or _NUMBER.fullmatch(word) or _with_unit(word, "月", rules))
    return (
        is_number or word in _OPEN or _is_ditto(word, rules) or find_era(word, rules.dates.eras) is not None
    )


def _is_ditto(word: str, rules: Rules) -> bool:
    return chars.key(word) in rules.layout.ditto


def _count(words: Sequence[str]) -> int:
    """The numbers of a cell, without the one that an era's name before it makes a year."""
    numbers = sum(bool(_NUMBER.fullmatch(word)) for word in words)
    return numbers - (len(words) > numbers > 0 and not _NUMBER.fullmatch(words[0]))


def _value(word: str) -> int:
    return count_of(word) if word == "元" or word.isdecimal() else 0


def _is_year(western: int, word: str, rules: Rules) -> bool:
    number = _value(word)
    return number > 0 and era_counting(number, western, rules.dates.eras) is not None
