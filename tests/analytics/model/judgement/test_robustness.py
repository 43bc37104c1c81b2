"""Verdicts held against other base years, methods and windows."""

import numpy as np
import pytest

from analytics.domain import Reason
from analytics.model.judgement.measure import (
    cumulative_path,
    growth_path,
    level_path,
    relative_growth_since,
)
from analytics.model.judgement.other_methods import by_parts, other_projections
from analytics.model.judgement.robustness import Robustness, Variant, robustness
from analytics.model.projection import METHODS, Rung, project
from analytics.text_zh import reason_zh, reasons_zh
from tests.support.drawn import NO_DATA, indicator, indicators, nothing, projection, series
from tests.support.targets import target

METHOD_NAMES = {f"方法：{name}" for key, name in METHODS.items() if key != "combined"}
LEVELS = dict(
    zip(range(2014, 2026), [50, 54, 60, 63, 69, 75, 70, 84, 80, 92, 95, 101], strict=True)
)


def level_of(history):
    return lambda one, base_year: level_path(history, one, base_year)


def judge_level(values: dict[int, float], aim: float, kind: str = "level", seed: int = 3):
    history = series(values)
    first = project(history, end_year=2035, kind=kind, n_draws=1000, seed=seed)
    goal = target(aim)
    others = other_projections(history, kind, first, goal.due_year, seed)
    return robustness(goal, level_of(history), others, projection=first, base_year=2023)


# ── base years ───────────────────────────────────────────────────────────────────────────


def test_a_sum_is_counted_from_the_year_before_and_the_year_after():
    added = series({2022: 40.0, 2023: 30.0, 2024: 30.0, 2025: 30.0})
    drawn = projection([20.0, 20.0], [30.0, 30.0], history=added.to_dict())
    result = robustness(
        target(110.0, measure="cumulative"),
        lambda one, base_year: cumulative_path(added, one, base_year),
        (),
        projection=drawn,
        base_year=2023,
        is_computed=True,
    )
    # since 2023: 60 + 40 or 60; since 2022 another 30: 130, 150; since 2024: 70, 90
    assert result.probability == 0.5
    assert result.bases == (
        Variant("基期改为2022年", 1.0, True),
        Variant("基期改为2024年", 0.0, False),
    )
    assert result.flips == (Variant("基期改为2024年", 0.0, False),)
    assert (result.methods, result.spread) == ((), None)
    assert result.notes == (Reason.LINKED.given(),)


def test_a_base_year_without_a_value_is_named_and_not_counted():
    values = series({2023: 100.0, 2024: 110.0, 2025: 120.0})
    result = robustness(
        target(0.07, measure="cagr", unit="1"),
        lambda one, base_year: growth_path(values, one, base_year),
        (),
        projection=projection([130.0, 140.0], [120.0, 125.0], history=values.to_dict()),
        base_year=2023,
        is_computed=True,
    )
    # 140/110 in three years is 8.4 %, 125/110 is 4.4 %
    assert result.bases == (Variant("基期改为2024年", 0.5, True),)
    assert reason_zh(result.notes[1]).startswith("基期改为2022年：缺少基期（2022年）的数值")


def test_the_base_year_in_use_is_no_variant_of_itself():
    values = series({2022: 95.0, 2023: 100.0, 2024: 110.0, 2025: 120.0})
    result = robustness(
        target(0.07, measure="cagr", unit="1"),
        lambda one, base_year: growth_path(values, one, base_year),
        (),
        projection=projection([130.0, 140.0], history=values.to_dict()),
        base_year=2022,
        is_computed=True,
    )
    assert [variant.name_zh for variant in result.bases] == ["基期改为2024年"]


# ── methods and windows ──────────────────────────────────────────────────────────────────


def test_a_level_is_tried_with_every_other_method_and_window_but_no_base_year():
    result = judge_level(LEVELS, 110.0)
    names = [variant.name_zh for variant in result.methods]
    assert result.bases == ()
    assert set(names) == METHOD_NAMES | {"只用最近8年", "剔除2020、2022年"}
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("aim", "probability"), [(1.0, 1.0), (1e6, 0.0)])
def test_a_verdict_beyond_doubt_survives_everything(aim, probability):
    result = judge_level(LEVELS, aim)
    assert result.probability == probability
    assert {variant.probability for variant in result.methods} == {probability}
    assert len(result.methods) > 5
    assert result.spread == (probability, probability)
    assert result.flips == ()


def test_a_target_between_two_methods_is_met_by_one_and_not_by_the_other():
    history = series(LEVELS)
    medians = {
        method: project(history, end_year=2027, n_draws=1000, method=method).median()[2027]
        for method in METHODS
    }
    ours = medians.pop("combined")
    furthest = max(medians, key=lambda method: abs(medians[method] - ours))
    result = judge_level(LEVELS, (medians[furthest] + ours) / 2)
    assert f"方法：{METHODS[furthest]}" in [flip.name_zh for flip in result.flips]
    low, high = result.spread
    assert low <= result.probability <= high
    assert {low, high} <= {result.probability, *(one.probability for one in result.methods)}


def test_a_short_history_has_no_window_to_leave_out_but_unusual_years():
    values = {year: LEVELS[year] for year in range(2018, 2026)}
    names = {variant.name_zh for variant in judge_level(values, 110.0).methods}
    assert names == METHOD_NAMES | {"剔除2020、2022年"}


def test_an_unusual_last_year_stays_because_the_projection_starts_there():
    values = {year - 3: value for year, value in LEVELS.items()}  # ends in 2022
    names = {variant.name_zh for variant in judge_level(values, 110.0).methods}
    assert "剔除2020年" in names


def test_a_window_that_leans_on_its_kind_is_named_and_not_counted():
    values = {year: LEVELS[year] for year in range(2020, 2026)}  # four years are left
    result = judge_level(values, 110.0)
    assert {variant.name_zh for variant in result.methods} == METHOD_NAMES
    assert reasons_zh(result.notes) == "剔除2020、2022年：历史过短（4个数据点），不给出概率"


def test_counts_have_one_method_only():
    counts = {year: float(value // 9) for year, value in LEVELS.items()}
    names = {variant.name_zh for variant in judge_level(counts, 10.0, kind="count").methods}
    assert names == {"只用最近8年", "剔除2020、2022年"}


def test_the_month_based_projection_is_held_against_the_annual_one_too():
    history = series(LEVELS)
    first = project(history, end_year=2035, n_draws=1000, seed=3)
    monthly = type(first)(
        first.years, first.draws * 1.1, history, "月度", Rung.MONTHLY, True, (), first.calibration
    )
    others = other_projections(history, "level", monthly, 2027, seed=3)
    result = robustness(
        target(110.0), level_of(history), others, projection=monthly, base_year=2023
    )
    share = float(np.mean(first.draws[:, first.years.index(2027)] >= 110.0))
    assert result.probability > share
    annual = [v for v in result.methods if v.name_zh == f"方法：{METHODS['combined']}"]
    assert [variant.probability for variant in annual] == [share]
    assert result.notes == (Reason.YEARLY_ONLY.given(),)


def test_other_draws_keep_the_order_of_the_rows_they_stand_in_for():
    history = series(LEVELS)
    first = project(history, end_year=2035, n_draws=500, seed=3)
    shuffled = type(first)(
        first.years, first.draws[::-1].copy(), history, first.method, "full", True
    )
    seen = []

    def path_of(one, base_year):
        seen.append(np.argsort(np.argsort(one.draws[:, 1])))
        return level_path(history, one, base_year)

    others = other_projections(history, "level", shuffled, 2027, seed=3)
    robustness(target(110.0), path_of, others, projection=shuffled, base_year=2023)
    assert len(seen) > 5
    assert all((ranks == seen[0]).all() for ranks in seen)


def test_a_computed_indicator_is_put_together_from_parts_by_the_same_method():
    drawn = {"output": [[20.0], [30.0]], "land": [[2.0], [3.0]]}
    baseline = {name: projection(*rows) for name, rows in drawn.items()}
    again = {
        "output": [
            ("drift", "漂移", projection([24.0], [36.0])),
            ("usual", "时段", baseline["land"]),
        ],
        "land": [("drift", "漂移", projection([4.0], [9.0]))],
    }
    declared = indicators(
        indicator("output"), indicator("land"), indicator("density", "ratio", "output", "land")
    )
    found = list(by_parts("density", drawn, declared, baseline, lambda part: iter(again[part])))
    assert [(key, name) for key, name, _ in found] == [("drift", "漂移"), ("usual", "时段")]
    # 24/4 and 36/9; then output alone by the other window: 2/2 and 3/3
    assert [way["density"].draws.tolist() for *_, way in found] == [[[6.0], [4.0]], [[1.0], [1.0]]]
    assert set(found[1][2]) == {"output", "density"}


def test_without_a_probability_there_is_nothing_to_test():
    values = series({2025: 1.0})
    result = robustness(
        target(), level_of(values), (), projection=nothing({2025: 1.0}), base_year=2023
    )
    assert result == Robustness(None, (), (), (NO_DATA,))
    assert (result.flips, result.spread) == ((), None)


def test_a_comparison_that_falls_back_on_the_same_common_year_has_no_other_base():
    ours = series({2022: 90.0, 2023: 95.0, 2024: 97.0, 2025: 100.0})
    drawn = projection([110.0, 121.0], [104.0, 101.0], history=ours.to_dict())
    city = series({2018: 50.0, 2025: 50.0})
    flat = projection([50.0, 50.0], [50.0, 50.0], history=city.to_dict())
    result = robustness(
        target(None, measure="relative_growth", operator="faster", margin=0.05, unit="1"),
        lambda one, base_year: relative_growth_since((ours, one), (city, flat), base_year),
        (),
        projection=drawn,
        base_year=2023,
        is_computed=True,
    )
    assert result.probability == 0.5  # 10 % and 0.5 % a year against a lead of 5 %
    assert result.bases == ()
