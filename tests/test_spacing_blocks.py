"""Tables of a text told by spacing, from lines that are cut into cells already."""

from __future__ import annotations

from pipeline.read.rows import Row
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_columns import by_width, find_grid
from pipeline.read.spacing_cut import cut_row
from pipeline.read.spacing_tables import make_lines


def test_tables_of_one_size_may_have_their_dates_in_different_columns() -> None:
    first = [
        "策定委員会   5月30日    委嘱状の交付",
        "作業部会     6月10日    件数の分析",
        "説明会       7月12日    四会場で実施",
    ]
    second = [
        "4月1日       組合が発足   県の指針",
        "10月3日      車両を更新   県の講習",
        "7月16日      隊を派遣     県の本部",
    ]
    blocks = []
    for part, texts in enumerate((first, second), 1):
        rows, start = [], 1000 * part
        for number, text in enumerate(texts):
            rows.append(Row(text, start, 10 * part + number, 1))
            start += len(text) + 1
        grid = find_grid(rows, by_width, 2)
        assert grid is not None
        cuts = [cut for row in rows if (cut := cut_row(row, grid, by_width)) is not None]
        blocks.append(Block(grid.columns, tuple(cuts), part))
    lines = make_lines(blocks)
    assert [line.cell for line in lines if line.number == 11] == [(0, 1, 0), (0, 1, 1), (0, 1, 2)]
    assert [line.cell for line in lines if line.number == 21] == [(1, 1, 0), (1, 1, 1), (1, 1, 2)]
