"""A fan's numbers are those of the draws; no line bridges a missing year."""

import numpy as np
import pandas as pd
import pytest

from analytics.output.charts.fan import BANDS, fan_spec
from analytics.output.figures.fan_labels import fan_datasets
from analytics.output.figures.fan_numbers import fan_frame, is_empty, with_gaps
from tests.support.drawn import metric, series
from tests.support.specifications import values_under

RNG = np.random.default_rng(20241)
PATH = metric({2024: 95.0, 2025: 100.0}, *RNG.normal(110.0, 5.0, (400, 3)))


def _row(frame: pd.DataFrame, year: int) -> pd.Series:
    return frame.set_index("year").loc[year]


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


def test_a_missing_year_is_an_empty_row_so_that_no_line_crosses_it():
    frame = with_gaps(pd.DataFrame({"year": [2018, 2021], "observed": [1.0, 2.0]}))
    assert frame["year"].tolist() == [2018, 2019, 2020, 2021]
    assert frame["observed"].isna().tolist() == [False, True, True, False]


def test_a_target_alone_makes_no_picture_and_a_bound_does():
    alone = fan_frame(metric({}), target=(2027, 120.0))
    assert is_empty(alone)
    assert not is_empty(fan_frame(metric({}), bounds=series({2024: 80.0}), target=(2027, 120.0)))


def test_every_field_of_the_specification_is_a_column_of_the_numbers():
    spec = fan_spec("产值", "亿元", dark=False, demo=True)
    columns = {name for frame in fan_datasets(fan_frame(PATH), "亿元").values() for name in frame}
    assert set(values_under(spec, "field")) <= {*columns, "sentence"}
