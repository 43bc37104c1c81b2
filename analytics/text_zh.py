"""Numbers, units and verdicts in Chinese, for pages and exports alike."""

import math
import re
from collections.abc import Iterable

from analytics.domain import FRACTION, Operator, RowStatus

NATURE_ZH = {
    RowStatus.OFFICIAL: "公布",
    RowStatus.SUBMITTED: "填报",
    RowStatus.REPORTED: "转引",
    RowStatus.DERIVED: "推算",
    RowStatus.ILLUSTRATIVE: "演示",
}
NATURES_ZH = (
    "数字性质：公布＝政府网站；填报＝本区导入；转引＝媒体或转载；推算＝由公布数计算；"
    "演示＝生成数据；预测＝模型；情景＝用户调整。"
)
CONFIDENCE_ZH = {"high": "高", "medium": "中", "low": "低"}
DEMO_MARK = "含演示数据，不作决策依据"
DASH = "—"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:&])")

PERIOD_ZH = {
    "year": "年度",
    "cumulative": "累计",
    "month": "当月",
    "point": "时点",
    "span": "多年",
    "event": "单次",
    "plan": "目标",
}


def escape(text: str) -> str:
    """Return text that Markdown shows literally."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).splitlines()))


def number(value: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Write a number with thousands separators, a dash where there is none.

    ``signed`` puts + before what is above zero as printed.
    """
    if value is None or not math.isfinite(value):
        return DASH
    text = f"{value:,.{decimals}f}"
    if not float(text.replace(",", "")):
        return text.lstrip("-")
    return f"+{text}" if signed and value > 0 else text.replace("-", "−")


def unit_zh(unit: str) -> str:
    """Name a unit as printed on screen."""
    return "%" if unit == FRACTION else unit


def quantity(value: float | None, unit: str, decimals: int = 1) -> str:
    """Write a value with its unit; fractions become percent.

    ``decimals`` are those of the value as stored: three decimals of a fraction
    are one decimal of percent.
    """
    if value is None or not math.isfinite(value):
        return DASH
    if unit == FRACTION:
        return percent(value, max(decimals - 2, 0))
    return f"{number(value, decimals)}{unit}"


def percent(fraction: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Write a fraction as percent, with a sign where growth is meant."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    return f"{number(fraction * 100, decimals, signed=signed)}%"


def points(fraction: float | None, decimals: int = 1) -> str:
    """Write a difference of fractions in percentage points."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    return f"{number(fraction * 100, decimals, signed=True)}个百分点"


def span(first: int, last: int) -> str:
    """Name the years from the first to the last: 2025—2027年."""
    return f"{first}—{last}年"


def recent_zh(count: int) -> str:
    """Name the last few years, at most nine: 近五年."""
    return f"近{'零一两三四五六七八九'[count]}年"


def years(values: Iterable[int]) -> str:
    """Write years with runs drawn together: 2015—2018、2025年; a dash for none."""
    runs: list[list[int]] = []
    for year in sorted(values):
        if runs and year == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], year]
        else:
            runs.append([year])
    return "、".join("—".join(map(str, run)) for run in runs) + "年" if runs else DASH


def growth(fraction: float | None, decimals: int = 1) -> str:
    """Write a growth rate with arrow and sign."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    arrow = "" if round(fraction, decimals + 2) == 0 else "↑" if fraction > 0 else "↓"
    return f"{arrow}{percent(fraction, decimals, signed=True)}"


def target_value(operator: Operator, value: float | None, high: float | None, unit: str) -> str:
    """Write a target as the plan states it: operator, number as printed, unit."""
    if value is None:
        return {Operator.RISE: "显著提升", Operator.FASTER: "显著快于全市"}[operator]
    printed = f"{value:g}"
    if operator is Operator.RANGE:
        return f"{printed}—{high:g}{unit}"
    prefix = {Operator.GT: "＞", Operator.GE: "≥"}.get(operator, "")
    suffix = "左右" if operator is Operator.APPROX else ""
    return f"{prefix}{printed}{unit}{suffix}"


_LIKELIHOOD = ((0.90, "极可能"), (0.66, "很可能"), (0.33, "可能性各半"), (0.10, "不太可能"))


def likelihood(probability: float) -> str:
    """Put a probability in words (>90 %, 66—90 %, 33—66 %, 10—33 %, <10 %)."""
    for floor, word in _LIKELIHOOD:
        if probability > floor or (floor != 0.90 and probability == floor):
            return word
    return "极不可能"


def of_hundred(probability: float) -> str:
    """Say a probability as a count of a hundred, never 0 or 100 of a sample."""
    if probability < 0.01:
        return "100次中不到1次"
    if probability > 0.99:
        return "100次中超过99次"
    return f"100次中约{round(probability * 100)}次"


def probability_zh(probability: float) -> str:
    """Say how likely, in words and as a count of a hundred."""
    return f"{likelihood(probability)}（{of_hundred(probability)}）"
