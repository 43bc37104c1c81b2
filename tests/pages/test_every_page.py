"""Every page runs on both releases, and says what it should."""

import re

import pytest

from analytics.catalog.load import load_catalog
from tests.support.pages import (
    DEMO_WORDS,
    EXPAND,
    HOME,
    METHODS,
    chart_titles,
    drawings,
    lines,
    move,
    open_page,
    open_tab,
    query,
    session_of,
    table,
    texts,
)
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
ACTION_PAGES = [f"pages/{action.page}" for action in CATALOG.actions.values()]


@pytest.mark.parametrize("release", ["demo", "published"])
@pytest.mark.parametrize("script", [HOME, METHODS, *ACTION_PAGES])
def test_a_page_runs_on_both_releases_without_an_error(script, release):
    app = open_page(script, release=release)
    assert not app.error
    assert app.table or drawings(app)


def details(app):
    """Open the table of all targets below the console."""
    return open_tab(app, "各项目标明细")


def test_the_board_shows_every_target_as_a_cell_and_as_a_row():
    app = open_page(HOME)
    assert len(lines(app)) == 41
    for target in CATALOG.targets:
        assert drawings(app).count(f'"data-choice": "{target}"') >= 2


def test_the_board_counts_every_outlook_once():
    keys = re.findall(
        r"(?:已完成|前景好|前景各半|前景弱|到期未达到|前景不明) (\d+)", drawings(open_page(HOME))
    )
    assert sum(map(int, keys)) == 41


def test_the_expand_scale_page_has_its_13_targets():
    assert len(table(details(open_page(EXPAND)))) == 13


def test_demo_data_are_named_in_banner_table_notes_and_chart():
    app = open_page(EXPAND)
    assert DEMO_WORDS in texts(app)
    assert "含演示数据，不作决策依据" in chart_titles(app)[0]


def test_the_published_release_carries_no_demo_mark_anywhere():
    app = open_page(EXPAND, release="published")
    assert DEMO_WORDS not in texts(app)
    assert not any("演示" in title for title in chart_titles(app))
    assert not table(details(app))["最新值"].str.contains("演示").any()


def test_a_start_is_typed_where_nothing_is_held_and_goes_into_the_link():
    app = open_page(EXPAND, release="published", target="gross_output_registered_2027")
    assert "参照推演" in drawings(app)
    assert session_of(app).settings == {}
    app.number_input(key="start_value_gross_output_registered").set_value(1835.0)
    app.button(key="start_take").click().run()
    assert not app.exception
    assert session_of(app).settings == {"start.gross_output_registered.2025": 1835.0}
    assert query(app)["start-gross-output-registered-2025"] == "1835"
    assert "2025年，假设" in drawings(app)
    assert "s:gross_output_registered.g2027" in [one.key for one in app.slider]


def test_where_nothing_can_be_moved_the_presets_say_so_in_their_place():
    app = open_page(EXPAND, release="published")
    assert "先键入起点，或在线填报" in texts(app)
    assert "preset" not in [one.key for one in app.get("button_group")]


def test_a_preset_moves_what_a_typed_start_has_opened_and_keeps_the_start():
    start = {"start.gross_output_registered.2025": 1835.0}
    app = open_page(EXPAND, release="published", **{"start-gross-output-registered-2025": "1835"})
    assert app.button_group(key="preset").value == "基准"
    app.button_group(key="preset").set_value("达标所需").run()
    assert "能推算的目标，或已达到" in app.toast[0].value
    assert session_of(app).settings == start
    app.button_group(key="preset").set_value("加压").run()
    assert not app.exception
    assert start.items() < session_of(app).settings.items()
    assert "情景“加压”：已调整2项" in texts(app)
    app.button_group(key="preset").set_value("基准").run()
    assert session_of(app).settings == start


def test_published_targets_without_history_say_what_is_missing_and_give_no_probability():
    rows = table(details(open_page(EXPAND, release="published")))
    assert rows["判断"].str.contains("数据不足").all()
    assert (rows["达成概率"] == "—").all()


def test_moving_a_slider_changes_table_card_and_conclusion():
    app = details(open_page(EXPAND, target="gross_output_registered_2027"))
    before = table(app).copy()
    move(app, "gross_output_registered.g2027", 5.0)
    after = table(app)
    row = before.index[before["指标名称"].str.contains("属地产值")][0]
    assert before.loc[row, "达成概率"] != after.loc[row, "达成概率"]
    assert "情景：已调整1项" in texts(app)
    slider = app.slider(key="s:gross_output_registered.g2027")
    assert app.number_input(key="n:gross_output_registered.g2027").value == slider.value
    assert session_of(app).settings["gross_output_registered.g2027"] > 0.04


def test_only_targets_that_depend_on_the_lever_change():
    app = details(open_page(EXPAND, target="gross_output_registered_2027"))
    before = table(app).set_index("指标名称")["达成概率"]
    move(app, "gross_output_registered.g2027", 5.0)
    after = table(app).set_index("指标名称")["达成概率"]
    changed = set(before.index[before != after])
    assert changed <= {"规模以上工业属地产值", "规模以上工业企业产值", "规模以上工业在地产值"}
    assert {"规模以上工业属地产值", "规模以上工业企业产值"} <= changed


def test_typing_a_value_moves_the_slider_and_reset_puts_both_back():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    at_rest = app.slider(key="s:gross_output_registered.g2027").value
    app.number_input(key="n:gross_output_registered.g2027").set_value(at_rest + 1.5).run()
    assert abs(app.slider(key="s:gross_output_registered.g2027").value - at_rest - 1.5) < 1e-9
    app.button(key="reset_all").click().run()
    assert app.slider(key="s:gross_output_registered.g2027").value == at_rest


def test_a_scenario_survives_a_change_of_page():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    move(app, "gross_output_registered.g2027", 3.0)
    app.switch_page(HOME).run()
    assert "情景：已调整1项" in texts(app)
    app.switch_page(EXPAND).run()
    assert session_of(app).settings["gross_output_registered.g2027"] > 0.02


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("release", "nope", "数据版本“nope”不存在"),
        ("target", "<img onerror=x>", "目标“"),
        ("until", "1999", "展望年份“1999”不存在"),
        ("gross_output_registered.g2027", "abc", "不是数字"),
        ("gross_output_registered.g2027", "99", "已取10"),
        ("foo", "1", "未知的参数“foo”"),
    ],
)
def test_a_bad_link_is_named_in_a_banner(key, value, said):
    app = open_page(HOME, **{key: value})
    assert any(said in warning.value.replace("\\", "") for warning in app.warning)


def test_every_target_of_the_page_can_be_chosen():
    app = open_page(EXPAND)
    for target in CATALOG.targets_of("expand_scale"):
        assert f'"data-choice": "{target.id}"' in drawings(app)
        session_of(app).choose_target(target.id)
        app.run()
        assert target.clause.wording in texts(app).replace("\\", "")
        assert not app.exception
        assert not app.error


def test_the_clause_is_quoted_verbatim():
    app = open_page(EXPAND, target="gross_output_territorial_2027")
    assert "规模以上工业在地产值突破3000亿元" in texts(app)


def test_the_query_behind_the_figure_is_shown():
    app = open_tab(open_page(EXPAND), "数据与SQL")
    assert any("FROM observations" in code.value for code in app.code)


def test_the_probability_stands_beside_its_measured_coverage():
    app = open_page(EXPAND, target="biomedicine_output_2027")
    assert "80%区间实测覆盖" in texts(open_tab(app, "预警与稳健性"))


def test_the_methods_page_shows_our_coverage_beside_the_alternatives():
    rows = table(open_page(METHODS))
    assert rows["方法"][0] == "金山工作台"
    assert len(rows) >= 5
    ours = float(rows["80%区间覆盖"][0].rstrip("%"))
    assert 75 <= ours <= 87


def test_the_methods_page_tests_each_indicator_on_its_own_past():
    app = open_page(METHODS, indicator="gross_output_registered")
    assert "次落在当时的80%区间内" in texts(app)
    assert "规模以上工业属地产值" in chart_titles(app)[-1]


def test_without_history_the_methods_page_says_why_there_is_no_backtest():
    app = open_page(METHODS, release="published")
    assert any("至少需要6个年度数值" in info.value for info in app.info)


def test_a_moved_lever_shows_its_change_on_cards_list_and_side_effects():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    assert "较基准" not in drawings(app)
    move(app, "gross_output_registered.g2027", 3.0)
    shown = drawings(app)
    assert "较基准+" in shown
    assert "带动" in shown
    assert "拖累" in shown


def test_the_rate_for_good_odds_is_in_sight_and_adopted_with_one_press():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    lever = "gross_output_registered.g2027"
    offered = [app.button(key=f"adopt:{lever}:{odds}").label for odds in ("0.5", "0.8", "0.9")]
    assert [label.split(" ")[0] for label in offered] == ["五成把握", "八成把握", "九成把握"]
    rate = float(offered[1].split(" ")[1].replace("\\", "").rstrip("%"))
    app.button(key=f"adopt:{lever}:0.8").click().run()
    assert lever in session_of(app).settings
    assert abs(app.slider(key=f"s:{lever}").value - rate) <= 0.2


@pytest.mark.parametrize("action", [a for a in CATALOG.actions.values() if a.tasks])
def test_every_task_without_a_number_is_listed_under_its_action(action):
    app = open_tab(open_page(f"pages/{action.page}"), "未给数字的任务")
    said = texts(app).replace("\\", "")
    for task in action.tasks:
        for sentence in task.sentences:
            assert sentence in said


@pytest.mark.parametrize("action", [a for a in CATALOG.actions.values() if a.context])
def test_every_context_series_declared_is_in_the_published_release(action, published_bench):
    for one in action.context:
        rows = published_bench.store.query(
            "context_values", indicator_id=one.indicator, region=one.region
        )
        assert len(rows), one


def test_the_board_can_be_narrowed_by_action_outlook_and_nature():
    assert len(lines(open_page(HOME, action="boost_supply"))) == 1
    weak = lines(open_page(HOME, status="weak"))
    assert weak
    assert all("难以达成" in line or "后劲不足" in line for line in weak)
    assert not lines(open_page(HOME, nature="official"))
    assert len(lines(open_page(HOME, nature="illustrative"))) == 37


def test_the_board_names_three_targets_that_need_attention_and_why():
    shown = drawings(open_page(HOME))
    assert "最需关注" in shown
    assert shown.count('"concern ') == 3
    assert "今后" in shown


def test_the_board_says_whether_there_is_an_earlier_release_to_compare():
    assert "上一版" in texts(open_page(HOME))
