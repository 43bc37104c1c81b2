"""Colours and typeface of charts; Okabe–Ito, told apart by the colour-blind."""

from dataclasses import dataclass

# without yellow
CATEGORIES = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#A6761D", "#D55E00", "#8A8F94"]
FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


@dataclass(frozen=True)
class Palette:
    """Colours for one background."""

    history: str
    projection: str
    required: str
    target: str
    baseline: str
    text: str
    grid: str


LIGHT = Palette("#1B2733", "#0072B2", "#B45F06", "#D55E00", "#6B7785", "#43505C", "#E3E9EE")
DARK = Palette("#E4ECF2", "#56B4E9", "#E69F00", "#FF8A3D", "#93A1AE", "#A9B7C3", "#2A3743")


def palette(*, dark: bool) -> Palette:
    """Return the colours for a dark or a light background."""
    return DARK if dark else LIGHT
