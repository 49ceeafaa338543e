"""The tables that the annex of a chronology becomes; a part of tables/schema.py.

Takes nothing. Gives the typed tables that recipes fill, and the cells of every annex table.
"""

from __future__ import annotations

from pipeline.tables.columns import DATE, INTEGER, LIST, NUMBER, OF, TABLE_ID, TEXT, Column, Table

AGREEMENTS = Table(
    "agreements",
    "annex: organisations that an agreement was signed with",
    (
        *OF,
        Column("agreement_id", TEXT, "the row"),
        TABLE_ID,
        Column("organisation", TEXT, "the partner", null=True),
        Column("signed_on", DATE, "day of the agreement", null=True),
        Column(
            "municipality_count", INTEGER, "municipalities it stands for", null=True, unit="municipalities"
        ),
    ),
    ("agreement_id",),
)

COMPANY_AGREEMENTS = Table(
    "company_agreements",
    "annex: companies that an agreement was signed with",
    (
        *OF,
        Column("company_agreement_id", TEXT, "the row"),
        TABLE_ID,
        Column("company", TEXT, "the company", null=True),
        Column("former_name", TEXT, "its name before", null=True),
        Column("signed_on", DATE, "day of the agreement", null=True),
        Column("initiatives", LIST, "what is done together", null=True),
    ),
    ("company_agreement_id",),
)

PARTNER_COUNTS = Table(
    "partner_counts",
    "annex: how many partners there were, one row a category and year",
    (
        *OF,
        Column("partner_count_id", TEXT, "the row"),
        TABLE_ID,
        Column("category", TEXT, "what was counted", null=True),
        Column("fiscal_year", INTEGER, "fiscal year of the column", null=True),
        Column("as_of", DATE, "day it was counted on", null=True),
        Column("count", INTEGER, "how many", null=True),
    ),
    ("partner_count_id",),
)

ANNEX_CELLS = Table(
    "annex_cells",
    "every annex table as it stands, one row a cell",
    (
        *OF,
        Column("cell_id", TEXT, "table, row and column"),
        TABLE_ID,
        Column("caption", TEXT, "the table's caption", null=True),
        Column("row", INTEGER, "from 0, head rows included", minimum=0),
        Column("column", INTEGER, "from 0", minimum=0),
        Column("row_name", TEXT, "the name of its row", null=True),
        Column("column_name", TEXT, "the name of its column", null=True),
        Column("text", TEXT, "the cell, its lines joined", empty=True),
        Column("value", NUMBER, "its number", null=True),
    ),
    ("cell_id",),
)
