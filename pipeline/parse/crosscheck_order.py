"""Cross-checks of order: entries by date, running numbers, numbers of a list, entries said twice.

Each function takes Facts and gives findings. Reads rules/checks.toml.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Event, Text
from pipeline.parse.crosscheck_facts import Facts

_MOST_OUT_OF_ORDER = 0.06  # of all entries; more than that is another way to order them
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUMBERED = regex.compile(r"[(（]?([0-9]{1,2})[)）.．]?")
_QUOTED = regex.compile(r"[(（][^()（）]*[)）]|「[^「」]*」|『[^『』]*』|“[^“”]*”|※.*|～[^～]*～?$")


@dataclass(frozen=True, slots=True)
class _Unit:
    """An entry, or all numbers of one entry together: its first event and the days it covers."""

    event: int
    start: date
    end: date


def _units(facts: Facts) -> list[_Unit]:
    units: list[_Unit] = []
    before: Event | None = None
    for index, event in enumerate(facts.reading.events):
        start = event.date.start
        together = before is not None and event.number is not None and before.number is not None
        together = (
            together and event.parent is not None and before is not None and event.parent == before.parent
        )
        if start is not None:
            end = event.date.end or start
            if together and units:
                last = units[-1]
                units[-1] = _Unit(last.event, min(last.start, start), max(last.end, end))
            else:
                units.append(_Unit(index, start, end))
        before = event
    return units


def check_entry_order(facts: Facts) -> Iterator[Finding]:
    """An entry that is dated before the entries above it though all others go up (or after, where they go down)."""
    units = _units(facts)
    if len(units) < 3:
        return
    rising = _longest_rising([unit.start for unit in units])
    falling = _longest_rising([unit.start for unit in reversed(units)])
    is_rising = len(rising) >= len(falling)
    kept = rising if is_rising else {len(units) - 1 - place for place in falling}
    left = [place for place in range(len(units)) if place not in kept]
    if len(left) > max(1, _MOST_OUT_OF_ORDER * len(units)):
        return
    for place in (place for place in left if place - 1 not in left):  # the first of those that stand together
        unit = units[place]
        others = [units[near] for near in (_near(kept, place, -1), _near(kept, place, 1)) if near is not None]
        other = next((other for other in others if unit.end < other.start or other.end < unit.start), None)
        if other is None or not _is_wrong(unit, other, is_rising):
            other = next((other for other in others if _is_wrong(unit, other, is_rising)), None)
        if other is None:
            continue
        event, near = facts.reading.events[unit.event], facts.reading.events[other.event]
        message = (
            f"line {event.line_first}: the entry of {event.date.edtf} stands "
            f"{'behind' if other.event < unit.event else 'before'} the entry of {near.date.edtf}, line {near.line_first}; "
            f"the others run {'from old to new' if is_rising else 'from new to old'}"
        )
        yield facts.find("entry_out_of_order", message, event.date.text.spans, unit.event)


def _is_wrong(unit: _Unit, other: _Unit, rising: bool) -> bool:
    """Whether the two do not overlap and stand the wrong way round."""
    first, second = (unit, other) if unit.event < other.event else (other, unit)
    return second.end < first.start if rising else first.end < second.start


def _near(kept: set[int], place: int, step: int) -> int | None:
    place += step
    while place not in kept:
        if place < 0 or place > max(kept):
            return None
        place += step
    return place


def _longest_rising(days: Sequence[date]) -> set[int]:
    """The places of the longest run of days, gaps allowed, that never goes down."""
    tails: list[date] = []
    places: list[int] = []
    before: list[int] = []
    for place, day in enumerate(days):
        length = bisect_right(tails, day)
        before.append(places[length - 1] if length else -1)
        if length == len(tails):
            tails.append(day)
            places.append(place)
        else:
            tails[length], places[length] = day, place
    kept: set[int] = set()
    at = places[-1] if places else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a series: which headline says it, and when."""

    event: int
    text: Text
    series: str
    number: int
    day: date
    fiscal_said: bool
    through: bool


def check_running_number(facts: Facts) -> Iterator[Finding]:
    """A number of a series that is said twice, goes down, or leaves one out (第４号 after 第３号)."""
    series: dict[str, list[_Number]] = {}
    for number in _numbers(facts):
        series.setdefault(number.series, []).append(number)
    for numbers in series.values():
        yield from _check_series(facts, sorted(numbers, key=lambda number: number.day))


def _numbers(facts: Facts) -> Iterator[_Number]:
    rules = facts.rules.checks.running
    counters = "|".join(regex.escape(word) for word in rules.counters)
    pattern = regex.compile(rf"第([0-9]{{1,4}})({counters})|({'|'.join(map(regex.escape, rules.first))})")
    fiscal = regex.compile(r"^[「『]?(?:[^0-9]{0,2}(?:[0-9]{1,4}|元))年度")
    for index, event in enumerate(facts.reading.events):
        heading = event.parent or event.headline
        if event.parent and index and facts.reading.events[index - 1].parent == event.parent:
            continue  # one entry that numbers its dates
        key = chars.key(heading.value)
        match = pattern.search(_QUOTED.sub("", key))
        if match is None or event.date.start is None or any(word in key for word in rules.not_with):
            continue
        bare = _QUOTED.sub("", key)
        counter = match[2] or rules.through[0]
        counter = "号" if match[3] else counter
        said = fiscal.match(bare)
        name = fiscal.sub("", bare[: match.start()]) + f"第#{counter}" + bare[match.end() :]
        for word in rules.dropped:
            name = name.replace(word, "")
        number = int(match[1]) if match[1] else 1
        body = name.replace(f"第#{counter}", "")
        if (not body and counter not in rules.through) or body in rules.generic:
            continue  # 第３回委員会 of which body?
        yield _Number(index, heading, name, number, event.date.start, bool(said), counter in rules.through)


def _check_series(facts: Facts, numbers: Sequence[_Number]) -> Iterator[Finding]:
    steps = [after.number - before.number for before, after in pairwise(numbers)]
    for before, after in pairwise(numbers):
        if before.day == after.day or _may_begin_anew(before, after) or after.number == before.number + 1:
            continue
        if after.number == before.number:
            code, what = "running_number_repeats", "the number is the same"
            if _brackets(before) != _brackets(after):  # perhaps two parts or two places of one
                code = "running_number_may_repeat"
        elif after.number < before.number:
            code, what = "running_number_falls", "the number goes down"
        else:
            code = (
                "running_number_skips" if sum(step == 1 for step in steps) > 1 else "running_number_may_skip"
            )
            what = "a number between them is not here"
        message = (
            f"line {facts.line(_start(after.text))}: {after.text.value}; the one before it, "
            f"line {facts.line(_start(before.text))}, is {before.text.value}: {what}"
        )
        yield facts.find(code, message, after.text.spans, after.event)


def _brackets(number: _Number) -> list[str]:
    return [chars.key(part) for part in _QUOTED.findall(chars.key(number.text.value))]


def _start(text: Text) -> int | None:
    return text.spans[0].start if text.spans else None


def _may_begin_anew(before: _Number, after: _Number) -> bool:
    """Whether the series may have begun anew between the two: with the fiscal year, or with the calendar year."""
    if after.through:
        return False
    same_fiscal = _fiscal(before.day) == _fiscal(after.day)
    return not same_fiscal or not (after.fiscal_said or before.day.year == after.day.year)


def _fiscal(day: date) -> int:
    return day.year - (day.month < 4)


def check_list_numbers(facts: Facts) -> Iterator[Finding]:
    """A list inside an entry whose numbers repeat or skip (① ② ③ ③ ④)."""
    for index, event in enumerate(facts.reading.events):
        open_lists: dict[str, list[tuple[int, Text]]] = {}
        for detail in event.details:
            read = _marker_number(detail.marker)
            if read is None or detail.marker is None:
                continue
            style, number = read
            lists = open_lists.setdefault(style, [])
            if number == 1:
                lists.append((1, detail.marker))
                continue
            place = next((at for at in reversed(range(len(lists))) if lists[at][0] == number - 1), None)
            if place is None:
                yield from _list_finding(
                    facts, index, lists[-1] if lists else None, number, detail.marker, detail.text
                )
                place = len(lists) - 1
            del lists[max(place, 0) :]
            lists.append((number, detail.marker))


def _list_finding(
    facts: Facts, index: int, last: tuple[int, Text] | None, number: int, marker: Text, text: Text
) -> Iterator[Finding]:
    line = facts.line(marker.spans[0].start if marker.spans else None)
    said = f"line {line}: {marker.value}{text.value[:30]}"
    if last is None:
        yield facts.find(
            "list_number_starts_late", f"{said}: the list starts with {number}", marker.spans, index
        )
        return
    before = f"the number before it, line {facts.line(last[1].spans[0].start if last[1].spans else None)}, is {last[1].value}"
    code = "list_number_repeats" if number <= last[0] else "list_number_skips"
    yield facts.find(code, f"{said}: {before}; expected {last[0] + 1}", marker.spans, index)


def _marker_number(marker: Text | None) -> tuple[str, int] | None:
    """The style of a numbered marker and its number: ③ is circled 3, (2） and （２） are alike."""
    if marker is None:
        return None
    sign = chars.fold(marker.value).text.strip()
    if len(sign) == 1 and sign in _CIRCLED:
        return "circled", _CIRCLED.index(sign) + 1
    match = _NUMBERED.fullmatch(sign)
    if not match:
        return None
    return ("bracketed" if sign[0] in "(（" else f"plain{sign[len(match[1]) :]}"), int(match[1])


def check_entry_repeated(facts: Facts) -> Iterator[Finding]:
    """An entry that says the same as another of the same date, word for word."""
    seen: dict[tuple[str | None, str, str], int] = {}
    for index, event in enumerate(facts.reading.events):
        key = (event.date.edtf, event.parent.value if event.parent else "", chars.key(event.text))
        if event.date.edtf and event.text and key in seen:
            first = facts.reading.events[seen[key]]
            message = f"line {event.line_first}: the entry of {event.date.edtf} says the same as that of line {first.line_first}"
            yield facts.find("entry_repeated", message, event.headline.spans, index)
        seen.setdefault(key, index)
