"""Accounting links hold in every single draw."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analytics.domain import FRACTION, Kind, Reason
from analytics.model.draws import identities
from analytics.model.draws.identities import area_moved_by, derive, parts_from_shares
from tests.support.drawn import indicator, indicators, nothing, projection

MEMBERS = ("materials", "equipment", "health", "electronics")


SHARE = indicator("share", "ratio", "part", "whole", unit=FRACTION, kind=Kind.SHARE, upper=1.0)
SHARES = indicators(SHARE, indicator("part"), indicator("whole"))


# ── each operation by hand ───────────────────────────────────────────────────────────────


def test_the_part_is_the_share_of_the_whole_in_every_draw():
    baseline = {
        "share": projection([0.25, 0.30], [0.20, 0.10]),
        "whole": projection([2000.0, 2200.0], [1000.0, 500.0]),
        "part": projection([1.0, 1.0], [1.0, 1.0], history={2024: 400.0, 2025: 450.0}),
    }
    part = parts_from_shares(SHARES, baseline)["part"]
    # 0.25·2000, 0.30·2200; 0.20·1000, 0.10·500
    np.testing.assert_allclose(part.draws, [[500, 660], [200, 50]])
    assert part.history.to_dict() == {2024: 400.0, 2025: 450.0}


def test_a_share_keeps_its_own_projection_through_both_steps():
    baseline = {
        "share": projection([0.25, 0.30], [0.20, 0.10]),
        "whole": projection([2000.0, 2200.0], [1000.0, 500.0]),
    }
    linked = derive(SHARES, parts_from_shares(SHARES, baseline))
    np.testing.assert_allclose(linked["share"].draws, baseline["share"].draws, rtol=1e-12)


def test_where_the_part_of_a_share_is_a_sum_its_members_are_scaled_to_it_in_proportion():
    shared = indicators(
        indicator("share", "ratio", "part", "whole", unit=FRACTION, kind=Kind.SHARE, upper=1.0),
        indicator("part", "sum", "profit", "tax"),
        *(indicator(name) for name in ("whole", "profit", "tax")),
    )
    baseline = {
        "share": projection([0.25], [0.50]),
        "whole": projection([100.0], [100.0]),
        "profit": projection([10.0], [30.0]),
        "tax": projection([40.0], [10.0]),
    }
    found = parts_from_shares(shared, baseline)
    # the part is 25 and 50, its members sum to 50 and 40: they are halved, and raised by a quarter
    np.testing.assert_allclose(found["part"].draws, [[25.0], [50.0]])
    np.testing.assert_allclose(found["profit"].draws, [[5.0], [37.5]])
    np.testing.assert_allclose(found["tax"].draws, [[20.0], [12.5]])
    # so that the share still has its own projection once the sum is worked out again
    np.testing.assert_allclose(derive(shared, found)["share"].draws, [[0.25], [0.50]])


def test_a_ratio_that_is_no_share_leaves_its_numerator_alone():
    density = indicator("density", "ratio", "output", "land", unit="亿元/平方公里")
    baseline = {name: projection([2.0]) for name in ("density", "output", "land")}
    assert parts_from_shares(indicators(density), baseline) == baseline


def test_a_quotient_is_numerator_over_denominator():
    density = indicator("density", "ratio", "output", "land", unit="亿元/平方公里")
    found = derive(
        indicators(density),
        {
            "output": projection([1050.0, 1102.5], [990.0, 1000.0], history={2025: 1000.0}),
            "land": projection([10.0, 10.5], [9.0, 8.0], history={2025: 12.5}),
        },
    )["density"]
    np.testing.assert_allclose(found.draws, [[105, 105], [110, 125]])
    assert found.history.to_dict() == {2025: 80.0}


def test_a_sum_adds_the_parts_and_so_do_their_common_years():
    total = indicator("total", "sum", *MEMBERS)
    parts = {
        name: projection([value, 2 * value], history={2024: 1.0, 2025: value})
        for name, value in zip(MEMBERS, (400.0, 300.0, 200.0, 145.0), strict=True)
    }
    parts["health"] = projection([200.0, 400.0], history={2025: 200.0})
    found = derive(indicators(total), parts)["total"]
    # 400+300+200+145 = 1045, the four clusters' published output of 2020
    np.testing.assert_allclose(found.draws, [[1045, 2090]])
    assert found.history.to_dict() == {2025: 1045.0}


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ((499.9999, 499.9999, 0.0, 0.0), 0),
        ((500.0, 499.9999, 500.0001, 0.0), 2),
        ((500.0, 500.0, 500.0, 500.0), 4),
    ],
)
def test_a_cluster_exactly_at_the_threshold_is_counted(values, count):
    counted = indicator("big", "count_over_threshold", *MEMBERS, threshold=500, kind=Kind.COUNT)
    parts = {n: projection([v], history={2025: v}) for n, v in zip(MEMBERS, values, strict=True)}
    found = derive(indicators(counted), parts)["big"]
    assert found.draws.tolist() == [[count]]
    assert found.history.to_dict() == {2025: count}


def test_a_whole_follows_what_moves_its_part():
    links = indicators(indicator("territorial", "at_least", "registered"))
    whole, before, after = projection([300.0]), projection([200.0]), projection([220.0])
    moved = {"territorial": whole, "registered": after}
    found = derive(links, moved, {"territorial": whole, "registered": before})
    assert found["territorial"].draws.tolist() == [[320.0]]


def test_a_whole_never_falls_below_its_part_and_is_otherwise_untouched():
    links = indicators(indicator("territorial", "at_least", "registered"))
    found = derive(
        links,
        {
            "territorial": projection([2000.0, 1500.0], [900.0, 1600.0]),
            "registered": projection([1000.0, 1600.0], [1000.0, 1600.0]),
        },
    )["territorial"]
    assert found.draws.tolist() == [[2000, 1600], [1000, 1600]]


def test_a_whole_that_is_not_projected_is_not_made_up_from_its_part():
    links = indicators(indicator("territorial", "at_least", "registered"))
    assert "territorial" not in derive(links, {"registered": projection([1.0])})


def test_two_names_of_one_series_have_one_projection():
    links = indicators(indicator("enterprise", "same", "registered"))
    registered = projection([1.0, 2.0])
    found = derive(links, {"registered": registered, "enterprise": projection([9.0, 9.0])})
    assert found["enterprise"] is registered


def test_an_unknown_link_is_an_error_naming_the_indicator():
    with pytest.raises(ValueError, match=r"product.*of area"):
        derive(indicators(indicator("area", "product", "a")), {"a": projection([1.0])})


# ── edges ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("missing", ["absent", "not projected"])
def test_without_all_members_an_indicator_keeps_its_own_projection(missing):
    density = indicator("density", "ratio", "output", "land", unit="亿元/平方公里")
    own = projection([7.0])
    members = {"output": projection([70.0])}
    if missing == "not projected":
        members["land"] = nothing({2025: 10.0})
    assert derive(indicators(density), {"density": own, **members})["density"] is own
    assert "density" not in derive(indicators(density), members)


def test_a_share_without_a_projected_whole_says_nothing_about_its_part():
    own = projection([5.0])
    baseline = {"share": projection([0.5]), "whole": nothing({2025: 10.0}), "part": own}
    assert parts_from_shares(SHARES, baseline)["part"] is own


def test_a_quotient_by_nothing_is_nothing_and_never_nan():
    density = indicator("density", "ratio", "output", "land", unit="亿元/平方公里")
    members = {
        "output": projection([5.0, 0.0], history={2024: 3.0, 2025: 4.0}),
        "land": projection([0.0, 0.0], history={2024: 0.0, 2025: 2.0}),
    }
    found = derive(indicators(density), members)["density"]
    assert found.draws.tolist() == [[0.0, 0.0]]
    assert found.history.to_dict() == {2025: 2.0}


def test_a_share_never_exceeds_its_natural_bound():
    members = {"part": projection([120.0, 50.0]), "whole": projection([100.0, 100.0])}
    assert derive(SHARES, members)["share"].draws.tolist() == [[1.0, 0.5]]


def test_only_the_years_that_all_members_share_are_derived():
    members = {
        "part": projection([10.0, 20.0, 30.0], first=2026),
        "whole": projection([40.0, 60.0, 80.0], first=2027),
    }
    found = derive(SHARES, members)["share"]
    assert found.years == (2027, 2028)
    np.testing.assert_allclose(found.draws, [[20 / 40, 30 / 60]])


def test_a_derived_figure_is_no_surer_than_its_members():
    short, jump = Reason.TOO_SHORT.given(points=4), Reason.UNIT_JUMP.given(years=(2020,))
    members = {
        "part": projection([1.0], has_probability=False, warnings=(short,), method="甲"),
        "whole": projection([2.0], warnings=(short, jump), method="乙"),
    }
    found = derive(SHARES, members)["share"]
    assert found.has_probability is False
    assert found.warnings == (short, jump)
    assert "甲；乙" in found.method


def test_a_figure_derived_from_a_derived_one_names_every_method_once():
    of_derived = projection(
        [1.0], method="由构成指标逐次抽样推算（甲；乙）", derived_by=("甲", "乙")
    )
    members = {"part": of_derived, "whole": projection([2.0], method="乙")}
    found = derive(SHARES, members)["share"]
    assert found.derived_by == ("甲", "乙")
    assert found.method == "由构成指标逐次抽样推算（甲；乙）"


# ── order and reach ──────────────────────────────────────────────────────────────────────


CHAIN = indicators(
    indicator("margin", "ratio", "surplus", "revenue", unit=FRACTION),
    indicator("surplus", "sum", "profit", "tax"),
    indicator("profit"),
    indicator("tax"),
    indicator("revenue"),
    indicator("quality", "same", "margin"),
)


def test_members_are_computed_before_what_needs_them_whatever_the_order_of_the_file():
    leaves = {"profit": projection([6.0]), "tax": projection([4.0]), "revenue": projection([50.0])}
    for links in (CHAIN, dict(reversed(CHAIN.items()))):
        found = derive(links, leaves)
        assert found["quality"].draws.tolist() == [[10.0 / 50.0]]


def test_a_moved_cluster_moves_the_number_of_clusters_over_the_threshold():
    counted = indicator("big", "count_over_threshold", *MEMBERS, threshold=500, kind=Kind.COUNT)
    before = {name: projection([499.0]) for name in MEMBERS}
    after = before | {"health": projection([501.0])}
    assert derive(indicators(counted), before)["big"].draws.tolist() == [[0]]
    assert derive(indicators(counted), after)["big"].draws.tolist() == [[1]]


def test_the_given_projections_are_left_as_they_were():
    given_projections = {"part": projection([1.0]), "whole": projection([2.0])}
    derive(SHARES, given_projections)
    parts_from_shares(SHARES, given_projections | {"share": projection([0.1])})
    assert list(given_projections) == ["part", "whole"]
    assert given_projections["part"].draws.tolist() == [[1.0]]


# ── for all draws ────────────────────────────────────────────────────────────────────────

positive = hnp.arrays("float64", (6, 3), elements=st.floats(0.01, 1e6))
fractions = hnp.arrays("float64", (6, 3), elements=st.floats(0.0, 1.0))


@settings(max_examples=60, deadline=None)
@given(share=fractions, whole=positive)
def test_share_times_whole_is_part_whatever_is_drawn(share, whole):
    baseline = {"share": projection(*share), "whole": projection(*whole)}
    found = derive(SHARES, parts_from_shares(SHARES, baseline))
    draws = {name: found[name].draws for name in ("share", "whole", "part")}
    assert all(np.isfinite(values).all() for values in draws.values())
    np.testing.assert_allclose(draws["share"] * draws["whole"], draws["part"], rtol=1e-9)
    assert draws["share"].max() <= 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(positive, min_size=4, max_size=4), st.floats(0.01, 1e6))
def test_sums_quotients_and_counts_hold_whatever_is_drawn(parts, threshold):
    members = [projection(*part) for part in parts]
    whole = identities.total(members, None)
    quotient = identities.ratio(members[0], whole, None)
    count = identities.count_over_threshold(members, threshold)
    np.testing.assert_allclose(whole.draws, sum(parts), rtol=1e-9)
    np.testing.assert_allclose(quotient.draws * whole.draws, parts[0], rtol=1e-9)
    np.testing.assert_array_equal(count.draws, sum(part >= threshold for part in parts))


@settings(max_examples=60, deadline=None)
@given(larger=positive, smaller=positive)
def test_a_whole_is_at_least_its_part_whatever_is_drawn(larger, smaller):
    part = projection(*smaller)
    bounded = identities.at_least(projection(*larger), part, part).draws
    np.testing.assert_array_equal(bounded, np.maximum(larger, smaller))


def test_land_grows_by_what_supply_gains_and_shrinks_by_what_clearance_gains():
    land = projection([10.0, 10.0], [20.0, 20.0])
    supply = [
        projection([600.0, 600.0], [600.0, 600.0]),
        projection([750.0, 600.0], [600.0, 600.0]),
    ]
    clearance = [projection([0.0, 0.0], [0.0, 0.0]), projection([0.0, 0.0], [0.0, 300.0])]
    moved = area_moved_by(land, [supply[1], clearance[1]], [supply[0], clearance[0]])
    # 150 亩 more in the first year is 0.1 km² from then on; 300 亩 cleared later is 0.2 km²
    np.testing.assert_allclose(moved.draws, [[10.1, 10.1], [20.0, 19.8]])


def test_land_is_left_alone_on_the_baseline():
    land = indicators(indicator("land", "area_moved_by", "supply", "clearance"))
    start = {name: projection([1.0], [2.0]) for name in ("land", "supply", "clearance")}
    assert derive(land, start)["land"] is start["land"]
