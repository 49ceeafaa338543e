"""Columns told by what stands left of the texts: words of dates, cells of several lines, texts a blank apart."""

from __future__ import annotations

import pytest

from pipeline.model import Line, Span
from pipeline.read.rows import cut_rows
from pipeline.read.spacing_area import find_areas
from pipeline.read.spacing_areatexts import cut_texts, find_categories, join_signs
from pipeline.read.spacing_areawords import kind_of, may_be_date, opens_month, plain
from pipeline.read.spacing_choice import judge
from pipeline.read.spacing_columns import by_character

WORDS = [
    ("昭和", 0, True, "an era whose year stands a blank further"),
    ("29", 1, True, "a number"),
    ("年", 2, True, "a unit whose number stands a blank before"),
    ("（1972）", 0, True, "a western year in brackets"),
    ("10月14日（土）", 1, True, "a day with its weekday"),
    ("日（木）", 2, True, "the end of a broken date"),
    ("S47.", 0, True, "an era by its letter"),
    ("H", 0, True, "the letter alone, its year a blank further"),
    ("H", 1, False, "but not inside a row"),
    ("〃", 0, True, "as above"),
    ("この年", 0, True, "the year beside it"),
    ("1,234", 1, False, "a count"),
    ("計画", 1, False, "a word that sorts entries"),
    ("3町村", 1, False, "a number of a text"),
    ("土木", 1, False, "signs of weekdays make no weekday without brackets"),
    ("第２回", 1, False, "an ordinal"),
]
KINDS = [
    ("昭和 30 年", "year", "with blanks"),
    ("昭和30年(1955)", "year", "both calendars in one"),
    ("1955", "western", "alone"),
    ("（1955）", "western", "in brackets"),
    ("11", "number", "a bare number is told by its column"),
    ("10月", "month", ""),
    ("9月頃", "month", "about"),
    ("11 月 19 日（木）", "month_day", ""),
    ("2月11", "month_day", "its 日 stands below"),
    ("10月18日～", "month_day", "an open period"),
    ("S47. 6. 1", "date", "dots and blanks"),
    ("昭和22年4月", "date", "a year and a month"),
    ("日", "unit", "the rest of a broken date"),
]
OPENINGS = [
    ("4月1日 町章を制定", 4, "a day"),
    ("10 月　議会", 10, "a blank before its unit"),
    ("〃 町章を制定", -1, "as above"),
    ("この年 豊作", -1, "the year alone"),
    ("同月20日 開校", -1, "a day of the same month"),
    ("三村が合併", 0, "a text"),
    ("春まつりを開催", 0, "near miss: a season inside a word"),
]


@pytest.mark.parametrize(("word", "place", "expected", "why"), WORDS)
def test_words_of_dates(word: str, place: int, expected: bool, why: str) -> None:
    assert may_be_date(plain(word), place) is expected, why


@pytest.mark.parametrize(("text", "kind", "why"), KINDS)
def test_kinds_of_pieces(text: str, kind: str, why: str) -> None:
    assert kind_of(plain(text)) == kind, why


@pytest.mark.parametrize(("text", "month", "why"), OPENINGS)
def test_months_that_open_texts(text: str, month: int, why: str) -> None:
    assert opens_month(plain(text)) == month, why


def test_columns_of_dates_are_told_by_what_they_say() -> None:
    text = (
        "   年       月日         事項\n"
        "          ３月20日    学校給食を開始\n"
        "昭和 29 年\n"
        "          ７月 ６日    分別収集を開始\n"
        "昭和 30 年    ２月      町史を刊行\n"
        "          ３月17日    町章を制定\n"
        "昭和 32 年\n"
        "          ９月23日    福祉事務所を設置\n"
    )
    found = find_areas([cut_rows(text)], by_character)
    assert found is not None
    kinds, (area,) = found
    assert kinds == ("year", "month_day")
    rows = {row.start: row for row in cut_rows(text)}
    said = {rows[start].number: [(at, piece.text) for at, piece in own] for start, own in area.pieces.items()}
    assert said[5] == [(0, "昭和 30 年"), (1, "2月")]
    assert said[3] == [(0, "昭和 29 年")]


def test_numbers_alone_are_no_dates() -> None:
    text = (
        "1 総則      町長\n2 組織      議会\n3 財政      税務課\n4 教育      教育委員会\n5 福祉      福祉課\n"
    )
    assert find_areas([cut_rows(text)], by_character) is None


def cells_of(text: str, begin: int, heads: tuple[int, ...] = ()) -> list[list[str]]:
    """The cells of the texts of rows whose texts begin at one place."""
    rows = [row for row in cut_rows(text) if not row.is_blank]
    begins = {row.start: begin for row in rows if row.text[0] != " "}
    behind = find_categories([(rows, begins, begin)], by_character)
    cells = cut_texts(rows, begins, begin, heads, by_character, behind, 0)
    return [[row.text[start:end] for start, end in cells.get(row.start, {}).values()] for row in rows]


def test_a_full_text_is_a_blank_away_from_the_next_column() -> None:
    text = (
        "S47. 6. 1 公共下水道基本計画を策定する方針    県告示第１号\n"
        "S48. 3. 3 処理区域の一部で供用を開始した 処理人口五千人\n"
        "S49. 4. 1 下水道課を設置         職員６人\n"
        "S50. 2. 8 建設用地を取得         四ヘクタール\n"
    )
    cells = cells_of(text, 10)
    assert cells[1] == ["処理区域の一部で供用を開始した", "処理人口五千人"]
    assert cells[2] == ["下水道課を設置", "職員６人"]


def test_words_that_sort_entries_are_a_column() -> None:
    text = "".join(
        f"S{47 + number}. 6. 1 {word} {body}\n"
        for number, (word, body) in enumerate(
            [
                ("計画", "基本計画を策定"),
                ("組織", "下水道課を設置"),
                ("計画", "計画を変更"),
                ("建設", "用地を取得"),
                ("組織", "課を再編"),
                ("建設", "工事に着手"),
            ]
        )
    )
    assert cells_of(text, 10)[0] == ["計画", "基本計画を策定"]
    assert cells_of(text, 10)[5] == ["建設", "工事に着手"]


def test_signs_set_apart_are_one_head() -> None:
    assert join_signs([(0, 2), (10, 11), (17, 18), (30, 32)]) == [(0, 2), (10, 18), (30, 32)]


def reading(text: str, cells: dict[str, tuple[int, int, int]]) -> list[Line]:
    """Lines of these parts of a text, each in its cell."""
    lines = []
    for said, cell in cells.items():
        start = text.index(said)
        lines.append(Line(Span(start, start + len(said)), 1 + text[:start].count("\n"), 1, cell=cell))
    return lines


def test_the_reading_with_fewer_faults_is_better() -> None:
    text = "昭和30年 4月1日 開校\n5月3日 祭礼\n昭和31年 6月2日 落成\n7月4日 出水\n"
    good = reading(
        text,
        {
            "昭和30年": (0, 0, 0), "4月1日": (0, 0, 1), "開校": (0, 0, 2), "5月3日": (0, 1, 1), "祭礼": (0, 1, 2),
            "昭和31年": (0, 2, 0), "6月2日": (0, 2, 1), "落成": (0, 2, 2), "7月4日": (0, 3, 1), "出水": (0, 3, 2),
        },
    )  # fmt: skip
    joined = reading(
        text,
        {
            "昭和30年": (0, 0, 0), "4月1日": (0, 0, 1), "開校": (0, 0, 2), "5月3日": (0, 0, 1), "祭礼": (0, 0, 2),
            "昭和31年": (0, 0, 0), "6月2日": (0, 0, 1), "落成": (0, 0, 2), "7月4日": (0, 1, 1), "出水": (0, 1, 2),
        },
    )  # fmt: skip
    assert judge(text, good).faults == 0.0
    assert judge(text, joined).faults > 1.0
    assert judge(text, good).is_better(judge(text, joined))
    assert not judge(text, joined).is_better(judge(text, good))


BANDS = (
    "平成18年度\n4月1日 発足\n3月20日 策定\n平成19年度\n4月24日 調査\n1月13日 式典\n平成20年度\n5月2日 開校\n"
)


def test_below_a_fiscal_year_january_to_march_come_last() -> None:
    """Bands set before the row below them are in order; set into the row above them they are not."""
    days = ["4月1日", "3月20日", "4月24日", "1月13日", "5月2日"]
    texts = ["発足", "策定", "調査", "式典", "開校"]
    rows = [1, 2, 4, 5, 7]
    cells = {day: (0, row, 1) for day, row in zip(days, rows, strict=True)}
    cells |= {text: (0, row, 2) for text, row in zip(texts, rows, strict=True)}
    bands = ["平成18年度", "平成19年度", "平成20年度"]
    above, below = (
        cells | {band: (0, row, 0) for band, row in zip(bands, places, strict=True)}
        for places in ([0, 3, 6], [1, 2, 5])
    )
    by_row = [dict(sorted(each.items(), key=lambda one: one[1])) for each in (above, below)]
    assert judge(BANDS, reading(BANDS, by_row[0])).faults == 0.0
    assert judge(BANDS, reading(BANDS, by_row[1])).faults > 1.0


def test_a_year_without_a_text_is_a_fault_where_others_stand_beside_one() -> None:
    text = "昭和30年 開校\n昭和31年 落成\n昭和32年\n5月3日 祭礼\n"
    cells = {"昭和30年": (0, 0, 0), "開校": (0, 0, 1), "昭和31年": (0, 1, 0), "落成": (0, 1, 1)}
    torn = {**cells, "昭和32年": (0, 2, 0), "5月3日": (0, 3, 0), "祭礼": (0, 3, 1)}
    assert judge(text, reading(text, torn)).faults == 2.0


def test_a_cell_that_holds_the_dates_of_many_rows_is_a_fault_for_each() -> None:
    years = [f"昭和{number}年" for number in range(30, 40)]
    text = "".join(f"{year} 開校\n" for year in years)
    crowded = [
        Line(Span(text.index(year), text.index(year) + len(year)), 1, 1, cell=(0, 0, 0)) for year in years
    ]
    assert judge(text, crowded).faults >= 6.0
