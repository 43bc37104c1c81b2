"""The import page: check, correct, publish, go back; and what it says when it may not."""

import contextlib
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.data.imports.template import TableRow, fill_csv
from analytics.data.releases.journal import read_journal, read_pointer
from analytics.data.releases.release import publishing
from analytics.domain import JINSHAN
from analytics.text_zh import unit_zh
from pages.common import menu, releases, running
from tests.support.filled_template import known_values
from tests.support.import_fixtures import batch, publish_batch
from tests.support.pages import open_page, open_tab, session_of
from tests.support.release_fixtures import copy_built

PAGE, EXPAND = "pages/reference/import_data.py", "pages/actions/expand_scale.py"
SOURCES = "pages/reference/sources.py"
DEMO, TABLE = "含演示数据", "各项目标明细"


@pytest.fixture
def project(release_root, demo_bench, tmp_path, monkeypatch) -> Path:
    """The app on a data folder of its own, the projections of the old release at hand."""
    root = copy_built(release_root, tmp_path / "project")
    monkeypatch.setattr(releases, "ROOT", root)  # what is cached is keyed by release, not by folder
    return root


def row(year: int, value: float, **changes) -> TableRow:
    """One value of the district's own output."""
    plain = {
        "indicator": "规模以上工业属地产值",
        "id": "gross_output_registered",
        "region": "金山区",
        "period": "全年",
        "unit": "亿元",
        "scope": "属地",
        "basis": "当年价格",
    }
    return TableRow(**(plain | {"year": year, "value": value} | changes))


SOUND = [row(year, 1500.0 + 40 * (year - 2015)) for year in range(2015, 2026)]


def open_import(page: str = PAGE, **query: str) -> AppTest:
    """Open the page, or another, by its link."""
    return open_page(page, **query)


def check(app: AppTest, rows: list[TableRow], name: str = "填报.csv") -> AppTest:
    """Upload rows as a CSV under a name and have them checked."""
    app.text_input(key="import_name").set_value("李雷").run()
    content = fill_csv(releases.catalog(), rows)
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    return app.button(key="check").click().run()


def texts(app: AppTest) -> str:
    """All words of a page, without the sidebar."""
    main = app.main
    places = (main.markdown, main.caption, main.warning, main.success, main.error, main.info)
    return "\n".join(str(item.value) for items in places for item in items)


def counts(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def frame(app: AppTest, place: int = 0):
    return app.dataframe[place].value


def test_nothing_can_be_checked_without_a_name_and_a_file(project):
    app = open_import()
    assert app.button(key="check").disabled
    app.text_input(key="import_name").set_value("李雷").run()
    assert app.button(key="check").disabled
    assert "填写填报人并选择文件后" in texts(app)


def test_a_sound_file_is_previewed_with_old_and_new_values(project):
    app = check(open_import(), SOUND)
    assert counts(app)["修订"] == "11个"
    assert set(counts(app).values()) == {"11个", "0个"}
    shown = frame(app)
    assert shown["新值"].iloc[-1] == "1,900亿元"
    assert shown["原值"].str.endswith("（演示）").all()
    assert "其演示数据全部撤下" in texts(app)
    assert "规模以上工业企业产值" in texts(app)


def test_every_fault_names_its_cell_and_how_to_mend_it_and_nothing_can_be_published(project):
    rows = [*SOUND[:-2], row(2024, -5.0), row(2025, 1900.0, unit="吨")]
    app = check(open_import(), rows)
    faults = app.table[0].value
    assert faults["处理"].str.contains("退回").sum() == 2
    assert faults["位置"].str.fullmatch(r"填报\.csv　\*\*[A-Z]\d+\*\*").all()
    assert faults["怎么改"].str.len().min() > 0
    assert app.button(key="publish").disabled
    assert "改好后再传" in texts(app)


def test_a_doubtful_value_is_published_only_after_it_is_ticked(project):
    app = check(open_import(), [*SOUND[:-1], row(2025, 19_000_000.0)])
    assert app.button(key="publish").disabled
    boxes = [box for box in app.checkbox if box.key.startswith("confirm_")]
    assert boxes
    for box in boxes:
        box.check()
    app.run()
    assert not app.button(key="publish").disabled


def test_publishing_switches_every_page_and_one_click_goes_back(project):
    before = read_pointer(project)["releases"]
    app = check(open_import(), SOUND)
    app.button(key="publish").click().run()
    assert "已发布新版本：修订11" in texts(app)
    assert "固定在原来的数据版本" not in texts(app)
    assert read_pointer(project)["releases"] != before
    entry = read_journal(project)[-1]
    assert (entry.by, entry.what) == ("李雷", "导入 填报.csv（修订11）")

    open_tab(app.switch_page(EXPAND), TABLE)
    rows = app.table[0].value
    own = rows[rows["指标名称"].str.contains("规模以上工业属地产值")].iloc[0]
    assert "1,900" in own["最新值"]
    assert "填报" in own["最新值"]

    app.switch_page(PAGE).run()
    app.text_input(key="import_name").set_value("王芳").run()
    return_to(app, "数字填错")
    assert "已返回第1版" in texts(app)
    assert read_pointer(project)["releases"] == before
    entry = read_journal(project)[-1]
    assert (entry.by, entry.what, entry.reason) == ("王芳", "返回第1版", "数字填错")
    assert "返回第1版：数字填错" in app.table[0].value.to_csv()


def test_going_back_shows_what_changes_and_another_version_published_meanwhile_is_kept(project):
    publish_batch(project, batch({"gross_output_registered": {2025: 1900.0}}))
    app = open_import()
    app.text_input(key="import_name").set_value("王芳").run()
    app.button(key="roll_back").click().run()
    assert "返回第1版，替换现行第2版" in texts(app)
    assert app.button(key="return_now").disabled
    assert "1,900亿元" in frame(app)["前"].to_csv()
    publish_batch(project, batch({"gross_output_registered": {2025: 1901.0}}), by="李雷")
    app.text_input(key="return_reason").set_value("数字填错").run()
    app.button(key="return_now").click().run()
    assert "第3版（导入 填报.csv）刚由李雷发布" in texts(app)
    assert read_journal(project)[-1].number == 3


def return_to(app: AppTest, reason: str) -> None:
    """Go back to the version before, for a reason."""
    app.button(key="roll_back").click().run()
    app.text_input(key="return_reason").set_value(reason).run()
    app.button(key="return_now").click().run()


def test_a_session_with_moved_levers_stays_on_its_release_and_is_told_so(project):
    app = open_import(zd27="0.4")
    before = session_of(app).scenario.release
    app = check(app, SOUND)
    app.button(key="publish").click().run()
    assert "固定在原来的数据版本" in texts(app)
    assert "非当前版" in texts(app)
    assert session_of(app).scenario.release == before
    app.button(key="use_newest").click().run()
    assert "非当前版" not in texts(app)
    assert session_of(app).scenario.release in read_pointer(project)["releases"].values()
    assert session_of(app).scenario.settings


def test_two_versions_are_compared_in_numbers_and_verdicts(project):
    app = check(open_import(), SOUND)
    app.button(key="publish").click().run()
    app.session_state["compare"] = True
    app.run()
    assert "数值：" in texts(app)
    assert "项的数值或判断有变化" in texts(app)


def test_the_demo_mark_goes_where_imported_figures_are_used_and_stays_elsewhere(project):
    app = check(open_import(), SOUND)
    app.button(key="publish").click().run()
    open_tab(app.switch_page(EXPAND), TABLE)
    chart = json.loads(app.get("vega_lite_chart")[0].proto.spec)["title"]["subtitle"]
    assert DEMO not in chart  # the chart opens on the page's first target
    rows = app.table[0].value.set_index("指标名称")["最新值"]
    assert not rows.filter(like="规模以上工业属地产值").str.contains("演示").any()
    assert rows.filter(like="新材料").str.contains("演示").all()


def test_a_second_publisher_is_told_and_loses_nothing(project):
    app = check(open_import(), SOUND)
    with publishing(project):
        app.button(key="publish").click().run()
    assert "正在发布数据，本次未作任何改动" in texts(app)
    app.button(key="publish").click().run()
    assert "已发布新版本" in texts(app)


def test_a_preview_overtaken_by_another_import_has_to_be_made_again(project):
    first, second = check(open_import(), SOUND), check(open_import(), SOUND[:5], "另一份.csv")
    first.button(key="publish").click().run()
    second.button(key="publish").click().run()
    assert "请重新核对后再发布" in texts(second)


HOSTILE = [
    ("宏.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
    ("空.csv", b""),
    ("查询.csv", "指标,数值\n'; DROP TABLE x; --,1\n".encode()),
    ("路径.csv", "指标,数值\nread_csv('/etc/passwd'),1\n".encode()),
    ("标签.csv", "指标,数值\n<img src=x onerror=alert(1)>,1\n".encode()),
]


def test_hostile_files_are_refused_in_words_and_the_release_stays(project):
    before = read_pointer(project)
    app = open_import()
    app.text_input(key="import_name").set_value("李雷")
    for name, content in HOSTILE:
        app.file_uploader[0].set_value((name, content, "text/csv")).run()
        app.button(key="check").click().run()
        assert not app.exception, name
        assert app.error or app.button(key="publish").disabled, name
    assert read_pointer(project) == before


@pytest.mark.parametrize(("switch", "offered"), [("off", False), ("", True)])
def test_switched_off_the_page_is_not_in_the_menu(project, monkeypatch, switch, offered):
    monkeypatch.setenv("JINSHAN_IMPORT", switch)
    monkeypatch.setattr(menu.st, "Page", lambda script, title, **_: title)
    listed = []
    monkeypatch.setattr(menu.st, "navigation", lambda pages, **_: listed.extend(pages))
    with contextlib.suppress(AttributeError):  # no page is running here
        menu.navigation()
    assert ("数据导入" in listed) is offered
    assert "数据与来源" in listed


def test_switched_off_nothing_can_be_imported_even_from_an_open_page(project, monkeypatch):
    app = check(open_import(), SOUND)
    monkeypatch.setenv("JINSHAN_IMPORT", "off")
    app.run()
    assert not app.exception
    assert "publish" not in [button.key for button in app.button]


def test_a_read_only_data_folder_is_said_so_and_nothing_can_be_published(project, monkeypatch):
    monkeypatch.setattr(releases, "writable", lambda: False)
    app = check(open_import(), SOUND)
    assert "数据目录为只读" in texts(app)
    assert app.button(key="publish").disabled
    assert app.button(key="roll_back").disabled
    assert counts(app)["修订"] == "11个"


def test_a_hostile_name_is_shown_as_text(project):
    app = open_import()
    app.text_input(key="import_name").set_value("<img src=x onerror=alert(1)>:red[x]").run()
    content = fill_csv(releases.catalog(), SOUND)
    app.file_uploader[0].set_value(("a.csv", content, "text/csv")).run()
    app.button(key="check").click().run()
    app.button(key="publish").click().run()
    cell = app.table[0].value["操作人"].iloc[0]
    assert r"\<img" in cell
    assert r"\:red\[x\]" in cell


def test_a_file_named_like_markdown_is_named_letter_by_letter_on_its_button(project):
    app = open_import()
    app.text_input(key="import_name").set_value("李雷").run()
    content = "指标,年份,数值,单位\n规模以上工业属地产值,2024,持平,亿元\n".encode()
    name = "![i](a) :red[红] $x^2$ **粗**.csv"
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    app.button(key="check").click().run()
    labels = [item.proto.label for item in app.get("download_button")]
    said = r"下载带批注的“\!\[i\]\(a\) \:red\[红\] \$x^2\$ \*\*粗\*\*.csv”"
    assert said in labels


def test_the_template_is_offered_in_both_forms(project):
    labels = {item.proto.label for item in open_import().get("download_button")}
    assert labels == {"下载模板（Excel）", "下载模板（CSV）"}


def test_a_page_loses_its_demo_marks_when_all_its_figures_are_imported_and_others_keep_theirs(
    project,
):
    """The page 提能级 needs no indicator of another action."""
    catalog = releases.catalog()
    wanted = {target.indicator for target in catalog.targets_of("upgrade_capacity")}
    rows = [
        TableRow("", name, region, year, "全年", value, unit_zh(catalog.indicators[name].unit))
        for (name, region, year, month), value in known_values(project).items()
        if name in wanted and month is None
    ]
    app = check(open_import(), rows)
    for box in [box for box in app.checkbox if box.key.startswith("confirm_")]:
        box.check()
    app.run()
    app.button(key="publish").click().run()
    assert "已发布新版本" in texts(app)
    open_tab(app.switch_page("pages/actions/upgrade_capacity.py"), TABLE)
    assert "演示" not in texts(app).replace("演示＝生成数据", "")
    assert "演示" not in app.table[0].value.to_csv()
    app.switch_page(EXPAND).run()
    assert "本版本含演示数据" in texts(app)
    assert DEMO in texts(app).replace("本版本含演示数据", "")


def test_a_release_published_while_a_page_runs_is_shown_whole_or_not_at_all(project, monkeypatch):
    """The pointer changes right after the page has looked at it."""
    app = open_tab(open_import(EXPAND), TABLE)
    old = read_pointer(project)["releases"]
    publish_batch(project, batch({"gross_output_registered": {2025: 1900.0}}))
    new = read_pointer(project)["releases"]
    answers = iter([old])
    monkeypatch.setattr(running, "releases", lambda: next(answers, new))
    app.run()
    assert new["demo"][-8:] in app.sidebar.caption[0].value
    assert app.table[0].value["最新值"].str.contains("1,900.0亿元").any()


def test_a_reader_is_told_that_the_data_have_been_switched(project):
    app = open_import(EXPAND)
    assert not app.toast
    publish_batch(project, batch({"gross_output_registered": {2025: 1900.0}}))
    app.run()
    assert "数据版本已更新" in app.toast[0].value
    app.run()
    assert not app.toast


def test_the_release_is_called_a_demonstration_only_while_it_holds_illustrative_rows(project):
    catalog = releases.catalog()
    app = open_import()
    before = session_of(app).scenario.release
    assert release_names(app) == ["公布", "演示"]
    rows = [
        TableRow("", name, region, year, "全年", value, unit_zh(catalog.indicators[name].unit))
        for (name, region, year, month), value in known_values(project).items()
        if month is None and region == JINSHAN
    ]
    app = check(app, rows)
    for box in [box for box in app.checkbox if box.key.startswith("confirm_")]:
        box.check()
    app.run()
    app.button(key="publish").click().run()
    assert release_names(app) == ["公布", "全部"]
    app.switch_page(SOURCES).run()
    assert "演示" not in texts(app).replace("演示＝生成数据", "")
    assert release_names(open_import(release=before)) == ["公布", "演示"]


def test_only_illustrative_figures_are_said_to_be_withdrawn(project):
    app = check(open_import(), SOUND)
    assert "其演示数据全部撤下" in texts(app)
    assert "演示数据一并撤下：" in texts(app)
    app.button(key="publish").click().run()
    app = check(app, [row(2025, 1901.0)], "更正.csv")
    assert "1个区级指标用填报数。" in texts(app)
    assert "撤下" not in texts(app)


def release_names(app: AppTest) -> list[str]:
    """Return what the release switch calls the releases."""
    return [option.content for option in app.sidebar.button_group[0].proto.options]


def test_the_name_given_is_kept_over_pages_and_goes_into_the_record(project):
    app = check(open_import(), SOUND)
    app.switch_page(EXPAND).run()
    app.switch_page(PAGE).run()
    assert app.text_input(key="import_name").value == "李雷"
    app.button(key="publish").click().run()
    assert read_journal(project)[-1].by == "李雷"


def test_nothing_is_published_without_a_name(project):
    app = check(open_import(), SOUND)
    app.text_input(key="import_name").set_value("").run()
    assert app.button(key="publish").disabled
    assert "请先在上方填写填报人，发布也记入版本记录。" in texts(app)


def test_a_damaged_release_takes_no_page_away_and_is_said_so(project):
    publish_batch(project, batch({"gross_output_registered": {2025: 1900.0}}))
    damaged = project / "data/parquet" / read_pointer(project)["releases"]["demo"]
    (damaged / "observations.parquet").write_bytes(b"")
    app = open_import()
    assert not app.exception
    assert "现行数据版本打不开，暂用第1版的数据" in texts(app)
    assert "python -m analytics restore" in texts(app)
    assert app.button(key="roll_back").label == "回到上一版（第1版）…"


def test_the_effect_on_the_targets_is_shown_before_anything_is_published(project):
    app = check(open_import(), SOUND)
    before = read_pointer(project)
    app.button(key="try_out").click().run()
    assert not app.exception
    assert "项目标的数值或判断有变化，演示数据撤下" in texts(app)
    effects = next(one.value for one in app.table if "达成概率" in one.value)
    output = effects[effects["目标"].str.contains("规模以上工业属地产值")].iloc[0]
    assert "→" in output["最新值"]
    assert "填报" in output["最新值"]
    assert read_pointer(project) == before
