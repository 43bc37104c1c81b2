"""Charts of the workbench; the only importer of Altair.

A chart is a specification that depends on what is shown, never on the numbers,
and a frame of numbers: when a lever moves only the frame changes, so that the
picture is updated in place. Colours are Okabe–Ito; line styles differ too, so
that a grey copy can be read.
"""

from dataclasses import dataclass
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from analytics.model.judgement.measure import MetricPath
from analytics.model.projection import quantile_paths
from analytics.text_zh import DEMO_MARK

BANDS = ((95, 0.025, 0.975), (80, 0.10, 0.90), (50, 0.25, 0.75))
FAN = {"median": 0.5} | {
    f"{side}{width}": level
    for width, low, high in BANDS
    for side, level in (("low", low), ("high", high))
}
HISTORY, MEDIAN, BASELINE, REQUIRED, TARGET = "历史", "预测中位数", "基准中位数", "所需路径", "目标"
SERIES = "series:N"  # the field in which a layer names what it draws
FAN_SERIES = (HISTORY, MEDIAN, BASELINE, REQUIRED, TARGET)
_DASHES = {HISTORY: [1, 0], MEDIAN: [5, 3], BASELINE: [2, 3], REQUIRED: [8, 4], TARGET: [1, 0]}
# no taller in the legend than the words beside them
_DIAMOND = "M0,-0.6L0.6,0L0,0.6L-0.6,0Z"
_DOT = "M-0.4,0A0.4,0.4,0,1,1,0.4,0A0.4,0.4,0,1,1,-0.4,0Z"
_SHAPES = dict.fromkeys(FAN_SERIES, "stroke") | {TARGET: _DIAMOND}
SAID, CAME = "当时会给出的80%区间", "后来的实际值"
_BACKTEST_YEARS = (("origin", "作出时已知至"), ("year", "年份"))
# Okabe–Ito without yellow
CATEGORIES = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#A6761D", "#D55E00", "#8A8F94"]
FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


@dataclass(frozen=True)
class Palette:
    """Colours for one background."""

    history: str
    projection: str
    required: str
    target: str
    baseline: str
    text: str
    grid: str


LIGHT = Palette("#1B2733", "#0072B2", "#B45F06", "#D55E00", "#6B7785", "#43505C", "#E3E9EE")
DARK = Palette("#E4ECF2", "#56B4E9", "#E69F00", "#FF8A3D", "#93A1AE", "#A9B7C3", "#2A3743")


def fan_frame(
    path: MetricPath,
    *,
    bounds: pd.Series | None = None,
    required: pd.Series | None = None,
    target: tuple[int, float] | None = None,
    baseline: MetricPath | None = None,
    scale: float = 1.0,
    last_year: int | None = None,
) -> pd.DataFrame:
    """Lay out a fan chart's numbers, one row a year.

    ``scale`` multiplies every value (100 turns fractions into percent). The
    fan starts at the last observed year so that it is joined to the history.
    """
    columns: dict[str, dict[int, float]] = {
        "observed": _by_year(path.observed),
        "required": _by_year(required),
        "bound": _by_year(bounds),
        "baseline": {} if baseline is None else _joined(baseline, {"median": 0.5})["median"],
        "target": {} if target is None else {target[0]: target[1]},
        **_joined(path, FAN),
    }
    years = sorted(set().union(*columns.values()))
    years = [year for year in years if last_year is None or year <= last_year]
    values = {
        name: np.array([column.get(year, np.nan) for year in years]) * scale
        for name, column in columns.items()
    }
    return pd.DataFrame({"year": np.array(years, dtype="int64"), **values})


def _by_year(series: pd.Series | None) -> dict[int, float]:
    if series is None:
        return {}
    return dict(zip(series.index.tolist(), series.tolist(), strict=True))


def _joined(path: MetricPath, levels: dict[str, float]) -> dict[str, dict[int, float]]:
    """Quantile paths of the draws by name, each preceded by the last observed value."""
    if not path.years:
        return {name: {} for name in levels}
    start = {}
    if len(path.observed):
        start = {int(path.observed.index[-1]): float(path.observed.iloc[-1])}
    rows = quantile_paths(path.draws, list(levels.values()))
    return {
        name: start | dict(zip(path.years, row.tolist(), strict=True))
        for name, row in zip(levels, rows, strict=True)
    }


@lru_cache(maxsize=256)
def fan_spec(
    title: str,
    unit: str,
    *,
    dark: bool,
    demo: bool,
    height: int = 340,
    shown: tuple[str, ...] | None = None,
) -> dict:
    """Build the Vega-Lite specification of a fan chart (data come separately).

    ``shown`` are the series named in the legend, all of them unless told otherwise.
    """
    colours = DARK if dark else LIGHT
    base = alt.Chart(alt.NamedData("fan")).encode(x=_year_axis())
    layers = [_band(base, width, colours) for width, _, _ in BANDS]
    layers += [
        _line(base, "baseline", BASELINE, 1.5),
        _line(base, "required", REQUIRED, 1.8),
        _line(base, "median", MEDIAN, 2.4),
        _line(base, "observed", HISTORY, 2.4),
        _points(base, "observed", HISTORY, "circle", 42),
        _points(base, "bound", HISTORY, "triangle-up", 90),
        _points(base, "target", TARGET, _DIAMOND, 420).encode(shape=SERIES),
        _tooltip_rule(base, colours),
    ]
    legend = _legend(shown)
    chart = alt.layer(*layers).encode(
        color=alt.Color(scale=_colour_scale(colours), legend=legend),
        strokeDash=alt.StrokeDash(scale=_scale(_DASHES), legend=legend),
        shape=alt.Shape(scale=_scale(_SHAPES), legend=legend),
    )
    return finish(titled(chart, title, unit, demo, height), colours)


@lru_cache(maxsize=16)
def multiples_spec(titles: tuple[str, ...], *, dark: bool, demo: bool, columns: int = 4) -> dict:
    """Build one sheet of small fan charts; ``titles`` fixes their order."""
    colours = DARK if dark else LIGHT
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=3, grid=False))
    base = alt.Chart().encode(x=x)
    layers = alt.layer(
        base.mark_area(opacity=0.3, color=colours.projection).encode(
            y=alt.Y("low80:Q", title=None, scale=alt.Scale(zero=False)), y2="high80:Q"
        ),
        base.mark_line(color=colours.projection, strokeDash=[4, 2]).encode(y="median:Q"),
        base.mark_line(color=colours.history, strokeWidth=1.8).encode(y="observed:Q"),
        base.mark_point(
            filled=True, shape="diamond", size=70, color=colours.target, opacity=1
        ).encode(y="target:Q"),
    ).properties(width=170, height=80)
    header = alt.Header(
        title=None,
        labelFontSize=11,
        labelColor=colours.history,
        labelLimit=205,
        labelExpr="split(replace(datum.label, '（', '|（'), '|')",  # the unit on its own line
        labelLineHeight=14,
    )
    chart = layers.facet(
        data=alt.NamedData("multiples"),
        facet=alt.Facet("title:N", sort=list(titles), header=header),
        columns=columns,
    ).resolve_scale(y="independent", x="independent")
    mark = f"（{DEMO_MARK}）" if demo else ""
    heading = alt.Title(f"历史、预测中位数与80%区间、目标（◆）{mark}", anchor="start", fontSize=13)
    edges = dict.fromkeys(("left", "right", "top", "bottom"), 8)  # Streamlit cannot read a number
    return finish(chart.properties(title=heading, padding=edges), colours)


@lru_cache(maxsize=64)
def backtest_spec(title: str, unit: str, *, dark: bool, demo: bool, height: int = 300) -> dict:
    """Build the chart of what would have been said of a series' past, and what came."""
    colours = DARK if dark else LIGHT
    base = alt.Chart(alt.NamedData("backtest")).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    )
    said = _named(base, SAID).mark_rule(strokeWidth=6, opacity=0.5)
    said = said.encode(y=_y("lower_80"), y2="upper_80:Q", color=SERIES, xOffset="horizon:O")
    actual = _named(base, CAME).mark_point(filled=True, size=290, opacity=1)
    actual = actual.encode(
        y=_y("actual"),
        color=SERIES,
        shape=SERIES,
        xOffset="horizon:O",
        tooltip=_backtest_tooltip(),
    )
    names = [SAID, CAME]
    colour = alt.Scale(domain=names, range=[colours.projection, colours.history])
    shape = alt.Scale(domain=names, range=["stroke", _DOT])
    chart = alt.layer(said, actual).encode(
        color=alt.Color(scale=colour, legend=_legend()),
        shape=alt.Shape(scale=shape, legend=_legend()),
    )
    return finish(titled(chart, title, unit, demo, height), colours)


@lru_cache(maxsize=16)
def coverage_spec(
    title: str, methods: tuple[str, ...], nominal: float, *, dark: bool, height: int = 320
) -> dict:
    """Build the chart of measured coverage by history length; the first method is ours."""
    colours = DARK if dark else LIGHT
    widths = [4.0] + [1.6] * (len(methods) - 1)
    dashes = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 3], [10, 4]][: len(methods)]
    domain = {"domain": list(methods)}
    base = alt.Chart(alt.NamedData("coverage")).encode(
        x=alt.X("points:O", title="历史长度（年）", axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "coverage:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
        ),
        color=alt.Color(
            "method:N",
            scale=alt.Scale(**domain, range=[colours.projection, *CATEGORIES[1 : len(methods)]]),
            legend=_legend(),
        ),
        tooltip=[
            alt.Tooltip("method:N", title="方法"),
            alt.Tooltip("points:O", title="历史长度（年）"),
            alt.Tooltip("coverage:Q", title="实测覆盖率", format=".1%"),
        ],
    )
    lines = base.mark_line().encode(
        strokeDash=alt.StrokeDash("method:N", scale=alt.Scale(**domain, range=dashes), legend=None),
        strokeWidth=alt.StrokeWidth(
            "method:N", scale=alt.Scale(**domain, range=widths), legend=None
        ),
    )
    points = base.mark_point(filled=True, size=40, opacity=1)
    rule = alt.Chart(alt.NamedData("coverage")).mark_rule(strokeDash=[4, 4], color=colours.target)
    rule = rule.encode(y=alt.datum(nominal))
    chart = alt.layer(lines, points, rule)
    return finish(titled(chart, title, "占比，虚线为名义值", False, height), colours)


def _backtest_tooltip() -> list[alt.Tooltip]:
    fields = (("lower_80", "区间下沿"), ("upper_80", "区间上沿"), ("actual", CAME))
    years = [alt.Tooltip(f"{x}:Q", title=t, format="d") for x, t in _BACKTEST_YEARS]
    return years + [alt.Tooltip(f"{x}:Q", title=t, format=",.2f") for x, t in fields]


def titled(chart: alt.LayerChart, title: str, unit: str, demo: bool, height: int):
    """Give a chart its title, unit and, where needed, the mark of illustrative data."""
    subtitle = f"单位：{unit}" + (f"｜{DEMO_MARK}" if demo else "")
    heading = alt.Title(title, subtitle=subtitle, anchor="start", offset=12)
    return chart.properties(height=height, width="container", title=heading)


def _year_axis() -> alt.X:
    axis = alt.Axis(format="d", tickMinStep=1, title=None, grid=False, labelFlush=False)
    return alt.X("year:Q", axis=axis, scale=alt.Scale(nice=False, zero=False, padding=14))


def _y(field: str) -> alt.Y:
    axis = alt.Axis(format=",.10~g")  # no trailing zeros, whatever the magnitude
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))


def _band(base: alt.Chart, width: int, colours: Palette) -> alt.Chart:
    return base.mark_area(opacity=0.16, color=colours.projection, clip=True).encode(
        y=_y(f"low{width}"), y2=f"high{width}:Q"
    )


def _line(base: alt.Chart, field: str, label: str, width: float) -> alt.Chart:
    mark = _named(base, label).mark_line(strokeWidth=width, clip=True)
    return mark.encode(y=_y(field), color=SERIES, strokeDash=SERIES)


def _points(base: alt.Chart, field: str, label: str, shape: str, size: int) -> alt.Chart:
    mark = _named(base, label).mark_point(filled=True, shape=shape, size=size, opacity=1)
    return mark.encode(y=_y(field), color=SERIES)


def _named(base: alt.Chart, label: str) -> alt.Chart:
    """Name a layer's series in a field: only looks that share a field share one legend."""
    return base.transform_calculate(series=f"'{label}'")


def _tooltip_rule(base: alt.Chart, colours: Palette) -> alt.Chart:
    fields = (
        ("observed", HISTORY),
        ("median", MEDIAN),
        ("low80", "80%区间下沿"),
        ("high80", "80%区间上沿"),
        ("required", REQUIRED),
        ("target", TARGET),
    )
    tooltip = [alt.Tooltip("year:Q", title="年份", format="d")]
    tooltip += [alt.Tooltip(f"{name}:Q", title=label, format=",.2f") for name, label in fields]
    hover = alt.selection_point(on="pointerover", nearest=True, encodings=["x"], empty=False)
    rule = base.mark_rule(color=colours.grid, strokeWidth=1.5).encode(
        opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip=tooltip
    )
    return rule.add_params(hover)


def _colour_scale(colours: Palette) -> alt.Scale:
    return alt.Scale(
        domain=FAN_SERIES,
        range=[
            colours.history,
            colours.projection,
            colours.baseline,
            colours.required,
            colours.target,
        ],
    )


def _scale(looks: dict[str, object]) -> alt.Scale:
    """Give every series its look; one domain for all looks makes one legend of them."""
    return alt.Scale(domain=FAN_SERIES, range=[looks[name] for name in FAN_SERIES])


def _legend(shown: tuple[str, ...] | None = None) -> alt.Legend:
    look = {
        "orient": "bottom",
        "title": None,
        "symbolType": "stroke",
        "offset": 8,
        "symbolOpacity": 1,
    }
    if shown is None:
        return alt.Legend(columns=3, **look)
    return alt.Legend(columns=len(shown), values=list(shown), **look)


def finish(chart: alt.LayerChart, colours: Palette) -> dict:
    """Style a chart for one background and return its specification."""
    chart = (
        chart.configure(font=FONT, background="transparent")
        .configure_mark(aria=False)  # the page describes the chart in one sentence
        .configure_view(stroke=None)
        .configure_title(
            fontSize=15,
            fontWeight=600,
            color=colours.history,
            subtitleColor=colours.text,
            subtitleFontSize=12,
            subtitlePadding=6,
        )
        .configure_axis(
            labelFontSize=12,
            labelColor=colours.text,
            gridColor=colours.grid,
            domainColor=colours.grid,
            tickColor=colours.grid,
        )
        .configure_legend(
            labelFontSize=12, labelColor=colours.text, symbolStrokeWidth=2.4, symbolSize=480
        )
    )
    return chart.to_dict()
