"""Characters of PDF editions: doubled, turned, joined, spaced, vertical; and the rows of annex tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Document
from pipeline.read.pdf import read_pdf
from tests.pdf_editions.chronology import Row
from tests.pdf_editions.setting import Layout, set_pdf
from tests.pdf_editions.trouble import ROWS, drawn, grid, other_font, words
from tests.pdf_readings import found_rows, line_text, made_rows, needs_font, prose, read_made, roles

pytestmark = [pytest.mark.pdf, needs_font]
MANY = tuple(
    Row((f"{month}月 {day}日",), (f"第{month}回 会議", f"・議題{day}について報告"))
    for month in range(1, 13)
    for day in (1, 15)
)
SMALL = Layout(page=(420, 400), columns=(90, 0), margin=(40, 60, 40, 60))


def read_drawn(folder: Path, *pages: Any, **options: Any) -> Document:
    path = folder / "edition.pdf"
    path.write_bytes(drawn(*pages))
    return read_pdf(path, **options)


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.8], ids=["same_place", "fake_bold", "shadow"])
def test_doubled_glyphs_are_one_and_real_doubles_two(tmp_path: Path, reader: str, shift: float) -> None:
    def draw(paper: Any) -> None:
        for x in (40.0, 40.0 + shift):
            paper.drawString(x, 200, "ささみの日々 aabbccll １１１")

    document = read_drawn(tmp_path, draw, reader=reader)
    assert document.text == "ささみの日々 aabbccll １１１\n"


@pytest.mark.parametrize("x", [40.0, 41.1, 42.2, 43.3])
def test_large_type_is_looked_for_as_far_as_its_shadow_lies(tmp_path: Path, x: float) -> None:
    """A shadow of large type may lie two cells of the page away from its sign, with one between them."""

    def draw(paper: Any) -> None:
        paper.setFontSize(48)
        paper.drawString(x, 200, "ささみの日")
        paper.drawString(x + 6.5, 200, "ささみの日")

    assert read_drawn(tmp_path, draw).text == "ささみの日\n"


def test_bold_headlines_of_a_whole_edition(tmp_path: Path) -> None:
    layout = replace(SMALL, bold=0.4)
    assert found_rows(read_made(tmp_path, ROWS, layout)) == made_rows(ROWS, layout)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_drawn(tmp_path: Path, turn: int) -> None:
    plain = read_made(tmp_path, ROWS, SMALL)
    turned = read_made(tmp_path, ROWS, replace(SMALL, rotate=turn))
    assert turned.text == plain.text
    assert turned.lines == plain.lines


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_text_drawn_sideways_on_an_upright_page_is_read(tmp_path: Path, turn: int, reader: str) -> None:
    def draw(paper: Any) -> None:
        paper.translate(210, 150)
        paper.rotate(turn)
        for number, line in enumerate(("平成26年", "9月10日 総会", "9月16日 会議")):
            paper.drawString(-100, 60 - 20 * number, line)

    assert read_drawn(tmp_path, draw, reader=reader).text == "平成26年\n9月10日 総会\n9月16日 会議\n"


def test_text_in_another_direction_is_set_aside_and_told(tmp_path: Path) -> None:
    def draw(paper: Any) -> None:
        words("9月10日 区長会総会を開催した", "9月16日 懇談会を開催した")(paper)
        paper.translate(100, 60)
        paper.rotate(45)
        paper.drawString(0, 0, "写し")

    document = read_drawn(tmp_path, draw)
    assert prose(document) == ["9月10日 区長会総会を開催した", "9月16日 懇談会を開催した"]
    assert [role for _, role, _ in roles(document)] == ["running_head"]
    assert [finding.code for finding in document.findings] == ["pdf_turned_text"]


def test_vertical_text_is_told(tmp_path: Path) -> None:
    def draw(paper: Any) -> None:
        for column, text in enumerate(("平成二十六年九月十日総会を開催", "同月十六日懇談会を開催した")):
            for row, sign in enumerate(text):
                paper.drawString(360 - 30 * column, 270 - 14 * row, sign)

    document = read_drawn(tmp_path, draw)
    assert [(finding.code, finding.page) for finding in document.findings] == [("pdf_vertical_text", 1)]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_signs_stay_as_the_file_has_them_but_for_ligatures(tmp_path: Path, reader: str) -> None:
    """Radicals are the source's own; what a field shows is decided later."""
    name = other_font(tmp_path, {"⽇": "日", "⽉": "月", "⻑": "長", "ﬁ": "f", "ﬀ": "f"})

    def draw(paper: Any) -> None:
        paper.setFont(name, 12)
        paper.drawString(40, 200, "9⽉10⽇ 区⻑会 ①㈱ﾌｪｱ～〜髙﨑 oﬃce ﬁle oﬀ")

    expected = "9⽉10⽇ 区⻑会 ①㈱ﾌｪｱ～〜髙﨑 o\ufffdce file off"
    document = read_drawn(tmp_path, draw, reader=reader)
    assert document.text.replace("oﬃce", "o\ufffdce").replace("office", "o\ufffdce").rstrip() == expected


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_blanks_of_any_kind_and_gaps_become_one_space(tmp_path: Path, reader: str) -> None:
    def draw(paper: Any) -> None:
        paper.drawString(40, 240, "　大杉　　覚   氏 ")
        paper.drawString(40, 220, "9月")
        paper.drawString(40 + 18, 220, "10日")  # nothing between
        paper.drawString(40, 200, "会")
        paper.drawString(40 + 36, 200, "場：本館")  # two em between
        paper.drawString(40, 180, "第")
        paper.drawString(40 + 15, 180, "12")  # the quarter em that programs set between scripts
        paper.drawString(40 + 30, 180, "回")

    assert read_drawn(tmp_path, draw, reader=reader).text == "大杉 覚 氏\n9月10日\n会 場：本館\n第12回\n"


def test_a_sign_that_its_font_shares_with_another_one_is_as_wide_as_it_is_drawn(tmp_path: Path) -> None:
    """Browsers name such a sign by /ActualText, for which PDFium tells the box of the ink only."""

    def draw(paper: Any) -> None:
        paper.drawString(40, 200, "まち")
        paper._code.append("/Span <</ActualText <FEFF30FB>>> BDC")
        paper.drawString(64, 200, "・")
        paper._code.append("EMC")
        paper.drawString(76, 200, "ひと")

    assert read_drawn(tmp_path, draw).text == "まち・ひと\n"


@pytest.mark.parametrize(
    ("count", "down", "is_shown"),
    [(20, 40, False), (20, 9, False), (20, 3, True), (2, 40, True)],
    ids=["outside", "mostly_outside", "mostly_inside", "where_much_is_clipped_nothing_is_understood"],
)
def test_text_outside_its_clipping_is_not_on_the_page(
    tmp_path: Path, count: int, down: float, is_shown: bool
) -> None:
    """A spreadsheet draws a merged cell's date on both pages that the cell reaches, clipped to its part there."""

    def draw(paper: Any) -> None:
        for number in range(count):
            paper.drawString(120, 280 - 12 * number, f"議題{number}")
        paper.saveState()
        clip = paper.beginPath()
        clip.rect(30, 200, 80, 80)
        paper.clipPath(clip, stroke=0, fill=0)
        paper.drawString(40, 200 - down, "8月19日")
        paper.restoreState()

    assert ("8月19日" in read_drawn(tmp_path, draw).text) == is_shown


def test_ruby_stands_in_no_line_and_small_print_stays(tmp_path: Path) -> None:
    """Kana small above kanji are set aside as furniture; a small line of its own, or above kana, is text."""

    def draw(paper: Any) -> None:
        paper.drawString(40, 260, "三村が合併し")
        paper.setFont("test-gothic", 6)
        paper.drawString(76, 271, "がっぺい")
        paper.drawString(40, 240, "ただしがき")
        paper.drawString(40, 211, "みどりまち")
        paper.setFont("test-gothic", 12)
        paper.drawString(40, 200, "ミドリマチ")

    document = read_drawn(tmp_path, draw)
    assert prose(document) == ["三村が合併し", "ただしがき", "みどりまち", "ミドリマチ"]
    assert [text for _, _, text in roles(document)] == ["がっぺい"]


NUMBERS = [
    "{page}",
    "- {page} -",
    "{page}／{pages}",
    "( {page} )",
    "{page} / {pages} ページ",
    "P.{page}",
    "－ {page} －",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("rules", ["all", "none"])
def test_page_numbers_in_any_form_are_furniture(tmp_path: Path, number: str, rules: str) -> None:
    rows = MANY
    layout = replace(SMALL, number=number, rules=rules, splits=False)
    document = read_made(tmp_path, rows, layout)
    assert document.page_count >= 3
    said = [number.format(page=page, pages=document.page_count) for page in range(1, document.page_count + 1)]
    assert [text for _, _, text in roles(document)] == said
    assert {role for _, role, _ in roles(document)} == {"page_number"}
    assert found_rows(document) == made_rows(rows, layout)


@pytest.mark.parametrize("rules", ["all", "none"])
def test_running_heads_and_feet_are_furniture(tmp_path: Path, rules: str) -> None:
    rows = MANY
    layout = replace(SMALL, head="○○町のあゆみ", foot="企画課", rules=rules, number="{page}")
    document = read_made(tmp_path, rows, layout)
    assert found_rows(document) == made_rows(rows, layout)
    assert [text for _, _, text in roles(document)][:2] == ["○○町のあゆみ", "企画課 1"]
    assert {role for _, role, _ in roles(document)} == {"running_head"}


def test_the_same_headline_atop_every_other_page_is_no_running_head(tmp_path: Path) -> None:
    """Body text that happens to stand at one height of several pages is not furniture."""
    rows = tuple(
        Row((f"{month}月 1日",), ("区長会総会", f"・議題{month}を報告", "・了承")) for month in range(1, 13)
    )
    layout = replace(SMALL, rules="none", row_gap=0, page=(420, 240))
    assert found_rows(read_made(tmp_path, rows, layout)) == made_rows(rows, layout)


def test_annex_cells_with_several_lines_merged_and_over_a_page_end(tmp_path: Path) -> None:
    def first(paper: Any) -> None:
        paper.setFont("test-gothic", 9)
        paper.drawString(40, 262, "団体一覧")
        head = ["区分", "団体名", "内容"]
        rows = [
            head,
            ["東日本", "青森県", "りんご/の販売"],
            [None, "岩手県", "展示"],
            ["西日本", "京都府", "お茶の/催し"],
        ]
        grid(paper, 40, 60, (90, 70, 120), rows)

    def second(paper: Any) -> None:
        paper.setFont("test-gothic", 9)
        grid(
            paper,
            40,
            40,
            (90, 70, 120),
            [["区分", "団体名", "内容"], ["", "", "続き"], ["", "兵庫県", "展示"]],
        )
        paper.drawString(40, 150, "※注記")

    document = read_drawn(tmp_path, first, second)
    assert found_rows(document, 3) == [
        ("区分", "団体名", "内容"),
        ("東日本", "青森県", "りんごの販売"),
        ("", "岩手県", "展示"),
        ("西日本", "京都府", "お茶の催し続き"),
        ("", "兵庫県", "展示"),
    ]
    assert prose(document) == ["団体一覧", "※注記"]
    assert [text for _, role, text in roles(document) if role == "running_head"] == ["区分", "団体名", "内容"]


def test_wraps_say_where_a_line_had_room(tmp_path: Path) -> None:
    long = "特別区全国連携プロジェクトの一環として東日本大震災からの復興を目指す取り組みに対する支援を行う"
    rows = (replace(ROWS[1], paragraphs=("総会", f" {long}", "・了承")),)
    document = read_made(tmp_path, rows, replace(SMALL, size=12, leading=18))
    shown = [
        (line_text(document, at), line.wrap, line.indent)
        for at, line in enumerate(document.lines)
        if line.cell
    ]
    texts = [text for text, _, _ in shown]
    assert texts[0] == "9月 10日"
    assert "".join(texts[2:-1]) == long
    assert [wrap for _, wrap, _ in shown] == ["hard", "hard", *["full"] * (len(shown) - 4), "hard", "hard"]
    assert [indent for _, _, indent in shown[1:4]] == [0.0, 0.5, 0.0]


def test_a_thousand_pages_keep_their_numbers(tmp_path: Path) -> None:
    """Readers are opened anew on the way; no page is lost or doubled where they are."""
    path = tmp_path / "edition.pdf"
    path.write_bytes(drawn(*(words(f"9月10日 第{number}回 総会") for number in range(1, 121))))
    document = read_pdf(path)
    assert document.text == "".join(f"9月10日 第{number}回 総会\n" for number in range(1, 121))
    assert [line.page for line in document.lines] == list(range(1, 121))
    assert set_pdf(ROWS, SMALL) == set_pdf(ROWS, SMALL)
