"""The made pairs through the whole pipeline: what changed is told, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import Settings, build_edition
from pipeline.chars import key
from pipeline.editions import diff_editions
from pipeline.editions.diff import Diff
from pipeline.rules.load import Rules
from tests.edition_pairs.make import MAKERS, make_pair
from tests.edition_pairs.truth import TrueChange, TrueLink, Truth, dump_truth

# Changes that only count what links tell already.
TOLD_BY_LINKS = ("event_added", "event_removed")


def build_pair(name: str, folder: Path, rules: Rules) -> Diff:
    """Both texts of the pair built and compared."""
    pair = make_pair(name)
    built = []
    for side, text in (("old", pair.old), ("new", pair.new)):
        source = folder / side / f"{side}.txt"
        source.parent.mkdir(parents=True)
        source.write_text(text, "utf-8")
        summary = build_edition(
            source, folder / "output", settings=Settings("made-up", edition=side), rules=rules
        )
        built.append(folder / "output" / summary.series / summary.edition)
    return diff_editions(built[0], built[1], folder / "output")


def links_of(diff: Diff) -> set[TrueLink]:
    olds = {event.event_id: (event.date, key(event.headline)) for event in diff.old.events}
    news = {event.event_id: (event.date, key(event.headline)) for event in diff.new.events}
    return {
        TrueLink(link.kind, olds.get(link.old_event_id, ("", "")), news.get(link.new_event_id, ("", "")))
        for link in diff.links
        if link.kind != "same"
    }


def changes_of(diff: Diff) -> set[TrueChange]:
    return {
        TrueChange(one.table, one.field, one.cause, key(one.old or ""), key(one.new or ""))
        for one in diff.changes
        if one.follows is None and one.cause not in TOLD_BY_LINKS
    }


def folded(truth: Truth) -> tuple[set[TrueLink], set[TrueChange]]:
    """The truth with values folded, as they are compared."""
    links = {
        TrueLink(link.kind, (link.old[0], key(link.old[1])), (link.new[0], key(link.new[1])))
        for link in truth.links
    }
    return links, {
        TrueChange(one.table, one.field, one.cause, key(one.old), key(one.new)) for one in truth.changes
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_made_pair(name: str, tmp_path: Path, rules: Rules):
    diff = build_pair(name, tmp_path, rules)
    links, changes = folded(make_pair(name).truth)
    found = links_of(diff)
    assert not changes_of(diff) - changes, "a change that is none"
    assert not changes - changes_of(diff), "a change that was not told"
    right = len(links & found)
    assert 2 * right / (len(links) + len(found)) >= 0.95, (links ^ found, diff.summary)


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_the_same_text_set_again_is_the_same(name: str, tmp_path: Path, rules: Rules):
    """The new text as the pair sets it against the same words as the source sets them: no change at all."""
    from tests.edition_pairs.make import SOURCE

    text = MAKERS[name](SOURCE.read_text("utf-8"))[1]
    folders = []
    for side, said in (("plain", text), ("set", make_pair(name).new)):
        source = tmp_path / f"{side}.txt"
        source.write_text(said, "utf-8")
        build_edition(source, tmp_path / "output", settings=Settings("made-up", edition=side), rules=rules)
        folders.append(tmp_path / "output" / "made-up" / side)
    diff = diff_editions(*folders)
    assert diff.is_same, diff.summary


def test_the_shipped_example_is_what_the_script_makes():
    example = Path(__file__).parents[1] / "docs" / "made-up-2023"
    pair = make_pair("march_2023")
    assert (example / "2023-03-08.txt").read_text("utf-8") == pair.old
    assert (example / "truth.toml").read_text("utf-8") == dump_truth(pair.truth)
    assert "made up" in (example / "README.md").read_text("utf-8")
