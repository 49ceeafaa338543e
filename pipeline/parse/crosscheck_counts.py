"""Cross-checks of counts said in text against what is listed: municipalities, people, members of a body.

Each function takes Facts and gives findings. Reads rules/checks.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Event
from pipeline.parse.crosscheck_facts import Facts, Paragraph
from pipeline.rules.checks import AgreementRules, ListedRules

_LIST_END = regex.compile(r"[)）」』】。※;；]")
_SPLIT = regex.compile(r"[・･、,，]")
_LONGEST_ITEM = 14
_LONGEST_LIST = 1000


@cache
def _counted(words: tuple[str, ...]) -> regex.Pattern[str]:
    """A number and one of the units, with what opens a list behind it: 8市町村：, 19 町村（."""
    units = "|".join(regex.escape(word) for word in words)
    return regex.compile(rf"(?<![0-9.,])([0-9]{{1,4}}) *({units})(?![0-9\p{{Han}}]) *([：:(（【]|は、?)")


def check_count_listed(facts: Facts) -> Iterator[Finding]:
    """A count of municipalities and the list right behind it (8市町村：釧路市・釧路町・…)."""
    rules = facts.rules.checks.listed
    for paragraph in facts.paragraphs:
        for match in _counted(rules.units).finditer(paragraph.folded):
            said, unit = int(match[1]), match[2]
            whole = chars.key(f"{said}{unit}")
            items = _list_items(paragraph.folded[match.end() : match.end() + _LONGEST_LIST], unit, rules)
            if items is None or whole in rules.whole_units or len(items) == said:
                continue
            if not _is_closed(facts, paragraph, match.end()):
                continue
            line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
            message = (
                f"line {line}: says {said}{unit}; the list behind it has {len(items)}: {'・'.join(items)}"
            )
            yield facts.find("count_listed_disagrees", message, paragraph.text.spans, paragraph.event)


def _is_closed(facts: Facts, paragraph: Paragraph, start: int) -> bool:
    """Whether the list that starts here is all of it: a bracket or stop ends it, or its paragraph does."""
    behind = paragraph.folded[start : start + _LONGEST_LIST]
    if _LIST_END.search(behind):
        return True
    details = facts.reading.events[paragraph.event].details
    after = 0 if paragraph.detail is None else paragraph.detail + 1
    goes_on = after < len(details) and details[after].marker is None and details[after].label is None
    opened = paragraph.folded[:start].count("（") + paragraph.folded[:start].count("(")
    return not goes_on and not opened and behind.rstrip()[-1:] not in ("・", "、", "･", ",")


def _list_items(text: str, unit: str, rules: ListedRules) -> list[str] | None:
    """The items of the list that the text starts with; None where it is no plain list of municipalities."""
    end = _LIST_END.search(text)
    body = text[: end.start()] if end else text
    items = [item.strip() for item in _SPLIT.split(body)]
    if len(items) < 2 or any(not item or len(item) > _LONGEST_ITEM for item in items):
        return None
    if chars.key(body).endswith(rules.open_ends) or any(
        chars.key(item).endswith(rules.open_ends) for item in items
    ):
        return None
    ends = tuple(
        sign for sign in rules.item_ends if any(sign[-1] in part for part in unit) or unit[-1] in "体"
    )
    if not all(chars.key(item).endswith(ends or rules.item_ends) for item in items):
        return None
    return items


def check_count_of_people(facts: Facts) -> Iterator[Finding]:
    """A count of people in a role (事例紹介者３名) and the names under that role in the same entry."""
    words = "|".join(regex.escape(word) for word in facts.rules.checks.persons)
    pattern = regex.compile(
        rf"(?P<role>[\p{{Han}}\p{{Katakana}}ー]{{2,10}}?)(?:者|氏)? *(?P<count>[0-9]{{1,2}}) *(?:{words})"
    )
    for paragraph in facts.paragraphs:
        event = facts.reading.events[paragraph.event]
        for match in pattern.finditer(paragraph.folded) if event.people else ():
            role, said = match["role"].removesuffix("者"), int(match["count"])
            listed = sum(
                1
                for person in event.people
                if person.role and chars.key(person.role).startswith(chars.key(role))
            )
            if listed and listed != said and said <= facts.rules.checks.persons_most:
                line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
                message = f"line {line}: says {match.group()}; the entry names {listed} under {role}"
                yield facts.find("count_of_people_differs", message, paragraph.text.spans, paragraph.event)


def check_count_of_members(facts: Facts) -> Iterator[Finding]:
    """A count of a prefecture's municipalities (広島県全９町) and the members the annex gives to its association."""
    rules = facts.rules.checks.agreements
    members = _members(facts, rules)
    if not members:
        return
    names = "|".join(
        regex.escape(name)
        for name in sorted({prefecture for prefecture, _ in members}, key=lambda name: (-len(name), name))
    )
    pattern = regex.compile(
        rf"({names}) *内?の? *(全)? *([0-9]{{1,3}}) *(市町村|町村|市|町|村)(?![0-9\p{{Han}}])"
    )
    for paragraph in facts.paragraphs:
        for match in pattern.finditer(paragraph.folded):
            kind = "city" if match[4] == "市" else "town"
            known = members.get((match[1], kind))
            if match[4] == "市町村" or known is None:
                continue
            said = int(match[3])
            if said > known[0] or (match[2] and said != known[0]):
                line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
                message = f"line {line}: says {match.group()}; the annex, line {known[1]}, gives its association {known[0]} members"
                yield facts.find("count_of_members_disagrees", message, paragraph.text.spans, paragraph.event)


def _members(facts: Facts, rules: AgreementRules) -> dict[tuple[str, str], tuple[int, int]]:
    """Members and line of each association of cities or towns, by prefecture."""
    members: dict[tuple[str, str], tuple[int, int]] = {}
    for row in facts.agreements:
        prefecture = prefecture_of(row.name, rules)
        if row.is_company or row.count is None or prefecture is None:
            continue
        kind = (
            "city"
            if row.name.endswith(rules.city_bodies)
            else "town"
            if row.name.endswith(rules.town_bodies)
            else ""
        )
        if kind:
            members[prefecture, kind] = (row.count, facts.line(row.spans[0].start if row.spans else None))
    return members


def prefecture_of(name: str, rules: AgreementRules) -> str | None:
    """The prefecture that a body's name opens with: 千葉県町村会 is of 千葉県."""
    for prefecture in rules.prefectures:
        if name.startswith(prefecture):
            return prefecture
    match = regex.match(r"\p{Han}{2,3}県", name)
    return match.group() if match else None


def check_count_in_force(facts: Facts) -> Iterator[Finding]:
    """Counts of partners in an entry (３２１自治体（８地域１１団体）) and the agreements in force on its days."""
    rules = facts.rules.checks.agreements
    rows = [row for row in facts.agreements if not row.is_company]
    if not rows or any(not isinstance(row.signed_on, date) for row in rows):
        return
    units = (*rules.municipality_words, *rules.region_words, *rules.body_words)
    pattern = regex.compile(
        rf"(?<![0-9.,第])([0-9]{{1,4}}) *({'|'.join(regex.escape(word) for word in units)})(?!\p{{Han}})"
    )
    for paragraph in facts.paragraphs:
        key = chars.key(paragraph.folded)
        if not ("協定締結" in key or all(word in key for word in ("協定", "締結"))):
            continue
        event = facts.reading.events[paragraph.event]
        matches = list(pattern.finditer(paragraph.folded))
        wrong = [
            match for match in matches if not _is_right(int(match[1]), chars.key(match[2]), event, facts)
        ]
        if event.date.start is None or len(matches) < 2 or any(word in key for word in rules.not_all):
            continue
        for match in wrong:
            line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
            expected = _in_force(event.date.end or event.date.start, chars.key(match[2]), facts)
            message = (
                f"line {line}: says {match.group()}; by {event.date.end or event.date.start} the agreements of the annex, "
                f"line {facts.line(rows[0].spans[0].start if rows[0].spans else None)}, make {expected}"
            )
            yield facts.find("count_in_force_disagrees", message, paragraph.text.spans, paragraph.event)


def _is_right(said: int, unit: str, event: Event, facts: Facts) -> bool:
    if event.date.start is None:
        return True
    days = (event.date.start, event.date.end or event.date.start)
    return said in {_in_force(day, unit, facts) for day in days} or _in_force(days[0], unit, facts) is None


def _in_force(day: date, unit: str, facts: Facts) -> int | None:
    """How many of this unit the agreements signed by that day make; None where the annex does not say."""
    rules = facts.rules.checks.agreements
    rows = [
        row
        for row in facts.agreements
        if not row.is_company and isinstance(row.signed_on, date) and row.signed_on <= day
    ]
    if unit in rules.body_words:
        return len(rows)
    if unit in rules.region_words:
        return len({prefecture_of(row.name, rules) for row in rows})
    counts = [row.count for row in rows]
    return None if None in counts else sum(count or 0 for count in counts)
