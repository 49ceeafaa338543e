"""What each column of a table holds, told by the words of its head and by what its cells look like.

Takes the rows below the head and the roles that the head names. Gives a role for every column.
Reads rules/layout.toml (ditto) and, through parse/dates, rules/dates.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline import chars
from pipeline.parse.date_repeats import WEEKDAY_ALONE
from pipeline.parse.dates import Said, find_year_heading, parse_date
from pipeline.parse.loose_parts import PARTS, find_loose
from pipeline.parse.old_years import are_years
from pipeline.parse.sheet import Row, join_pieces
from pipeline.rules.load import Rules

_PARTS = ("western", "era", "year", "month", "day", "time", "weekday", "number")
_FEWEST_PARTS = 3  # columns side by side that make a date written in parts
_WESTERN = re.compile(r"[(（]?(1[0-9]|20)[0-9]{2}年?[)）]?")
_SMALL = re.compile(r"([0-9]{1,2}|元|[一二三四五六七八九十〇]{1,3})[年月日.]?")
_ERA_YEAR = re.compile(r"[^\W\d_]{1,2} ?(?:[0-9]{1,2}|元) ?年?(?: ?[(（][12][0-9]{3} ?年?[)）])?")
_MONTH_DAY = re.compile(r"[0-9]{1,2}月|同[月日]|〃")
_UNIT_APART = re.compile(r"([0-9元]) ([年月日])")  # 29 年
_WITH_MONTH = re.compile(r"[0-9元] ?年度? ?[0-9]{1,2} ?月|[0-9] ?[./-] ?[0-9]{1,2} ?[./-] ?[0-9]")
DATE_ROLES = (PARTS, "western", "era", "era_year", "year", "month", "day", "date", "time", "weekday")
YEAR_ROLES = ("western", "era", "era_year", "year")
CLOCK = re.compile(r"((午前|午後) ?)?[0-9]{1,2} ?[:：時] ?[0-9]{0,2}分?( ?[~～〜頃].*)?")
FEWEST_CLOCKS = 3  # cells of a column
IN_A_YEAR = Said(year=2000, heading=2000, dotted="md")
LIKELY = 0.6  # share of a column's cells that must look alike


def settle_roles(
    body: Sequence[Row], width: Sequence[int], named: Mapping[int, str], below_year: bool, rules: Rules
) -> dict[int, str]:
    """A role for each column: what the head says, else what its cells look like; text where nothing tells.

    `below_year`: a line above the table says the year of its months and days.
    """
    loose = find_loose(body, width, bool({"year", "western"} & set(named.values())), rules)
    if loose:
        return {column: PARTS if column in loose else "text" for column in width}
    named = _without_loose_names(body, width, named, rules)
    roles = {column: _as_filled(body, column, role, rules) for column, role in named.items()}
    last_date = max((column for column, role in named.items() if role in DATE_ROLES), default=-1)
    for column in width:
        if column not in roles:
            guess = _guess(body, column, roles, below_year, rules)
            after_text = any(role == "text" and place < column for place, role in roles.items())
            is_late = named and (
                after_text or (column > last_date >= 0 and roles.get(column - 1) not in YEAR_ROLES)
            )
            roles[column] = "text" if guess in DATE_ROLES and is_late else guess
    for column in width[:-1]:  # 昭和29年 | 4月: what looks like a date beside a month is its year
        if roles[column] != "date" or column in named:
            continue
        behind = roles.get(column + 1)
        if behind == "month" or (behind == "date" and _are_years_alone(body, column, rules)):
            roles[column] = "era_year"
    return _keep_leading_dates(_among_years(roles), named)


def _among_years(roles: dict[int, str]) -> dict[int, str]:
    """The roles with `era_year` for a column of dates between those of years, with months behind: parts of years in it."""
    years = [column for column, role in roles.items() if role in YEAR_ROLES]
    if "month" not in roles.values() or not years:
        return roles
    return {
        column: "era_year" if role == "date" and min(years) < column < max(years) else role
        for column, role in roles.items()
    }


def _without_loose_names(
    body: Sequence[Row], width: Sequence[int], named: Mapping[int, str], rules: Rules
) -> Mapping[int, str]:
    """The names without those of a run of date parts that one word heads: 和暦 over 昭和 | 29, 月日 over 4 | 1."""
    named = {column: role for column, role in named.items() if not _heads_years(body, column, role, named)}
    run: list[int] = []
    for column in width:
        cells = _packed(body, column)
        parts = sum(
            bool(_SMALL.fullmatch(cell) or _WESTERN.fullmatch(cell)) or is_era(cell, rules) for cell in cells
        )
        if not cells or parts < LIKELY * len(cells):
            break
        run.append(column)
    loose = any(named.get(column, "date") not in _PARTS for column in run)
    if len(run) < _FEWEST_PARTS or not loose or not any(column in named for column in run):
        return named
    return {column: role for column, role in named.items() if column not in run}


def _heads_years(body: Sequence[Row], column: int, role: str, named: Mapping[int, str]) -> bool:
    """Whether one head of whole dates (年月日) stands over years, with their months and days in the next column."""
    if role != "date" or column + 1 in named:
        return False
    years, days = _packed(body, column), _packed(body, column + 1)
    are_years = sum(bool(_ERA_YEAR.fullmatch(cell) or _WESTERN.fullmatch(cell)) for cell in years)
    are_days = sum(bool(_MONTH_DAY.match(cell)) for cell in days)
    return bool(years and days) and are_years >= LIKELY * len(years) and are_days >= LIKELY * len(days)


def _folded(body: Sequence[Row], column: int) -> list[str]:
    """What the filled cells of a column say, folded."""
    return [chars.fold(join_pieces(row.cell(column)).text).text for row in body if row.cell(column)]


def _packed(body: Sequence[Row], column: int) -> list[str]:
    """The same without blanks."""
    return ["".join(cell.split()) for cell in _folded(body, column)]


def _as_filled(body: Sequence[Row], column: int, role: str, rules: Rules) -> str:
    """The role that the head gives, but a whole date where 西暦 or 和暦 stands above whole dates."""
    if role not in YEAR_ROLES:
        return role
    cells = _folded(body, column)
    years = sum(
        find_year_heading(cell, Said(), rules.dates) is not None and not is_era(cell, rules) for cell in cells
    )
    if role == "era" and cells and years >= LIKELY * len(cells):
        return "era_year"  # 年号 over 昭和22年
    whole = sum(bool(_WITH_MONTH.search(cell)) for cell in cells)
    return "date" if cells and whole >= LIKELY * len(cells) else role


def _keep_leading_dates(roles: dict[int, str], named: Mapping[int, str]) -> dict[int, str]:
    """Guessed date columns count only as one run: a later column with dates is text of the entry."""
    kept: dict[int, str] = {}
    seen = closed = False
    for column in sorted(roles):
        role = roles[column]
        if role in DATE_ROLES and column not in named and closed:
            role = "text"
        closed = closed or (seen and role not in DATE_ROLES)
        seen = seen or role in DATE_ROLES
        kept[column] = role
    return kept


def _guess(body: Sequence[Row], column: int, roles: Mapping[int, str], below_year: bool, rules: Rules) -> str:
    cells = [cell.strip() for cell in _folded(body, column)]
    cells = [cell for cell in cells if chars.key(cell) not in rules.layout.ditto]
    cells = [_UNIT_APART.sub(r"\1\2", cell) for cell in cells]
    if not cells:
        return "text"
    enough = LIKELY * len(cells)
    if are_years(cells) >= enough:
        return "western"
    clocks = count_clocks(cells)
    if clocks >= enough:
        return "time"
    if sum(bool(WEEKDAY_ALONE.fullmatch(cell)) for cell in cells) >= len(cells):
        return "weekday" if "date" in roles.values() or "day" in roles.values() else "text"
    if sum(bool(_SMALL.fullmatch(cell)) for cell in cells) >= enough:
        part = _next_part(cells, roles)
        if part not in ("text", "number") or not {cell[-1] for cell in cells} & set("月日"):
            return part
    if sum(is_era(cell, rules) for cell in cells) >= enough:
        return "era"
    if sum(bool(_ERA_YEAR.fullmatch(cell)) for cell in cells) >= enough and _is_small(body, column + 1):
        return "era_year"
    below_years = (
        below_year
        or clocks >= FEWEST_CLOCKS
        or any(role in YEAR_ROLES for role in roles.values())
        or (roles.get(column - 1) == "date" and _are_years_alone(body, column - 1, rules))
    )
    if clocks + _count_dates(cells, below_years, rules) >= 0.5 * len(cells):
        return "date"
    return "text"


def count_clocks(cells: Sequence[str]) -> int:
    """How many of the cells are clock times; several show that the days among them are of one year, said elsewhere."""
    return sum(bool(CLOCK.fullmatch(chars.fold(cell).text.strip())) for cell in cells)


def _are_years_alone(body: Sequence[Row], column: int, rules: Rules) -> bool:
    """Whether a column of dates says years and nothing finer, so that the one behind it says the months."""
    cells = [join_pieces(row.cell(column)).text for row in body if row.cell(column)]
    found = [
        find_year_heading(cell, IN_A_YEAR, rules.dates) or parse_date(cell, IN_A_YEAR, rules.dates)
        for cell in cells
    ]
    years = sum(each is not None and each.only_year for each in found)
    return bool(cells) and years >= LIKELY * len(cells)


def _is_small(body: Sequence[Row], column: int) -> bool:
    """Whether a column holds small numbers, as months do behind 昭和47."""
    cells = [cell.strip() for cell in _folded(body, column)]
    return bool(cells) and sum(bool(_SMALL.fullmatch(cell)) for cell in cells) >= LIKELY * len(cells)


def _next_part(cells: Sequence[str], roles: Mapping[int, str]) -> str:
    """Which part of a date a column of small numbers is, after the columns before it."""
    said = set(roles.values())
    highest = max(
        (int(cell.rstrip("年月日.")) for cell in cells if cell.rstrip("年月日.").isdecimal()), default=0
    )
    marks = {cell[-1] for cell in cells if cell[-1] in "年月日"}
    if len(marks) == 1:
        return {"年": "year", "月": "month", "日": "day"}[marks.pop()]
    if "era" in said and "year" not in said:
        return "year"
    if ("western" in said or "year" in said or "era_year" in said) and "month" not in said and highest <= 12:
        return "month"
    if "month" in said and "day" not in said and highest <= 31:
        return "day"
    return "number" if not said else "text"


def is_era(cell: str, rules: Rules) -> bool:
    """Whether the cell holds the name of an era and nothing else."""
    text = cell.strip("（）()【】[] ")
    if not text or len(text) > 4 or any(sign.isdigit() for sign in text):
        return False
    found = find_year_heading(f"{text}2年", Said(), rules.dates)
    return found is not None and found.value.edtf is not None and not found.findings


def _count_dates(cells: Sequence[str], below_years: bool, rules: Rules) -> int:
    """How many of the cells are dates, each read with what the ones above it, or a year beside it, said."""
    said, count = (IN_A_YEAR if below_years else Said()), 0
    for cell in cells:
        found = parse_date(cell, said, rules.dates) or find_year_heading(cell, said, rules.dates)
        if found is not None:
            said = found.said
            count += 1
    return count
