"""What every file of a figure says about itself, in the image and in the workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analytics import text_zh
from analytics.domain import Release, Scenario

_NAMED_SOURCES = 3  # named inside an image; the workbook lists all


@dataclass(frozen=True)
class Stamp:
    """The state a file is made from, and the day it is made."""

    scenario: Scenario
    release: Release
    made_on: date
    beside: tuple[Scenario, ...] = ()  # shown in the same figure

    def lines(self) -> tuple[str, ...]:
        """Name scenarios, release and day."""
        shown = (*self.beside, self.scenario)
        scenario = f"情景：{'、'.join(f'{one.name}（编号{one.id}）' for one in shown)}"
        release = f"数据版本：{self.release.id}（校验{self.release.hash[:8]}）"
        as_of, made_on = text_zh.day(self.release.as_of), text_zh.day(self.made_on)
        dates = f"数据截至{as_of}｜制作日期：{made_on}"
        return f"{scenario}｜{release}", dates


@dataclass(frozen=True)
class SourceLine:
    """One source in use: nature, title and date as printed, and where it can be read."""

    nature: str
    title: str
    dated: str
    url: str = ""

    @property
    def text_zh(self) -> str:
        """Write the source with its date."""
        return f"{self.title}（{self.dated}）"


@dataclass(frozen=True)
class Note:
    """What a file says of a figure besides its title and unit."""

    finding: str  # what the figure shows, as a headline
    natures: tuple[str, ...]  # 公布, 演示, 预测 …
    period: str
    sources: tuple[SourceLine, ...]
    reading: str = ""  # how the marks are read
    method: str = ""  # of the projection
    filters: str = ""  # by which what is shown was chosen
    scenarios: tuple[Scenario, ...] = ()  # those drawn, where not the page's own is
    stamped: bool = True  # scenario, release and day are told; a document does so on each page

    def lines(self, stamp: Stamp) -> tuple[str, ...]:
        """Return what is printed below the figure, one line a topic."""
        read = [f"图例：{self.reading}"] if self.reading else []
        read += [f"方法：{self.method}"] if self.method else []
        return (
            *(["｜".join(read)] if read else []),
            f"数据性质：{'、'.join(self.natures) or text_zh.DASH}｜期间：{self.period}"
            + (f"｜筛选：{self.filters}" if self.filters else ""),
            f"来源：{named_sources(self.sources)}",
            *(stamp.lines() if self.stamped else ()),
        )


def named_sources(sources: Iterable[SourceLine], most: int = _NAMED_SOURCES) -> str:
    """Name the first few sources with their dates, and say how many there are."""
    lines = tuple(dict.fromkeys(source.text_zh for source in sources))
    if not lines:
        return "本数据版本没有该指标的来源"
    named = "；".join(lines[:most])
    return named if len(lines) <= most else f"{named}；等{len(lines)}项"
