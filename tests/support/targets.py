"""Targets of the plan's kinds, reduced to what a test is about."""

from analytics.domain import Clause, Measure, Operator, Target


def target(value: float | None = 100.0, *, measure="level", operator="ge", **other) -> Target:
    """Make a target due in 2027 on base 2023."""
    fields = {"base_year": 2023, "due_year": 2027, "unit": "亿元", "name_zh": "产值"} | other
    return Target(
        id=fields.pop("id", "t"),
        order=1,
        action="a",
        indicator="x",
        measure=Measure(measure),
        operator=Operator(operator),
        value=value,
        stated_value=value,
        stated_unit=fields["unit"],
        clause=Clause(section="三", wording="…"),
        **fields,
    )
