"""How output grew over the same enterprises, and what coming and going ones added."""

from functools import partial

import pandas as pd

from analytics import text_zh
from analytics.domain import JINSHAN, RowStatus
from analytics.output.charts.contributions import COLOURS, COMPARABLE, contributions_spec
from analytics.output.figures import origin
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import Note
from analytics.workbench import Workbench

OF = "gross_output_registered"
COMPARED = f"{OF}_comparable_yoy"
SIDES = dict(
    zip(COLOURS, (f"{OF}_{side}" for side in ("staying", "entering", "leaving")), strict=True)
)
TITLE, UNIT = "属地产值增长：各类企业的贡献", "百分点；菱形为可比增速（%）"
READING = (
    "三项相加为现价增速；可比增速只比两年都在台账上的企业；企业过少或过于集中的年份按披露规则不列示"
)


def contributions_figure(bench: Workbench) -> Figure | None:
    """Lay out the bars; None where no ledger was used."""
    compared = bench.history(COMPARED, JINSHAN).values
    parts = pd.DataFrame(
        {side: bench.history(name, JINSHAN).values for side, name in SIDES.items()}
    ).dropna()
    years = compared.index.intersection(parts.index)
    if years.empty:
        return None
    parts, rates = parts.loc[years], _rates(compared.loc[years], parts.loc[years].sum(axis=1))
    takeaway = _takeaway(int(years[-1]), rates.iloc[-1], parts.iloc[-1])
    sides = parts.mul(100).rename_axis("year").reset_index()
    return Figure(
        name="属地产值增长的贡献",
        title=TITLE,
        unit=UNIT,
        takeaway=takeaway,
        demo=False,
        datasets={
            "sides": sides.melt("year", var_name="side", value_name="value"),
            "comparable": rates,
        },
        draw=partial(contributions_spec, TITLE, UNIT),
        work_out=partial(_details, bench, sides, rates, takeaway),
    )


def _rates(compared: pd.Series, nominal: pd.Series) -> pd.DataFrame:
    """Return growth in percent: columns year, value (comparable) and nominal."""
    return pd.DataFrame(
        {
            "year": compared.index.to_numpy(),
            "value": compared.to_numpy() * 100,
            "nominal": nominal.to_numpy() * 100,
        }
    )


def _takeaway(year: int, rates: pd.Series, parts: pd.Series) -> str:
    shares = "，".join(f"{side}{text_zh.points(value)}" for side, value in parts.items())
    return (
        f"{year}年属地产值现价增长{text_zh.percent(rates['nominal'] / 100, signed=True)}，"
        f"同一批企业可比增长{text_zh.percent(rates['value'] / 100, signed=True)}；其中{shares}。"
    )


def _details(bench: Workbench, sides: pd.DataFrame, rates: pd.DataFrame, takeaway: str) -> Details:
    """Work out what files hold: the rates and the points of every side by year."""
    histories = [bench.history(name, JINSHAN) for name in (COMPARED, *SIDES.values())]
    years = [int(year) for year in rates["year"]]
    statuses = {RowStatus(status) for one in histories for status in one.annual["status"]}
    headings = {"year": "年份", "value": f"{COMPARABLE}（%）", "nominal": "现价增速（%）"}
    named = {side: f"{side}贡献（百分点）" for side in SIDES}
    lines = tuple(Line(side, tuple(map(float, sides[side]))) for side in SIDES)
    return Details(
        table=rates.merge(sides, on="year").rename(columns=headings | named),
        note=Note(
            finding=takeaway.rstrip("。"),
            natures=origin.natures(statuses),
            period=text_zh.years(years),
            sources=origin.sources(histories),
            reading=READING,
        ),
        native=(NativeChart(TITLE, "百分点", tuple(map(str, years)), lines, columns=True),),
        definitions=origin.definitions(histories),
    )
