"""The exported notebook runs in a clean kernel and comes to the page's numbers."""

import ast
import os
import re
from datetime import date
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from analytics.domain import Scenario
from analytics.output.briefing.named_figures import takeaway
from analytics.output.briefing.notebook import MISPLACED, notebook
from analytics.output.briefing.writing import action_notebook
from analytics.output.figures.note import Stamp
from analytics.workbench import build_workbench
from tests.support.import_rules import imports

MADE_ON = date(2026, 11, 25)
MOVED = (("gross_output_registered.g2027", 0.02), ("industrial_land_supply.f2027", 50.0))
TARGETS = ("gross_output_registered_2027", "industrial_land_supply_2027", "quality_2035")
CHARTS = {"gross_output_registered_2027": 2030, "ratio.scale_2035": 2035}


@pytest.fixture(scope="module")
def bench(served_root):
    """The release of the project that the notebook lies in and opens."""
    return build_workbench(served_root, "demo")


@pytest.fixture(scope="module")
def view(bench):
    """A scenario beside the baseline."""
    return bench.view(dict(MOVED), before=bench.view({}))


@pytest.fixture(scope="module")
def written(bench, view) -> bytes:
    """The notebook of that scenario."""
    scenario = Scenario(name="加压", settings=MOVED, release=bench.release.id)
    return notebook(view, scenario, "扩规模", TARGETS, CHARTS, MADE_ON)


def run(content: str, folder: Path, **options) -> nbformat.NotebookNode:
    """Run a notebook from top to bottom in a kernel of its own."""
    book = nbformat.reads(content, 4)
    place = {"metadata": {"path": str(folder)}}
    client = NotebookClient(book, timeout=600, resources=place, **options)
    client.execute(env={**os.environ, "PYTHONWARNINGS": "ignore"})
    return book


@pytest.fixture(scope="module")
def executed(written, served_root):
    """The notebook after a clean run, started in a folder inside the project."""
    return run(written.decode(), served_root / "sql")


def shown(book: nbformat.NotebookNode, kind: str) -> list[str]:
    """Everything of one media type that the cells show, in their order."""
    outputs = [one for cell in book.cells for one in cell.get("outputs", ())]
    return [one["data"][kind] for one in outputs if kind in one.get("data", {})]


def printed(book: nbformat.NotebookNode) -> str:
    """All that the cells print."""
    outputs = [one for cell in book.cells for one in cell.get("outputs", ())]
    return "".join(one.get("text", "") for one in outputs)


def test_it_runs_and_confirms_every_verdict(executed):
    assert "3项目标的判断、最新值、中位数、区间和概率与页面一致" in printed(executed)


def test_it_comes_to_the_pages_median_and_probability(executed, view):
    table = next(text for text in shown(executed, "text/plain") if "projected_median" in text)
    item = view.verdict("gross_output_registered_2027")
    numbers = re.findall(r"\d+\.\d+", table)
    assert f"{item.median:.6f}" in numbers


def test_it_draws_each_chart_and_shows_its_numbers(executed):
    assert len(shown(executed, "image/png")) == len(CHARTS)
    assert sum("95%区间下沿" in text for text in shown(executed, "text/plain")) == len(CHARTS)


def test_it_shows_the_sql_and_the_rows_behind_every_chart(executed):
    # one side for the level, two for the ratio to the city
    assert printed(executed).count("-- name: annual_history") == 3


def test_it_says_what_scenario_release_and_day_it_is_of(written, bench):
    first = nbformat.reads(written.decode(), 4).cells[0].source
    scenario = Scenario(settings=MOVED, release=bench.release.id)
    assert "含演示数据，不作决策依据" in first
    assert scenario.id in first
    assert bench.release.hash in first
    assert "2026-11-25" in first


def test_it_holds_the_sentence_of_the_page(written, view):
    text = "\n".join(cell.source for cell in nbformat.reads(written.decode(), 4).cells)
    assert takeaway(view, "gross_output_registered_2027") in text


def test_a_number_that_differs_from_the_page_stops_it(written, served_root):
    changed = re.sub(r"('probability': 0\.)\d+", r"\g<1>123456", written.decode(), count=1)
    assert changed != written.decode()
    with pytest.raises(CellExecutionError, match="gross_output_registered_2027 probability"):
        run(changed, served_root)


def test_it_imports_nothing_of_ours_but_the_public_face(written):
    cells = nbformat.reads(written.decode(), 4).cells
    code = ast.parse("\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    assert {name for name in imports(code) if name.startswith("analytics")} == {
        "analytics",
        "analytics.api",
    }


def test_outside_the_project_folder_it_says_in_one_sentence_how_to_open_it(written, tmp_path):
    first_code = run(written.decode(), tmp_path, allow_errors=True).cells[1]
    assert [output.traceback for output in first_code.outputs] == [[MISPLACED]]
    assert MISPLACED.count("。") == 1


def test_an_action_pages_notebook_has_its_targets_and_the_chosen_chart(bench):
    view = bench.view({})
    stamp = Stamp(Scenario(release=bench.release.id), bench.release, MADE_ON)
    action = bench.catalog.actions["boost_supply"]
    made = action_notebook(view, stamp, action, "industrial_land_supply_2027", 2027).decode()
    text = "\n".join(cell.source for cell in nbformat.reads(made, 4).cells)
    assert 'EXPECTED = {\n    "industrial_land_supply_2027":' in text
    assert 'CHART, UNTIL = "industrial_land_supply_2027", 2027' in text
