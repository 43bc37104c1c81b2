"""The plan held against itself: exactly its own faults, each computed from the catalog."""

import re

import pandas as pd
import pytest

from analytics.answers.consistency import (
    BASE_YEARS,
    FindingKind,
    Plan,
    Reading,
    Switch,
    check_plan,
    summary_zh,
)
from analytics.answers.consistency.implied import rest_growth
from analytics.answers.consistency.plan import statements
from analytics.catalog.load import load_catalog
from analytics.domain import JINSHAN, Clause, Firmness, Measure, Operator
from analytics.model.projection.history import History
from tests.support.paths import ROOT
from tests.support.targets import of_measure

CATALOG = load_catalog(ROOT)
TARGETS = tuple(CATALOG.targets.values())
PLAN_TEXT = re.sub(r"\s+", "", (ROOT / "data/source/action_plan_zh.txt").read_text("utf-8"))

TAX = "conflict/park_land_tax/cagr/2027"
CLUSTERS = "conflict/clusters_over_50bn/count_over_threshold/2027"
WORDING = "wording/park_land_output/cagr/2027"
LAND = "implied-growth/enterprise_land"
REST = "rest/green_chemical_output"
STRATEGIC = "implied-amount/strategic_emerging_output"
PARKS = "share-of-total/speciality_park_output"
BASE = "unstated/base_year"
AS_IT_STANDS = {TAX, CLUSTERS, WORDING, LAND, REST, STRATEGIC, PARKS, BASE}
READINGS = [
    Reading(base_year=base, tolerance=tolerance, total=total)
    for base in BASE_YEARS
    for tolerance in (0.0, 0.05, 0.1)
    for total in ("registered", "territorial")
]


def findings(targets=TARGETS, reading=None, histories=None):
    """The findings by id."""
    plan = Plan(tuple(targets), CATALOG.indicators, reading or Reading(), histories or {})
    return {finding.id: finding for finding in check_plan(plan)}


def changed(name, **update):
    """The plan's targets with one of them altered."""
    return [_altered(t, **update) if t.id == name else t for t in TARGETS]


def _altered(target, measure=None, **update):
    again = of_measure(target, measure) if measure else target
    return again.model_copy(update=update)


def arithmetic(finding) -> str:
    return "\n".join(finding.arithmetic_zh)


def history(indicator: str, values: dict[int, float], status="official") -> History:
    rows = [(year, value, status, False, "high") for year, value in values.items()]
    columns = ["year", "value", "status", "lower_bound", "confidence"]
    annual = pd.DataFrame(rows, columns=columns).astype({"lower_bound": bool})
    monthly = pd.DataFrame({"year": [], "status": []})
    return History(CATALOG.indicators[indicator], JINSHAN, annual, monthly)


# ── the plan as it stands ────────────────────────────────────────────────────────────────


def test_the_plan_as_it_stands_has_exactly_these_eight_findings():
    assert set(findings()) == AS_IT_STANDS


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_no_reading_of_the_open_points_makes_a_finding_disappear_or_appear(reading):
    assert set(findings(reading=reading)) == AS_IT_STANDS


@pytest.mark.parametrize("bench", ["demo_bench", "published_bench"])
def test_no_release_makes_a_finding_disappear_or_appear(bench, request):
    histories = request.getfixturevalue(bench).histories[JINSHAN]
    assert set(findings(histories=histories)) == AS_IT_STANDS


def test_contradictions_come_first_and_are_counted_in_words():
    found = check_plan(Plan(TARGETS, CATALOG.indicators))
    assert [finding.kind for finding in found[:3]] == ["矛盾", "矛盾", "措辞不一"]
    assert summary_zh(found) == "2处矛盾、1处措辞不一、4处隐含值、1处未载明"


def test_a_plan_without_contradictions_says_so():
    assert summary_zh([]) == "0处矛盾"


@pytest.mark.parametrize("name", sorted(AS_IT_STANDS))
def test_every_clause_quoted_stands_in_the_plan(name):
    for clause in findings()[name].clauses:
        pieces = [re.escape(piece) for piece in clause.wording.split("…") if piece]
        assert re.search("[^。]*?".join(pieces), PLAN_TEXT)


def test_the_findings_name_the_switches_their_arithmetic_follows():
    found = findings()
    assert found[TAX].assumption == (Switch.BASE, Switch.TOLERANCE)
    assert found[CLUSTERS].assumption == (Switch.TOTAL,)
    assert found[STRATEGIC].assumption == (Switch.TOTAL,)
    assert found[BASE].assumption == (Switch.BASE,)


@pytest.mark.parametrize("name", sorted(AS_IT_STANDS))
@pytest.mark.parametrize(
    ("switch", "other"),
    [
        (Switch.BASE, Reading(base_year=2024)),
        (Switch.TOLERANCE, Reading(tolerance=0.1)),
        (Switch.TOTAL, Reading(total="territorial")),
    ],
)
def test_a_switch_changes_only_the_findings_that_name_it(name, switch, other, demo_bench):
    histories = demo_bench.histories[JINSHAN]
    before, after = (findings(reading=r, histories=histories)[name] for r in (Reading(), other))
    same = before.arithmetic_zh == after.arithmetic_zh
    same = same and before.consequence_zh == after.consequence_zh
    assert same == (switch not in before.assumption)


# ── the catalog's second statements ──────────────────────────────────────────────────────

RESTATED = [(t, again) for t in TARGETS for again in t.restated]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_every_further_section_a_target_names_is_quoted(target):
    named = set(target.clause.section.split(";")[1:])
    assert named <= {again.clause.section for again in target.restated}


@pytest.mark.parametrize(("target", "again"), RESTATED, ids=lambda x: getattr(x, "id", ""))
def test_a_second_statement_stands_in_the_plan_with_its_number_and_operator(target, again):
    assert again.clause.wording in PLAN_TEXT
    wording = again.clause.wording
    if again.stated_value is not None and not target.digits_absent_because:
        assert f"{again.stated_value:g}" in re.findall(r"\d+", wording)
    if again.operator in (Operator.APPROX, Operator.GT, Operator.GE):
        assert again.operator is _operator(wording, again.value, target)


def _operator(wording, value, target):
    if "左右" in wording:
        return Operator.APPROX
    counted = target.measure is Measure.COUNT_OVER_THRESHOLD  # 超过 belongs to the threshold
    return Operator.GT if re.search("突破|超过", wording) and not counted else Operator.GE


def test_the_clusters_named_are_those_the_count_is_made_of():
    again = CATALOG.targets["clusters_over_50bn_2027"].restated[0]
    members = CATALOG.indicators["clusters_over_50bn"].identity.of
    assert again.value == len(members) == 4
    for member in members:
        name = CATALOG.indicators[member].name_zh.removesuffix("产业集群产值")
        assert name in again.clause.wording


# ── conflicts in general ─────────────────────────────────────────────────────────────────

SRDI = CATALOG.targets["srdi_firms_2027"]


@pytest.mark.parametrize("original", TARGETS, ids=lambda target: target.id)
def test_a_duplicate_that_agrees_is_no_finding(original):
    where = Clause(section="五", wording="另一处")
    again = original.model_copy(update={"id": "again", "clause": where})
    assert set(findings([*TARGETS, again])) == AS_IT_STANDS


@pytest.mark.parametrize(
    ("update", "new", "kind"),
    [
        ({"value": 160, "stated_value": 160}, "conflict/srdi_firms/cumulative/2027", "矛盾"),
        ({"operator": Operator.GT}, "wording/srdi_firms/cumulative/2027", "措辞不一"),
        ({"operator": Operator.APPROX}, "wording/srdi_firms/cumulative/2027", "措辞不一"),
        ({"firmness": Firmness.ASPIRATION}, "wording/srdi_firms/cumulative/2027", "措辞不一"),
    ],
)
def test_a_duplicate_that_disagrees_is_a_new_finding(update, new, kind):
    where = Clause(section="五", wording="另一处")
    again = SRDI.model_copy(update={"id": "again", "clause": where, "restated": (), **update})
    found = findings([*TARGETS, again])
    assert set(found) == AS_IT_STANDS | {new}
    assert found[new].kind == kind
    assert where in found[new].clauses
    assert len(found[new].readings) == 2


def test_the_same_indicator_due_in_another_year_is_another_target():
    other = {"id": "later", "due_year": 2030, "value": 300, "stated_value": 300, "restated": ()}
    assert set(findings([*TARGETS, SRDI.model_copy(update=other)])) == AS_IT_STANDS


def test_a_disagreement_in_number_says_how_far_apart():
    again = SRDI.model_copy(update={"id": "again", "value": 160, "stated_value": 160})
    found = findings([*TARGETS, again])["conflict/srdi_firms/cumulative/2027"]
    assert "三（创新）“≥150家”、三（创新）“≥160家”：相差10家" in found.arithmetic_zh


# ── the numbers, each worked out by hand ─────────────────────────────────────────────────


def test_the_land_tax_conflict_shows_what_each_rate_comes_to():
    # 1.1^4 = 1.4641, 1.095^4 = 1.43766, 1.08^4 = 1.36049; 1.4641 / 1.36049 = 1.07616
    text = arithmetic(findings()[TAX])
    assert "三（效益）“10%左右”，2024—2027年（4年）：(1＋10%)⁴＝1.464，累计增长46.4%" in text
    assert "下限9.5%：(1＋9.5%)⁴＝1.438，累计增长43.8%" in text
    assert "四（二）1“8%”，2024—2027年（4年）：(1＋8%)⁴＝1.360，累计增长36.0%" in text
    assert "较高要求的终点比较低的高7.6%" in text
    assert "须放宽到±20%两处才相容，所选±5%不够" in text


def test_another_base_year_counts_other_years():
    # 1.1^3 = 1.331
    text = arithmetic(findings(reading=Reading(base_year=2024))[TAX])
    assert "2025—2027年（3年）：(1＋10%)³＝1.331，累计增长33.1%" in text


def test_known_levels_are_carried_to_the_due_year():
    # 5 × 1.08^4 = 6.80, 5 × 1.1^4 = 7.32
    histories = {"park_land_tax": history("park_land_tax", {2023: 5.0}, "illustrative")}
    found = findings(histories=histories)[TAX]
    assert "【演示】2023年为5.00亿元/平方公里，到2027年应达6.80或7.32亿元/平方公里" in arithmetic(
        found
    )
    assert found.illustrative
    assert not findings()[TAX].illustrative


@pytest.mark.parametrize(
    ("tolerance", "said"),
    [
        (0.05, "按所选±5%，带“左右”的一处下限低0.4个百分点；容差为0时两处等同"),
        (0.0, "所选容差为0，两处数值等同，只有措辞不同"),
    ],
)
def test_the_wording_of_land_output_matters_as_much_as_the_tolerance(tolerance, said):
    assert said in findings(reading=Reading(tolerance=tolerance))[WORDING].arithmetic_zh


def test_four_clusters_would_be_the_whole_of_the_registered_target():
    # 3 × 500 = 1500 and 4 × 500 = 2000, of 2000 and of 3000
    text = arithmetic(findings()[CLUSTERS])
    assert "3×500＝1,500亿元，为属地产值目标2,000亿元的75%" in text
    assert "4×500＝2,000亿元，为属地产值目标2,000亿元的100%" in text
    assert "2025年阶段目标2个：到3个须再增加1个，到4个须再增加2个" in text
    text = arithmetic(findings(reading=Reading(total="territorial"))[CLUSTERS])
    assert "为在地产值目标3,000亿元的67%" in text


def test_equal_growth_of_output_and_output_per_land_leaves_no_land():
    found = findings()[LAND]
    assert found.title_zh.endswith("用地面积零增长")
    text = arithmetic(found)
    # 1.0665 / 1.0735 − 1 = −0.652 %, 1.0735 / 1.0665 − 1 = 0.656 %
    assert "年均−0.65%至0.66%" in text
    assert "≥2500亩＝1.67平方公里" in text
    assert "＞5000亩＝3.33平方公里" in text
    assert "须有2,500亩退出使用，为腾退提升低效用地目标的50%" in text


def test_supply_without_clearance_slows_output_per_land():
    # 1.6667 of 30 km²: (1 + 0.055556)^(1/4) = 1.01361; 1.07 / 1.01361 = 1.05563
    histories = {"enterprise_land": history("enterprise_land", {2023: 30.0})}
    text = arithmetic(findings(histories=histories)[LAND])
    assert "用地年均增长1.4%，产值照目标增长时单位土地产出年均只增5.6%" in text
    assert "【公布】2023年用地30.0平方公里" in text


def test_output_that_outgrows_its_land_needs_more_than_is_supplied():
    # 1.09 / 1.07 = 1.018692; 30 km² × (1.018692^4 − 1) = 2.3064 km² = 3460 亩
    histories = {"enterprise_land": history("enterprise_land", {2023: 30.0})}
    targets = changed("enterprise_output_growth_2027", value=0.09, stated_value=9)
    found = findings(targets, histories=histories)[LAND]
    assert "用地面积年均增长1.87%" in found.title_zh
    assert "用地须净增3,460亩，超过新增供应2,500亩" in found.arithmetic_zh


@pytest.mark.parametrize(
    ("part", "whole", "weight", "years", "rest"),
    [
        (0.0, 0.10, 0.5, 1, 0.20),  # 1.1 = 0.5 × 1 + 0.5 × 1.2
        (0.0, 0.10, 0.5, 2, 0.1916375),  # sqrt((1.21 − 0.5) / 0.5) = sqrt(1.42)
        (0.05, 0.07, 0.4, 4, 0.0827350),  # ((1.310796 − 0.4 × 1.215506) / 0.6)^(1/4)
        (0.07, 0.07, 0.3, 4, 0.07),
    ],
)
def test_the_rest_makes_up_for_a_slower_part(part, whole, weight, years, rest):
    assert rest_growth(part, whole, weight, years) == pytest.approx(rest, abs=1e-6)


def test_without_a_published_weight_a_range_of_weights_is_tried():
    text = arithmetic(findings()[REST])
    assert "w＝20%时g＝7.5%；w＝40%时g＝8.3%；w＝60%时g＝9.8%" in text
    assert "【" not in text


def test_the_weight_of_the_release_is_used_and_marked(demo_bench):
    # 1210 / 2731.48 = 0.44298; ((1.310796 − 0.44298 × 1.215506) / 0.55702)^(1/4) = 1.08515
    found = findings(histories=demo_bench.histories[JINSHAN])[REST]
    assert "【演示】2023年权重（占在地产值）1,210亿元÷2,731.5亿元＝44.3%，g＝8.5%" in arithmetic(
        found
    )
    assert found.illustrative


def test_a_registered_reading_warns_that_the_weight_is_of_another_scope(demo_bench):
    histories = demo_bench.histories[JINSHAN]
    for total, warned in (("registered", True), ("territorial", False)):
        found = findings(reading=Reading(total=total), histories=histories)[REST]
        assert ("不得相除" in arithmetic(found)) is warned


def test_a_share_implies_an_amount_under_each_total():
    # 30 % of 2000 and of 3000
    found = findings()[STRATEGIC]
    assert "≥600亿元（属地）或≥900亿元（在地）" in found.title_zh
    assert "30%×2,000亿元＝600亿元" in arithmetic(found)
    assert "30%×3,000亿元＝900亿元" in arithmetic(found)
    assert "须不低于600亿元" in found.consequence_zh
    found = findings(reading=Reading(total="territorial"))[STRATEGIC]
    assert "须不低于900亿元" in found.consequence_zh


@pytest.mark.parametrize(
    ("total", "said"),
    # (600 / 500)^(1/2) − 1 = 9.54 %; a part counted 属地 is not led to a 在地 amount
    [("registered", "到2027年须年均增长9.5%"), ("territorial", "口径不同，不计算所需增速")],
)
def test_growth_is_led_only_to_an_amount_of_its_own_scope(total, said):
    name = "strategic_emerging_output"
    histories = {name: history(name, {2025: 500.0})}
    found = findings(reading=Reading(total=total), histories=histories)[STRATEGIC]
    assert said in arithmetic(found)


def test_the_parks_are_measured_against_both_totals():
    assert "属地产值目标的60%、在地产值目标的40%" in findings()[PARKS].title_zh


def test_the_cumulative_targets_without_a_first_year_are_listed():
    found = findings()[BASE]
    cumulative = [t for t in TARGETS if t.measure is Measure.CUMULATIVE]
    assert len(cumulative) == 14
    assert found.title_zh.startswith("14项")
    assert all(t.name_zh in found.arithmetic_zh[0] for t in cumulative)
    assert "计入2024—2027年，共4年" in arithmetic(found)
    # two parks share one sentence
    assert len(found.clauses) == 13


# ── nothing is typed: other numbers, other findings ──────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "update", "gone"),
    [
        (
            "park_land_tax_growth_2027",
            {"value": 0.08, "stated_value": 8, "operator": Operator.GE},
            TAX,
        ),
        ("clusters_over_50bn_2027", {"value": 4, "stated_value": 4}, CLUSTERS),
        ("clusters_over_50bn_2027", {"restated": ()}, CLUSTERS),
        ("park_land_output_growth_2027", {"operator": Operator.GE}, WORDING),
        ("enterprise_land_output_growth_2027", {"measure": Measure.LEVEL}, LAND),
        ("green_chemical_output_growth_2027", {"value": 0.07, "stated_value": 7}, REST),
        ("strategic_emerging_share_2027", {"measure": Measure.QUALITATIVE}, STRATEGIC),
        ("speciality_park_output_2027", {"measure": Measure.CAGR}, PARKS),
    ],
)
def test_a_plan_that_is_mended_has_one_finding_less(name, update, gone):
    assert set(findings(changed(name, **update))) == AS_IT_STANDS - {gone}


def test_the_land_tax_conflict_shrinks_to_wording_when_only_the_number_is_mended():
    found = findings(changed("park_land_tax_growth_2027", value=0.08, stated_value=8))
    assert set(found) - AS_IT_STANDS == {"wording/park_land_tax/cagr/2027"}
    assert set(AS_IT_STANDS) - set(found) == {TAX}


@pytest.mark.parametrize(
    ("name", "update", "finding", "said"),
    [
        (
            "park_land_tax_growth_2027",
            {"value": 0.12, "stated_value": 12},
            TAX,
            "(1＋12%)⁴＝1.574",  # 1.12^4 = 1.57352
        ),
        (
            "strategic_emerging_share_2027",
            {"value": 0.25, "stated_value": 25},
            STRATEGIC,
            "25%×3,000亿元＝750亿元",
        ),
        (
            "gross_output_registered_2027",
            {"value": 2400, "stated_value": 2400},
            PARKS,
            "1,200亿元÷属地产值目标2,400亿元＝50%",
        ),
        (
            "industrial_land_supply_2027",
            {"value": 3000, "stated_value": 3000},
            LAND,
            "须有3,000亩退出使用，为腾退提升低效用地目标的60%",
        ),
        (
            "green_chemical_output_growth_2027",
            {"value": 0.06, "stated_value": 6},
            REST,
            "w＝60%时g＝8.4%",  # ((1.310796 − 0.6 × 1.262477) / 0.4)^(1/4) = 1.08445
        ),
    ],
)
def test_another_number_in_the_catalog_changes_the_arithmetic(name, update, finding, said):
    assert said in arithmetic(findings(changed(name, **update))[finding])


def test_a_target_that_states_its_first_year_leaves_the_list():
    clause = Clause(section="三-创新", wording="2024—2027年累计新增专精特新企业150家")
    found = findings(changed("srdi_firms_2027", clause=clause, restated=()))[BASE]
    assert found.title_zh.startswith("13项")
    assert "专精特新企业" not in found.arithmetic_zh[0]


def test_a_plan_that_states_every_first_year_has_nothing_left_open():
    clause = Clause(section="三", wording="2024年至2027年")
    dated = [
        t.model_copy(update={"clause": clause}) if t.measure is Measure.CUMULATIVE else t
        for t in TARGETS
    ]
    assert BASE not in findings(dated)


def test_a_whole_set_below_its_own_part_cannot_bind():
    targets = changed("gross_output_registered_2027", value=3500, stated_value=3500)
    found = findings(targets)["below-part/gross_output_territorial"]
    assert found.kind is FindingKind.INCOMPATIBLE
    assert found.arithmetic_zh == ("3,000亿元＜3,500亿元，而前者包含后者",)


def test_parks_beyond_the_total_cannot_stand_beside_it():
    targets = changed("speciality_park_output_2027", value=2500, stated_value=2500)
    assert findings(targets)[PARKS].kind is FindingKind.INCOMPATIBLE


def test_a_target_stated_in_two_sections_has_a_reading_for_each():
    said = statements(CATALOG.targets["park_land_output_growth_2027"])
    assert [one.clause.section for one in said] == ["三-效益", "四(二)1"]
    assert [one.operator for one in said] == [Operator.APPROX, Operator.GE]
