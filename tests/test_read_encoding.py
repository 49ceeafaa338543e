"""Encodings are told apart on texts of three lines, and said; what cannot be told is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.read.encoding import BOM, DETECTOR, decode

DATED = "平成26年4月1日　開設\n平成27年5月2日　移転\n平成28年6月3日　閉鎖\n"
KANJI = "昭和二十六年四月一日村制施行\n昭和二十七年町制\n平成元年合併\n"
KATAKANA = "1990年 ｻｰﾋﾞｽ開始\n1991年 ﾃｽﾄ\n1992年 終了\n"
VENDOR = "平成元年 ①会場：㈱山田\n平成2年 ②Ⅱ期工事\n"
TWO_LINES = "S60.4.1 開所\nH1.4.1 改称\n"
TEXTS = {"dated": DATED, "kanji": KANJI, "katakana": KATAKANA, "vendor": VENDOR, "two_lines": TWO_LINES}

CODECS = [
    ("utf-8", "utf-8", DETECTOR),
    ("utf-8-sig", "utf-8", BOM),
    ("utf-16", "utf-16-le", BOM),
    ("utf-16-le", "utf-16-le", DETECTOR),
    ("utf-16-be", "utf-16-be", DETECTOR),
    ("cp932", "cp932", DETECTOR),
    ("euc_jis_2004", "euc-jp", DETECTOR),
    ("iso2022_jp_2004", "iso-2022-jp", DETECTOR),
    ("iso2022_jp_ext", "iso-2022-jp", DETECTOR),
]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(("codec", "encoding", "said_by"), CODECS, ids=[codec for codec, _, _ in CODECS])
def test_short_texts_are_told(text: str, codec: str, encoding: str, said_by: str) -> None:
    try:
        data = text.encode(codec)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no such sign")
    decoded = decode(data, "a.txt")
    assert (decoded.text, decoded.encoding, decoded.said_by) == (text, encoding, said_by)


def test_big_endian_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + DATED.encode("utf-16-be"), "a.txt").encoding == "utf-16-be"


def test_line_ends_are_kept() -> None:
    assert decode("平成\r\n昭和\r大正\n".encode("cp932"), "a.txt").text == "平成\r\n昭和\r大正\n"


REFUSED = {
    "chinese_gb18030": ("1949年 中华人民共和国成立\n1950年 战争开始\n".encode("gb18030"), "cannot be told"),
    "korean_euc_kr": ("1948년 대한민국 정부 수립\n1950년 한국 전쟁\n".encode("euc_kr"), "cannot be told"),
    "chinese_big5": ("1912年 中華民國成立，孫文任臨時大總統\n".encode("big5"), "cannot be told"),
    "latin_1": ("Café établi en 1950, société créée".encode("latin-1"), "cannot be told"),
    "cut_inside_a_sign": (DATED.encode()[:-2], "cannot be told"),
    "two_encodings_in_one": (DATED.encode() + DATED.encode("cp932"), "cannot be told"),
    "zero_bytes": (b"ABC\x00\x01\x02\x00\x03DEF", "binary"),
    "control_bytes": (b"\x01\x02\x03\x04abc\x05", "binary"),
    "mark_says_utf16_but_odd": (b"\xff\xfe" + b"a\x00b", "byte order mark"),
    "mark_says_utf8_but_is_not": (b"\xef\xbb\xbf" + DATED.encode("cp932"), "byte order mark"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_told_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        decode(data, "a.txt")
    assert str(caught.value).startswith("a.txt: expected ")
    assert "\n" not in str(caught.value)


def test_japanese_without_a_date_in_utf8_is_no_matter_of_encoding() -> None:
    assert decode("Café".encode(), "a.txt").encoding == "utf-8"


JAPANESE = st.sampled_from("平成昭和年月日一二三開設会議の実施をアイウ、。（）0123456789 \n")


@given(st.text(alphabet=JAPANESE, min_size=12))
def test_any_japanese_comes_back_from_utf8(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "a.txt")
    except SourceError:
        return
    assert isinstance(decoded.text, str)
