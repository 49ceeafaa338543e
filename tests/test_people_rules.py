"""The data behind people: it is clean, and a wrong file is refused with key and reason."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RulesError
from pipeline.parse.people import find_people
from pipeline.parse.people_words import is_given, is_joined_given
from pipeline.rules import people
from pipeline.rules.load import load_rules
from pipeline.rules.table import Table
from tests.events_by_hand import make_reading

DATA: dict[str, Any] = tomllib.loads(files("pipeline.rules").joinpath("people.toml").read_text("utf-8"))
RULES = people.load(Table(DATA, "people.toml"))


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("posts", ["部長", "部長"], "posts: stands twice: 部長"),
        ("given_kanji", "一二一", "given_kanji: stands twice: 一"),
        ("variants", {"髙": "高橋"}, "variants: '髙' = '高橋' is not one sign for another"),
        ("surname", ["佐藤"], "surname: is not a key known here"),
    ],
    ids=["twice", "sign_twice", "not_one_sign", "unknown_key"],
)
def test_a_wrong_file_is_refused(key: str, value: object, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        people.load(Table({**DATA, key: value}, "people.toml"))


def test_no_word_is_both_a_name_and_none() -> None:
    assert not RULES.short_surnames - RULES.surnames
    assert not {word for word in RULES.posts if RULES.is_surname(word)}
    assert not RULES.not_given & RULES.given_single


@pytest.mark.parametrize("word", sorted(RULES.not_given))
def test_a_word_that_is_no_given_name_is_refused(word: str) -> None:
    assert not is_given(word, "高橋", RULES)
    assert len(word) == 1 or not is_joined_given(word, RULES)


def test_old_and_rare_forms_are_looked_up_in_their_common_form() -> None:
    names = ["髙橋", "岡﨑", "齋藤", "渡邉", "齊藤", "濵田", "廣瀬", "澤田", "櫻井", "嶋田", "國分"]
    assert all(RULES.is_surname(name) for name in names)
    assert not RULES.is_surname("東京")


def test_a_users_rules_add_family_names_and_roles(tmp_path: Path) -> None:
    """段塚克志 behind a post without blank and without 氏: only a known family name parts it."""
    extra = tmp_path / "rules.toml"
    extra.write_text('[people]\nsurnames = ["段塚"]\nroles = ["語り部"]\n', "utf-8")
    reading = make_reading((None, ["講演会", "1|・||語り部", "2|||事務局副参事段塚克志"]))
    assert not find_people(reading, load_rules()).events[0].people
    person = find_people(reading, load_rules(extra)).events[0].people[0]
    assert (person.name, person.affiliation, person.role) == ("段塚 克志", "事務局副参事", "語り部")
