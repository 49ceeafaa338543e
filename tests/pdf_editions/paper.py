"""Puts text and lines on the pages of a PDF; heights count from the top of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.pdf_editions.breaking import width

FONTS = (
    Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"),
)


def find_font() -> Path | None:
    """A Japanese TrueType font of this machine, or None."""
    return next((path for path in FONTS if path.exists()), None)


class Paper:
    """A canvas with the test font. `has_blanks`: blanks are drawn, not left as gaps."""

    def __init__(self, canvas: Any, tall: float, has_blanks: bool) -> None:
        self.canvas, self.tall, self.has_blanks = canvas, tall, has_blanks

    def draw(self, text: str, x: float, base: float, size: float, spread: float = 0.0) -> None:
        self.canvas.setFont("test-gothic", size)
        for word, start in self._words(text, x, size, spread):
            self.canvas.drawString(start, self.tall - base, word, charSpace=spread)

    def _words(self, text: str, x: float, size: float, spread: float) -> list[tuple[str, float]]:
        """The text whole, or its words when blanks are left as gaps."""
        if self.has_blanks:
            return [(text, x)]
        words, at = [], 0
        for word in text.replace("　", " ").split(" "):
            start = text.index(word, at) if word else at
            if word:
                words.append((word, x + width(text[:start], size) + spread * start))
            at = start + len(word)
        return words

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.tall - y0, x1, self.tall - y1)

    def box(self, left: float, top: float, wide: float, tall: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(left, self.tall - top - tall, wide, tall)
