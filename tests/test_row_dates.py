"""Years, months and days in columns of their own, put together row by row."""

from __future__ import annotations

from tests.made_documents import cut, entries, table


def test_an_era_left_out_beside_a_calendar_year_is_carried() -> None:
    rows = [
        ["西暦", "和暦", "月日", "事項"],
        ["1954", "昭和29年", "4.1", "町制施行"],
        ["1956", "31", "12.26～1.5", "展示会"],
        ["1990", "2年", "10.5", "文化祭"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["1954-04-01", "1956-12-26/1957-01-05", "1990-10-05"]


def test_calendars_that_disagree_in_their_columns_are_reported() -> None:
    rows = [
        ["西暦", "元号", "月日", "事項"],
        ["1954", "昭和29", "4月1日", "甲"],
        ["1956", "昭和30", "5月3日", "乙"],
    ]
    reading = cut(table(rows))
    assert [entry.date.edtf for entry in reading.entries] == ["1954-04-01", "1956-05-03"]
    assert [finding.code for finding in reading.findings] == ["date_calendars_disagree"]


def test_a_date_parted_inside_its_cell_is_one() -> None:
    rows = [
        ["年月日", "事項"],
        ["平成 5 年 7⇥\n月 27 日～平⇥\n成 5 年 8 月⇥\n5 日", "甲"],
        ["昭和三二年一〇月一四日⇥\n～", "乙"],
        ["昭和三四年一二月一六日⇥\n・一七日", "丙"],
        ["平成10年12月2日\n～\n平成11年1月3日", "丁"],
        ["平成12年5月1日\n以降", "戊"],
        ["平成13年4月1日", "己"],
    ]
    assert entries(table(rows)) == [
        ("1993-07-27/1993-08-05", "甲"),
        ("1957-10-14/..", "乙"),
        ("1959-12-16/1959-12-17", "丙"),
        ("1998-12-02/1999-01-03", "丁"),
        ("2000-05-01/..", "戊"),
        ("2001-04-01", "己"),
    ]


def test_parts_of_a_date_that_are_not_exact_keep_their_words() -> None:
    rows = [
        ["年", "月", "日", "事項"],
        ["昭和29", "4", "13頃", "甲"],
        ["昭和30", "7", "19～20", "乙"],
        ["昭和31", "4～", "", "丙"],
        ["昭和32", "8", "中旬", "丁"],
    ]
    dates = ["1954-04-13~", "1955-07-19/1955-07-20", "1956-04/..", "1957-08~"]
    assert [date for date, _ in entries(table(rows))] == dates


def test_a_day_that_stands_with_the_text_belongs_to_its_month() -> None:
    rows = [
        ["昭和29年", "4月", "1日　町制を施行"],
        ["〃", "〃", "15日　町長に青木氏"],
        ["〃", "5月", "3日　町章を制定"],
        ["昭和30年", "1月", "支所を設置"],
    ]
    assert entries(table(rows)) == [
        ("1954-04-01", "町制を施行"),
        ("1954-04-15", "町長に青木氏"),
        ("1954-05-03", "町章を制定"),
        ("1955-01", "支所を設置"),
    ]


def test_a_text_that_begins_with_a_day_keeps_it_where_others_do_not() -> None:
    rows = [
        ["昭和29年", "4月", "1日　町制を施行"],
        ["昭和30年", "5月", "支所を設置"],
        ["昭和31年", "6月", "合併"],
    ]
    assert entries(table(rows))[0] == ("1954-04", "1日　町制を施行".replace("　", " "))


def test_a_year_of_an_era_with_its_calendar_year_in_brackets() -> None:
    rows = [
        ["年号", "月日", "できごと"],
        ["明治21（1888）", "7.14", "測量"],
        ["22（1889）", "4.1", "村制施行"],
        ["大正元（1912）", "7.30", "改元"],
        ["12（1923）", "9.1", "震災"],
    ]
    assert [date for date, _ in entries(table(rows))] == [
        "1888-07-14",
        "1889-04-01",
        "1912-07-30",
        "1923-09-01",
    ]


def test_a_day_beside_a_year_that_cannot_be_read_takes_no_other_year() -> None:
    rows = [["年号", "月日", "できごと"], ["明治21年", "7.14", "測量"], ["22（1999）", "4.1", "村制施行"]]
    assert [date for date, _ in entries(table(rows))] == ["1888-07-14", None]


def test_a_unit_alone_beside_a_calendar_year_is_the_rest_of_a_torn_cell() -> None:
    rows = [
        ["西暦", "年号", "月日", "事項"],
        ["1914", "大正3年", "4月", "信用組合設立"],
        ["1923", "年", "9月1日", "震災"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["1914-04", "1923-09-01"]


def test_a_whole_date_of_another_year_than_the_column_beside_it_is_reported() -> None:
    rows = [
        ["西暦", "年月日", "できごと"],
        ["1954", "昭和29年4月1日", "町制施行"],
        ["1955", "昭和31年4月1日", "合併"],
        ["1956", "昭和31年12月26日～1月5日", "展示会"],
    ]
    reading = cut(table(rows))
    assert [entry.date.edtf for entry in reading.entries] == [
        "1954-04-01",
        "1956-04-01",
        "1956-12-26/1957-01-05",
    ]
    assert [finding.code for finding in reading.findings] == ["date_calendars_disagree"]


def test_an_era_left_out_is_told_by_the_calendar_year_or_reported() -> None:
    rows = [
        ["西暦", "和暦", "できごと"],
        ["1868", "明治1", "戊辰戦争"],
        ["1871", "〃 4", "廃藩置県"],
        ["1872", "五", "学制発布"],
        ["1913", "2", "鉄道開通"],
        ["1924", "12", "震災の慰霊祭"],
    ]
    reading = cut(table(rows))
    assert [entry.date.edtf for entry in reading.entries] == ["1868", "1871", "1872", "1913", "1924"]
    assert [finding.message for finding in reading.findings] == [
        "1924年（大正12年）: the calendars disagree (1924 and 1923); the one written first, 1924, stands"
    ]


def test_a_word_spread_over_month_and_day_is_the_day_above() -> None:
    rows = [
        ["西暦", "月", "日", "できごと"],
        ["1958", "11", "1", "記念式典"],
        ["", "同", "日", "同窓会発足"],
        ["", "同", "20", "演奏会"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["1958-11-01", "1958-11-01", "1958-11-20"]


def test_two_eras_of_one_year_in_a_cell_are_one_year() -> None:
    rows = [
        ["年度", "月", "できごと"],
        ["平成31年度\n令和元年度", "4", "甲"],
        ["", "5", "乙"],
        ["令和2年度", "6", "丙"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["2019-04", "2019-05", "2020-06"]


def test_a_fiscal_year_in_a_row_of_its_own_rules_days_in_dots() -> None:
    rows = [
        ["月日", "事項"],
        ["昭和28年度", ""],
        ["6.15", "議決"],
        ["2. 1", "着工"],
        ["昭和30年度", ""],
        ["7.－", "渇水"],
        ["6～9", "給水制限"],
        ["3.30", "竣工"],
        ["昭和31年度", "町制施行"],
    ]
    assert entries(table(rows)) == [
        ("1953-06-15", "議決"),
        ("1954-02-01", "着工"),
        ("1955-07", "渇水"),
        ("1955-06/1955-09", "給水制限"),
        ("1956-03-30", "竣工"),
        ("1956-04/1957-03", "町制施行"),
    ]
