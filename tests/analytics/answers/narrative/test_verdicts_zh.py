"""Sentences about verdicts, word for word."""

from dataclasses import replace

import pytest

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.catalog.load import load_catalog
from analytics.domain import Prospect, Reason, RowStatus, Standing
from analytics.model.judgement.assessment import Assessment, Observed
from analytics.model.judgement.due_outlook import DueOutlook
from analytics.model.judgement.effort import Needed, Recent
from analytics.model.judgement.joint import Joint, Outlook
from analytics.model.judgement.ordering import counts, most_urgent
from analytics.model.judgement.robustness import Robustness, Variant
from analytics.model.projection.history import Latest
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
TERRITORIAL = "gross_output_territorial_2027"  # ＞3000亿元
PROJECTS = "large_projects_2027"  # ≥200个, cumulative
GROWTH = "enterprise_output_growth_2027"  # 7%左右, CAGR
SHARE = "strategic_emerging_share_2027"  # ≥30%
PARKS = "municipal_speciality_parks_2027"  # 1—2个, an aspiration
RD = "rd_intensity_2027"  # as a ratio to the city
SCALE = "scale_2035"  # 显著快于全市
GREEN = "green_capacity_coverage_2027"  # 显著提升
LISTED = "listed_firms_2027"  # 力争, stock of firms


def _judged(target: str, standing: Standing = Standing.BEHIND, **fields) -> Assessment:
    return Assessment(CATALOG.targets[target], standing, **fields)


def _latest(value: float, year: int = 2025) -> Observed:
    return Observed(value, year, RowStatus.ILLUSTRATIVE)


def _likely(probability: float) -> DueOutlook:
    return DueOutlook(probability=probability, mc_error=0.01)


def _indicator(item: Assessment):
    return CATALOG.indicators[item.target.indicator]


def _bound(confidence: str = "medium") -> Latest:
    return Latest(2024, 3000.0, RowStatus.REPORTED, lower_bound=True, confidence=confidence)


# ── figures ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "value", "text"),
    [
        (TERRITORIAL, 3088.04, "3,088.0亿元"),
        (PROJECTS, 84.0, "84个"),
        (GROWTH, 0.0311, "3.1%"),
        (SHARE, 0.28501, "28.5%"),
        (RD, 0.876, "0.88"),  # district ÷ city, no unit
        (SCALE, 0.0123, "+1.2%"),
        (SCALE, -0.0123, "−1.2%"),
        (SHARE, None, "—"),
    ],
)
def test_a_value_is_written_in_the_measure_of_its_target(target, value, text):
    item = _judged(target)
    assert verdicts_zh.measured(item, value, _indicator(item)) == text


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (TERRITORIAL, "＞3000亿元"),
        (PROJECTS, "≥200个"),
        (GROWTH, "7%左右"),
        (PARKS, "1—2个"),
        (RD, "达到全市平均"),
        (SCALE, "显著快于全市"),
        (GREEN, "显著提升"),
    ],
)
def test_a_target_is_written_as_the_plan_words_it(target, text):
    assert verdicts_zh.target_zh(_judged(target)) == text


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (TERRITORIAL, "突破3000亿元"),
        (PROJECTS, "达到200个"),
        (GROWTH, "达到7%左右"),
        (PARKS, "达到1—2个"),
        (RD, "达到全市平均水平"),
        (SCALE, "显著快于全市"),
        (GREEN, "显著提升"),
        ("low_efficiency_land_2027", "超过5000亩"),
        ("drone_output_2027", "达到百亿级规模"),
    ],
)
def test_a_sentence_says_the_goal_in_the_plans_words(target, text):
    assert verdicts_zh.goal_zh(CATALOG.targets[target]) == text


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (TERRITORIAL, "2027年规模以上工业在地产值突破3000亿元"),
        (GROWTH, "2024—2027年规模以上工业企业产值年均增长率达到7%左右"),
        (
            "park_land_tax_growth_2027",
            "2024—2027年工业园区单位土地税收年均增长率（方案第三部分）达到10%左右",
        ),
        ("clusters_over_50bn_2025", "2025年500亿级产业集群数达到2个"),
    ],
)
def test_a_growth_target_is_named_by_its_rate_and_years(target, text):
    assert verdicts_zh.aim_zh(CATALOG.targets[target]) == text


def test_no_two_targets_of_a_document_share_a_name_and_a_year():
    named = [verdicts_zh.aim_zh(x).split("达到")[0] for x in CATALOG.targets.values()]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(
    ("year", "note"), [(2024, "2024年，演示"), (2025, "2024—2025年年均，演示")]
)
def test_an_average_growth_belongs_to_the_years_since_its_base(year, note):
    item = _judged(GROWTH, observed=_latest(0.0311, year))
    assert verdicts_zh.latest_parts(item, _indicator(item)) == ("3.1%", note)


def test_words_declared_for_a_goal_are_the_plans_and_hold_its_number():
    for target in CATALOG.targets.values():
        if target.goal_zh and target.stated_value and not target.digits_absent_because:
            assert f"{target.stated_value:g}" in target.goal_zh or target.stated_unit == "比值"
        verb = target.goal_zh[:2]
        said = (target.clause.wording, *(again.clause.wording for again in target.restated))
        assert not verb or verb == "达到" or any(verb in one for one in said)


def test_less_than_one_a_year_is_said_as_the_whole_that_is_left():
    item = _judged(PROJECTS, gap=1.0, needed=Needed(step=0.5))
    assert verdicts_zh.effort(item, _indicator(item)) == "今后还需新增1个"


def test_the_latest_figure_stands_with_its_year_and_nature():
    item = _judged(SHARE, observed=_latest(0.285))
    assert verdicts_zh.joined(verdicts_zh.latest_parts(item, _indicator(item))) == (
        "28.5%（2025年，演示）"
    )


@pytest.mark.parametrize(
    ("confidence", "note"),
    [("medium", "2024年，转引下限"), ("low", "2024年，转引下限，低可信度")],
)
def test_a_bound_is_shown_as_a_bound_even_beside_an_older_value(confidence, note):
    item = _judged(TERRITORIAL, observed=_latest(2900.0, 2023), bound=_bound(confidence))
    assert verdicts_zh.latest_parts(item, _indicator(item)) == ("＞3,000.0亿元", note)


def test_without_a_figure_there_is_a_dash_and_no_bracket():
    item = _judged(SHARE, Standing.NO_DATA)
    assert verdicts_zh.joined(verdicts_zh.latest_parts(item, _indicator(item))) == "—"
    assert verdicts_zh.joined(verdicts_zh.outlook_parts(item, _indicator(item))) == "—"
    assert verdicts_zh.pace_zh(item, _indicator(item)) == "—"
    assert verdicts_zh.probability_zh(item) == "—"


def test_the_outlook_is_the_median_with_its_interval():
    item = _judged(SHARE, due=DueOutlook(median=0.3016, interval_80=(0.284, 0.319)))
    assert verdicts_zh.joined(verdicts_zh.outlook_parts(item, _indicator(item))) == (
        "30.2%（28.4%—31.9%）"
    )


def test_the_yardstick_is_what_was_due_by_now():
    item = _judged(PROJECTS, expected_now=100.0)
    assert verdicts_zh.pace_zh(item, _indicator(item)) == "应达100个"


@pytest.mark.parametrize(
    ("probability", "error", "text"),
    [
        (0.438, 0.0078, "44%"),
        (0.01, 0.0016, "1%"),
        (0.0099, 0.0016, "＜1%"),
        (0.0, 0.0, "＜1%"),  # of 4000 draws none: not impossible
        (0.99, 0.0016, "99%"),
        (1.0, 0.0, "＞99%"),
    ],
)
def test_a_probability_is_rounded_and_never_nought_or_all(probability, error, text):
    item = _judged(SHARE, due=DueOutlook(probability=probability, mc_error=error))
    assert verdicts_zh.probability_zh(item) == text


# ── what is still needed ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "gap", "needed", "recent", "sentence"),
    [
        (
            PROJECTS,
            116.0,
            Needed(0.199, step=58.0),
            Recent(step=40.0),
            "今后每年还需新增58个，近五年平均每年40个",
        ),
        (LISTED, 16.0, Needed(0.07, step=8.0), Recent(), "今后每年还需新增8家"),
        (TERRITORIAL, 212.0, Needed(0.0345, step=106.0), Recent(), "今后需年均增长3.5%"),
        (
            TERRITORIAL,
            212.0,
            Needed(-0.02),
            Recent(-0.013),
            "今后年均下降不超过2.0%即可达到，近五年实际年均下降1.3%",
        ),
        (
            TERRITORIAL,  # a history of five values has four years of growth
            212.0,
            Needed(0.0345),
            Recent(0.07, growth_years=4),
            "今后需年均增长3.5%，近四年实际年均增长7.0%",
        ),
        (
            PROJECTS,
            116.0,
            Needed(step=58.0),
            Recent(step=40.0, step_years=2),
            "今后每年还需新增58个，近两年平均每年40个",
        ),
        (
            TERRITORIAL,
            -88.0,
            Needed(-0.0144),
            Recent(),
            "已达目标水平，今后年均增速不低于−1.4%即可保持",
        ),
        (GROWTH, -0.01, Needed(0.055), Recent(), "今后需年均增长5.5%"),
        (PROJECTS, -3.0, Needed(), Recent(), "目标已达到"),
        (SCALE, 0.01, Needed(), Recent(), "今后所需增速无法计算"),
        (TERRITORIAL, None, Needed(), Recent(), "今后所需增速无法计算"),
    ],
)
def test_the_effort_still_needed_is_said_in_the_targets_own_terms(
    target, gap, needed, recent, sentence
):
    item = _judged(target, gap=gap, needed=needed, recent=recent)
    assert verdicts_zh.effort(item, _indicator(item)) == sentence


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (TERRITORIAL, "“突破、超过”按严格大于判定"),
        (PROJECTS, "“以上、不少于、达到”含本数"),
        (GROWTH, "“左右”按不低于目标值的95%判定（容差为本项目假定）"),
        (PARKS, "区间目标达到下限即为实现"),
        (GREEN, "方案未给数值，按趋势方向与显著性判断"),
        (SCALE, "“显著快于”按年均增速高出全市+1.0个百分点以上判定（幅度为本项目假定）"),
    ],
)
def test_how_the_wording_is_read_is_stated(target, words):
    assert verdicts_zh.reading(_judged(target)) == words


# ── summing up ───────────────────────────────────────────────────────────────────────────


def test_targets_are_counted_by_outlook_none_left_out():
    items = [_judged(SHARE, due=_likely(0.5)), _judged(GROWTH), _judged(PROJECTS, Standing.MET)]
    found = counts(items)
    assert list(found) == list(Prospect)
    assert [found[one] for one in (Prospect.DONE, Prospect.EVEN, Prospect.OPEN)] == [1, 1, 1]
    assert sum(found.values()) == 3


def test_the_conclusion_counts_every_target_once_and_names_the_most_urgent():
    items = [
        _judged(PARKS, Standing.MET, observed=_latest(1.0)),
        _judged(SHARE, Standing.AHEAD, observed=_latest(0.285), due=_likely(0.70)),
        _judged(GREEN, Standing.UNDETERMINED),
        _judged(
            TERRITORIAL,
            observed=_latest(2900.0),
            due=_likely(0.25),
            gap=100.0,
            needed=Needed(0.0171),
            recent=Recent(0.012),
        ),
    ]
    assert verdicts_zh.conclusion(items, CATALOG.indicators) == (
        "4项目标中，1项已完成，1项前景好，1项前景弱，1项数据不足或前景不明。"
        "最需关注：规模以上工业在地产值：目标突破3000亿元，最新2,900.0亿元（2025年，演示），"
        "2027年达成不太可能（25%）；今后需年均增长1.7%，近五年实际年均增长1.2%。"
    )


def test_where_nothing_is_at_risk_the_conclusion_ends_after_the_count():
    items = [_judged(SHARE, Standing.NO_DATA), _judged(GROWTH, Standing.NO_DATA)]
    assert verdicts_zh.conclusion(items, CATALOG.indicators) == (
        "2项目标中，2项数据不足或前景不明。"
    )


def test_commitments_come_before_aspirations_and_the_least_likely_first():
    items = [
        _judged(LISTED, due=_likely(0.05)),  # 力争
        _judged(SHARE, due=_likely(0.40)),
        _judged(TERRITORIAL, due=_likely(0.20)),
        _judged(PROJECTS, due=_likely(0.66)),  # likely enough
        _judged(GROWTH, Standing.EARLY, due=_likely(0.10)),  # there, and unlikely to stay
        _judged(GREEN),  # no probability
    ]
    urgent = [item.target.id for item in most_urgent(items, 5)]
    assert urgent == [GROWTH, TERRITORIAL, SHARE, LISTED]
    assert len(most_urgent(items, 1)) == 1


@pytest.mark.parametrize("bench", ["demo_bench", "published_bench"])
def test_every_target_of_both_releases_is_put_into_words(bench, request):
    items = request.getfixturevalue(bench).view({}).verdicts().values()
    for item in items:
        indicator = _indicator(item)
        texts = [
            verdicts_zh.joined(verdicts_zh.latest_parts(item, indicator)),
            verdicts_zh.joined(verdicts_zh.outlook_parts(item, indicator)),
            verdicts_zh.target_zh(item),
            verdicts_zh.pace_zh(item, indicator),
            verdicts_zh.probability_zh(item),
            verdicts_zh.effort(item, indicator),
            verdicts_zh.reading(item),
            text_zh.reasons_zh(item.reasons),
        ]
        assert not any(word in text for text in texts for word in ("None", "nan", "inf", "（）"))
    assert verdicts_zh.conclusion(items, CATALOG.indicators).startswith("41项目标中，")


# ── robustness ───────────────────────────────────────────────────────────────────────────

STEADY, TURNED = Variant("方法：末值外推", 0.63, True), Variant("只用最近8年", 0.19, False)
BASE_2022, BASE_2024 = Variant("基期改为2022年", 0.98, True), Variant("基期改为2024年", 0.01, False)


def test_odds_are_a_round_word_with_their_range_over_methods_not_over_base_years():
    found = Robustness(0.44, (BASE_2022, BASE_2024), (STEADY, TURNED), ())
    assert verdicts_zh.odds_zh(found) == "约四成（换方法19%—63%）"
    assert verdicts_zh.robustness_zh(found) == (
        "换方法和时段2种，1种结论不变；改变结论的：只用最近8年（19%）"
    )


def test_a_base_year_that_turns_the_verdict_is_said_first():
    found = Robustness(0.99, (BASE_2022, BASE_2024), (), ())
    assert verdicts_zh.base_zh(found) == (
        "基期改为2024年，结论翻转（达成概率99%→1%）；基期改为2022年，结论不变（达成概率99%→98%）"
    )


@pytest.mark.parametrize(
    ("given", "moved", "text"),
    [
        ((0.19, 0.634), False, "换方法19%—63%"),
        ((0.19, 0.634), True, "基准换方法19%—63%"),
        ((0.191, 0.194), False, "换方法不变"),
        (None, True, ""),
    ],
)
def test_a_range_over_methods_is_said_to_be_the_baselines_where_a_lever_is_moved(
    given, moved, text
):
    item = _judged(SHARE, due=_likely(0.44), method_range=given)
    assert verdicts_zh.method_range_zh(item, moved=moved) == text
    assert verdicts_zh.method_range_zh(replace(item, due=DueOutlook()), moved=moved) == ""


@pytest.mark.parametrize(
    ("share", "word"),
    [(0.004, "不足一成"), (0.06, "约一成"), (0.44, "约四成"), (0.46, "约五成"), (0.97, "九成以上")],
)
def test_odds_are_rounded_to_tenths(share, word):
    assert text_zh.round_odds(share) == word


def test_where_nothing_was_tried_the_reason_is_given():
    why = (Reason.LINKED.given(),)
    assert verdicts_zh.odds_zh(Robustness(0.44, (), (), why)) == "约四成"
    assert verdicts_zh.robustness_zh(Robustness(0.44, (), (), why)) == text_zh.reasons_zh(why)
    assert verdicts_zh.odds_zh(Robustness(None, (), (), why)) == ""


# ── 参照推算 ─────────────────────────────────────────────────────────────────────────────


def test_what_rests_on_its_kind_is_marked_wherever_it_is_said():
    due = DueOutlook(median=3100.0, interval_80=(2900.0, 3300.0), probability=0.55)
    own = _judged(TERRITORIAL, observed=_latest(2900.0), due=due)
    leaning = replace(own, is_reference=True)
    indicator = _indicator(own)
    ways = (
        lambda item: verdicts_zh.joined(verdicts_zh.outlook_parts(item, indicator)),
        verdicts_zh.probability_zh,
        verdicts_zh.headline,
        lambda item: verdicts_zh.attention(item, indicator),
        lambda item: verdicts_zh.conclusion([item], CATALOG.indicators, worst=False),
    )
    for say in ways:
        assert "参照推算" in say(leaning)
        assert "参照推算" not in say(own)
    assert verdicts_zh.probability_zh(leaning) == "55%（参照推算）"


def test_without_odds_there_is_nothing_to_mark():
    bare = _judged(TERRITORIAL, is_reference=True)
    assert verdicts_zh.probability_zh(bare) == text_zh.DASH


def _together(n: int, probability: float) -> Outlook:
    joint = Joint(probability, 0.01, 0.0, 0.0, 1.0, n, 4000)
    return Outlook(joint, 2.6, (0.99, 0.95, 0.64)[:n], ("",) * n, ())


def test_how_likely_several_targets_are_met_is_said_once():
    assert verdicts_zh.outlook_zh(_together(3, 0.64)) == (
        "有概率的3项未到期目标：预计达成2.6项，全部达成可能性各半（64%）；至少2项达成的概率95%"
    )


def test_of_a_single_target_nothing_is_said_together():
    assert verdicts_zh.outlook_zh(_together(1, 0.02)) == ""
