"""Targets of the plan's kinds, reduced to what a test is about."""

from typing import Any

from analytics.domain import TARGET_TYPES, Clause, Measure, Operator, Target

_WORDING = {Measure.QUALITATIVE: Operator.RISE, Measure.RELATIVE_GROWTH: Operator.FASTER}


def target(value: float | None = 100.0, *, measure: str = "level", **other: Any) -> Target:
    """Make a target due in 2027 on base 2023."""
    kind = Measure(measure)
    fields = {"base_year": 2023, "due_year": 2027, "unit": "亿元", "name_zh": "产值"}
    return TARGET_TYPES[kind](
        id=other.pop("id", "t"),
        order=1,
        action="a",
        indicator=other.pop("indicator", "x"),
        operator=Operator(other.pop("operator", _WORDING.get(kind, Operator.GE))),
        value=value,
        stated_value=value,
        stated_unit=other.get("unit", "亿元"),
        clause=Clause(section="三", wording="…"),
        **fields | other,
    )


def of_measure(original: Target, measure: Measure, **other: Any) -> Target:
    """Make the same target one of another measure; a number it cannot have is dropped."""
    kind = TARGET_TYPES[measure]
    fields = original.model_dump() | {"measure": measure} | other
    if measure in _WORDING:
        fields |= dict.fromkeys(("value", "value_high", "stated_value", "stated_high"))
        fields["operator"] = _WORDING[measure]
    return kind(**{name: x for name, x in fields.items() if name in kind.model_fields})
