"""Character rules: what a field shows, what a key folds, and where each character came from.

Takes text of the source. Gives cleaned text, folded text with an offset map, and keys.
Reads rules/chars.toml. Never NFKC over all: ①, ㈱, 髙, 﨑 stay as they are (RECORDS, Text).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.model import Span, Text

BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200C)))
    + ("\u2028\u2029\u202f\u205f\u2060\u3000\ufeff")
)
_BLANK_RUN = re.compile(f"[{BLANKS}]+")
_ORDINAL_GAP = re.compile(r"第 ?([0-9]+) ?(?=[回号期次課部弾版集巻代条章節項位])|第 (?=[0-9])")
_VOICED = re.compile("[\uff66-\uff9d][\uff9e\uff9f]")
_FULL_LATIN = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_HALF_KANA = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF61, 0xFFA0)}
# Kana and common kanji with signs that no table changes: most fields are nothing else.
_PLAIN = re.compile(r"[\u3041-\u309a\u30a1-\u30fe\u4e00-\u9fff、。「」『』（）]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, where it starts in the source.

    `offsets` has one number more than `text`: the end. `Folded("ガ", (3, 5))` came from "ｶﾞ" at 3.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The place in the source of `text[start:end]`."""
        return Span(self.offsets[start], self.offsets[end])


@cache
def _rules() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("pipeline.rules").joinpath("chars.toml").read_text("utf-8"))


@cache
def _field_table() -> dict[int, int | str]:
    """One character to one character, as a field shows it."""
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    single = {code: text for code, text in _HALF_KANA.items() if len(text) == 1}
    table: dict[int, int | str] = {**_FULL_LATIN, **kangxi, **single}
    for part in ("kangxi", "radicals", "print"):
        table |= {ord(old): new for old, new in _rules()[part].items()}
    return table


@cache
def _match_table() -> dict[int, int | str]:
    """As a field shows it, and every blank one space: for patterns, keeping the length."""
    blanks = {code: " " for code in range(0x3001) if _BLANK_RUN.fullmatch(chr(code))}
    return {**_field_table(), **blanks, 0xFEFF: " "}


@cache
def _key_table() -> dict[int, int | str | None]:
    """As patterns see it, with alike signs one sign and blanks gone."""
    table: dict[int, int | str | None] = dict(_match_table())
    for signs in _rules()["alike"].values():
        table |= {ord(sign): signs[0] for sign in signs}
    table |= {code: None for code, new in _match_table().items() if new == " "}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in table}
    return table


def _voiced_to_full(text: str) -> str:
    return _VOICED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def clean(text: str) -> str:
    """Text as a field shows it: `第 １回　ﾌｪｱ` gives `第1回 フェア`.

    Full-width digits and Latin letters become half-width, half-width kana and ･ full-width,
    radicals kanji, a printed ‧ the ・ it is, runs of blanks (line ends too) one space, none at the ends.
    """
    if _PLAIN.fullmatch(text):
        return text
    shown = _voiced_to_full(text).translate(_field_table())
    return _ORDINAL_GAP.sub(r"第\1", _BLANK_RUN.sub(" ", shown).strip())


def clean_sign(text: str) -> str:
    """A marker as a field shows it: `（２）` stays `（２）`, for its width is how the sign looks; `･` gives `・`."""
    return _BLANK_RUN.sub(" ", _voiced_to_full(text).translate(_sign_table())).strip()


@cache
def _sign_table() -> dict[int, int | str]:
    return {code: shown for code, shown in _field_table().items() if code not in _FULL_LATIN}


def fold(text: str, start: int = 0) -> Folded:
    """Text for patterns, with the place of each character (`start` is the place of the first).

    As `clean`, but each blank is one space and none is dropped.
    """
    if start == 0:
        return _folded(text)
    if not _VOICED.search(text):
        return Folded(_matched(text), range(start, start + len(text) + 1))
    return _fold_voiced(text, start)


@lru_cache(maxsize=4096)
def _folded(text: str) -> Folded:
    """The text folded by itself; lines are looked at by many stages."""
    if not _VOICED.search(text):
        return Folded(_matched(text), range(len(text) + 1))
    return _fold_voiced(text, 0)


def _fold_voiced(text: str, start: int) -> Folded:
    """Text in which two characters (ｶﾞ) become one (ガ)."""
    offsets: list[int] = []
    last = 0
    for found in _VOICED.finditer(text):
        offsets.extend(range(last, found.start() + 1))
        last = found.end()
    offsets.extend(range(last, len(text) + 1))
    shown = _voiced_to_full(text).translate(_match_table())
    return Folded(shown, tuple(start + offset for offset in offsets))


@lru_cache(maxsize=4096)
def _matched(text: str) -> str:
    """Text as patterns see it, where no two characters become one; lines are looked at by many stages."""
    return text if _PLAIN.fullmatch(text) else text.translate(_match_table())


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Text without what RECORDS calls no difference: blanks, width, waves, kinds of dashes and dots."""
    return _voiced_to_full(text).translate(_key_table()).casefold()


def is_blank(text: str) -> bool:
    """Whether there is nothing but blanks in it."""
    return not _BLANK_RUN.sub("", text)


def count_signs(text: str) -> int:
    """How many of its characters are no blanks."""
    return len(_BLANK_RUN.sub("", text))


def trim(source: str, span: Span) -> Span:
    """The span without blanks at its ends; an empty span at its start when it is all blanks."""
    piece = source[span.start : span.end]
    body = piece.lstrip()
    left = span.start + len(piece) - len(body)
    if not body:
        return Span(span.start, span.start)
    return Span(left, left + len(body.rstrip()))


def read_spans(source: str, spans: Iterable[Span]) -> str:
    """The field that these places give: their characters one after the other, cleaned."""
    return clean("".join(source[span.start : span.end] for span in spans))


def make_text(source: str, spans: Iterable[Span]) -> Text:
    """A Text whose value is what its spans read."""
    places = tuple(span for span in spans if span.start < span.end)
    return Text(read_spans(source, places), places)


class _Widths(dict[str, float]):
    """The width of each character met so far."""

    def __missing__(self, sign: str) -> float:
        self[sign] = 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5
        return self[sign]


_WIDTHS = _Widths()


def width(text: str) -> float:
    """Its length in full-width characters: `ＡB` is 1.5."""
    return float(sum(map(_WIDTHS.__getitem__, text)))
