"""What other districts have published, beside each other and never joined."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import text_zh
from analytics.domain import FRACTION, DistrictsBlock, NamedSeries, RowStatus
from analytics.model.judgement.against_city import UNSTATED, change_between, stated_scope
from pages.common import releases
from pages.common.text import Markdown, cell, plain, table
from pages.outlook.city import words


def other_districts(release_id: str, block: DistrictsBlock) -> None:
    """Show yearly values of other districts with nature, scope and source."""
    with st.expander(words.OTHERS, icon=":material/map:", key="other_districts"):
        tabs = st.tabs([series.name_zh for series in block.series])
        for tab, series in zip(tabs, block.series, strict=True):
            with tab:
                _table(release_id, series, block.growth)
        st.caption(words.OTHERS_NOTE)


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
        st.caption(words.PART_YEARS_ONLY.format("、".join(part), series.name_zh))


def _published_growth(release_id: str, name: str) -> dict[tuple[str, int], float]:
    rows = _values(release_id, name)
    rows = rows[rows["period_kind"] == "year"]
    return dict(zip(zip(rows["region"], rows["year"], strict=True), rows["value"], strict=True))


def _row(row: Any, share: bool, growth: dict[tuple[str, int], float]) -> dict[str, str]:
    value = text_zh.quantity(row.value, row.unit, 3 if share else 1)
    nature = f"{text_zh.NATURE_ZH[row.status]}（{text_zh.CONFIDENCE_ZH[row.confidence]}）"
    cells = {
        words.DISTRICT: row.region,
        words.YEAR: str(row.year),
        words.VALUE: f"＞{value}" if row.lower_bound else value,
        words.NATURE: nature,
        words.SCOPE: cell(row.scope, row.note),
        words.BETWEEN: _change(row, share),
    }
    if not share:
        published = growth.get((row.region, row.year))
        cells[words.PUBLISHED_GROWTH] = text_zh.growth(published)
    source = plain(text_zh.source_title(row.source_title))
    linked = Markdown(f"[{source}]({row.source_url})") if row.source_url else source
    return cells | {words.SOURCE: linked}


def _change(row: Any, share: bool) -> str:
    if pd.isna(row.since):
        return text_zh.DASH
    change = f"{text_zh.points(row.change)}/年" if share else text_zh.growth(row.change)
    unstated = words.SCOPE_UNSTATED if row.scope == UNSTATED else ""
    return cell(change, f"{int(row.since)}—{row.year}年{'' if share else words.YEARLY}{unstated}")
