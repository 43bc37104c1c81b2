"""Marks under a slider, on its own scale: trend, recent years, what is required, the city."""

from analytics import text_zh
from analytics.answers.steering.reference_rates import REQUIRED, Mark, marks
from analytics.domain import Lever
from analytics.model.scenarios.levers import shown_value
from analytics.remembered import remembered
from analytics.workbench import View, Workbench
from pages.common import drawing, releases, words
from pages.common.drawing import Part, box

_ROOM = 24  # of a mark's words, in percent of the track
_LINE = 15  # pixels of a row of words


def track(bench: Workbench, lever: Lever, low: float, high: float) -> None:
    """Show the reference rates at their places on the slider's scale."""
    parts, rows = _drawn(releases.view_on(bench, ()), lever.id, low, high)
    drawing.draw(parts, key=f"marks_{lever.id}", height=rows * _LINE + 6)


@remembered()
def _drawn(baseline: View, lever_id: str, low: float, high: float) -> tuple[list[Part], int]:
    lever = baseline.bench.catalog.levers[lever_id]
    found = [
        (shown_value(lever, one.value), one)
        for one in marks(baseline, lever_id)
        if one.value is not None
    ]
    inside = sorted(
        (pair for pair in found if low <= pair[0] <= high), key=lambda pair: (pair[0], pair[1].name)
    )
    half = (len(inside) + 1) // 2
    rows = [*range(half), *reversed(range(len(inside) - half))]  # the outermost words on top
    parts = [
        _mark(one, value, (value - low) / (high - low) * 100, row, leftward=number < half)
        for number, ((value, one), row) in enumerate(zip(inside, rows, strict=True))
    ]
    about = "；".join(_said(value, one) for value, one in inside)
    shown = box(
        "track", *parts, role="img", aria_label=words.MARKS_ALOUD.format(about or words.NO_MARKS)
    )
    return [shown], max(half, 1)


def _mark(one: Mark, value: float, place: float, row: int, *, leftward: bool) -> Part:
    side = "left" if (leftward and place > _ROOM) or place > 100 - _ROOM else "right"
    return box(
        f"mark {side}" + (" aim" if one.name == REQUIRED else ""),
        box("words", f"{words.MARKS.get(one.name, one.name)} {text_zh.number(value)}"),
        style=f"left:{place:.2f}%;height:{(row + 1) * _LINE + 4}px",
        title=one.note,
    )


def _said(value: float, one: Mark) -> str:
    return f"{one.name}{text_zh.number(value)}"
