"""The same document without the browser: python -m analytics briefing."""

import io
import json
import re
import tomllib
import zipfile

import pytest
from pypdf import PdfReader

from analytics import __main__ as cli
from analytics import workbench
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Scenario

DAY = ("--made-on", "2026-11-25")
OUTPUT = "gross_output_registered.g2027"


@pytest.fixture
def run(monkeypatch, capsys, release_root, demo_bench, published_bench):
    """Run the command on the releases already open; return exit code, output and complaint."""
    benches = {"demo": demo_bench, "published": published_bench}

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "ROOT", release_root)
        monkeypatch.setattr(workbench, "build_workbench", lambda _, name: benches[name])
        code = cli.main(["briefing", *map(str, words)])
        return code, *capsys.readouterr()

    return command


@pytest.fixture(scope="module")
def documents() -> dict[tuple, bytes]:
    """Documents already written in this module, by what was asked for."""
    return {}


@pytest.fixture
def made(run, tmp_path, documents):
    """Write one document, once unless asked for anew, and return its bytes."""

    def command(kind: str, *options: object, anew: bool = False) -> bytes:
        asked = (kind, *map(str, options))
        if anew or asked not in documents:
            documents[asked] = write(kind, *options)
        return documents[asked]

    def write(kind: str, *options: object) -> bytes:
        path = tmp_path / f"briefing.{kind}"
        code, output, complaint = run("--format", kind, "--output", path, *DAY, *options)
        assert code == 0, complaint
        assert output.strip() == str(path)
        assert "100%" in complaint
        return path.read_bytes()

    return command


@pytest.fixture
def scenario(tmp_path, demo_bench):
    """A scenario file that raises one growth rate by two points."""

    def write(**changes: object) -> object:
        whole = {
            "format": "jinshan-scenario",
            "schema": 1,
            "name": "加压",
            "release": {"id": demo_bench.release.id, "hash": demo_bench.release.hash},
            "settings": [{"lever": OUTPUT, "value": 2.0}],
        }
        path = tmp_path / "加压.json"
        path.write_text(json.dumps(whole | changes, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def words_of(package: bytes, member: str) -> str:
    """The text of one part of an Office package, without its tags."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read(member).decode())


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, without the breaks of its lines."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_baseline_is_written_without_a_scenario_file(made, demo_bench):
    text = words_of(made("docx", "--release", "demo"), "word/document.xml")
    verdicts = demo_bench.view({}).verdicts().values()
    assert verdicts_zh.conclusion(verdicts, demo_bench.catalog.indicators, worst=False) in text
    assert "情景：基准" in text


def test_a_scenario_file_gives_the_scenarios_numbers(made, scenario, demo_bench):
    baseline = demo_bench.view({})
    item = demo_bench.view({OUTPUT: 0.02}, before=baseline).verdict("gross_output_registered_2027")
    before = baseline.verdict("gross_output_registered_2027")
    text = words_of(
        made("docx", "--release", "demo", "--scenario", scenario()), "word/document.xml"
    )
    odds = "→".join(map(verdicts_zh.probability_zh, (before, item)))
    assert f"达成概率{odds}" in text
    assert "情景：加压" in text


def test_the_command_opens_the_release_by_itself(monkeypatch, release_root, tmp_path):
    monkeypatch.setattr(cli, "ROOT", release_root)
    file = tmp_path / "x.ipynb"
    words = ("briefing", "--format", "ipynb", "--release", "published", "--output", str(file))
    assert cli.main(words) == 0
    assert "published-" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["docx", "pptx", "pdf", "ipynb"])
def test_the_same_state_gives_the_same_bytes(made, kind):
    assert made(kind, "--release", "demo") == made(kind, "--release", "demo", anew=True)


def test_a_definition_written_for_the_next_issue_is_taken_by_it(run, tmp_path, demo_bench):
    first, following, file = (tmp_path / x for x in ("本期.toml", "下期.toml", "x.ipynb"))
    first.write_text('kind = "一页纸"\nsigned = "区经委"', encoding="utf-8")
    for definition in (first, following):
        words = ("--definition", definition, "--next", following, "--release", "demo")
        code, _, complaint = run("--format", "ipynb", "--output", file, *words)
        assert code == 0, complaint
    assert "区经委" in following.read_text(encoding="utf-8")
    assert demo_bench.release.id in following.read_text(encoding="utf-8")


def test_a_chart_without_numbers_is_left_out_told_and_asked_for_again(run, tmp_path):
    own, following, file = (tmp_path / x for x in ("本期.toml", "下期.toml", "x.ipynb"))
    own.write_text('kind = "一页纸"\ncharts = ["drone_output_2027"]', encoding="utf-8")
    words = ("--definition", own, "--next", following, "--release", "published")
    code, _, told = run("--format", "ipynb", "--output", file, *words)
    assert code == 0
    assert "提示：本数据版本没有可绘制的数据，未画图：无人机产值" in told
    kept = tomllib.loads(following.read_text(encoding="utf-8"))
    assert kept["charts"] == ["drone_output_2027"]


def test_a_target_that_the_plan_has_not_is_named(run, tmp_path):
    own = tmp_path / "本期.toml"
    own.write_text('kind = "一页纸"\ncharts = ["ratio.flying_cars_2027"]', encoding="utf-8")
    words = ("--format", "ipynb", "--output", tmp_path / "x.ipynb", "--definition", own)
    code, _, told = run(*words, "--release", "demo")
    assert code == 2
    assert "本期.toml：没有目标“flying_cars_2027”" in told
    assert not (tmp_path / "x.ipynb").exists()


def test_every_page_names_scenario_release_and_day(made, demo_bench):
    scenario_id = Scenario(release=demo_bench.release.id).id
    for page in pages_of(made("pdf", "--release", "demo", "--preset", "季度调度")):
        assert scenario_id in page
        assert demo_bench.release.id in page
        assert "2026年11月25日" in page


@pytest.mark.parametrize("release", ["demo", "published"])
def test_one_page_is_one_page(made, release):
    assert len(pages_of(made("pdf", "--release", release))) == 1


def test_one_page_with_a_scenario_is_one_page(made, scenario):
    assert len(pages_of(made("pdf", "--release", "demo", "--scenario", scenario()))) == 1


def test_a_scenario_set_on_another_release_is_pointed_out(run, scenario, tmp_path, demo_bench):
    path = scenario(release={"id": "demo-2025-12-31-00000000", "hash": ""})
    file = tmp_path / "x.ipynb"
    code, _, complaint = run(
        *("--format", "ipynb", "--output", file, "--release", "demo"), "--scenario", path
    )
    assert code == 0
    assert f"情景原在 demo-2025-12-31-00000000 上设定，现用 {demo_bench.release.id}" in complaint


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"settings": [{"lever": "none.g2027", "value": 1}]}, "未知的参数“none.g2027”"),
        ({"settings": [{"lever": OUTPUT, "value": 90}]}, "的值“90”不在可选值内"),
        ({"schema": 9}, "文件为第9版"),
    ],
)
def test_a_scenario_that_cannot_be_taken_whole_is_refused_by_name(
    run, scenario, tmp_path, changes, message
):
    file = tmp_path / "x.docx"
    words = ("--format", "docx", "--output", file, "--scenario", scenario(**changes))
    code, _, complaint = run(*words, "--release", "demo")
    assert code == 2
    assert complaint.startswith("错误：加压.json：不能全部读入，没有继续：")
    assert message in complaint
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--output", "/nowhere/x.pdf"), "/nowhere/x.pdf：文件夹不存在"),
        (("--output", "x.pdf", "--preset", "周报"), "没有“周报”这种简报"),
        (("--output", "x.pdf", "--scenario", "nothing.json"), "nothing.json：文件不存在"),
    ],
)
def test_other_mistakes_end_with_one_chinese_sentence(run, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    code, _, complaint = run("--format", "pdf", "--release", "demo", *words)
    assert code == 2
    assert message in complaint
    assert list(tmp_path.iterdir()) == []
