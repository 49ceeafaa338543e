"""`make bench`: what reading text, reading a PDF and comparing editions cost, beside other programs.

Ratios measured side by side; nothing here is a test. `python -m benchmarks text|pdf|diff` runs one of them.
"""

from __future__ import annotations

import sys

from benchmarks import diff, pdf, text

PARTS = {"text": lambda: text.main(), "pdf": lambda: pdf.main([]), "diff": lambda: diff.main([])}


def main(names: list[str]) -> None:
    """Runs the benchmarks of these names, all of them where none is given."""
    for name in names or list(PARTS):
        print(f"=== {name}", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
