"""Where a series holds nothing: an index, a known lower bound, or a start told by the target."""

import pytest

from analytics.answers.steering.reference_start import Basis, first_year, reference_start
from analytics.domain import Measure, Target


def followed(bench, target_id: str):
    """The judgement from the reference start, and the settings that make it."""
    start = reference_start(bench, target_id)
    settings = dict(start.settings)
    return start, bench.view(settings).verdict(target_id)


@pytest.mark.parametrize("typed", [40.0, 1700.0])
def test_average_growth_is_the_same_from_any_start_so_an_index_will_do(published_bench, typed):
    start, by_index = followed(published_bench, "enterprise_output_growth_2027")
    assert (start.basis, start.year) == (Basis.INDEX, 2023)
    own = {"start.gross_output_registered.2023": typed}
    by_value = published_bench.view(own).verdict("enterprise_output_growth_2027")
    assert by_index.probability == pytest.approx(by_value.probability, abs=0.01)
    assert by_index.median == pytest.approx(by_value.median, abs=1e-3)
    assert by_index.is_reference


def test_a_ratio_is_an_index_by_its_parts(published_bench):
    start, item = followed(published_bench, "park_land_output_growth_2027")
    assert dict(start.settings) == {"start.park_output.2023": 100.0, "start.park_land.2023": 1.0}
    bench = published_bench.started(dict(start.settings))
    assert bench.history("park_land_output").values.to_dict() == {2023: 100.0}
    assert item.probability is not None


def test_a_published_lower_bound_comes_before_any_start_told_by_the_target(published_bench):
    start, item = followed(published_bench, "gross_output_territorial_2027")
    assert start.basis is Basis.BOUND
    assert start.settings == (("start.gross_output_territorial.2024", 3000.0),)
    assert item.probability is not None


@pytest.mark.parametrize(
    ("target_id", "less"),
    [("gross_output_registered_2027", 0.95), ("industrial_fixed_investment_2027", 0.95)],
)
def test_backwards_the_odds_are_even_and_less_than_that_from_a_lower_start(
    published_bench, target_id, less
):
    start, item = followed(published_bench, target_id)
    assert start.basis is Basis.BACKWARDS
    assert item.probability == pytest.approx(0.5, abs=0.02)
    ((name, value),) = start.settings
    lower = published_bench.view({name: value * less}).verdict(target_id)
    assert lower.probability < 0.5


def test_counts_over_a_threshold_and_targets_without_a_number_have_none(published_bench):
    for name in ("clusters_over_50bn_2027", "green_capacity_coverage_2027", "rd_intensity_2027"):
        assert reference_start(published_bench, name) is None


def test_what_is_held_or_typed_is_followed_itself(demo_bench, published_bench):
    assert reference_start(demo_bench, "gross_output_registered_2027") is None
    typed = published_bench.started({"start.gross_output_registered.2025": 1835.0})
    assert reference_start(typed, "gross_output_registered_2027") is None


def test_no_reference_start_enters_the_release(published_bench):
    reference_start(published_bench, "gross_output_registered_2027")
    assert published_bench.history("gross_output_registered").values.empty
    assert published_bench.view({}).verdict("gross_output_registered_2027").probability is None


def test_a_start_counts_in_the_first_year_that_a_target_counts(published_bench):
    def year(measure: Measure) -> int:
        targets = published_bench.catalog.targets.values()
        return first_year(published_bench, next(x for x in targets if is_of(x, measure)))

    def is_of(target: Target, measure: Measure) -> bool:
        return target.measure is measure and target.due_year == 2027

    years = [year(one) for one in (Measure.CAGR, Measure.CUMULATIVE, Measure.LEVEL)]
    assert years == [2023, 2024, 2025]
