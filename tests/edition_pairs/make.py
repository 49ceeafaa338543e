"""Makes believable pairs of editions from the real document, with what truly changed beside them.

Takes the real text. Gives a `MadePair` each: the old text, the new text, links and changes. All of
them are MADE UP: there is one real edition. The old ones are the document as it may have stood in
March 2023 and March 2022 (later entries cut off, older annex columns, two or three things that were
corrected since); the third is the real edition issued again with eight corrections. Both sides are
set again at other widths and page lengths, with blanks and widths as another PDF reader gives them.

`python -m tests.edition_pairs.make FOLDER` writes them out, truth.toml beside each pair; the old
text of march_2023 with its truth is the example in docs/made-up-2023.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.edition_pairs.truth import TRUTHS, Truth, dump_truth
from tests.rewrap import half_width, rewrap, shift_blanks

SOURCE = Path(__file__).resolve().parents[2] / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
ANNEX = " 広域連携協定締結団体一覧"
Edit = tuple[str, str]


@dataclass(frozen=True)
class MadePair:
    """Two texts and what changed from the first to the second."""

    name: str
    old: str
    new: str
    truth: Truth


def edit(text: str, *edits: Edit) -> str:
    """The text with each of these replaced; each must stand in it once."""
    for before, after in edits:
        if text.count(before) != 1:
            raise ValueError(f"{before!r} stands {text.count(before)} times in the document; expected once")
        text = text.replace(before, after)
    return text


def cut(text: str, first_left_out: str) -> str:
    """The text without the entries from this line on; the annex stays."""
    start, annex = text.index(first_left_out), text.index(ANNEX)
    return text[:start] + text[annex:]


def drop_years(text: str, years: int) -> str:
    """The partner counts without their last years; the change column counts to the last one left."""
    rows = {
        "区 分 27 年度": " 年度",
        "各区交流自治体 574": " ",
        "149 197 237": " ",
        "― 210 236": " ",
        "合計  660": " ",
    }
    for start, unit in rows.items():
        line = next(line for line in text.splitlines() if line.startswith(start))
        text = edit(text, (line, _drop_columns(line, years, unit)))
    return text


def _drop_columns(line: str, years: int, unit: str) -> str:
    if unit == " 年度":
        last = 5 - years
        kept = line.split(" 年度")[: -years - 1]
        return " 年度".join(kept) + f" 年度 27→{last}年度 "
    cells = line.split()
    kept = cells[: -years - 1]
    first = next(cell for cell in kept if cell.isdigit() or cell == "―")
    before = 0 if first == "―" else int(first)
    change = int(kept[-1].replace(",", "")) - before
    return " ".join(kept) + f" ＋{change} "


def make_march_2023(real: str) -> tuple[str, str]:
    """As it may have stood a year before: eleven entries and a column fewer, three things corrected since."""
    old = drop_years(cut(real, "3月 28日 東京２３区全国連携ニュース第７号の発行"), 1)
    old = edit(
        old,
        ("令和 6 年 3 月 8 日", "令和 5 年 3 月 8 日"),
        ("7月 14日 \n経済産業省北海道", "7月 13日 \n経済産業省北海道"),
        ("ロゴマークを決定（区長会総会）", "ロゴマークの決定"),
        ("\n・知見を収集する取り組みの一環として開催 \n", ""),
    )
    return old, real


def make_march_2022(real: str) -> tuple[str, str]:
    """As it may have stood two years before: a company, two columns and all later entries fewer."""
    old = drop_years(cut(real, "3月 29日 明治安田生命保険相互会社との包括連携協定締結式を実施"), 2)
    start, end = old.index("明治安田生命保険相互会社 令和 4年"), old.index("団体名 構成自治体数")
    old = edit(
        old[:start] + old[end:],
        ("令和 6 年 3 月 8 日", "令和 4 年 3 月 8 日"),
        ("【４企業】", "【３企業】"),
        ("大谷 昇 氏", "大谷 登 氏"),
        ("各区交流自治体 574 641", "各区交流自治体 574 640"),
        ("11月 27日 \n特別区制度懇談会", "11月 20日 \n事務局による打合せ \n\n11月 27日 \n特別区制度懇談会"),
    )
    return old, real


def make_reissue(real: str) -> tuple[str, str]:
    """The real edition and the same one issued again with eight corrections."""
    lecture = "地方財政審議会会長 神野 直彦先生による講演"
    moved = "6月 8日 北海道町村会との意見交換会の実施 \n"
    new = edit(
        real,
        ("令和 6 年 3 月 8 日", "令和 6 年 3 月 29 日"),
        (
            "9月 10日 \n特別区制度懇談会委員と特別区長会役員との意見交換会の実施",
            "9月 11日 \n特別区制度懇談会委員と区長会役員の意見交換会",
        ),
        ("一環として開催 \n", "一環として開催 \n・会場：東京区政会館 \n"),
        ("平成２６年 \n", "平成２６年 \n\n8月 1日 \n特別区全国連携プロジェクト準備会の開催 \n"),
        ("11月 14日 \n区長会総会 \n\n アンケート結果（速報）について報告 \n", ""),
        (moved, ""),
        ("5月 13日 東北六魂祭", moved + "\n5月 13日 東北六魂祭"),
        (f"区長会総会 \n\n{lecture}", f"区長会総会 \n\n同日 \n{lecture}"),
        ("※本プロジェクトの顧問を依頼", "※本プロジェクトの特別顧問を依頼"),
        ("広島県町村会（平成29年1月27日） 9 ", "広島県町村会（平成29年1月27日） 10 "),
    )
    return real, new


MAKERS: dict[str, Callable[[str], tuple[str, str]]] = {
    "march_2023": make_march_2023,
    "march_2022": make_march_2022,
    "reissue": make_reissue,
}
SETTINGS = {"march_2023": (26, 31, 38, 40), "march_2022": (34, 44, 23, 36), "reissue": (30, 28, 40, 52)}


def make_pair(name: str) -> MadePair:
    """One pair, both sides set again."""
    old, new = MAKERS[name](SOURCE.read_text("utf-8"))
    old_width, old_page, new_width, new_page = SETTINGS[name]
    return MadePair(
        name,
        half_width(set_again(old, old_width, old_page)),
        shift_blanks(set_again(new, new_width, new_page), seed=7),
        TRUTHS[name],
    )


def set_again(text: str, width: int, page_lines: int) -> str:
    """The chronology at another width and page length; the rows of the annex are lines of tables and stay."""
    annex = text.index(ANNEX)
    return rewrap(text[:annex], width, page_lines) + text[annex:]


def write_pairs(folder: Path) -> None:
    """Every pair as old.txt, new.txt and truth.toml in a folder of its name."""
    for name in MAKERS:
        pair = make_pair(name)
        there = folder / name
        there.mkdir(parents=True, exist_ok=True)
        (there / "old.txt").write_text(pair.old, "utf-8")
        (there / "new.txt").write_text(pair.new, "utf-8")
        (there / "truth.toml").write_text(dump_truth(pair.truth), "utf-8")


if __name__ == "__main__":
    write_pairs(Path(sys.argv[1]))
