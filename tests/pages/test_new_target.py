"""A new target needs TOML and rows, no code: it appears everywhere."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics import __main__ as cli
from analytics.data.releases import build
from tests.support.pages import lines, new_app, open_tab
from tests.support.paths import ROOT

VALUES = {2019: 20, 2020: 22, 2021: 26, 2022: 27, 2023: 31, 2024: 35, 2025: 40}
INDICATOR = """
[indicators.hydrogen_output]
name_zh = "氢能产业产值"
name_en = "Hydrogen output"
unit = "亿元"
kind = "level"
prior = "pooled"
scope = "全区"
lower = 0
definition_zh = "测试用的新指标。"
"""
ANCHORS = ", ".join(f"{year} = {value}" for year, value in VALUES.items())
DEMO = f"""
[series.hydrogen_output]
type = "level"
anchors = {{ 2015 = 15, {ANCHORS} }}
noise = 0.0
cycle = 0.0
"""
TARGET = """
[targets.hydrogen_output_2027]
name_zh = "氢能产业产值"
action = "boost_supply"
indicator = "hydrogen_output"
measure = "level"
operator = "ge"
value = 50
unit = "亿元"
due_year = 2027
section = "四(五)1"
wording = "氢能产业产值达到50亿元"
note_en = "a target added by TOML and rows"
"""


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A copy of the data with one more indicator, target and seven rows."""
    for name in ("data/catalog", "data/source"):
        shutil.copytree(ROOT / name, tmp_path / name)
    added = (("indicators.toml", INDICATOR), ("targets.toml", TARGET), ("demo.toml", DEMO))
    for file, text in added:
        with (tmp_path / "data/catalog" / file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    source = tmp_path / "data/source/published_jinshan.csv"
    with source.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for year, value in VALUES.items():
            about = ["现价", "", "测试公报", "https://www.jinshan.gov.cn/x", "2026-01-01", "high"]
            row = ["hydrogen_output", "氢能产业产值", "金山区", year, "annual", value, "亿元"]
            writer.writerow([*row, *about])
    build(tmp_path, created_on=date(2026, 11, 23))
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    monkeypatch.setattr("pages.common.releases.ROOT", tmp_path)
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def open_page(script: str | None = None) -> AppTest:
    app = new_app(release="published").run()
    if script:
        app.switch_page(script).run()
    assert not app.exception
    assert not app.error
    return app


def rows_named(app: AppTest, name: str) -> int:
    tables = [table.value for table in app.table]
    return sum(
        int(table["指标名称"].str.contains(name).sum()) for table in tables if "指标名称" in table
    )


def test_a_target_added_by_toml_and_rows_appears_on_board_page_and_command_line(project, capsys):
    assert sum("氢能产业产值" in line for line in lines(open_page())) == 1
    page = open_tab(open_page("pages/actions/boost_supply.py"), "各项目标明细")
    assert rows_named(page, "氢能产业产值") == 1
    assert cli.main(["assess", "--release", "published", "--json"]) == 0
    found = {record["id"]: record for record in json.loads(capsys.readouterr().out)}
    assert len(found) == 42
    assert found["hydrogen_output_2027"]["latest"] == 40
    assert found["hydrogen_output_2027"]["nature"] == ["公布"]
    assert 0 < found["hydrogen_output_2027"]["probability"] < 1
