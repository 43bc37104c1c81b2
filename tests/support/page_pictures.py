"""Pages of a PDF as text with places and as pictures, read by PDFium."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2

POINTS = 72 / 25.4  # a millimetre


@dataclass(frozen=True)
class Letter:
    """One printed character: its box in millimetres from the upper left, its points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True)
class Page:
    """One page: size in millimetres, its text, its characters, its darkness by pixel."""

    width: float
    height: float
    text: str
    letters: tuple[Letter, ...]
    ink: np.ndarray  # [rows, columns], 0 white to 1 black, one pixel half a millimetre

    def margins(self) -> tuple[float, float, float, float]:
        """Return the white left, above, right and below all ink, in millimetres."""
        dark = self.ink > 0.1
        across, down = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
        high, wide = dark.shape
        pixels = (across[0], down[0], wide - 1 - across[-1], high - 1 - down[-1])
        left, top, right, bottom = (float(x) / 2 for x in pixels)
        return left, top, right, bottom


def pages(pdf: bytes) -> list[Page]:
    """Read every page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[at]) for at in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    grey = page.render(scale=2 / POINTS, grayscale=True).to_numpy().squeeze()
    letters = tuple(_letters(text, height))
    return Page(width / POINTS, height / POINTS, text.get_text_range(), letters, 1 - grey / 255.0)


def _letters(text: pypdfium2.PdfTextPage, height: float) -> Iterator[Letter]:
    for at in range(text.count_chars()):
        character = text.get_text_range(at, 1)
        left, bottom, right, top = text.get_charbox(at)
        if character.strip() and right > left:
            box = (left, height - top, right, height - bottom)
            size = pypdfium2.raw.FPDFText_GetFontSize(text, at)
            yield Letter(character, *(side / POINTS for side in box), size)


def overlapping(page: Page, share: float = 0.35) -> list[str]:
    """Return pairs of characters printed over one another by more than a share of the smaller.

    The two halves of a Chinese dash are meant to run into each other.
    """
    found = []
    letters = sorted(page.letters, key=lambda letter: letter.top)
    for at, one in enumerate(letters):
        for other in letters[at + 1 :]:
            if other.top >= one.bottom:
                break
            if one.text == other.text == "—":
                continue
            if _common(one, other) > share * min(_area(one), _area(other)):
                found.append(one.text + other.text)
    return found


def _common(one: Letter, other: Letter) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(wide, 0.0) * max(high, 0.0)


def _area(letter: Letter) -> float:
    return (letter.right - letter.left) * (letter.bottom - letter.top)
