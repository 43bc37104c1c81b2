"""The heat map of what a release holds of each indicator, year by year."""

from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd

from analytics import text_zh
from analytics.domain import HELD_STATUSES, Indicator, RowStatus
from analytics.model.projection.history import History
from analytics.output.charts.coverage import COLOURS, heat_map_spec
from analytics.output.figures import origin
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import Note
from analytics.workbench import Workbench

BOUND, MONTHS = "下限", "仅月度"
NATURES = (*(text_zh.NATURE_ZH[status] for status in HELD_STATUSES), BOUND, MONTHS)
COLUMNS = ("indicator_id", "name", "year", "nature", "mark", "value")
READING = "空白为没有年度数据；“仅月度”为只有月度或累计值；“下限”为只公布“超过、突破”"
_UNIT = "每格为该年所用数值的性质"
_HEADINGS = {"name": "指标", "year": "年份", "nature": "性质", "value": "数值"}


def coverage_figure(
    bench: Workbench, group: str, indicator_ids: Sequence[str], years: Sequence[int]
) -> Figure:
    """Lay out the heat map of a group of indicators."""
    frame = coverage(bench, indicator_ids, years)
    names = tuple(dict.fromkeys(bench.catalog.indicators[name].name_zh for name in indicator_ids))
    held = frame["indicator_id"].nunique()
    title = f"{group}：各年数据的性质"
    takeaway = f"{group}的{len(names)}个指标中，{held}个在{years[0]}年以来有数据。"
    demo = bool((frame["nature"] == text_zh.NATURE_ZH[RowStatus.ILLUSTRATIVE]).any())
    return Figure(
        name=f"{group}数据覆盖",
        title=title,
        unit=_UNIT,
        takeaway=takeaway,
        demo=demo,
        datasets={"coverage": frame},
        draw=partial(heat_map_spec, title, names, demo=demo),
        work_out=partial(_details, bench, group, indicator_ids, years, frame, takeaway),
    )


def _details(
    bench: Workbench,
    group: str,
    indicator_ids: Sequence[str],
    years: Sequence[int],
    frame: pd.DataFrame,
    takeaway: str,
) -> Details:
    """Work out what files hold; the native chart counts the figures by nature."""
    indicators = [bench.catalog.indicators[name] for name in indicator_ids]
    histories = [bench.history(one.id, one.home_region) for one in indicators]
    return Details(
        table=frame[list(_HEADINGS)].rename(columns=_HEADINGS),
        note=Note(
            finding=takeaway.rstrip("。"),
            natures=tuple(name for name in COLOURS if (frame["nature"] == name).any()),
            period=text_zh.years(list(years)),
            sources=origin.sources(histories),
            reading=READING,
        ),
        native=_counts(frame, f"{group}：各年各性质的指标数", years),
        definitions=origin.definitions(histories),
    )


def _counts(frame: pd.DataFrame, title: str, years: Sequence[int]) -> tuple[NativeChart, ...]:
    """Count the figures of every year by nature; no chart where there are none."""
    if frame.empty:
        return ()
    table = frame.pivot_table(index="nature", columns="year", values="name", aggfunc="count")
    table = table.reindex(columns=list(years)).fillna(0)
    lines = tuple(
        Line(name, tuple(map(float, table.loc[name]))) for name in COLOURS if name in table.index
    )
    return (NativeChart(title, "个", tuple(map(str, years)), lines, columns=True),)


def coverage(bench: Workbench, indicator_ids: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Lay out one row per indicator and year that holds anything, in the region it is about.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``; ``mark`` is the first character of the nature, ``value`` the
        figure in words.
    """
    rows = [
        {"indicator_id": name, "name": bench.catalog.indicators[name].name_zh, **cell}
        for name in indicator_ids
        for cell in _cells(bench.history(name, bench.catalog.indicators[name].home_region), years)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _cells(history: History, years: Sequence[int]) -> Iterator[dict[str, object]]:
    monthly = dict(iter(history.monthly.groupby(history.monthly["year"].astype("int64"))))
    annual = {int(row["year"]): row for row in history.annual.to_dict(orient="records")}
    for year in years:
        if year in annual:
            row = annual[year]
            nature = BOUND if row["lower_bound"] else text_zh.NATURE_ZH[RowStatus(row["status"])]
            value = _value(history.indicator, row["value"], row["lower_bound"])
            yield {"year": year, "nature": nature, "mark": nature[0], "value": value}
        elif year in monthly:
            rows = monthly[year]
            invented = (rows["status"] == RowStatus.ILLUSTRATIVE).all()
            nature = text_zh.NATURE_ZH[RowStatus.ILLUSTRATIVE] if invented else MONTHS
            yield {"year": year, "nature": nature, "mark": "月", "value": f"{len(rows)}个月度值"}


def _value(indicator: Indicator, value: float, lower_bound: bool) -> str:
    sign = "＞" if lower_bound else ""
    return sign + text_zh.quantity(float(value), indicator.unit, indicator.decimals)
