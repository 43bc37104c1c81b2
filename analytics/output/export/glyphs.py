"""Whether our font can draw a text; an image with missing characters is refused.

A renderer that lacks a character draws a box or nothing at all and reports no
error, so every text is held against the font before anything is drawn.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
REGULAR, BOLD = FONTS / "NotoSansSC-Regular.otf", FONTS / "NotoSansSC-Bold.otf"
_SHOWN = 12  # characters named in one message


class MissingGlyphs(ValueError):
    """A text holds characters that our font cannot draw."""


@cache
def drawable() -> frozenset[int]:
    """Return the code points that both faces can draw."""
    return frozenset.intersection(*(frozenset(_map(path)) for path in (REGULAR, BOLD)))


@cache
def advances(*, bold: bool = False) -> Mapping[int, float]:
    """Return the width of every character of one face, in ems."""
    with TTFont(BOLD if bold else REGULAR, lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        measured = {point: widths[name][0] / units for point, name in font.getBestCmap().items()}
    return MappingProxyType(measured)


def _map(path: Path) -> dict[int, str]:
    with TTFont(path, lazy=True) as font:
        held: dict[int, str] = font.getBestCmap()
    return held


def missing(text: str) -> str:
    """Return the characters of a text that cannot be drawn, each once, in their order."""
    held = drawable()
    return "".join(
        dict.fromkeys(
            character
            for character in text
            if ord(character) not in held and not _is_blank(character)
        )
    )


def _is_blank(character: str) -> bool:
    """Tell whether a character is only space or a line break."""
    return character.isspace() and unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc")


def check(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse texts that cannot be drawn, naming each field and its characters.

    Takes pairs of field name and text. Raises :class:`MissingGlyphs`.
    """
    faults = {field: found for field, text in texts if (found := missing(text))}
    if not faults:
        return
    said = "；".join(f"{field}含{_named(characters)}" for field, characters in faults.items())
    raise MissingGlyphs(
        f"未能导出：字体缺少以下字符，导出后会显示为空白或方框。{said}。请改写后重试。"
    )


def _named(characters: str) -> str:
    named = "、".join(f"“{x}”（U+{ord(x):04X}）" for x in characters[:_SHOWN])
    return named + (f"等{len(characters)}个字符" if len(characters) > _SHOWN else "")
