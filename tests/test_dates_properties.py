"""What must hold for every date: width and blanks change nothing, a rendered date comes back, nothing runs away."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parse.date_forms import Forms, forms
from pipeline.parse.date_phrases import read_phrase
from pipeline.parse.dates import Found, Said, find_clock, find_date, find_year_heading, parse_date
from pipeline.parse.eras import era_of
from pipeline.rules.load import load_rules

RULES = load_rules().dates
DAYS = st.dates(date(1873, 1, 1), date(2026, 12, 31))
WIDE = {code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), 0x2E, 0x2F)}
KANJI = "〇一二三四五六七八九"


def kanji_by_digits(number: int) -> str:
    return "".join(KANJI[int(digit)] for digit in str(number))


def kanji_by_units(number: int) -> str:
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        count, number = divmod(number, unit)
        text += ("" if count == 1 else KANJI[count]) + sign if count else ""
    return text + (KANJI[number] if number else "")


STYLES = {
    "era": "{era}{n}年{m}月{d}日",
    "era_first_year": "{era}{n_or_first}年{m}月{d}日",
    "era_short": "{short}{n}.{m}.{d}",
    "era_letter": "{letter}{n}.{m}.{d}",
    "era_letter_slash": "{letter}{n}/{m}/{d}",
    "era_dots": "{era} {n}. {m}. {d}",
    "era_west": "{era}{n}年（{y}年）{m}月{d}日",
    "west_era": "{y}年（{era}{n}年）{m}月{d}日",
    "west_era_inside": "{y}（{era}{n}）年{m}月{d}日",
    "west": "{y}年{m}月{d}日",
    "west_dots": "{y}.{m}.{d}",
    "west_slash": "{y}/{m:02}/{d:02}",
    "iso": "{y}-{m:02}-{d:02}",
    "kanji_units": "{era}{n_units}年{m_units}月{d_units}日",
    "kanji_digits": "{y_digits}年{m_digits}月{d_digits}日",
    "weekday": "{y}年{m}月{d}日（{weekday}）",
}


def render(style: str, day: date) -> str:
    """The day as this style writes it."""
    found = era_of(day, RULES.eras)
    assert found is not None
    era, n = found
    numbers = {"y": day.year, "m": day.month, "d": day.day, "n": n}
    units = {f"{name}_units": kanji_by_units(number) for name, number in numbers.items()}
    digits = {f"{name}_digits": kanji_by_digits(number) for name, number in numbers.items()}
    sign = "月火水木金土日"[day.weekday()]
    words = {"era": era.name, "short": era.name[0], "letter": era.short[1], "weekday": sign}
    return STYLES[style].format(**numbers, **units, **digits, **words, n_or_first="元" if n == 1 else n)


def read(text: str, said: Said | None = None) -> Found:
    found = find_date(text, said or Said(), RULES)
    assert found is not None, text
    return found


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_a_rendered_date_comes_back(style: str, day: date) -> None:
    text = render(style, day)
    for found in (read(text + "　区長会総会"), parse_date(text, Said(), RULES)):
        assert found is not None
        assert (found.value.edtf, found.value.start, found.value.end) == (day.isoformat(), day, day)
        assert found.value.text.value == text
        assert found.findings == ()
        assert [one.day for one in found.weekdays] == ([day] if style == "weekday" else [])


@given(
    first=DAYS, length=st.integers(1, 400), style=st.sampled_from(["west", "era", "west_dots", "kanji_units"])
)
@settings(max_examples=100, deadline=None)
def test_a_rendered_period_comes_back(first: date, length: int, style: str) -> None:
    last = min(first + timedelta(days=length), date(2026, 12, 31))
    if first == last:
        return
    found = read(f"{render(style, first)}～{render(style, last)} 展示")
    assert found.value.edtf == f"{first.isoformat()}/{last.isoformat()}"
    assert (found.value.start, found.value.end) == (first, last)


@given(first=DAYS, length=st.integers(1, 300))
@settings(max_examples=100, deadline=None)
def test_a_period_without_years_ends_within_a_year(first: date, length: int) -> None:
    """Below a year heading the second date has a year only where its month says so: it crosses at most once."""
    last = first + timedelta(days=length)
    if last.year != first.year and last.month >= first.month:
        return
    said = find_year_heading(f"{first.year}年", Said(), RULES)
    assert said is not None
    found = read(f"{first.month}月{first.day}日～{last.month}月{last.day}日", said.said)
    assert (found.value.start, found.value.end) == (first, last)


PIECES = st.sampled_from([
    "平成26年9月10日", "昭和61年10月", "令和元年", "2014年（平成26年）9月10日", "5月30、31日", "10月6日～14日", "12月26日～1月5日",
    "4月上旬", "S60.4.1", "2019.5.1", "2019/5/1", "令和2年度", "6月2日、3日", "同日", "翌年3月", "〃 9月", "10月7日（水）",
    "4月16日 01:25", "二十六年九月十日", "昭和58年夏", "4月1日～", "3月末", "平成31年5月1日", "令和3年2月29日", "大正 2. 3",
])  # fmt: skip
ABOVE = find_year_heading("平成27年", Said(), RULES)
BELOW = read("6月30日 運用開始", ABOVE.said if ABOVE else None).said


def _meaning(found: Found | None) -> object:
    if found is None:
        return None
    value = found.value
    codes = tuple(finding.code for finding in found.findings)
    said = found.said.but(last=None)
    return value.edtf, value.start, value.end, value.precision, found.kind, codes, said, found.confidence


@given(piece=PIECES, behind=st.sampled_from(["", " 総会", "　総会", "：総会", "\t総会"]))
@settings(max_examples=200, deadline=None)
def test_width_changes_nothing(piece: str, behind: str) -> None:
    narrow, wide = piece + behind, piece.translate(WIDE) + behind
    assert _meaning(find_date(narrow, BELOW, RULES)) == _meaning(find_date(wide, BELOW, RULES))
    assert _meaning(parse_date(piece, BELOW, RULES)) == _meaning(
        parse_date(piece.translate(WIDE), BELOW, RULES)
    )


@given(piece=PIECES, blanks=st.lists(st.sampled_from(["", " ", "　", "  "]), min_size=40, max_size=40))
@settings(max_examples=300, deadline=None)
def test_blanks_between_numbers_and_units_change_nothing(piece: str, blanks: list[str]) -> None:
    places = iter(blanks)
    gaps = r"(?<=[0-9])(?=[年月日])|(?<=[年月])(?=[0-9０-９])|(?<=[～、])(?=[0-9])|(?<=[日])(?=[～、（])|^|$"
    spaced = re.sub(gaps, lambda _: next(places), piece) + " 総会"
    assert _meaning(find_date(spaced, BELOW, RULES)) == _meaning(find_date(piece + " 総会", BELOW, RULES))


@given(
    date=st.sampled_from(
        ["9月10日", "平成26年9月10日", "2014年 9月 10日", "令和元年5月1日", "9月31日", "平成 26年 9月10日"]
    ),
    behind=st.one_of(
        st.sampled_from(
            [
                "",
                " ",
                " 総会",
                "総会",
                "～12日",
                " 、11日",
                "頃",
                "以降",
                "（水）",
                " 10:00",
                "水曜日",
                "から",
                "間",
                "\n",
                "\n～12日",
            ]
        ),
        st.text(alphabet="間目頃まかよ以～、・（( 　水曜0午前AP町のに／/=とに至\n", max_size=4),
    ),
)
@settings(max_examples=600, deadline=None)
def test_the_short_way_reads_what_the_long_way_reads(date: str, behind: str) -> None:
    """The commonest dates are read in one match; the pieces, one by one, must say the same."""
    for cell in (False, True):
        shipped = forms(RULES, cell=cell)
        slow = without_short_way(shipped)
        assert read_phrase(date + behind, 0, shipped) == read_phrase(date + behind, 0, slow)


def without_short_way(shipped: Forms) -> Forms:
    slow = Forms(shipped.rules, shipped.cell, shipped.era_of_form)
    slow.plain = regex.compile(r"(?!)")
    return slow


def test_the_short_way_reads_every_example_as_the_long_way_does() -> None:
    shipped = forms(RULES)
    slow = without_short_way(shipped)
    examples = tomllib.loads((Path(__file__).parent / "examples" / "dates.toml").read_text("utf-8"))["case"]
    texts = [case["given"]["text"] for case in examples]
    assert sum(bool(shipped.plain.match(text)) for text in texts) > 30
    for text in texts:
        assert read_phrase(text, 0, shipped) == read_phrase(text, 0, slow)


@given(
    text=st.text(
        alphabet="0129一二十元年月日度平成昭和令SH.・/-～、同翌〃（）()土頃上旬末 　\n'㍻総会", max_size=40
    )
)
@settings(max_examples=1500, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever stands there: no exception, offsets inside the text, and EDTF with bounds that fit."""
    for said in (Said(), BELOW, Said().block()):
        for found in (
            find_date(text, said, RULES),
            parse_date(text, said, RULES),
            find_year_heading(text, said, RULES),
            find_clock(text, said, RULES),
        ):
            if found is None:
                continue
            assert 0 <= found.start < found.end <= len(text)
            value = found.value
            assert value.text.value == "".join(re.split(r"[ 　]*\n[ 　\n]*", text[found.start : found.end]))
            assert (value.edtf is None) == (value.precision is None)
            if value.edtf is None:
                assert found.kind == "era" or found.findings
            if value.start and value.end:
                assert value.start <= value.end
            for finding in found.findings:
                assert finding.start is None or found.start <= finding.start < (finding.end or 0) <= found.end


def test_start_is_an_offset_of_the_same_text() -> None:
    text = "平成２６年\n9月 10日 総会"
    found = find_date(text, BELOW, RULES, start=6)
    assert found is not None
    assert (text[found.start : found.end], found.value.edtf) == ("9月 10日", "2015-09-10")


ADVERSARIES = {
    "blanks": " " * 20000,
    "ideographic_blanks": "　" * 20000,
    "digits": "1" * 20000,
    "kanji_numerals": "一" * 20000,
    "tens": "十" * 20000,
    "years": "平成" * 10000,
    "letters": "S6" * 10000,
    "line_ends": "\n" * 20000,
    "mixed_blanks": " \n" * 10000,
    "list": "1、" * 10000,
    "list_of_days": "1日、" * 6666,
    "dots": "1." * 10000,
    "slashes": "1/" * 10000,
    "waves": "～" * 20000,
    "ranges": "1～" * 10000,
    "open_brackets": "（" * 20000,
    "brackets": "（平成" * 6666,
    "years_in_brackets": "2014（平成26・" * 2000,
    "weekdays": "1日（" + "土・" * 10000,
    "dittos": "〃" * 20000,
    "dittos_and_blanks": "〃 " * 10000,
    "same": "同" * 20000,
    "next": "翌々" * 10000,
    "number_and_blanks": "1" + " " * 19999,
    "era_and_blanks": "平成" + " " * 19998,
    "era_and_line_ends": "平成26" + "\n" * 19996,
    "month_and_blanks": "5月" + " \n" * 9999,
    "clock": "1:00～" * 4000,
    "quotes": '"' * 20000,
    "halfwidth_kana": "ｶﾞ" * 10000,
}


@pytest.mark.parametrize("name", ADVERSARIES)
def test_no_pattern_runs_away(name: str) -> None:
    """Each pattern, at every place of a long text, within a watchdog far above what linear work takes.

    The reading itself looks at a window of bounded length only; the patterns are held without it.
    """
    text = ADVERSARIES[name]
    for cell in (False, True):
        compiled = forms(RULES, cell=cell)
        for pattern_name in compiled.written:
            for place in (0, 1, 2, 3, 5, len(text) // 2, len(text) - 1):
                getattr(compiled, pattern_name).match(text, place, timeout=10)
    for said in (Said(), BELOW):
        find_date(text, said, RULES)
        parse_date(text, said, RULES)
        find_year_heading(text, said, RULES)
        find_clock(text, said, RULES)


def test_only_a_window_of_the_text_is_looked_at() -> None:
    """A date reads the same whatever stands far behind it, so that work does not grow with the text."""
    behind = "　" + "区長会総会、" * 5000
    near, far = read("平成26年9月10日　区長会総会"), read("平成26年9月10日" + behind)
    assert _meaning(near) == _meaning(far)
