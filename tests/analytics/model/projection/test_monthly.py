"""A running year seen through its months."""

import numpy as np
import pandas as pd
import pytest

from analytics.domain import Reason
from analytics.model.projection import project, project_monthly
from analytics.model.projection.months import check_months, years_to_date
from analytics.text_zh import reasons_zh
from tests.support.drawn import series

ANNUAL = {2018: 1000.0, 2019: 1080.0, 2020: 1100.0, 2021: 1230.0, 2022: 1200.0, 2023: 1300.0}
# Share of the year in January–February, March, … December; they add up to one.
SHARES = np.array([0.15, *[0.085] * 10])


def months_of(year: int, total: float, until: int = 12) -> list[tuple[int, int, int, float]]:
    """Publish 1—2月 together, then single months."""
    spans = [(1, 2), *((month, month) for month in range(3, 13))]
    return [
        (year, first, last, total * share)
        for (first, last), share in zip(spans, SHARES, strict=True)
        if last <= until
    ]


def cumulative(year: int, total: float, *until: int) -> list[tuple[int, int, int, float]]:
    return [(year, 1, m, total * SHARES[: m - 1].sum()) for m in until]


def frame(*rows: tuple[int, int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "month_from", "month_to", "value"])


def past(*months: int, years=tuple(ANNUAL)) -> list[tuple[int, int, int, float]]:
    return [row for year in years for row in cumulative(year, ANNUAL[year], *months)]


def run(*rows, end_year: int = 2027, annual=ANNUAL, **options):
    known = series(annual)
    return project_monthly(known, frame(*rows), end_year=end_year, **options)


def said(projection, words: str) -> bool:
    return words in reasons_zh(projection.warnings)


@pytest.mark.parametrize(
    "rows",
    [
        months_of(2024, 1000.0, until=4),
        cumulative(2024, 1000.0, 2, 3, 4),
        [*cumulative(2024, 1000.0, 2), (2024, 3, 4, 170.0)],
        list(reversed(months_of(2024, 1000.0, until=4))),
    ],
    ids=["1—2月 then months", "cumulative", "a span", "in any order"],
)
def test_every_way_of_publishing_months_adds_up_to_the_same_year(rows):
    known = years_to_date(check_months(frame(*rows)))[2024]
    assert known.last_month == 4
    # 15 % in January and February, 8.5 % in each of March and April
    assert known.cumulative[4] == pytest.approx(320.0)


def test_january_and_february_published_alone_add_up_too():
    known = years_to_date(frame((2024, 1, 1, 80.0), (2024, 2, 2, 70.0)))[2024]
    assert known.cumulative == {1: 80.0, 2: 150.0}


def test_months_after_a_missing_one_do_not_count():
    known = years_to_date(frame((2024, 1, 2, 150.0), (2024, 4, 4, 85.0)))[2024]
    assert known.last_month == 2


def test_the_running_year_is_its_published_part_over_the_usual_share():
    # Every past year had 74.5 % by September; 1000 by then makes 1342.3.
    result = run(*past(9), (2024, 1, 9, 1000.0))
    assert result.rung == "monthly"
    assert result.years == (2024, 2025, 2026, 2027)
    assert result.median()[2024] == pytest.approx(1000.0 / 0.745, rel=2e-3)
    assert result.has_probability
    assert "1—9月累计数" in result.method


def test_a_draw_of_the_year_is_never_below_what_was_published():
    result = run(*past(2), (2024, 1, 2, 210.0))
    assert (result.draws[:, 0] > 210.0).all()


def test_the_year_becomes_more_certain_as_its_months_come_in():
    widths = []
    for month in (2, 6, 11):
        rows = [*past(month), *cumulative(2024, 1350.0, month)]
        table = run(*rows).quantiles([0.1, 0.9]).loc[2024]
        widths.append(table[0.9] - table[0.1])
    assert widths[0] > widths[1] > widths[2] > 0


def test_unsteady_seasons_make_the_year_less_certain():
    steady = past(6)
    unsteady = [(y, a, b, v * (1.08 if y % 2 else 0.92)) for y, a, b, v in steady]
    now = cumulative(2024, 1350.0, 6)
    narrow, wide = (run(*rows, *now).quantiles([0.1, 0.9]).loc[2024] for rows in (steady, unsteady))
    assert wide[0.9] - wide[0.1] > 1.2 * (narrow[0.9] - narrow[0.1])


def test_later_years_start_from_the_running_year():
    # With eleven months known the year is all but certain, so the years after it
    # are those of the annual models with that year in the history.
    result = run(*past(11), *cumulative(2024, 1350.0, 11))
    annual = project(series(ANNUAL | {2024: 1350.0}), end_year=2027)
    np.testing.assert_allclose(result.median().loc[2025:], annual.median(), rtol=0.01)
    wide = result.quantiles([0.1, 0.9]).loc[2027]
    usual = annual.quantiles([0.1, 0.9]).loc[2027]
    assert np.log(wide[0.9] / wide[0.1]) == pytest.approx(np.log(usual[0.9] / usual[0.1]), rel=0.1)


def test_a_high_draw_of_the_year_leads_to_high_later_years():
    draws = run(*past(4), *cumulative(2024, 1350.0, 4)).draws
    assert np.corrcoef(draws[:, 0], draws[:, 1])[0, 1] > 0.3


def test_a_year_completed_by_its_months_joins_the_history():
    rows = [*past(4), *months_of(2024, 1350.0), *cumulative(2025, 1400.0, 4)]
    result = run(*rows)
    assert result.history[2024] == pytest.approx(1350.0)
    assert result.years[0] == 2025


def test_the_running_year_alone_may_be_asked_for():
    assert run(*past(9), (2024, 1, 9, 1000.0), end_year=2024).years == (2024,)


def test_a_seed_reproduces_the_draws():
    rows = [*past(6), *cumulative(2024, 1350.0, 6)]
    np.testing.assert_array_equal(run(*rows, seed=3).draws, run(*rows, seed=3).draws)


def test_a_short_history_leans_on_its_kind_with_its_months_too():
    short = {2021: 1230.0, 2022: 1200.0, 2023: 1300.0}
    rows = [*past(6, years=short), *cumulative(2024, 1350.0, 6)]
    result = run(*rows, annual=short)
    assert (result.rung, result.has_probability, result.is_reference) == ("monthly", True, True)
    assert said(result, "参照推算：仅有4个数据点")


def test_a_cumulative_figure_that_falls_is_said_and_costs_the_probability():
    rows = [*past(6), (2024, 1, 5, 700.0), (2024, 1, 6, 650.0)]
    result = run(*rows)
    assert said(result, "2024年累计数逐月回落")
    assert not result.has_probability


def test_a_past_year_whose_cumulative_figures_fall_is_no_reference():
    rows = [*past(6), (2021, 1, 3, 9000.0), *cumulative(2024, 1350.0, 6)]
    assert "往年（5年）" in run(*rows).method


def test_cumulative_figures_win_over_months_that_contradict_them():
    rows = [(2024, 1, 2, 200.0), (2024, 3, 3, 100.0), (2024, 1, 3, 350.0)]
    known = years_to_date(frame(*rows))[2024]
    assert known.cumulative[3] == 350.0
    assert known.warnings == (Reason.MONTHS_DISAGREE.given(year=2024, month=3),)


def test_months_that_contradict_the_yearly_figure_are_said():
    result = run(*past(6), *months_of(2023, 1500.0), *cumulative(2024, 1350.0, 6))
    assert said(result, "2023年各月合计与年度公布数不符")


@pytest.mark.parametrize(
    ("rows", "annual", "words"),
    [
        (cumulative(2024, 1350.0, 5), ANNUAL, "往年没有1—5月的数据"),
        (cumulative(2025, 1350.0, 5), ANNUAL, "缺少2024年全年数"),
        ([*past(5), (2024, 1, 5, 0.0)], ANNUAL, "含零或负值"),
        (cumulative(2024, 1350.0, 5), {2023: 1300.0}, "仅有1个年度数据点"),
    ],
)
def test_months_that_cannot_be_used_leave_the_annual_projection_and_a_reason(rows, annual, words):
    result = run(*rows, annual=annual)
    plain = project(series(annual), end_year=2027)
    assert said(result, words)
    np.testing.assert_array_equal(result.draws, plain.draws)


def test_without_any_months_the_annual_projection_is_returned_as_it_is():
    np.testing.assert_array_equal(run().draws, project(series(ANNUAL), end_year=2027).draws)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((2024, 0, 2, 1.0), "月份须在1至12之间"),
        ((2024, 3, 2, 1.0), "月份须在1至12之间"),
        ((2024, 1, 13, 1.0), "月份须在1至12之间"),
        ((2024, 1, 2, np.inf), "无穷大"),
    ],
)
def test_impossible_periods_are_refused_in_chinese(row, words):
    with pytest.raises(ValueError, match=words):
        run(row)


def test_a_period_published_twice_is_refused():
    with pytest.raises(ValueError, match="月度数据重复：2024年1—2月"):
        run((2024, 1, 2, 1.0), (2024, 1, 2, 2.0))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="月度数据缺少列：month_to"):
        project_monthly(series(ANNUAL), frame().drop(columns="month_to"), end_year=2027)


@pytest.mark.parametrize("kind", ["share", "stock", "index"])
def test_what_does_not_add_up_over_months_is_refused(kind):
    with pytest.raises(ValueError, match="各月可加总"):
        run(kind=kind)


def test_the_running_year_is_inside_its_interval_as_often_as_promised():
    # Years of two uneven parts whose log ratio moves by 0.08 (the prior's size):
    # of 300 simulated series, 80 % intervals should hold about 240.
    rng = np.random.default_rng(5)
    held = 0
    for seed in range(300):
        ratio = np.exp(rng.normal(0.1, 0.08, size=7))
        part = 500.0 * np.exp(np.cumsum(rng.normal(0.05, 0.05, size=7)))
        total = part * (1 + ratio)
        years = range(2018, 2024)
        rows = [(year, 1, 6, value) for year, value in zip(range(2018, 2025), part, strict=True)]
        annual = dict(zip(years, total[:6], strict=True))
        result = run(*rows, annual=annual, end_year=2024, n_draws=400, seed=seed)
        low, high = result.quantiles([0.1, 0.9]).loc[2024]
        held += low <= total[6] <= high
    assert 0.74 * 300 <= held <= 0.88 * 300
