"""The ladder: what is offered for which history, and what is said about it."""

import numpy as np
import pandas as pd
import pytest

from analytics.domain import Reason
from analytics.model.projection import (
    METHODS,
    calibration,
    models,
    project,
    quantile_paths,
    structural,
)
from analytics.text_zh import reasons_zh
from tests.support.drawn import series

GROWING = [100.0, 108.0, 113.0, 125.0, 131.0, 142.0, 150.0, 163.0]
FIRST = 2016


def history(values, first: int = FIRST) -> pd.Series:
    return series(dict(zip(range(first, first + len(values)), values, strict=True)))


def said(projection, words: str) -> bool:
    return words in reasons_zh(projection.warnings)


@pytest.mark.parametrize(
    ("points", "rung", "years_drawn", "has_probability"),
    [
        (0, "none", 0, False),
        (1, "reference", 4, True),
        (2, "reference", 4, True),
        (3, "reference", 4, True),
        (4, "reference", 4, True),
        (5, "full", 4, True),
        (8, "full", 4, True),
    ],
)
def test_the_number_of_points_decides_what_is_offered(points, rung, years_drawn, has_probability):
    known = history(GROWING[:points])
    result = project(known, end_year=FIRST + points + 3, n_draws=50)
    assert result.rung == rung
    assert len(result.years) == result.draws.shape[1] == years_drawn
    assert result.draws.shape[0] == 50
    assert result.has_probability is has_probability
    assert result.is_reference is (rung == "reference")


def test_what_cannot_be_projected_has_no_quantiles():
    result = project(history([]), end_year=2027)
    assert result.quantiles([0.1, 0.9]).empty
    assert result.median().empty


@pytest.mark.parametrize("prior", ["pooled", "real", "china_nominal", "macro"])
def test_one_point_grows_as_is_usual_for_its_kind(prior):
    usual = calibration.load_pool(prior).growth.mean
    result = project(history([100.0]), end_year=FIRST + 4, prior=prior)
    assert result.median()[FIRST + 4] == pytest.approx(100.0 * np.exp(4 * usual), rel=1e-3)
    assert result.prior == prior


@pytest.mark.parametrize("points", [1, 2, 3, 4])
def test_fewer_points_are_never_surer(points):
    fewer, more = (
        project(history(GROWING[-n:], FIRST - n), end_year=FIRST + 3, n_draws=20_000)
        for n in (points, points + 1)
    )
    wide = [np.ptp(np.log(p.quantiles([0.1, 0.9]).iloc[-1])) for p in (fewer, more)]
    assert wide[0] >= wide[1]


def test_a_single_stock_is_treated_as_a_level_and_said():
    result = project(history([12.0]), end_year=2020, kind="stock")
    assert said(result, "只有一年存量")


@pytest.mark.parametrize("kind", ["share", "count"])
def test_a_share_and_a_count_of_one_year_are_projected_too(kind):
    value = {"share": 0.3, "count": 5.0}[kind]
    result = project(history([value]), end_year=2020, kind=kind)
    assert (result.rung, result.has_probability) == ("reference", True)


def test_a_share_quotes_only_what_was_measured_on_shares():
    result = project(history([0.2, 0.22, 0.21, 0.24, 0.25, 0.27]), end_year=2027, kind="share")
    assert (result.prior, result.calibration.pool) == ("share", "share")
    assert result.calibration.n_series == 100
    assert "占比" in result.method


def test_counts_quote_no_coverage_measured_on_levels():
    assert project(history([3, 4, 6, 5, 7, 8]), end_year=2027, kind="count").calibration is None


def test_quantiles_are_taken_year_by_year_and_leave_the_draws_as_they_are():
    draws = np.array([[4.0, 30.0], [1.0, 10.0], [2.0, 50.0], [3.0, 20.0], [5.0, 40.0]])
    before = draws.copy()
    # sorted by year: 1 2 3 4 5 and 10 20 30 40 50; 0.9 lies 0.6 of the way from the 4th to the 5th
    np.testing.assert_allclose(
        quantile_paths(draws, [0.25, 0.5, 0.9]), [[2.0, 20.0], [3.0, 30.0], [4.6, 46.0]]
    )
    assert (draws == before).all()


def test_nothing_is_projected_from_nothing():
    assert project(history([]), end_year=2027).warnings == (Reason.NO_DATA.given(),)


def test_a_short_history_is_said_to_lean_on_its_kind():
    assert said(project(history(GROWING[:4]), end_year=2025), "参照推算：仅有4个数据点")
    assert not said(project(history(GROWING[:5]), end_year=2025), "参照推算")


def test_no_year_is_drawn_when_the_history_reaches_the_end():
    result = project(history(GROWING), end_year=FIRST + 7)
    assert (result.years, result.has_probability) == ((), False)
    assert said(result, "无需推算")


@pytest.mark.parametrize("kind", ["level", "flow", "ratio", "index", "count", "stock"])
def test_a_constant_history_gets_no_interval(kind):
    result = project(history([7.0] * 6), end_year=2025, kind=kind, n_draws=20)
    assert (result.draws == 7.0).all()
    assert result.warnings == (Reason.CONSTANT.given(),)
    assert not result.has_probability


def test_a_seed_reproduces_the_draws_to_the_digit():
    once, again = (project(history(GROWING), end_year=2030, seed=7) for _ in range(2))
    np.testing.assert_array_equal(once.draws, again.draws)
    other = project(history(GROWING), end_year=2030, seed=8)
    assert (once.draws != other.draws).any()


@pytest.mark.parametrize("kind", ["level", "share", "count", "stock"])
def test_a_longer_projection_begins_like_a_shorter_one(kind):
    known = history(GROWING) / (1 if kind in ("level", "count", "stock") else 400)
    near, far = (project(known, end_year=end, kind=kind, n_draws=200) for end in (2027, 2035))
    np.testing.assert_allclose(far.draws[:, : len(near.years)], near.draws, rtol=1e-12)


def test_draws_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        project(history(GROWING), end_year=2026).draws[0, 0] = 1.0


def test_the_median_of_the_draws_is_the_combined_path():
    result = project(history(GROWING), end_year=2029)
    prior = calibration.load_pool("pooled").growth
    path = models.combined(np.log(np.array([GROWING])), prior, len(result.years))[0]
    np.testing.assert_allclose(result.median(), np.exp(path), rtol=1e-3)


def test_neighbouring_years_belong_to_one_path():
    logs = np.log(project(history(GROWING), end_year=2030).draws)
    correlation = np.corrcoef(logs.T)
    assert correlation[-1, -2] > 0.8 > correlation[-1, 0] > 0.2


def test_the_calibration_names_the_coverage_measured_at_the_distance_of_a_year():
    result = project(history(GROWING), end_year=2035)
    cell = result.calibration.at(2027 - int(result.history.index[-1]))
    assert (cell.points, cell.horizon) == (8, 4)
    assert 0.75 < cell.coverage_80 < 0.87
    assert (result.calibration.pool, result.calibration.n_series) == ("pooled", 671)
    assert result.calibration.dated in result.method


def test_a_horizon_beyond_what_was_measured_is_flagged():
    assert said(project(history(GROWING), end_year=2036), "超出检验过的12年")
    assert not said(project(history(GROWING), end_year=2035), "超出检验过")


def test_a_missing_year_is_bridged_and_said():
    whole = history(GROWING)
    gap = whole.drop(2020)
    marked = whole.copy()
    marked[2020] = np.nan
    result = project(gap, end_year=2027)
    assert said(result, "2020年缺数")
    np.testing.assert_array_equal(result.draws, project(marked, end_year=2027).draws)
    assert not said(project(whole, end_year=2027), "缺数")


@pytest.mark.parametrize("kind", ["level", "share", "stock"])
@pytest.mark.parametrize(
    ("missing", "since", "words"),
    [([2021, 2022], 2023, "2021—2022"), ([2019, 2020, 2021], 2022, "2019—2021")],
)
def test_what_lies_before_a_gap_in_recent_years_is_no_yearly_step(kind, missing, since, words):
    whole = history(GROWING) / (400 if kind == "share" else 1)
    broken = whole.drop(missing)
    result = project(broken, end_year=2027, kind=kind)
    alone = project(whole[whole.index >= since], end_year=2027, kind=kind)
    np.testing.assert_array_equal(result.draws, alone.draws)
    assert result.is_reference
    assert said(result, f"近年缺{words}年的数，只用{since}年起逐年相连的数推算")
    assert len(result.history) == len(broken)  # what is published is shown all the same


@pytest.mark.parametrize("missing", [[2022], [2019, 2020]])
def test_one_missing_year_or_three_consecutive_ones_since_leave_the_older_ones_a_say(missing):
    result = project(history(GROWING).drop(missing), end_year=2027)
    assert said(result, "年缺数")
    assert not said(result, "近年缺")


def test_yearly_counts_are_rates_and_keep_the_years_before_a_gap():
    result = project(history(GROWING).drop([2021, 2022]), end_year=2027, kind="count")
    assert not said(result, "近年缺")


def test_a_bridged_gap_is_not_mistaken_for_calm_years():
    # 90 to 160 in three unseen steps; the same straight line published as data is calmer.
    gap = history([100.0, 120.0, 90.0, np.nan, np.nan, 160.0, 140.0, 190.0])
    calm = history([100.0, 120.0, 90.0, 109.0, 132.1, 160.0, 140.0, 190.0])
    bridged, seen = (project(known, end_year=2028).quantiles([0.1, 0.9]) for known in (gap, calm))
    assert (
        bridged.loc[2028, 0.9] / bridged.loc[2028, 0.1] > seen.loc[2028, 0.9] / seen.loc[2028, 0.1]
    )


@pytest.mark.parametrize("factor", [1e4, 1e-4])
def test_a_ten_thousandfold_jump_is_called_a_unit_error_and_gets_no_probability(factor):
    values = [*GROWING[:5], *(value * factor for value in GROWING[5:])]
    result = project(history(values), end_year=2027)
    assert said(result, "2021年与上一数值相差千倍以上")
    assert not result.has_probability
    assert np.isfinite(result.draws).all()


@pytest.mark.parametrize(
    ("values", "words"),
    [([0.0, 3.0, 5.0, 4.0, 8.0, 9.0], "零值"), ([-3.0, 3.0, 5.0, -4.0, 8.0, 9.0], "负值")],
)
def test_zero_and_negative_values_fall_back_to_a_named_scale(values, words):
    result = project(history(values), end_year=2025)
    assert said(result, f"历史含{words}，不能取对数，改用加法尺度")
    assert result.method.startswith("加法尺度")
    assert np.isfinite(result.draws).all()


def test_what_was_never_negative_is_not_projected_below_zero():
    assert (project(history([0.0, 3.0, 5.0, 0.0, 8.0, 1.0]), end_year=2030).draws >= 0).all()
    assert (project(history([-1.0, 3.0, 5.0, 0.0, 8.0, 1.0]), end_year=2030).draws < 0).any()


@pytest.mark.parametrize("value", [1.2, -0.1])
def test_a_share_outside_its_bounds_is_not_projected(value):
    result = project(history([0.3, 0.32, 0.31, 0.33, value]), end_year=2025, kind="share")
    assert result.rung == "none"
    assert said(result, "占比超出界限")


def test_a_share_on_its_bound_is_moved_inside_and_said():
    result = project(history([0.9, 0.95, 0.97, 0.99, 1.0]), end_year=2025, kind="share")
    assert said(result, "贴近上下限")
    assert (result.draws <= 1.0).all()


def test_bounds_of_a_share_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="下限须小于上限"):
        project(history([50.0] * 4 + [51.0]), end_year=2025, kind="share", lower=100, upper=0)


def test_a_stock_that_fell_is_treated_as_a_level():
    result = project(history([10, 12, 11, 15, 16, 18]), end_year=2025, kind="stock")
    assert said(result, "存量曾经下降")
    assert result.method.startswith("对数尺度")


def test_what_is_too_large_to_be_counted_is_treated_as_a_level():
    result = project(history([1e12, 1.1e12, 1.2e12, 1.1e12, 1.3e12]), end_year=2025, kind="count")
    assert said(result, "数值过大，不像计数")
    assert result.method.startswith("对数尺度")


@pytest.mark.parametrize("kind", ["count", "stock"])
def test_a_negative_count_is_not_projected(kind):
    result = project(history([3, 4, -1, 5, 6]), end_year=2025, kind=kind)
    assert (result.rung, said(result, "计数含负值")) == ("none", True)


@pytest.mark.parametrize("method", [m for m in METHODS if m != "combined"])
def test_a_second_opinion_names_its_method_and_moves_the_median(method):
    ours = project(history(GROWING), end_year=2027)
    other = project(history(GROWING), end_year=2027, method=method)
    assert METHODS[method] in other.method
    assert other.median()[2027] != pytest.approx(ours.median()[2027], rel=1e-4)
    assert not other.warnings


def test_a_fit_that_does_not_converge_is_replaced_and_named(monkeypatch):
    monkeypatch.setattr(structural, "_MOST_ITERATIONS", 0)
    result = project(history(GROWING), end_year=2027, method="local_trend")
    assert said(result, "局部线性趋势模型（statsmodels）未收敛")
    plain = project(history(GROWING), end_year=2027, method="drift")
    np.testing.assert_array_equal(result.draws, plain.draws)


def _broken(z, growth, n_steps):
    return np.full((len(z), n_steps), np.nan)


def test_a_member_that_returns_no_number_is_dropped_and_named(monkeypatch):
    monkeypatch.setitem(models.MEMBERS, "damped", _broken)
    result = project(history(GROWING), end_year=2027)
    assert said(result, "阻尼趋势的结果非有限数，已剔除")
    assert np.isfinite(result.draws).all()


def test_the_last_value_is_held_when_every_member_fails(monkeypatch):
    for name in list(models.MEMBERS):
        monkeypatch.setitem(models.MEMBERS, name, _broken)
    result = project(history(GROWING), end_year=2027)
    assert said(result, "改用末值外推")
    np.testing.assert_allclose(result.median(), GROWING[-1], rtol=1e-3)


def _with_index(index) -> pd.Series:
    return pd.Series([1.0, 2.0, 3.0], index=pd.Index(index))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (_with_index([2020, 2020, 2021]), "年份重复：2020"),
        (_with_index([2021, 2020, 2022]), "先后顺序"),
        (_with_index([2020.0, 2021.0, 2022.0]), "整数年份"),
        (_with_index(["2020年", "2021年", "2022年"]), "整数年份"),
        (_with_index(pd.to_datetime(["2020", "2021", "2022"])), "整数年份"),
        (history([1.0, np.inf, 3.0]), "无穷大：2017年"),
        (history([1.0, 1e308, 3.0]), "数值过大，无法准确计算：2017年"),
        (pd.Series(["1", "n/a", "3"], index=[2020, 2021, 2022]), "无法识别为数字"),
    ],
)
def test_an_unusable_history_is_refused_in_chinese(broken, words):
    with pytest.raises(ValueError, match=words):
        project(broken, end_year=2027)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"n_draws": 0}, "模拟次数"),
        ({"n_draws": 1_000_000}, "模拟次数须在1至100000之间"),
        ({"end_year": 2100}, "不得超过60年"),
        ({"kind": "colour"}, "未知的指标类型：colour"),
        ({"method": "arima"}, "未知的预测方法：arima"),
        ({"prior": "mars"}, "未知的增长先验：mars"),
    ],
)
def test_an_unreasonable_request_is_refused_in_chinese(request_, words):
    with pytest.raises(ValueError, match=words):
        project(history(GROWING), **({"end_year": 2027} | request_))


def test_the_ladder_and_its_methods_have_chinese_names():
    assert set(models.MEMBERS) | set(structural.SPECIFICATIONS) | {"combined"} == set(METHODS)
