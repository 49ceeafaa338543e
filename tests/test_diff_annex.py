"""What changed in the annex: one row a new column, a new row, a changed value."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.editions.diff import compare_editions
from tests.made_editions import counts, edition
from tests.test_diff import BASE, OTHERS

AGREEMENT = {
    "table_id": "ta",
    "organisation": "北海道町村会",
    "signed_on": date(2016, 4, 26),
    "municipality_count": 144,
}
COMPANY = {
    "table_id": "tc",
    "company": "第一生命保険株式会社",
    "former_name": None,
    "signed_on": date(2018, 8, 23),
    "initiatives": ["ビジネス交流会の開催", "「けんしん」活動の推進"],
}
PARTNERS = {"各区交流自治体": {2022: 830, 2023: 815}, "合計": {2022: 1105, 2023: 1117}}


def annex_of(old: dict, new: dict) -> list[tuple[str, str, str, str | None, str | None]]:
    diff = compare_editions(edition(OTHERS, "old", **old), edition(OTHERS, "new", **new))
    assert all(link.kind == "same" for link in diff.links)
    return [(change.table, change.field, change.cause, change.old, change.new) for change in diff.changes]


def cells(*rows: tuple[str, ...], caption: str = "事業費", table_id: str = "tx") -> list[dict]:
    return [
        {
            "table_id": table_id,
            "caption": caption,
            "row": at,
            "column": column,
            "row_name": row[0],
            "column_name": rows[0][column],
            "text": text,
            "value": float(text) if text.isdigit() else None,
        }
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


ANNEX = [
    ("same", {"agreements": [AGREEMENT]}, {"agreements": [AGREEMENT]}, []),
    (
        "new_agreement",
        {"agreements": [AGREEMENT]},
        {"agreements": [{**AGREEMENT, "organisation": "山梨県町村会"}, AGREEMENT]},
        [("agreements", "organisation", "annex_row_added", None, "山梨県町村会")],
    ),
    (
        "changed_number",
        {"agreements": [AGREEMENT]},
        {"agreements": [{**AGREEMENT, "municipality_count": 145}]},
        [("agreements", "municipality_count", "annex", "144", "145")],
    ),
    (
        "corrected_day",
        {"agreements": [AGREEMENT]},
        {"agreements": [{**AGREEMENT, "signed_on": date(2016, 4, 27)}]},
        [("agreements", "signed_on", "annex", "2016-04-26", "2016-04-27")],
    ),
    (
        "renamed_company",
        {"company_agreements": [COMPANY]},
        {"company_agreements": [{**COMPANY, "company": "第一生命株式会社"}]},
        [("company_agreements", "company", "annex", "第一生命保険株式会社", "第一生命株式会社")],
    ),
    (
        "initiative_added",
        {"company_agreements": [COMPANY]},
        {"company_agreements": [{**COMPANY, "initiatives": [*COMPANY["initiatives"], "講師派遣"]}]},
        [
            (
                "company_agreements",
                "initiatives",
                "annex",
                "ビジネス交流会の開催 / 「けんしん」活動の推進",
                "ビジネス交流会の開催 / 「けんしん」活動の推進 / 講師派遣",
            )
        ],
    ),
    (
        "new_fiscal_year",
        {"partner_counts": counts({name: {2022: years[2022]} for name, years in PARTNERS.items()})},
        {"partner_counts": counts(PARTNERS)},
        [
            (
                "partner_counts",
                "fiscal_year",
                "annex_column_added",
                None,
                "2023: 各区交流自治体 815 / 合計 1117",
            )
        ],
    ),
    (
        "changed_count",
        {"partner_counts": counts(PARTNERS)},
        {"partner_counts": counts({**PARTNERS, "合計": {2022: 1106, 2023: 1117}})},
        [("partner_counts", "count", "annex", "1105", "1106")],
    ),
    (
        "renamed_category",
        {"partner_counts": counts(PARTNERS)},
        {
            "partner_counts": counts(
                {"各区の交流自治体": PARTNERS["各区交流自治体"], "合計": PARTNERS["合計"]}
            )
        },
        [("partner_counts", "category", "annex", "各区交流自治体", "各区の交流自治体")],
    ),
    (
        "changed_cell",
        {"annex_cells": cells(("区分", "決算"), ("総務", "100"), ("土木", "200"))},
        {"annex_cells": cells(("区分", "決算"), ("総務", "101"), ("土木", "200"))},
        [("annex_cells", "text", "annex", "100", "101")],
    ),
    (
        "cells_row_and_column",
        {"annex_cells": cells(("区分", "決算"), ("総務", "100"), ("土木", "200"))},
        {
            "annex_cells": cells(
                ("区分", "決算", "予算"), ("総務", "100", "7"), ("民生", "9", "8"), ("土木", "200", "6")
            )
        },
        [
            ("annex_cells", "text", "annex_row_added", None, "民生 | 9 | 8"),
            ("annex_cells", "text", "annex_column_added", None, "予算 | 7 | 8 | 6"),
        ],
    ),
    (
        "cells_cut_elsewhere",
        {"annex_cells": cells(("区分", "決算"), ("総務費", "100"))},
        {"annex_cells": cells(("区分", "決算"), ("総務", "費100"))},
        [],
    ),
    (
        "cells_of_a_typed_table_are_told_once",
        {
            "agreements": [AGREEMENT],
            "annex_cells": cells(("団体名", "数"), ("北海道町村会", "144"), table_id="ta"),
        },
        {
            "agreements": [{**AGREEMENT, "municipality_count": 145}],
            "annex_cells": cells(("団体名", "数"), ("北海道町村会", "145"), table_id="ta"),
        },
        [("agreements", "municipality_count", "annex", "144", "145")],
    ),
    (
        "new_table",
        {},
        {"annex_cells": cells(("区分", "決算"), ("総務", "100"))},
        [("annex_cells", "caption", "annex_table_added", None, "事業費")],
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in ANNEX], ids=[case[0] for case in ANNEX]
)
def test_annex(old, new, expected):
    assert annex_of(old, new) == expected


def test_summary_counts_numbers_of_the_annex():
    old, new = (
        {"partner_counts": counts({"合計": {2022: number, 2023: number + 1}})} for number in (1105, 1106)
    )
    diff = compare_editions(edition(OTHERS, "old", **old), edition((*OTHERS, BASE), "new", **new))
    assert diff.summary == "1 added, 0 changed, 0 removed, annex: 2 numbers changed"
