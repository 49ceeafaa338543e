"""The rules of rules/furniture.toml, checked and frozen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.rules.table import Table

_KANJI = "〇一二三四五六七八九十百"
_BRACKETS = "【】[]()〔〕<>《》「」"
_NUMBER = r"(?:no\.?|№|番号)?[0-9一二三四五六七八九十ivx①-⑳a-z]{1,3}(?:[-のー][0-9a-z①-⑳]{1,2}){0,2}"


@dataclass(frozen=True, slots=True)
class PageForm:
    """One form of a page number; `alone` says that it tells by itself, without counting on."""

    form: str
    pattern: re.Pattern[str]
    alone: bool

    def read(self, key: str) -> int | None:
        """The page's number in a folded line (`chars.key`), or None: `-5-` gives 5."""
        found = self.pattern.fullmatch(key)
        if not found:
            return None
        total = found.groupdict().get("total")
        number = int(found["n"]) if found["n"].isdecimal() else _read_kanji(found["n"])
        return None if total and number > int(total) else number


@dataclass(frozen=True, slots=True)
class FurnitureRules:
    """What rules/furniture.toml says; words are folded by `chars.key`."""

    page_forms: tuple[PageForm, ...]
    label: re.Pattern[str]
    bodies: tuple[str, ...]
    columns: frozenset[str]
    continued: frozenset[str]
    drawn_line: re.Pattern[str]


def load(table: Table) -> FurnitureRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    stamp, head, drawn = table.table("stamp"), table.table("running_head"), table.table("drawn_line")
    rules = FurnitureRules(
        page_forms=tuple(_load_form(row) for row in table.tables("page_number")),
        label=_label_pattern(stamp.words("labels")),
        bodies=tuple(chars.key(word) for word in stamp.words("bodies")),
        columns=frozenset(chars.key(word) for word in head.words("columns")),
        continued=frozenset(chars.key(word) for word in head.words("continued")),
        drawn_line=_drawn_pattern(drawn.words("signs")),
    )
    for part in (stamp, head, drawn, table):
        part.finish()
    return rules


def _drawn_pattern(signs: Sequence[str]) -> re.Pattern[str]:
    kinds = "".join(sorted({re.escape(chars.key(sign)) for sign in signs}))
    return re.compile(rf"([{kinds}])\1{{2,}}")


def _load_form(row: Table) -> PageForm:
    form = row.text("form")
    if form.count("{n}") != 1:
        raise row.fail("form", f"{form!r} must hold {{n}} once")
    alone = row.take("alone", bool, False)
    number = f"[0-9]{{1,4}}|[{_KANJI}]{{1,4}}" if alone else "[0-9]{1,4}"
    pattern = re.escape(chars.key(form)).replace(r"\{n\}", f"(?P<n>{number})")
    pattern = pattern.replace(r"\{total\}", r"(?P<total>[0-9]{1,4})")
    rule = PageForm(form, re.compile(pattern), alone)
    fires, near_miss = row.text("fires"), row.text("near_miss")
    row.finish()
    if rule.read(chars.key(fires)) is None:
        raise row.fail("fires", f"{fires!r} is no page number by {form!r}")
    if rule.read(chars.key(near_miss)) is not None:
        raise row.fail("near_miss", f"{near_miss!r} is a page number by {form!r}")
    return rule


def _read_kanji(written: str) -> int:
    """The number of a page in kanji: 二, 十二, 一二, 百三."""
    if not set(written) & set("十百"):
        return int("".join(str(_KANJI.index(sign)) for sign in written))
    total, digit = 0, 0
    for sign in written:
        if sign in "十百":
            total, digit = total + max(digit, 1) * (10 if sign == "十" else 100), 0
        else:
            digit = _KANJI.index(sign)
    return total + digit


def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A line that is nothing but a paper's label: 資料５, 【参考資料１－２】, 資料 No.3."""
    words = "|".join(re.escape(chars.key(label)) for label in sorted(labels, key=len, reverse=True))
    brackets = re.escape(_BRACKETS)
    return re.compile(rf"[{brackets}]?(?:{words}){_NUMBER}[{brackets}]?")
