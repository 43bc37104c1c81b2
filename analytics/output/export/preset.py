"""Measures of a picture for the place in a document where it will stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TEXT_WIDTH_MM = 156.0  # of an official A4 page
_PX_PER_MM = 96 / 25.4  # CSS pixels, so that 12 px is 9 pt on paper


@dataclass(frozen=True)
class Preset:
    """How large a picture is and what stands in it besides the chart.

    ``chart_mm`` is the height of the chart, ``whole_mm`` that of all; without either a picture
    is as high as it needs. ``scale`` enlarges everything, for a screen seen from afar.
    """

    name_zh: str
    about_zh: str
    width_mm: float = TEXT_WIDTH_MM
    chart_mm: float | None = None
    whole_mm: float | None = None
    words: bool = True  # headline, unit, sources
    brief: bool = False  # how to read it and by what method is left out
    scale: float = 1.0

    @property
    def width(self) -> float:
        """Return the width that is laid out, in CSS pixels."""
        return self.pixels(self.width_mm)

    def pixels(self, millimetres: float) -> float:
        """Return what a length on paper is while the picture is laid out."""
        return millimetres * _PX_PER_MM / self.scale

    def chart_height(self, besides: float) -> float | None:
        """Return the height left for the chart beside words that take some; None is any."""
        if self.whole_mm is not None:
            return self.pixels(self.whole_mm) - besides
        return None if self.chart_mm is None else self.pixels(self.chart_mm)


STANDARD = Preset("标准", "宽156毫米，带标题、单位、来源")
PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "standard": STANDARD,
        "word": Preset("Word整栏", "宽156毫米，图高80毫米，带标题、单位、来源", chart_mm=80),
        "half": Preset(
            "Word半栏", "75×60毫米，不带文字，两图并排", width_mm=75, chart_mm=60, words=False
        ),
        "ppt": Preset("PPT整页", "16:9，字号加倍", width_mm=320, whole_mm=180, scale=2, brief=True),
        "plain": Preset("纯图", "156×80毫米，不带文字，题注在文档里写", chart_mm=80, words=False),
    }
)
