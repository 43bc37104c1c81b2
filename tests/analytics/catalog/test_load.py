"""The catalog against the plan, its targets table, and its own rules."""

import csv
import math
import re

import pytest

from analytics.catalog.load import load_catalog
from analytics.domain import FRACTION, Firmness, LeverClass, LeverEffect, Target
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
with (ROOT / "tests/data/targets.csv").open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle))
PLAIN_COLUMNS = (
    "id action indicator name_zh measure operator unit base_year due_year note section wording_zh"
)
MARKERS = {
    "expand_scale": ("（一）扩规模", "（二）促转型"),
    "promote_transition": ("（二）促转型", "（三）强创新"),
    "strengthen_innovation": ("（三）强创新", "（四）提能级"),
    "upgrade_capacity": ("（四）提能级", "（五）重供给"),
    "boost_supply": ("（五）重供给", "五、保障措施"),
}


def _plan() -> str:
    text = (ROOT / "data/source/action_plan_zh.txt").read_text(encoding="utf-8")
    # At one page break the transcript repeats a character: 坚持绿色发|发展理念.
    return re.sub(r"\s+", "", text).replace("绿色发发展", "绿色发展")


PLAN = _plan()


def _pieces(wording: str) -> list[str]:
    return [piece for piece in wording.split("…") if piece]


def _as_row(target: Target) -> dict[str, str]:
    return {
        "id": target.id,
        "action": target.action,
        "indicator": target.indicator,
        "name_zh": target.name_zh,
        "measure": target.measure,
        "operator": target.operator,
        "unit": target.stated_unit,
        "base_year": str(target.base_year or ""),
        "due_year": str(target.due_year),
        "note": target.note_en,
        "section": target.clause.section,
        "wording_zh": target.clause.wording,
    }


def _number(text: str) -> float | None:
    return float(text) if text else None


def test_every_projected_indicator_declares_whose_usual_growth_it_is_drawn_to():
    for indicator in CATALOG.indicators.values():
        assert (indicator.prior is None) == (indicator.kind == "growth"), indicator.id


# ── against the targets table ────────────────────────────────────────────────────────────


def test_the_catalog_lists_the_41_targets_in_the_order_of_the_table():
    assert list(CATALOG.targets) == [row["id"] for row in ROWS]
    assert len(ROWS) == 41
    assert [target.order for target in CATALOG.targets.values()] == list(range(1, 42))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_target_agrees_with_the_table_in_every_column(row):
    target = CATALOG.targets[row["id"]]
    assert _as_row(target) == {column: row[column] for column in PLAIN_COLUMNS.split()}
    assert target.stated_value == _number(row["value"])
    assert target.stated_high == _number(row["value_high"])


@pytest.mark.parametrize(
    ("target", "value", "high", "unit"),
    [
        # The plan prints 7 %, 8 %, 10 %, 30 %: fractions in code.
        ("enterprise_output_growth_2027", 0.07, None, FRACTION),
        ("park_land_tax_growth_2027_action", 0.08, None, FRACTION),
        ("park_land_tax_growth_2027", 0.10, None, FRACTION),
        ("strategic_emerging_share_2027", 0.30, None, FRACTION),
        ("green_capacity_coverage_2027", None, None, FRACTION),
        ("gross_output_territorial_2027", 3000.0, None, "亿元"),
        ("municipal_speciality_parks_2027", 1.0, 2.0, "个"),
        ("rd_intensity_2027", 1.0, None, "比值"),
    ],
)
def test_percent_becomes_a_fraction_and_other_units_stay(target, value, high, unit):
    loaded = CATALOG.targets[target]
    assert (loaded.value, loaded.value_high, loaded.unit) == (value, high, unit)


# ── against the plan ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("target", CATALOG.targets.values(), ids=lambda target: target.id)
def test_the_wording_occurs_in_the_plan(target):
    pattern = "[^。]*?".join(re.escape(piece) for piece in _pieces(target.clause.wording))
    assert re.search(pattern, PLAN)


@pytest.mark.parametrize("target", CATALOG.targets.values(), ids=lambda target: target.id)
def test_the_digits_of_a_value_occur_in_its_wording_or_the_entry_says_why_not(target):
    printed = re.findall(r"\d+(?:\.\d+)?", target.clause.wording)
    numbers = [n for n in (target.stated_value, target.stated_high) if n is not None]
    absent = [n for n in numbers if f"{n:g}" not in printed]
    assert bool(absent) == bool(target.digits_absent_because)


def test_a_target_is_an_aspiration_exactly_where_the_plan_says_力争_or_争取():
    clauses = re.findall(r"[^，。；]*(?:力争|争取)[^，。；]*", PLAN)
    aspirations = [t for t in CATALOG.targets.values() if t.firmness is Firmness.ASPIRATION]
    # 力争2025年新增1个…, 争取培育…各1-2个 (two targets), 力争挂牌上市…
    assert [t.id for t in aspirations] == [
        "clusters_over_50bn_2025",
        "municipal_speciality_parks_2027",
        "district_speciality_parks_2027",
        "listed_firms_2027",
    ]
    assert {t.clause.wording for t in aspirations} == set(clauses)


@pytest.mark.parametrize("action", CATALOG.actions.values(), ids=lambda action: action.id)
def test_the_tasks_of_an_action_are_verbatim_and_carry_no_target(action):
    for task in action.tasks:
        assert task.heading in PLAN
        for sentence in task.sentences:
            assert sentence in PLAN
            assert not [t.id for t in CATALOG.targets.values() if _says(sentence, t)]


def _says(sentence: str, target: Target) -> bool:
    return all(piece in sentence for piece in _pieces(target.clause.wording))


@pytest.mark.parametrize("action", MARKERS)
def test_every_sentence_of_the_plans_part_four_is_a_task_or_states_a_target(action):
    begin, end = (PLAN.rindex(marker) for marker in MARKERS[action])
    rest = re.sub(r"^（.）.*?专项行动", "", PLAN[begin:end])
    for task in CATALOG.actions[action].tasks:
        for sentence in task.sentences:
            rest = rest.replace(sentence, "")
        rest = re.sub(rf"\d\.{task.heading}。", "", rest)
    left = [sentence for sentence in rest.split("。") if sentence]
    targets = CATALOG.targets_of(action)
    assert [s for s in left if not any(_says(s, target) for target in targets)] == []


def test_the_plan_itself_is_a_source_with_its_number_and_date():
    source = CATALOG.sources["action_plan"]
    assert "金府发〔2024〕1号" in source.title
    assert "金府发〔2024〕1号" in PLAN
    assert source.published_on.isoformat() == "2024-06-11"


# ── levers and what they move ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("target", CATALOG.targets.values(), ids=lambda target: target.id)
def test_every_target_can_be_moved_in_both_periods(target):
    spans = {(lever.first_year, lever.last_year) for lever in CATALOG.levers_of(target.indicator)}
    assert spans == {(2025, 2027), (2028, 2035)}


@pytest.mark.parametrize(
    ("indicator", "movers"),
    [
        ("gross_output_territorial", ["gross_output_territorial"]),  # at_least only bounds
        ("enterprise_output", ["gross_output_registered"]),
        ("strategic_emerging_share", ["strategic_emerging_output", "gross_output_registered"]),
        ("industrial_profit_margin", ["industrial_profit", "industrial_tax", "industrial_revenue"]),
        (
            "clusters_over_50bn",
            [
                "new_materials_output",
                "intelligent_equipment_output",
                "life_health_output",
                "information_technology_output",
            ],
        ),
    ],
)
def test_an_indicator_computed_by_an_identity_moves_with_its_components(indicator, movers):
    assert list(CATALOG.components_of(indicator)) == movers
    assert [lever.id for lever in CATALOG.levers_of(indicator)] == [
        f"{mover}.{period}" for mover in movers for period in ("g2027", "g2035")
    ]


def test_land_moves_with_its_own_lever_and_with_supply_and_clearance():
    assert list(CATALOG.components_of("enterprise_land_output")) == [
        "gross_output_registered",
        "enterprise_land",
        "industrial_land_supply",
        "low_efficiency_land",
    ]
    moved = {lever.applies_to for lever in CATALOG.levers_of("park_land_output")}
    assert moved == {"park_output", "park_land", "industrial_land_supply", "low_efficiency_land"}


@pytest.mark.parametrize(
    ("lever", "effect", "maximum", "step", "unit"),
    [
        ("gross_output_registered.g2027", LeverEffect.GROWTH_PP, 0.10, 0.001, "亿元"),
        ("drone_output.g2035", LeverEffect.GROWTH_PP, 0.20, 0.001, "亿元"),
        ("large_projects.f2027", LeverEffect.FLOW, 50, 1, "个"),  # 200 over four years
        ("low_efficiency_land.f2035", LeverEffect.FLOW, 1250, 10, "亩"),  # 5000 over four years
    ],
)
def test_levers_come_with_range_and_step(lever, effect, maximum, step, unit):
    loaded = CATALOG.levers[lever]
    assert (loaded.effect, loaded.maximum, loaded.minimum) == (effect, maximum, -maximum)
    assert loaded.step == step
    assert CATALOG.indicators[loaded.applies_to].unit == unit


@pytest.mark.parametrize(
    "target",
    [t for t in CATALOG.targets.values() if CATALOG.indicators[t.indicator].accumulates],
    ids=lambda target: target.id,
)
def test_a_flow_lever_reaches_what_the_target_needs_a_year_and_less_than_a_step_more(target):
    a_year = (target.value_high or target.value) / 4  # 2024—2027
    for lever in CATALOG.levers_of(target.indicator):
        if lever.effect is LeverEffect.FLOW:
            whole_steps = math.ceil(a_year / lever.step) * lever.step
            assert lever.maximum == -lever.minimum == whole_steps


def test_only_the_citys_growth_is_an_assumption():
    for lever in CATALOG.levers.values():
        of_the_city = CATALOG.indicators[lever.applies_to].scope.startswith("全市")
        assert (lever.lever_class is LeverClass.ASSUMPTION) == of_the_city


def test_every_city_counterpart_is_measured_in_the_same_unit():
    for indicator in CATALOG.indicators.values():
        if indicator.city_counterpart:
            assert CATALOG.indicators[indicator.city_counterpart].unit == indicator.unit


def test_the_catalog_cannot_be_changed_after_loading():
    with pytest.raises(TypeError):
        CATALOG.targets["new"] = CATALOG.targets["drone_output_2027"]
    with pytest.raises(ValueError, match="frozen"):
        CATALOG.levers = {}


# ── which publishers are official ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "title", "official"),
    [
        ("https://tjj.sh.gov.cn/ydsj33/x.html", "2020年11月工业生产情况", True),
        ("http://en.jsq.sh.gov.cn/news_detail.asp?id=1560", "", True),
        ("https://english.sheitc.sh.gov.cn/economyreport/678143.htm", "", True),
        ("http://e-gov.org.cn/article-177975.html", "", False),
        ("http://nottjj.sh.gov.cn.example.com/", "", False),
        ("http://faketjj.sh.gov.cn/", "", False),
        ("https://www.shine.cn/biz/", "", False),
        ("https://tjj.sh.gov.cn/tjgb/", "GitHub 引用 2024年统计公报", False),
        ("", "2023年浦东新区统计公报(首节)", False),
    ],
)
def test_a_figure_is_official_when_a_government_site_itself_published_it(url, title, official):
    assert CATALOG.source_rules.is_official(url, title) is official


def test_a_copy_of_the_catalog_answers_for_itself():
    """What it was asked before it was copied is about the levers of the original."""
    assert CATALOG.levers_of("gross_output_registered")
    copied = CATALOG.model_copy(update={"levers": {}})
    assert copied.levers_of("gross_output_registered") == ()
    again = CATALOG.model_copy()
    assert again is not copied
    assert again.levers_of("gross_output_registered")


def test_what_is_made_of_what_is_worked_out_once():
    assert CATALOG.identities() is CATALOG.identities()
