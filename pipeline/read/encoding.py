"""Tells the encoding of a text file and decodes it, strictly.

Takes bytes. Gives the text, the name of the encoding and who said it.
A BOM decides; else every encoding a Japanese text comes in is tried strictly, the readings are weighed
by how much they look like Japanese, and charset-normalizer has the casting vote between near equals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.errors import SourceError

BOM, DETECTOR = "bom", "detector"

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# The name that is said, and the codecs that read it; a later one knows signs the first does not (①, ㈱, ｶﾅ).
_CODECS = {
    "utf-8": ("utf-8",),
    "cp932": ("cp932",),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "iso-2022-jp": ("iso2022_jp_ext", "iso2022_jp_2004"),
}
_VOTES = {
    "utf_8": "utf-8",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_jp": "euc-jp",
    "euc_jis_2004": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
}
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOQP]|\([JI])")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_SAMPLE = 20_000  # characters weighed; a text does not change its encoding half-way
_ENOUGH = 0.7  # a reading below is no Japanese text
_NEAR = 0.08  # readings this close are near equals

_GOOD = re.compile("[\u2010-\u22ff\u2460-\u26ff\u3000-\u30ff\u3200-\u33ff\uff01-\uff5e\uffe0-\uffe6]")
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\uffff]")
_RARE_KANJI_WEIGHT = 0.4
_HALF_KANA_WEIGHT = 0.6
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PRIVATE_WEIGHT = 0.3
_KANA_OR_DATE = re.compile("[\u3041-\u30fa年月日]")
_WITHOUT_KANA = 12  # kanji from which on a reading needs kana or a date: Chinese passes for EUC-JP


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its BOM, the encoding it came in, and who said so (bom or detector)."""

    text: str
    encoding: str
    said_by: str


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file's bytes; SourceError where it is binary or its encoding cannot be told."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(_decode_strictly(data[len(bom) :], encoding, name), encoding, BOM)
    wide = _read_wide(data)
    if wide:
        return wide
    _refuse_binary(data, name)
    readings = _readings(data)
    if "utf-8" in readings and (len(readings) == 1 or _is_utf8(readings)):
        return Decoded(readings["utf-8"], "utf-8", DETECTOR)
    chosen = _choose(data, readings)
    if chosen is None:
        raise SourceError(_cannot_tell(data, name))
    return Decoded(readings[chosen], chosen, DETECTOR)


def _decode_strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: expected text in {encoding.upper()}, as its byte order mark says, "
            f"found bytes that are none at byte {error.start + 1}"
        ) from error


def _read_wide(data: bytes) -> Decoded | None:
    """UTF-16 without a BOM: every second byte of its digits, blanks and line ends is zero."""
    if len(data) % 2 or b"\x00" not in data:
        return None
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BAD.search(text) and weigh(text) >= _ENOUGH:
            found.append((weigh(text), encoding, text))
    if not found:
        return None
    _, encoding, text = max(found)
    return Decoded(text, encoding, DETECTOR)


def _refuse_binary(data: bytes, name: str) -> None:
    controls = len(_CONTROL.findall(data))
    if b"\x00" in data or controls * 100 > len(data):
        at = data.find(b"\x00") + 1
        what = f"a zero byte at byte {at}" if at else f"{controls} control bytes"
        raise SourceError(f"{name}: expected text, found a binary file ({what})")


def _readings(data: bytes) -> dict[str, str]:
    """Every encoding that reads all of it strictly, with its text."""
    candidates: tuple[str, ...] = ("utf-8", "cp932", "euc-jp")
    if data.isascii():
        candidates = ("iso-2022-jp",) if _ESCAPE.search(data) else ("utf-8",)
    readings = {}
    for encoding in candidates:
        for codec in _CODECS[encoding]:
            try:
                readings[encoding] = data.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return readings


def _is_utf8(readings: dict[str, str]) -> bool:
    """UTF-8 that holds by chance gives no Japanese, and another reading does."""
    others = [text for encoding, text in readings.items() if encoding != "utf-8"]
    return weigh(readings["utf-8"]) >= 0.3 or not any(_KANA_OR_DATE.search(text) for text in others)


def _is_foreign(text: str) -> bool:
    """Chinese and Korean bytes pass for EUC-JP, as kanji at random."""
    return len(_KANJI.findall(text[:_SAMPLE])) >= _WITHOUT_KANA and not _KANA_OR_DATE.search(text[:_SAMPLE])


def _choose(data: bytes, readings: dict[str, str]) -> str | None:
    weights = {encoding: weigh(text) for encoding, text in readings.items()}
    if _is_foreign(readings.get("euc-jp", "")):
        del weights["euc-jp"]
    best = max(weights.values(), default=0.0)
    if best < _ENOUGH:
        return None
    near = [encoding for encoding, weight in weights.items() if weight >= best - _NEAR]
    if len(near) == 1:
        return near[0]
    vote = _vote(data)
    return vote if vote in near else None


def _vote(data: bytes) -> str | None:
    """What charset-normalizer says, among the encodings that come into question."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _SAMPLE], cp_isolation=sorted(_VOTES)).best()
    return _VOTES.get(best.encoding) if best else None


def weigh(text: str) -> float:
    """How much it looks like Japanese, 0 to 1: kana and the kanji of the first level weigh most."""
    strange = "".join(sign for sign in text[:_SAMPLE] if sign > "\x7f")
    if not strange:
        return 1.0 if not _BAD.search(text[:_SAMPLE]) else 0.0
    kanji = _KANJI.findall(strange)
    common = sum(1 for sign in kanji if sign in _common_kanji())
    good = len(_GOOD.findall(strange)) + common + _RARE_KANJI_WEIGHT * (len(kanji) - common)
    half = _HALF_KANA_WEIGHT * len(_HALF_KANA.findall(strange))
    private = _PRIVATE_WEIGHT * len(_PRIVATE.findall(strange))
    bad = len(_BAD.findall(text[:_SAMPLE]))
    return max(0.0, (good + half + private - bad) / len(strange))


@cache
def _common_kanji() -> frozenset[str]:
    """The kanji of JIS X 0208's first level: rows 16 to 47."""
    rows = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 48) for cell in range(1, 95))
    return frozenset("".join(pair.decode("euc_jp", "ignore") for pair in rows))


def _cannot_tell(data: bytes, name: str) -> str:
    furthest, reached = "", -1
    for encoding in ("utf-8", "cp932", "euc-jp"):
        try:
            data.decode(_CODECS[encoding][0])
        except UnicodeDecodeError as error:
            if error.start > reached:
                furthest, reached = encoding, error.start
    tail = f" ({furthest.upper()} reads furthest, up to byte {reached})" if furthest else ""
    return (
        f"{name}: expected Japanese text in UTF-8, UTF-16, CP932, EUC-JP or ISO-2022-JP, "
        f"found bytes whose encoding cannot be told{tail}"
    )
