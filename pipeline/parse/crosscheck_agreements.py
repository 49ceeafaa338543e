"""Cross-checks of agreements: the annex's date against the entry that tells of it, and against mentions.

Each function takes Facts and gives findings. Reads rules/checks.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Event
from pipeline.parse.annex_values import calendar_year, era_forms
from pipeline.parse.crosscheck_facts import Agreement, Facts
from pipeline.rules.checks import AgreementRules


def check_agreement_entry(facts: Facts) -> Iterator[Finding]:
    """An agreement of the annex whose date is not that of the entry that tells of its signing."""
    rules = facts.rules.checks.agreements
    signings = [index for index, event in enumerate(facts.reading.events) if is_signing(event, rules)]
    for row in facts.agreements:
        names = [
            chars.key(name)
            for name in (row.name, row.former)
            if name and len(name) >= facts.rules.checks.shortest_name
        ]
        told = [
            index
            for index in signings
            if any(name in _heading(facts.reading.events[index]) for name in names)
        ]
        if (
            not isinstance(row.signed_on, date)
            or not told
            or any(_is_on(facts.reading.events[index], row.signed_on) for index in told)
        ):
            continue
        event = facts.reading.events[told[0]]
        message = (
            f"line {facts.line(row.spans[0].start if row.spans else None)}: annex says {row.name} was signed on {row.signed_on}; "
            f"line {event.line_first}: the entry that tells of it is of {event.date.edtf}"
        )
        code = "agreement_date_disagrees" if len(told) == 1 else "agreement_date_differs"
        yield facts.find(code, message, row.spans, told[0], row.table)


def is_signing(event: Event, rules: AgreementRules) -> bool:
    """Whether the headline tells that an agreement was signed, not that a meeting looked it over."""
    key = _heading(event)
    if event.date.start is None or any(word in key for word in rules.not_with):
        return False
    for word in rules.not_signed:
        key = key.replace(word, "")
    return any(word in key for word in rules.words) and any(word in key for word in rules.signed)


def _heading(event: Event) -> str:
    return chars.key(f"{event.parent.value if event.parent else ''}{event.headline.value}")


def _is_on(event: Event, day: date) -> bool:
    start = event.date.start
    return start is not None and start <= day <= (event.date.end or start)


def check_agreement_without_entry(facts: Facts) -> Iterator[Finding]:
    """An agreement of the annex that no entry tells of, though the chronology covers its date."""
    rules = facts.rules.checks.agreements
    days = [event.date.start for event in facts.reading.events if event.date.start]
    signings = [event for event in facts.reading.events if is_signing(event, rules)]
    for row in facts.agreements:
        if not isinstance(row.signed_on, date) or not days or not min(days) <= row.signed_on <= max(days):
            continue
        names = [
            chars.key(name)
            for name in (row.name, row.former)
            if name and len(name) >= facts.rules.checks.shortest_name
        ]
        known = any(
            _is_on(event, row.signed_on) or any(name in _heading(event) for name in names)
            for event in signings
        )
        if not known:
            message = (
                f"line {facts.line(row.spans[0].start if row.spans else None)}: annex says {row.name} was signed on "
                f"{row.signed_on}; no entry tells of it"
            )
            yield facts.find("agreement_without_entry", message, row.spans, table=row.table)


def check_agreement_mention(facts: Facts) -> Iterator[Finding]:
    """A date of signing inside text (令和 4年 3月締結) and the annex's date of the agreement it speaks of."""
    forms = "|".join(
        regex.escape(form) for form in sorted(era_forms(facts.rules.dates.eras), key=len, reverse=True)
    )
    day = r"(?P<month>[0-9]{1,2}) *月(?: *(?P<day>[0-9]{1,2}) *日)?"
    pattern = regex.compile(
        rf"(?:(?P<era>{forms}) *)?(?P<year>[0-9]{{1,4}}|元) *年 *{day} *(?:に|付け?で?)? *(?:協定を)?締結"
    )
    for paragraph in facts.paragraphs:
        for match in pattern.finditer(paragraph.folded):
            year = calendar_year(match["era"], match["year"], facts.rules.dates.eras)
            event = facts.reading.events[paragraph.event]
            row = _spoken_of(paragraph.folded, event, facts)
            if year is None or row is None or not isinstance(row.signed_on, date):
                continue
            said = (year, int(match["month"]), int(match["day"] or row.signed_on.day))
            if said != (row.signed_on.year, row.signed_on.month, row.signed_on.day):
                line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
                message = (
                    f"line {line}: says the agreement with {row.name} was made {match.group()}; "
                    f"the annex, line {facts.line(row.spans[0].start if row.spans else None)}, says {row.signed_on}"
                )
                yield facts.find(
                    "agreement_mention_disagrees", message, paragraph.text.spans, paragraph.event
                )


def _spoken_of(paragraph: str, event: Event, facts: Facts) -> Agreement | None:
    """The one agreement whose partner the paragraph names, or else the whole entry; None where it is not clear."""
    shortest = facts.rules.checks.shortest_name
    for text in (chars.key(paragraph), chars.key(event.text)):
        lengths = [(_named(text, row), row) for row in facts.agreements]
        longest = max((length for length, _ in lengths), default=0)
        named = [row for length, row in lengths if length == longest]
        if longest >= shortest and len(named) == 1:
            return named[0]
    return None


def _named(text: str, row: Agreement) -> int:
    """How many characters of the partner's name, from its start, the text holds."""
    best = 0
    for name in (row.name, row.former):
        key = chars.key(name or "")
        while len(key) > best and key not in text:
            key = key[:-1]
        best = max(best, len(key))
    return best
