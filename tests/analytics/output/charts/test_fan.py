"""A chart's specification never depends on numbers; its numbers are those of the draws."""

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from analytics.domain import JINSHAN
from analytics.output.charts.fan import BANDS, fan_frame, fan_spec
from analytics.output.figures.target import target_figure
from analytics.text_zh import DEMO_MARK
from tests.support.drawn import metric, series

RNG = np.random.default_rng(20241)
PATH = metric({2024: 95.0, 2025: 100.0}, *RNG.normal(110.0, 5.0, (400, 3)))
SPEC = {"title": "产值：走势与2027年目标", "unit": "亿元"}


def _row(frame: pd.DataFrame, year: int) -> pd.Series:
    return frame.set_index("year").loc[year]


def _values(node, key: str) -> Iterator:
    """Yield every value under a key, however deep it lies."""
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == key)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _values(item, key)


# ── numbers ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_fan_shows_the_quantiles_of_the_draws(year):
    row, draws = _row(fan_frame(PATH), year), PATH.at(year)
    assert row["median"] == pytest.approx(np.median(draws))
    for width, low, high in BANDS:
        assert row[f"low{width}"] == pytest.approx(np.quantile(draws, low))
        assert row[f"high{width}"] == pytest.approx(np.quantile(draws, high))
    assert np.isnan(row["observed"])


def test_the_bands_hold_the_share_of_draws_they_are_named_for():
    assert [(width, round((high - low) * 100)) for width, low, high in BANDS] == [
        (95, 95), (80, 80), (50, 50)
    ]  # fmt: skip


def test_the_fan_is_joined_to_the_last_observed_value():
    frame = fan_frame(PATH)
    bands = [f"{side}{width}" for width, _, _ in BANDS for side in ("low", "high")]
    assert _row(frame, 2025)[["observed", "median", *bands]].tolist() == [100.0] * 8
    assert _row(frame, 2024)[["median", *bands]].isna().all()


def test_years_run_upwards_each_once():
    frame = fan_frame(
        PATH, required=series({2025: 100.0, 2027: 120.0}), target=(2027, 120.0), last_year=2027
    )
    assert frame["year"].tolist() == [2024, 2025, 2026, 2027]


def test_target_and_required_path_stand_where_they_are_due():
    frame = fan_frame(PATH, required=series({2025: 100.0, 2026: 110.0}), target=(2027, 120.0))
    assert frame.set_index("year")["target"].dropna().to_dict() == {2027: 120.0}
    assert frame.set_index("year")["required"].dropna().to_dict() == {2025: 100.0, 2026: 110.0}


def test_a_target_beyond_the_last_projected_year_gets_its_own_row():
    frame = fan_frame(PATH, target=(2035, 120.0))
    assert _row(frame, 2035)["target"] == 120.0
    assert np.isnan(_row(frame, 2035)["median"])


def test_a_bound_is_shown_in_its_year_and_is_never_an_observed_value():
    frame = fan_frame(PATH, bounds=series({2023: 80.0, 2024: 90.0}))
    assert frame.set_index("year")["bound"].dropna().to_dict() == {2023: 80.0, 2024: 90.0}
    assert np.isnan(_row(frame, 2023)["observed"])
    assert _row(frame, 2024)["observed"] == 95.0


def test_where_only_a_bound_is_known_it_is_still_drawn():
    """So it is in the published release: 在地产值突破3000亿元 (2024), and nothing else."""
    frame = fan_frame(metric({}), bounds=series({2024: 3000.0}), target=(2027, 3000.0))
    assert frame[["year", "bound", "target"]].fillna(0).values.tolist() == [
        [2024, 3000, 0], [2027, 0, 3000]
    ]  # fmt: skip


def test_nothing_known_makes_an_empty_frame():
    assert fan_frame(metric({})).empty


def test_a_history_without_projection_is_drawn_alone():
    frame = fan_frame(metric({2024: 95.0, 2025: 100.0}))
    assert frame["observed"].tolist() == [95.0, 100.0]
    assert frame.drop(columns=["year", "observed"]).isna().all(axis=None)


def test_the_baseline_is_the_median_of_the_unmoved_draws():
    moved = metric({2024: 95.0, 2025: 100.0}, [130.0, 140.0])
    frame = fan_frame(moved, baseline=PATH)
    assert _row(frame, 2026)["median"] == 130.0
    assert _row(frame, 2026)["baseline"] == pytest.approx(np.median(PATH.at(2026)))
    assert fan_frame(moved)["baseline"].isna().all()


def test_fractions_are_scaled_to_percent_in_every_column_but_the_year():
    path = metric({2025: 0.25}, [0.30])
    frame = fan_frame(
        path, bounds=series({2025: 0.2}), required=series({2026: 0.28}),
        target=(2026, 0.3), baseline=path, scale=100,
    )  # fmt: skip
    row = _row(frame, 2026)
    assert row[["median", "low95", "high50", "required", "target", "baseline"]].tolist() == (
        pytest.approx([30, 30, 30, 28, 30, 30])
    )
    assert _row(frame, 2025)[["observed", "bound"]].tolist() == pytest.approx([25, 20])


# ── specification ────────────────────────────────────────────────────────────────────────


def test_the_same_chart_has_the_same_specification_whenever_it_is_built():
    """Otherwise the browser would build the picture anew instead of updating it."""
    first = fan_spec(**SPEC, dark=False, demo=True)
    fan_spec("另一张图", "家", dark=True, demo=False)
    fan_spec.cache_clear()
    assert fan_spec(**SPEC, dark=False, demo=True) == first


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("demo", [False, True])
def test_a_specification_holds_no_data_but_a_name_for_them(dark, demo):
    spec = fan_spec(**SPEC, dark=dark, demo=demo)
    assert "datasets" not in spec
    assert list(_values(spec, "data")) == [{"name": "fan"}]
    assert list(_values(spec, "values")) == []
    assert json.loads(json.dumps(spec)) == spec


def test_every_field_of_the_specification_is_a_column_of_the_frame():
    spec = fan_spec(**SPEC, dark=False, demo=True)
    assert set(_values(spec, "field")) == {*fan_frame(PATH).columns, "series"}


@pytest.mark.parametrize("dark", [False, True])
def test_the_demo_mark_stands_inside_the_chart_iff_it_uses_demo_data(dark):
    marked, plain = (fan_spec(**SPEC, dark=dark, demo=demo) for demo in (True, False))
    assert DEMO_MARK in marked["title"]["subtitle"]
    assert DEMO_MARK not in json.dumps(plain, ensure_ascii=False)


def test_title_and_unit_are_printed_in_the_chart():
    spec = fan_spec(**SPEC, dark=False, demo=False)
    assert spec["title"]["text"] == SPEC["title"]
    assert spec["title"]["subtitle"] == "单位：亿元"


def test_light_and_dark_differ_in_colour_only():
    light, dark = (fan_spec(**SPEC, dark=dark, demo=False) for dark in (False, True))

    def without_colour(node):
        if isinstance(node, dict):
            kept = {k: v for k, v in node.items() if "olor" not in k and k not in ("name", "views")}
            return {k: without_colour(v) for k, v in kept.items()}
        return [without_colour(x) for x in node] if isinstance(node, list) else node

    assert light != dark
    assert without_colour(light) == without_colour(dark)


def test_lines_can_be_told_apart_without_colour():
    spec = fan_spec(**SPEC, dark=False, demo=False)
    dash, shape = (spec["encoding"][name]["scale"] for name in ("strokeDash", "shape"))
    assert dash["domain"] == shape["domain"] == spec["encoding"]["color"]["scale"]["domain"]
    looks = list(zip(map(tuple, dash["range"]), shape["range"], strict=True))
    assert len(set(looks)) == len(looks) == 5


def test_a_legend_names_only_what_is_shown_when_told_so():
    spec = fan_spec(**SPEC, dark=False, demo=False, shown=("历史", "目标"))
    legends = [x["values"] for x in _values(spec["encoding"], "legend")]
    assert legends == [["历史", "目标"]] * 3


def test_chinese_is_set_in_a_chinese_font():
    assert "Noto Sans SC" in fan_spec(**SPEC, dark=False, demo=False)["config"]["font"]


# ── with a real release ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "lever"),
    [
        ("gross_output_registered_2027", "gross_output_registered.g2027"),
        ("strategic_emerging_share_2027", "strategic_emerging_output.g2027"),
        ("large_projects_2027", "large_projects.f2027"),
    ],
)
def test_a_moved_lever_changes_the_frame_and_never_the_specification(demo_bench, target, lever):
    bench, step = demo_bench, demo_bench.catalog.levers[lever].maximum
    figures = []
    for settings in ({}, {lever: step}):
        view = bench.view(settings, before=bench.view({}))
        figures.append(target_figure(view, view.verdict(target)))
    before, after = figures
    assert (before.title, before.unit, before.demo) == (after.title, after.unit, after.demo)
    assert after.frame["median"].sum() > before.frame["median"].sum()
    pd.testing.assert_series_equal(after.frame["observed"], before.frame["observed"])
    pd.testing.assert_series_equal(
        after.frame["baseline"], before.frame["median"], check_names=False
    )


def test_every_target_has_a_figure_whose_numbers_are_finite_or_absent(demo_bench):
    bench, view = demo_bench, demo_bench.view({})
    assert view.projections[JINSHAN] is bench.baseline[JINSHAN]
    for target in bench.catalog.targets.values():
        figure = target_figure(view, view.verdict(target.id))
        assert not np.isinf(figure.frame.to_numpy()).any(), target.id
        assert "nan" not in figure.takeaway, target.id
        assert figure.frame["year"].is_monotonic_increasing
