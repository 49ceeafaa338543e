"""Reads the parts of a date at the beginning of a row, and tells its bare numbers by their order and their place.

Takes a row's text, then the parts of all rows. Gives each `Part` its role. `1933     7   3` below
`1926  昭和   2   8   7` is year and month, for they stand where those of the row above do. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median

from pipeline import chars

ROLES = ("western", "era", "year", "month", "day")
_BLANKS = re.compile(r"[ \u3000]*")
_TOKEN = re.compile(
    r"(?P<western>[(（]?[12１２][0-9０-９]{3}年?[)）]?)"
    r"|(?P<era>明治|大正|昭和|平成|令和|[明大昭平令](?=[ \u3000]*[0-9０-９元])|[MTSHRＭＴＳＨＲ](?=[ \u3000]*[0-9０-９]))[.．]?"
    r"|(?P<number>[0-9０-９]{1,2}|元)(?P<open>[~～〜-](?:(?:[0-9０-９]{1,2}[.．])?[0-9０-９]{1,2})?|(?:[・、,，][0-9０-９]{1,2})+|頃|ごろ|ころ)?(?:(?P<unit>[年月日]|[.．](?=[ \u3000]*[0-9０-９]))| (?P<apart>[年月日])(?=[ \u3000]|$))?"
    r"|(?P<word>同日|[上中下初]旬|[末頃春夏秋冬]|中頃|半ば)(?=[ \u3000]|$)"
    r"|(?P<ditto>[〃″”仝])(?=[ \u3000]|$)"
)
_GOES_ON = re.compile(r"[0-9０-９]{1,2}[月日]|[~～〜]")
_FAR = 4  # places by which one may where no other column is near
NEAR = 2  # places by which a number may stand beside its column


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a date in a row: what it is ("" for a number that its place must tell) and where it stands."""

    role: str
    start: int
    end: int
    has_unit: bool = False
    has_dot: bool = False
    is_ditto: bool = False  # as above: it may stand for an era or a western year too


def read_parts(text: str) -> tuple[tuple[Part, ...], int] | None:
    """The parts of a date at the beginning of a row, and where the text behind them begins; None where there is none."""
    parts: list[Part] = []
    place = _BLANKS.match(text).end()  # type: ignore[union-attr]
    end = place
    while len(parts) < len(ROLES) and (token := _TOKEN.match(text, place)):
        part = _part(token, parts)
        behind = _BLANKS.match(text, token.end()).end()  # type: ignore[union-attr]
        is_closed = behind > token.end() or behind == len(text)
        joined = token["era"] or token["unit"] or token["apart"]
        if part is None or not (is_closed or joined):
            break
        parts.append(part)
        place = behind
        if is_closed:
            end = behind
    kept = tuple(part for part in parts if part.end <= end)
    if _GOES_ON.match(text, end):
        return None  # 8月 1日～ 8月31日
    return (kept, end) if len(kept) > 1 or (kept and end < len(text) and kept[0].start > 0) else None


def _part(token: re.Match[str], before: Sequence[Part]) -> Part | None:
    """The part that this token is; None where it cannot stand behind those before it."""
    said = [ROLES.index(part.role) for part in before if part.role]
    last = max(said, default=-1)
    unit = chars.fold(token["unit"] or token["apart"] or "").text
    if token["western"]:
        role = "western"
    elif token["era"]:
        role = "era"
    elif unit in ("年", "月", "日"):
        role = {"年": "year", "月": "month", "日": "day"}[unit]
    else:
        role = "year" if before and before[-1].role == "era" else ""
    if role and (
        ROLES.index(role) <= last or (role in ("western", "era") and any(not part.role for part in before))
    ):
        return None
    end = token.end("number") if unit == "." else token.end()
    return Part(role, token.start(), end, unit in ("年", "月", "日"), unit == ".", bool(token["ditto"]))


def tell_by_order(dates: Sequence[tuple[Part, ...]]) -> list[tuple[Part, ...]]:
    """The dates with their last numbers told, where these are as many as can follow the part before them.

    Where no date has that many, a number behind a year is its month.
    """
    said = {part.role for parts in dates for part in parts}
    has_era = "era" in said
    kept = [role for role in ROLES if role in said or role in ROLES[2:]]
    dates = [_name_dittos(parts, kept) for parts in dates]
    whole = [_name_numbers(parts, has_era, is_whole=True) for parts in dates]
    if any(told != parts for told, parts in zip(whole, dates, strict=True)):
        return whole
    return [_name_numbers(parts, has_era, is_whole=False) for parts in dates]


def _name_dittos(parts: tuple[Part, ...], roles: Sequence[str]) -> tuple[Part, ...]:
    """The parts with their roles told, where a sign for `as above` stands for the era and no part is left out."""
    known = [part for part in parts if part.role]
    open_parts = parts[len(known) :]
    behind = roles[roles.index(known[-1].role) + 1 if known else 0 :]
    if len(open_parts) != len(behind) or any(part.role for part in open_parts):
        return parts
    told = tuple(replace(part, role=role) for part, role in zip(open_parts, behind, strict=True))
    misplaced = any(part.role in ROLES[:2] and not part.is_ditto for part in told)
    return parts if misplaced or not open_parts or behind[0] not in ROLES[:2] else (*known, *told)


def _name_numbers(parts: tuple[Part, ...], has_era: bool, is_whole: bool) -> tuple[Part, ...]:
    """The parts with the numbers at their end named after the last part that is known."""
    known = [part for part in parts if part.role]
    numbers = parts[len(known) :]
    if not numbers or any(part.role for part in numbers) or not (known or has_era):
        return parts
    if numbers[0].is_ditto and has_era and (not known or known[-1].role == "western"):
        return parts  # it may stand for the era or for the year
    behind = ROLES[max(2 if has_era else 3, ROLES.index(known[-1].role) + 1 if known else 0) :]
    if len(numbers) != len(behind) and (is_whole or behind[:1] != ("month",)):
        return parts
    return (*known, *(replace(part, role=role) for part, role in zip(numbers, behind, strict=False)))


def find_columns(
    dates: Iterable[tuple[Sequence[int], tuple[Part, ...]]],
) -> dict[str, tuple[float, float]]:
    """Where the known parts of each role start and end, in the middle."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for places, parts in dates:
        for part in parts:
            if part.role:
                seen.setdefault(part.role, []).append((places[part.start], places[part.end]))
    return {
        role: (median(start for start, _ in spans), median(end for _, end in spans))
        for role, spans in seen.items()
    }


def tell_by_place(
    parts: tuple[Part, ...], places: Sequence[int], columns: Mapping[str, tuple[float, float]]
) -> tuple[Part, ...] | None:
    """The parts with all roles told, in their order and each near its column; None where they stand elsewhere.

    Numbers of one digit stand further from their column where it is set to the right; then one way must be the only one.
    """
    open_parts = [part for part in parts if not part.role]
    if not open_parts:
        return parts
    taken = {part.role for part in parts}
    free = [role for role in ROLES if role in columns and role not in taken]
    ways: list[
        tuple[float, float, tuple[str, ...]]
    ] = []  # how far the parts stand off in all, and the furthest
    for roles in combinations(free, len(open_parts)):
        if any(role in ROLES[:2] and not part.is_ditto for part, role in zip(open_parts, roles, strict=True)):
            continue
        places_off = [away(part, places, columns[role]) for part, role in zip(open_parts, roles, strict=True)]
        if max(places_off) <= _FAR:
            ways.append((sum(places_off), max(places_off), roles))
    near = [way for way in ways if way[1] <= NEAR] or (ways if len(ways) == 1 else [])
    if not near:
        return None
    names = iter(min(near, key=lambda way: way[0])[2])
    told = tuple(part if part.role else replace(part, role=next(names)) for part in parts)
    order = [ROLES.index(part.role) for part in told]
    return told if order == sorted(order) else None


def away(part: Part, places: Sequence[int], column: tuple[float, float]) -> float:
    """How far the part stands from its column: by its left edge or its right one, whichever fits."""
    return min(abs(places[part.start] - column[0]), abs(places[part.end] - column[1]))
