"""The scenario laboratory: what it keeps, compares, solves and gives away."""

import json
import re
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from analytics.catalog.load import load_catalog
from analytics.domain import Scenario
from analytics.model.scenarios import files
from analytics.workbench import Workbench
from pages.common import address, answers, releases, share
from pages.common.session import UNNAMED, named_for_files
from tests.support.pages import (
    EXPAND,
    HOME,
    drawings,
    move,
    open_page,
    query,
    session_of,
    texts,
    trees,
    warnings,
)
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
LAB = "pages/outlook/scenario_lab.py"
OUTPUT = "gross_output_registered.g2027"
TARGET = "gross_output_registered_2027"
TWO = {"s1": "sd27~3_hg27~1__甲", "s2": "zd27~1_cgd27~1_zy22~1__乙"}
SECTIONS = address.OPTIONS["section"][1]


def said(app: AppTest) -> str:
    """All text of the page, unescaped."""
    parts = [texts(app)]
    parts += [item.value for kind in ("info", "success", "error") for item in app.get(kind)]
    return "\n".join([*parts, warnings(app)]).replace("\\", "")


def columns(app: AppTest, table: int) -> list[str]:
    """Column names of a table."""
    return list(app.table[table].value.columns)


def odds(app: AppTest, target: str) -> list[str]:
    """The cells of a target in the grid of odds, one a scenario."""
    (tree,) = grids(app)
    rows = {row[2][2][2]: row[3:] for row in tree[3:]}
    return [cell[1]["title"] for cell in rows[target]]


def grids(app: AppTest) -> list:
    """The grids of odds that a page shows."""
    return [tree for (tree, *_) in trees(app) if tree[1]["class"] == "odds-grid"]


@pytest.mark.parametrize("release", ["demo", "published"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_shows_on_both_releases_without_an_error(section, release):
    app = open_page(LAB, section=section, release=release, target=TARGET, **TWO)
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize("section", SECTIONS)
def test_illustrative_data_are_named_in_every_section_of_the_demo_release_only(section):
    mark = "含演示数据，不作决策依据"
    assert mark in "\n".join(x.value for x in open_page(LAB, section=section, **TWO).caption)
    assert mark not in texts(open_page(LAB, section=section, release="published", **TWO))


def test_the_lab_opens_on_steering_and_the_comparison_says_what_to_do():
    app = open_page(LAB)
    assert app.slider
    assert len(re.findall('"data-choice"', drawings(app))) == 41
    app = open_page(LAB, section="compare")
    assert "目前只有基准" in said(app)
    assert columns(app, 0) == ["范围", "基准"]


def test_saved_and_present_scenarios_stand_side_by_side_with_baseline_first():
    app = open_page(LAB, section="compare", sd27="2", **TWO)
    assert columns(app, 0) == ["范围", "基准", "甲", "乙", "当前设置"]


def test_each_column_shows_what_that_scenario_gives_on_its_own(demo_bench):
    app = open_page(LAB, section="compare", sd27="2", **TWO)
    base = demo_bench.view({})
    shown = odds(app, "规模以上工业属地产值")
    settings = {"基准": {}, "甲": {OUTPUT: 0.03}, "当前设置": {OUTPUT: 0.02}}
    for name, told in zip(("基准", "甲", "乙", "当前设置"), shown, strict=True):
        if name in settings:
            item = demo_bench.view(settings[name], base).verdict(TARGET)
            assert told.startswith(f"{name}：规模以上工业属地产值，{item.verdict}，")
            assert f"{item.probability:.0%}" in told


def test_the_printed_change_is_the_difference_of_the_printed_odds():
    (tree,) = grids(open_page(LAB, section="compare", **TWO))
    changes = 0
    for _, _, _, base, *others in tree[3:]:
        for cell in others:
            odds_now, change = cell[2][2], cell[2][3][2].strip().replace("−", "-")
            if change and odds_now.endswith("%") and odds_now[0].isdigit():
                now, before = int(odds_now[:-1]), base[2][2]
                if before[0].isdigit() and before.endswith("%"):
                    assert now - int(before[:-1]) == int(change)
                    changes += 1
    assert changes


def test_a_chosen_method_redraws_fan_and_readings_beside_the_method_in_use():
    app = open_page(LAB, section="models", target=TARGET, sd27="2", until="2035")
    (own,) = (json.loads(one.proto.spec) for one in app.get("vega_lite_chart")[:1])
    later, methods, tested = (one.value for one in app.table)
    assert list(later.columns) == ["年份（亿元）", "本工作台（所用）"]
    assert later["年份（亿元）"].tolist() == ["2027年", "2030年", "2035年"]
    assert len(methods) > 4
    app.selectbox(key="lab_method").select("方法：阻尼趋势").run()
    assert query(app)["method"] == "damped"
    drawn = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    name, rest = own["title"]["text"].split("：")
    assert drawn["title"]["text"] == f"{name}（方法：阻尼趋势）：{rest}"
    beside, listed, again = (one.value for one in app.table)
    assert list(beside.columns) == [*later.columns, "方法：阻尼趋势"]
    assert beside["本工作台（所用）"].tolist() == later["本工作台（所用）"].tolist()
    assert (beside["方法：阻尼趋势"] != beside["本工作台（所用）"]).all()
    assert listed.equals(methods)  # what the plan's odds rest on is not chosen here
    assert (len(tested), len(again)) == (2, 3)
    labels = [one.label for one in app.get("download_button")]
    assert labels == ["下载分位数（CSV）", "下载抽样（CSV）"]


def test_a_release_without_judged_targets_says_so_in_place_of_empty_tables():
    app = open_page(LAB, section="compare", release="published", **TWO)
    assert "各项目标均无法推算" in said(app)
    assert all(columns(app, number)[0] == "项目" for number in range(len(app.table)))


def test_policy_and_assumptions_are_listed_apart_and_assumptions_have_their_own_line():
    app = open_page(LAB, section="compare", **TWO)
    tables = [list(t.value["项目"]) for t in app.table if t.value.columns[0] == "项目"]
    assert [len(rows) for rows in tables] == [3, 2]
    assert tables[1][-1] == "重演2022年"
    assert "乙：仅假设变动（" in said(app)
    assert "甲：仅假设变动" not in said(app)


def test_a_scenario_is_saved_named_edited_copied_removed_and_brought_back():
    app = open_page(LAB, sd27="3")
    app.text_input(key="keep_name").set_value("甲").run()
    app.button(key="keep").click().run()
    assert query(app)["s1"] == "sd27~3__甲"
    app.text_input(key="rename_0").set_value("甲案").run()
    assert query(app)["s1"] == "sd27~3__甲案"
    app.button(key="content_copy_0").click().run()
    assert query(app)["s2"] == "sd27~3__甲案2"
    app.button(key="delete_0").click().run()
    assert query(app)["s1"] == "sd27~3__甲案2"
    app.button(key="undo_delete").click().run()
    assert query(app)["s2"] == "sd27~3__甲案"


def test_editing_loads_a_scenario_and_saving_under_its_name_updates_it():
    app = open_page(LAB, section="adjust", **TWO)
    app.button(key="edit_0").click().run()
    assert query(app)["name"] == "甲"
    app.button(key="reset_all").click().run()
    app.button(key="edit_0").click().run()
    app.session_state["lab"].indicator = "gross_output_registered"
    app.run()
    session_of(app).set_lever(OUTPUT, 0.04)
    app.run()
    assert app.button(key="keep").label == "更新同名情景"
    app.button(key="keep").click().run()
    assert query(app)["s1"] == "sd27~4_hg27~1__甲"


def saved_names(app: AppTest) -> list[str]:
    """Names of the saved scenarios, in order."""
    return [one.name for one in session_of(app).saved]


def test_saving_without_a_name_never_overwrites_a_saved_scenario():
    app = open_page(LAB, s1="sd27~3__情景2", zd27="1")
    app.button("keep").click().run()
    assert saved_names(app) == ["情景2", "情景3"]


def test_no_saved_scenario_bears_the_baselines_name():
    app = open_page(LAB, name="基准", zd27="1")
    app.button("keep").click().run()
    assert saved_names(app) == ["基准2"]


def test_a_scenario_brought_back_is_told_apart_from_one_that_took_its_name():
    app = open_page(LAB, **TWO)
    app.button("delete_0").click().run()
    app.text_input("rename_0").set_value("甲").run()
    app.button("undo_delete").click().run()
    assert saved_names(app) == ["甲", "甲2"]


def test_a_fifth_scenario_cannot_be_saved_and_the_reason_is_given():
    four = {f"s{n}": f"sd27~{n}__第{n}案" for n in range(1, 5)}
    app = open_page(LAB, sd27="9", **four)
    assert app.button(key="keep").disabled
    assert "已存满四个" in app.text_input(key="keep_name").placeholder


def test_scenarios_of_one_name_in_a_link_are_told_apart():
    app = open_page(LAB, section="compare", s1="sd27~1__甲", s2="sd27~2__甲", s3="sd27~3__基准")
    assert columns(app, 0) == ["范围", "基准", "甲", "甲2", "基准2"]


def test_a_preset_sets_every_lever_at_once_and_a_moved_lever_ends_it():
    app = open_page(EXPAND, target=TARGET)
    preset = answers.preset(releases.releases()["demo"], (), "达标所需")
    app.button_group(key="preset").set_value("达标所需").run()
    assert f"情景“达标所需”：已调整{len(preset.settings)}项" in said(app)
    assert "怎样算出" in " ".join(x.label for x in app.expander)
    move(app, OUTPUT, 1.0)
    assert "情景：已调整" in said(app)


def test_the_rate_for_even_odds_is_adopted_and_the_reset_puts_the_lever_back(demo_bench):
    app = open_page(EXPAND, target=TARGET)
    app.button(key=f"adopt:{OUTPUT}:0.5").click().run()
    value = session_of(app).settings[OUTPUT]
    assert demo_bench.view({OUTPUT: value}).verdict(TARGET).probability >= 0.5
    assert demo_bench.view({OUTPUT: value - 0.001}).verdict(TARGET).probability < 0.5
    assert "已采用" in said(app)
    app.button(key=f"reset:{OUTPUT}").click().run()
    assert not session_of(app).settings


def test_reference_marks_stand_under_each_slider_on_its_scale():
    shown = drawings(open_page(EXPAND, target=TARGET))
    for mark in ("趋势 ", "近五年 ", "所需 ", "全市 "):
        assert mark in shown


def test_the_conclusion_says_what_the_scenario_changes():
    assert "与基准相比" not in said(open_page(EXPAND))
    text = said(open_page(EXPAND, sd27="3"))
    assert "与基准相比：" in text
    assert "达成概率变动最大的是规模以上工业属地产值" in text


def test_solving_shows_the_exact_value_and_applies_the_nearest_that_meets(demo_bench):
    app = open_page(LAB, section="seek")
    app.selectbox(key="seek_target").set_value(TARGET).run()
    app.selectbox(key=f"seek_lever_{TARGET}").set_value(OUTPUT).run()
    app.selectbox(key="seek_criterion").set_value(0.8).run()
    assert re.search(r"恰好达标：2026—2027年年均 \*\*[−\d.]+%\*\*", said(app))
    # a running year is moved from its next month on, by more than its average
    assert re.search(r"（2026年11月—2027年[+−\\][+−\d.]+个百分点）", said(app))
    app.button(key="seek_apply").click().run()
    moved = dict(session_of(app).scenario.settings)
    assert demo_bench.view(moved).verdict(TARGET).probability >= 0.8
    moved[OUTPUT] -= 0.001
    assert demo_bench.view(moved).verdict(TARGET).probability < 0.8


def test_what_cannot_be_reached_is_said_with_the_bound_in_the_way():
    app = open_page(LAB, section="seek", zy22="1")  # without it the target is met at the median
    app.multiselect(key="effort_targets").set_value(["drone_output_2027", TARGET]).run()
    assert "1项目标可以达到" in said(app)
    assert "达不到：受限于“无人机产值年均增速增减（2026—2027年）”的上限" in said(app)
    app.button(key="effort_apply").click().run()
    assert OUTPUT in dict(session_of(app).scenario.settings)


def test_a_stress_test_is_a_setting_like_any_other():
    app = open_page(LAB, section="stress")
    app.toggle(key="stress:stress.repeat_2022").set_value(True).run()
    assert query(app)["zy22"] == "1"
    assert "与基准相比" in said(app)
    app.toggle(key="stress:stress.repeat_2022").set_value(False).run()
    assert "zy22" not in query(app)


def test_how_hard_each_series_is_hit_is_listed_with_those_left_out(demo_bench):
    text = said(open_page(LAB, section="stress"))
    effect = demo_bench.stress_effects["stress.chemical_price_fall"]
    assert "绿色化工产业产值：2026年增速−10.0个百分点" in text
    for name, reason in effect.left_out:
        assert f"{name}：不受冲击，{reason}" in text
    hit = demo_bench.stress_effects["stress.repeat_2022"].shocks
    panels = [x.label for x in open_page(LAB, section="stress").expander]
    assert f"受冲击的{len(hit)}个指标与幅度" in panels


def test_charts_hold_every_scenario_on_one_scale():
    app = open_page(LAB, section="charts", target=TARGET, sd27="2", **TWO)
    (chart,) = app.get("vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    assert "含演示数据" in spec["title"]["subtitle"]
    for name in ("基准", "甲", "乙", "当前设置"):
        assert f"{name}中位数" in chart.proto.alt


def test_drivers_show_one_bar_a_lever_and_one_step_an_adjustment():
    app = open_page(LAB, section="drivers", target=TARGET, sd27="2", cgd27="1")
    assert len(app.get("vega_lite_chart")) == 2
    assert "沙普利" in said(app)
    (parts,) = (t.value for t in app.table)
    assert list(parts["类别"]) == ["政策"]


def upload(monkeypatch, content: bytes, *, release: str = "demo") -> AppTest:
    """Open the sharing section and hand it a file as the browser would."""
    app = open_page(LAB, section="share", release=release, zd27="1")
    file = SimpleNamespace(name="情景.json", getvalue=lambda: content)
    monkeypatch.setattr(share, "_upload", lambda: None)
    app.session_state["given"] = file
    monkeypatch.setattr(share, "_upload", _give)
    app.run()
    return app.run()


def _give() -> None:
    """Stand in for the upload field: take the file once."""
    import streamlit as st

    if "given" in st.session_state:
        share._take_file("given")
        del st.session_state["given"]


def test_a_scenario_file_brings_its_settings_back_exactly(monkeypatch, demo_bench: Workbench):
    made = Scenario(name="文件案", settings=((OUTPUT, 0.035),), release=demo_bench.release.id)
    text = files.to_json(made, demo_bench.release, demo_bench.catalog)
    app = upload(monkeypatch, text.encode())
    assert "已载入“情景.json”中的情景“文件案”（1项设置）" in said(app)
    assert query(app)["sd27"] == "3.5"
    assert "zd27" not in query(app)


def test_settings_without_a_name_are_named_in_files_and_lose_that_name_on_return(
    monkeypatch, demo_bench: Workbench
):
    unnamed = Scenario(name=UNNAMED, settings=((OUTPUT, 0.035),))
    written = named_for_files(unnamed)
    assert written.name == "自定情景"
    text = files.to_json(written, demo_bench.release, demo_bench.catalog)
    app = upload(monkeypatch, text.encode())
    assert query(app)["sd27"] == "3.5"
    assert "name" not in query(app)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not json", "不是有效的 JSON"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        (b"[]", "不是情景文件"),
        (b"x" * 200_000, "过大"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason_and_nothing_is_lost(
    monkeypatch, content, why
):
    app = upload(monkeypatch, content)
    assert why in said(app)
    assert "没有采用，原有设置不变" in said(app)
    assert query(app)["zd27"] == "1"


def test_a_link_opened_on_another_page_keeps_scenarios_through_the_menu():
    app = open_page(HOME, sd27="3", **TWO)
    app.switch_page(LAB).run()
    assert saved_names(app) == ["甲", "乙"]
    app.switch_page(EXPAND).run()
    assert query(app)["s1"] == TWO["s1"]
