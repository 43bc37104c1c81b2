"""A briefing as a slide deck: native charts and tables, the sources in the notes."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Length, Mm, Pt

from analytics.model.draws.baseline import OnProgress, ignore_progress
from analytics.output.briefing import live_link
from analytics.output.briefing.content import Briefing, Chart, Paragraph, Table
from analytics.output.briefing.writers import slides, style
from analytics.output.briefing.writers.column_widths import (
    centred,
    row_lines,
    shares_of,
    wrapped_lines,
)
from analytics.output.briefing.writers.outline import (
    Chapter,
    charts_of,
    counted,
    origin_lines,
    outline,
)
from analytics.output.briefing.writers.packing import repacked
from analytics.output.export import image
from analytics.text_zh import DEMO_MARK

MORE = "（续）"
_COVER, _TEXT, _SAID, _CELL, _NOTE = 32, 16, 14, 11, 9  # points
_CAPTION = Mm(8)
_PER_SLIDE = 4  # charts
_FEW = 5  # lines of words that go below a table


def write(
    briefing: Briefing, progress: OnProgress = ignore_progress, *, template: bytes | None = None
) -> bytes:
    """Return the briefing as a slide deck; ``progress`` is told the share done.

    In a ``template`` of the office's own its master and its layout stand.
    """
    parts = outline(briefing)
    writer = _Writer(briefing, counted(len(charts_of(parts)), progress), template)
    writer.cover()
    for part in parts:
        writer.chapter(part if part.heading else replace(part, heading=briefing.title))
    made = io.BytesIO()
    writer.deck.save(made)
    progress(1.0)
    return repacked(made.getvalue(), briefing.made_on)


class _Writer:
    """The deck being written."""

    def __init__(self, briefing: Briefing, drawn: Callable[[], None], template: bytes | None):
        self.briefing, self.drawn = briefing, drawn
        self.mark = DEMO_MARK if briefing.illustrative else ""
        self.deck, self.frame = slides.new_deck(template)
        _describe(self.deck, briefing)

    def cover(self) -> None:
        """Write the first slide: title, occasion, origin."""
        slide = self._slide(self.briefing.title, size=_COVER)
        middle = slides.HEIGHT // 3
        high = Pt(max(_lines([self.briefing.title], _COVER), 2) * _COVER * slides.LEADING)
        slides.move_title(slide, (slides.EDGE, middle, slides.INNER, high))
        below = (slides.EDGE, middle + high + Mm(8), slides.INNER, Mm(30))
        slides.text_box(slide, below, [self.briefing.subtitle], 18, colour=style.QUIET)
        if code := live_link.qr_png(self.briefing.link):
            side = Mm(live_link.SIDE_MM)
            box = (slides.WIDTH - slides.EDGE - side, slides.FOOT_TOP - side - Mm(4), side, side)
            slides.add_picture(slide, box, code, f"二维码，内容为：{self.briefing.link}")

    def chapter(self, part: Chapter) -> None:
        """Write one section: neighbouring paragraphs together, each table and chart alone.

        A section's few words around its one table are set below the table.
        """
        tables = [(x.number, x.block) for x in part.items if isinstance(x.block, Table)]
        words = [item.block.text for item in part.items if isinstance(item.block, Paragraph)]
        if len(tables) == 1 and _lines(words, _NOTE) <= _FEW and len(part.items) == len(words) + 1:
            self._table(part.heading, *tables[0], words)
            return
        texts: list[str] = []
        for item in part.items:
            match item.block:
                case Paragraph(text):
                    texts.append(text)
                    continue
                case Table() as table:
                    self._texts(part.heading, texts)
                    self._table(part.heading, item.number, table)
                case Chart() as chart:
                    self._texts(part.heading, texts)
                    self._chart(item.number, chart)
            texts = []
        self._texts(part.heading, texts)

    def _slide(self, title: str, *, size: float = 20) -> Slide:
        origin, mark = self.briefing.origin, self.mark
        return slides.add_slide(self.deck, self.frame, title, origin, mark, size=size)

    def _texts(self, heading: str, texts: Sequence[str]) -> None:
        heights = [_lines([text], _TEXT) * _TEXT * slides.LEADING + 9 for text in texts]
        for at, page in enumerate(_pages(heights, slides.BODY_HEIGHT.pt)):
            slide = self._slide(heading + MORE * bool(at))
            box = (slides.EDGE, slides.BODY_TOP, slides.INNER, slides.BODY_HEIGHT)
            slides.text_box(slide, box, [texts[i] for i in page], _TEXT, after=9)

    def _table(self, heading: str, number: int, table: Table, words: Sequence[str] = ()) -> None:
        places = slides.INNER.pt / (_CELL / 2)
        shares = shares_of(table, places)
        lines = row_lines(table, shares, places)
        head, *heights = (count * _CELL * slides.CELL_LEADING + 8 for count in lines)
        notes = [text for text in (table.note, *words) if text]
        foot = Pt(_lines(notes, _NOTE) * _NOTE * slides.LEADING)
        caption = f"表{number}　{table.caption}"
        room = Length(slides.BODY_HEIGHT - foot - _CAPTION).pt - head
        for at, page in enumerate(_pages(heights, room)):
            slide = self._slide(heading + MORE * bool(at))
            top = (slides.EDGE, slides.BODY_TOP, slides.INNER, _CAPTION)
            slides.text_box(slide, top, [caption + MORE * bool(at)], 13, bold=True)
            box = (slides.EDGE, slides.BODY_TOP + _CAPTION, slides.INNER, Mm(10))
            rows = (table.header, *(table.rows[i] for i in page))
            high = (head, *(heights[i] for i in page))
            slides.add_table(slide, box, rows, shares, high, centred(table), _CELL)
            below = (slides.EDGE, slides.FOOT_TOP - Mm(2) - foot, slides.INNER, foot)
            slides.text_box(slide, below, notes, _NOTE, colour=style.QUIET)
            _say(slide, [caption, *notes, self.briefing.origin])

    def _chart(self, number: int, chart: Chart) -> None:
        figure = chart.figure
        caption = f"图{number}　{figure.heading}"
        notes = [caption, *origin_lines(figure, self.briefing.stamp)]
        said = "" if chart.takeaway == figure.finding else chart.takeaway
        over = Pt(_lines([said], _SAID) * _SAID * slides.LEADING + 4) if said else Pt(0)
        under = Pt(_lines(notes, _NOTE) * _NOTE * slides.LEADING)
        high = slides.BODY_HEIGHT - over - under
        room = (slides.EDGE, slides.BODY_TOP + over, slides.INNER, high)
        for at in range(0, max(len(figure.details.native), 1), _PER_SLIDE):
            slide = self._slide(figure.finding + MORE * bool(at))
            top = (slides.EDGE, slides.BODY_TOP, slides.INNER, over)
            slides.text_box(slide, top, [said], _SAID)
            self._drawings(slide, room, chart, at)
            below = (slides.EDGE, slides.FOOT_TOP - Mm(2) - under, slides.INNER, under)
            slides.text_box(slide, below, notes, _NOTE, colour=style.QUIET)
            _say(slide, [figure.finding, said, caption, *figure.lines(self.briefing.stamp)])
        self.drawn()

    def _drawings(self, slide: Slide, room: slides.Box, chart: Chart, first: int) -> None:
        """Draw a figure's next native charts, or its picture where it has none."""
        words = chart.takeaway or chart.caption
        group = chart.figure.details.native[first : first + _PER_SLIDE]
        points = 12 if len(group) == 1 else 9
        for drawing, box in zip(group, _cells(room, len(group)), strict=True):
            slides.add_chart(slide, box, drawing, self.briefing.made_on, words, points=points)
        if not group:
            slides.add_picture(slide, room, image.png(chart.figure, self.briefing.stamp), words)


def _lines(texts: Sequence[str], size: float) -> int:
    """Count the lines that texts take across a slide."""
    places = slides.INNER.pt / (size / 2) * 0.9  # Latin letters are wider than half an em
    return sum(wrapped_lines(text, places) for text in texts)


def _pages(heights: Sequence[float], room: float) -> Iterator[list[int]]:
    """Fill pages with whole items in their order; one that is too high stands alone."""
    page: list[int] = []
    used = 0.0
    for at, height in enumerate(heights):
        if page and used + height > room:
            yield page
            page, used = [], 0.0
        page.append(at)
        used += height
    if page:
        yield page


def _cells(room: slides.Box, count: int) -> Iterator[slides.Box]:
    """Share a box among one chart, two side by side, or four."""
    left, top, width, height = room
    across, down = min(count, 2), 2 if count > 2 else 1
    for at in range(count):
        row, column = divmod(at, across)
        wide, high = width // across, height // down
        yield left + column * wide, top + row * high, wide, high


def _say(slide: Slide, lines: Sequence[str]) -> None:
    """Put caption, finding and origin into the speaker's notes."""
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None, "a new notes slide has its text"
    notes.text = style.clean("\n".join(filter(None, lines)))


def _describe(deck: Deck, briefing: Briefing) -> None:
    properties = deck.core_properties
    moment = datetime.combine(briefing.made_on, time(), UTC).replace(tzinfo=None)
    properties.title, properties.subject = style.clean(briefing.title), briefing.origin
    properties.author = properties.last_modified_by = style.AUTHOR
    properties.created = properties.modified = properties.last_printed = moment
    properties.identifier = f"{briefing.scenario.id}-{briefing.release.hash}"
    properties.keywords = DEMO_MARK if briefing.illustrative else ""
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1
