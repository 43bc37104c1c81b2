"""A fan's numbers in words: its table, the series it has, how it is read, its years."""

from collections.abc import Mapping

import pandas as pd

from analytics import text_zh
from analytics.output.charts import fan
from analytics.output.figures.native import BOUND

NATURE = "性质"
HEADINGS = {
    "year": "年份",
    "nature": NATURE,
    "observed": fan.HISTORY,
    "bound": BOUND,
    "median": fan.MEDIAN,
    "baseline": fan.BASELINE,
    **{
        f"{side}{width}": f"{width}%区间{edge}"
        for width, _, _ in fan.BANDS
        for side, edge in (("low", "下沿"), ("high", "上沿"))
    },
    "required": fan.REQUIRED,
    "target": fan.TARGET,
}


def table(frame: pd.DataFrame, natures: Mapping[int, str], ahead: str) -> pd.DataFrame:
    """Give a fan's numbers Chinese headings and each year its nature; empty columns go."""
    known = frame["observed"].notna() | frame["bound"].notna()
    projected = frame["median"].notna()
    told = [
        natures.get(year, "") if is_known else ahead if is_projected else ""
        for year, is_known, is_projected in zip(frame["year"], known, projected, strict=True)
    ]
    named = frame.assign(nature=told).rename(columns=HEADINGS)
    return named[[x for x in HEADINGS.values() if x in named]].dropna(axis="columns", how="all")


def reading(frame: pd.DataFrame) -> str:
    """Say how the marks are read that the legend does not name."""
    parts = []
    if frame["low95"].notna().any():
        parts.append("色带由浅到深为80%、50%区间")
    if frame["required"].notna().any():
        parts.append(f"点线为{fan.REQUIRED}")
    if frame["bound"].notna().any():
        parts.append(f"▲为{BOUND}")
    return "，".join(parts)


def span(frame: pd.DataFrame) -> str:
    """Name the years of the history and those ahead."""
    known = frame["year"][frame["observed"].notna() | frame["bound"].notna()]
    later = frame["year"][frame["median"].notna()]
    parts = [f"历史{text_zh.years(sorted(set(known)))}"] if len(known) else []
    first = max(known, default=0) + 1
    if len(later) and later.max() >= first:
        parts.append(f"展望{text_zh.years(sorted({x for x in later if x >= first}))}")
    return "，".join(parts) or text_zh.DASH
