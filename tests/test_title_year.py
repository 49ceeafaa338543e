"""The year of a title or preface serves the days below that leave it out; a title with a date is no entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_chronology
from pipeline.rules.load import load_rules

RULES = load_rules()
DAYS = (
    "5月18日 10:00 災害対策本部を設置\n11:30 避難所を開設\n5月19日 8:00 給水を開始\n6月2日 避難所を閉鎖\n",
    "5/18 10:00 災害対策本部を設置\n  11:30 避難所を開設\n5/19 8:00 給水を開始\n6/2 9:00 避難所を閉鎖\n",
    "日時\t内容\n5月18日 10:00\t災害対策本部を設置\n11:30\t避難所を開設\n5月19日 8:00\t給水を開始\n6月2日\t避難所を閉鎖\n",
)
READ = [
    ("05-18", "災害対策本部を設置"),
    ("05-18", "避難所を開設"),
    ("05-19", "給水を開始"),
    ("06-02", "避難所を閉鎖"),
]

# title, year, why
TITLES = (
    ("令和6年能登半島地震の記録", 2024, "the year begins the title"),
    ("令和元年五月の地震の記録", 2019, "a month and の: what follows belongs to the title"),
    ("令和元年5月の地震について", 2019, "no word of a title at its end"),
    ("平成23年3月11日の地震に伴う対応", 2011, "a whole day in a title"),
    ("令和6年1月1日に発生した能登半島地震への対応", 2024, "the day and に"),
    ("平成30年7月6日からの大雨による被害状況（第15報）\n平成30年7月20日 17時現在", 2018, "the day of issue below"),
    ("平成30年7月豪雨による被害と対応", 2018, "a month that runs on: no entry"),
    ("平成28年（2016年）熊本地震", 2016, "a year that runs on: no entry"),
    ("台風第19号に係る対応（令和元年10月）", 2019, "a month in brackets at the end"),
    ("新型コロナウイルス感染症への対応経過（令和2年）", 2020, "a year in brackets at the end"),
    ("大雪対応の記録\n（平成26年2月14日～2月28日）", 2014, "a period on a line of its own is no day of issue"),
    ("平成23年3月11日14時46分、三陸沖を震源とする地震が発生し、町内で震度6弱を観測した。町の対応は次のとおりである。", 2011, "a preface that begins with a day"),
)  # fmt: skip

# document, days read, why
NEAR_MISSES = (
    ("対応の記録\n令和元年10月20日現在\n\n5月18日 総会\n6月2日 報告会\n", ["2019-05-18", "2019-06-02"], "the day of issue, where nothing else says a year"),
    ("対応の記録\n令和2年1月20日現在\n\n10月18日（金） 総会\n", ["2019-10-18"], "the last such day before the day of issue"),
    ("対応の記録\n令和2年1月20日現在\n\n10月18日（土） 総会\n", [None], "the weekday is another: no year"),
    ("平成30年7月 豪雨発生\n8月3日 復旧を開始\n9月1日 復旧を完了\n", ["2018-07", "2018-08-03", "2018-09-01"], "a blank: an entry"),
    ("平成30年町制施行\n平成31年1月3日 出初式\n平成31年2月1日 総会\n", ["2018", "2019-01-03", "2019-02-01"], "days say their year"),
    ("平成30年7月3日 委員は次のとおり\n8月3日 総会\n9月1日 報告\n", ["2018-07-03", "2018-08-03", "2018-09-01"], "no prose: an entry"),
    ("1/50の模型を展示\n図面 5枚\n平成30年8月3日 総会\n", ["2018-08-03"], "no month and day, for a year is said nowhere above"),
)  # fmt: skip


@pytest.mark.parametrize("days", DAYS, ids=("words", "slashes", "tabs"))
@pytest.mark.parametrize(("title", "year", "why"), TITLES, ids=[title[:12] for title, _, _ in TITLES])
def test_the_year_of_the_title_serves(title: str, year: int, why: str, days: str, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text(f"{title}\n\n{days}", "utf-8")
    events = read_chronology(path, RULES).events
    found = [(event.date.edtf, event.headline.value) for event in events]
    assert found == [(f"{year}-{day}", text) for day, text in READ], why


@pytest.mark.parametrize(("text", "days", "why"), NEAR_MISSES, ids=[why[:20] for _, _, why in NEAR_MISSES])
def test_what_is_no_such_title(text: str, days: list[str | None], why: str, tmp_path: Path) -> None:
    path = tmp_path / "near.txt"
    path.write_text(text, "utf-8")
    assert [event.date.edtf for event in read_chronology(path, RULES).events] == days, why
