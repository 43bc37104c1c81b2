"""The table of the 2035 page: every target against the city."""

from collections.abc import Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.reports.against_city import HORIZONS, Comparison
from analytics.domain import Reason
from analytics.model.draws.baseline import DISTRICT_WITH_CITY
from analytics.model.judgement.against_city import LeadChance
from pages.common.target_table import badge
from pages.common.text import cell, lines, plain, small, table


def comparison_table(items: Sequence[Comparison], confidence: float) -> None:
    """Show one row a target: the lead so far, the lead still needed, the chances, the word."""
    table([_row(item, confidence) for item in items])


def _row(item: Comparison, confidence: float) -> dict[str, str]:
    chances = {chance.year: chance for chance in item.chances}
    apart = {chance.year: chance for chance in item.apart}
    compared = f"对标：{item.city.indicator.name_zh}"
    row = {"指标": cell(item.target.name_zh, compared), "已有增速差": _premium(item, confidence)}
    since = f"{item.path.since}年起算" if item.needed is not None else ""
    row["还需增速差"] = cell(_points(item.needed), since)
    for year in HORIZONS:
        row[f"到{year}年快于全市"] = _chance(item, chances.get(year), apart.get(year))
    return row | {"判断": _judgement(item)}


def _premium(item: Comparison, confidence: float) -> str:
    found = item.premium
    if found is None:
        return cell(text_zh.DASH, "无对标" if item.city.values.empty else "没有两个共同年份")
    years = f"{text_zh.years(found.years)}，n={len(found.years)}"
    if found.interval is None:
        return cell(_points(found.rate), f"{years}，少于3个年份不给区间")
    low, high = (text_zh.percent(x, signed=True).rstrip("%") for x in found.interval)
    return cell(_points(found.rate), f"{text_zh.percent(confidence, 0)}区间 {low}—{high}；{years}")


def _points(value: float | None) -> str:
    return text_zh.DASH if value is None else f"{text_zh.points(value)}/年"


def _chance(item: Comparison, chance: LeadChance | None, apart: LeadChance | None) -> str:
    if chance is None or apart is None:
        return text_zh.DASH
    alone = f"ρ＝0时 {text_zh.odds(apart.faster)}、显著 {text_zh.odds(apart.significant)}"
    mark = text_zh.reference(item.item.is_reference)
    said = f"显著 {text_zh.odds(chance.significant)}；{alone}{mark}"
    return cell(text_zh.odds(chance.faster), said)


def _judgement(item: Comparison) -> str:
    said = [str(item.standing)] if item.standing else []
    said.append(text_zh.reasons_zh(item.item.reasons))
    if item.city.values.empty and not item.item.lacks_benchmark:
        said.append("全市也无公布的年度数值，无对标")
    return lines(badge(item.item), small("；".join(text for text in said if text)))


def comparison_notes(items: Sequence[Comparison], *, demo: bool) -> None:
    """Explain the columns, and where a base year had to be moved."""
    mark = f"{text_zh.DEMO_MARK}。" if demo else ""
    moved = dict.fromkeys(
        text_zh.reason_zh(reason)
        for item in items
        for reason in item.path.reasons
        if reason.code is Reason.BASE_MOVED
    )
    if mark:
        st.caption(mark)
    st.expander("怎样读这张表", icon=":material/info:", key="how_to_read").markdown(
        plain(
            f"已有增速差：ln（金山÷全市）对年份的最小二乘斜率（对数点，约等于百分点），只用双方都有公布值的年份。"
            "还需增速差：今后至2035年每年须快出多少，才能使基期以来年均增速差达到“显著”的幅度（全市按预测中位数）。"
            "快于：基期以来年均增速高于全市；显著：高出所选幅度。"
            f"本区与全市的年度变动按相关系数ρ＝{DISTRICT_WITH_CITY:g}推算（省与全国自1990年以来为0.8），"
            "ρ＝0为互不相关时。" + "".join(f"{reason}。" for reason in moved)
        )
    )
