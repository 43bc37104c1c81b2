"""A briefing with its headings, points, tables and charts numbered, alike in every format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count, pairwise

from analytics.output.briefing.content import Block, Briefing, Chart, Paragraph, Section, Table
from analytics.output.briefing.writers import style
from analytics.output.export import image
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp

POINTS = "要点"


@dataclass(frozen=True)
class Item:
    """One block with its number among its kind; paragraphs have none."""

    block: Block
    number: int = 0


@dataclass(frozen=True)
class Chapter:
    """One section with its printed heading, if it has any; the first annex begins a page."""

    heading: str
    items: tuple[Item, ...]
    begins_page: bool = False


def outline(briefing: Briefing) -> tuple[Chapter, ...]:
    """Number a briefing's parts; the points that matter come first."""
    points = tuple(
        Paragraph(f"{at}．{text}") for at, text in enumerate(briefing.highlights, start=1)
    )
    sections = (*([Section(POINTS, points)] if points else []), *briefing.sections)
    tables, charts, headings = count(1), count(1), count(1)
    return tuple(
        Chapter(
            _heading(section, headings),
            tuple(_numbered(section.blocks, tables, charts)),
            section.annex and not before.annex,
        )
        for before, section in pairwise((Section("", ()), *sections))
    )


def _heading(section: Section, numbers: Iterator[int]) -> str:
    """Number a heading; annexes have numbers of their own."""
    if section.annex or not section.heading:
        return section.heading
    return f"{style.numeral(next(numbers))}、{section.heading}"


def _numbered(
    blocks: tuple[Block, ...], tables: Iterator[int], charts: Iterator[int]
) -> Iterator[Item]:
    for block in blocks:
        match block:
            case Table():
                yield Item(block, next(tables))
            case Chart():
                yield Item(block, next(charts))
            case _:
                yield Item(block)


def charts_of(parts: tuple[Chapter, ...]) -> list[tuple[int, Chart]]:
    """Return the charts in their order, each with its number."""
    items = (item for part in parts for item in part.items)
    return [(item.number, item.block) for item in items if isinstance(item.block, Chart)]


def in_text(figure: Figure, layout: style.Layout) -> Figure:
    """Return a figure as documents show it; sheets of charts keep their height.

    The method is told once, in a section of its own, not under every chart; scenario, release
    and day stand on every page.
    """
    told_once = figure.retold(note=replace(figure.details.note, method="", stamped=False))
    return replace(told_once, height=layout.chart)


def origin_lines(figure: Figure, stamp: Stamp) -> tuple[str, ...]:
    """Return nature, period and source; a native chart has a legend of its own."""
    brief = image.in_brief(figure)
    return brief.retold(note=replace(brief.details.note, stamped=False)).lines(stamp)


def said_before(number: int, chart: Chart, layout: style.Layout) -> str:
    """Return the sentence that leads to a chart, unless its picture says the same."""
    if not layout.full or chart.takeaway in ("", chart.figure.finding):
        return ""
    return f"{chart.takeaway.removesuffix('。')}（图{number}）。"


def counted(
    total: int, progress: Callable[[float], None], share: float = 0.9
) -> Callable[[], None]:
    """Return what tells the progress after each chart; charts take most of the time."""
    done = count(1)
    return lambda: progress(share * next(done) / max(total, 1))
