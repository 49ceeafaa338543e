"""What comparing two editions costs, beside csv-diff and daff on the same tables.

`python -m benchmarks.diff [ENTRIES ...]` (200 and 20,000 by default) makes two editions in which one
entry in ten was changed, and runs each program in a process of its own: seconds from start to end,
peak memory. What is not installed is skipped and said so. csv-diff and daff compare rows by key: they
tell no entry whose date or headline changed from one that went and one that came.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.made_editions import Item

TABLES = {"events": "event_id", "details": "detail_id"}
SECONDS = 300  # a program that takes longer is ended
SIGNS = "特別区全国連携市町村会議報告実施決定展示講演東北復興支援交流自治体防災産業観光文化企業協定締結意見交換千葉広島奈良"
COMMON = ("区長会総会", "特別区制度懇談会")
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"

NENPYO = """
from pathlib import Path
from pipeline.editions import diff_editions
diff_editions(Path({old!r}), Path({new!r}), Path({out!r}))
"""
CSV_DIFF = """
import csv_diff
for table, key in {tables!r}.items():
    sides = [csv_diff.load_csv(open(f"{{folder}}/{{table}}.csv", encoding="utf-8"), key=key) for folder in ({old!r}, {new!r})]
    csv_diff.compare(*sides)
"""
DAFF = """
import csv, daff
for table, key in {tables!r}.items():
    sides = [daff.PythonTableView(list(csv.reader(open(f"{{folder}}/{{table}}.csv", encoding="utf-8")))) for folder in ({old!r}, {new!r})]
    flags = daff.CompareFlags()
    flags.addPrimaryKey(key)
    alignment = daff.Coopy.compareTables(*sides, flags).align()
    daff.TableDiff(alignment, flags).hilite(daff.PythonTableView([]))
"""
PROGRAMS = {"nenpyo": ("pipeline", NENPYO), "csv-diff": ("csv_diff", CSV_DIFF), "daff": ("daff", DAFF)}
START = "pass"


@dataclass(frozen=True)
class Cost:
    """What one run took; `skipped` says why there was none."""

    program: str
    entries: int
    seconds: float | None = None
    mebibytes: float | None = None
    skipped: str = ""


def measure(sizes: list[int]) -> Iterator[Cost]:
    """One row for each program and size, Python's own start first."""
    yield _run("starting Python", 0, START)
    for size in sizes:
        with tempfile.TemporaryDirectory() as there:
            # In a process of its own: a child's peak memory is never below its parent's size.
            make = ["from benchmarks.diff import make_editions", "from pathlib import Path"]
            make.append(f"make_editions({size}, Path({there!r}))")
            subprocess.run([sys.executable, "-c", "\n".join(make)], check=True)
            said = {"old": f"{there}/old", "new": f"{there}/new", "out": f"{there}/output", "tables": TABLES}
            for program, (module, code) in PROGRAMS.items():
                if importlib.util.find_spec(module) is None:
                    yield Cost(program, size, skipped=f"{program} is not installed")
                else:
                    yield _run(program, size, code.format(**said))


def make_editions(size: int, folder: Path) -> None:
    """Two folders of tables, old and new (Parquet, and CSV for the others), one entry in ten changed."""
    from tests.made_editions import make_rows, write_edition

    chance = random.Random(size)
    old = _make_items(size, chance)
    for name, items in (("old", old), ("new", [other for item in old for other in _change(item, chance)])):
        rows = make_rows(items, name)
        write_edition(folder / name, rows)
        for table in TABLES:
            with (folder / name / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[table][0]))
                writer.writeheader()
                writer.writerows(rows[table])


def _make_items(size: int, chance: random.Random) -> list[Item]:
    from tests.made_editions import Item

    day = date(1950, 1, 1)
    items = []
    for _ in range(size):
        day += timedelta(days=chance.randint(0, 3))
        headline = chance.choice(COMMON) if chance.random() < 0.3 else _words(chance, 8, 25)
        details = tuple((1, "・", None, _words(chance, 10, 40)) for _ in range(chance.randint(0, 5)))
        items.append(Item(str(day), headline, details))
    return items


def _change(item: Item, chance: random.Random) -> list[Item]:
    from tests.made_editions import Item

    kind = chance.random() * 100
    if kind < 2:
        return []
    if kind < 5:
        return [replace(item, headline=item.headline + _words(chance, 2, 4))]
    if kind < 8:
        later = date.fromisoformat(item.date or "") + timedelta(days=1)
        return [
            replace(item, date=str(later), details=(*item.details, (1, None, None, _words(chance, 9, 20))))
        ]
    return [item, Item(item.date, _words(chance, 8, 20))] if kind < 10 else [item]


def _words(chance: random.Random, shortest: int, longest: int) -> str:
    return "".join(chance.choice(SIGNS) for _ in range(chance.randint(shortest, longest)))


def _run(program: str, entries: int, code: str) -> Cost:
    started = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"{code}\n{PEAK}"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Cost(program, entries, skipped=f"ended after {SECONDS} s")
    seconds = time.perf_counter() - started
    if done.returncode:
        return Cost(program, entries, skipped=done.stderr.strip().splitlines()[-1])
    return Cost(
        program,
        entries,
        seconds,
        int(done.stdout.split()[-1]) / (1024 if sys.platform != "darwin" else 1 << 20),
    )


def main(arguments: list[str]) -> None:
    """Prints a row for each cost as it is known, and all of them as JSON at the end."""
    costs = []
    print(f"{'program':<16} {'entries':>8} {'seconds':>8} {'MiB':>6}")
    for cost in measure([int(size) for size in arguments] or [200, 20_000]):
        costs.append(cost)
        shown = cost.skipped or f"{cost.seconds:>8.2f} {cost.mebibytes:>6.0f}"
        print(f"{cost.program:<16} {cost.entries:>8} {shown}", flush=True)
    print(json.dumps([cost.__dict__ for cost in costs]))


if __name__ == "__main__":
    main(sys.argv[1:])
