"""Era and year against an independent table, day by day; the bounds of rules/eras.csv; numerals."""

from __future__ import annotations

from datetime import date, timedelta

import japanera
import pytest

from pipeline.errors import RulesError
from pipeline.parse.date_numbers import parse_number
from pipeline.parse.eras import era_of, find_era, is_past, year_of
from pipeline.rules.eras import load_eras
from pipeline.rules.load import load_rules
from pipeline.rules.table import Table

ERAS = load_eras()
NUMERALS = load_rules().dates.numerals
MODERN = ("明治", "大正", "昭和", "平成", "令和")


def test_every_day_since_meiji_has_the_era_and_year_of_an_independent_table() -> None:
    """From the day 明治 was proclaimed (1868-10-23, lunar 09-08) to the end of 2026."""
    theirs = sorted(
        (era for era in japanera.ERA_DATA_GENERAL if era.kanji in MODERN), key=lambda era: era.since
    )
    day, last = date(1868, 10, 23), date(2026, 12, 31)
    days = 0
    while day <= last:
        other = next(era for era in reversed(theirs) if era.since <= day)
        ours = era_of(day, ERAS)
        assert ours is not None
        assert (ours[0].name, ours[1]) == (other.kanji, day.year - other.since.year + 1), day
        day, days = day + timedelta(days=1), days + 1
    assert days == 57778


def test_every_day_comes_back_from_its_era_and_year() -> None:
    day = date(1868, 10, 23)
    while day <= date(2026, 12, 31):
        found = era_of(day, ERAS)
        assert found is not None
        assert year_of(*found) == day.year
        assert not is_past(found[0], day, day)
        day += timedelta(days=1)


@pytest.mark.parametrize("era", [era for era in ERAS if era.start is None], ids=lambda era: era.name)
def test_first_year_before_meiji_agrees_with_an_independent_table(era: object) -> None:
    """Theirs is the Gregorian year of the first day; ours the year it is counted as.

    A first day in January or February by the Gregorian calendar lies in the lunar year before.
    """
    theirs = [
        other
        for data in (japanera.ERA_DATA_GENERAL, japanera.ERA_DATA_DAIKAKUJI, japanera.ERA_DATA_JIMYOUIN)
        for other in data
        if other.kanji == era.name  # type: ignore[attr-defined]
    ]
    assert theirs
    years = {one.since.year - (one.since.month <= 2) for one in theirs} | {one.since.year for one in theirs}
    assert era.first_year in years  # type: ignore[attr-defined]


def test_no_era_of_the_independent_table_is_missing() -> None:
    data = (japanera.ERA_DATA_GENERAL, japanera.ERA_DATA_DAIKAKUJI, japanera.ERA_DATA_JIMYOUIN)
    theirs = {era.kanji for part in data for era in part} - {"不明"}  # their name for the years between eras
    assert theirs - {era.name for era in ERAS} == set()


def test_shared_and_parted_days() -> None:
    """大正 and 昭和 begin on the day the era before ends; 平成 and 令和 on the day after."""
    ends = {era.name: era.end for era in ERAS}
    starts = {era.name: era.start for era in ERAS}
    assert ends["明治"] == starts["大正"] == date(1912, 7, 30)
    assert ends["大正"] == starts["昭和"] == date(1926, 12, 25)
    assert (ends["昭和"], starts["平成"]) == (date(1989, 1, 7), date(1989, 1, 8))
    assert (ends["平成"], starts["令和"]) == (date(2019, 4, 30), date(2019, 5, 1))
    assert starts["明治"] == date(1868, 1, 25)
    assert ends["令和"] is None


@pytest.mark.parametrize(
    ("form", "name"),
    [
        *((name, name) for name in MODERN),
        *zip("明大昭平令", MODERN, strict=True),
        *zip("MTSHR", MODERN, strict=True),
        *zip("㍾㍽㍼㍻㋿", MODERN, strict=True),
        ("昭 和", "昭和"),
        ("慶應", "慶応"),
        ("\uf9a8和", "令和"),
        ("天平勝宝", "天平勝宝"),
    ],
)
def test_short_forms(form: str, name: str) -> None:
    era = find_era(form, ERAS)
    assert era is not None
    assert era.name == name


@pytest.mark.parametrize("form", ["", "和", "X", "平和", "昭和時代"])
def test_what_is_no_era(form: str) -> None:
    assert find_era(form, ERAS) is None


def test_a_user_may_add_an_era() -> None:
    added = Table(
        {"name": "新元", "short": ["新", "N"], "first_year": 2040, "start": date(2040, 4, 1)},
        "mine.toml: era",
    )
    era = find_era("N", load_eras((added,)))
    assert era is not None
    assert (era.first_year, era.start, era.end) == (2040, date(2040, 4, 1), None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            {"name": "新元", "first_year": 2040, "start": "2040-04-01", "end": "2040-03-31"},
            "ends before it starts",
        ),
        ({"name": "新元", "first_year": 2040, "last_year": 2039}, "ends before it starts"),
        ({"name": "新元", "first_year": "later"}, "invalid literal"),
        ({"name": "令和", "first_year": 2040}, "stands for"),
        ({"name": "新元", "short": ["R"], "first_year": 2040}, "stands for"),
        ({"first_year": 2040}, "name: is missing"),
        ({"name": "新元", "first_year": 2040, "colour": "red"}, "colour"),
    ],
    ids=[
        "end_before_start",
        "last_before_first",
        "no_number",
        "name_twice",
        "short_twice",
        "no_name",
        "unknown_key",
    ],
)
def test_a_bad_era_is_refused(row: dict[str, object], reason: str) -> None:
    with pytest.raises(RulesError, match=reason):
        load_eras((Table(row, "mine.toml: era"),))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("9", 9), ("26", 26), ("2014", 2014),
        ("元", 1), ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十六", 26), ("九十九", 99),
        ("廿", 20), ("廿五", 25), ("卅", 30), ("卅一", 31), ("〇", 0), ("一〇", 10), ("五一", 51),
        ("二〇一四", 2014), ("二千十四", 2014), ("千九百五十", 1950), ("千", 1000), ("百", 100), ("百五", 105),
        ("千八百六十八", 1868), ("一九八九", 1989), ("拾壱", 11), ("弐拾参", 23), ("零", 0), ("三〇", 30),
    ],
)  # fmt: skip
def test_numbers(text: str, number: int) -> None:
    assert parse_number(text, NUMERALS) == number


@pytest.mark.parametrize("text", ["", "十百", "二廿", "百千", "一二十三四十", "年", "1十", "十十", "廿廿"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text, NUMERALS) is None


def test_kanji_numerals_come_back() -> None:
    for number in range(1, 2200):
        assert parse_number(_in_units(number), NUMERALS) == number
        one_by_one = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        assert parse_number(one_by_one, NUMERALS) == number


def _in_units(number: int) -> str:
    """2014 as 二千十四."""
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        count, number = divmod(number, unit)
        if count:
            text += ("" if count == 1 else "一二三四五六七八九"[count - 1]) + sign
    return text + ("一二三四五六七八九"[number - 1] if number else "")
