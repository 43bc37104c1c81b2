"""Numbers inside a line of arithmetic."""

from analytics import text_zh
from analytics.answers.consistency.plan import Known
from analytics.domain import FRACTION, RowStatus, Target

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def rate(fraction: float) -> str:
    """Write a rate with no more decimals than it needs: 7%, 6.65%."""
    shown = round(fraction * 100, 2) or 0.0  # no minus before zero
    return f"{shown:g}%".replace("-", "−")


def amount(value: float, unit: str, decimals: int = 0) -> str:
    """Write a quantity; decimals only where they are not zero, fractions as points."""
    if unit == FRACTION:
        return f"{rate(value).removesuffix('%')}个百分点"
    whole = abs(value - round(value)) < 1e-9
    return text_zh.quantity(value, unit, 0 if whole else decimals)


def yi(value: float) -> str:
    """Write an amount of money in 亿元."""
    return amount(value, "亿元", 1)


def raised(growth: str, years: int) -> str:
    """Write a growth factor over years: (1＋8%)⁴."""
    return f"(1＋{growth}){str(years).translate(_RAISED)}"


def printed(target: Target) -> str:
    """Write a target as the plan prints it, with its operator."""
    return text_zh.target_value(
        target.operator, target.stated_value, target.stated_high, target.stated_unit
    )


def nature(*figures: Known) -> str:
    """Mark a line by the weakest figure in it."""
    weakest = max((figure.status for figure in figures), key=list(RowStatus).index)
    return f"【{text_zh.NATURE_ZH[weakest]}】"
