"""A Jupyter notebook that rebuilds a page's figures from the release, and checks itself.

It calls the package's own functions and SQL only, so that it shows how every
number comes about; the numbers on the page are written into it and compared.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analytics.answers.narrative import verdicts_zh
from analytics.answers.reports.records import assessment_record
from analytics.domain import RowStatus, Scenario
from analytics.output.briefing import charts as figures
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

here = Path.cwd()
ROOT = next(x for x in (here, *here.parents) if (x / "analytics" / "workbench.py").is_file())
sys.path.insert(0, str(ROOT))

from analytics.answers.narrative import verdicts_zh
from analytics.output.briefing import charts as figures
from analytics.domain import Scenario
from analytics.output.export import image
from analytics.output.figures.note import Stamp
from analytics.answers.reports.records import assessment_record
from analytics.workbench import build_workbench
"""
_BENCH = """
bench = build_workbench(ROOT, release_id=RELEASE)
assert bench.release.hash == HASH, "数据版本的内容与制作时不同"
baseline = bench.view({})
view = bench.view(SETTINGS, before=baseline) if SETTINGS else baseline
bench.release.model_dump(exclude={"files"})
"""
_COMPARE = '''
def same(found, expected):
    """Compare as printed in the file; the last digits may differ between machines."""
    if isinstance(expected, list):
        return found is not None and all(map(same, found, expected))
    if isinstance(expected, float):
        return found is not None and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)
    return found == expected

records = {name: assessment_record(view.verdict(name)) for name in EXPECTED}
for name, numbers in EXPECTED.items():
    for key, expected in numbers.items():
        assert same(records[name][key], expected), f"{name} {key}：{records[name][key]}≠{expected}"
print(f"{len(EXPECTED)}项目标的判断、最新值、中位数、区间和概率与页面一致")
pd.DataFrame(records.values())[["name_zh", *COMPARED]]
'''
_SAID = """
items = [view.verdict(name) for name in EXPECTED]
said = verdicts_zh.conclusion(items, bench.catalog.indicators)
assert said == CONCLUSION, said
display(Markdown(said))
"""
_CHART = """
said = figures.takeaway(view, CHART, UNTIL)
assert said == TAKEAWAY, said
picture = figures.chart(view, Stamp(SCENARIO, bench.release, MADE_ON), CHART, UNTIL)
display(Image(image.png(picture), width=740, alt=TAKEAWAY))
picture.frame
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
        new_markdown_cell(_introduction(view, scenario, title, made_on)),
        new_code_cell(_OPEN.strip()),
        new_code_cell(_inputs(view, scenario, made_on)),
        new_code_cell(_BENCH.strip()),
    ]
    if targets:
        cells += _verdicts(view, targets)
    for name, until in charts.items():
        cells += _chart(view, name, until)
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number:02d}"
    book = new_notebook(cells=cells, metadata=_METADATA)
    nbformat.validate(book)
    return nbformat.writes(book).encode()


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
        f"SCENARIO = Scenario(name={_quoted(scenario.name)}, settings=tuple(SETTINGS.items()),"
        " release=RELEASE)",
        f"MADE_ON = date({made_on.year}, {made_on.month}, {made_on.day})",
        f'assert SCENARIO.id == "{scenario.id}"',
    ]
    return "\n".join(lines)


def _verdicts(view: View, targets: Sequence[str]) -> list:
    items = [view.verdict(name) for name in targets]
    expected = {item.target.id: _numbers(item) for item in items}
    said = verdicts_zh.conclusion(items, view.bench.catalog.indicators)
    lines = ",\n".join(f'    "{name}": {numbers!r}' for name, numbers in expected.items())
    given = f"COMPARED = {list(COMPARED)!r}\nEXPECTED = {{\n{lines},\n}}\n"
    return [
        new_markdown_cell("## 目标的判断\n\n`EXPECTED` 是页面上的数字：概率和增速为小数。"),
        new_code_cell(given + _COMPARE.rstrip()),
        new_code_cell(f"CONCLUSION = {_quoted(said)}\n{_SAID.strip()}"),
    ]


def _numbers(item) -> dict:
    record = assessment_record(item)
    numbers = {key: record[key] for key in COMPARED}
    return json.loads(json.dumps(numbers))  # tuples and numpy floats become plain ones


def _chart(view: View, name: str, until: int) -> list:
    """Show a target's wording, the rows and the SQL behind it, then its chart."""
    target = view.bench.catalog.targets[figures.target_of(name)]
    said = figures.takeaway(view, name, until)
    title = f"## {escape(figures.charts_of(view)[name])}"
    return [
        new_markdown_cell(f"{title}\n\n> {escape(target.clause.wording)}\n\n{escape(said)}"),
        *(_rows(*side) for side in view.bench.sides(target)),
        new_code_cell(
            f'CHART, UNTIL = "{name}", {until}\nTAKEAWAY = {_quoted(said)}\n{_CHART.strip()}'
        ),
    ]


def _rows(indicator_id: str, region: str):
    asked = f'indicator_id="{indicator_id}", region="{region}"'
    return new_code_cell(
        'print(bench.store.describe("annual_history").text)\n'
        f'bench.store.query("annual_history", {asked})'
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
