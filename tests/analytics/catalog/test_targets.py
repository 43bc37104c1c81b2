"""Which wording each measure may have, and what a target may not say."""

import pytest
from pydantic import TypeAdapter, ValidationError

from analytics.catalog.targets import OPERATORS, WITHOUT_NUMBER, TargetEntry, check_target
from analytics.catalog.toml import CatalogError
from analytics.domain import TARGET_TYPES, Measure, Operator, Target
from tests.support.targets import target

LACKING = [(m, o) for m in Measure for o in Operator if o not in OPERATORS[m]]
HAVING = [(m, o) for m in Measure for o in OPERATORS[m]]


def entry(measure: Measure, operator: Operator, **other) -> TargetEntry:
    """Write a target as in TOML, with a number where its measure has one."""
    numbered = {} if measure in WITHOUT_NUMBER else {"value": 2.0}
    high = {"value_high": 3.0} if operator is Operator.RANGE else {}
    unit = "%" if measure in (Measure.CAGR, Measure.RELATIVE_GROWTH) else "个"
    fields = {"action": "a", "indicator": "x", "name_zh": "x", "section": "三", "wording": "…"}
    about = {"measure": measure, "operator": operator, "unit": unit, "due_year": 2027}
    return TargetEntry(**fields | about | numbered | high | other)


def test_the_table_of_wordings_names_every_measure_and_gives_each_a_type():
    assert set(OPERATORS) == set(TARGET_TYPES) == set(Measure)


@pytest.mark.parametrize(("measure", "operator"), HAVING)
def test_a_wording_that_a_measure_has_is_accepted(measure, operator):
    check_target(entry(measure, operator), "targets.x")


@pytest.mark.parametrize(("measure", "operator"), LACKING)
def test_a_wording_that_a_measure_lacks_is_refused_by_its_key(measure, operator):
    with pytest.raises(CatalogError, match="不适用于") as refused:
        check_target(entry(measure, operator), "targets.x")
    assert (refused.value.file, refused.value.key) == ("targets.toml", "targets.x.operator")


@pytest.mark.parametrize("measure", WITHOUT_NUMBER)
def test_a_measure_without_a_number_is_given_none(measure):
    (operator,) = OPERATORS[measure]
    with pytest.raises(CatalogError, match="不应有数值"):
        check_target(entry(measure, operator, value=1.0), "targets.x")


@pytest.mark.parametrize(
    ("base_year", "due_year", "refused"),
    [
        (None, 2024, None),  # counted from 2023
        (None, 2023, "due_year"),
        (2022, 2023, None),
        (2027, 2027, "base_year"),
        (2028, 2027, "base_year"),
    ],
)
def test_the_base_lies_before_the_due_year(base_year, due_year, refused):
    written = entry(Measure.LEVEL, Operator.GE, base_year=base_year, due_year=due_year)
    if refused is None:
        check_target(written, "targets.x")
        return
    with pytest.raises(CatalogError) as error:
        check_target(written, "targets.x")
    assert error.value.key == f"targets.x.{refused}"


@pytest.mark.parametrize("measure", Measure)
def test_a_target_is_of_the_type_of_its_measure_and_comes_back_from_text(measure):
    made = target(None if measure in WITHOUT_NUMBER else 0.5, measure=measure)
    adapter = TypeAdapter(Target)
    assert type(made) is TARGET_TYPES[measure]
    assert adapter.validate_json(adapter.dump_json(made)) == made


@pytest.mark.parametrize(
    ("measure", "wrong"),
    [
        ("level", {"operator": "rise"}),
        ("level", {"value": None}),
        ("qualitative", {"value": 3.0}),
        ("relative_growth", {"operator": "ge"}),
        ("level", {"margin": 0.01}),  # only a lead over the city has one
        ("qualitative", {"tolerance": 0.05}),  # only a number has one
    ],
)
def test_a_state_that_means_nothing_cannot_be_made(measure, wrong):
    number = None if Measure(measure) in WITHOUT_NUMBER else 1.0
    with pytest.raises(ValidationError):
        target(**{"value": number, "measure": measure} | wrong)
