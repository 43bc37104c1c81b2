"""Cut the two bundled faces from the Noto Sans CJK collection.

    python assets/fonts/make_subset.py /usr/share/fonts/opentype/noto

The folder holds ``NotoSansCJK-Regular.ttc`` and ``NotoSansCJK-Bold.ttc`` (Debian's
fonts-noto-cjk). Kept are the 6,763 characters of GB 2312 and its symbols, Latin,
Greek, punctuation, arrows, mathematics, numbered and full-width forms. The family
is named as the charts name it: a renderer that meets another name draws no text.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Noto Sans SC"
_SOURCE_FAMILY = "Noto Sans CJK SC"
_BLOCKS = (
    (0x0020, 0x017F),  # Latin
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # raised and lowered figures
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x22FF),  # letterlike, number forms, arrows, mathematics
    (0x2460, 0x24FF),  # numbers in circles and brackets
    (0x2500, 0x27BF),  # lines, shapes, signs
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3200, 0x33FF),  # units in one character
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF00, 0xFFEF),  # full-width forms
)
_RENAMED = {1: FAMILY, 16: FAMILY}
_IN_NAMES = "喆堃犇骉昇珺玥璟翀祎赟頔旸炘烜镕熠奡瑄業區"  # met in names, outside GB 2312


def gb2312() -> set[int]:
    """Return the code points of every character that GB 2312 can write."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(character) for pair in pairs for character in pair.decode("gb2312", "ignore")}


def wanted() -> set[int]:
    """Return the code points to keep, as far as the source has them."""
    blocks = {point for first, last in _BLOCKS for point in range(first, last + 1)}
    return gb2312() | blocks | {ord(character) for character in _IN_NAMES}


def cut(source: Path, style: str, target: Path) -> None:
    """Write one face of the collection, cut down and renamed."""
    font = _face(source / f"NotoSansCJK-{style}.ttc")
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "locl", "mark"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.hinting = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    _rename(font, style)
    font.save(target / f"NotoSansSC-{style}.otf")


def _face(collection: Path) -> TTFont:
    for font in TTCollection(collection).fonts:
        if font["name"].getDebugName(1).startswith(_SOURCE_FAMILY):
            return font
    raise SystemExit(f"{collection}: no face named {_SOURCE_FAMILY}")


def _rename(font: TTFont, style: str) -> None:
    """Give the face the family name under which the charts ask for it."""
    names = _RENAMED | {
        2: style,
        4: f"{FAMILY} {style}",
        6: f"NotoSansSC-{style}",
        17: style,
    }
    font["name"].names = [x for x in font["name"].names if x.nameID not in names]
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [names[6]]
    top[0].FamilyName, top[0].FullName = FAMILY, names[4]


if __name__ == "__main__":
    for name in ("Regular", "Bold"):
        cut(Path(sys.argv[1]), name, Path(__file__).parent)
