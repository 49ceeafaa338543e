"""A table of a rules file that refuses what it does not know, and says where.

Takes the parsed TOML of one topic. Gives checked values; RulesError names file, key and reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline import chars
from pipeline.errors import RulesError


class Table:
    """One table of a rules file; `take` each key that is known, then `finish`.

    `where` is what messages name: the file, then the keys down to this table.
    """

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.where = where
        self._left = dict(data)

    def fail(self, key: str, reason: str) -> RulesError:
        """The error to raise for this key."""
        return RulesError(f"{self.where}: {key}: {reason}")

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """The value of the key, of this kind; the default where it is missing (None: it must be there)."""
        value = self._left.pop(key, default)
        if value is None:
            raise self.fail(key, "is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.fail(key, f"has the wrong type: {value!r}")
        return value

    def optional(self, key: str, kind: type | tuple[type, ...]) -> Any:
        """The value of the key, or None where it is missing."""
        return self.take(key, kind) if key in self._left else None

    def text(self, key: str, default: str | None = None) -> str:
        """A text without stray blanks that means something."""
        return self._word(key, self.take(key, str, default))

    def words(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts: none twice, none with stray blanks, none that folds to nothing."""
        listed = self.take(key, (list, tuple), default)
        words = tuple(self._word(key, word) for word in listed)
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled:
            raise self.fail(key, f"stands twice: {', '.join(doubled)}")
        return words

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables listed under the key ([[key]] in TOML); none where it is missing."""
        listed = self.take(key, list, [])
        return tuple(
            Table(self._mapping(key, row), f"{self.where}: {key}[{place}]")
            for place, row in enumerate(listed)
        )

    def table(self, key: str) -> Table:
        """The table under the key; an empty one where it is missing."""
        return Table(self._mapping(key, self.take(key, dict, {})), f"{self.where}: {key}")

    def rest(self) -> dict[str, Any]:
        """All keys not yet taken, for tables whose keys are data."""
        rest, self._left = self._left, {}
        return rest

    def finish(self) -> None:
        """Refuses every key that nobody took."""
        if self._left:
            raise self.fail(", ".join(sorted(self._left)), "is not a key known here")

    def _word(self, key: str, word: Any) -> str:
        if not isinstance(word, str):
            raise self.fail(key, f"{word!r} is not a text")
        if word != word.strip(chars.BLANKS):
            raise self.fail(key, f"{word!r} has a blank at its end")
        if not chars.key(word):
            raise self.fail(key, f"{word!r} means nothing once folded")
        return word

    def _mapping(self, key: str, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise self.fail(key, f"is not a table: {value!r}")
        return value
