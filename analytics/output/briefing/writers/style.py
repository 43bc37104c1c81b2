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
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Layout:
    """Type sizes in points, margins in millimetres, the height of a chart in CSS pixels.

    ``line`` is the fixed distance of text lines; ``sentences`` says whether a
    chart is preceded by what it shows.
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
    sentences: bool = True

    def scaled(self, factor: float) -> "Layout":
        """Return the same layout with smaller type and charts."""
        return replace(
            self,
            title=self.title * factor,
            heading=self.heading * factor,
            body=self.body * factor,
            line=self.line * factor,
            table=self.table * factor,
            note=self.note * factor,
            # a chart's own title and notes keep their size, so its drawing gives more
            chart=round(self.chart * factor**2),
        )

    @property
    def places(self) -> float:
        """Return how many half-width letters of a table fit into the text width."""
        return TEXT_WIDTH_MM / 25.4 * 72 / (self.table / 2)


STANDARD = Layout(title=22, heading=16, body=16, line=28, table=9, note=8)
STANDARD_PDF = Layout(  # two charts and their sentences to a page
    title=20, heading=14, body=11.5, line=20, table=9, note=8, chart=140
)
COMPACT = Layout(
    title=18,
    heading=12,
    body=10.5,
    line=15.5,
    table=9,
    note=7.5,
    top=18,
    bottom=20,
    chart=130,
    sentences=False,
)
SHRINK = (1.0, 0.95, 0.9, 0.85, 0.8)  # tried in turn to fit one page


def clean(text: str) -> str:
    """Drop the control characters that XML cannot hold."""
    return _FORBIDDEN.sub("", str(text))


def numeral(number: int) -> str:
    """Write 1—99 as in headings: 一, 十, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return ten + (NUMERALS[ones - 1] if ones else "")
