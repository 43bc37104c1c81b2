"""A release put to work: stored draws, identities, shared verdicts, joint outlook."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.domain import JINSHAN, SHANGHAI, Indicator, Kind, Reason, Standing
from analytics.model.draws import kept_draws
from analytics.model.draws.baseline import HORIZON, project_all, project_history
from analytics.model.judgement.early_warning import Chance
from analytics.model.projection.history import History
from analytics.workbench import CACHE, build_workbench, kept_or_projected
from tests.support.drawn import projection
from tests.support.release_fixtures import copy_project

LEVER = "gross_output_registered.g2027"
ANNUAL = ["year", "value", "status", "lower_bound", "confidence"]


def draws_of(view, name: str, region: str = JINSHAN) -> np.ndarray:
    return view.projections[region][name].draws


def make_history(values: dict[int, float], kind: Kind = Kind.LEVEL) -> History:
    indicator = Indicator(
        id="x", name_zh="指标", name_en="x", unit="亿元", kind=kind, definition_zh="…"
    )
    rows = [(year, value, "official", False, "high") for year, value in values.items()]
    annual = pd.DataFrame(rows, columns=ANNUAL).astype({"lower_bound": bool})
    return History(indicator, JINSHAN, annual, pd.DataFrame({"year": [], "status": []}))


# ── identities on the demo release, in every draw ────────────────────────────────────────


@pytest.mark.parametrize("settings", [{}, {LEVER: 0.03}, {"strategic_emerging_output.g2027": 0.05}])
def test_linked_figures_agree_in_every_draw(demo_bench, settings):
    view = demo_bench.view(settings)
    checked = 0
    for indicator in demo_bench.catalog.indicators.values():
        link = indicator.identity
        if link is None or link.op != "ratio" or indicator.id not in view.projections[JINSHAN]:
            continue
        quotient, part, whole = (draws_of(view, name) for name in (indicator.id, *link.of))
        if not quotient.size:
            continue
        np.testing.assert_allclose(quotient * whole, part, rtol=1e-9)
        checked += 1
    assert checked >= 4


def test_territorial_output_never_falls_below_registered_output_in_any_draw(demo_bench):
    view = demo_bench.view({LEVER: 0.10, "gross_output_territorial.g2027": -0.10})
    territorial = draws_of(view, "gross_output_territorial")
    assert (territorial >= draws_of(view, "gross_output_registered")).all()


def test_shares_stay_within_one_and_counts_that_never_fell_never_fall(demo_bench):
    for indicator in demo_bench.catalog.indicators.values():
        draws = demo_bench.baseline[JINSHAN].get(indicator.id)
        if draws is None or not draws.years:
            continue
        if indicator.kind is Kind.SHARE:
            assert (draws.draws <= 1).all(), indicator.id
            assert (draws.draws >= 0).all(), indicator.id
        added = demo_bench.history(indicator.id).values.diff().dropna()
        rising = indicator.accumulates or (len(added) > 0 and (added >= 0).all())
        if indicator.kind is Kind.COUNT and indicator.identity is None and rising:
            path = draws.draws if not indicator.accumulates else np.cumsum(draws.draws, axis=1)
            assert (np.diff(path, axis=1) >= 0).all(), indicator.id


@pytest.mark.parametrize("region", [JINSHAN, SHANGHAI])
def test_every_history_holds_the_rows_of_its_own_queries(published_bench, region):
    for name, history in published_bench.histories[region].items():
        for query, held in (
            ("annual_history", history.annual),
            ("monthly_history", history.monthly),
        ):
            rows = published_bench.store.query(query, indicator_id=name, region=region)
            # a column without any text has no type of its own when it is read alone
            pd.testing.assert_frame_equal(held, rows, obj=f"{query} {name}", check_dtype=False)


# ── scenarios ────────────────────────────────────────────────────────────────────────────


def test_a_lever_lends_the_verdicts_it_cannot_touch(demo_bench):
    before = demo_bench.view({})
    after = demo_bench.view({LEVER: 0.02}, before=before)
    assert after.verdict("drone_output_2027") is before.verdict("drone_output_2027")
    changed = after.verdict("gross_output_registered_2027")
    assert changed.probability > before.verdict("gross_output_registered_2027").probability


def test_a_city_lever_moves_the_city_only(demo_bench):
    before = demo_bench.view({})
    after = demo_bench.view({"gross_output_above_scale.g2027": 0.02})
    name = "gross_output_above_scale"
    assert draws_of(after, name, SHANGHAI).mean() > draws_of(before, name, SHANGHAI).mean()
    for district in ("gross_output_territorial", "gross_output_registered"):
        assert draws_of(after, district) is draws_of(before, district)


def test_the_region_of_an_indicator_follows_its_scope(demo_bench):
    indicators = demo_bench.catalog.indicators
    assert indicators["gross_output_above_scale"].home_region == SHANGHAI
    assert indicators["gross_output_registered"].home_region == JINSHAN


# ── joint outlook ────────────────────────────────────────────────────────────────────────


def test_an_actions_joint_probability_keeps_within_the_bounds_of_frechet(demo_bench):
    view = demo_bench.view({})
    for action in demo_bench.catalog.actions:
        outlook = view.outlook(action)
        if outlook.joint:
            assert outlook.joint.lower <= outlook.joint.probability <= outlook.joint.upper


def test_the_expected_number_met_is_the_sum_of_the_probabilities(demo_bench):
    view = demo_bench.view({})
    outlook = view.outlook("upgrade_capacity")
    singles = [view.verdict(name).probability for name in outlook.included]
    assert outlook.expected == pytest.approx(sum(singles))


def test_a_milestone_already_past_is_not_counted_among_the_open_targets(demo_bench):
    outlook = demo_bench.view({}).outlook("expand_scale")
    assert "clusters_over_50bn_2025" not in outlook.included
    assert "clusters_over_50bn_2027" in outlook.included


def test_a_target_is_in_time_exactly_when_its_probability_is_at_least_one_half(demo_bench):
    view = demo_bench.view({})
    judged = 0
    for target in demo_bench.catalog.targets.values():
        verdict = view.verdict(target.id)
        if verdict.probability is None:
            continue
        in_time = view.reached(target).years_of_delay == 0
        assert in_time == (verdict.probability >= 0.5), target.id
        judged += 1
    assert judged > 30


def test_robustness_keeps_methods_and_base_years_apart(demo_bench):
    target = demo_bench.catalog.targets["signed_investment_2027"]
    found = demo_bench.robustness(target)
    assert len(found.methods) >= 5
    assert all("基期" in one.name_zh for one in found.bases)
    low, high = found.spread
    assert low <= found.probability <= high
    held = demo_bench.view({}).verdict(target.id).probability
    assert found.probability == held
    # counted from the end of 2024 a whole year of additions is missing
    assert "基期改为2024年" in [one.name_zh for one in found.flips][:2]


def test_odds_carry_their_range_over_methods_worked_out_when_the_release_was_built(demo_bench):
    fresh = replace(demo_bench, opinions={})
    for name in ("gross_output_registered_2027", "national_green_units_2027", "scale_2035"):
        target = demo_bench.catalog.targets[name]
        again = fresh.robustness(target)
        assert demo_bench.robustness(target) == again
        assert demo_bench.view({}).verdict(name).method_range == again.spread
        assert fresh.view({}).verdict(name).method_range is None
    assert set(demo_bench.opinions) == set(demo_bench.catalog.targets)


def test_a_moved_lever_leaves_the_range_over_methods_the_baselines(demo_bench):
    before, moved = (demo_bench.view(x) for x in ({}, {LEVER: 0.03}))
    for name in demo_bench.catalog.targets:
        assert moved.verdict(name).method_range == before.verdict(name).method_range


def test_another_method_put_to_work_says_what_the_robustness_line_says_of_it(demo_bench):
    target = demo_bench.catalog.targets["gross_output_registered_2027"]
    for one in demo_bench.robustness(target).methods:
        other = demo_bench.by_method(target.id, one.key)
        assert other.view({}).verdict(target.id).probability == one.probability, one.name_zh
    elsewhere = demo_bench.catalog.targets["high_tech_firms_2027"].indicator
    assert draws_of(other.view({}), elsewhere) is draws_of(demo_bench.view({}), elsewhere)
    moved = other.view({LEVER: 0.03}, other.view({})).verdict(target.id)
    assert moved.probability > one.probability
    assert other.view({}).verdict(target.id).method_range is None
    assert demo_bench.by_method(target.id, "unheard of") is demo_bench


@pytest.mark.parametrize("name", ["clusters_over_50bn_2027", "park_land_output_growth_2027"])
def test_another_method_of_a_computed_indicator_is_put_to_work_in_its_parts(demo_bench, name):
    target = demo_bench.catalog.targets[name]
    one = demo_bench.robustness(target).methods[-1]
    other = demo_bench.by_method(name, one.key)
    assert other.view({}).verdict(name).probability == one.probability
    parts = demo_bench.catalog.identities().parts_of(target.indicator)
    assert draws_of(other.view({}), parts[0]) is not draws_of(demo_bench.view({}), parts[0])


def test_all_odds_have_a_range_over_methods(demo_bench):
    judged = demo_bench.view({}).verdicts().values()
    assert [x.target.id for x in judged if x.probability is not None and not x.method_range] == []


def test_a_count_over_a_threshold_is_judged_through_its_members(demo_bench):
    target = demo_bench.catalog.targets["clusters_over_50bn_2027"]
    view = demo_bench.view({})
    found, chance = view.verdict(target.id), view.last_chance(target)
    # the third cluster has half the size two years before it is due
    assert found.standing is Standing.BEHIND
    assert found.reasons[-1].code is Reason.JUDGED_BY_MEMBER
    assert chance.chance is Chance.LOST
    assert "至多2个达到500亿元" in chance.text_zh


def test_the_progress_ratio_divides_growth_made_by_growth_needed(demo_bench):
    target = demo_bench.catalog.targets["gross_output_registered_2027"]
    values = demo_bench.history(target.indicator).values
    made = (values[2025] / values[2023]) ** (1 / 2) - 1
    needed = (2000 / values[2023]) ** (1 / 4) - 1
    found = demo_bench.view({}).progress(target)
    assert found.value == pytest.approx(made / needed)


@pytest.mark.parametrize("name", ["large_projects_2027", "rd_intensity_2027", "scale_2035"])
def test_a_total_from_nothing_or_a_moving_benchmark_has_no_progress_ratio(demo_bench, name):
    assert demo_bench.view({}).progress(demo_bench.catalog.targets[name]) is None


# ── stored draws ─────────────────────────────────────────────────────────────────────────


def test_projections_are_stored_and_read_back_to_the_digit(release_root, tmp_path, monkeypatch):
    root = tmp_path / "project"
    shutil.copytree(release_root, root, ignore=shutil.ignore_patterns(".cache"))
    first = build_workbench(root, "demo")
    assert list((root / CACHE).glob("*.npz"))
    monkeypatch.setattr("analytics.workbench.project_all", _must_not_run)
    second = build_workbench(root, "demo")
    for region, projections in first.baseline.items():
        for name, one in projections.items():
            np.testing.assert_array_equal(one.draws, second.baseline[region][name].draws)


def test_a_folder_that_cannot_be_written_only_costs_time(demo_bench, tmp_path, monkeypatch):
    copy_project(tmp_path)
    (tmp_path / CACHE.parent).write_text("not a folder")
    made = {(JINSHAN, "x"): projection([1.0])}
    monkeypatch.setattr("analytics.workbench.project_all", lambda *_: made)
    assert kept_or_projected(tmp_path, demo_bench.release, demo_bench.histories) is made


def test_damaged_draws_are_made_again_and_kept(demo_bench, tmp_path, monkeypatch):
    copy_project(tmp_path)
    made = {(JINSHAN, "x"): projection([1.0])}
    monkeypatch.setattr("analytics.workbench.project_all", lambda *_: made)
    kept_or_projected(tmp_path, demo_bench.release, demo_bench.histories)
    (file,) = (tmp_path / CACHE).iterdir()
    sound = file.read_bytes()
    file.write_bytes(sound[:-1])
    assert kept_or_projected(tmp_path, demo_bench.release, demo_bench.histories) is made
    assert file.read_bytes() == sound


def _must_not_run(*_):
    raise AssertionError("the stored projections were not used")


def test_another_catalog_or_engine_never_reads_stale_draws(tmp_path, monkeypatch):
    copy_project(tmp_path)
    before = kept_draws.storage_key("release", tmp_path)
    (tmp_path / "data/catalog/indicators.toml").write_text("changed", encoding="utf-8")
    with_catalog = kept_draws.storage_key("release", tmp_path)
    monkeypatch.setattr(kept_draws, "engine_key", lambda: "another engine")
    keys = {before, with_catalog, kept_draws.storage_key("release", tmp_path)}
    assert len(keys) == 3


def test_an_input_of_the_projections_that_was_renamed_is_an_error(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError, match=r"indicators\.toml"):
        kept_draws.storage_key("release", tmp_path)
    copy_project(tmp_path)
    monkeypatch.setattr(kept_draws, "_INPUTS", (tmp_path / "renamed.sql",))
    with pytest.raises(FileNotFoundError, match=r"renamed\.sql"):
        kept_draws.storage_key("release", tmp_path)


def test_progress_is_told_until_all_is_done():
    told = []
    histories = {JINSHAN: {"x": make_history({2021: 1.0, 2022: 2.0, 2023: 3.0})}}
    project_all(histories, told.append)
    assert told == [1.0]


# ── too little history ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("values", [{2025: 80.0}, {2024: 70.0, 2025: 80.0}])
def test_one_or_two_years_lean_on_their_kind_and_say_so(values):
    found = project_history(make_history(values))
    assert found.years == tuple(range(2026, HORIZON + 1))
    assert found.is_reference
    assert Reason.REFERENCE in {reason.code for reason in found.warnings}
    widths = np.diff(np.quantile(found.draws, [0.1, 0.9], axis=0), axis=0)[0]
    assert (np.diff(widths) > 0).all()  # the further ahead, the less is known


def test_no_history_gives_nothing_at_all():
    nothing = project_history(make_history({}))
    assert nothing.years == ()
    assert nothing.warnings == (Reason.NO_DATA.given(),)


def test_growth_of_a_number_of_firms_leaves_whole_firms_and_the_same_verdicts(demo_bench):
    settings = {"high_tech_firms.g2027": 0.013}
    view, exact = demo_bench.view(settings), demo_bench.projections(settings)
    drawn = view.projections[JINSHAN]["high_tech_firms"].draws
    np.testing.assert_array_equal(drawn, np.floor(drawn))
    loose = exact[JINSHAN]["high_tech_firms"].draws
    assert (loose != np.floor(loose)).any()
    np.testing.assert_array_equal(drawn >= 1600, loose >= 1600 - 1e-9)


def test_the_lead_over_the_city_is_reached_when_its_median_is(demo_bench):
    target = demo_bench.catalog.targets["scale_2035"]
    view = demo_bench.view({"gross_output_territorial.g2035": 0.1})
    path, found = view.full_path(target), view.reached(target)
    medians = dict(zip(path.years, np.median(path.draws, axis=0), strict=True))
    before = [year for year in path.years if year < found.median_year]
    assert all(medians[x] >= target.margin for x in path.years if x >= found.median_year)
    assert not before or medians[before[-1]] < target.margin
