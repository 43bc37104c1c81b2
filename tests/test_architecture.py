"""What the house keeps to: the import contracts, and rules that no contract can say."""

import ast
import sys
from collections import ChainMap

import pytest

from tests.support import import_rules as rules
from tests.support.contracts import CONTRACTS, import_graph, is_kept
from tests.support.paths import ROOT

ANALYTICS = rules.modules_in(ROOT, "analytics")
PAGES = rules.modules_in(ROOT, "pages", "app.py")
KEPT_DRAWS = "analytics.model.draws.kept_draws"  # reads the code that its key is made of
NUMERIC = [
    name for name in ANALYTICS if name.startswith(("analytics.model.", "analytics.answers."))
]
READERS = ("analytics.data.reading.", "analytics.data.imports.reader.")
SERVER = "pages.common.server"  # run by make run


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_imports_of_the_project_keep_its_contracts(contract):
    """`make lint` names the import that is in the way."""
    assert is_kept(contract)


@pytest.mark.parametrize(
    ("contract", "importer", "imported"),
    [
        ("wings", "analytics.model.judgement.joint", "analytics.answers.reports.changes"),
        ("wings", "analytics.answers.reports.changes", "analytics.output.figures.note"),
        ("wings", "analytics.model.judgement.joint", "analytics.data.reading.units"),
        ("wings", "analytics.data.reading.units", "analytics.model.judgement.joint"),
        ("wings", "analytics.catalog.load", "analytics.data.reading.units"),
        ("wings", "analytics.domain", "analytics.text_zh"),
        ("circles", "analytics.model.projection.engine", "analytics.model.judgement.joint"),
        ("data", "analytics.data.imports.batch", "analytics.data.releases.accepting"),
        ("pages", "pages.overview.home", "pages.reference.sources"),
        ("pages", "pages.common.frame", "pages.overview.home"),
        ("outlook", "pages.outlook.lab.charts", "pages.outlook.city.table"),
        ("screen", "analytics.output.charts.fan", "streamlit"),
        ("compose", "pages.common.releases", "analytics.data.releases.store"),
        ("arguments", "analytics.model.judgement.joint", "time"),
        ("received", "analytics.output.briefing.compose", "analytics.data.releases.store"),
        ("charts", "analytics.output.charts.fan", "analytics.workbench"),
        ("reader", "analytics.data.imports.reader.guard", "pandas"),
        ("reader", "analytics.data.reading.parsing", "numpy"),
        ("bounded", "analytics.data.imports.batch", "analytics.data.imports.reader.guard"),
        ("duckdb", "analytics.workbench", "duckdb"),
        ("altair", "pages.common.chart_block", "altair"),
        ("renderer", "pages.common.share", "vl_convert"),
        ("fonts", "analytics.output.export.image", "fontTools"),
        ("office", "pages.common.share", "xlsxwriter"),
    ],
)
def test_an_import_against_the_arrows_breaks_its_contract(contract, importer, imported):
    assert not is_kept(contract, [(importer, imported)])


def test_the_vocabulary_rests_on_nothing_but_the_standard_library_and_pydantic():
    own = {name for name in ANALYTICS if name.split(".")[:2] == ["analytics", "domain"]}
    found = {used for name in own for used in rules.imports(ANALYTICS[name])}
    others = {name for name in found if not name.startswith(("analytics.domain", "pydantic"))}
    assert {name.split(".")[0] for name in others} <= sys.stdlib_module_names


def test_the_frame_imports_what_pages_share_and_nothing_below():
    roots = {name for name in rules.imports(PAGES["app"]) if "." not in name}
    assert roots == {"streamlit"}
    named = {name for name in rules.imports(PAGES["app"]) if "." in name}
    assert all(name.startswith("pages.common") for name in named)


@pytest.mark.parametrize("name", [name for name in NUMERIC if name != KEPT_DRAWS])
def test_no_file_is_opened_where_numbers_are_worked_out(name):
    assert "open" not in rules.names_used(ANALYTICS[name])


def test_every_room_of_the_model_is_looked_at():
    found = {name.split(".")[2] for name in NUMERIC if name.startswith("analytics.model.")}
    assert found == {"projection", "draws", "scenarios", "judgement"}


def test_the_analysis_has_at_most_six_modules_beside_its_wings():
    modules = {file.stem for file in (ROOT / "analytics").glob("*.py")} - {"__init__"}
    assert len(modules) <= 6, sorted(modules)


def _pages_and_what_they_reach() -> dict[frozenset[str], set[str]]:
    """Map each page to all it rests on; scripts that only call the same part are one page."""
    graph = import_graph()
    own = graph.find_descendants("pages") - graph.find_descendants("pages.common")
    scripts = {n for n in own if not graph.find_modules_that_directly_import(n)}
    reached: dict[frozenset[str], set[str]] = {}
    for script in (n for n in scripts if not graph.find_children(n)):
        parts = graph.find_modules_directly_imported_by(script) & own
        reached[frozenset(parts or {script})] = graph.find_upstream_modules(script)
    return reached


def test_what_pages_share_is_used_by_two_pages_or_more():
    graph, pages = import_graph(), _pages_and_what_they_reach()
    framing = {name for name in rules.imports(PAGES["app"]) if name in graph.modules}
    around_every_page = framing.union(*map(graph.find_upstream_modules, {*framing, SERVER}))
    users = {
        name: sum(name in reached for reached in pages.values())
        for name in graph.find_children("pages.common") - around_every_page - {SERVER}
    }
    assert len(pages) == 11
    assert {name: count for name, count in users.items() if count < 2} == {}


def test_no_script_lies_directly_in_the_pages_folder():
    """A fresh server would run it on a deep link without the frame of app.py."""
    assert [file.name for file in (ROOT / "pages").glob("*.py")] == []


def test_no_text_reaches_the_browser_as_raw_html():
    trees = ChainMap(ANALYTICS, PAGES)
    users = {name for name in trees if "unsafe_allow_html" in rules.names_used(trees[name])}
    assert users == set()


@pytest.mark.parametrize("name", [n for n in (*ANALYTICS, *PAGES) if not n.startswith(READERS)])
def test_no_sentence_is_read_back_to_decide_anything(name):
    """Why something is so travels as a value; only what people print is read."""
    assert rules.sentences_read(ChainMap(ANALYTICS, PAGES)[name]) == []


def test_only_the_command_line_asks_what_day_it_is():
    asking = {name for name, tree in ANALYTICS.items() if rules.clock_uses(tree)}
    assert asking <= {"analytics.__main__"}


# ── the checker itself ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import duckdb", {"duckdb"}),
        ("import duckdb as d", {"duckdb"}),
        ("from duckdb import connect", {"duckdb", "duckdb.connect"}),
        ("from analytics import store", {"analytics", "analytics.store"}),
        ("def f():\n    import duckdb", {"duckdb"}),
        ("try:\n    import duckdb\nexcept ImportError:\n    pass", {"duckdb"}),
        ("from . import store", {"analytics", "analytics.store"}),
        ("from .store import Store", {"analytics.store", "analytics.store.Store"}),
        ("text = 'import duckdb'  # import duckdb", set()),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source, found):
    assert rules.imports(ast.parse(source), inside="analytics") == found


def test_an_import_for_the_type_checker_alone_does_not_count():
    guarded = "if TYPE_CHECKING:\n    import duckdb\nelse:\n    import json"
    assert rules.imports(ast.parse(guarded)) == {"json"}


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("date.today()", ["date.today"]),
        ("datetime.datetime.now()", ["datetime.datetime.now"]),
        ("time.time()", ["time.time"]),
        ("pd.Timestamp.now()", ["pd.Timestamp.now"]),
        ("clock = datetime.now", ["datetime.now"]),
        ("required(now=3); series.now; rates.today", []),
    ],
)
def test_every_way_to_ask_for_the_time_is_seen(source, uses):
    assert rules.clock_uses(ast.parse(source)) == uses


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"单位错误" in warning', True),
        ('f"{name}不作" not in reason', True),
        ('reason.startswith("无对标")', True),
        ('reason.removeprefix(f"{verdict}：已").partition("；")', True),
        ('re.search("年(份)?", text)', True),
        ('title[title.rindex("（") + 1 : -1]', True),
        ('verdict in ("已完成", "滞后")', False),
        ('"release" in params', False),
        ('names.split("、")', False),
        ('st.write("无对标")', False),
    ],
)
def test_a_sentence_that_is_read_is_seen(source, found):
    assert bool(rules.sentences_read(ast.parse(source))) is found


def test_a_keyword_argument_is_seen_and_a_string_is_not():
    assert "unsafe_allow_html" in rules.names_used(ast.parse("st.markdown(x, unsafe_allow_html=1)"))
    assert "unsafe_allow_html" not in rules.names_used(ast.parse("'unsafe_allow_html'"))
