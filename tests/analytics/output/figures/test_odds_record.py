"""How true the odds are: what page and file say of it is what was measured."""

import pytest

from analytics.model.projection.calibration import load_track_record
from analytics.output.figures import odds_record


def test_the_diagram_holds_every_panel_and_every_forecast():
    odds, figure = load_track_record()["odds"], odds_record.odds_figure()
    drawn = [row for row in odds if row["prior"] != odds_record.BY_FIELD]
    frame = figure.datasets["odds"]
    assert list(frame["panel"].unique()) == [odds_record.name_zh(row) for row in drawn]
    # four targets asked of each forecast
    assert frame["n"].sum() == 4 * sum(row["n_forecasts"] for row in drawn)
    assert figure.details.table["实际达到"].tolist() == frame["met"].tolist()
    assert figure.datasets["even"]["said"].tolist() == figure.datasets["even"]["met"].tolist()


def test_the_files_line_of_a_panel_holds_its_shares():
    figure = odds_record.odds_figure()
    (native,) = figure.details.native
    frame = figure.datasets["odds"]
    for line in native.lines:
        met = frame.loc[frame["panel"] == line.name, "met"].tolist()
        assert [value for value in line.values if value is not None] == met
        assert len(line.values) == len(native.categories)


def test_a_panel_judged_by_field_has_a_row_beside_the_same_panel_judged_as_one():
    rows = odds_record.odds_rows()
    counted = {row["序列"]: row["次数"] for row in rows}
    assert len(counted) == len(rows)
    for name in ("M3竞赛", "M1竞赛"):
        assert counted[f"{name}（按门类）"] == counted[name]


def test_coverage_is_told_by_kind_and_length_and_only_where_it_was_measured():
    rows = odds_record.coverage_rows()
    assert any("占比" in row["同类序列"] for row in rows)
    for row in rows:
        cells = [row[f"{points}个点"] for points in odds_record.LENGTHS]
        assert all(cell == "—" or 50 < float(cell.rstrip("%")) <= 100 for cell in cells), row
    assert not any("计数" in row["同类序列"] for row in rows)  # no public counts were at hand


def test_every_field_in_which_something_simpler_does_better_is_named():
    record, said = load_track_record(), "；".join(odds_record.where_we_lose())
    for row in record["domains"]:
        ours = row["smape"][record["ours"]]
        lost = min(row["smape"].values()) < ours
        assert (f"{odds_record.DOMAINS_ZH[row['domain']]}类序列" in said) == lost, row["domain"]


@pytest.mark.parametrize("row", load_track_record()["odds"], ids=odds_record.name_zh)
def test_odds_that_are_off_on_average_are_named(row):
    said = "；".join(odds_record.where_we_lose())
    name = odds_record.name_zh(row)
    assert (f"{name}的概率平均说得偏" in said) == (abs(row["said"] - row["met"]) > 0.05)
