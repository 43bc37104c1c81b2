"""A new action page needs one TOML table and a script of three lines."""

import shutil
from pathlib import Path

import pytest
import streamlit as st

from tests.support.pages import drawings, new_app, open_tab, table, texts
from tests.support.paths import ROOT

SCRIPT = """\"\"\"兴低空: drones.\"\"\"

from pages.actions.parts.page import action_page

action_page("low_altitude")
"""
ACTION = """
[actions.low_altitude]
name_zh = "兴低空"
section = "四(六)"
summary_zh = "测试用的新行动。"
page = "actions/low_altitude.py"
url_path = "兴低空"
icon = "flight"
blocks = [
  { kind = "readings", indicator = "park_land_tax", title_zh = "测试用的两种读法" },
]
"""
TARGET = """
[targets.drone_output_2030]
name_zh = "无人机产值（测试）"
action = "low_altitude"
indicator = "drone_output"
measure = "level"
operator = "ge"
value = 100
unit = "亿元"
due_year = 2030
section = "四(六)1"
wording = "无人机产值达到100亿元"
"""


@pytest.fixture
def project(release_root: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy of the app with one more action, its page and a target."""
    shutil.copytree(release_root / "data", tmp_path / "data")
    shutil.copytree(ROOT / "pages", tmp_path / "pages")
    shutil.copy(ROOT / "app.py", tmp_path)
    for file, text in (("actions.toml", ACTION), ("targets.toml", TARGET)):
        with (tmp_path / "data/catalog" / file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    (tmp_path / "pages/actions/low_altitude.py").write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setattr("pages.common.releases.ROOT", tmp_path)
    monkeypatch.setattr("pages.common.menu.PAGES", tmp_path / "pages")
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def test_an_action_added_by_toml_and_a_short_script_has_its_page_with_blocks(project):
    app = new_app(project).run()
    assert "兴低空（1项）" in drawings(app)
    app.switch_page("pages/actions/low_altitude.py").run()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "兴低空"
    assert "测试用的两种读法" in texts(open_tab(app, "专题"))
    listed = table(open_tab(app, "各项目标明细"))
    assert list(listed["指标名称"]) == ["无人机产值（测试）"]


def test_every_action_page_is_a_script_that_only_names_its_action():
    for file in sorted((ROOT / "pages/actions").glob("*.py")):
        doc, *code = [line for line in file.read_text(encoding="utf-8").splitlines() if line]
        assert doc.startswith('"""')
        assert len(code) == 2, file.name
