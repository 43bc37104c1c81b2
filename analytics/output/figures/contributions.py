"""How output grew over the same enterprises, and what coming and going ones added."""

from dataclasses import dataclass

import pandas as pd

from analytics import text_zh
from analytics.domain import JINSHAN, RowStatus
from analytics.model.projection.history import History
from analytics.output.charts.contributions import COLOURS, COMPARABLE, contributions_spec
from analytics.output.figures import origin
from analytics.output.figures.figure import ExportFigure
from analytics.output.figures.native import Line, NativeChart
from analytics.output.figures.note import ExportNote, Stamp
from analytics.workbench import Workbench

OF = "gross_output_registered"
COMPARED = f"{OF}_comparable_yoy"
SIDES = dict(
    zip(COLOURS, (f"{OF}_{side}" for side in ("staying", "entering", "leaving")), strict=True)
)
TITLE, UNIT = "属地产值增长：持续、新进与退出企业的贡献", "百分点；菱形为可比增速（%）"
READING = (
    "三项相加为现价增速；可比增速只比两年都在台账上的企业；企业过少或过于集中的年份按披露规则不列示"
)


@dataclass(frozen=True, eq=False)
class ContributionsFigure:
    """What the chart shows: the same for page and export."""

    sides: pd.DataFrame  # year, side, value in percentage points
    comparable: pd.DataFrame  # year, value and nominal in percent
    takeaway: str


def contributions_figure(bench: Workbench) -> ContributionsFigure | None:
    """Lay out the bars; None where no ledger was used."""
    compared = bench.history(COMPARED, JINSHAN).values
    parts = pd.DataFrame(
        {side: bench.history(name, JINSHAN).values for side, name in SIDES.items()}
    ).dropna()
    years = compared.index.intersection(parts.index)
    if years.empty:
        return None
    parts, compared = parts.loc[years], compared.loc[years]
    nominal = parts.sum(axis=1)
    long = parts.mul(100).rename_axis("year").reset_index()
    return ContributionsFigure(
        sides=long.melt("year", var_name="side", value_name="value"),
        comparable=pd.DataFrame(
            {
                "year": years.to_numpy(),
                "value": compared.to_numpy() * 100,
                "nominal": nominal.to_numpy() * 100,
            }
        ),
        takeaway=_takeaway(int(years[-1]), compared.iloc[-1], nominal.iloc[-1], parts.iloc[-1]),
    )


def _takeaway(year: int, compared: float, nominal: float, parts: pd.Series) -> str:
    shares = "，".join(f"{side}{text_zh.points(value)}" for side, value in parts.items())
    return (
        f"{year}年属地产值现价增长{text_zh.percent(nominal, signed=True)}，"
        f"同一批企业可比增长{text_zh.percent(compared, signed=True)}；其中{shares}。"
    )


def contributions_export(bench: Workbench, stamp: Stamp) -> ExportFigure:
    """Collect what the chart exports; only called where there is one."""
    figure = contributions_figure(bench)
    if figure is None:
        raise ValueError("没有由台账汇总的可比增长")
    histories = [bench.history(name, JINSHAN) for name in (COMPARED, *SIDES.values())]
    years = figure.comparable["year"].tolist()
    return ExportFigure(
        name="属地产值增长的贡献",
        spec=contributions_spec(TITLE, UNIT, dark=False),
        datasets={"sides": figure.sides, "comparable": figure.comparable},
        frame=_table(figure),
        note=ExportNote(
            title=figure.takeaway.rstrip("。"),
            subject=TITLE,
            unit=UNIT,
            natures=origin.natures(_statuses(histories)),
            period=text_zh.years(years),
            sources=origin.sources(histories),
            stamp=stamp,
            illustrative=False,
            reading=READING,
        ),
        native=(_native(figure, years),),
        definitions=origin.definitions(histories),
    )


def _statuses(histories: list[History]) -> list[RowStatus]:
    return [RowStatus(status) for one in histories for status in one.annual["status"].unique()]


def _table(figure: ContributionsFigure) -> pd.DataFrame:
    wide = figure.sides.pivot_table(index="year", columns="side", values="value")[list(SIDES)]
    wide.columns = [f"{side}贡献（百分点）" for side in SIDES]
    rates = figure.comparable.rename(
        columns={"year": "年份", "value": f"{COMPARABLE}（%）", "nominal": "现价增速（%）"}
    )
    return rates.merge(wide.rename_axis("年份").reset_index(), on="年份")


def _native(figure: ContributionsFigure, years: list[int]) -> NativeChart:
    lines = tuple(
        Line(side, tuple(figure.sides.loc[figure.sides["side"] == side, "value"])) for side in SIDES
    )
    return NativeChart(TITLE, "百分点", tuple(map(str, years)), lines, columns=True)
