"""The rules of rules/dates.toml and rules/eras.csv, checked and frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import add
from types import MappingProxyType

from pipeline import chars
from pipeline.rules.eras import Era, load_eras
from pipeline.rules.table import Table

NOT_AFTER = (
    "year", "year_named", "month", "month_named", "day", "day_named", "day_kanji", "cycle", "particles", "kana", "weak_particles", "counts", "cell_tail",
)  # fmt: skip
# A year before 明治 without its era: 6年（1853年）, 一八五三年.
_OLD_YEAR = re.compile(
    r"(?<![0-9])(?:[1-9][0-9]{2}|1[0-7][0-9]{2}|18[0-5][0-9]|186[0-8])(?![0-9])[年)）]|[〇一二三四五六七八九]{3}"
)
_OLD_LINES = 2  # lines that open with a year of old, in a text that may have eras which nobody knows


@dataclass(frozen=True, slots=True, eq=False)
class DateRules:
    """What dates are written with. Compared by identity, so that patterns are made once a rules object."""

    eras: tuple[Era, ...]
    numerals: Mapping[str, int]
    signs: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    seasons: Mapping[str, int]
    halves: Mapping[str, int]
    months: Mapping[str, int]  # lunar months by name
    inexact: Mapping[str, tuple[str, ...]]
    open: Mapping[str, tuple[str, ...]]
    weekdays: tuple[str, ...]  # Monday first
    holidays: tuple[str, ...]
    half_days: tuple[str, ...]
    clock_words: tuple[str, ...]  # parts of a day that stand for a clock time
    clock_about: tuple[str, ...]
    stems: tuple[str, ...]  # of the sixty-year cycle; each the signs it is written with
    branches: tuple[str, ...]
    not_after: Mapping[str, tuple[str, ...]]
    brackets: tuple[str, ...]  # an opening and a closing sign each
    bullets: tuple[str, ...]
    no_eras: tuple[str, ...]  # words before a number and 年 that are none
    unknown_eras: tuple[str, ...] = ()  # of one text: what stands where an era should, and nobody knows


def load(table: Table) -> DateRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    words, weekdays, clock, headings, cycle, not_before = (
        table.table(key) for key in ("words", "weekdays", "clock", "headings", "cycle", "not_before")
    )
    not_after = table.table("not_after")
    rules = DateRules(
        eras=load_eras(table.tables("era")),
        numerals=_numbers(table.table("numerals")),
        signs=_lists(table.table("signs"), ("waves", "dashes", "from_words", "until", "commas", "joins")),
        seasons=_numbers(words.table("seasons")),
        halves=_numbers(words.table("halves")),
        months=_numbers(words.table("months")),
        inexact=_lists(words.table("inexact"), ("anywhere", "at_the_end", "within", "era")),
        open=_lists(words.table("open"), ("after", "before")),
        words=_lists(
            words,
            (
                *("same", "ditto", "next", "western", "leap", "last_day", "first_day", "new_year"),
                *("era_whole", "behind", "not_known", "quarter", "imperial", "imperial_if_late"),
                "this_year",
            ),
        ),
        weekdays=weekdays.words("signs"),
        holidays=weekdays.words("also"),
        half_days=clock.words("half_days"),
        clock_words=clock.words("words"),
        clock_about=clock.words("about"),
        stems=_signs(cycle, "stems"),
        branches=_signs(cycle, "branches"),
        brackets=_signs(not_after, "brackets"),
        not_after=_lists(not_after, NOT_AFTER),
        bullets=_signs(headings, "bullets"),
        no_eras=_signs(not_before, "year"),
    )
    for part in (weekdays, clock, headings, cycle, not_before, table):
        part.finish()
    _check(table, rules)
    return rules


def for_text(rules: DateRules, text: str) -> DateRules:
    """The rules without the eras before 明治, where the text can hold no date of them; else the rules.

    Those are most of all eras, and patterns that know them take three times as long to make.
    """
    dense = chars.fold(text).text.replace(" ", "")
    pairs = set(map(add, dense, dense[1:]))
    forms = [form for era in rules.eras if era.start is None for form in (era.name, *era.short)]
    written = "|".join(re.escape(form) for form in forms if form[:2] in pairs)
    numbers = "".join(rules.numerals)
    ends = "|".join((*rules.words["era_whole"], *rules.inexact["era"]))
    dated = rf"(?:{written})(?:[^\w]{{0,8}}[元0-9{numbers}]|の?(?:{ends}))"
    if _OLD_YEAR.search(dense) or (written and re.search(dated, dense)):
        unknown = _find_unknown(rules, text, written) if written else ()
        return _with_unknown(rules, unknown) if unknown else rules
    return _without_old_eras(rules)


def _find_unknown(rules: DateRules, text: str, written: str) -> tuple[str, ...]:
    """What opens lines as an era does, and is none (福徳二年), in a text whose lines open with eras of old."""
    numbers = "".join(rules.numerals)
    year = rf"(?:元|[{numbers}]{{1,3}}|[0-9０-９]{{1,2}})"
    if len(re.findall(rf"(?m)^[ \u3000]*(?:{written})[ \u3000]*{year}", text)) < _OLD_LINES:
        return ()
    known = {form for era in rules.eras for form in (era.name, *era.short)} | set(rules.no_eras)
    opening = rf"(?m)^[ \u3000]*([\u3400-\u9fff]{{2}})[ \u3000]?{year}年(?=[ \u3000]|$|[（(]|{year}月)"
    found = (match[1] for match in re.finditer(opening, text))
    first = "".join((*rules.words["same"], *rules.words["ditto"], *rules.words["next"], *rules.numerals))
    return tuple(sorted({name for name in found if name not in known and name[0] not in first}))


@lru_cache(maxsize=8)
def _with_unknown(rules: DateRules, unknown: tuple[str, ...]) -> DateRules:
    return replace(rules, unknown_eras=unknown)


@lru_cache(maxsize=8)
def _without_old_eras(rules: DateRules) -> DateRules:
    return replace(rules, eras=tuple(era for era in rules.eras if era.start is not None))


def _lists(table: Table, keys: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    lists = {key: _signs(table, key) for key in keys}
    table.finish()
    return MappingProxyType(lists)


def _signs(table: Table, key: str) -> tuple[str, ...]:
    """A list of words or signs; signs alone (-, 〃) may fold to nothing, so `Table.words` would refuse them."""
    listed = table.take(key, list)
    for word in listed:
        if not isinstance(word, str) or not word or word != word.strip():
            raise table.fail(key, f"{word!r} is not a text without blanks at its ends")
    doubled = sorted({word for word in listed if listed.count(word) > 1})
    if doubled:
        raise table.fail(key, f"stands twice: {', '.join(doubled)}")
    return tuple(listed)


def _numbers(table: Table) -> Mapping[str, int]:
    numbers = table.rest()
    for key, value in numbers.items():
        if not isinstance(value, int) or isinstance(value, bool) or not key:
            raise table.fail(key, f"is not a number: {value!r}")
    return MappingProxyType(numbers)


def _check(table: Table, rules: DateRules) -> None:
    """Refuses what the patterns could not be made of."""
    if len(rules.weekdays) != 7:
        raise table.fail("weekdays.signs", "must name seven days")
    if (len(rules.stems), len(rules.branches)) != (10, 12):
        raise table.fail("cycle", "must name ten stems and twelve branches")
    for pair in rules.brackets:
        if len(pair) != 2:
            raise table.fail("not_after.brackets", f"{pair!r} is not an opening and a closing sign")
    for name, code in rules.seasons.items():
        if not 21 <= code <= 24:
            raise table.fail(f"words.seasons.{name}", f"{code} is no season of EDTF (21 to 24)")
    for sign in rules.numerals:
        if len(sign) != 1:
            raise table.fail("numerals", f"{sign!r} is not one character")
