"""Measures, fonts and colours of Chinese official documents, shared by the writers."""

import re
from dataclasses import dataclass, replace

PAGE_MM = (210.0, 297.0)
TEXT_WIDTH_MM = 156.0  # 版心 of GB/T 9704—2012
LEFT_MM = 28.0
AUTHOR = "金山区新型工业化行动方案工作台"
LATIN = "Times New Roman"
TITLE, LEVEL1, LEVEL2, BODY, PAGE_NUMBER = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
SLIDE = "微软雅黑"
PDF_FONT = "Noto Sans SC"  # bundled
INK, QUIET, RULE, HEADER_FILL, DEMO_INK = "1B2733", "43505C", "9AA7B2", "E8EEF3", "8A3B00"
NUMERALS = "一二三四五六七八九十"
_AXIS_AND_LEGEND = 62  # CSS pixels around a drawing
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Layout:
    """Type sizes in points, margins in millimetres, the height of a chart in CSS pixels.

    ``line`` is the fixed distance of text lines; ``full`` documents have headings, and
    sentences and notes with their charts; ``linked`` ones lead to their live state.
    """

    title: float
    heading: float
    body: float
    line: float
    table: float
    note: float
    top: float = 37
    bottom: float = 35
    chart: int = 180
    full: bool = True
    linked: bool = True

    def lowered(self, factor: float) -> "Layout":
        """Return the same layout with lower charts; type keeps its size, or nobody reads it."""
        return replace(self, chart=round(self.chart * factor))

    @property
    def chart_mm(self) -> float:
        """Return the height of a whole chart, with axis and legend, in millimetres."""
        return (self.chart + _AXIS_AND_LEGEND) / 96 * 25.4

    @property
    def places(self) -> float:
        """Return how many half-width letters of a table fit into the text width."""
        return TEXT_WIDTH_MM / 25.4 * 72 / (self.table / 2)


STANDARD = Layout(title=22, heading=16, body=16, line=28, table=9, note=9)
STANDARD_PDF = Layout(  # two charts and their sentences to a page
    title=20, heading=14, body=11.5, line=20, table=9, note=9, chart=158
)
COMPACT = Layout(
    title=20,
    heading=14,
    body=12,
    line=18,
    table=10.5,
    note=9,
    top=20,
    bottom=24,
    chart=165,
    full=False,
)
LOWER = (1.0, 0.85, 0.7, 0.55)  # heights of the chart tried in turn to fit one page
LINKED = LOWER[:-1]  # below them the link and its code give way before the chart does
RESERVE_MM = 10.0  # left free on it: Word sets the same text a little longer
FOOT_PLACE_MM, FOOT_LINE_MM = 4.5 / 72 * 25.4, 5.0  # half a letter, and a line, of nine points
LINK_RESERVE_MM = 9.0  # and the line of a code higher than the code


def clean(text: str) -> str:
    """Drop the control characters that XML cannot hold."""
    return _FORBIDDEN.sub("", str(text))


def numeral(number: int) -> str:
    """Write 1—99 as in headings: 一, 十, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return ten + (NUMERALS[ones - 1] if ones else "")
