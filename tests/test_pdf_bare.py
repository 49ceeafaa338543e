"""PDF tables without ruling lines as other programs set them: parts of dates in columns, rows of one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import chars
from pipeline.build import read_chronology
from pipeline.rules.load import load_rules
from tests.pdf_editions.placed import place_rows
from tests.pdf_readings import needs_font

pytestmark = [pytest.mark.pdf, needs_font]

LEFTS = (60.0, 100.0, 140.0, 170.0, 200.0, 240.0)
HEADS = ("西暦", "元号", "年", "月", "日", "事項")
TEXTS = ("町制施行", "消防署開署", "図書館開館", "公民館完成", "町史編さん開始", "保育所開設")


def events(path: Path) -> list[tuple[str | None, str]]:
    """The date of each event and all its text, blanks and widths folded."""
    return [
        (
            event.date.edtf,
            chars.key("".join([event.headline.value, *(one.text.value for one in event.details)])),
        )
        for event in read_chronology(path, load_rules()).events
    ]


def lines_of(text: str, width: int = 20) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_rows_of_one_line_and_of_three_below_a_title_and_a_head(tmp_path: Path) -> None:
    """A title in the date column, a head line below it: the dates still stand at the top of their rows."""
    long = (
        "豪雨により町内各所で土砂崩れが発生し家屋の全壊三戸床上浸水百五十戸の被害を受け災害救助法が適用された"
    )
    told = [
        (
            f"昭和{number}年{number % 12 + 1}月{number % 28 + 1}日",
            long if number % 3 == 1 else TEXTS[number % 6],
        )
        for number in range(30, 54)
    ]
    rows = [("年月日", "事項"), *((date, lines_of(text)) for date, text in told)]
    path = place_rows(tmp_path / "made.pdf", rows, (60.0, 170.0), title="町のあゆみ")
    expected = [
        (f"{1925 + number}-{number % 12 + 1:02}-{number % 28 + 1:02}", text)
        for number, (_, text) in enumerate(told, 30)
    ]
    assert events(path) == expected


def parts(dates: Sequence[str], count: int) -> list[tuple[str, ...]]:
    return [HEADS, *((*dates[at % len(dates)].split("|"), TEXTS[at % 6]) for at in range(count))]


PARTS = {
    "a sign for the era": ("1954|昭和|29|4|1", "1955|〃|30|10|12", "1989|平成|元|5|3", "1990|〃|2|11|20"),
    "signs for all of it": ("1954|昭和|29|4|1", "〃|〃|〃|〃|12", "1955|〃|30|6|3", "〃|〃|〃|〃|〃"),
    "the era where it changes": ("1954|昭和|29|4|1", "1955||30|10|12", "1989|平成|元|5|3", "1990||2|11|20"),
    "every part": ("1954|昭和|29|4|1", "1955|昭和|30|10|12", "1989|平成|元|5|3", "1990|平成|2|11|20"),
}  # fmt: skip
FOUND = {
    "signs for all of it": ("1954-04-01", "1954-04-12", "1955-06-03", "1955-06-03"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_dates_in_columns_without_ruling_lines(tmp_path: Path, name: str) -> None:
    path = place_rows(tmp_path / "made.pdf", parts(PARTS[name], 12), LEFTS, title="町のあゆみ", gap=2)
    dates = FOUND.get(name, ("1954-04-01", "1955-10-12", "1989-05-03", "1990-11-20"))
    assert events(path) == [(dates[at % 4], TEXTS[at % 6]) for at in range(12)]


def test_parts_of_dates_that_are_not_exact(tmp_path: Path) -> None:
    """13頃, 19～20, 中旬 in the column of the day; 4～ in that of the month; a month and a year alone."""
    dates = {
        "1954|昭和|29|4|13頃": "1954-04-13~",
        "1955|〃|30|7|19～20": "1955-07-19/1955-07-20",
        "1956|〃|31|8|中旬": "1956-08~",
        "1957|〃|32|4～|": "1957-04/..",
        "1958|〃|33|9|": "1958-09",
        "1959|〃|34||": "1959",
        "1960|〃|35|10|3": "1960-10-03",
        "1961|〃|36|11|24～": "1961-11-24/..",
        "1962|〃|37|12|5": "1962-12-05",
    }
    rows = [HEADS, *((*date.split("|"), "町民体育館落成") for date in dates)]
    path = place_rows(tmp_path / "made.pdf", rows, LEFTS, gap=2)
    assert events(path) == [(date, "町民体育館落成") for date in dates.values()]


def test_parts_of_dates_over_pages_whose_head_comes_again(tmp_path: Path) -> None:
    rows = [
        HEADS,
        *(
            (str(1930 + at), "昭和" if not at else "〃", str(5 + at), str(at % 12 + 1), str(at % 28 + 1), lines_of(TEXTS[at % 6] * 6))
            for at in range(50)
        ),
    ]  # fmt: skip
    path = place_rows(tmp_path / "made.pdf", rows, LEFTS, place="middle", gap=2, heads=1)
    assert events(path) == [
        (f"{1930 + at}-{at % 12 + 1:02}-{at % 28 + 1:02}", TEXTS[at % 6] * 6) for at in range(50)
    ]


def test_numbers_before_texts_are_no_parts_of_dates(tmp_path: Path) -> None:
    """A list with numbers of its own beside whole dates keeps its dates."""
    rows = [("番号", "年月日", "事項"), *((str(at + 1), f"昭和{30 + at}年{at + 1}月{at + 2}日", TEXTS[at % 6]) for at in range(10))]  # fmt: skip
    path = place_rows(tmp_path / "made.pdf", rows, (60.0, 100.0, 220.0), gap=2)
    assert [date for date, _ in events(path)] == [f"{1955 + at}-{at + 1:02}-{at + 2:02}" for at in range(10)]


def dated(number: int) -> str:
    """The date of a made-up row."""
    return f"{1925 + number}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def test_dates_with_blanks_inside_stand_in_one_column(tmp_path: Path) -> None:
    """昭和 30 年 4 月 1 / 日: each gap is as wide as one between columns, and none parts the date from itself."""
    numbers = range(30, 50)
    long = "豪雨により町内各所で土砂崩れが発生し家屋の全壊三戸床上浸水百五十戸の被害を受けた"
    told = {number: long if number % 2 else TEXTS[number % 6] for number in numbers}
    rows = [
        (f"昭和 {number} 年 {number % 12 + 1} 月 {number % 28 + 1}\n日", lines_of(told[number]))
        for number in numbers
    ]
    path = place_rows(tmp_path / "made.pdf", rows, (60.0, 190.0), title="町のあゆみ")
    assert events(path) == [(dated(number), told[number]) for number in numbers]


def test_a_row_over_a_page_end_goes_on_below_the_head_that_comes_again(tmp_path: Path) -> None:
    """Three lines a row, the date in the middle one: wherever the page ends, the head belongs to no row."""

    def text_of(number: int) -> str:
        place = TEXTS[number % 6]
        return (
            f"{place}の地区では豪雨{number}回により土砂崩れが発生し家屋の全壊{number}戸{place}{number * 7}戸"
        )

    numbers = range(1, 30)
    for extra in range(2):  # rows before, so that the page ends behind a row, or behind two lines of one
        rows = [("年月日", "事項")]
        rows += [(f"昭和元年12月{28 + at}日", "町制施行") for at in range(extra)]
        for number in numbers:
            lines = lines_of(text_of(number), 16).split("\n")
            date = f"昭和{number}年{number % 12 + 1}月{number % 28 + 1}日"
            rows += [("", lines[0]), (date, lines[1]), ("", lines[2])]
        path = place_rows(tmp_path / f"{extra}.pdf", rows, (60.0, 170.0), heads=1)
        assert events(path)[extra:] == [(dated(number), text_of(number)) for number in numbers]


def test_an_open_date_above_a_row_with_its_own_year_stays_open(tmp_path: Path) -> None:
    told = {
        "昭和三〇年四月一日～": "1955-04-01/..",
        "昭和三一年五月三日": "1956-05-03",
        "昭和三二年一〇月三日・四日": "1957-10-03/1957-10-04",
        "昭和三三年六月八日": "1958-06-08",
        "昭和三四年七月九日～": "1959-07-09/..",
        "昭和三五年八月一〇日～": "1960-08-10/..",
        "昭和三六年九月二日": "1961-09-02",
    }
    texts = [*TEXTS, "町制施行三十周年記念式典を町民会館で挙行"]
    found = events(place_rows(tmp_path / "made.pdf", list(zip(told, texts, strict=True)), (60.0, 200.0)))
    assert found == list(zip(told.values(), texts, strict=True))


def test_a_period_over_two_lines_beside_one_text_is_one_date(tmp_path: Path) -> None:
    """The near miss: the end of a period says its year too, but its text goes on, or has no line beside it."""
    long = "豪雨により町内各所で土砂崩れが発生し家屋の全壊三戸床上浸水"
    rows = [
        ("昭和30年4月1日～\n昭和31年5月3日", lines_of(long)),
        ("昭和32年6月1日", "町制施行"),
        ("昭和33年7月2日～\n昭和34年8月4日", "図書館開館"),
        ("昭和35年9月3日", "公民館完成"),
    ]
    found = events(place_rows(tmp_path / "made.pdf", rows, (60.0, 200.0)))
    assert found == [
        ("1955-04-01/1956-05-03", long),
        ("1957-06-01", "町制施行"),
        ("1958-07-02/1959-08-04", "図書館開館"),
        ("1960-09-03", "公民館完成"),
    ]


def test_dates_torn_by_a_narrow_column_that_touches_the_text(tmp_path: Path) -> None:
    """昭和30 / 年4月1 / 日, and 昭和30年 right before its text: columns and rows are still told."""
    long = lines_of("豪雨により町内各所で土砂崩れが発生し家屋の全壊三戸床上浸水百五十戸の被害を受けた")
    torn, touching, found = [], [], []
    for number in range(30, 50):
        text = long if number % 3 else TEXTS[number % 6]
        torn.append((f"昭和{number}\n年{number % 12 + 1}月\n{number % 28 + 1}日", text))
        touching.append((f"昭和{number}年\n{number % 12 + 1}月{number % 28 + 1}日", text))
        found.append((dated(number), text.replace("\n", "")))
    assert events(place_rows(tmp_path / "torn.pdf", torn, (60.0, 100.0))) == found
    assert events(place_rows(tmp_path / "touching.pdf", touching, (60.0, 100.0))) == found
