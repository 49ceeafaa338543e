"""Two files of one edition: whether they are, which is better, and where they disagree.

Takes summaries with outlines, or a Reading and the outline of the other file. Gives pairs and findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.findings import ERROR, WARNING, Finding
from pipeline.summary import BUILT, Outline, Summary, make_outline

if TYPE_CHECKING:
    from pipeline.model import Event, Reading

_SHARED = 0.5  # of the shorter one's events; two documents of one day share next to none
_KINDS = ("pdf", "csv", "tsv", "markdown", "text")  # the more a kind says of the page, the earlier
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Decision:
    """Which file's tables stand for an edition, under which name, and which files are set aside.

    `rivals` are the outlines of those set aside, by file name; `group` names all files that would
    have the same edition name, with their hashes.
    """

    used: Summary
    edition: str
    set_aside: tuple[Summary, ...]
    group: str

    @property
    def rivals(self) -> tuple[tuple[str, tuple[Outline, ...]], ...]:
        """What the files set aside say, for the comparison."""
        return tuple((each.source, each.outline) for each in self.set_aside)


def settle_twins(summaries: Iterable[Summary], known: Mapping[str, str]) -> Iterator[Decision]:
    """Decisions for every edition name that several sources claim.

    Files of the same document share one edition, the better one used. Different documents of one day
    get a name each: the first by file name the plain one, the others with their stem behind it.
    `known` has the group each source was settled in before: a group that is as it was is left alone.
    """
    claimed: dict[str, list[Summary]] = {}
    for summary in sorted(summaries, key=lambda each: each.source):
        claimed.setdefault(name_edition(summary.issued_on, Path(summary.source).stem), []).append(summary)
    for edition, claimants in sorted(claimed.items()):
        group = " ".join(f"{each.source}:{each.sha256}" for each in claimants)
        is_known = all(known.get(each.source) == group and each.status != BUILT for each in claimants)
        if len(claimants) == 1 or is_known:
            continue
        for place, twins in enumerate(_cluster(claimants)):
            used = choose_better(twins)
            name = f"{edition}_{Path(twins[0].source).stem}" if place else edition
            yield Decision(used, name, tuple(each for each in twins if each is not used), group)


def name_edition(issued_on: str | None, stem: str) -> str:
    """The ISO date of issue, else the file's stem; a stem that no folder may bear stands behind `edition-`."""
    if issued_on:
        return issued_on
    return f"edition-{stem}" if stem.startswith(".") or stem == "diff" else stem


def _cluster(claimants: Iterable[Summary]) -> list[list[Summary]]:
    clusters: list[list[Summary]] = []
    for summary in claimants:
        home = next((cluster for cluster in clusters if is_twin(cluster[0], summary)), None)
        if home is None:
            clusters.append([summary])
        else:
            home.append(summary)
    return clusters


def is_twin(one: Summary, other: Summary) -> bool:
    """Whether two sources with one edition name are the same document, by the events they share."""
    first, second = ({each.event_id for each in summary.outline} for summary in (one, other))
    return len(first & second) >= _SHARED * max(1, min(len(first), len(second)))


def choose_better(twins: Iterable[Summary]) -> Summary:
    """The one with the least unread and undated, then the least doubtful, then the richest kind."""
    return min(twins, key=_badness)


def _badness(summary: Summary) -> tuple[int, int, int, int, str]:
    kind = _KINDS.index(summary.kind) if summary.kind in _KINDS else len(_KINDS)
    severities = summary.severities
    return (
        summary.unread + summary.undated,
        severities.get(ERROR, 0),
        severities.get(WARNING, 0),
        kind,
        summary.source,
    )


def check_twin(
    reading: Reading, event_ids: tuple[str, ...], other: str, there: tuple[Outline, ...]
) -> list[Finding]:
    """Where this reading and another file of the same edition disagree; a note that the other was set aside."""
    here = make_outline(reading, event_ids)
    by_id = {each.event_id: each for each in there}
    findings = [Finding("source_set_aside", f"{other} is the same edition; read and compared, not used")]
    for number, outline in enumerate(here):
        message = _compare(outline, by_id.pop(outline.event_id, None), other)
        if message:
            findings.append(_place(message, reading.events[number], number))
    findings.extend(
        Finding("sources_disagree", f"{other} has {lost.shown}, which was not found here; not taken over")
        for lost in by_id.values()
    )
    return findings


def _compare(here: Outline, there: Outline | None, other: str) -> str:
    if there is None:
        return f"{other} does not have {here.shown}; kept as read here"
    if here.details == there.details:
        return ""
    ours, theirs = Counter(here.details), Counter(there.details)
    only_here, only_there = list((ours - theirs).elements()), list((theirs - ours).elements())
    if not only_here and not only_there:
        return f"{other} has the details of {here.shown} in another order; kept as read here"
    return f"{other} has {_word(only_there)} where this file has {_word(only_here)}; kept as read here"


def _word(details: list[str]) -> str:
    shown = " | ".join(detail.removeprefix(":") for detail in details)
    if not shown:
        return "nothing"
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def _place(message: str, event: Event, number: int) -> Finding:
    spans = event.headline.spans or event.date.text.spans
    return Finding(
        "sources_disagree",
        message,
        spans[0].start if spans else None,
        spans[0].end if spans else None,
        event=number,
    )
