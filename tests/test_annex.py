"""Annex tables: from torn text, from cells, typed and as they stand."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import chars
from pipeline.model import AnnexTable, Reading
from pipeline.parse.annex import read_annex
from pipeline.rules.load import Rules, load_rules
from tests.annex_readings import cell_reading, real_reading, text_reading, used_characters

CASES = tomllib.loads((Path(__file__).parent / "examples" / "annex.toml").read_text("utf-8"))["case"]
RULES: Rules = load_rules()


def read(reading: Reading) -> tuple[AnnexTable, ...]:
    return read_annex(reading, RULES).tables


def show(value: object) -> str:
    if isinstance(value, tuple):
        return " / ".join(value)
    return "" if value is None else str(value)


def rows(tables: tuple[AnnexTable, ...]) -> list[str]:
    return ["|".join(show(value) for value in row.values()) for table in tables for row in table.rows]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_typed_rows_of_text(case: dict[str, object]) -> None:
    reading = text_reading(str(case["text"]))
    tables = read(reading)
    assert [table.kind or "-" for table in tables] == case["kinds"]
    assert rows(tables) == case["rows"]
    assert_all_used(reading, tables)


def assert_all_used(reading: Reading, tables: tuple[AnnexTable, ...]) -> None:
    """Each character of the annex that is no blank is in exactly one caption, note or cell."""
    text = reading.document.text
    used = [place for place in used_characters(tables) if not chars.is_blank(text[place])]
    annex = [
        place
        for line, region in zip(reading.document.lines, reading.regions, strict=True)
        if region == "annex"
        for place in range(line.span.start, line.span.end)
        if not chars.is_blank(text[place])
    ]
    assert sorted(used) == annex
    for table in tables:
        for part in (table.caption, *table.notes, *(cell.text for cell in table.cells)):
            assert part is None or part.value == chars.read_spans(text, part.spans)


REAL_AGREEMENTS = [
    "北海道町村会|2016-04-26|144", "京都府市長会|2016-04-26|15", "京都府町村会|2016-04-26|11",
    "青森県市長会|2016-06-25|10", "青森県町村会|2016-06-25|30", "千葉県町村会|2017-01-19|17",
    "広島県町村会|2017-01-27|9", "奈良県町村会|2018-02-21|27", "群馬県市長会|2018-04-16|23",
    "群馬県町村会|2018-04-16|12", "埼玉県町村会|2018-05-01|23", "千葉県市長会|2019-10-26|37",
    "山梨県町村会|2019-10-26|14",
]  # fmt: skip
REAL_COMPANIES = [
    "第一生命保険株式会社||2018-08-23|ビジネス交流会の開催 / 「けんしん」活動の推進",
    "損害保険ジャパン株式会社|損害保険ジャパン日本興亜株式会社|2019-05-31|"
    "ドローンを活用した防災対策推進への取組み / 美術館を活用した芸術教育の連携",
    "三井住友海上火災保険株式会社||2019-09-11|経営サポートセンターの活用 / 被災者生活再建支援サポート",
    "明治安田生命保険相互会社||2022-03-29|"
    "異業種交流会「東京倶楽部」を通じたビジネスマッチング / 「全国連携講演会」等への講師派遣",
]
REAL_COUNTS = {
    "各区交流自治体": [574, 641, 675, 694, 700, 732, 832, 830, 815],
    "全国連携 HP 会員登録自治体": [149, 197, 237, 261, 266, 269, 269, 271, 317],
    "広域連携協定締結自治体": [None, 210, 236, 321, 372, 372, 372, 372, 372],
    "合計": [660, 878, 926, 984, 1004, 1035, 1096, 1105, 1117],
}


@pytest.mark.parametrize("wraps", [True, False], ids=["wraps_known", "wraps_unknown"])
def test_real_document(wraps: bool) -> None:
    """The three tables of the real document, exact, though its text order tears the first apart."""
    reading = real_reading(wraps)
    agreements, companies, counts = read(reading)
    assert rows((agreements,)) == REAL_AGREEMENTS
    assert rows((companies,)) == REAL_COMPANIES
    assert rows((counts,)) == [
        f"{category}|{year}|{year}-08-01|{show(count)}"
        for category, series in REAL_COUNTS.items()
        for year, count in zip(range(2015, 2024), series, strict=True)
    ]
    assert [table.caption.value for table in (agreements, companies, counts) if table.caption] == [
        "広域連携協定締結団体一覧", "民間企業との包括連携協定締結一覧", "連携自治体数の推移",
    ]  # fmt: skip
    assert [note.value for note in counts.notes] == [
        "※各年 8月 1日現在。",
        "※合計は、各区分の合算値から重複している自治体を除いた実数",
    ]
    assert_all_used(reading, (agreements, companies, counts))


def test_cells_of_the_real_document() -> None:
    """Cells as they stand: broken lines joined, numbers as numbers, the total row and the change column too."""
    agreements, companies, counts = read(real_reading())
    by_place = {(cell.row, cell.column): cell for cell in counts.cells}
    assert len(counts.cells) == 5 * 11
    assert by_place[2, 0].text.value == "全国連携 HP 会員登録自治体"
    assert by_place[3, 0].text.value == "広域連携協定締結自治体"
    assert (by_place[1, 10].text.value, by_place[1, 10].value) == ("＋241", 241)
    assert (by_place[4, 5].text.value, by_place[4, 5].value) == ("1,004", 1004)
    assert (by_place[3, 1].text.value, by_place[3, 1].value) == ("―", None)
    assert (by_place[1, 5].row_name, by_place[1, 5].column_name) == ("各区交流自治体", "元年度")
    total = [cell for cell in agreements.cells if cell.row_name == "合 計"]
    assert [cell.value for cell in total] == [372]
    assert (
        companies.cells[8].text.value
        == "〇ドローンを活用した防災対策推進への取組み 〇美術館を活用した芸術教育の連携"
    )


GRIDS = [
    "広域連携協定締結団体一覧",
    [["団体名", "構成自治体数"], ["北海道町村会（平成28年4月26日）", "144"], ["合 計", "144"]],
    "民間企業との包括連携協定締結一覧",
    [
        ["締結企業名", "締結年月日", "主な取組み"],
        ["A株式会社\n（旧：B\n株式会社）", "令和元年 5月 31日", "〇ドローンを活用した防災\n対策\n〇美術館"],
    ],
    "連携自治体数の推移",
    [
        ["区 分", "30 年度", "元年度", "30→元\n年度"],
        ["全国連携 HP\n会員登録自治体", "149", "1,004", "＋855"],
    ],
    "※各年 8月 1日現在。",
]


def test_tables_of_cells() -> None:
    """The same three kinds as a PDF's grid gives them."""
    reading = cell_reading(GRIDS)
    tables = read(reading)
    assert [table.kind for table in tables] == ["agreements", "company_agreements", "partner_counts"]
    assert rows(tables) == [
        "北海道町村会|2016-04-26|144",
        "A株式会社|B株式会社|2019-05-31|ドローンを活用した防災対策 / 美術館",
        "全国連携 HP 会員登録自治体|2018|2018-08-01|149",
        "全国連携 HP 会員登録自治体|2019|2019-08-01|1004",
    ]
    assert_all_used(reading, tables)


def test_table_goes_on_behind_a_page() -> None:
    """A grid with the same head, or with none, right behind another is its rest."""
    head = ["団体名", "構成自治体数"]
    reading = cell_reading(
        [
            "広域連携協定締結団体一覧",
            [head, ["北海道町村会（平成28年4月26日）", "144"]],
            [head, ["京都府市長会（平成28年4月26日）", "15"]],
            [["京都府町村会（平成28年4月26日）", "11"]],
        ]
    )
    tables = read(reading)
    assert rows(tables) == [
        "北海道町村会|2016-04-26|144",
        "京都府市長会|2016-04-26|15",
        "京都府町村会|2016-04-26|11",
    ]
    assert_all_used(reading, tables)


def test_one_date_cell_for_several_rows() -> None:
    """A merged date cell stands in the first of its rows only."""
    grid = [["団体名", "締結年月日"], ["京都府市長会", "平成28年4月26日"], ["京都府町村会", ""]]
    assert rows(read(cell_reading(["協定締結団体一覧", grid]))) == [
        "京都府市長会|2016-04-26|",
        "京都府町村会|2016-04-26|",
    ]


def test_unreadable_value_is_reported() -> None:
    """A count that is no number is left empty and reported with its table."""
    reading = text_reading("協定締結団体一覧\n")
    grid = [["団体名", "締結年月日", "構成自治体数"], ["甲町村会", "協議中", "約10"], ["乙町村会", "―", "―"]]
    result = read_annex(cell_reading(["協定締結団体一覧", grid]), RULES)
    assert sorted((finding.code, finding.table) for finding in result.findings) == [
        ("annex_date_unread", 0),
        ("annex_number_unread", 0),
    ]
    assert rows(result.tables) == ["甲町村会||", "乙町村会||"]
    assert read(reading)[0].caption is not None


def test_other_tables_stand_as_they_are() -> None:
    """Rows, columns, names and numbers of a table that no recipe knows; units stay with the number."""
    table = read(text_reading("助成金の交付状況\n区名 件数 金額\n千代田区 3 1,200千円\n港区 △2 ―\n"))[0]
    assert table.kind is None
    shown = [
        (cell.row_name, cell.column_name, cell.text.value, cell.value) for cell in table.cells if cell.row
    ]
    assert shown == [
        (None, "区名", "千代田区", None), ("千代田区", "件数", "3", 3), ("千代田区", "金額", "1,200千円", 1200),
        (None, "区名", "港区", None), ("港区", "件数", "△2", -2), ("港区", "金額", "―", None),
    ]  # fmt: skip


def test_years_without_an_era_keep_to_the_year_of_issue() -> None:
    """2, 3, 4 are of the newest era that does not pass the year of issue."""
    text = "自治体数の推移\n区分 2年度 3年度 4年度\n自治体 1 2 3\n"
    for issued, first in ((date(2024, 3, 8), 2020), (date(1999, 3, 8), 1990)):
        table = read(text_reading(text, issued))[0]
        assert [row["fiscal_year"] for row in table.rows] == [first, first + 1, first + 2]


def test_furniture_and_chronology_are_left_alone() -> None:
    """Lines with a furniture role, and lines of other regions, are in no table."""
    reading = text_reading(
        "9月10日 総会\n協定締結団体一覧\n団体名 構成自治体数\n26\n甲町村会（平成28年4月26日） 3", first=2
    )
    reading = replace(reading, roles=("", "", "", "page_number", ""))
    assert rows(read(reading)) == ["甲町村会|2016-04-26|3"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="団体名構成自治数合計年度元→一覧※（）〇平2718月日,＋― 　\n", max_size=120))
def test_any_text_is_used_up(text: str) -> None:
    """Whatever stands in an annex, each character ends in one place."""
    reading = text_reading(text)
    assert_all_used(reading, read(reading))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "団体名", "構成自治体数", "27年度", "区分", "甲\n乙", "12", "―"]),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_cells_are_used_up(grid: list[list[str]]) -> None:
    """The same for cells."""
    reading = cell_reading(["表の一覧", grid, "※注"])
    assert_all_used(reading, read(reading))
