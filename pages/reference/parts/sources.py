"""Blocks of 数据与来源: coverage, one indicator with its vintages, the shopping list."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import data_zh
from analytics.answers.reports.wanted_data import Want, shopping_list, shopping_table
from analytics.data.imports.template import FREQUENCY_ZH, sheets_of
from analytics.domain import PeriodKind
from analytics.output.export import plain_tables
from analytics.output.figures.coverage import READING, coverage_figure
from analytics.workbench import Workbench
from pages.common import chart_block, releases, widgets
from pages.common.conclusion import conclusion
from pages.common.illustrative import rests_on_illustration
from pages.common.session import session
from pages.common.text import fill, plain

FIRST_YEAR = 2015
LIST_TITLE = "待补数据清单"
_KIND_ZH = {
    "level": "总量",
    "flow": "当年量",
    "count": "个数",
    "share": "占比",
    "ratio": "比率",
    "index": "指数",
    "growth": "增速",
}


@st.cache_resource(show_spinner=False, max_entries=4)
def _wants(release_id: str) -> tuple[Want, ...]:
    return shopping_list(releases.workbench(release_id), releases.catalog())


def data_conclusion(bench: Workbench) -> None:
    """Say how much is real, and how much is missing."""
    wants = _wants(bench.release.id)
    asked = sum(len(want.wanted) for want in wants)
    invented = any(want.invented for want in wants)
    more = data_zh.wanted_zh(len(wants), asked, replaces_illustration=invented)
    conclusion([data_zh.held_zh(bench)], more, of_scenario=False)


def coverage_map(bench: Workbench) -> None:
    """Map every indicator by year and nature, one action at a time or all."""
    st.header("逐年覆盖", anchor=False)
    sheets = sheets_of(releases.catalog())
    choices = [*(name for name, items in sheets.items() if items), "全部指标"]
    chosen = st.segmented_control(
        "专项行动", choices, default=choices[0], key="coverage_of", required=True
    )
    items = sheets.get(chosen) or [item for group in sheets.values() for item in group]
    years = range(FIRST_YEAR, bench.release.as_of.year + 1)
    names = [item.id for item in items]
    figure = coverage_figure(bench, chosen, names, years)
    with st.container(key="coverage_sheet"):
        chart_block.show(figure, key="coverage_map", width="content")
    st.caption(f"{figure.takeaway}{READING}。")


def indicator_card(bench: Workbench) -> None:
    """Show one indicator: definition, values with source, as known on a chosen day."""
    st.header("逐个指标", anchor=False)
    names = {
        item.id: f"{item.name_zh}（{item.scope or '全区'}）"
        for item in bench.catalog.indicators.values()
    }
    left, right = st.columns([7, 3], gap="medium", vertical_alignment="bottom")
    with left:
        name = widgets.pick(
            "指标", names, session().indicator, session().choose_indicator, key="source_choice"
        )
    with right:
        last = max(bench.release.as_of, date.today())  # noqa: DTZ011 - the local day is meant
        day = st.date_input(
            "截至哪一天已知",
            value=last,
            min_value=date(2000, 1, 1),
            max_value=last,
            format="YYYY-MM-DD",
            help="只看这一天以前公布或填报的数值；可以还原当时看到的数。",
        )
    _definition(bench, name)
    _values(bench, name, day or last)


def _definition(bench: Workbench, name: str) -> None:
    item = bench.catalog.indicators[name]
    used = [t.name_zh for t in bench.catalog.targets.values() if t.indicator == name]
    about = [
        f"口径：{item.scope or '全区'}",
        f"单位：{text_zh.unit_zh(item.unit)}",
        f"类型：{_KIND_ZH[item.kind]}{'（逐年累加）' if item.accumulates else ''}",
        f"频率：{FREQUENCY_ZH.get(item.frequency, '年')}",
        *([f"价格：{item.price_basis}"] if item.price_basis else []),
        f"代码：{item.id}",
    ]
    with st.container(border=True, key="definition"):
        st.markdown(fill("**{}**　{}", item.name_zh, "，".join(about)))
        st.markdown(plain(item.definition_zh))
        for note in releases.disclosure().notes_on(name):
            st.caption(f":material/lock: 披露限制：{plain(note)}。")
        st.caption(plain(f"用于目标：{'、'.join(used)}。" if used else "不直接用于目标。"))


def _values(bench: Workbench, name: str, day: date) -> None:
    region = bench.catalog.indicators[name].home_region
    rows = bench.store.query("values_as_of", indicator_id=name, region=region, as_of=day)
    if rows.empty:
        st.info(f"到{day}为止，没有该指标的记录。", icon=":material/hide_source:")
        return
    shown = rows.assign(
        period=_periods(rows),
        status=rows["status"].map(text_zh.NATURE_ZH),
        confidence=rows["confidence"].map(text_zh.CONFIDENCE_ZH),
        lower_bound=rows["lower_bound"].map({True: "下限", False: ""}),
        preferred=rows["preferred"].map({True: "采用", False: "备查"}),
        unit=rows["unit"].map(text_zh.unit_zh),
        published_on=pd.to_datetime(rows["published_on"]).dt.date,
        value=rows["value"] * (100 if (rows["unit"] == "1").all() else 1),
    ).rename(columns=_TITLES)
    st.dataframe(shown[list(_TITLES.values())], hide_index=True, placeholder=text_zh.DASH)
    spare = int((~rows["preferred"]).sum())
    st.caption(
        f"{len(rows)}行，其中{spare}行为同一期的其他版本（备查）。未注明日期的来源视为一直已知。"
        + (f"{text_zh.DEMO_MARK}。" if rests_on_illustration(bench, name, region) else "")
    )


def _periods(rows: pd.DataFrame) -> list[str]:
    """Name the span of every row: 2024年, 2024年1—9月累计, 2024年3月当月 …"""
    return [_period(row) for row in rows.itertuples()]


def _period(row: Any) -> str:
    start, end = row.period_start.date(), row.period_end.date()
    match PeriodKind(row.period_kind):
        case PeriodKind.YEAR:
            return f"{end.year}年"
        case PeriodKind.CUMULATIVE:
            return f"{end.year}年{start.month}—{end.month}月累计"
        case PeriodKind.MONTH:
            return f"{end.year}年{end.month}月当月"
    return f"{start}至{end}（{text_zh.PERIOD_ZH[row.period_kind]}）"


_TITLES = {
    "period": "期间",
    "value": "数值",
    "unit": "单位",
    "status": "性质",
    "lower_bound": "下限",
    "preferred": "采用",
    "confidence": "可信度",
    "published_on": "公布或填报日",
    "source_title": "来源",
    "source_url": "网址",
    "note": "备注",
    "origin": "出处",
}


def shopping_section(bench: Workbench) -> None:
    """List what is missing for the targets, for the data owner, with downloads."""
    st.header(LIST_TITLE, anchor=False)
    wants = _wants(bench.release.id)
    if not wants:
        st.success("各项目标所需的年度数据已经齐全。", icon=":material/task_alt:")
        return
    table = shopping_table(wants)
    notes = (f"数据版本：{bench.release.id}，数据截至{bench.release.as_of}。",)
    _downloads(bench, table, notes)
    short = ["指标", "地区", "口径", "单位", "请提供的年份", "其中仅有演示值", "用于目标（项）"]
    st.dataframe(table[short], hide_index=True, height=420)
    invented = any(want.invented for want in wants)
    st.caption(
        "按所支撑的目标多少排列。" + ("仅有演示值的年份，也须以实际值替换。" if invented else "")
    )


def _downloads(bench: Workbench, table: pd.DataFrame, notes: tuple[str, ...]) -> None:
    stem = f"金山_{LIST_TITLE}_{bench.release.as_of}"
    with st.container(horizontal=True):
        st.download_button(
            "下载清单（Excel）",
            lambda: plain_tables.to_xlsx(table, LIST_TITLE, notes),
            f"{stem}.xlsx",
            icon=":material/download:",
            key="list_xlsx",
            on_click="ignore",
        )
        st.download_button(
            "下载清单（CSV）",
            lambda: plain_tables.to_csv(table, notes),
            f"{stem}.csv",
            icon=":material/download:",
            key="list_csv",
            on_click="ignore",
        )
