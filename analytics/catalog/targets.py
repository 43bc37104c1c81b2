"""Targets as written in ``targets.toml``, and what is refused; messages name file and key."""

from collections.abc import Iterator, Mapping

from analytics.catalog.rules import resolve
from analytics.catalog.toml import PROBLEMS, CatalogError
from analytics.domain import (
    ASSUMED_BASE_YEAR,
    FRACTION,
    RELATIVE,
    Action,
    Firmness,
    Frozen,
    Indicator,
    Measure,
    Operator,
    Target,
)

FILE = "targets.toml"
_COMPARISONS = (Operator.GT, Operator.GE, Operator.APPROX, Operator.RANGE)
OPERATORS = {  # what the wording may say of each measure
    Measure.LEVEL: _COMPARISONS,
    Measure.CUMULATIVE: _COMPARISONS,
    Measure.CAGR: _COMPARISONS,
    Measure.COUNT_OVER_THRESHOLD: _COMPARISONS,
    Measure.RELATIVE_TO_CITY: (Operator.GE,),  # 达到全市平均
    Measure.RELATIVE_GROWTH: (Operator.FASTER,),  # no number in the plan
    Measure.QUALITATIVE: (Operator.RISE,),  # no number in the plan
}
WITHOUT_NUMBER = (Measure.RELATIVE_GROWTH, Measure.QUALITATIVE)
_GROWTH_RATES = (Measure.CAGR, Measure.RELATIVE_GROWTH)
_IN_THE_INDICATORS_UNIT = (Measure.LEVEL, Measure.CUMULATIVE, Measure.COUNT_OVER_THRESHOLD)


class RestatementEntry(Frozen):
    """The same target said again; number and operator only where they differ."""

    section: str
    wording: str
    operator: Operator | None = None
    firmness: Firmness | None = None
    value: float | None = None


class TargetEntry(Frozen):
    """A target as written in TOML: the plan's own number and unit."""

    action: str
    indicator: str
    name_zh: str
    measure: Measure
    operator: Operator
    value: float | None = None
    value_high: float | None = None
    unit: str
    base_year: int | None = None
    due_year: int
    tolerance: float = 0.05
    margin: float = 0.01
    section: str
    wording: str
    restated: tuple[RestatementEntry, ...] = ()
    firmness: Firmness = Firmness.FIRM
    full_name_zh: str = ""
    goal_zh: str = ""
    digits_absent_because: str = ""
    assumption_zh: str = ""
    note_zh: str = ""
    note_en: str = ""


def check_target(entry: TargetEntry, path: str) -> None:
    """Check that an entry says only what its measure has, in numbers that can be judged."""
    for place, operator, value in _said(entry, path):
        _check_operator(entry.measure, operator, f"{place}.operator")
        _check_value(entry.measure, value, f"{place}.value")
    _check_range(entry, path)
    _check_years(entry, path)
    _check_slack(entry, path)
    if entry.measure in _GROWTH_RATES and entry.unit != "%":
        raise CatalogError(FILE, f"{path}.unit", "增速目标的单位应为 %")


def _said(entry: TargetEntry, path: str) -> Iterator[tuple[str, Operator, float | None]]:
    """Yield place, operator and number of every statement of a target."""
    yield path, entry.operator, entry.value
    for number, again in enumerate(entry.restated, start=1):
        value = entry.value if again.value is None else again.value
        yield f"{path}.restated.{number}", again.operator or entry.operator, value


def _check_operator(measure: Measure, operator: Operator, key: str) -> None:
    allowed = OPERATORS[measure]
    if operator not in allowed:
        problem = f'取值“{operator}”不适用于 measure = "{measure}"，应为 {", ".join(allowed)}'
        raise CatalogError(FILE, key, problem)


def _check_value(measure: Measure, value: float | None, key: str) -> None:
    if (value is None) != (measure in WITHOUT_NUMBER):
        missing = value is None
        problem = PROBLEMS["missing"] if missing else "方案没有给出数值的目标不应有数值"
        raise CatalogError(FILE, key, problem)
    if value is not None and value <= 0:
        raise CatalogError(FILE, key, "应为正数")


def _check_range(entry: TargetEntry, path: str) -> None:
    is_range = entry.operator is Operator.RANGE
    if (entry.value_high is not None) != is_range:
        problem = "区间目标须有上限，其他目标不应有上限"
        raise CatalogError(FILE, f"{path}.value_high", problem)
    high, low = entry.value_high, entry.value
    if high is not None and low is not None and high <= low:
        raise CatalogError(FILE, f"{path}.value_high", "区间的上限须大于下限")
    for number, again in enumerate(entry.restated, start=1):
        if again.operator is Operator.RANGE and not is_range:
            key = f"{path}.restated.{number}.operator"
            raise CatalogError(FILE, key, "目标本身不是区间，重复表述也不能是区间")


def _check_years(entry: TargetEntry, path: str) -> None:
    if entry.base_year is not None and entry.base_year >= entry.due_year:
        problem = f"基期（{entry.base_year}年）须早于到期年份（{entry.due_year}年）"
        raise CatalogError(FILE, f"{path}.base_year", problem)
    if entry.due_year <= ASSUMED_BASE_YEAR and entry.base_year is None:
        problem = f"到期年份须晚于假定的基期（{ASSUMED_BASE_YEAR}年），否则须写明 base_year"
        raise CatalogError(FILE, f"{path}.due_year", problem)


def _check_slack(entry: TargetEntry, path: str) -> None:
    if not 0 <= entry.tolerance < 1:
        raise CatalogError(FILE, f"{path}.tolerance", "容差应为 0 与 1 之间的小数")
    if not 0 < entry.margin < 1:
        raise CatalogError(FILE, f"{path}.margin", "幅度应为 0 与 1 之间的小数")


def check_targets(
    targets: Mapping[str, Target],
    indicators: Mapping[str, Indicator],
    actions: Mapping[str, Action],
) -> None:
    """Check references and the fit of each target with its indicator."""
    for key, target in targets.items():
        resolve(FILE, f"targets.{key}.action", target.action, actions)
        resolve(FILE, f"targets.{key}.indicator", target.indicator, indicators)
        _check_fit(target, indicators[target.indicator])


def _check_fit(target: Target, indicator: Indicator) -> None:
    path = f"targets.{target.id}"
    if (target.measure is Measure.CUMULATIVE) != indicator.accumulates:
        problem = "累计目标的指标须逐年累加（accumulates = true），其他目标的指标不得累加"
        raise CatalogError(FILE, f"{path}.measure", problem)
    if target.measure in RELATIVE and indicator.city_counterpart is None:
        raise CatalogError(FILE, f"{path}.measure", "相对全市的目标，其指标须有 city_counterpart")
    if target.measure in _IN_THE_INDICATORS_UNIT and target.unit != indicator.unit:
        unit = "%" if indicator.unit == FRACTION else indicator.unit
        raise CatalogError(FILE, f"{path}.unit", f"须与指标的单位（{unit}）相同")
