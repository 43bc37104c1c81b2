"""All trajectories on one sheet of small charts."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import RowStatus
from analytics.model.judgement.assessment import Assessment
from analytics.output.charts.multiples import multiples_spec
from analytics.output.figures import fan_table, origin
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import fan_chart
from analytics.output.figures.note import Note
from analytics.output.figures.target import target_figure
from analytics.workbench import View


def multiples_figure(
    view: View, items: Sequence[Assessment], *, last_year: int, filters: str = ""
) -> Figure | None:
    """Lay out many targets, a small chart each; ``filters`` chose them. None where none is drawn.

    A target due after ``last_year`` is drawn up to its due year.
    """
    sheets = _sheets(view, items, last_year)
    if not sheets:
        return None
    frame = pd.concat([rows.assign(title=title) for title, _, rows in sheets], ignore_index=True)
    titles = tuple(title for title, _, _ in sheets)
    demo = any(RowStatus.ILLUSTRATIVE in item.statuses for item in items)
    return Figure(
        name="全部走势",
        title=f"{len(sheets)}项目标的走势，一项一图",
        unit="见各图标题",
        takeaway=f"{len(sheets)}项目标的历史、预测中位数、80%区间与目标，一项一图。",
        demo=demo,
        datasets={"multiples": frame},
        draw=partial(multiples_spec, titles, demo=demo),
        work_out=partial(_details, view, items, frame, filters, sheets),
    )


_Sheet = tuple[str, str, pd.DataFrame]  # title, unit, numbers


def _sheets(view: View, items: Sequence[Assessment], last_year: int) -> list[_Sheet]:
    sheets = []
    for item in items:
        figure = target_figure(view, item, last_year=max(last_year, item.target.due_year))
        if figure is None:
            continue
        rows = figure.datasets["fan"]
        if not rows[["observed", "median"]].isna().all(axis=None):
            marked = text_zh.reference(item.is_reference)
            title = f"{item.target.order}. {item.target.name_zh}（{figure.unit}{marked}）"
            sheets.append((title, figure.unit, rows))
    return sheets


def _details(
    view: View,
    items: Sequence[Assessment],
    frame: pd.DataFrame,
    filters: str,
    sheets: Sequence[_Sheet],
) -> Details:
    histories = [x for item in items for x in origin.histories_of(view.bench, item.target)]
    statuses = {status for item in items for status in item.statuses}
    said = verdicts_zh.conclusion(items, view.bench.catalog.indicators, worst=False)
    return Details(
        table=_stacked(frame),
        note=Note(
            finding=said.rstrip("。"),
            natures=origin.natures(
                statuses, *dict.fromkeys(origin.ahead_of(view, x) for x in items)
            ),
            period=fan_table.span(frame),
            sources=origin.sources(histories),
            reading="实线为历史，虚线为预测中位数，色带为80%区间，◆为目标",
            filters=filters,
        ),
        native=tuple(fan_chart(rows, title, unit) for title, unit, rows in sheets),
        assumptions=origin.moved_settings(view),
        definitions=origin.definitions(histories),
    )


def _stacked(frame: pd.DataFrame) -> pd.DataFrame:
    """Lay out all small charts below one another, named in the first column."""
    named = frame.rename(columns={"title": "指标"} | fan_table.HEADINGS)
    rest = [name for name in fan_table.HEADINGS.values() if name in named]
    return named[["指标", *rest]].dropna(axis="columns", how="all")
