"""A Jupyter notebook that rebuilds a page's figures from the release, and checks itself.

It calls nothing but :mod:`analytics.api`, so that files in users' hands stay
runnable; the numbers on the page are written into it and compared.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analytics.answers.narrative import verdicts_zh
from analytics.answers.reports.records import assessment_record
from analytics.domain import RowStatus, Scenario
from analytics.model.judgement.assessment import Assessment
from analytics.output.briefing import named_figures
from analytics.text_zh import DEMO_MARK, escape
from analytics.workbench import View

COMPARED = ("status", "latest", "projected_median", "interval_80", "probability")

_OPEN = """
import math
import sys
from datetime import date
from pathlib import Path

import pandas as pd
from IPython.display import Image, Markdown, display

class Misplaced(Exception):
    def _render_traceback_(self):  # IPython then shows the sentence alone
        return [str(self)]

here = Path.cwd()
ROOT = next((x for x in (here, *here.parents) if (x / "analytics" / "api.py").is_file()), None)
if ROOT is None:
    raise Misplaced("MISPLACED")
sys.path.insert(0, str(ROOT))

from analytics import api
"""
MISPLACED = "请把本笔记本放进工作台的项目文件夹（内有 analytics），在那里打开并从头运行。"
_RELEASE = """
opened = api.open_release(release_id=RELEASE)
assert opened.release.hash == HASH, "数据版本的内容与制作时不同"
moved = opened.apply(SETTINGS, SCENARIO)
assert moved.scenario.id == SCENARIO_ID, "情景与制作时不同"
opened.release.model_dump(exclude={"files"})
"""
_COMPARE = '''
def same(found, expected):
    """Compare as printed in the file; the last digits may differ between machines."""
    if isinstance(expected, list):
        return found is not None and all(map(same, found, expected))
    if isinstance(expected, float):
        return found is not None and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)
    return found == expected

records = {name: moved.record(name) for name in EXPECTED}
for name, numbers in EXPECTED.items():
    for key, expected in numbers.items():
        assert same(records[name][key], expected), f"{name} {key}：{records[name][key]}≠{expected}"
print(f"{len(EXPECTED)}项目标的判断、最新值、中位数、区间和概率与页面一致")
pd.DataFrame(records.values())[["name_zh", *COMPARED]]
'''
_CONCLUSION = """
conclusion = moved.conclusion(EXPECTED)
assert conclusion == CONCLUSION, conclusion
display(Markdown(conclusion))
"""
_CHART = """
sentence = moved.sentence(CHART)
assert sentence == TAKEAWAY, sentence
display(Image(moved.picture(CHART, MADE_ON, UNTIL), width=740, alt=TAKEAWAY))
moved.numbers(CHART, UNTIL)
"""


def notebook(
    view: View,
    scenario: Scenario,
    title: str,
    targets: Sequence[str],
    charts: Mapping[str, int],
    made_on: date,
) -> bytes:
    """Return a notebook that rebuilds targets' verdicts and charts; it runs top to bottom.

    ``charts`` maps a chart's name to the last year it shows.
    """
    cells = [
        _markdown(_introduction(view, scenario, title, made_on)),
        _code(_OPEN.replace("MISPLACED", MISPLACED)),
        _code(_inputs(view, scenario, made_on)),
        _code(_RELEASE),
    ]
    if targets:
        cells += _verdicts(view, targets)
    for name, until in charts.items():
        cells += _chart(view, name, until)
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number:02d}"
    book = new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(book)
    text: str = nbformat.writes(book)
    return text.encode()


_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def _introduction(view: View, scenario: Scenario, title: str, made_on: date) -> str:
    release = view.bench.release
    mark = [f"**{DEMO_MARK}**", ""] if release.counts.get(RowStatus.ILLUSTRATIVE) else []
    lines = [
        *(f"# {escape(title)}", "", *mark),
        f"- 情景：{escape(scenario.name)}（编号 {scenario.id}）",
        f"- 数据版本：{release.id}（校验 {release.hash}）",
        f"- 制作日期：{made_on:%Y-%m-%d}",
        "",
        "本笔记本用工作台自己的函数和SQL，从数据版本重算页面上的数字，并逐项核对。",
        "请在工作台项目文件夹内打开，从上到下依次运行；对不上时会停在该处。",
    ]
    return "\n".join(lines)


def _inputs(view: View, scenario: Scenario, made_on: date) -> str:
    release, levers = view.bench.release, view.bench.catalog.adjustables
    moved = "".join(
        f'\n    "{name}": {value!r},  # {levers[name].name_zh}' for name, value in scenario.settings
    )
    end = "\n" if moved else ""
    lines = [
        f'RELEASE = "{release.id}"',
        f'HASH = "{release.hash}"',
        f"SETTINGS = {{{moved}{end}}}",
        f"SCENARIO, SCENARIO_ID = {_quoted(scenario.name)}, {_quoted(scenario.id)}",
        f"MADE_ON = date({made_on.year}, {made_on.month}, {made_on.day})",
    ]
    return "\n".join(lines)


def _verdicts(view: View, targets: Sequence[str]) -> list[NotebookNode]:
    items = [view.verdict(name) for name in targets]
    expected = {item.target.id: _numbers(item) for item in items}
    said = verdicts_zh.conclusion(items, view.bench.catalog.indicators)
    lines = ",\n".join(f'    "{name}": {numbers!r}' for name, numbers in expected.items())
    given = f"COMPARED = {list(COMPARED)!r}\nEXPECTED = {{\n{lines},\n}}\n"
    return [
        _markdown("## 目标的判断\n\n`EXPECTED` 是页面上的数字：概率和增速为小数。"),
        _code(given + _COMPARE.rstrip()),
        _code(f"CONCLUSION = {_quoted(said)}\n{_CONCLUSION.strip()}"),
    ]


def _numbers(item: Assessment) -> dict[str, Any]:
    record = assessment_record(item)
    plain = json.dumps({key: record[key] for key in COMPARED})
    numbers: dict[str, Any] = json.loads(plain)  # tuples and numpy floats become plain ones
    return numbers


def _chart(view: View, name: str, until: int) -> list[NotebookNode]:
    """Show a target's wording, the rows and the SQL behind it, then its chart."""
    target = view.bench.catalog.targets[named_figures.target_of(name)]
    said = named_figures.takeaway(view, name)
    title = f"## {escape(named_figures.drawable(view)[name])}"
    return [
        _markdown(f"{title}\n\n> {escape(target.clause.wording)}\n\n{escape(said)}"),
        *(_rows(*side) for side in view.bench.sides(target)),
        _code(f'CHART, UNTIL = "{name}", {until}\nTAKEAWAY = {_quoted(said)}\n{_CHART.strip()}'),
    ]


def _rows(indicator_id: str, region: str) -> NotebookNode:
    asked = f'indicator_id="{indicator_id}", region="{region}"'
    return _code(f'print(opened.sql("annual_history"))\nopened.rows("annual_history", {asked})')


def _markdown(text: str) -> NotebookNode:
    cell: NotebookNode = new_markdown_cell(text)
    return cell


def _code(text: str) -> NotebookNode:
    cell: NotebookNode = new_code_cell(text.strip())
    return cell


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
