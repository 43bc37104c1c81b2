"""Settings in Chinese, the same for every page and export."""

from dataclasses import dataclass

from analytics.catalog.load import Catalog
from analytics.domain import Adjustable, Lever, LeverClass, LeverEffect, Scenario, Start, Stress
from analytics.model.scenarios.levers import shown_value
from analytics.text_zh import number, percent, points, quantity, span, trimmed, unit_zh

_CLASS_ZH = {LeverClass.POLICY: "政策", LeverClass.ASSUMPTION: "假设"}


@dataclass(frozen=True)
class Setting:
    """One setting of a scenario as a table lists it."""

    name_zh: str
    subject_zh: str  # what is adjusted
    period_zh: str
    value_zh: str
    class_zh: str
    why_zh: str


def settings_of(catalog: Catalog, scenario: Scenario) -> tuple[Setting, ...]:
    """Describe every setting of a scenario, policy before assumption."""
    moved = [(catalog.adjustables[name], value) for name, value in scenario.settings]
    moved.sort(key=lambda pair: pair[0].lever_class is LeverClass.ASSUMPTION)
    return tuple(_setting(catalog, one, value) for one, value in moved)


def _setting(catalog: Catalog, one: Adjustable, value: float) -> Setting:
    kind = _CLASS_ZH[one.lever_class]
    if isinstance(one, Stress):
        why = f"{one.basis_zh}：{one.rationale_zh}"
        told = setting_zh(catalog, one, value)
        return Setting(one.name_zh, one.name_zh, f"{one.year}年", told, kind, why)
    indicator = catalog.indicators[one.applies_to]
    if isinstance(one, Start):
        told, when = setting_zh(catalog, one, value), f"{one.year}年"
        return Setting(one.name_zh, indicator.name_zh, when, told, kind, one.rationale_zh)
    return Setting(
        one.name_zh,
        indicator.name_zh,
        period_zh(one),
        _moved_zh(one, value, indicator.unit),
        kind,
        one.rationale_zh,
    )


def period_zh(lever: Lever) -> str:
    """Name the years, and in a running one the months, that a lever acts on."""
    if lever.first_month == 1:
        return span(lever.first_year, lever.last_year)
    return f"{lever.first_year}年{lever.first_month}月—{lever.last_year}年"


def rate_zh(catalog: Catalog, lever: Lever, rate: float | None) -> str:
    """Write a lever's projected yearly growth (fraction), or addition in its unit."""
    if lever.effect is LeverEffect.GROWTH_PP:
        return percent(rate)
    return quantity(rate, catalog.indicators[lever.applies_to].unit, 1)


def _moved_zh(lever: Lever, value: float, unit: str) -> str:
    if lever.effect is LeverEffect.GROWTH_PP:
        return f"年均增速{points(value)}"
    sign = "+" if value > 0 else ""
    per = "每年新增" if lever.effect is LeverEffect.FLOW else "水平"
    return f"{per}{sign}{quantity(value, unit, 1)}"


def done_zh(catalog: Catalog, one: Adjustable, value: float) -> str:
    """Say what a setting does, as a sentence begins: X年均增速提高2个百分点."""
    if isinstance(one, Stress):
        return f"出现“{one.name_zh}”"
    indicator = catalog.indicators[one.applies_to]
    if isinstance(one, Start):
        return f"{indicator.name_zh}以{one.year}年{setting_zh(catalog, one, value)}起算"
    if one.effect is LeverEffect.GROWTH_PP:
        way = "提高" if value > 0 else "降低"
        return f"{indicator.name_zh}年均增速{way}{trimmed(abs(value) * 100)}个百分点"
    way = "多" if value > 0 else "少"
    when = "每年" if one.effect is LeverEffect.FLOW else ""
    return f"{indicator.name_zh}{when}{way}{trimmed(abs(value))}{unit_zh(indicator.unit)}"


def unit_of(catalog: Catalog, one: Adjustable) -> str:
    """Return the unit a setting is shown in."""
    if one.effect is LeverEffect.GROWTH_PP:
        return "个百分点"
    return "" if isinstance(one, Stress) else unit_zh(catalog.indicators[one.applies_to].unit)


def setting_zh(catalog: Catalog, one: Adjustable, value: float, decimals: int | None = None) -> str:
    """Write a setting with sign and unit; a stress test is on or off."""
    if isinstance(one, Stress):
        return "启用" if value else "未启用"
    if isinstance(one, Start):
        about = catalog.indicators[one.applies_to]
        return quantity(value, about.unit, about.decimals) if value else "未键入"
    shown = shown_value(one, value)
    if decimals is None:
        decimals = 1 if one.effect is LeverEffect.GROWTH_PP else 0
    return f"{number(shown, decimals, signed=True)}{unit_of(catalog, one)}"


def bound_zh(catalog: Catalog, lever: Lever, value: float) -> str:
    """Name a bound of a lever with its value."""
    side = "上限" if value >= lever.maximum else "下限"
    return f"“{lever.name_zh}”的{side}（{setting_zh(catalog, lever, value)}）"
