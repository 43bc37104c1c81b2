"""A briefing as a slide deck: native charts and tables, the sources in the notes."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Length, Mm, Pt

from analytics.model.draws.baseline import OnProgress, ignore_progress
from analytics.output.briefing import live_link
from analytics.output.briefing.content import Briefing, Chart
from analytics.output.briefing.writers import slide_plan, slides, style
from analytics.output.briefing.writers.outline import charts_of, counted, origin_lines, outline
from analytics.output.briefing.writers.packing import repacked
from analytics.output.briefing.writers.slide_plan import (
    MORE,
    Drawing,
    Planned,
    Rows,
    Words,
    high,
    planned,
)
from analytics.output.export import image
from analytics.output.figures.native import NativeChart
from analytics.text_zh import DEMO_MARK

_COVER = 32  # points
_CAPTION = Pt(slide_plan.CAPTION_ROOM)
_PER_SLIDE = 4  # charts


def write(
    briefing: Briefing, progress: OnProgress = ignore_progress, *, template: bytes | None = None
) -> bytes:
    """Return the briefing as a slide deck; ``progress`` is told the share done.

    In a ``template`` of the office's own its master and its layout stand.
    """
    parts = outline(briefing)
    writer = _Writer(briefing, counted(len(charts_of(parts)), progress), template)
    writer.cover()
    for one in planned(parts):
        writer.add(one)
    made = io.BytesIO()
    writer.frames.deck.save(made)
    progress(1.0)
    return repacked(made.getvalue(), briefing.made_on)


class _Writer:
    """The deck being written."""

    def __init__(self, briefing: Briefing, drawn: Callable[[], None], template: bytes | None):
        self.briefing, self.drawn = briefing, drawn
        self.mark = DEMO_MARK if briefing.illustrative else ""
        self.frames = slides.new_deck(template)
        _describe(self.frames.deck, briefing)

    def cover(self) -> None:
        """Write the first slide: title, occasion, origin, the way to the live state."""
        slide = self._slide(slides.COVER, self.briefing.title, size=_COVER)
        below = None
        if slides.COVER not in self.frames.layouts:
            below = (slides.EDGE, slides.BODY_TOP, slides.INNER, Mm(30))
        slides.put(slide, slides.SUBTITLE, below, [self.briefing.subtitle], 18)
        if code := live_link.qr_png(self.briefing.link):
            side = Mm(live_link.SIDE_MM)
            box = (slides.WIDTH - slides.EDGE - side, slides.FOOT_TOP - side - Mm(4), side, side)
            slides.add_code(slide, box, code, f"二维码，内容为：{self.briefing.link}")
        slides.drop_empty(slide)

    def add(self, planned: Planned) -> None:
        """Write what was planned for a slide, or a chart's slides."""
        match planned:
            case Words():
                self._words(planned)
            case Rows():
                self._rows(planned)
            case Drawing(number, chart):
                self._chart(number, chart)

    def _slide(self, layout: str, title: str, *, size: float = slides.TITLE_SIZE) -> Slide:
        origin, mark = self.briefing.origin, self.mark
        title = title or self.briefing.title
        return slides.add_slide(self.frames, layout, title, origin, mark, size=size)

    def _words(self, words: Words) -> None:
        slide = self._slide(slides.TEXT, words.title)
        slides.put(slide, slides.BODY, None, words.texts, slide_plan.TEXT, after=slide_plan.AFTER)
        slides.drop_empty(slide)

    def _rows(self, rows: Rows) -> None:
        slide = self._slide(slides.TABLE, rows.title)
        top = (slides.EDGE, slides.BODY_TOP, slides.INNER, _CAPTION)
        slides.put(slide, slides.CAPTION, top, [rows.caption], slide_plan.CAPTION, bold=True)
        lines: list[Sequence[str]] = [rows.header]
        heights = [rows.heights[0]]
        for at, row in enumerate(rows.rows):
            if at in rows.begins:
                lines.append((rows.begins[at],))
                heights.append(slide_plan.cell_height(1))
            lines.append(row)
            heights.append(rows.heights[at + 1])
        box = (slides.EDGE, slides.BODY_TOP + _CAPTION, slides.INNER, Pt(sum(heights)))
        size = slide_plan.CELL
        slides.add_table(slide, box, lines, heights, rows.shares, rows.centred, size)
        self._note(slide, rows.notes)
        _say(slide, [rows.caption, *rows.begins.values(), *rows.notes, self.briefing.origin])
        slides.drop_empty(slide)

    def _note(self, slide: Slide, notes: Sequence[str]) -> Length:
        """Set notes at the foot of a slide; return how high they stand."""
        under = Pt(high(notes, slide_plan.NOTE))
        below = (slides.EDGE, slides.FOOT_TOP - Mm(2) - under, slides.INNER, under)
        if notes:
            slides.put(slide, slides.NOTE, below, notes, slide_plan.NOTE)
        return under

    def _chart(self, number: int, chart: Chart) -> None:
        figure, natives = chart.figure, chart.figure.details.native
        caption = f"图{number}　{figure.heading}"
        notes = [caption, *origin_lines(figure, self.briefing.stamp)]
        repeated = chart.takeaway.removesuffix("。") == figure.finding.removesuffix("。")
        said = [] if repeated or not chart.takeaway else [chart.takeaway]
        over = Pt(high(said, slide_plan.SAID) + 4) if said else Pt(0)
        for at in range(0, max(len(natives), 1), _PER_SLIDE):
            group = natives[at : at + _PER_SLIDE]
            layout = slides.CHARTS if len(group) > 1 else slides.CHART
            slide = self._slide(layout, figure.finding + MORE * bool(at))
            if said:
                top = (slides.EDGE, slides.BODY_TOP, slides.INNER, over)
                slides.put(slide, slides.SAID, top, said, slide_plan.SAID)
            under = self._note(slide, notes)
            room = (slides.EDGE, slides.BODY_TOP + over, slides.INNER)
            self._drawings(slide, (*room, slides.BODY_HEIGHT - over - under), chart, group)
            _say(slide, [figure.finding, *said, caption, *figure.lines(self.briefing.stamp)])
            slides.drop_empty(slide)
        self.drawn()

    def _drawings(
        self, slide: Slide, room: slides.Box, chart: Chart, group: Sequence[NativeChart]
    ) -> None:
        """Draw a figure's native charts, or its picture where it has none."""
        words = chart.takeaway or chart.caption
        points = 12 if len(group) == 1 else 9
        for at, (drawing, box) in enumerate(zip(group, _cells(room, len(group)), strict=True)):
            name = f"{slides.CHART}{at + 1}"
            slides.add_chart(slide, name, box, drawing, self.briefing.made_on, words, points=points)
        if not group:
            slides.add_picture(slide, room, image.png(chart.figure, self.briefing.stamp), words)


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
