"""The illustrative series: tied to what is published, consistent, and always the same."""

import csv
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.catalog.load import load_catalog
from analytics.data.releases.release import open_release
from analytics.data.sources import illustrative_paths
from analytics.data.sources.illustrative import (
    NOTE,
    DemoError,
    illustrate,
    load_demo_plan,
    required_indicators,
    yearly_values,
)
from tests.support.release_fixtures import ROOT

CATALOG = load_catalog(ROOT)
PLAN = load_demo_plan(ROOT / "data/catalog/demo.toml")
YEARLY = yearly_values(PLAN, CATALOG)
ROWS = pd.DataFrame(illustrate(PLAN, CATALOG))
MONTHLY = [
    "gross_output_territorial",
    "gross_output_registered",
    "industrial_fixed_investment",
]


@pytest.fixture(scope="module")
def observations(release_root) -> pd.DataFrame:
    _, folder = open_release(release_root, "demo")
    return pd.read_parquet(folder / "observations.parquet")


def rows_of(indicator: str, kind: str) -> pd.DataFrame:
    return ROWS[(ROWS["indicator_id"] == indicator) & (ROWS["period_kind"] == kind)]


# ── anchors ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("anchor", PLAN.anchors, ids=lambda anchor: anchor.id)
def test_each_declared_anchor_is_a_published_row(anchor):
    file, line = anchor.origin.split(":")
    with (ROOT / "data/source" / file).open(encoding="utf-8", newline="") as handle:
        row = list(csv.DictReader(handle))[int(line) - 2]
    factor = 0.01 if row["unit"] == "%" else 1
    assert float(row["value"]) * factor == pytest.approx(anchor.value, rel=1e-12)


def test_the_four_clusters_made_1045_in_2020_which_was_77_percent_of_registered_output():
    assert YEARLY["four_clusters_output"][2020] == 1045
    share = YEARLY["four_clusters_output"][2020] / YEARLY["gross_output_registered"][2020]
    assert share == pytest.approx(0.77, abs=5e-6)  # 1045 ÷ 0.77 = 1357.14


def test_the_four_clusters_grew_by_10_4_percent_a_year_from_67_7_percent_in_2015():
    clusters, registered = YEARLY["four_clusters_output"], YEARLY["gross_output_registered"]
    assert (clusters[2020] / clusters[2015]) ** (1 / 5) - 1 == pytest.approx(0.104, abs=5e-4)
    assert clusters[2015] / registered[2015] == pytest.approx(0.77 - 0.093, abs=5e-4)


def test_january_to_july_2021_makes_1323_6():
    cumulative = rows_of("gross_output_territorial", "cumulative")
    july = cumulative[cumulative["period_end"] == date(2021, 7, 31)]
    assert july["value"].tolist() == [1323.6]


def test_territorial_output_of_2024_respects_the_published_bound():
    assert YEARLY["gross_output_territorial"][2024] > 3000


def test_high_tech_firms_grew_by_39_5_percent_and_srdi_firms_by_375_3_percent_from_2020_to_2025():
    firms = YEARLY["high_tech_firms"]
    assert firms[2025] / firms[2020] - 1 == pytest.approx(0.395, abs=5e-5)
    added = sum(YEARLY["srdi_firms"][year] for year in range(2021, 2026))
    assert added / 85 == pytest.approx(3.753, abs=5e-4)  # 85 firms at the end of 2020


def test_exactly_one_cluster_reaches_50_billion_in_2023():
    assert YEARLY["clusters_over_50bn"][2023] == 1


def test_an_illustrative_value_passes_through_the_published_one_and_stays_behind_it(observations):
    rows = observations[
        (observations["indicator_id"] == "four_clusters_output") & (observations["year"] == 2020)
    ].sort_values("vintage")
    assert rows["status"].tolist() == ["reported", "illustrative"]
    assert rows["value"].tolist() == [1045.0, 1045.0]


def test_a_value_stands_before_the_bound_it_respects(observations):
    rows = observations[
        (observations["indicator_id"] == "gross_output_territorial")
        & (observations["year"] == 2024)
        & (observations["period_kind"] == "year")
    ].sort_values("vintage")
    assert rows["status"].tolist() == ["illustrative", "reported"]
    assert rows["lower_bound"].tolist() == [False, True]


# ── coverage ─────────────────────────────────────────────────────────────────────────────


def test_every_indicator_of_a_target_and_every_part_has_the_years_2015_to_2025():
    years = ROWS[ROWS["period_kind"] == "year"].groupby("indicator_id")["year"].agg(list)
    assert set(years.index) == required_indicators(CATALOG)
    assert {tuple(held) for held in years} == {tuple(range(2015, 2026))}


@pytest.mark.parametrize("indicator", MONTHLY)
def test_months_run_from_2019_to_october_2026_with_january_and_february_together(indicator):
    months = rows_of(indicator, "month")
    found = {(end.year, end.month) for end in months["period_end"]}
    full = {(year, month) for year in range(2019, 2026) for month in range(3, 13)}
    assert found == full | {(2026, month) for month in range(3, 11)}
    cumulative = rows_of(indicator, "cumulative")
    ends = {(end.year, end.month) for end in cumulative["period_end"]}
    assert ends == found | {(year, 2) for year in range(2019, 2027)}
    assert {start.month for start in cumulative["period_start"]} == {1}


@pytest.mark.parametrize("indicator", MONTHLY)
@pytest.mark.parametrize("year", range(2019, 2026))
def test_the_months_add_up_to_the_year(indicator, year):
    months = rows_of(indicator, "month")
    first = rows_of(indicator, "cumulative")
    total = months.loc[months["year"] == year, "value"].sum()
    total += first.loc[
        first["period_end"].map(lambda d: (d.year, d.month) == (year, 2)), "value"
    ].sum()
    assert total == pytest.approx(YEARLY[indicator][year], abs=1e-9)


def test_every_illustrative_row_says_what_it_is():
    assert set(ROWS["status"]) == {"illustrative"}
    assert set(ROWS["confidence"]) == {"low"}
    assert set(ROWS["note"]) == {NOTE} == {"演示数据，不作决策依据"}
    assert set(ROWS["region"]) == {"金山区"}
    assert set(ROWS["source_id"]) == {"demo_generator"}


def test_the_generator_is_listed_as_a_source(release_root):
    _, folder = open_release(release_root, "demo")
    sources = pd.read_parquet(folder / "sources.parquet").set_index("id")
    assert sources.loc["demo_generator", "title"].startswith("演示数据生成器")
    assert sources.loc["demo_generator", "rows"] == len(ROWS)


# ── accounting ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", range(2015, 2026))
def test_identities_hold_in_every_year(year):
    v = {name: values[year] for name, values in YEARLY.items()}
    clusters = [
        v["new_materials_output"],
        v["intelligent_equipment_output"],
        v["life_health_output"],
        v["information_technology_output"],
    ]
    assert v["four_clusters_output"] == pytest.approx(sum(clusters), abs=1e-9)
    assert v["clusters_over_50bn"] == sum(part >= 500 for part in clusters)
    assert v["strategic_emerging_share"] == (
        v["strategic_emerging_output"] / v["gross_output_registered"]
    )
    assert v["park_land_output"] == v["park_output"] / v["park_land"]
    assert v["park_land_tax"] == v["park_tax"] / v["park_land"]
    assert v["enterprise_output"] == v["gross_output_registered"]
    assert v["enterprise_land_output"] == v["enterprise_output"] / v["enterprise_land"]
    assert v["industrial_profit_margin"] == pytest.approx(
        (v["industrial_profit"] + v["industrial_tax"]) / v["industrial_revenue"], abs=1e-12
    )


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("gross_output_registered", "gross_output_territorial"),
        ("four_clusters_output", "gross_output_registered"),
        ("strategic_emerging_output", "gross_output_registered"),
        ("green_chemical_output", "gross_output_territorial"),
        ("park_output", "gross_output_registered"),
        ("speciality_park_output", "park_output"),
        ("biomedicine_output", "life_health_output"),
    ],
)
def test_a_part_is_never_larger_than_its_whole(part, whole):
    assert all(YEARLY[part][year] <= YEARLY[whole][year] for year in range(2015, 2026))


@pytest.mark.parametrize(
    "indicator",
    ["chain_firms", "service_manufacturers", "high_tech_firms", "headquarters", "listed_firms"],
)
def test_stocks_of_firms_are_whole_and_never_fall(indicator):
    path = [YEARLY[indicator][year] for year in range(2015, 2026)]
    assert path == sorted(path)
    assert all(value == int(value) for value in path)


def test_yearly_additions_are_whole_and_never_negative():
    additions = [
        name
        for name, item in CATALOG.indicators.items()
        if item.accumulates and name in PLAN.series
    ]
    counted = [name for name in additions if PLAN.series[name].type == "addition"]
    assert {"large_projects", "srdi_firms", "low_efficiency_land"} <= set(counted)
    for name in counted:
        assert all(value >= 0 and value == int(value) for value in YEARLY[name].values())


@pytest.mark.parametrize("indicator", ["gross_output_registered", "gross_output_territorial"])
@pytest.mark.parametrize("year", [2020, 2022])
def test_2020_and_2022_are_dips(indicator, year):
    path = YEARLY[indicator]
    assert path[year] < path[year - 1]
    assert path[year] < path[year + 1]


# ── the generator itself ─────────────────────────────────────────────────────────────────


def test_the_same_parameters_make_the_same_rows():
    pd.testing.assert_frame_equal(ROWS, pd.DataFrame(illustrate(PLAN, CATALOG)))


def test_another_seed_moves_the_years_between_anchors_and_no_anchor():
    other = yearly_values(PLAN.model_copy(update={"seed": PLAN.seed + 1}), CATALOG)
    name = "gross_output_registered"
    anchors = PLAN.series[name].anchors
    assert {year: other[name][year] for year in anchors} == anchors
    assert other[name][2018] != YEARLY[name][2018]


def test_changing_one_series_moves_no_other():
    drone = PLAN.series["drone_output"].model_copy(update={"noise": 0.5})
    other = yearly_values(
        PLAN.model_copy(update={"series": PLAN.series | {"drone_output": drone}}), CATALOG
    )
    assert {name for name in YEARLY if other[name] != YEARLY[name]} == {"drone_output"}


def test_a_series_that_is_not_declared_is_named():
    fewer = {name: item for name, item in PLAN.series.items() if name != "drone_output"}
    with pytest.raises(DemoError, match="缺少序列 drone_output"):
        yearly_values(PLAN.model_copy(update={"series": fewer}), CATALOG)


def test_a_series_that_does_not_span_all_years_is_named():
    short = PLAN.series["drone_output"].model_copy(update={"anchors": {2015: 1.2, 2024: 20.0}})
    plan = PLAN.model_copy(update={"series": PLAN.series | {"drone_output": short}})
    with pytest.raises(DemoError, match=r"series\.drone_output 的锚点须从2015年到末年"):
        yearly_values(plan, CATALOG)


@pytest.mark.parametrize("kind", ["level", "share", "addition", "stock"])
def test_every_kind_of_path_meets_its_anchors(kind):
    anchors = {2015: 0.2, 2018: 0.4, 2025: 0.7} if kind == "share" else {2015: 5, 2018: 9, 2025: 40}
    years = np.arange(2015, 2026)
    noise = illustrative_paths.bridge(np.random.default_rng(1), years, list(anchors), 0.1)
    path = {
        "level": lambda: illustrative_paths.anchored_path(
            anchors, years, noise, {2018: -0.1, 2020: -0.2}
        ),
        "share": lambda: illustrative_paths.share_path(anchors, years, noise),
        "addition": lambda: illustrative_paths.addition_path(anchors, years, noise),
        "stock": lambda: illustrative_paths.stock_path(anchors, years, noise),
    }[kind]()
    met = {int(year): path[year - 2015] for year in anchors}
    assert met == pytest.approx(anchors, rel=1e-12)
    assert np.abs(noise[1:3]).max() > 0


@given(
    st.integers(min_value=0, max_value=10**7),
    st.lists(st.floats(min_value=0.1, max_value=5), min_size=1, max_size=12),
)
def test_a_whole_number_is_split_without_a_remainder(total, weights):
    parts = illustrative_paths.split_exactly(total, np.array(weights))
    exact = total * np.array(weights) / sum(weights)
    assert parts.sum() == total
    assert (np.abs(parts - exact) < 1 + 1e-6).all()


def test_a_year_is_split_so_that_a_published_part_of_it_is_met():
    parts = illustrative_paths.split_year(1000, np.ones(11), {7: 700})
    assert parts[:6].sum() == 700  # January–February and March to July
    assert parts.sum() == 1000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ('seed = "x"', "demo.toml：“seed”有误"),
        ("seed = 1\nunknown = 1", "demo.toml：“unknown”有误"),
        ("seed = ", "demo.toml：无法读取"),
    ],
)
def test_a_mistake_in_the_parameters_is_named(tmp_path, change, message):
    text = (ROOT / "data/catalog/demo.toml").read_text(encoding="utf-8")
    path = tmp_path / "demo.toml"
    path.write_text(f"{change}\n" + text.replace("seed = 20240611\n", ""), encoding="utf-8")
    with pytest.raises(DemoError, match=message):
        load_demo_plan(path)
