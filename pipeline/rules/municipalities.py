"""Every municipality and prefecture with its code, from rules/municipalities.csv and .toml.

A code is five digits and a check digit: 11 less the weighted sum (6, 5, 4, 3, 2) modulo 11,
its last digit. Every code is checked when the file is loaded; RulesError names the row.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pipeline.errors import RulesError
from pipeline.rules.table import Table

PREFECTURE, SPECIAL_WARD, CITY_WARD = "prefecture", "special_ward", "city_ward"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality, a ward or a prefecture; `until` is the first day it had this name no more."""

    name: str
    prefecture: str
    code: str
    kind: str  # prefecture | city | town | village | special_ward | city_ward
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Mentions:
    """What is no mention of a municipality although its name stands there, and what settles one."""

    associations: tuple[str, ...]
    other_bodies: tuple[str, ...]
    goes_on: tuple[str, ...]
    departments: tuple[str, ...]
    state_offices: tuple[str, ...]
    legal_forms: tuple[str, ...]
    not_before: tuple[str, ...]
    makes_another: str
    may_precede: tuple[str, ...]
    special_ward_words: tuple[str, ...]  # of a document
    special_ward_words_of_entry: tuple[str, ...]
    short_goes_on: tuple[str, ...]
    district_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names: as written to the bodies that bear them."""

    names: Mapping[str, tuple[Municipality, ...]]
    prefectures: Mapping[str, Municipality]  # 青森県 and, without its suffix, 青森
    ward_cities: Mapping[str, tuple[Municipality, ...]]  # 中央区 to the wards of designated cities
    districts: Mapping[str, str]  # 釧路 to 北海道
    ends: frozenset[str]  # last signs of names: 市 町 村 区 県 府 都 道
    longest: int
    mentions: Mentions


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, checked and frozen."""
    folder = files("pipeline.rules")
    table = Table(
        tomllib.loads(folder.joinpath("municipalities.toml").read_text("utf-8")), "municipalities.toml"
    )
    rows = list(csv.DictReader(folder.joinpath("municipalities.csv").read_text("utf-8").splitlines()))
    bodies = [
        _checked(Municipality(row["name"], row["prefecture"], row["code"], row["kind"])) for row in rows
    ]
    return make_gazetteer(bodies, table)


def make_gazetteer(bodies: list[Municipality], table: Table) -> Gazetteer:
    """The gazetteer of these bodies with the rules of the table; RulesError for what is wrong in it."""
    prefectures = {
        name: Municipality(name, name, prefecture_code(digits), PREFECTURE)
        for name, digits in table.table("prefectures").rest().items()
    }
    former = [_former(row) for row in table.tables("former")]
    aliases = table.table("aliases").rest()
    districts = {word: name for name, words in table.table("districts").rest().items() for word in words}
    mentions = _mentions(table.table("mentions"))
    table.finish()
    names: dict[str, tuple[Municipality, ...]] = {name: (body,) for name, body in prefectures.items()}
    for body in (*bodies, *former):
        for written in _spellings(body.name, aliases):
            names[written] = (*names.get(written, ()), body)
    stems = {_stem(name): body for name, body in prefectures.items()}
    return Gazetteer(
        names=names,
        prefectures={**stems, **prefectures},
        ward_cities=_ward_cities(bodies),
        districts=districts,
        ends=frozenset(name[-1] for name in names),
        longest=max(map(len, names)),
        mentions=mentions,
    )


def check_digit(digits: str) -> str:
    """The sixth digit of a code: `01000` gives `6`."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 4, 3, 2), strict=True))
    return str((11 - weighted % 11) % 10)


def prefecture_code(digits: str) -> str:
    """The code of a prefecture by its two digits: `13` gives `130001`."""
    return f"{digits}000{check_digit(f'{digits}000')}"


def _checked(body: Municipality) -> Municipality:
    if len(body.code) != 6 or check_digit(body.code[:5]) != body.code[5]:
        raise RulesError(f"municipalities.csv: {body.name}: the check digit of {body.code} is wrong")
    return body


def _former(row: Table) -> Municipality:
    name, prefecture, code = row.text("name"), row.text("prefecture"), row.text("code")
    since = row.take("since", date)
    row.finish()
    kind = {"市": "city", "町": "town", "村": "village"}.get(name[-1], "city")
    return _checked(Municipality(name, prefecture, code, kind, since))


def _mentions(table: Table) -> Mentions:
    mentions = Mentions(
        associations=table.words("associations"),
        other_bodies=table.words("other_bodies"),
        goes_on=table.words("goes_on"),
        departments=table.words("departments"),
        state_offices=table.words("state_offices"),
        legal_forms=table.words("legal_forms"),
        not_before=table.words("not_before"),
        makes_another=table.text("makes_another"),
        may_precede=table.words("may_precede"),
        special_ward_words=table.words("special_ward_words"),
        special_ward_words_of_entry=table.words("special_ward_words_of_entry"),
        short_goes_on=table.words("short_goes_on"),
        district_ends=table.words("district_ends"),
    )
    table.finish()
    return mentions


def _spellings(name: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """A name in every way it is written: 龍ケ崎市, 龍ヶ崎市, 龍が崎市, 竜ケ崎市."""
    written = [name, *(alias for alias, right in aliases.items() if right == name)]
    for form in written:
        sign = next((sign for sign in "ヶケ" if sign in form[1:-1]), None)
        yield from (form.replace(sign, other) for other in "ヶケがガ") if sign else (form,)


def _stem(prefecture: str) -> str:
    """青森 of 青森県; 北海道 stays."""
    return prefecture if prefecture == "北海道" else prefecture[:-1]


def _ward_cities(bodies: list[Municipality]) -> dict[str, tuple[Municipality, ...]]:
    wards: dict[str, tuple[Municipality, ...]] = {}
    for body in bodies:
        if body.kind == CITY_WARD:
            ward = body.name[body.name.index("市") + 1 :]
            wards[ward] = (*wards.get(ward, ()), body)
    return wards
