"""Details that are numbered dates with texts are events of their own, and their heading is the parent."""

from __future__ import annotations

from pipeline.build import parse_document
from pipeline.model import Event
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules
from pipeline.tables.account import cut_account
from pipeline.tables.ids import make_ids

RULES = load_rules()
HEADED = """交流のあゆみ
平成30年
9月2日　実行委員会
10月6日～14日　第2回イベント開催
(1) 10月7日（日）　友好都市マルシェ
会場：駅前広場
(2) 10月6日～14日　パネル展示
11月3日　文化祭
"""


def read(text: str) -> tuple[Event, ...]:
    reading = parse_document(read_text(text.encode(), "a.txt"), RULES)
    assert cut_account(reading, make_ids(reading)).findings == ()
    return reading.events


def test_each_number_is_an_event_below_its_parent() -> None:
    found = [
        (event.date.edtf, event.parent and event.parent.value, event.headline.value) for event in read(HEADED)
    ]
    assert found == [
        ("2018-09-02", None, "実行委員会"),
        ("2018-10-07", "第2回イベント開催", "友好都市マルシェ"),
        ("2018-10-06/2018-10-14", "第2回イベント開催", "パネル展示"),
        ("2018-11-03", None, "文化祭"),
    ]


def test_details_stay_with_their_number() -> None:
    assert [[detail.text.value for detail in event.details] for event in read(HEADED)] == [
        [],
        ["駅前広場"],
        [],
        [],
    ]


def test_a_fiscal_year_serves_its_numbers() -> None:
    text = (
        "あゆみ\n平成28年度　児童交流キャンプ\n（１）７月２３日　北原コース\n（２）１月３０日　川南コース\n"
    )
    assert [event.date.edtf for event in read(text)] == ["2016-07-23", "2017-01-30"]


def test_one_number_or_numbers_without_dates_are_details() -> None:
    one = "あゆみ\n平成28年7月1日　総会\n(1) 7月2日 報告\n平成28年8月1日　役員会\n"
    plain = "あゆみ\n平成28年7月1日　総会\n(1) 事業報告\n(2) 7月2日 予定\n平成28年8月1日　役員会\n"
    bare = "あゆみ\n平成28年7月1日　総会\n(1) 7月2日\n(2) 7月3日\n平成28年8月1日　役員会\n"
    assert [len(read(text)) for text in (one, plain, bare)] == [2, 2, 2]


def test_a_heading_without_a_date_is_the_parent_and_the_entry_above_it_stays() -> None:
    text = (
        "あゆみ\n平成28年7月1日　アンケートを発送\n対象 1,200人\n夏休み教室の開催\n"
        "(1) 8月3日　土器づくり\n(2) 8月10日　火おこし\n平成28年9月1日　役員会\n"
    )
    found = [(event.parent and event.parent.value, event.headline.value) for event in read(text)]
    assert found == [
        (None, "アンケートを発送"),
        ("夏休み教室の開催", "土器づくり"),
        ("夏休み教室の開催", "火おこし"),
        (None, "役員会"),
    ]
