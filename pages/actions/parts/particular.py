"""What is particular to one action, between its levers and the plan's words."""

import numpy as np
import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import JINSHAN, MU_PER_SQUARE_KILOMETRE, SHANGHAI, Measure
from analytics.model.draws.identities import area_moved_by, ratio
from analytics.model.projection import Projection
from analytics.model.projection.history import History
from analytics.model.scenarios.levers import apply_levers
from analytics.workbench import View
from pages.common import frame, releases, session
from pages.common.target_table import badge

SUPPLY_LEVER = "industrial_land_supply.f2027"
EXTRA_MU = 100.0  # a year, to show what one step of supply means
_LANDS = {"enterprise_land_output": "规上企业单位土地产出", "park_land_output": "园区单位土地产值"}


def particular(action_id: str, view: View) -> None:
    """Show the action's own block, where it has one."""
    if action_id == "promote_transition":
        _readings(view, "park_land_tax", "土地税收的两种读法")
        _land(view)
    if action_id == "strengthen_innovation":
        _against_city(view, "rd_intensity_2027")
        _share(view)
    if action_id == "upgrade_capacity":
        _gradient()
    if action_id == "boost_supply":
        _land(view)


def _readings(view: View, indicator_id: str, title: str) -> None:
    """Put the plan's readings of one indicator side by side, without choosing."""
    targets = [t for t in view.bench.catalog.targets.values() if t.indicator == indicator_id]
    rows = []
    for target in targets:
        item = view.verdict(target.id)
        rows.append(
            {
                "出处": text_zh.escape(target.clause.section),
                "原文": text_zh.escape(target.clause.wording),
                "目标": text_zh.escape(verdicts_zh.target_zh(item)),
                "今后所需年均": text_zh.growth(item.needed.growth),
                "达成概率": verdicts_zh.probability_zh(item),
                "判断": badge(item),
            }
        )
    with st.container(border=True, key=f"readings_{indicator_id}"):
        st.markdown(f"**{title}**　规划前后数字不一，两种都列，不代为取舍。")
        st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)


def _median(view: View, name: str, year: int = 2027) -> float | None:
    return _median_of(view.projections[JINSHAN][name], year)


def _median_of(projection: Projection, year: int = 2027) -> float | None:
    if year not in projection.years:
        return None
    return float(np.median(projection.draws[:, projection.years.index(year)]))


def _mark(view: View, *names: str) -> str:
    """Mark a projection that rests on illustrative rows."""
    return "（演示）" if any(frame.is_illustrative(view.bench, name) for name in names) else ""


def _ahead(view: View) -> str:
    return "情景" if view.moved else "预测"


def _land(view: View) -> None:
    """Say what land supply and clearance mean for output per land."""
    lines = [_area_line(view, name) for name in ("industrial_land_supply", "low_efficiency_land")]
    denser = _dilution(view)
    with st.container(border=True, key="land"):
        st.markdown("**土地：供给、腾退与单位土地产出**（1平方公里＝1500亩）")
        st.markdown("\n".join(f"- {text_zh.escape(line)}" for line in [*lines, *denser]))
        st.caption(
            "联动假设：情景中比基准多供的地全部投入使用，多腾退、提升的地全部退出在用面积；"
            "提升而未退出的部分会使影响变小，故为上限。"
        )


def _area_line(view: View, indicator_id: str) -> str:
    indicator = view.bench.catalog.indicators[indicator_id]
    target = next(t for t in view.bench.catalog.targets.values() if t.indicator == indicator_id)
    item = view.verdict(target.id)
    observed = item.observed
    if observed is None:
        return f"{indicator.name_zh}：{text_zh.reasons_zh(item.reasons)}"
    square = text_zh.number(observed.value / MU_PER_SQUARE_KILOMETRE, 2)
    total = text_zh.quantity(observed.value, indicator.unit, 0)
    nature = text_zh.NATURE_ZH[observed.status]
    text = f"{indicator.name_zh}：{observed.year}年止累计{total}"
    text += f"（{nature}，合{square}平方公里），"
    text += f"目标{verdicts_zh.target_zh(item)}"
    return f"{text}；{verdicts_zh.effort(item, indicator)}"


def _dilution(view: View) -> list[str]:
    """Compare output per land with and without one more step of supply each year."""
    lines = []
    for name, label in _LANDS.items():
        before, after = _median(view, name), _with_more_land(view, name)
        if before is None or after is None:
            lines.append(f"{label}：没有可推算的历史，无法说明供地的影响")
            continue
        change = text_zh.percent(after / before - 1, 2, signed=True)
        lines.append(
            f"{label}：2027年{_ahead(view)}中位数{text_zh.number(before, 1)}亿元/平方公里"
            f"{_mark(view, name)}；"
            f"每年多供{EXTRA_MU:.0f}亩而产值不变时变动{change}"
        )
    return lines


def _with_more_land(view: View, indicator_id: str) -> float | None:
    """Return the 2027 median of an output per land if more land were supplied."""
    here, indicators = view.projections[JINSHAN], view.bench.catalog.indicators
    output, land = indicators[indicator_id].identity.of
    names = (output, land, *indicators[land].identity.of)
    if not all(here[name].years for name in names):
        return None
    part, area, supply, clearance = (here[name] for name in names)
    lever = view.bench.catalog.levers[SUPPLY_LEVER]
    more = apply_levers(supply, [lever], {lever.id: EXTRA_MU}, accumulates=True)
    moved = area_moved_by(area, [more, clearance], [supply, clearance])
    return _median_of(ratio(part, moved, here[indicator_id]))


def _newest(history: History) -> str:
    """Write the newest exact figure with its year and nature."""
    if history.values.empty:
        return "无公布数据"
    indicator, year = history.indicator, int(history.values.index[-1])
    value = text_zh.quantity(history.values.iloc[-1], indicator.unit, indicator.decimals)
    return f"{year}年{value}（{text_zh.NATURE_ZH[history.status_by_year[year]]}）"


def _against_city(view: View, target_id: str) -> None:
    """Say where the moving benchmark stands."""
    target = view.bench.catalog.targets[target_id]
    assert target.measure is Measure.RELATIVE_TO_CITY
    indicator = view.bench.catalog.indicators[target.indicator]
    district = view.bench.history(indicator.id)
    city = view.bench.history(indicator.city_counterpart, SHANGHAI)
    parts = [f"{label}：{_newest(side)}" for label, side in (("本区", district), ("全市", city))]
    with st.container(border=True, key="against_city"):
        st.markdown("**研发强度：对照的是变动着的全市平均**")
        why = text_zh.reasons_zh(view.verdict(target_id).reasons)
        st.markdown(text_zh.escape("；".join(parts) + f"。{why}"))


def _share(view: View) -> None:
    """Say what the share of strategic emerging industries means in output."""
    target = view.bench.catalog.targets["strategic_emerging_share_2027"]
    total = _median(view, "gross_output_registered")
    with st.container(border=True, key="share"):
        st.markdown("**战新占比＝战新产值÷规上属地产值**")
        if total is None:
            st.markdown("没有可推算的规上产值，无法换算所需的战新产值。")
            return
        part = _median(view, "strategic_emerging_output")
        needed = text_zh.quantity(total * target.value, "亿元")
        share, ahead = text_zh.percent(target.value, 0), _ahead(view)
        st.markdown(
            f"2027年规上属地产值{ahead}中位数{text_zh.quantity(total, '亿元')}"
            f"{_mark(view, 'gross_output_registered')}，占比达到{share}需战新产值{needed}；"
            f"战新产值{ahead}中位数{text_zh.quantity(part, '亿元')}"
            f"{_mark(view, 'strategic_emerging_output')}。"
        )


def _gradient() -> None:
    """Show the ladder of specialised firms as far as figures are published."""
    rows = releases.context(session.release_id(), "upgrade_capacity")
    steps = (("专精特新企业", "srdi_enterprises"), ("国家级小巨人", "little_giants_total"))
    lines = [_step(label, rows[rows["indicator_id"] == series]) for label, series in steps]
    with st.container(border=True, key="gradient"):
        st.markdown("**梯度培育：创新型 → 专精特新 → 小巨人 → 单项冠军**")
        st.markdown("\n".join(f"- {text_zh.escape(line)}" for line in lines))
        grown = (rows["indicator_id"] == "specialized_sme_growth").any()
        own = "本区只公布过专精特新企业数的累计增幅，各级家数未公布，无法画出本区的漏斗。"
        st.caption(own if grown else "本区未公布各级家数，无法画出本区的漏斗。")


def _step(label: str, found) -> str:
    if found.empty:
        return f"{label}：无公布数据"
    newest = found.iloc[0]
    value = text_zh.quantity(newest["value"], newest["unit"], 0)
    nature = text_zh.NATURE_ZH[newest["status"]]
    year, source = newest["period_end"].year, newest["source_title"]
    return f"{label}（全市）：{year}年{value}（{nature}），{source}"
