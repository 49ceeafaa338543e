"""What a date at a line's beginning is to its entry: unreadable, leaning on one above, a note, of the title's year."""

from __future__ import annotations

from pipeline.model import FULL, HARD
from tests.made_documents import cut, entries, plain, table

HEAD = "平成26年\n4月 1日 開始\n4月 9日 説明会\n5月 2日 総会\n5月 9日 協議\n"


def test_a_first_date_that_does_not_exist_is_an_entry_all_the_same() -> None:
    reading = plain("経過\n令和3年2月29日　規約を改正\n同月　総会を開催し、役員を改選\n令和4年4月1日　法人化")
    assert entries(reading) == [
        (None, "規約を改正"),
        (None, "総会を開催し、役員を改選"),
        ("2022-04-01", "法人化"),
    ]


def test_rows_without_a_date_above_the_first_date_are_entries() -> None:
    rows = [
        ["年代", "できごと"],
        ["縄文時代", "集落が営まれる"],
        ["明治22年", "村制施行"],
        ["1970年", "町制施行"],
    ]
    assert entries(table(rows)) == [(None, "集落が営まれる"), ("1889", "村制施行"), ("1970", "町制施行")]


def test_a_date_that_leans_on_an_unreadable_one_starts_an_entry_below_a_full_line() -> None:
    lines = (
        "平成29年4月1日　設立\n平成29年2月31日　改正\n同日　役員を選出\n5月3日　総会\n平成30年6月1日　展示"
    )
    reading = cut(plain(lines, [HARD, FULL, HARD, HARD, HARD]))
    assert [entry.date.edtf for entry in reading.entries] == ["2017-04-01", None, None, None, "2018-06-01"]


def test_a_date_in_round_brackets_on_a_line_of_its_own_is_a_note() -> None:
    text = HEAD + "会場は会館\n（10/31まで）\n6月 9日 視察\n（6/30）"
    assert [date for date, _ in entries(plain(text))][4:] == ["2014-06-09"]


def test_dates_that_all_stand_in_round_brackets_are_entries() -> None:
    text = "平成26年\n（4月1日）\n開始\n（4月9日）\n説明会\n（5月2日）\n総会\n（6月3日）\n協議"
    assert len(entries(plain(text))) == 4


def test_a_fiscal_year_in_the_title_is_that_of_days_without_a_year() -> None:
    text = "令和5年度の取組\n4月1日　辞令を交付\n5月3日　まつり\n1月4日　仕事始め"
    assert [date for date, _ in entries(plain(text))] == ["2023-04-01", "2023-05-03", "2024-01-04"]


def test_a_year_without_its_era_among_months_is_an_entry_though_it_is_alone() -> None:
    text = "昭和38年　4月　創業\n　　　　　9月　改組\n　　41年　6月　竣工\n　　　　 11月　増資\n平成2年　3月　上場\n平成3年　1月　支店"
    assert "1966-06" in [date for date, _ in entries(plain(text))]


def test_a_whole_dotted_date_alone_among_ditto_signs_is_an_entry() -> None:
    text = "沿革\n昭和29．4．1　町制\n〃　4．15　町長\n〃　5．3　町章\n昭和30．1．1　支所\n　　31．2．3　議事堂\n〃　12．1　給水"
    assert [date for date, _ in entries(plain(text))][-2:] == ["1956-02-03", "1956-12-01"]


def test_what_is_written_so_once_is_no_habit() -> None:
    text = (
        "経過\n令和5年10月7日（土）　物産展を開催\n会場：公園\n10月7日（土）は300人が来場\n"
        "令和5年11月3日（金・祝）　文化祭を開催\n令和6年1月5日（金）　新年会"
    )
    assert [date for date, _ in entries(plain(text))] == ["2023-10-07", "2023-11-03", "2024-01-05"]


def test_a_name_that_opens_with_the_date_beside_it_is_text() -> None:
    text = "平成30年4月1日　統合\n同年7月　平成30年7月豪雨の被災地へ給水車を派遣\n令和元年5月1日　改元\n"
    assert entries(plain(text))[1] == ("2018-07", "平成30年7月豪雨の被災地へ給水車を派遣")


def test_the_same_date_in_the_other_calendar_is_part_of_it() -> None:
    text = "1986年10月5日　昭和61年10月5日　開通\n1987年3月　昭和62年3月　竣工\n1987年4月5日　開業\n"
    assert entries(plain(text))[:2] == [("1986-10-05", "開通"), ("1987-03", "竣工")]


def test_the_calendar_year_on_a_line_of_its_own_below_the_date() -> None:
    text = "年代\n西暦\n事項\n文禄３年３月\n1594\n本堂を再建\n翌年４月\n1595\n山門建立\n元和元年\n1615\n寄進を受ける\n昭和30年5月1日\n庫裏改築\n"
    assert entries(plain(text)) == [
        ("1594-03", "本堂を再建"),
        ("1595-04", "山門建立"),
        ("1615", "寄進を受ける"),
        ("1955-05-01", "庫裏改築"),
    ]


def test_a_year_in_both_calendars_above_its_days_is_their_heading() -> None:
    text = "昭和30年\n1955\n4月1日 町制施行\n5月3日 祭礼\n昭和31年\n1956\n6月2日 落成\n"
    dates = [date for date, body in entries(plain(text)) if body]
    assert dates == ["1955-04-01", "1955-05-03", "1956-06-02"]
