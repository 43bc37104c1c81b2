"""Collect what the heat map of the page 数据与来源 exports."""

from collections.abc import Sequence

import pandas as pd

from analytics import text_zh
from analytics.output.charts.coverage import COLOURS, heat_map_spec
from analytics.output.figures import coverage, origin
from analytics.output.figures.figure import ExportFigure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import ExportNote, Stamp
from analytics.workbench import Workbench

_HEADINGS = {"name": "指标", "year": "年份", "nature": "性质", "value": "数值"}


def coverage_export(
    bench: Workbench, title: str, indicator_ids: Sequence[str], years: Sequence[int], stamp: Stamp
) -> ExportFigure:
    """Collect the nature of every indicator's figure by year; the native chart counts them."""
    figure = coverage.coverage_figure(bench, title, indicator_ids, years)
    frame = figure.frame
    indicators = [bench.catalog.indicators[name] for name in indicator_ids]
    histories = [bench.history(one.id, one.home_region) for one in indicators]
    return ExportFigure(
        name=f"{title}数据覆盖",
        spec=heat_map_spec(figure.title, figure.names, dark=False, demo=figure.demo),
        datasets={"coverage": frame},
        frame=frame[list(_HEADINGS)].rename(columns=_HEADINGS),
        note=ExportNote(
            title=figure.takeaway.rstrip("。"),
            subject=figure.title,
            unit="每格为该年所用数值的性质",
            natures=tuple(name for name in COLOURS if (frame["nature"] == name).any()),
            period=text_zh.years(list(years)),
            sources=origin.sources(histories),
            stamp=stamp,
            illustrative=figure.demo,
            reading=coverage.READING,
        ),
        native=(_counts(frame, f"{title}：各年各性质的指标数", years),),
        definitions=origin.definitions(histories),
    )


def _counts(frame: pd.DataFrame, title: str, years: Sequence[int]) -> NativeChart:
    table = frame.pivot_table(index="nature", columns="year", values="name", aggfunc="count")
    table = table.reindex(columns=list(years)).fillna(0)
    lines = tuple(
        Line(name, tuple(map(float, table.loc[name]))) for name in COLOURS if name in table.index
    )
    return NativeChart(title, "个", tuple(map(str, years)), lines, columns=True)
