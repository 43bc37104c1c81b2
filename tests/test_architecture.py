"""The direction of imports, held against the files; the checker is tested on drawn files."""

import ast
import sys

import pytest

from tests.support import import_rules as rules
from tests.support.paths import ROOT

ANALYTICS = rules.modules_in(ROOT, "analytics")
PAGES = rules.modules_in(ROOT, "pages", "app.py")
PACKAGES = {rules.module_name(ROOT, file) for file in (ROOT / "analytics").rglob("__init__.py")}
EDGES = rules.graph(ANALYTICS, PACKAGES)

STORE = "analytics.data.releases.store"
KEPT_DRAWS = "analytics.model.draws.kept_draws"  # reads and writes its one file
NUMERIC = [name for name in ANALYTICS if name.startswith("analytics.model.") and name != KEPT_DRAWS]
CHARTS = [name for name in ANALYTICS if name.startswith("analytics.output.charts.")]
STEERING = [name for name in ANALYTICS if name.startswith("analytics.answers.steering")]
FILES_AND_CLOCKS = ("os", "io", "pathlib", "shutil", "tempfile", "time", "urllib", "socket")


def _imports(trees, name: str) -> set[str]:
    inside = name if name in PACKAGES else name.rpartition(".")[0]
    return rules.imports(trees[name], inside=inside)


def _importers(trees, *modules: str) -> set[str]:
    return {name for name in trees if rules.touches(_imports(trees, name), *modules)}


def test_only_the_store_imports_duckdb():
    assert _importers({**ANALYTICS, **PAGES}, "duckdb") == {STORE}


def test_only_the_charts_import_altair():
    assert _importers({**ANALYTICS, **PAGES}, "altair") == set(CHARTS)


def test_only_the_image_writer_renders_and_only_the_glyph_check_opens_fonts():
    assert _importers({**ANALYTICS, **PAGES}, "vl_convert") == {"analytics.output.export.image"}
    assert _importers({**ANALYTICS, **PAGES}, "fontTools") == {"analytics.output.export.glyphs"}


def test_only_the_exports_and_the_import_template_write_office_files():
    writers = ("xlsxwriter", "docx", "pptx", "typst", "lxml")
    found = _importers({**ANALYTICS, **PAGES}, *writers)
    others = {name for name in found if not name.startswith("analytics.output.")}
    assert others == {"analytics.data.imports.template"}


def test_the_analysis_knows_nothing_of_streamlit_or_of_pages():
    assert _importers(ANALYTICS, "streamlit", "pages", "app") == set()


def test_the_vocabulary_rests_on_nothing_but_the_standard_library_and_pydantic():
    roots = {name.split(".")[0] for name in _imports(ANALYTICS, "analytics.domain")}
    assert roots - sys.stdlib_module_names == {"pydantic"}


@pytest.mark.parametrize("name", sorted(n for n in ANALYTICS if n.startswith("analytics.catalog")))
def test_the_catalog_knows_only_the_vocabulary_and_its_own_parts(name):
    allowed = {"analytics.domain"} | {n for n in ANALYTICS if n.startswith("analytics.catalog")}
    assert EDGES[name] <= allowed


def test_every_numeric_module_of_the_design_is_looked_at():
    found = {name.split(".")[2] for name in NUMERIC if name.count(".") > 1}
    assert found == {"projection", "draws", "scenarios", "judgement"}


@pytest.mark.parametrize("name", NUMERIC)
def test_numbers_come_from_arguments_not_from_files_databases_or_clocks(name):
    forbidden = rules.touches(_imports(ANALYTICS, name), "duckdb", "altair", *FILES_AND_CLOCKS)
    assert forbidden == set()
    assert "open" not in rules.names_used(ANALYTICS[name])


@pytest.mark.parametrize("name", [*NUMERIC, *CHARTS])
def test_neither_numbers_nor_charts_reach_the_store_even_through_others(name):
    assert STORE not in rules.reachable(EDGES, name)


@pytest.mark.parametrize("name", [*STEERING, "analytics.model.scenarios.applied"])
def test_scenarios_are_worked_out_from_what_is_given_not_from_files_or_clocks(name):
    forbidden = ("duckdb", "altair", STORE, *FILES_AND_CLOCKS)
    assert rules.touches(_imports(ANALYTICS, name), *forbidden) == set()
    assert "open" not in rules.names_used(ANALYTICS[name])


def test_only_the_shipped_calibration_is_read_as_a_file_by_numeric_code():
    numeric = {name: ANALYTICS[name] for name in NUMERIC}
    assert _importers(numeric, "importlib") <= {"analytics.model.projection.calibration"}


def test_charts_and_briefings_are_given_their_data():
    writers = [name for name in ANALYTICS if name.startswith("analytics.output")]
    assert {"analytics.output.charts.fan", "analytics.output.export.image"} <= set(writers)
    assert {name for name in writers if STORE in EDGES[name]} == set()


def test_pages_compose_and_leave_databases_and_models_to_the_analysis():
    assert _importers(PAGES, "duckdb", "statsmodels", "scipy", STORE) == set()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_imports_another_page(name):
    others = rules.touches(_imports(PAGES, name), "pages")
    own = name.rpartition(".")[0]
    allowed = ("pages.common", *([own] if own != "pages" else []))
    assert {n for n in others - {"pages"} if not n.startswith(allowed)} == set()


def test_the_process_that_reads_uploads_loads_neither_tables_nor_databases():
    """It stays small under its memory limit, and has nothing at hand to do harm with."""
    loaded = rules.reachable(EDGES, "analytics.data.imports.reader.worker") | {
        "analytics.data.imports.reader.worker"
    }
    heavy = ("pandas", "numpy", "pandera", "duckdb", "pyarrow", "altair", "statsmodels")
    assert {name for name in loaded if rules.touches(_imports(ANALYTICS, name), *heavy)} == set()
    assert STORE not in loaded


def test_only_the_extract_step_takes_part_in_publishing_an_import():
    publishing = ("analytics.data.releases.accepting", "analytics.data.releases.kept_imports")
    imports = {
        name: ANALYTICS[name] for name in ANALYTICS if name.startswith("analytics.data.imports")
    }
    assert len(imports) > 10
    assert _importers(imports, *publishing) == set()


def test_imports_inside_the_analysis_run_in_no_circle():
    assert rules.cycle(EDGES) == []


def test_no_script_lies_directly_in_the_pages_folder():
    """A fresh server would run it on a deep link without the frame of app.py."""
    assert [file.name for file in (ROOT / "pages").glob("*.py")] == []


def test_no_text_reaches_the_browser_as_raw_html():
    trees = {**ANALYTICS, **PAGES}
    users = {name for name in trees if "unsafe_allow_html" in rules.names_used(trees[name])}
    assert users == set()


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
    ("name", "caught"),
    [("duckdb", True), ("duckdb.typing", True), ("duckdb_engine", False), ("os", False)],
)
def test_a_module_is_matched_whole_not_by_its_first_letters(name, caught):
    assert bool(rules.touches({name}, "duckdb")) is caught


@pytest.mark.parametrize(
    ("files", "circle"),
    [
        ({"a": "import b", "b": "import c", "c": ""}, []),
        ({"a": "import b", "b": "import a"}, ["a", "b", "a"]),
        ({"a": "", "b": "import c", "c": "def f():\n    import b"}, ["b", "c", "b"]),
        ({"a": "import b\nimport c", "b": "import c", "c": ""}, []),
        ({"p": "from p.x import f", "p.x": "from p import g"}, ["p", "p.x", "p"]),
        ({"p": "from p.x import f", "p.x": "from p import y", "p.y": ""}, []),
        ({"p": "from p.x import f", "p.x": "from p import g, y", "p.y": ""}, ["p", "p.x", "p"]),
    ],
)
def test_a_circle_of_imports_is_found_through_functions_and_packages(files, circle):
    trees = {name: ast.parse(text) for name, text in files.items()}
    assert rules.cycle(rules.graph(trees, {"p"})) == circle


def test_what_is_imported_through_another_module_counts_as_reached():
    trees = {n: ast.parse(t) for n, t in {"a": "import b", "b": "import c", "c": ""}.items()}
    assert rules.reachable(rules.graph(trees, set()), "a") == {"b", "c"}


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


def test_a_keyword_argument_is_seen_and_a_string_is_not():
    assert "unsafe_allow_html" in rules.names_used(ast.parse("st.markdown(x, unsafe_allow_html=1)"))
    assert "unsafe_allow_html" not in rules.names_used(ast.parse("'unsafe_allow_html'"))
