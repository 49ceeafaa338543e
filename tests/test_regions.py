"""What stands before and behind the chronology is told apart from it, and no entry is swallowed."""

from __future__ import annotations

import pytest

from tests.made_documents import cut, entries, plain, table

BODY = "平成26年\n4月 1日 開始\n4月 9日 説明会\n平成27年\n5月 2日 総会\n・議案を承認\n"


def regions(text: str) -> list[str]:
    return list(cut(plain(text)).regions)


def test_title_and_preface_stand_before_the_first_entry() -> None:
    text = "交流のあゆみ\n　本市は平成20年から北の町と交流してきた。ここに主な出来事を掲げる。\n" + BODY
    assert regions(text)[:3] == ["title", "preface", "chronology"]
    assert {mark.role for mark in cut(plain(text)).marks} == {"title", "note", "year"}


ANNEXES = [
    ("page_opens", BODY + "\f協定締結団体一覧\n団体名 締結日\n北町 平成20年4月1日\n平成21年5月31日\n南町", 5),
    ("numbers_follow", BODY + "利用者数の推移\n年度 26 27\n本館 1,204 1,310\n分館 310 298", 4),
    ("dated_rows", BODY + "協定一覧\n平成20年4月1日 北町 15\n平成21年5月1日 南町 9", 3),
    ("set_off", BODY + "\n2 審議会委員名簿\n氏名 所属\n山田 太郎 大学\n鈴木 花子 商工会", 4),
    ("appendix", BODY + "別表１ 給水人口\n年度 人口 水量\n20 1,204 310\n21 1,310 298", 4),
]


@pytest.mark.parametrize(("text", "lines"), [row[1:] for row in ANNEXES], ids=[row[0] for row in ANNEXES])
def test_a_caption_behind_the_last_entry_opens_the_annex(text: str, lines: int) -> None:
    assert regions(text)[-lines:] == ["annex"] * lines
    assert len(entries(plain(text))) == 3


KEPT = [
    ("headline", BODY + "6月 1日\n交流自治体一覧\n冊子を発行", "the line below a date alone is its headline"),
    ("bullet", BODY + "6月 1日 調査\n・参加団体一覧\n・回答 12件 8件", "a marked line is a detail"),
    (
        "goes_on",
        BODY + "参加団体一覧\n甲 12\n乙 13\n6月 1日 公表",
        "the chronology goes on in order behind it",
    ),
    (
        "no_table",
        BODY + "6月 1日 調査\n参加団体の一覧\n次回に向けて検討",
        "no page, no table: text of the entry",
    ),
]


@pytest.mark.parametrize(("text", "why"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_near_misses_of_an_annex(text: str, why: str) -> None:
    assert "annex" not in regions(text), why
    assert len(entries(plain(text))) == 4, why


def test_notes_on_the_whole_close_the_document() -> None:
    text = BODY + "※会場は変更\n（注）年号は改元の日による。\n出典：町史"
    assert regions(text)[-3:] == ["chronology", "note", "note"]
    assert entries(plain(text))[-1] == ("2015-05-02", "総会/・議案を承認/※会場は変更")


def test_a_table_without_dates_behind_the_entries_is_annex() -> None:
    rows = [["月日", "内容"], ["平成26年4月1日", "開始"], ["5月1日", "総会"]]
    reading = table(rows)
    assert set(cut(reading).regions) == {"chronology"}
    assert [date for date, _ in entries(reading)] == ["2014-04-01", "2014-05-01"]


def test_section_headings_between_entries_belong_to_none() -> None:
    text = "【北の町との交流】\n平成2年4月1日 調印\n平成8年5月1日 訪問\n【南の町との交流】\n平成3年6月1日 調印\n平成9年7月1日 訪問"
    assert [text for _, text in entries(plain(text))] == ["調印", "訪問", "調印", "訪問"]


def test_a_text_without_a_date_has_no_entries() -> None:
    reading = cut(plain("町の案内\n役場は四日市にある。\n電話番号 0123-45-6789"))
    assert reading.entries == ()
    assert set(reading.regions) <= {"title", "preface"}
