"""What rests on what, drawn by hand.

margin = surplus ÷ revenue      surplus = profit + tax      quality = margin
output ≥ revenue                land moves with supply and clearance
"""

from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.catalog.identity_graph import IdentityGraph
from analytics.catalog.load import load_catalog
from analytics.domain import COMPUTED
from tests.support.drawn import indicator, indicators
from tests.support.paths import ROOT

DRAWN = indicators(
    indicator("quality", "same", "margin"),
    indicator("margin", "ratio", "surplus", "revenue"),
    indicator("surplus", "sum", "profit", "tax"),
    indicator("output", "at_least", "revenue"),
    indicator("land", "area_moved_by", "supply", "clearance"),
    *(indicator(name) for name in ("profit", "tax", "revenue", "supply", "clearance")),
)
CATALOG = load_catalog(ROOT)


def _order(graph: IdentityGraph) -> list[str]:
    return [whole.id for whole, _ in graph.parts_first()]


def test_wholes_come_after_the_wholes_they_are_made_of_whatever_the_order_of_the_file():
    for declared in (DRAWN, dict(reversed(DRAWN.items()))):
        order = _order(IdentityGraph(declared))
        assert order.index("surplus") < order.index("margin") < order.index("quality")
        assert sorted(order) == ["land", "margin", "output", "quality", "surplus"]


def test_each_whole_comes_with_its_own_identity():
    assert all(whole.identity is link for whole, link in IdentityGraph(DRAWN).parts_first())


def test_only_the_kinds_asked_for_count():
    assert sorted(_order(IdentityGraph(DRAWN, COMPUTED))) == ["margin", "quality", "surplus"]
    assert IdentityGraph(DRAWN, COMPUTED).leaves("output") == ("output",)


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        ("quality", ("profit", "tax", "revenue")),
        ("surplus", ("profit", "tax")),
        ("output", ("revenue",)),
        ("tax", ("tax",)),
    ],
)
def test_leaves_are_what_a_figure_is_made_of_in_the_end_in_the_order_declared(name, leaves):
    assert IdentityGraph(DRAWN).leaves(name) == leaves


def test_below_a_figure_is_all_it_is_made_of_parts_first_and_itself_last():
    below = IdentityGraph(DRAWN).below("margin")
    assert set(below) == {"margin", "surplus", "profit", "tax", "revenue"}
    assert below.index("tax") < below.index("surplus") < below.index("margin") == 4
    assert IdentityGraph(DRAWN).below("tax") == ("tax",)


def test_the_direct_parts_and_wholes_of_a_figure_are_one_step_away():
    graph = IdentityGraph(DRAWN)
    assert graph.parts_of("margin") == ("surplus", "revenue")
    assert graph.parts_of("tax") == ()
    assert graph.wholes_of({"revenue", "tax"}) == {"margin", "output", "surplus"}


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        (set(), set()),
        ({"tax"}, {"tax", "surplus", "margin", "quality"}),
        ({"revenue"}, {"revenue", "margin", "quality", "output"}),
        ({"margin"}, {"margin", "quality"}),
        ({"supply"}, {"supply", "land"}),
        ({"elsewhere"}, {"elsewhere"}),
    ],
)
def test_what_rests_on_a_change_is_found_through_every_identity(changed, moved):
    for declared in (DRAWN, dict(reversed(DRAWN.items()))):
        assert IdentityGraph(declared).resting_on(changed) == moved


def test_a_circle_is_refused_and_names_who_is_in_it():
    around = indicators(indicator("a", "same", "b"), indicator("b", "same", "a"))
    with pytest.raises(CycleError) as refused:
        IdentityGraph(around).resting_on({"a"})
    assert set(refused.value.args[1]) == {"a", "b"}


@given(st.sampled_from(sorted(CATALOG.indicators)))
def test_in_the_catalog_a_figure_rests_on_its_leaves_and_on_all_below_it(name):
    graph = CATALOG.identities()
    below = graph.below(name)
    assert set(graph.leaves(name)) == {one for one in below if not graph.parts_of(one)}
    assert all(name in graph.resting_on({one}) for one in below)
