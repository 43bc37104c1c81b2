"""Names in lists of choices: unique, so that each choice is the one that is read."""

from collections import Counter
from collections.abc import Iterable

from analytics import text_zh
from analytics.domain import Measure, Target


def target_names(targets: Iterable[Target]) -> dict[str, str]:
    """Name targets by indicator, number and year; the plan's section tells apart what is left."""
    chosen = list(targets)
    names = {target.id: _name(target) for target in chosen}
    often = Counter(names.values())
    sections = {target.id: target.clause.section for target in chosen}
    return {
        one: name if often[name] == 1 else f"{name}｜{sections[one]}" for one, name in names.items()
    }


def _name(target: Target) -> str:
    """Write what is measured, how much of it, and by when."""
    if target.measure is Measure.RELATIVE_TO_CITY or target.value is None:
        return f"{target.name_zh}（{target.due_year}年）"
    goal = text_zh.target_value(
        target.operator, target.stated_value, target.stated_high, target.stated_unit
    )
    yearly = "年均" if target.measure is Measure.CAGR else ""
    return f"{target.name_zh}　{yearly}{goal}（{target.due_year}年）"
