"""The 2035 page: what can be compared, what cannot, and agreement with the board."""

import pytest

from analytics.answers.reports.against_city import compare
from analytics.answers.reports.wanted_data import behind
from analytics.domain import Reason, Standing
from analytics.text_zh import DEMO_MARK
from tests.support.pages import chart_titles, open_page, table, texts

PAGE = "pages/outlook/faster_than_city.py"
TARGETS = ("scale_2035", "density_2035", "quality_2035")
CITY_LEVER = "gross_output_above_scale.g2027"


def missing(app):
    """The table of missing series, by region and name."""
    return app.table[3].value.set_index(["地区", "序列"])


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("release", ["demo", "published"])
def test_every_target_can_be_looked_at_on_both_releases(release, target):
    app = open_page(PAGE, release=release, target=target)
    assert not app.error
    assert len(table(app)) == 3
    assert "\n方案原文" in "\n" + texts(app).replace("**", "")


def test_the_page_and_the_board_say_the_same_of_all_three(demo_bench):
    view = demo_bench.view({})
    for name in TARGETS:
        item = compare(view, demo_bench.catalog.targets[name], 0.01, 0.90)
        assert item.item is view.verdict(name)
        significant = item.chances[-1].significant if item.chances else None
        assert significant == view.verdict(name).probability


def test_where_2023_is_not_common_the_year_used_is_named_on_board_and_page(demo_bench):
    verdict = demo_bench.view({}).verdict("scale_2035")
    assert verdict.standing is Standing.UNDETERMINED
    assert verdict.probability is not None
    assert Reason.BASE_MOVED.given(base=2023, used=2025) in verdict.warnings
    assert "改以2025年为共同基期" in texts(open_page(PAGE))


def test_odds_that_lean_on_the_usual_growth_of_their_kind_are_marked(demo_bench):
    """The city's output is held for 2018 and 2025 only: one year to go by."""
    app = open_page(PAGE)
    assert demo_bench.view({}).verdict("scale_2035").is_reference
    odds = table(app).filter(regex="^到").iloc[0]
    assert len(odds) == 3 and odds.str.contains("，参照推算").all()
    assert "%），参照推算；" in texts(app)
    assert "近年缺2019—2024年的数" in texts(app)


def test_the_premium_rests_on_common_years_and_says_which():
    cell = table(open_page(PAGE))["已有增速差"][0]
    assert "2015—2018、2025年，n=5" in cell
    assert "90%区间" in cell


def test_a_target_without_a_city_value_is_plainly_without_benchmark():
    app = open_page(PAGE, target="density_2035")
    rows = table(app)
    assert rows["判断"][1:].str.contains("无对标").all()
    assert (rows["到2035年快于全市"][1:] == "—").all()
    assert any("2021年＞80.00亿元/平方公里" in x.value.replace("\\", "") for x in app.info)


def test_margin_and_confidence_change_what_counts_as_significant():
    app = open_page(PAGE)
    before = table(app).copy()
    app.selectbox(key="option_margin").set_value("3").run()
    after = table(app)
    column = "到2035年快于全市"
    assert before[column][0].split("显著")[0] == after[column][0].split("显著")[0]
    assert before[column][0] != after[column][0]
    app.selectbox(key="option_confidence").set_value("50").run()
    assert "50%区间" in table(app)["已有增速差"][0]


def test_the_options_are_taken_from_the_link():
    app = open_page(PAGE, margin="2", confidence="66")
    assert app.selectbox(key="option_margin").value == "2"
    assert "年均高出2.0个百分点、把握66%" in texts(app).replace("\\", "")


def test_a_faster_city_is_an_assumption_whose_effect_stands_alone():
    app = open_page(PAGE)
    assert "假设" in texts(app)
    before = table(app)["到2027年快于全市"][0]
    app.slider(key=f"s:{CITY_LEVER}").set_value(5.0).run()
    assert table(app)["到2027年快于全市"][0] != before
    assert "只计假设" in texts(app)


def test_a_city_assumption_alone_changes_nothing_of_the_district(demo_bench):
    view = demo_bench.view({CITY_LEVER: 0.05}, before=demo_bench.view({}))
    target = demo_bench.catalog.targets["scale_2035"]
    before, after = (compare(x, target, 0.01, 0.9) for x in (view.before, view))
    assert after.chances[0].faster < before.chances[0].faster
    assert after.premium == before.premium


def test_on_published_data_the_citys_levels_and_growth_are_shown_apart():
    app = open_page(PAGE, release="published")
    titles = chart_titles(app)
    assert len(titles) == 2
    assert "全市规模以上工业总产值 单位：亿元" in titles
    assert "全市规模以上工业总产值同比增速 单位：%，公布的可比增速" in titles
    assert (table(app)["到2035年快于全市"] == "—").all()


def test_why_nothing_can_be_compared_is_said_once_for_all_three():
    """Each row, and the box in the chart's place, said it again."""
    app = open_page(PAGE, release="published")
    reason = "本区没有年度数值"
    assert texts(app).count(reason) == 1
    assert not table(app)["判断"].str.contains(reason).any()
    assert not any(reason in box.value for box in app.info)


@pytest.mark.parametrize(("release", "marked"), [("demo", True), ("published", False)])
def test_the_table_is_marked_where_it_rests_on_illustrative_figures(release, marked):
    captions = [one.value for one in open_page(PAGE, release=release).caption]
    assert (f"{DEMO_MARK}。" in captions) == marked


def test_a_caption_does_not_say_again_the_name_above_its_chart():
    captions = [one.value for one in open_page(PAGE).caption]
    assert any("2025年40,700.0亿元（转引）" in one for one in captions)
    assert not any(one.startswith("全市规模以上工业总产值") for one in captions)


def test_the_missing_district_series_are_named_one_by_one():
    rows = missing(open_page(PAGE, release="published")).loc["金山区"]
    assert set(rows.index) >= {
        "规模以上工业在地产值",
        "规模以上工业属地产值",
        "规模以上工业企业用地面积",
        "规模以上工业利润总额",
        "规模以上工业税金总额",
        "规模以上工业营业收入",
    }
    assert (rows["现有年度值"] == "—").all()


def test_a_lower_bound_is_listed_beside_what_is_missing_and_fills_no_gap(published_bench):
    city = behind(published_bench, [published_bench.catalog.targets["density_2035"]])[-1]
    assert city.exact == ()
    assert 2021 in city.without_value
    assert city.bounds_zh[0].startswith("2021年＞80.00亿元/平方公里")


def test_other_districts_show_nature_scope_and_source_and_keep_growth_apart():
    rows = open_page(PAGE, release="published").table[1].value
    assert set(rows["区"]) == {"嘉定区", "奉贤区", "松江区", "浦东新区"}
    assert rows["性质（可信度）"].str.contains("公布|转引|推算").all()
    assert (rows["来源"] != "").all()
    # 奉贤区: 1724 in 2018, only a bound in 2024, 2894.9 in 2025: (2894.9/1724)^(1/7) − 1 = 7.7 %
    fengxian = rows[rows["区"] == "奉贤区"].set_index("年份")["两个公布年份之间"]
    assert "2018—2025年年均" in fengxian["2025"]
    assert "7.7%" in fengxian["2025"]
    assert fengxian["2024"] == "—"
    # 松江区's 2023 figure is derived from another one: it is shown and never compared
    songjiang = rows[rows["区"] == "松江区"].set_index("年份")["两个公布年份之间"]
    assert songjiang["2023"] == "—"


def test_the_clause_is_quoted_for_all_three(catalog):
    said = texts(open_page(PAGE)).replace("\\", "")
    for name in TARGETS:
        assert catalog.targets[name].clause.wording in said


def test_how_the_clause_is_read_and_what_has_no_number_open_on_demand():
    app = open_page(PAGE)
    (folded,) = [one for one in app.expander if one.label.startswith("怎样理解原文")]
    inside = "".join(one.value for one in [*folded.markdown, *folded.caption])
    assert "方案未载明比较基期" in inside
    assert "高端产业增长极" in inside
    assert texts(app).count("方案未载明比较基期") == 1
