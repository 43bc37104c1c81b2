"""What a briefing says: the pages' own numbers, the user's own words, nothing stale."""

from collections import Counter
from datetime import date

import pytest

from analytics import text_zh
from analytics.answers.narrative import effect_zh, verdicts_zh
from analytics.catalog.load import CatalogError
from analytics.domain import JINSHAN, Scenario
from analytics.model.judgement.ordering import most_urgent
from analytics.output.briefing import compose, glossary, named_figures, sections
from analytics.output.briefing.compose import BriefingError, Request
from analytics.output.briefing.content import Briefing, Chart, Paragraph, Section, Table
from analytics.output.briefing.kinds import load_library
from analytics.output.figures.target import target_figure
from tests.support.paths import ROOT

LIBRARY = load_library(ROOT)
ONE_PAGE, QUARTERLY, MID_TERM, _ = LIBRARY.presets.values()
BRIEFINGS = (ONE_PAGE, QUARTERLY, MID_TERM)
MADE_ON = date(2026, 11, 25)
OUTPUT, LAND = "gross_output_registered", "industrial_land_supply"
MOVED = ((f"{OUTPUT}.g2027", 0.02), (f"{LAND}.f2027", 50.0))


def view_of(bench, settings=()):
    """The baseline, or a scenario beside it."""
    before = bench.view({})
    return bench.view(dict(settings), before=before) if settings else before


def write(bench, preset=QUARTERLY, settings=(), **changes) -> Briefing:
    """Compose what a preset starts with, some of it changed."""
    view = view_of(bench, settings)
    asked = compose.default_request(view, preset)
    asked = Request(**({x: getattr(asked, x) for x in asked.__dataclass_fields__} | changes))
    scenario = Scenario(
        name="加压" if settings else "基准", settings=settings, release=bench.release.id
    )
    return compose.compose(view, scenario, asked, LIBRARY, MADE_ON)


def section(briefing: Briefing, heading: str) -> Section:
    """The section of that heading."""
    return next(one for one in briefing.sections if one.heading == heading)


def table(briefing: Briefing, heading: str) -> Table:
    """The first table of a section."""
    return next(x for x in section(briefing, heading).blocks if isinstance(x, Table))


# ── numbers ──────────────────────────────────────────────────────────────────────────────


def test_the_target_table_has_the_header_of_annual_plan_reports(demo_bench):
    header = table(write(demo_bench), "目标进展").header
    assert "｜".join(header) == "指标名称｜目标｜最新值｜序时进度｜预计完成｜判断"


def test_every_cell_says_what_the_board_says(demo_bench):
    view = view_of(demo_bench)
    row = table(write(demo_bench, targets=(f"{OUTPUT}_2027",)), "目标进展").rows[0]
    item, indicator = view.verdict(f"{OUTPUT}_2027"), demo_bench.catalog.indicators[OUTPUT]
    latest, nature = verdicts_zh.latest_parts(item, indicator)
    median, spread = verdicts_zh.outlook_parts(item, indicator)
    assert row == (
        "规模以上工业属地产值",
        "突破2000亿元\n2027年",
        f"{latest}\n{nature}",
        verdicts_zh.pace_zh(item, indicator),
        f"{median}\n{spread}\n达成概率{verdicts_zh.probability_zh(item)}\n"
        f"{verdicts_zh.method_range_zh(item)}",
        str(item.verdict),
    )
    assert latest == "1,835.0亿元"
    assert f"{item.median:,.1f}亿元" == median


def test_the_points_are_the_boards_own_sentences(demo_bench):
    view = view_of(demo_bench)
    points = write(demo_bench).highlights
    verdicts = view.verdicts()
    whole = verdicts_zh.conclusion(verdicts.values(), demo_bench.catalog.indicators, worst=False)
    assert points[0] == f"方案{whole}{verdicts_zh.together_zh(view.outlook())}"
    worst = most_urgent(verdicts.values(), 1)[0]
    indicator = demo_bench.catalog.indicators[worst.target.indicator]
    assert points[1] == verdicts_zh.attention(worst, indicator)


def test_a_chart_holds_the_numbers_and_the_sentence_of_its_page(demo_bench):
    briefing = write(demo_bench, charts=(f"{OUTPUT}_2027",))
    view = view_of(demo_bench)
    drawn = target_figure(view, view.verdict(f"{OUTPUT}_2027"), last_year=2027)
    chart = briefing.charts()[0]
    assert chart.figure.datasets["fan"].equals(drawn.datasets["fan"])
    assert chart.caption == drawn.title


def test_a_chart_against_the_city_can_be_picked_too(demo_bench):
    chart = write(demo_bench, charts=("ratio.scale_2035",)).charts()[0]
    assert chart.caption == "产业经济规模：金山÷全市"
    assert 100.0 in chart.figure.details.table["历史"].to_list()


@pytest.mark.parametrize("preset", BRIEFINGS, ids=lambda one: one.id)
@pytest.mark.parametrize("settings", [(), MOVED], ids=["baseline", "scenario"])
def test_two_exports_of_one_state_say_the_same(demo_bench, preset, settings):
    first, second = (write(demo_bench, preset, settings) for _ in range(2))
    assert glossary.words(first) == glossary.words(second)
    for one, other in zip(first.charts(), second.charts(), strict=True):
        assert one.figure.details.table.equals(other.figure.details.table)


# ── presets and what they start with ─────────────────────────────────────────────────────


def test_the_mid_term_review_lists_every_target_once(demo_bench):
    briefing = write(demo_bench, MID_TERM)
    rows = [
        row for x in section(briefing, "目标进展").blocks if isinstance(x, Table) for row in x.rows
    ]
    assert len(rows) == 41


def test_the_mid_term_review_counts_the_targets_of_each_action_by_how_they_stand(demo_bench):
    (summed,) = section(write(demo_bench, MID_TERM), "总体进展").blocks
    *actions, total = [[int(x) if x != "—" else 0 for x in row[1:]] for row in summed.rows]
    assert [sum(column) for column in zip(*actions, strict=True)] == total
    assert total[0] == sum(total[1:]) == 41
    standing = Counter(item.prospect for item in view_of(demo_bench).verdicts().values())
    assert sorted(total[1:]) == sorted(standing.values())  # a column of nothing is left out


def test_the_most_urgent_targets_come_first_in_a_baseline_briefing(demo_bench):
    view = view_of(demo_bench)
    worst = most_urgent(view.verdicts().values(), 5)
    picked = compose.default_request(view, ONE_PAGE).targets
    assert picked == tuple(item.target.id for item in worst)


def test_what_a_scenario_moves_comes_before_what_is_urgent(demo_bench):
    picked = compose.default_request(view_of(demo_bench, MOVED), ONE_PAGE)
    assert {f"{OUTPUT}_2027", f"{LAND}_2027"} <= set(picked.targets)
    assert picked.charts[0] == picked.targets[0]


def test_published_data_give_a_briefing_that_says_what_is_missing(published_bench):
    briefing = write(published_bench)
    assert not briefing.illustrative
    missing = [x.text for x in section(briefing, "目标进展").blocks if isinstance(x, Paragraph)]
    assert any("需要逐年数值（至少5年，含基期2023年）" in text for text in missing)


def test_a_typed_start_is_an_assumption_wherever_the_briefing_shows_it(published_bench):
    start = ("start.gross_output_registered.2025", 1835.25)
    briefing = write(published_bench, settings=(start, MOVED[0]))
    (row,) = table(briefing, "目标进展").rows
    assert row[2] == "1,835.2亿元\n2025年，假设"
    assert "参照推算" in row[4]
    assumed = {row[0]: row[2:4] for row in table(briefing, "情景假设").rows if row[1] == "2025年"}
    assert assumed == {"规模以上工业属地产值": ("1,835.2亿元", "假设")}
    (source, *rest) = table(briefing, "数据性质与来源").rows
    assert (source[:3], rest) == (("使用者键入的起点", "假设", "不是统计数"), [])


def test_demo_data_mark_the_document(demo_bench):
    assert write(demo_bench).illustrative


@pytest.mark.parametrize("name", ["一页纸", "one_page"])
def test_a_preset_is_found_by_its_chinese_name_or_its_id(name):
    assert LIBRARY.named(name) is ONE_PAGE


def test_an_unknown_preset_is_refused_with_the_ones_there_are():
    with pytest.raises(CatalogError, match="没有“周报”这种简报，可用：一页纸、季度调度、中期评估"):
        LIBRARY.named("周报")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('pick = "all"', 'pick = "some"', "briefings.mid_term.pick：取值“some”无效"),
        ("most_charts = 1", 'most_charts = "one"', "briefings.one_page.most_charts：类型错误"),
        ("[glossary]", "[glosary]", "glosary：未知的键|glossary：缺少必填项"),
    ],
)
def test_a_mistake_in_the_presets_names_file_and_key(tmp_path, old, new, message):
    folder = tmp_path / "data/catalog"
    folder.mkdir(parents=True)
    text = (ROOT / "data/catalog/briefings.toml").read_text(encoding="utf-8")
    (folder / "briefings.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogError, match=message):
        load_library(tmp_path)


# ── scenario ─────────────────────────────────────────────────────────────────────────────


def test_the_comparison_lists_only_targets_that_the_scenario_moves(demo_bench):
    targets = (f"{OUTPUT}_2027", "drone_output_2027", f"{LAND}_2027")
    compared = table(write(demo_bench, settings=MOVED, targets=targets), "情景与基准")
    assert [row[0] for row in compared.rows] == ["规模以上工业属地产值", "新增工业用地供应"]
    assert compared.note == "其余1项不受已调整各项的影响，未列。"


def test_the_comparison_prints_both_outlooks(demo_bench):
    name, indicator = f"{LAND}_2027", demo_bench.catalog.indicators[LAND]
    row = table(write(demo_bench, settings=MOVED, targets=(name,)), "情景与基准").rows[0]
    before, after = (view_of(demo_bench, x).verdict(name) for x in ((), MOVED))
    assert row[1].split("\n")[0] == text_zh.quantity(before.median, "亩", indicator.decimals)
    assert row[2].split("\n")[0] == text_zh.quantity(after.median, "亩", indicator.decimals)
    # two years are still open, 50 mu more in each
    assert after.median - before.median == pytest.approx(100)


def test_targets_out_of_the_scenarios_reach_are_said_to_be_so(demo_bench):
    briefing = write(demo_bench, settings=MOVED, targets=("drone_output_2027",))
    assert section(briefing, "情景与基准").blocks == (
        Paragraph("所列目标不受已调整各项的影响，预计完成与基准相同。"),
    )


def test_several_scenarios_stand_side_by_side_where_they_differ(demo_bench):
    targets = (f"{OUTPUT}_2027", "drone_output_2027", f"{LAND}_2027")
    others = (("基准", view_of(demo_bench)), ("只加供地", view_of(demo_bench, MOVED[1:])))
    compared = table(write(demo_bench, settings=MOVED, targets=targets, beside=others), "情景比较")
    assert compared.header == ("指标名称", "加压", "基准", "只加供地")
    assert [row[0] for row in compared.rows] == ["规模以上工业属地产值", "新增工业用地供应"]
    output, land = compared.rows
    assert output[1] != output[2] == output[3]  # land alone moves no output
    assert land[1] == land[3] != land[2]
    assert compared.note == "其余1项各情景相同，未列。"


def test_what_each_compared_scenario_assumes_is_listed_with_its_id(demo_bench):
    stress = (("stress.repeat_2022", 1.0),)
    others = (("基准", view_of(demo_bench)), ("重演", view_of(demo_bench, stress)))
    own, other = section(write(demo_bench, settings=MOVED, beside=others), "情景假设").blocks
    scenario_id = Scenario(settings=stress, release=demo_bench.release.id).id
    assert own.caption == "情景假设" and len(own.rows) == len(MOVED)
    assert other.caption == f"“重演”的假设（编号{scenario_id}）"
    assert [row[:4] for row in other.rows] == [("重演2022年", "2026年", "启用", "假设")]


def test_without_any_probability_the_scenarios_effect_is_not_counted_as_none(published_bench):
    point = write(published_bench, settings=MOVED).highlights[0]
    assert point.endswith("后，目标均无概率，不作比较。")


def test_a_baseline_briefing_has_no_comparison(demo_bench):
    assert "情景与基准" not in [one.heading for one in write(demo_bench).sections]


def test_moved_levers_are_listed_with_their_size_and_the_reason_for_their_bounds(demo_bench):
    rows = table(write(demo_bench, settings=MOVED), "情景假设").rows
    assert rows[0][:4] == (
        "规模以上工业属地产值",
        "2026年11月—2027年",
        "年均增速+2.0个百分点",
        "政策",
    )
    assert rows[1][:4] == ("新增工业用地供应", "2026—2027年", "每年新增+50.0亩", "政策")
    assert all(row[4] for row in rows)


def test_policy_stands_before_assumption(demo_bench):
    levers = demo_bench.catalog.levers
    assumption = next(x for x, lever in levers.items() if lever.lever_class == "assumption")
    settings = ((assumption, 0.01), *MOVED)
    block = sections.assumptions(demo_bench, Scenario(settings=settings))
    assert [row[3] for row in block.rows] == ["政策", "政策", "假设"]


def test_the_first_point_says_what_the_scenario_does(demo_bench):
    before, after = view_of(demo_bench), view_of(demo_bench, MOVED)
    briefing = write(demo_bench, settings=MOVED)
    assert briefing.highlights[0] == effect_zh.effect_zh(before, after)
    assert briefing.highlights[1].startswith("方案41项目标中，")


def test_the_comparison_stands_right_under_the_points(demo_bench):
    assert write(demo_bench, settings=MOVED).sections[0].heading == "情景与基准"


def test_a_chart_does_not_say_again_what_the_table_says(demo_bench):
    name = f"{OUTPUT}_2027"
    listed = write(demo_bench, targets=(name,), charts=(name,)).charts()[0].takeaway
    reached = view_of(demo_bench).reached(demo_bench.catalog.targets[name])
    assert listed == f"规模以上工业属地产值：按目前走势，{reached.text_zh}。"
    alone = write(demo_bench, targets=(), charts=(name,)).charts()[0].takeaway
    assert "突破2000亿元" in alone and reached.text_zh in alone


@pytest.mark.parametrize("preset", BRIEFINGS, ids=lambda one: one.id)
def test_nothing_is_written_that_nobody_sends_up(demo_bench, preset):
    text = "\n".join(glossary.words(write(demo_bench, preset, MOVED)))
    for word in ("↑", "Kendall", "100次中", "demo.toml", "版本共有记录", "目标＞", "±"):
        assert word not in text


def test_a_scenario_and_its_release_are_named_in_one_line(demo_bench):
    briefing = write(demo_bench, settings=MOVED)
    scenario_id = Scenario(settings=MOVED, release=demo_bench.release.id).id
    assert briefing.origin == (
        f"情景：加压（{scenario_id}）｜数据版本：{demo_bench.release.id}｜制作：2026年11月25日"
    )


# ── words ────────────────────────────────────────────────────────────────────────────────


def test_a_rewritten_sentence_stands_in_place_of_the_generated_one(demo_bench):
    generated = write(demo_bench).highlights
    briefing = write(demo_bench, edits={generated[0]: "总体平稳。"}, title="报告")
    assert briefing.title == "报告"
    assert briefing.highlights == ("总体平稳。", *generated[1:])


def test_an_emptied_sentence_is_left_out(demo_bench):
    generated = write(demo_bench).highlights
    assert write(demo_bench, edits={generated[1]: ""}).highlights == (generated[0], *generated[2:])


def test_a_rewritten_sentence_is_dropped_when_the_numbers_behind_it_change(demo_bench):
    generated = write(demo_bench).highlights
    edits = {generated[0]: "预计达成十九项。"}
    moved = write(demo_bench, settings=MOVED, edits=edits)
    assert "预计达成十九项。" not in moved.highlights
    said = {"highlight.2": moved.highlights[1]}
    assert compose.unused(said, edits) == ("预计达成十九项。",)


@pytest.mark.parametrize(
    ("sentence", "text", "found"),
    [
        ("预计1,979.4亿元。", "预计约1,979.4亿元。", ()),
        ("预计1,979.4亿元。", "预计2,100亿元，增速−3%。", ("2,100", "−3")),
        ("没有数字", "2027年达成", ("2027",)),
        ("2027年达成", "", ()),
    ],
)
def test_numbers_that_a_rewriting_brings_in_are_pointed_out(sentence, text, found):
    assert compose.new_numbers(sentence, text) == found


def test_only_terms_the_document_uses_are_explained():
    block = Section("一", (Paragraph("属地产值增速。"),))
    plain = Briefing("题", "", MADE_ON, Scenario(), _release(), False, (), (block,))
    terms = {"属地": "按管理关系。", "四绿": "绿色工厂等。", "规上、规模以上": "2000万元。"}
    explained = glossary.added(plain, terms).sections[-1].blocks[0]
    assert explained.rows == (("属地", "按管理关系。"),)
    assert glossary.added(plain, {"四绿": "绿色工厂等。"}) is plain


def _release():
    from analytics.domain import Release

    return Release(
        id="r", name="r", title_zh="", hash="0" * 64, created_on=MADE_ON, as_of=MADE_ON,
        files={}, counts={},
    )  # fmt: skip


# ── sources and method ───────────────────────────────────────────────────────────────────


def test_every_source_of_the_listed_figures_is_named_with_its_date(demo_bench):
    briefing = write(demo_bench, targets=("scale_2035",), charts=())
    rows = table(briefing, "数据性质与来源").rows
    annual = demo_bench.history("gross_output_above_scale", "上海市").annual
    assert {row[0] for row in rows} >= set(annual["source_title"].map(text_zh.source_title))
    assert all(row[1] in text_zh.NATURE_ZH.values() and row[2] for row in rows)


def test_the_method_says_how_many_intervals_were_tested(demo_bench):
    view = view_of(demo_bench)
    items = [
        view.verdict(f"{x}_2027")
        for x in ("biomedicine_output", OUTPUT, "listed_firms", "new_energy_use")
    ]
    found = items[0].due.coverage
    share = text_zh.percent(found.coverage_80, 0)
    assert sections.coverage_lines(items) == (
        f"1项的80%区间，同样长度的历史、同样远近，实测覆盖{share}（{found.n_series}条公开序列）。",
        "2项为计数或含月度推算，区间未经公开序列检验。",
        "1项历史不足或方案未给数值，不给区间和概率。",
    )


# ── what is refused ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"targets": (), "charts": ()}, "没有选入任何目标或图"),
        ({"targets": ("nothing",)}, "没有目标“nothing”"),
        ({"charts": ("ratio.density_2035",)}, "“经济密度”在本数据版本没有可绘制的数据"),
    ],
)
def test_what_cannot_be_written_is_refused_in_chinese(demo_bench, changes, message):
    with pytest.raises(BriefingError, match=message):
        write(demo_bench, **changes)


def test_only_charts_with_numbers_are_offered(published_bench):
    offered = named_figures.drawable(view_of(published_bench))
    held = [
        target.id
        for target in published_bench.catalog.targets.values()
        if len(published_bench.history(target.indicator, JINSHAN).annual)
    ]
    assert list(offered) == held


def test_a_ragged_table_is_refused():
    with pytest.raises(ValueError, match="表“甲”各行列数不一致"):
        Table("甲", ("一", "二"), (("1",),))


def test_charts_and_tables_are_counted_in_their_order(demo_bench):
    briefing = write(demo_bench)
    assert len(briefing.charts()) == QUARTERLY.most_charts
    assert all(isinstance(one, Chart) for one in briefing.charts())
    assert briefing.tables()[0] is table(briefing, "目标进展")
