"""Fan charts: history, projection in bands, target and required path; one, or a sheet of many."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import altair as alt

from analytics.output.charts.palette import Palette, palette
from analytics.output.charts.styling import Spec, finish, legend, titled, value_axis
from analytics.text_zh import DEMO_MARK

BANDS = ((95, 0.025, 0.975), (80, 0.10, 0.90), (50, 0.25, 0.75))
HISTORY, MEDIAN, BASELINE, REQUIRED, TARGET = "历史", "预测中位数", "基准中位数", "所需路径", "目标"
SERIES = "series:N"  # the field in which a layer names what it draws
FAN_SERIES = (HISTORY, MEDIAN, BASELINE, REQUIRED, TARGET)
_DASHES = {HISTORY: [1, 0], MEDIAN: [5, 3], BASELINE: [2, 3], REQUIRED: [8, 4], TARGET: [1, 0]}
# no taller in the legend than the words beside them
_DIAMOND = "M0,-0.6L0.6,0L0,0.6L-0.6,0Z"
_SHAPES = dict.fromkeys(FAN_SERIES, "stroke") | {TARGET: _DIAMOND}


@lru_cache(maxsize=256)
def fan_spec(
    title: str,
    unit: str,
    *,
    dark: bool,
    demo: bool,
    height: int = 340,
    shown: tuple[str, ...] | None = None,
) -> Spec:
    """Build the Vega-Lite specification of a fan chart (data come separately).

    ``shown`` are the series named in the legend, all of them unless told otherwise.
    """
    colours = palette(dark=dark)
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
        _tooltip_rule(base, colours, unit),
    ]
    names = legend(shown)
    chart = alt.layer(*layers).encode(
        color=alt.Color(scale=_colour_scale(colours), legend=names),
        strokeDash=alt.StrokeDash(scale=_scale(_DASHES), legend=names),
        shape=alt.Shape(scale=_scale(_SHAPES), legend=names),
    )
    return finish(titled(chart, title, unit, demo=demo, height=height), colours)


@lru_cache(maxsize=16)
def multiples_spec(titles: tuple[str, ...], *, dark: bool, demo: bool, columns: int = 4) -> Spec:
    """Build one sheet of small fan charts; ``titles`` fixes their order."""
    colours = palette(dark=dark)
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


def _year_axis() -> alt.X:
    axis = alt.Axis(format="d", tickMinStep=1, title=None, grid=False, labelFlush=False)
    return alt.X("year:Q", axis=axis, scale=alt.Scale(nice=False, zero=False, padding=14))


def _band(base: alt.Chart, width: int, colours: Palette) -> alt.Chart:
    area = base.mark_area(opacity=0.16, color=colours.projection, clip=True)
    made: alt.Chart = area.encode(y=value_axis(f"low{width}"), y2=f"high{width}:Q")
    return made


def _line(base: alt.Chart, field: str, label: str, width: float) -> alt.Chart:
    line = named(base, label).mark_line(strokeWidth=width, clip=True)
    made: alt.Chart = line.encode(y=value_axis(field), color=SERIES, strokeDash=SERIES)
    return made


def _points(base: alt.Chart, field: str, label: str, shape: str, size: int) -> alt.Chart:
    mark = named(base, label).mark_point(filled=True, shape=shape, size=size, opacity=1)
    made: alt.Chart = mark.encode(y=value_axis(field), color=SERIES)
    return made


def named(base: alt.Chart, label: str) -> alt.Chart:
    """Name a layer's series in a field: only looks that share a field share one legend."""
    calculated: alt.Chart = base.transform_calculate(series=f"'{label}'")
    return calculated


def _tooltip_rule(base: alt.Chart, colours: Palette, unit: str) -> alt.Chart:
    """Say of the year under the pointer, in one sentence, what is known of it."""
    hover = alt.selection_point(on="pointerover", nearest=True, encodings=["x"], empty=False)
    told = base.transform_calculate(sentence=_sentence(unit))
    rule: alt.Chart = told.mark_rule(color=colours.grid, strokeWidth=1.5).encode(
        opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip="sentence:N"
    )
    return rule.add_params(hover)


def _sentence(unit: str) -> str:
    """Write the expression of a year's sentence; the last year observed is history only."""
    ahead = f"!isValid(datum.observed) && isValid(datum.median) ? '，{MEDIAN}' + %s : ''"
    band = f"'{unit}（80%区间' + {_shown('low80')} + '—' + {_shown('high80')} + '{unit}）'"
    parts = [
        "datum.year + '年'",
        f"isValid(datum.observed) ? '，{HISTORY}' + {_shown('observed')} + '{unit}' : ''",
        ahead % f"{_shown('median')} + (isValid(datum.low80) ? {band} : '{unit}')",
        f"!isValid(datum.observed) && isValid(datum.required) ? '，所需' + {_shown('required')}"
        f" + '{unit}' : ''",
        f"isValid(datum.target) ? '，{TARGET}' + {_shown('target')} + '{unit}' : ''",
    ]
    return " + ".join(f"({part})" for part in parts)


def _shown(field: str) -> str:
    return f"format(datum.{field}, ',.1f')"


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


def _scale(looks: Mapping[str, str | Sequence[float]]) -> alt.Scale:
    """Give every series its look; one domain for all looks makes one legend of them."""
    return alt.Scale(domain=FAN_SERIES, range=[looks[name] for name in FAN_SERIES])
