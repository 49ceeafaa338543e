"""PDF tables without ruling lines whose years stand in the middle of their rows, as merged cells do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_chronology
from pipeline.rules.load import load_rules
from tests.pdf_editions.placed import place_rows
from tests.pdf_readings import needs_font

pytestmark = [pytest.mark.pdf, needs_font]

# A year, and its rows: the day and the lines of the text beside it.
YEARS = [
    ("昭和46年(1971)", [("11月", ["町文化財保護審議会が民具の収集", "と保存を建議"])]),
    (
        "昭和48年(1973)",
        [("4月1日", ["旧小学校の教室を借り受け、民具収", "蔵室を開設"]), ("7月下旬", ["民具教室を開始"])],
    ),
    ("昭和52年(1977)", [("6月15日", ["準備委員会が発足"]), ("12月", ["建設予定地を決定"])]),
    ("昭和54年(1979)", [("5月10日", ["起工式"]), ("10月2日", ["旧家住宅の移築工事に", "着手"])]),
    ("昭和55年(1980)", [("3月25日", ["本館竣工"]), ("4月1日", ["設置条例を施行"]), ("11月3日", ["開館式"])]),
    ("昭和57年(1982)", [("9月", ["資料館だよりを創刊"])]),
    (
        "昭和58年(1983)",
        [("春", ["友の会が発足し、会員による古文書", "の整理が始まる"]), ("7月21日", ["企画展を開催"])],
    ),
    ("平成2年(1990)", [("3月31日", ["登録博物館となる"]), ("11月", ["10周年記念誌を刊行"])]),
    ("平成6年(1994)", [("5月1日", ["茅葺き屋根を葺き替え、公開を再", "開"]), ("12月20日", ["冬季企画展"])]),
]
DATES = [
    "1971-11", "1973-04-01", "1973-07~", "1977-06-15", "1977-12", "1979-05-10", "1979-10-02", "1980-03-25",
    "1980-04-01", "1980-11-03", "1982-09", "1983-21", "1983-07-21", "1990-03-31", "1990-11", "1994-05-01", "1994-12-20",
]  # fmt: skip


def set_years(path: Path, place: str, gap: float) -> Path:
    rows = []
    for year, entries in YEARS:
        days = [line for day, text in entries for line in (day, *[""] * (len(text) - 1))]
        texts = [line for _, text in entries for line in text]
        rows.append((year, "\n".join(days), "\n".join(texts)))
    return place_rows(path, rows, (60.0, 160.0, 240.0), place=place, title="資料館のあゆみ", gap=gap)


@pytest.mark.parametrize("gap", [0.0, 8.0], ids=["days_alone_part_them", "gaps_part_them"])
@pytest.mark.parametrize("place", ["middle", "top"])
def test_each_year_rules_its_rows(tmp_path: Path, place: str, gap: float) -> None:
    """The dates of all rows; years at the top of their rows are the near miss."""
    reading = read_chronology(set_years(tmp_path / "made.pdf", place, gap), load_rules())
    assert [event.date.edtf for event in reading.events] == DATES
    texts = ["".join(text) for _, entries in YEARS for _, text in entries]
    assert [event.headline.value for event in reading.events] == texts
