"""Cross-checks of what text points to: a meeting on a day that has no such entry, brackets without a partner.

Each function takes Facts and gives findings. Reads rules/checks.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline import chars
from pipeline.findings import Finding
from pipeline.parse.crosscheck_facts import Facts

_PAIRS = {"）": "（", ")": "（", "」": "「", "』": "『", "】": "【", "”": "“"}
_BRACKETS = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")


def check_mention_has_entry(facts: Facts) -> Iterator[Finding]:
    """A meeting that text points to by its day (10/16区長会総会) though no entry of that day has this headline."""
    counts = Counter(chars.key(event.headline.value) for event in facts.reading.events)
    least = facts.rules.checks.mentions_least
    often = (name for name, count in counts.items() if count >= least and len(name) > 2)
    names = sorted(often, key=lambda name: (-len(name), name))
    known = {(event.date.start, chars.key(event.headline.value)) for event in facts.reading.events}
    for paragraph in facts.paragraphs if names else ():
        for day in paragraph.days:
            behind = chars.key(paragraph.folded[day.end : day.end + 40]).removeprefix("の")
            name = next((name for name in names if behind.startswith(name)), None)
            if name and day.day and (day.day, name) not in known:
                line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
                message = (
                    f"line {line}: speaks of {name} on {day.day}; no entry of that day has this headline"
                )
                yield facts.find("mention_without_entry", message, paragraph.text.spans, paragraph.event)


def check_brackets(facts: Facts) -> Iterator[Finding]:
    """An opening bracket in an entry that is never closed."""
    for index, event in enumerate(facts.reading.events):
        left = Counter[str]()
        for sign in _BRACKETS.findall(event.text.replace("(", "（")):
            if sign not in _PAIRS:
                left[sign] += 1
            elif left[_PAIRS[sign]]:
                left[_PAIRS[sign]] -= 1
        for sign in [sign for sign, count in sorted(left.items()) if count > 0]:
            place = next(
                (
                    paragraph
                    for paragraph in facts.paragraphs
                    if paragraph.event == index and sign in paragraph.text.value.replace("(", "（")
                ),
                None,
            )
            spans = place.text.spans if place else event.headline.spans
            line = facts.line(spans[0].start if spans else None)
            message = f"line {line}: {sign} is opened in the entry of {event.date.edtf} and never closed"
            yield facts.find("bracket_unpaired", message, spans, index)
