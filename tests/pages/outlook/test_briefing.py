"""The briefing page: what it starts with, what can be changed, and that nothing is lost."""

import io
import re
import zipfile

import pytest

from analytics.catalog.load import load_catalog
from analytics.output.briefing import writing
from pages.outlook.briefing_parts import office
from tests.support.pages import open_page, open_tab, session_of, table, texts
from tests.support.paths import ROOT

PAGE = "pages/outlook/briefing.py"
OUTPUT, DRONES = "gross_output_registered_2027", "drone_output_2027"


def choose_kind(app, kind: str):
    """Choose the kind of briefing."""
    return app.segmented_control(key="briefing_kind").set_value(kind).run()


def sentence(app, number: int):
    """The text area of one of the points."""
    return app.text_area(key=f"briefing_sentence_highlight.{number}")


def files(app) -> list[str]:
    """Labels of the files that are ready."""
    made = (one.proto for one in app.get("download_button"))
    return [one.label for one in made if one.label.startswith("下载 ")]


def document(app) -> str:
    """The text of the Word document held ready."""
    of, content = next(iter(app.session_state["briefing"].files.values()))
    assert of
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


@pytest.mark.parametrize("release", ["demo", "published"])
@pytest.mark.parametrize("kind", ["one_page", "quarterly", "mid_term"])
def test_every_kind_is_shown_on_both_releases(release, kind):
    app = choose_kind(open_page(PAGE, release=release), kind)
    assert not app.error
    assert not app.exception
    assert "**要点**" in texts(app)
    assert app.table


def test_the_page_shows_the_boards_own_figures():
    pages = [f"pages/{one.page}" for one in load_catalog(ROOT).actions.values()][:5]
    board = [open_tab(open_page(page), "各项目标明细").table[0] for page in pages]
    app = choose_kind(open_page(PAGE), "mid_term")
    shown = {row["指标名称"]: row for one in app.table[1:7] for row in one.value.to_dict("records")}
    rows = [row for one in board for row in one.value.to_dict("records")]
    for row in rows:
        if row["指标名称"] == "工业园区单位土地税收":
            continue  # two targets of one name
        name = row["指标名称"]
        briefing = shown[name if name in shown else f"{name}年均增长率"]
        assert briefing["最新值"] == row["最新值"]
        assert briefing["序时进度"] == row["序时进度"]
        assert briefing["预计完成"].startswith(row["预计完成（预测）"])
        odds, _, over_methods = row["达成概率"].partition("  \n")
        if odds != "—":
            assert f"达成概率{odds}" in briefing["预计完成"]
            assert over_methods.removeprefix(":small[:gray[").strip("]") in briefing["预计完成"]


def test_demo_data_are_marked_in_the_document_itself():
    assert "含演示数据，不作决策依据" in texts(open_page(PAGE))
    assert "演示数据，不作" not in texts(open_page(PAGE, release="published"))


def test_a_moved_lever_makes_it_a_scenario_with_a_name():
    app = open_page(PAGE, **{"gross_output_registered.g2027": "2"})
    assert "年均增速提高2个百分点后，" in texts(app)
    app.text_input(key="briefing_name").set_value("加压").run()
    assert "情景：加压" in texts(app)
    app.selectbox(key="briefing_which").set_value("基准").run()
    assert "情景：基准" in texts(app)
    assert "年均增速提高2个百分点后，" not in texts(app)


def test_saved_scenarios_can_be_written_about_and_set_side_by_side():
    steps = {"gross_output_registered.g2027": "2", "s1": "sd27~3__加压"}
    app = open_page(PAGE, **steps)
    app.multiselect(key="briefing_beside").set_value(["基准", "加压"]).run()
    unlisted = "一页纸不列情景比较表，所选情景不写入；季度调度、中期评估列有此表。"
    assert unlisted in texts(app)
    choose_kind(app, "quarterly")
    assert not app.exception
    assert unlisted not in texts(app)
    columns = ["指标名称", "自定情景", "基准", "加压"]
    compared = [one.value for one in app.table if list(one.value) == columns]
    assert len(compared) == 1
    app.selectbox(key="briefing_which").set_value("加压").run()
    assert not app.exception
    assert "情景：加压" in texts(app)


def test_picked_targets_are_listed_in_the_order_picked():
    app = open_page(PAGE)
    app.multiselect(key="briefing_targets").set_value([DRONES, OUTPUT]).run()
    assert table(app)["指标名称"].to_list() == ["无人机产值", "规模以上工业属地产值"]
    app.button(key="briefing_targets_arrow_downward").click().run()
    assert table(app)["指标名称"].to_list() == ["规模以上工业属地产值", "无人机产值"]
    app.button(key="briefing_targets_最需关注在前").click().run()
    assert table(app)["指标名称"].to_list() == ["无人机产值", "规模以上工业属地产值"]


def test_picked_charts_are_drawn_and_the_presets_choice_comes_back():
    app = open_page(PAGE)
    own = app.multiselect(key="briefing_charts").value
    app.multiselect(key="briefing_charts").set_value([OUTPUT, "ratio.scale_2035"]).run()
    assert len(app.get("vega_lite_chart")) == 2
    app.button(key="briefing_reset").click().run()
    assert app.multiselect(key="briefing_charts").value == own


def test_more_than_fits_one_page_is_pointed_out():
    app = open_page(PAGE)
    assert "超出后可能多于一页" not in texts(app)
    app.multiselect(key="briefing_charts").set_value([OUTPUT, DRONES]).run()
    assert "一页纸按5项目标、1幅图排版，超出后可能多于一页" in texts(app)


def test_a_chart_without_data_in_another_release_is_named_and_comes_back():
    app = open_page(PAGE)
    app.multiselect(key="briefing_charts").set_value([OUTPUT, DRONES]).run()
    app.segmented_control(key="release_choice").set_value("published").run()
    assert not app.exception
    assert any("未列入：规模以上工业属地产值、无人机产值" in one.value for one in app.info)
    app.segmented_control(key="release_choice").set_value("demo").run()
    assert app.multiselect(key="briefing_charts").value == [OUTPUT, DRONES]


def test_nothing_picked_is_said_and_nothing_can_be_made():
    app = open_page(PAGE)
    app.multiselect(key="briefing_targets").set_value([]).run()
    app.multiselect(key="briefing_charts").set_value([]).run()
    assert any("没有选入任何目标或图" in one.value for one in app.warning)
    assert not app.exception


def test_title_and_sentences_can_be_rewritten_and_stay_when_the_page_is_left():
    app = open_page(PAGE)
    app.text_input(key="briefing_title").set_value("六月调度会材料").run()
    sentence(app, 1).set_value("总体进展平稳，四成目标快于预期。").run()
    app.switch_page("pages/actions/expand_scale.py").run()
    app.switch_page(PAGE).run()
    assert "六月调度会材料" in app.subheader[0].value
    assert "总体进展平稳" in texts(app)
    assert app.text_input(key="briefing_title").value == "六月调度会材料"


def test_each_kind_keeps_its_own_title():
    app = open_page(PAGE)
    app.text_input(key="briefing_title").set_value("一页材料").run()
    choose_kind(app, "quarterly")
    assert "季度调度" in app.subheader[0].value
    choose_kind(app, "one_page")
    assert app.subheader[0].value == "一页材料"


def test_a_number_brought_in_by_rewriting_is_pointed_out():
    app = open_page(PAGE)
    sentence(app, 1).set_value("全区产值约2,345亿元。").run()
    assert any("改写后新出现的数字：2,345" in one.value for one in app.caption)


def test_a_rewritten_sentence_is_set_aside_when_its_numbers_change():
    app = open_page(PAGE)
    sentence(app, 2).set_value("预计达成十九项。").run()
    moved = {"settings": (("industrial_land_supply.f2027", 100.0),)}
    here = session_of(app)
    here.scenario = here.scenario.model_copy(update=moved)
    app.run()
    assert any("预计达成十九项" in one.value for one in app.warning)
    assert "预计达成十九项" not in "\n".join(one.value for one in app.markdown)
    app.button(key="briefing_forget").click().run()
    assert not app.warning


def test_a_file_is_made_when_asked_and_no_longer_offered_after_a_change():
    app = open_page(PAGE)
    assert files(app) == []
    app.button(key="make_docx").click().run()
    assert len(files(app)) == 1
    assert re.search(r"金山_一页纸简报_基准_\d{4}-\d\d-\d\d\.docx（\d+ KB，1页）", files(app)[0])
    app.text_input(key="briefing_title").set_value("改过的标题").run()
    assert files(app) == []


@pytest.mark.parametrize("room", [True, False])
def test_beside_a_one_pager_without_room_for_its_link_stands_that_it_has_none(monkeypatch, room):
    monkeypatch.setattr(writing, "leaves_link_out", lambda *_: not room)
    app = open_page(PAGE)
    app.button(key="make_docx").click().run()
    assert any("未印在线查看的网址和二维码" in one.value for one in app.caption) is not room


def test_the_file_says_what_the_page_says():
    app = open_page(PAGE)
    app.text_input(key="briefing_title").set_value("六月调度会材料").run()
    app.button(key="make_docx").click().run()
    text = document(app)
    assert "六月调度会材料" in text
    for row in table(app).to_dict("records"):
        first = re.split(r"  \n", row["最新值"])[0].replace("\\", "")
        assert first in text


def test_the_notebook_is_made_too():
    app = open_page(PAGE)
    app.button(key="make_ipynb").click().run()
    assert files(app)[0].split("（")[0].endswith(".ipynb")


def test_a_character_without_a_glyph_is_said_instead_of_a_broken_file():
    app = open_page(PAGE)
    app.text_input(key="briefing_title").set_value("进展𠮷").run()
    app.button(key="make_pdf").click().run()
    assert not app.exception
    assert files(app) == [] and "𠮷" in app.error[0].value


def test_an_action_page_offers_its_notebook():
    app = open_tab(open_page("pages/actions/expand_scale.py"), "链接与文件")
    assert "导出笔记本" in [one.proto.label for one in app.get("download_button")]


# ── definitions ──────────────────────────────────────────────────────────────────────────


def reopened(app):
    """The page as a reload brings it back: a new session with the address of the old one."""
    address = {
        name: one[0] if isinstance(one, list) else one for name, one in app.query_params.items()
    }
    return open_page(PAGE, **address)


def test_all_that_was_decided_survives_a_reload():
    app = open_page(PAGE)
    choose_kind(app, "quarterly")
    app.text_input(key="briefing_title").set_value("六月材料").run()
    app.multiselect(key="briefing_targets").set_value([DRONES, OUTPUT]).run()
    sentence(app, 1).set_value("总体{6.判断}。").run()
    sentence(app, 2).set_value("联合情况另报。").run()
    app.text_area(key="briefing_steps").set_value("加快开工。\n\n补报数据。").run()
    app.text_input(key="briefing_signed").set_value("区经委").run()
    again = reopened(app)
    assert again.segmented_control(key="briefing_kind").value == "quarterly"
    assert again.subheader[0].value == "六月材料"
    assert table(again)["指标名称"].to_list() == ["无人机产值", "规模以上工业属地产值"]
    assert sentence(again, 1).value == "总体{6.判断}。"
    for written in ("联合情况另报。", "加快开工。", "补报数据。", "区经委"):
        assert written in texts(again)
    assert not again.warning


def test_an_unchanged_page_adds_nothing_to_the_address():
    assert "briefing" not in open_page(PAGE).query_params


@pytest.mark.parametrize("link", ["xx", "eJyrViouTUpJLVayUgIAFH0DpA"])
def test_a_broken_link_leaves_the_kinds_own_choice_and_says_so(link):
    app = open_page(PAGE, briefing=link)
    assert any("链接中的简报设置" in one.value for one in app.warning)
    assert table(app) is not None


def test_who_is_in_charge_is_written_behind_each_target():
    app = open_page(PAGE)
    area = app.text_area(key="briefing_duties")
    first, *rest = area.value.splitlines()
    area.set_value("\n".join([f"{first}产业科", *rest])).run()
    assert app.text_area(key="briefing_duties").value.splitlines()[0] == f"{first}产业科"
    assert any("产业科" in one.value.to_string() for one in app.table)


def test_a_kept_definition_lists_in_the_next_issue_what_has_changed(monkeypatch, tmp_path):
    monkeypatch.setattr(office.shelf, "FOLDER", tmp_path)
    app = open_page(PAGE)
    choose_kind(app, "quarterly")
    app.multiselect(key="briefing_charts").set_value([]).run()
    app.multiselect(key="briefing_targets").set_value([OUTPUT]).run()
    app.button(key="briefing_keep").click().run()
    following = open_page(PAGE, release="published")
    following.selectbox(key="briefing_named").set_value("季度调度").run()
    following.button(key="briefing_load").click().run()
    assert following.segmented_control(key="briefing_kind").value == "quarterly"
    assert "较上期变化（1项）" in texts(following)
    assert list(following.table[0].value) == ["指标名称", "上期", "本期"]


def test_a_placeholder_without_a_figure_is_said_and_nothing_is_made():
    app = open_page(PAGE)
    sentence(app, 1).set_value("达成概率{99.概率}。").run()
    assert any("：没有目标“99”" in one.value for one in app.error)
    assert not app.get("vega_lite_chart")


def test_where_little_is_known_the_page_offers_the_letter_that_asks_for_data():
    app = open_page(PAGE, release="published")
    app.button(key="briefing_request").click().run()
    assert app.segmented_control(key="briefing_kind").value == "data_request"
    assert app.subheader[0].value == "关于商请提供新型工业化目标数据的函"
    assert "请提供的年份" in table(app)
    assert [one.key for one in app.button if one.key.startswith("make_")] == [
        "make_docx",
        "make_pdf",
    ]
    app.button(key="make_docx").click().run()
    assert files(app)[0].split("（")[0].endswith(".docx")
    assert "briefing_request" not in [one.key for one in open_page(PAGE).button]
