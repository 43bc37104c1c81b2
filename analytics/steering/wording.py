"""Settings in Chinese, the same for every part of the laboratory."""

from analytics.catalog import Catalog
from analytics.domain import Adjustable, Lever, LeverEffect, Stress
from analytics.scenario import shown_value
from analytics.text_zh import number, unit_zh


def unit_of(catalog: Catalog, one: Adjustable) -> str:
    """Return the unit a setting is shown in."""
    if one.effect is LeverEffect.GROWTH_PP:
        return "个百分点"
    return "" if isinstance(one, Stress) else unit_zh(catalog.indicators[one.applies_to].unit)


def setting_zh(catalog: Catalog, one: Adjustable, value: float, decimals: int | None = None) -> str:
    """Write a setting with sign and unit; a stress test is on or off."""
    if isinstance(one, Stress):
        return "启用" if value else "未启用"
    shown = shown_value(one, value)
    if decimals is None:
        decimals = 1 if one.effect is LeverEffect.GROWTH_PP else 0
    text = number(shown, decimals)
    sign = "" if text.startswith("−") or not text.strip("0.,") else "+"
    return f"{sign}{text}{unit_of(catalog, one)}"


def bound_zh(catalog: Catalog, lever: Lever, value: float) -> str:
    """Name a bound of a lever with its value."""
    side = "上限" if value >= lever.maximum else "下限"
    return f"“{lever.name_zh}”的{side}（{setting_zh(catalog, lever, value)}）"
