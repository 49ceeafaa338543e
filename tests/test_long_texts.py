"""Chronologies of long texts whose lines a page of some width broke: dates inside the sentences open nothing."""

from __future__ import annotations

import itertools
import random

import pytest

from pipeline import chars
from pipeline.build import parse_document
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules

RULES = load_rules()
SENTENCES = (
    "町制を施行し、人口は{n}人となる",
    "県道{n}号線の改良工事が完了し、開通式を挙行",
    "総合計画（平成{m}年度～平成{k}年度）を策定",
    "昭和{m}年に建設した庁舎の耐震改修工事に着手",
    "台風{m}号により床上浸水{n}戸の被害を受ける",
    "姉妹都市から訪問団{n}人を迎え、記念植樹を行う",
    "町内{m}か所に防災行政無線の屋外子局を設置し、4月1日から運用を開始",
    "10月1日の国勢調査で人口{n}人、世帯数{n}世帯",
    "農業集落排水施設の供用を開始した",
    "合併協議会を設置し、{m}回の協議を経て合併協定書に調印した",
)
FORMS = {
    "era": "{era}{count}年{m}月{d}日",
    "both_calendars": "{y}年（{era}{count}年）{m}月{d}日",
    "western": "{y}年{m}月{d}日",
    "slashes": "{y}/{m}/{d}",
    "short_era": "{short}{count}.{m}.{d}",
}
GAPS = {"blank": " ", "wide_blank": "　", "dash": " - ", "colon": "：", "four_blanks": "    ", "line": "\n"}
HANGING = "、。）」"


def written(form: str, year: int, month: int, day: int) -> str:
    era, short, first = ("平成", "H", 1988) if year > 1989 else ("昭和", "S", 1925)
    return FORMS[form].format(era=era, short=short, count=year - first, y=year, m=month, d=day)


def wrapped(text: str, width: float, indent: str) -> str:
    """The text in lines of this width; 、 and 。 hang over the edge rather than open a line."""
    lines, line = [], ""
    for sign in text:
        over = chars.width(line + sign) - width
        if over > 0 and not (sign in HANGING and over <= 1):
            lines.append(line)
            line = indent
        line += sign
    return "\n".join([*lines, line])


def make(form: str, gap: str, width: float, indent: str, bullet: str) -> tuple[str, list[tuple[str, str]]]:
    dice = random.Random(f"{form} {gap} {width} {indent} {bullet}")
    body, truth = [], []
    for year in range(1960, 2016, 2):
        month, day = dice.randint(1, 12), dice.randint(1, 28)
        sentences = [
            dice.choice(SENTENCES).format(
                n=dice.choice(["1,234", "312"]), m=dice.randint(2, 12), k=dice.randint(13, 30)
            )
            for _ in range(dice.choice([1, 1, 2, 3]))
        ]
        text = "。".join(sentences) + ("。" if len(sentences) > 1 else "")
        text = text.replace("。。", "。")
        truth.append((f"{year}-{month:02d}-{day:02d}", chars.key(text)))
        date = bullet + written(form, year, month, day)
        entry = date + GAPS[gap] + text
        body.append(
            date + "\n" + wrapped(indent + text, width, indent)
            if gap == "line"
            else wrapped(entry, width, indent)
        )
    return "○○町の沿革\n\n" + "\n".join(body) + "\n", truth


@pytest.mark.parametrize(("form", "gap"), list(itertools.product(FORMS, GAPS)), ids=lambda value: value)
def test_wrapped_sentences_come_back(form: str, gap: str) -> None:
    for width, indent, bullet in itertools.product((30, 38, 999), ("", "　　"), ("", "・")):
        text, truth = make(form, gap, width, indent, bullet)
        events = parse_document(read_text(text.encode(), "a.txt"), RULES).events
        found = [(event.date.edtf, chars.key(event.headline.value)) for event in events]
        assert [date for date, _ in found] == [date for date, _ in truth], (width, indent, bullet)
        same = sum(one == other for one, other in zip(found, truth, strict=True))
        assert same >= 0.85 * len(truth), (width, indent, bullet, set(truth) - set(found))
