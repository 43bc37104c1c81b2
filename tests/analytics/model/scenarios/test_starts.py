"""A start that a user types: part of the scenario, an assumption, and marked as one."""

import json

import pytest

from analytics.answers.narrative.verdicts_zh import latest_parts, outlook_parts
from analytics.answers.steering.goal_seek import goal_seek
from analytics.domain import RowStatus
from analytics.model.scenarios import files, links
from analytics.model.scenarios.levers import settings_from_query, settings_to_query
from analytics.model.scenarios.settings_zh import settings_of

OUTPUT, TARGET = "gross_output_registered", "gross_output_registered_2027"
START, LEVER = f"start.{OUTPUT}.2025", f"{OUTPUT}.g2027"
SHARE = "start.strategic_emerging_share.2024"
TYPED = {START: 1835.25}


# ── the line ─────────────────────────────────────────────────────────────────────────────


def test_a_start_opens_the_line_and_is_marked_wherever_it_is_shown(published_bench):
    view = published_bench.view(TYPED)
    found, indicator = view.verdict(TARGET), view.bench.catalog.indicators[OUTPUT]
    assert (found.latest_year, found.latest) == (2025, 1835.25)
    assert found.observed.status is RowStatus.ASSUMED
    assert latest_parts(found, indicator)[1] == "2025年，假设"
    assert outlook_parts(found, indicator)[1]  # an interval, or that the line is assumed
    assert RowStatus.ASSUMED in found.statuses
    assert found.median is not None
    assert view.moved


def test_what_is_not_typed_stays_as_it_was(published_bench):
    before, after = published_bench.view({}), published_bench.view(TYPED)
    assert before.verdict(TARGET).latest is None
    assert published_bench.history(OUTPUT).values.empty
    other = "signed_investment_2027"
    assert after.verdict(other).reasons == before.verdict(other).reasons


def test_levers_bend_the_line_and_can_be_solved_for(published_bench):
    pushed = published_bench.view({**TYPED, LEVER: 0.02}).verdict(TARGET)
    assert pushed.median > published_bench.view(TYPED).verdict(TARGET).median
    found = goal_seek(published_bench.started(TYPED), TYPED, TARGET, LEVER)
    assert found.reached
    met = published_bench.view({**TYPED, LEVER: found.on_step}).verdict(TARGET)
    assert met.median >= 2000


def test_where_a_value_is_held_it_stands_alone(demo_bench):
    view = demo_bench.view(TYPED)
    assert view.bench.history(OUTPUT).values[2025] == 1835.0
    assert view.verdict(TARGET).observed.status is RowStatus.ILLUSTRATIVE
    assert view.verdict(TARGET).median == demo_bench.view({}).verdict(TARGET).median


def test_several_years_may_be_typed(published_bench):
    view = published_bench.view({f"start.{OUTPUT}.{year}": 100.0 * year for year in (2024, 2023)})
    assert view.bench.history(OUTPUT).values.to_dict() == {2023: 202300.0, 2024: 202400.0}


@pytest.mark.parametrize(
    ("whole", "typed", "follows"),
    [
        # the same series under another name, and 180 ÷ 20
        ("enterprise_output", {"gross_output_registered": 1700.0}, 1700.0),
        ("park_land_output", {"park_output": 180.0, "park_land": 20.0}, 9.0),
    ],
)
def test_what_is_computed_from_typed_starts_follows_them(published_bench, whole, typed, follows):
    settings = {f"start.{name}.2023": value for name, value in typed.items()}
    history = published_bench.started(settings).history(whole)
    assert history.values.to_dict() == {2023: follows}
    assert set(history.status_by_year.values()) == {RowStatus.ASSUMED}


# ── carried by the scenario ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", [1835.3, 123456.7, 0.1])
def test_a_link_carries_a_start_to_the_digit(catalog, value):
    query = settings_to_query({START: value}, catalog.adjustables)
    assert query == {"start-gross-output-registered-2025": repr(value)}
    assert settings_from_query(query, catalog.adjustables) == ({START: value}, [])


def test_a_share_is_typed_in_percent_and_held_as_a_fraction(catalog):
    query = settings_to_query({SHARE: 0.283}, catalog.adjustables)
    assert query == {"start-strategic-emerging-share-2024": "28.3"}
    assert settings_from_query(query, catalog.adjustables) == ({SHARE: 0.283}, [])


def test_saved_scenarios_and_files_carry_it_too(catalog, published_bench):
    release = published_bench.release
    made = links.scenario_of("键入", {START: 1835.0, LEVER: 0.02}, release.id)
    assert links.unpack(links.pack(made, catalog.adjustables), catalog.adjustables, release.id) == (
        made,
        [],
    )
    text = files.to_json(made, release, published_bench.catalog)
    assert files.from_json(text, published_bench.catalog, release) == (made, [])
    (start,) = [row for row in json.loads(text)["settings"] if row["lever"] == START]
    assert (start["value"], start["unit"]) == (1835.0, "亿元")


def test_it_is_listed_as_an_assumption_with_its_value(published_bench):
    made = links.scenario_of("键入", {START: 1835.0, LEVER: 0.02})
    policy, assumed = settings_of(published_bench.catalog, made)
    assert (policy.class_zh, assumed.class_zh) == ("政策", "假设")
    assert assumed.period_zh == "2025年"
    assert "1,835" in assumed.value_zh
    assert "不是统计数" in assumed.why_zh


@pytest.mark.parametrize(
    ("text", "problem"),
    [("abc", "不是数字"), ("-5", "不在可选值内"), ("1e300", "不在可选值内")],
)
def test_a_bad_start_in_a_link_is_said(catalog, text, problem):
    _, problems = settings_from_query(
        {"start-gross-output-registered-2025": text}, catalog.adjustables
    )
    assert problem in problems[0]
