"""Full texts of one width tell where the next column begins, be it a single blank away."""

from __future__ import annotations

from pipeline.read.rows import cut_rows
from pipeline.read.spacing_areaedges import find_edge, is_full
from pipeline.read.text import read_text

REMARKS = """                                         瀬波市統計書

    年月日                  市のできごと              備考
  昭和29年3月31日 1町4村（瀬波町、加納村、東原村、下野村、 人口 31,204人
              沖ノ島村）が合併し、瀬波市が誕生
         5月9日 初代市長に大野木伝次郎就任            無投票
        10月1日 市章制定                     応募 412点
  昭和34年9月26日 伊勢湾台風により沖ノ島地区の堤防が決壊、 災害救助法適用
              死者7人、家屋の全半壊に及ぶ
   昭和36年11月3日 市民憲章制定
     昭和48年10月 市民会館開館、こけら落としに東洋交響楽団 文化ホール
              の公演
昭和55年10月5日 オーストラリア・バンバリー市と姉妹都市提 第1号
            携
 昭和57年4月1日 市立図書館開館                   蔵書 5万冊
昭和59年3月31日 市制30周年記念式典、名誉市民に大野木伝次
            郎氏
平成3年9月27日 台風第19号により農作物に大きな被害、果樹 被害額
            の落果率は7割を超える
"""


def test_the_width_of_most_full_texts_is_found() -> None:
    rows = [row for row in cut_rows(REMARKS) if not row.is_blank]
    begins = {row.start: row.text.index("日 ") + 2 for row in rows if "日 " in row.text}
    assert find_edge([(rows, begins)]) == 20.0
    assert is_full(20.5, 20.0)
    assert not is_full(22.5, 20.0)


def test_texts_of_many_widths_show_none() -> None:
    rows = cut_rows("".join(f"4月{day}日 {'総会の開催について報告' + 'す' * day}\n" for day in range(1, 9)))
    assert find_edge([(rows, {row.start: row.text.index(" ") + 1 for row in rows})]) == 0.0


def test_remarks_a_blank_behind_full_texts_are_a_column() -> None:
    document = read_text(REMARKS.encode(), "a.txt")
    cells = {document.text[line.span.start : line.span.end].strip(): line.cell for line in document.lines}
    assert cells["1町4村（瀬波町、加納村、東原村、下野村、"][2] == 1
    assert cells["人口 31,204人"][2] == 2
    assert cells["第1号"][2] == 2
    assert cells["被害額"][2] == 2


LAST_PAGE = """      年月日               事 項              備 考
平成23年 3月15日    大震災に係る応急給水活動（福島県い 給水車 2台
～31日           わき市）
平成26年 4月       水道料金等の徴収業務を民間に委託
平成28年 1月下旬    記録的な低温により漏水が多発し断水 戸数 約900戸
               する
令和 2年 5月       感染症対策として基本料金を免除する 5月～8月請求分
令和 4年 4月 1日    機構改革により上下水道局を新たに置 2課5係
               く
"""
FIRST_PAGE = """      年月日               事 項              備 考
昭和 4年 3月14日    町議会において上水道布設を議決
昭和 5年11月 5日    上水道布設認可                計画給水人口 12,000
昭和 7年 3月 1日    創設工事が竣工し、旧町内の全区域へ    総事業費
               給水を開始
昭和12年 7月20日    大旱魃により時間給水を行い、近隣か    延べ32日間
               ら応援を受ける
昭和28年 4月 1日    地方公営企業法を適用             職員18名
昭和33年 6月10日    第1次拡張事業の認可を県から受け、    計画 25,000
               着手する
昭和40年 9月 1日    料金を改定                  平均 18％
"""


def test_a_page_whose_remarks_touch_its_texts_has_the_columns_of_the_others() -> None:
    document = read_text((FIRST_PAGE + "\f" + LAST_PAGE).encode(), "a.txt")
    cells = {document.text[line.span.start : line.span.end].strip(): line.cell for line in document.lines}
    assert cells["大震災に係る応急給水活動（福島県い"][2] == 1
    assert cells["給水車 2台"][2] == 2
    assert cells["2課5係"][2] == 2
