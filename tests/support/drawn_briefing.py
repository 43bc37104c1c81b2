"""A briefing small enough to check by hand, with every kind of block in it."""

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from analytics.domain import Release, Scenario
from analytics.output.briefing.content import Briefing, Chart, Paragraph, Section, Table
from analytics.output.charts.fan import fan_spec
from analytics.output.figures.fan_labels import fan_datasets
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.native import fan_chart
from analytics.output.figures.note import Note, SourceLine, Stamp

MADE_ON = date(2026, 11, 23)
RELEASE = Release(
    id="demo-2026-10-31-0123abcd",
    name="demo",
    title_zh="演示",
    hash="0123abcd" * 8,
    created_on=MADE_ON,
    as_of=date(2026, 10, 31),
    files={},
    counts={},
)
SCENARIO = Scenario(name="加压", settings=(("output_growth", 0.01),), release=RELEASE.id)
UNIT = "亿元"
SUBJECT = "规上工业产值：走势与2027年目标"
STAMP = Stamp(SCENARIO, RELEASE, MADE_ON)
SOURCE = SourceLine("公布", "金山区国民经济和社会发展统计公报", "2026年3月")
# years 2022—2027, nothing known of 2023; the fan starts at the last known year
YEARS = [2022, 2024, 2025, 2026, 2027]
FAN = {
    "observed": [100.0, 110.5, 120.0, None, None],
    "required": [None, None, 120.0, 125.0, 130.0],
    "bound": [None] * 5,
    "baseline": [None] * 5,
    "target": [None, None, None, None, 130.0],
    "median": [None, None, 120.0, 124.0, 128.0],
    "low95": [None, None, 120.0, 114.0, 108.0],
    "low80": [None, None, 120.0, 118.0, 116.0],
    "low50": [None, None, 120.0, 121.0, 122.0],
    "high50": [None, None, 120.0, 127.0, 134.0],
    "high80": [None, None, 120.0, 131.0, 142.0],
    "high95": [None, None, 120.0, 136.0, 152.0],
}
TABLE = Table(
    caption="目标进展",
    header=("指标名称", "目标", "最新值", "序时进度", "预计完成", "判断"),
    rows=(
        ("规上工业产值", "≥130亿元\n2027年", "120.0亿元", "应达123.0亿元", "128.0亿元", "滞后"),
        ("工业投资", "≥460亿元\n2027年", "−3.5%", "—", "1,107.9亿元", "快于预期"),
    ),
    note="预计完成：到期年份预测的中位数。",
)
HOSTILE = "=1+1 *粗* #set text(red) $x$ <b>&amp;</b> \\ “引号” @ref"


def fan_frame() -> pd.DataFrame:
    """Return the numbers of the one chart."""
    values = {name: np.array(column, dtype="float64") for name, column in FAN.items()}
    return pd.DataFrame({"year": np.array(YEARS, dtype="int64"), **values})


def figure(*, illustrative: bool = True) -> Figure:
    """Return the one chart with its origin."""
    return Figure(
        name="规上工业产值",
        title=SUBJECT,
        unit=UNIT,
        takeaway="规上工业产值最新120.0亿元。",
        demo=illustrative,
        datasets=fan_datasets(fan_frame(), UNIT),
        draw=partial(fan_spec, SUBJECT, UNIT, demo=illustrative),
        work_out=partial(_details, "演示" if illustrative else "推算"),
    )


def _details(nature: str) -> Details:
    frame = fan_frame()
    note = Note(
        finding="规上工业产值：滞后，2027年达成可能性各半",
        natures=("公布", nature, "情景"),
        period="2022—2027年",
        sources=(SOURCE,),
    )
    return Details(table=frame, note=note, native=(fan_chart(frame, SUBJECT, UNIT),))


def briefing(*, illustrative: bool = True, **changes) -> Briefing:
    """Return a document with text, a table and a chart."""
    chart = Chart(SUBJECT, figure(illustrative=illustrative), "规上工业产值最新120.0亿元。")
    made = Briefing(
        title="金山区工业目标季度调度",
        subtitle="情景：加压",
        made_on=MADE_ON,
        scenario=SCENARIO,
        release=RELEASE,
        illustrative=illustrative,
        highlights=("方案41项目标中，5项已完成。", "规上工业产值滞后。"),
        sections=(
            Section("目标进展", (TABLE,)),
            Section("走势", (chart,)),
            Section("方法与来源", (Paragraph(HOSTILE),)),
        ),
    )
    return replace(made, **changes)
