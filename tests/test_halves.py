"""Text pages set in two columns are read column by column; tables with one column of dates are not parted."""

from __future__ import annotations

import pytest

from pipeline.read.halves import part_halves
from pipeline.read.rows import cut_rows
from pipeline.read.text import read_text

PROSE = """水道のあゆみ
明治20年頃 市街の井戸水の水質悪化が問題と       昭和21年12月21日 南海地震により配水管の
 なり、衛生組合が販売を取り締まる。          折損が相次ぎ、3日間断水。
明治35年8月 コレラが流行、城下町一帯で患      昭和24年3月 戦災復旧工事が完了。
 者186人。                     昭和27年10月1日 地方公営企業法の適用を受
大正11年6月 市制施行を機に、市会で上水道       け、企業会計方式を採用。
 布設の建議が可決される。               昭和29年4月1日 隣接5か村の合併に伴い、簡
大正13年12月18日 上水道布設認可申請書を      易水道3施設を引き継ぐ。
 内務大臣に提出。                   昭和32年6月15日 水道法公布。
昭和2年11月20日 市街地で給水を開始。        昭和34年7月 第2次拡張事業に着手。
"""
LAST = """昭和57年5月 伊沢ダムが完成。             平成30年4月1日 統合。
昭和58年4月1日 県営用水からの受水を開始      同年7月 被災地へ給水車を派遣。
昭和62年 水道創設60周年。             令和4年度 実証実験を実施。
平成元年6月1日 広場を開催。            令和6年1月4日 応急給水活動を開始。
平成7年1月18日 兵庫県南部地震の被災地（神
 戸市東灘区）へ給水車2台を派遣。
"""
YEARS = """年        本市のできごと                  国のできごと
昭和30年  4月1日 町制施行                   7月 神武景気が始まる
        10月3日 役場新庁舎が完成              12月 自由民主党が結成される
昭和31年  5月1日 公民館を開館                 12月 国際連合に加盟する
        9月9日 簡易水道が通水               10月 日ソ共同宣言に署名
昭和32年  3月3日 小学校の講堂が落成              8月 原子炉に火がともる
"""


def starts(text: str) -> list[str]:
    return [row.text.strip()[:7] for row in part_halves(cut_rows(text)) if not row.is_blank]


def test_the_left_column_comes_first_and_what_runs_over_both_stays_whole() -> None:
    found = starts(PROSE)
    assert found[0] == "水道のあゆみ"
    assert found.index("昭和2年11月"[:7]) < found.index("昭和21年12")
    assert found.index("昭和21年12") < found.index("昭和34年7月"[:7])


def test_a_last_page_with_a_shorter_right_column_goes_on_as_the_pages_before_it() -> None:
    found = starts(PROSE + "\f" + LAST)
    assert found.index("戸市東灘区）へ") < found.index("平成30年4月"[:7])


def test_each_half_is_what_the_file_says_there() -> None:
    text = PROSE + "\f" + LAST
    rows = part_halves(cut_rows(text))
    assert all(text[row.start : row.end] == row.text for row in rows)
    kept = "".join(sorted("".join(row.text for row in rows).replace(" ", "")))
    assert kept == "".join(sorted("".join(text.split())))


def test_lines_that_a_column_broke_are_full() -> None:
    document = read_text("\f".join([PROSE] * 3).encode(), "a.txt")
    wraps = {
        document.text[line.span.start : line.span.end].strip()[-4:]: line.wrap for line in document.lines
    }
    assert wraps["一帯で患"] == "full"
    assert wraps["配水管の"] == "full"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (YEARS, "what stands on the right says no year: it is a column of one table"),
        ("昭和30年4月1日    町制施行\n昭和31年5月3日    役場完成\n" * 4, "one column of dates"),
        ("1955    昭和30年4月1日    町制施行\n1956    昭和31年5月3日    役場完成\n" * 4, "both calendars"),
        ("", "nothing at all"),
    ],
)
def test_tables_are_not_parted(text: str, why: str) -> None:
    rows = cut_rows(text)
    assert part_halves(rows) == rows, why
