"""What a briefing holds: plain text, tables and charts in order, ready to be written.

Every number is already printed as on the page; a writer only sets it. Captions
carry no numbers of their own: a writer counts 表1, 表2 and 图1, 图2.
"""

from dataclasses import dataclass
from datetime import date

from analytics import text_zh
from analytics.domain import Release, Scenario
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp
from analytics.remembered import Remembering


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text; a ``small`` one is a note, a signature stands at the right.

    An ``address`` begins at the edge, without the two letters of room.
    """

    text: str
    small: bool = False
    right: bool = False
    address: bool = False


@dataclass(frozen=True)
class Table:
    """Cells as printed; ``widths`` are the columns' shares of the text width."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a ragged table."""
        cells = {len(self.header), *map(len, self.rows)}
        if self.widths:
            cells.add(len(self.widths))
        if len(cells) > 1:
            raise ValueError(f"表“{self.caption}”各行列数不一致")


@dataclass(frozen=True, eq=False)
class Chart:
    """One chart with its caption, and what is said of it in the text; nothing if empty."""

    caption: str
    figure: Figure
    takeaway: str = ""


Block = Paragraph | Table | Chart


@dataclass(frozen=True)
class Section:
    """A heading without its number, and what stands below it; annexes begin a page."""

    heading: str
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True)
class Briefing(Remembering):
    """A whole document; ``compact`` asks for a layout that fits one A4 page."""

    title: str
    subtitle: str
    made_on: date
    scenario: Scenario
    release: Release
    illustrative: bool
    highlights: tuple[str, ...]
    sections: tuple[Section, ...]
    compact: bool = False
    link: str = ""  # where its state is seen live

    @property
    def stamp(self) -> Stamp:
        """Return the state the document is made from, and the day."""
        return Stamp(self.scenario, self.release, self.made_on)

    @property
    def origin(self) -> str:
        """Name scenario, release and day in one line, for footers and notes."""
        return (
            f"情景：{self.scenario.name}（{self.scenario.id}）｜数据版本：{self.release.id}"
            f"｜制作：{text_zh.day(self.made_on)}"
        )

    def charts(self) -> tuple[Chart, ...]:
        """Return the charts in their order."""
        return tuple(
            block for part in self.sections for block in part.blocks if isinstance(block, Chart)
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the tables in their order."""
        return tuple(
            block for part in self.sections for block in part.blocks if isinstance(block, Table)
        )
