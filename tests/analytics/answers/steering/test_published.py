"""What is published is fixed: no lever, stress or solver moves a month that is out."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from analytics.answers.steering.goal_seek import goal_seek
from analytics.domain import JINSHAN, Reason
from analytics.model.projection import Projection, YearSoFar
from analytics.model.scenarios.settings_zh import period_zh
from tests.support.paths import DATA

OUTPUT = "gross_output_registered"
LEVER = f"{OUTPUT}.g2027"
# Draws of 2026 and 2027 as the release of commit 32999d9 had them, its history, and the sum
# of January–October 2026; the right values were worked out from them apart (audit A1).
DRAWN = DATA / "draws_32999d9.npz"


@pytest.fixture(scope="module")
def audited(demo_bench):
    """The demo release with the audited draws of the output."""
    with np.load(DRAWN) as held:
        year, month, value = held["published"]
        known = pd.Series(held["history"], index=pd.Index(held["history_years"], name="year"))
        years = tuple(map(int, held["years"]))
        draws = held["draws"].astype("float64")
    so_far = YearSoFar(int(year), int(month), float(value))
    one = Projection(years, draws, known, "存档", "monthly", True, running=so_far)
    own = {**demo_bench.baseline[JINSHAN], OUTPUT: one, "enterprise_output": one}
    baseline = MappingProxyType({**demo_bench.baseline, JINSHAN: MappingProxyType(own)})
    return replace(demo_bench, baseline=baseline)


@pytest.mark.parametrize(("probability", "points", "within"), [(None, 0.91, 0.05), (0.8, 5.4, 0.2)])
def test_2000_asks_more_when_ten_months_are_out(audited, probability, points, within):
    # 0.54 and 3.25 points while the lever rewrote the whole of 2026
    found = goal_seek(audited, {}, f"{OUTPUT}_2027", LEVER, probability=probability)
    assert found.reached
    assert found.value * 100 == pytest.approx(points, abs=within)


def test_seven_percent_a_year_is_out_of_reach_and_says_so(audited):
    found = goal_seek(audited, {}, "enterprise_output_growth_2027", LEVER)
    assert not found.reached
    assert found.value == 0.1
    assert found.reason == Reason.BOUND_BINDS.given(bound=found.bound)


def test_no_lever_or_stress_changes_a_published_month(demo_bench):
    running = {
        name: one
        for name, one in demo_bench.baseline[JINSHAN].items()
        if one.running and one.running.value
    }
    assert OUTPUT in running
    rng = np.random.default_rng(12)
    for name in demo_bench.catalog.adjustables:
        one = demo_bench.catalog.adjustables[name]
        for value in (one.minimum, one.maximum, rng.uniform(one.minimum, one.maximum)):
            moved = demo_bench.projections({name: value})[JINSHAN]
            for series, before in running.items():
                after = moved[series]
                assert after.running == before.running
                rest, was = (x.draws[:, 0] - before.running.value for x in (after, before))
                assert (rest >= 0).all(), (name, series)
                assert np.array_equal(rest > 0, was > 0), (name, series)


def test_a_lever_is_named_by_the_months_and_years_it_acts_on(demo_bench):
    lever = demo_bench.catalog.levers[LEVER]
    assert period_zh(lever) == "2026年11月—2027年"
    assert period_zh(lever) in lever.name_zh
    assert period_zh(demo_bench.catalog.levers["signed_investment.g2027"]) == "2026—2027年"


def test_the_growth_still_required_agrees_with_the_running_year(demo_bench):
    item = demo_bench.view({}).verdict("enterprise_output_growth_2027")
    base = demo_bench.history(OUTPUT).values[2023]
    level = base * (1 + item.nowcast.value) ** 3  # 2026, three years on
    goal = base * 1.0665**4  # 7 %左右 is met from 6.65 % on
    assert item.nowcast.year == 2026
    assert level == pytest.approx(np.median(demo_bench.baseline[JINSHAN][OUTPUT].draws[:, 0]))
    assert item.needed.growth == pytest.approx(goal / level - 1)  # one year is left
    assert 0.15 < item.needed.growth < 0.18  # 10.3 % from the end of 2025
