"""Which of two readings of a text with columns is the better one: told by what its rows say.

Takes the text and the lines of a reading. Gives a verdict with a number of faults: rows without a date or a text,
several dates in one row, days that go back, dates and wide gaps left inside texts, lines of no table. Reads no rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline.model import Line
from pipeline.read.spacing_areawords import are_dates, may_be_date, opens_month, plain
from pipeline.read.spacing_tables import UNIT, is_date
from pipeline.read.spacing_tight import WORD, find_tight
from pipeline.read.spacing_years import YEAR_SAID, value_of, year_of

_BAND = re.compile(rf"[■□◆◇●○【〈<(\[ ]*(?:{YEAR_SAID.pattern}) *年度?[】〉>)\] ]*")
_UNITS = re.compile(r"[0-9元] *[年月日]")
_MONTH = re.compile(r"([0-9]{1,2}) *月")
_PERIOD = re.compile(r"[~、,・\-–から及]")
_PARTS = 2  # numbers of a date without its year
_NARROW = 0.1  # faults that two or three blanks inside a text are
_OPEN = 0.7  # faults that a period without its end is, which may stand in the next row
_BANDS = 3  # years above their days from which on they show that they stand so
_TIMED = re.compile(r"[0-9]{1,2} ?[:時] ?[0-9]{2}")
_TIMES = 2  # clock times for each day that stands alone, where days stand above their times
_LONELY = 2.0  # faults that a day without a text is
_LOST, _MOST_LOST = 2.0, 5.0  # faults that a row with a date less is, up to so many: it may have been torn
CLEARLY = 1.0  # faults
_OPENS_FISCAL = 4  # the month that a 年度 opens with
_FEW_DATES = 4  # lines of a cell
_SHORT = 8  # characters of a page's number, and of other lines that are none
_PLAIN = 2  # columns
_HARDLY, _FEW = 0.16, 0.25  # faults a row
_SEVERAL = 3  # columns, beyond which few faults are enough to show them
_MOSTLY = 0.6  # of the cells of a column of dates
_TIGHT = 3  # lines with a date and a text a blank apart
_TORN = 0.02  # of the rows
_MONTHS = 12
_MANY, _OTHERS = 6, 5  # dates with a month, and for each that is a day alone
_COUNTED = re.compile(
    r"[0-9]{1,2} ?\. ?[0-9]{1,2} ?\. ?[0-9]{1,2}(?![0-9.])"
)  # 19. 4. 1: its era was said before
_DAY_ALONE = re.compile(r"月? ?[0-9]{1,2} ?日")
_DIGIT = re.compile(r"[0-9元〃同]")
_NUMBER = re.compile(r"[0-9]{1,2}")
_GAP = re.compile(r"[^\s\u3000][ \u3000]{4,}[^\s\u3000]")
_BLANKS = re.compile(r"[^\s\u3000][ \u3000]{2,3}[^\s\u3000]")
_OPEN_PERIOD = re.compile(r"(?:[~]|から) *$")
_OLD_YEAR = re.compile(r"[^\W\d_]{2} ?(?:[0-9]{1,2}|元)")


@dataclass(slots=True)
class _Row:
    date: list[tuple[int, str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reading shows: its faults, the rows that have a date, all rows, the columns of its widest table, and torn dates."""

    faults: float
    dated: int
    rows: int
    columns: int
    torn: int = 0  # texts that open with a part of a date

    def is_good(self, clearly: float = CLEARLY) -> bool:
        """Whether its faults are so few that no other reading can be better by so many."""
        return self.faults <= clearly

    def is_better(self, other: Verdict, clearly: float = CLEARLY) -> bool:
        """Whether it shows fewer faults than the other by more than so many, a row with a date less counting as some."""
        if self.columns <= _PLAIN and other.dated >= self.dated:
            return False  # a date and a text a row: nothing is to be told but where dates stand
        lost = min(_MOST_LOST, _LOST * max(0, other.dated - self.dated))
        return self.faults + lost + clearly < other.faults

    def is_sure(self) -> bool:
        """Whether a text that seems to have no columns shows some in this reading, and hardly a fault."""
        few = _FEW if self.columns > _SEVERAL else _HARDLY
        return (self.columns > _PLAIN or self.torn <= _TORN * self.rows) and self.faults <= few * self.rows


def judge(text: str, lines: Sequence[Line]) -> Verdict:
    """What the reading shows."""
    said = [plain(text[line.span.start : line.span.end]) for line in lines]
    rows = list(_rows(lines, said))
    cells = [line.cell for line in lines if line.cell]
    rests = _count_rests(rows)
    return Verdict(
        _count_faults(rows) + _count_outside(text, lines) + _count_crowded(lines, said) + rests,
        sum(bool(row.date and row.text) and not _say_two_years(row) for row in rows) - rests,
        len({cell[:2] for cell in cells}),
        len({cell[2] for cell in cells}),
        sum(_is_torn(said) for row in rows for said in row.text),
    )


def _count_faults(rows: Sequence[_Row]) -> float:
    """The faults inside rows, days that go back from one to the next among them."""
    faults = 0.0
    alone = beside = 0  # years without a text, and with one
    lonely = timed = 0  # days without a text, and clock times
    year, last, first = 0, (0, 0), 1
    for row in rows:
        date = " ".join(said for _, said in sorted(row.date, key=lambda each: each[0]))
        body = " ".join(row.text)
        faults += _faults_of_row(date, row.text)
        said = year_of(date)
        rest = YEAR_SAID.sub(" ", date)
        carried, numbers = _numbers_of(rest)
        if carried and not said:
            last = (0, 0)
        if said:
            faults += 2.0 * (said < year)
            year, last, first = said, (0, 0), _OPENS_FISCAL if "度" in date else 1
        here = ((numbers[0] - first) % 12 + 1, numbers[1] if len(numbers) > 1 else 0) if numbers else (0, 0)
        if numbers and _MONTH.search(date) is None and len(numbers) == 1:
            continue  # a day alone, or a month
        if numbers and "翌" not in date:
            faults += here < last and not (here[1] == 0 and here[0] == last[0])
            last = here
        timed += _TIMED.search(date) is not None
        if numbers or not said:
            lonely += not body
        else:
            alone, beside = alone + (not body), beside + bool(body)
    is_habit = alone >= _BANDS and alone > beside  # years above their days
    lonely = 0 if timed > _TIMES * lonely else lonely  # days above their times
    return faults + _LONELY * (lonely + (beside if is_habit else alone))


def _numbers_of(rest: str) -> tuple[bool, list[int]]:
    """Whether the first number of a date is a year with its era left out (19. 4. 1, 57. 4), and its month and day."""
    numbers = [int(number) for number in _NUMBER.findall(rest)]
    is_counted = _COUNTED.search(rest) is not None
    is_carried = is_counted or (len(numbers) == 2 and numbers[0] > _MONTHS and "." in rest)
    return is_carried, numbers[1:3] if is_carried else numbers[:2]


def _count_rests(rows: Sequence[_Row]) -> int:
    """The rows with a day alone, where nearly all say their month: the rest of a date that was torn (～9月 / 8日)."""
    dates = [YEAR_SAID.sub(" ", " ".join(said for _, said in row.date)) for row in rows if row.text]
    months = sum(_MONTH.search(date) is not None for date in dates)
    rests = sum(_DAY_ALONE.fullmatch(date.strip(" ()")) is not None for date in dates)
    return rests if months >= max(_MANY, _OTHERS * rests) else 0


def _rows(lines: Sequence[Line], said: Sequence[str]) -> Iterator[_Row]:
    """The rows of all tables: what their columns of dates say, and their texts; none for the heads of columns.

    A year on a line of its own is a row, in a table or outside. Of a table without dates those rows count whose text
    opens with one: it was not read as the chronology that it is.
    """
    dates = _date_columns(lines, said)
    rows: dict[tuple[int, int], _Row] = {}
    for place, (line, words) in enumerate(zip(lines, said, strict=True)):
        if line.cell is None:
            if rows and _BAND.fullmatch(words.strip()):
                rows[-1, place] = _Row([(0, words)])
            continue
        table, number, column = line.cell
        row = rows.setdefault((table, number), _Row())
        if (table, column) in dates:
            row.date.append((column, words))
        else:
            row.text.append(words)
    dated = {table for (table, _), row in rows.items() if row.date}
    heads = set(dated)
    for (table, _), row in rows.items():
        if any(_DIGIT.search(words) for _, words in row.date):
            heads.discard(table)
        if table not in heads and (table in dated or _opens_dated(row.text[0])):
            yield row


def _opens_dated(said: str) -> bool:
    """Whether a text opens with a date and its units: 4 月 1 日 準備室を設置."""
    opening = takewhile(lambda each: may_be_date(each[1], each[0]), enumerate(said.split()))
    return _UNITS.search(" ".join(word for _, word in opening)) is not None


def _date_columns(lines: Sequence[Line], said: Sequence[str]) -> set[tuple[int, int]]:
    """The tables' columns that hold dates, from the left on."""
    counts: dict[tuple[int, int], list[int]] = {}
    for line, words in zip(lines, said, strict=True):
        if line.cell:
            own = counts.setdefault((line.cell[0], line.cell[2]), [0, 0])
            if not UNIT.fullmatch(words):
                own[0] += _are_dates(words)
                own[1] += 1
    found: set[tuple[int, int]] = set()
    for table, column in sorted(counts):
        dated, every = counts[table, column]
        if dated >= _MOSTLY * every and (column == 0 or (table, column - 1) in found):
            found.add((table, column))
    return found


def _are_dates(said: str) -> bool:
    """Whether a cell holds nothing but a date or a part of one: 慶長 5. 9, 〃, 30; not 第1回 総会."""
    if is_date(said) and (len(_NUMBER.findall(said)) > 1 or _OLD_YEAR.match(said)):
        return True
    return all(may_be_date(word, place) for place, word in enumerate(WORD.findall(said)))


def _faults_of_row(date: str, texts: Sequence[str]) -> float:
    faults = 0.0
    months = _MONTH.findall(date)
    years = list(YEAR_SAID.finditer(date))
    if len(months) > 1 and not _PERIOD.search(date):
        faults += len(months) - 1
    faults += _are_two(years, date)
    numbers = _NUMBER.findall(_COUNTED.sub("1.1", YEAR_SAID.sub(" ", date)))
    if not months and len(numbers) > _PARTS and not _PERIOD.search(date):
        faults += len(numbers) - _PARTS
    faults += _OPEN * bool(_OPEN_PERIOD.search(date))
    if texts and not date:
        faults += 1.0
    faults += sum(
        1.0 if _GAP.search(said) else _NARROW * (_BLANKS.search(said) is not None) for said in texts
    )
    return faults + sum(_is_torn(said) for said in texts)


def _are_two(years: Sequence[re.Match[str]], date: str) -> bool:
    """Whether a date says two years that are not the same, and is no period."""
    return len({value_of(found) for found in years}) > 1 and not _PERIOD.search(date)


def _say_two_years(row: _Row) -> bool:
    date = " ".join(said for _, said in row.date)
    return _are_two(list(YEAR_SAID.finditer(date)), date)


def _is_torn(said: str) -> bool:
    """Whether a text opens with a part of a date, which was cut into it."""
    return opens_month(said) > 0 or _leaks(said)


def _leaks(said: str) -> bool:
    """Whether a text opens with a number or a unit of its own, of a date that was cut into it."""
    words = WORD.findall(said)
    return len(words) > 1 and bool(_NUMBER.fullmatch(words[0]) or UNIT.fullmatch(words[0]))


def _count_outside(text: str, lines: Sequence[Line]) -> int:
    """The lines of no table between the first and the last one of one, page numbers left out; and those left below it.

    Below it only lines with a date and a text a gap apart count, or several a blank apart: a page of the table that was
    not read as one.
    """
    held = [place for place, line in enumerate(lines) if line.cell]
    if not held:
        return len(lines)
    said = [
        text[line.span.start : line.span.end].strip() if line.cell is None and not line.role else ""
        for line in lines[held[0] :]
    ]
    last = held[-1] - held[0]
    inside = sum(len(line) > _SHORT and not _BAND.fullmatch(plain(line)) for line in said[:last])
    tight = sum(find_tight(line) > 0 for line in said[last:])
    return inside + max(tight if tight >= _TIGHT else 0, sum(_is_row(line) for line in said[last:]))


def _count_crowded(lines: Sequence[Line], said: Sequence[str]) -> int:
    """The dates of cells that hold many, as where no row of the table was told; a period over lines is a few."""
    held = Counter(
        line.cell for line, words in zip(lines, said, strict=True) if line.cell and are_dates(words)
    )
    return sum(count - _FEW_DATES for count in held.values() if count > _FEW_DATES)


def _is_row(line: str) -> bool:
    """Whether a line opens with a date, and a gap parts it from what follows."""
    found = _GAP.search(line)
    date = plain(line[: found.start() + 1]) if found else ""
    return bool(_DIGIT.search(date)) and are_dates(date)
