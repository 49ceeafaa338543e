"""A date whose parts stand in columns of their own: 西暦, 元号, 年, 月, 日.

Takes the cells' texts by part, the context, and the date rules. Gives a Found without offsets.
Reads rules/dates.toml (the signs for ditto) and what parse/dates reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline import chars
from pipeline.model import Text
from pipeline.parse.date_cells import parse_date
from pipeline.parse.date_numbers import parse_number
from pipeline.parse.date_said import Found, Said
from pipeline.rules.dates import DateRules

PARTS = ("western_year", "era", "era_year", "year", "month", "day", "date")


def parse_parts(parts: Mapping[str, str], said: Said, rules: DateRules) -> Found | None:
    """The date of one row; an empty cell, 〃 or 同 carries the value above.

    Keys are among PARTS; `year` is a column 年, of an era or not; `date` one with month and day.
    None where all cells are empty or they make no date. Findings have no place: the cells are not one text.
    """
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        raise ValueError(f"no such part of a date: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    cells = {name: chars.clean(text) for name, text in parts.items()}
    if not any(cells.values()):
        return None
    ditto = set(rules.words["ditto"]) | set(rules.words["same"])
    shown = {name: ("" if text in ditto else text) for name, text in cells.items()}
    written = _year_text(shown, said, rules) + _month_and_day_text(shown, rules)
    if not written:
        written = rules.words["ditto"][0]
    found = parse_date(written, said, rules)
    if found is None:
        return None
    text = Text(" ".join(cells[name] for name in parts if cells[name]))
    value = replace(found.value, text=text)
    findings = tuple(replace(finding, start=None, end=None) for finding in found.findings)
    after = found.said.but(last=value) if value.edtf is not None else found.said
    return replace(found, start=0, end=0, value=value, said=after, findings=findings, weekdays=())


def _year_text(cells: Mapping[str, str], said: Said, rules: DateRules) -> str:
    """The year as a running text would say it, or "" where it is carried."""
    western, era = cells.get("western_year", ""), cells.get("era", "")
    count = cells.get("era_year", "")
    year = cells.get("year", "")
    if year and not count and _number(year, rules) is not None and len(year) < 4:
        count, year = year, ""
    by_era = _with_unit(era + count, "年", rules, force=bool(count)) if era or count else ""
    if count and not era and said.era is not None and _number(count.rstrip("年"), rules) is not None:
        by_era = said.era.name + by_era
    by_calendar = _with_unit(western or year, "年", rules) if western or year else ""
    if (
        by_calendar
        and by_era
        and any(sign.isdigit() or sign in rules.numerals or sign == "元" for sign in by_era)
    ):
        return f"{by_calendar}（{by_era}）"
    return by_calendar or by_era


def _month_and_day_text(cells: Mapping[str, str], rules: DateRules) -> str:
    month = _with_unit(cells.get("month", ""), "月", rules)
    day = _with_unit(cells.get("day", ""), "日", rules)
    return month + day + cells.get("date", "")


def _with_unit(text: str, unit: str, rules: DateRules, *, force: bool = False) -> str:
    """The text with its unit, where it ends in a number: 4～6 gives 4～6月, 上旬 stays."""
    text = text.rstrip(". ")
    if not text or text.endswith(unit):
        return text
    last = text[-1]
    if force or last.isdigit() or last in rules.numerals or last == "元":
        return text + unit
    return text


def _number(text: str, rules: DateRules) -> int | None:
    return parse_number(text, rules.numerals)
