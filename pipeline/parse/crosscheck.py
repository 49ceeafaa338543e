"""A document checked against itself.

Takes a Reading with events and annex tables. Gives it with findings appended, nothing else changed: each says
which two places disagree and what each says. Reads rules/checks.toml. Dates that cannot be read, eras counted
on in an entry's date, and 同日 with nothing before it are told where dates are read, not here again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.findings import Finding
from pipeline.model import Reading
from pipeline.parse.crosscheck_agreements import (
    check_agreement_entry,
    check_agreement_mention,
    check_agreement_without_entry,
)
from pipeline.parse.crosscheck_counts import (
    check_count_in_force,
    check_count_listed,
    check_count_of_members,
    check_count_of_people,
)
from pipeline.parse.crosscheck_dates import (
    check_date_of_detail,
    check_days_that_are,
    check_decision,
    check_fiscal_year,
    check_weekday,
)
from pipeline.parse.crosscheck_facts import Facts, make_facts
from pipeline.parse.crosscheck_left import check_dates_left
from pipeline.parse.crosscheck_mentions import check_brackets, check_mention_has_entry
from pipeline.parse.crosscheck_order import (
    check_entry_order,
    check_entry_repeated,
    check_list_numbers,
    check_running_number,
)
from pipeline.parse.crosscheck_tables import (
    check_partners_in_force,
    check_table_change,
    check_table_count_said,
    check_table_total,
)
from pipeline.rules.load import Rules

Check = Callable[[Facts], Iterator[Finding]]

# Every check with the finding codes it may give.
CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (check_weekday, ("weekday_disagrees", "weekday_doubtful")),
    (check_days_that_are, ("day_in_text_impossible", "day_in_text_past_era")),
    (check_fiscal_year, ("fiscal_year_disagrees",)),
    (check_decision, ("decision_date_disagrees",)),
    (check_date_of_detail, ("detail_date_outside",)),
    (check_entry_order, ("entry_out_of_order",)),
    (check_entry_repeated, ("entry_repeated",)),
    (
        check_running_number,
        (
            "running_number_repeats",
            "running_number_falls",
            "running_number_may_repeat",
            "running_number_skips",
            "running_number_may_skip",
        ),
    ),
    (check_list_numbers, ("list_number_repeats", "list_number_skips", "list_number_starts_late")),
    (check_count_listed, ("count_listed_disagrees",)),
    (check_count_of_people, ("count_of_people_differs",)),
    (check_count_of_members, ("count_of_members_disagrees",)),
    (check_count_in_force, ("count_in_force_disagrees",)),
    (check_agreement_entry, ("agreement_date_disagrees", "agreement_date_differs")),
    (check_agreement_without_entry, ("agreement_without_entry",)),
    (check_agreement_mention, ("agreement_mention_disagrees",)),
    (check_table_total, ("table_total_disagrees", "table_total_impossible")),
    (check_table_change, ("table_change_disagrees",)),
    (check_table_count_said, ("table_count_disagrees",)),
    (check_partners_in_force, ("partners_in_force_disagree",)),
    (check_mention_has_entry, ("mention_without_entry",)),
    (check_brackets, ("bracket_unpaired",)),
    (check_dates_left, ("dates_left_in_text",)),
)


def cross_check(reading: Reading, rules: Rules) -> Reading:
    """The reading with the findings of every check behind those it had."""
    facts = make_facts(reading, rules)
    found = [finding for check, _ in CHECKS for finding in check(facts)]
    return replace(reading, findings=(*reading.findings, *found))
