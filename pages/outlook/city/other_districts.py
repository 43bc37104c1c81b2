"""What other districts have published, beside each other and never joined."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.domain import FRACTION, DistrictsBlock, NamedSeries, RowStatus
from analytics.model.judgement.against_city import UNSTATED, change_between, stated_scope
from pages.common import releases
from pages.common.text import Markdown, cell, plain, table


def other_districts(release_id: str, block: DistrictsBlock) -> None:
    """Show yearly values of other districts with nature, scope and source."""
    with st.expander("其他区已公布的数值", icon=":material/map:", key="other_districts"):
        tabs = st.tabs([series.name_zh for series in block.series])
        for tab, series in zip(tabs, block.series, strict=True):
            with tab:
                _table(release_id, series, block.growth)
        st.caption(
            "只列公布或转引的年度数值；“两个公布年份之间”由两个水平值计算，不按可比口径；"
            "推算值和下限不参与计算。在地与属地分列、不拼接、不相减：两者之差可能指向个别企业。"
        )


@st.cache_resource(show_spinner=False, max_entries=16)
def _values(release_id: str, name: str) -> pd.DataFrame:
    return releases.workbench(release_id).store.query("district_values", indicator_id=name)


def _table(release_id: str, series: NamedSeries, growth_series: str) -> None:
    rows = _values(release_id, series.indicator)
    yearly = rows[rows["period_kind"] == "year"].reset_index(drop=True)
    share = bool((rows["unit"] == FRACTION).any())
    frame = change_between(
        yearly.assign(
            scope=yearly["note"].map(stated_scope),
            usable=~yearly["lower_bound"] & (yearly["status"] != RowStatus.DERIVED),
        ),
        points=share,
    )
    growth = {} if share else _published_growth(release_id, growth_series)
    table([_row(row, share, growth) for row in frame.itertuples()])
    part = sorted(set(rows["region"]) - set(yearly["region"]))
    if part:
        st.caption(f"{'、'.join(part)}只见{series.name_zh}的月度或累计值，未列入。")


def _published_growth(release_id: str, name: str) -> dict[tuple[str, int], float]:
    rows = _values(release_id, name)
    rows = rows[rows["period_kind"] == "year"]
    return dict(zip(zip(rows["region"], rows["year"], strict=True), rows["value"], strict=True))


def _row(row: Any, share: bool, growth: dict[tuple[str, int], float]) -> dict[str, str]:
    value = text_zh.quantity(row.value, row.unit, 3 if share else 1)
    nature = f"{text_zh.NATURE_ZH[row.status]}（{text_zh.CONFIDENCE_ZH[row.confidence]}）"
    cells = {
        "区": row.region,
        "年份": str(row.year),
        "数值": f"＞{value}" if row.lower_bound else value,
        "性质（可信度）": nature,
        "口径": cell(row.scope, row.note),
        "两个公布年份之间": _change(row, share),
    }
    if not share:
        published = growth.get((row.region, row.year))
        cells["公布增速（另列）"] = text_zh.growth(published)
    source = plain(row.source_title)
    linked = Markdown(f"[{source}]({row.source_url})") if row.source_url else source
    return cells | {"来源": linked}


def _change(row: Any, share: bool) -> str:
    if pd.isna(row.since):
        return text_zh.DASH
    change = f"{text_zh.points(row.change)}/年" if share else text_zh.growth(row.change)
    unstated = "，口径均未注明" if row.scope == UNSTATED else ""
    return cell(change, f"{int(row.since)}—{row.year}年{'' if share else '年均'}{unstated}")
