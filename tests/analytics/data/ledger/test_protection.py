"""What may not be shown, and that nobody can work it out of what is shown."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.data.ledger.aggregate import aggregate, ask
from analytics.data.ledger.attack import Relation, bounds
from analytics.data.ledger.audit import SIGNED, published, relations
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.extract import extract
from analytics.data.ledger.figures import Total
from analytics.data.ledger.protection import reason_withheld, withheld
from analytics.data.ledger.values import Value, values
from tests.support.paths import ROOT
from tests.support.small_ledger import LONG_AGO, firm, write_month

CLUSTERS = ("新材料", "智能装备", "生命健康", "信息技术")


@pytest.fixture(scope="module")
def question():
    """What the project's own catalog declares."""
    return ask(ROOT, "金山区")


def total(units: int, first: int, second: int, rest: int) -> Total:
    size = first + second + rest
    return Total("gross_output_registered", 2025, 12, size, size, units, first, second)


@pytest.mark.parametrize(
    ("case", "of", "shown"),
    [
        ("nobody", total(0, 0, 0, 0), True),
        ("two of equal size", total(2, 50, 50, 0), False),
        ("three of equal size", total(3, 100, 100, 100), True),
        ("the two largest are 85 %", total(9, 45, 40, 15), True),
        ("the two largest are 86 %", total(9, 46, 40, 14), False),
        ("all others are a tenth of the largest", total(9, 700, 60, 70), False),
        ("one has almost all", total(50, 990, 5, 5), False),
    ],
)
def test_a_sum_of_few_or_of_two_large_enterprises_is_withheld(question, case, of, shown):
    assert (reason_withheld(of, question.disclosure) == "") is shown


# ── the attack itself ────────────────────────────────────────────────────────────────────

TWO = (Relation("whole", ("left", "right")),)


def test_one_unknown_part_is_the_whole_less_the_others():
    assert bounds("left", TWO, {"whole": 10.0, "right": 4.0}) == (6.0, 6.0)


def test_two_unknown_parts_lie_between_nothing_and_the_whole():
    assert bounds("left", TWO, {"whole": 10.0}) == (0.0, 10.0)


def test_a_part_that_may_be_negative_is_not_bounded_by_the_whole():
    assert bounds("left", TWO, {"whole": 10.0}, signed=("left", "right")) == (-inf, inf)


def test_what_is_tied_to_nothing_stays_unknown():
    assert bounds("alone", TWO, {"whole": 10.0}) == (0.0, inf)


def test_a_figure_is_found_through_two_relations():
    chain = (Relation("all", ("some", "rest")), Relation("some", ("one", "other")))
    assert bounds("rest", chain, {"all": 9.0, "one": 2.0, "other": 3.0}) == (4.0, 4.0)


# ── ledgers ──────────────────────────────────────────────────────────────────────────────


def assert_attack_fails(question, found, year: int) -> None:
    """No sensitive figure is known to within the rule's p, nor any withheld one solved."""
    known = found[year, 12]
    hidden = [one.name for one in withheld(question, found) if one.year == year]
    seen = published(question, known, hidden)
    links = [one for one in relations(question) if known.keys() >= set(one.members)]
    p = question.disclosure.dominance.p
    for name, value in known.items():
        if value.total is None or value.value == 0:
            continue
        if reason_withheld(value.total, question.disclosure):
            assert name not in seen
            low, high = bounds(name, links, seen, SIGNED)
            assert low <= value.value * (1 - p) + 1e-9
            assert high >= value.value * (1 + p) - 1e-9
    for name in {name for one in links for name in one.members} & set(hidden):
        if known[name].value != 0:
            low, high = bounds(name, links, seen, SIGNED)
            assert high - low > 1e-9


def figures_of(tmp_path, rows):
    write_month(tmp_path / "in", 2025, 12, rows)
    found = aggregate(ROOT, tmp_path / "in", DuckDBEngine(tmp_path / "spill"), tmp_path / "out")
    return found, values(found)


def reasons(found) -> dict[str, str]:
    return {one.name: one.reason_zh for one in extract(found, "金山区").hidden}


def spread(per_cluster: dict[str, list[int]]) -> list[dict]:
    """Draw enterprises of some output by cluster; the empty name is none of them."""
    pairs = [(name, size) for name, sizes in per_cluster.items() for size in sizes]
    return [firm(n, size, cluster=name or None) for n, (name, size) in enumerate(pairs)]


def test_a_cluster_of_two_takes_another_cluster_with_it(question, tmp_path):
    sizes = {name: [1000 * place] * 6 for place, name in enumerate(CLUSTERS, start=2)}
    rows = spread({**sizes, "新材料": [9000, 9000], "": [5000] * 6})
    found, known = figures_of(tmp_path, rows)
    hidden = reasons(found)
    assert hidden["new_materials_output"] == "涉及企业不足3家，按披露规则不列示"
    second = {name for name, why in hidden.items() if why.startswith("可推算出")}
    assert second == {"intelligent_equipment_output"}  # the smallest of those that give it away
    assert "clusters_over_50bn" in hidden
    assert "four_clusters_output" not in hidden
    assert_attack_fails(question, known, 2025)


def test_what_is_left_outside_the_clusters_is_protected_though_it_is_no_indicator(
    question, tmp_path
):
    rows = spread({**{name: [4000] * 6 for name in CLUSTERS}, "": [7000]})
    found, known = figures_of(tmp_path, rows)
    assert "registered_outside_clusters" not in reasons(found)  # it is never shown anyway
    assert reasons(found)
    assert_attack_fails(question, known, 2025)


def test_a_share_is_withheld_with_its_part(question, tmp_path):
    since = {"emerging_since": np.datetime64("2020-01-01").astype(object)}
    rows = [firm(n, 5000, **(since if n == 0 else {})) for n in range(9)]
    found, known = figures_of(tmp_path, rows)
    hidden = reasons(found)
    assert hidden["strategic_emerging_share"] == "由不予列示的数计算，按披露规则不列示"
    assert "strategic_emerging_output" in hidden
    assert_attack_fails(question, known, 2025)


CHEMICAL, MATERIALS = {"cluster": "绿色化工"}, {"cluster": "新材料"}
SPECIALITY = {"park": "甲", "park_level": "市级特色"}
PLAIN = {"park": "乙", "park_level": "一般"}
EMERGING = {"emerging_since": LONG_AGO}
FEW, LARGE = [9000], [90_000, 80_000, 10, 10]  # under three; two that have nearly all
SENSITIVE = [  # the few or the large are so marked, six plain ones otherwise
    (FEW, CHEMICAL, {}),
    (LARGE, {}, CHEMICAL),
    (LARGE, MATERIALS, {"cluster": "智能装备"}),
    (FEW, {}, MATERIALS),
    (FEW, EMERGING, {}),
    (LARGE, {}, EMERGING),
    (LARGE, SPECIALITY, PLAIN),
    (FEW, PLAIN, SPECIALITY),
    (FEW, {"profit": -500}, {"tax": 300}),
    (LARGE, {"tax": 300}, {}),
]


def test_no_declared_sum_gives_a_part_of_it_away(question, tmp_path):
    """One December a case; together they make a part of every declared sum sensitive."""
    for year, (amounts, marked, others) in enumerate(SENSITIVE, start=2012):
        rows = [firm(n, size, **marked) for n, size in enumerate(amounts)]
        rows += [firm(n + 10, 4000, **others) for n in range(6)]
        write_month(tmp_path / "in", year, 12, rows)
    found = aggregate(ROOT, tmp_path / "in", DuckDBEngine(tmp_path / "spill"), tmp_path / "out")
    known, sensitive = values(found), set()
    for period in known:
        assert_attack_fails(question, known, period[0])
        sensitive |= {name for name, one in known[period].items() if is_sensitive(question, one)}
    sums = [set(one.members) for one in relations(question) if len(one.parts) > 1]
    assert len(sums) == 6
    assert all(members & sensitive for members in sums)


def is_sensitive(question, value: Value) -> bool:
    return bool(value.total and reason_withheld(value.total, question.disclosure))


def test_the_same_figure_under_another_name_is_withheld_too(tmp_path):
    found, _ = figures_of(tmp_path, [firm(0, 5000), firm(1, 6000)])
    hidden = reasons(found)
    assert {"gross_output_registered", "enterprise_output", "gross_output"} <= hidden.keys()


def test_a_sound_ledger_withholds_nothing(drawn_result):
    assert withheld(drawn_result.question, values(drawn_result)) == ()


def test_a_number_of_firms_is_shown_where_their_list_is_public(tmp_path):
    since = {
        name: np.datetime64("2020-01-01").astype(object)
        for name in ("listed_since", "service_since")
    }
    rows = [firm(n, 5000, **(since if n < 2 else {})) for n in range(9)]
    found, _ = figures_of(tmp_path, rows)
    hidden = reasons(found)
    assert "listed_firms" not in hidden
    assert hidden["service_manufacturers"] == "涉及企业不足3家，按披露规则不列示"


def test_every_figure_is_shown_or_named_as_withheld(tmp_path):
    found, known = figures_of(tmp_path, spread({"新材料": [5], "智能装备": [6] * 5}))
    made = extract(found, "金山区")
    shown = {row.id for row in made.rows} | {one.name for one in made.hidden}
    assert shown == known[2025, 12].keys() & set(found.question.contract.indicators)


OUTPUTS = st.lists(st.integers(1, 10_000), min_size=0, max_size=5)


@settings(max_examples=15, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys((*CLUSTERS, ""), OUTPUTS)))
def test_no_ledger_gives_a_sensitive_figure_away(sizes):
    """Any distribution of enterprises over the clusters and none of them."""
    question = ask(ROOT, "金山区")
    known = _drawn(question, sizes)
    assert_attack_fails(question, {(2025, 12): known}, 2025)


def _drawn(question, sizes: dict[str, list[int]]) -> dict[str, Value]:
    """Work out the figures of enterprises that all are registered and operate here."""
    ids = {
        "new_materials_output": sizes["新材料"],
        "intelligent_equipment_output": sizes["智能装备"],
        "life_health_output": sizes["生命健康"],
        "information_technology_output": sizes["信息技术"],
        "registered_outside_clusters": sizes[""],
        "gross_output_registered": [size for group in sizes.values() for size in group],
    }
    known = {name: _value(name, amounts) for name, amounts in ids.items()}
    clusters = [known[name] for name in list(ids)[:4]]
    summed = sum(one.value for one in clusters)
    known["four_clusters_output"] = Value("four_clusters_output", 2025, 12, summed, 0)
    return known | {
        "enterprise_output": replace(known["gross_output_registered"], name="enterprise_output"),
    }


def _value(name: str, amounts: list[int]) -> Value:
    ranked = [*sorted(amounts, reverse=True), 0, 0]
    of = Total(name, 2025, 12, sum(amounts), sum(amounts), len(amounts), ranked[0], ranked[1])
    return Value(name, 2025, 12, float(sum(amounts)), len(amounts), of)
