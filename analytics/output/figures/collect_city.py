"""Collect what the charts of the 2035 page export."""

import pandas as pd

from analytics import text_zh
from analytics.domain import SHANGHAI, Target
from analytics.model.judgement.against_city import INDEX
from analytics.model.projection.history import History
from analytics.output.charts import city as charts_city
from analytics.output.charts import fan
from analytics.output.figures import city, origin
from analytics.output.figures.city import Comparison
from analytics.output.figures.collect import NATURE, fan_reading, present, readable, span
from analytics.output.figures.figure import Assumption, ExportFigure
from analytics.output.figures.native import Line, NativeChart, fan_chart
from analytics.output.figures.note import ExportNote, Stamp
from analytics.output.figures.target import TargetFigure
from analytics.workbench import View, Workbench


def ratio_export(
    view: View, item: Comparison, margin: float, confidence: float, stamp: Stamp
) -> ExportFigure | None:
    """Collect the fan of district ÷ city; None where the page draws none."""
    figure = city.ratio_figure(view, item, margin)
    if figure is None:
        return None
    histories = origin.histories_of(view.bench, item.target)
    return ExportFigure(
        name=f"{item.target.name_zh}与全市之比",
        spec=charts_city.ratio_spec(
            figure.title,
            figure.unit,
            INDEX,
            dark=False,
            demo=figure.demo,
            shown=present(figure.frame),
        ),
        datasets={"fan": figure.frame},
        frame=readable(figure.frame, origin.nature_by_year(histories), origin.ahead(view)),
        note=_fan_note(view, histories, figure, stamp, item.item.method),
        native=(fan_chart(figure.frame, figure.title, figure.unit),),
        assumptions=(
            *origin.moved_levers(view.bench, stamp.scenario),
            Assumption("“显著”的幅度", f"年均高出{text_zh.points(margin).lstrip('+')}"),
            Assumption("“显著”的把握", text_zh.percent(confidence, 0)),
        ),
        definitions=origin.definitions(histories),
    )


def city_export(view: View, target: Target, stamp: Stamp) -> ExportFigure | None:
    """Collect the fan of the city's own series; None where the page draws none."""
    figure = city.city_figure(view, target)
    if figure is None:
        return None
    history = city.city_history(view.bench, target)
    return ExportFigure(
        name=f"{SHANGHAI}{figure.title}",
        spec=fan.fan_spec(
            figure.title, figure.unit, dark=False, demo=figure.demo, shown=present(figure.frame)
        ),
        datasets={"fan": figure.frame},
        frame=readable(figure.frame, origin.nature_by_year([history]), origin.ahead(view)),
        note=_fan_note(view, (history,), figure, stamp, ""),
        native=(fan_chart(figure.frame, figure.title, figure.unit),),
        assumptions=origin.moved_levers(view.bench, stamp.scenario),
        definitions=origin.definitions([history]),
    )


def _fan_note(
    view: View, histories: tuple[History, ...], figure: TargetFigure, stamp: Stamp, method: str
) -> ExportNote:
    projected = (origin.ahead(view),) if figure.frame["median"].notna().any() else ()
    statuses = {status for history in histories for status in history.statuses}
    return ExportNote(
        title=figure.takeaway.rstrip("。"),
        subject=figure.title,
        unit=figure.unit,
        natures=origin.natures(statuses, *projected),
        period=span(figure.frame),
        sources=origin.sources(histories),
        stamp=stamp,
        illustrative=figure.demo,
        reading=fan_reading(figure.frame),
        method=method,
    )


def growth_export(bench: Workbench, target: Target, stamp: Stamp) -> ExportFigure | None:
    """Collect the bars of the city's published growth; None where the page draws none."""
    figure = city.growth_figure(bench, target)
    if figure is None:
        return None
    history = bench.history(f"{city.city_history(bench, target).indicator.id}_yoy", SHANGHAI)
    years, values = figure.frame["year"], figure.frame["value"]
    line = Line(figure.title, tuple(values.tolist()))
    return ExportFigure(
        name=f"{SHANGHAI}{figure.title}",
        spec=charts_city.growth_spec(figure.title, figure.unit, dark=False),
        datasets={"growth": figure.frame},
        frame=_growth_rows(figure),
        note=ExportNote(
            title=figure.takeaway.rstrip("。"),
            subject=figure.title,
            unit=figure.unit,
            natures=origin.natures(history.status_by_year.values()),
            period=text_zh.years(years.tolist()),
            sources=origin.sources([history]),
            stamp=stamp,
            illustrative=figure.demo,
        ),
        native=(
            NativeChart(figure.title, figure.unit, tuple(map(str, years)), (line,), columns=True),
        ),
        definitions=origin.definitions([history]),
    )


def _growth_rows(figure: TargetFigure) -> pd.DataFrame:
    named = figure.frame.rename(columns={"year": "年份", "nature": NATURE, "value": figure.title})
    return named[["年份", NATURE, figure.title]]
