"""The command line: what it prints, and what it says when something is wrong."""

import contextlib
import csv
import io
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pandas as pd
import pytest

from analytics import __main__ as cli
from analytics.data.releases import release
from analytics.data.releases.release import open_release
from analytics.data.releases.store import Store
from analytics.model.projection import project as engine_project
from analytics.workbench import CACHE
from tests.support.paths import DATA, ROOT

GOOD = "year,value\n" + "".join(f"{2018 + n},{100 * 1.05**n}\n" for n in range(8))


WRITE = "请写一行表头“年份,数值”（year,value 也可），以下每行一个年份和一个数"


def _strict_json(text: str):
    """Parse JSON as other programs do: NaN and Infinity are no numbers there."""

    def refuse(name: str):
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def run(monkeypatch, capsys, release_root):
    """Run a command against the built releases; return exit code, output and complaint."""

    def command(*words: object, root: Path = release_root) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "ROOT", root)
        code = cli.main([str(word) for word in words])
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def project(run, tmp_path):
    """Project the text of a CSV file."""

    def command(content: str | bytes, *options: object) -> tuple[int, str, str]:
        path = tmp_path / "series.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return run("project", path, *(options or ("--end-year", 2027)))

    return command


# ── targets ──────────────────────────────────────────────────────────────────────────────


def test_the_plans_41_targets_are_listed_in_its_order(run):
    with (DATA / "targets.csv").open(encoding="utf-8", newline="") as handle:
        expected = [row["id"] for row in csv.DictReader(handle)]
    code, output, _ = run("targets", "--json")
    assert code == 0
    assert len(expected) == 41
    assert [target["id"] for target in _strict_json(output)] == expected


def test_the_plain_list_has_one_line_a_target_with_the_plans_words(run):
    _, output, _ = run("targets")
    lines = output.splitlines()
    assert len(lines) == 41
    assert "规模以上工业在地产值" in lines[0]


def test_the_package_runs_as_a_program():
    command = [sys.executable, "-m", "analytics", "targets", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)) == 41


# ── assess ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def records(release_root):
    """What ``assess --json`` prints for each release."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "ROOT", release_root)
        for name in ("published", "demo"):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                assert cli.main(["assess", "--release", name, "--json"]) == 0
            found[name] = _strict_json(output.getvalue())
    return found


@pytest.mark.parametrize("name", ["published", "demo"])
def test_every_target_is_judged_and_every_record_has_the_agreed_keys(records, catalog, name):
    keys = {"id", "action", "status", "latest", "latest_period", "required_growth", "nature"}
    assert [record["id"] for record in records[name]] == list(catalog.targets)
    assert all(keys <= record.keys() for record in records[name])


@pytest.mark.parametrize("name", ["published", "demo"])
def test_there_is_a_probability_or_a_reason_why_not(records, name):
    for record in records[name]:
        if record["probability"] is None:
            assert record["reason"], record["id"]
        else:
            assert 0 <= record["probability"] <= 1
            assert record["mc_error"] >= 0


@pytest.mark.parametrize("name", ["published", "demo"])
def test_a_figure_has_a_year_and_a_nature(records, name):
    for record in records[name]:
        assert (record["latest"] is None) == (record["latest_period"] is None), record["id"]
        assert record["latest"] is None or record["nature"], record["id"]


def test_without_history_there_is_no_probability_no_projection_and_no_required_growth(records):
    for record in records["published"]:
        invented = ("probability", "projected_median", "interval_80", "required_growth")
        assert [record[key] for key in invented] == [None] * 4, record["id"]
        assert record["status"] == "数据不足"
        assert "；需要" in record["reason"], record["id"]  # what is held; what would be needed


def test_every_published_figure_stands_in_the_published_rows(records, release_root):
    rows = pd.read_parquet(open_release(release_root, "published")[1] / "observations.parquet")
    rows = rows[(rows["region"] == "金山区") & (rows["period_kind"] == "year")]
    held = set(zip(rows["indicator_id"], rows["year"], rows["value"], strict=True))
    shown = [r for r in records["published"] if r["latest"] is not None]
    assert {(r["indicator"], r["latest_period"], r["latest"]) for r in shown} <= held
    # The one figure of the plan's own indicators published for a whole year, as a bound
    # (在地规上产值突破3000亿元, 2024).
    assert [(r["id"], r["latest"], r["latest_is_lower_bound"]) for r in shown] == [
        ("gross_output_territorial_2027", 3000.0, True)
    ]


def test_the_published_release_holds_nothing_illustrative_and_the_demo_says_so(records):
    natures = {nature for record in records["published"] for nature in record["nature"]}
    assert natures <= {"公布", "转引", "推算"}
    judged = [r for r in records["demo"] if r["latest"] is not None]
    assert all("演示" in r["nature"] for r in judged)


def test_in_the_demo_only_comparisons_with_the_city_lack_a_figure(records, catalog):
    without = [r["id"] for r in records["demo"] if r["latest"] is None]
    compared = [t.id for t in catalog.targets.values() if t.measure.startswith("relative")]
    assert set(without) <= set(compared)
    reasons = [r["reason"] for r in records["demo"] if r["latest"] is None]
    assert all("无对标" in reason or "尚无本区与全市共同年份" in reason for reason in reasons)


def test_the_demo_gives_most_numbered_targets_a_probability(records):
    assert sum(r["probability"] is not None for r in records["demo"]) >= 30


def test_the_plain_board_shows_the_default_release_one_line_a_target(run, records):
    _, output, _ = run("assess")
    shown = [line.split()[:2] for line in output.splitlines()]
    assert shown == [[r["status"], r["name_zh"].split()[0]] for r in records["demo"]]


def test_an_unknown_release_is_named(run):
    code, output, complaint = run("assess", "--release", "nosuch")
    assert (code, output) == (2, "")
    assert complaint == "错误：current.json：没有名为“nosuch”的数据版本\n"


def test_a_project_without_releases_says_how_to_build_them(run, release_root, tmp_path):
    shutil.copytree(release_root / "data/catalog", tmp_path / "data/catalog")
    code, _, complaint = run("assess", "--json", root=tmp_path)
    assert code == 2
    assert "python -m analytics extract" in complaint


# ── extract and check ────────────────────────────────────────────────────────────────────


def test_releases_are_built_by_one_command_and_not_built_twice(run, release_root, tmp_path):
    for folder in ("data/source", "data/catalog", CACHE):  # what is kept is not made again
        shutil.copytree(release_root / folder, tmp_path / folder)
    code, output, _ = run("extract", "--created-on", "2026-11-01", root=tmp_path)
    assert code == 0
    assert "载入1397行" in output
    assert output.count("退回8行") == 2
    assert open_release(tmp_path, "demo")[0].created_on.isoformat() == "2026-11-01"
    assert run("extract", "--if-missing", root=tmp_path) == (0, "", "")


def test_of_two_servers_that_start_on_an_empty_folder_one_builds_and_the_other_waits(
    run, release_root, tmp_path, monkeypatch
):
    holds, waits, wait = Event(), Event(), release.wait_for_publisher

    def build_elsewhere() -> None:
        with release.publishing(tmp_path):
            holds.set()
            assert waits.wait(600)
            for folder in ("data/parquet", "data/journal"):
                shutil.copytree(release_root / folder, tmp_path / folder, dirs_exist_ok=True)

    def wait_for_publisher(root: Path) -> None:
        waits.set()
        wait(root)

    monkeypatch.setattr(release, "wait_for_publisher", wait_for_publisher)
    with ThreadPoolExecutor(1) as other:
        built = other.submit(build_elsewhere)
        assert holds.wait(600)
        assert run("extract", "--if-missing", root=tmp_path) == (0, "", "")
        built.result()


@pytest.mark.parametrize("file", ["indicators.toml", "series.toml", "demo.toml"])
def test_a_broken_declaration_is_named_and_nothing_is_built(run, release_root, tmp_path, file):
    for folder in ("data/source", "data/catalog"):
        shutil.copytree(release_root / folder, tmp_path / folder)
    broken = tmp_path / "data/catalog" / file
    broken.write_text(broken.read_text(encoding="utf-8") + "\n[unfinished", encoding="utf-8")
    code, output, complaint = run("extract", root=tmp_path)
    assert (code, output) == (2, "")
    assert complaint.startswith("错误：")
    assert file in complaint
    assert not (tmp_path / "data/parquet/current.json").exists()


def test_the_data_checks_pass_on_both_releases(run):
    code, output, _ = run("check")
    assert code == 0
    assert [line.split("-")[0] for line in output.splitlines()] == ["published", "demo"]


def test_an_offending_row_is_shown_and_makes_the_check_fail(run, monkeypatch):
    bad = pd.DataFrame({"origin": ["hand.csv:7"]})
    passed = Store.check
    monkeypatch.setattr(
        Store, "check", lambda self, name: bad if name == "unit_slip" else passed(self, name)
    )
    code, output, _ = run("check")
    assert code == 1
    assert output.count("unit_slip: 1 行不合格") == 2
    assert "hand.csv:7" in output


# ── project ──────────────────────────────────────────────────────────────────────────────


def test_a_projection_prints_median_and_bounds_of_every_year(project):
    code, output, _ = project(GOOD, "--end-year", 2030, "--json")
    years = _strict_json(output)["years"]
    assert code == 0
    assert [row["year"] for row in years] == [2026, 2027, 2028, 2029, 2030]
    for row in years:
        bounds = [row[key] for key in ("low95", "low80", "median", "high80", "high95")]
        assert bounds == sorted(bounds)
        assert bounds[0] > 0


def test_the_prior_named_is_the_one_drawn_from_and_an_unknown_one_is_refused(project):
    _, output, _ = project(GOOD, "--end-year", 2030, "--prior", "real", "--json")
    history = pd.Series({2018 + n: 100 * 1.05**n for n in range(8)})
    ours = engine_project(history, end_year=2030, prior="real").median()
    said = {row["year"]: row["median"] for row in _strict_json(output)["years"]}
    assert said == pytest.approx(ours.to_dict())
    code, output, complaint = project(GOOD, "--end-year", 2030, "--prior", "好的")
    assert (code, output) == (2, "")
    assert "好的" in complaint


def test_the_plain_projection_names_its_method_beneath(project):
    _, output, _ = project(GOOD, "--end-year", 2027)
    lines = output.splitlines()
    assert [line[:4] for line in lines[:2]] == ["2026", "2027"]
    assert all("80%" in line for line in lines[:2])
    assert "尺度" in lines[2]


def test_the_city_gdp_of_2002_to_2025_is_projected_from_the_published_release(
    project, release_root
):
    store = Store.open(open_release(release_root, "published")[1])
    rows = store.query("annual_history", indicator_id="gdp", region="上海市")
    rows = rows[rows["year"].between(2002, 2025)]
    # 地区生产总值: 2002 and the 2018 figure as revised by the 4th economic census
    values = dict(zip(rows["year"], rows["value"], strict=True))
    assert (values[2002], values[2018], len(values)) == (5741.03, 36011.82, 24)

    lines = rows[["year", "value"]].to_csv(index=False)
    code, output, _ = project(lines, "--end-year", 2027, "--kind", "level", "--json")
    record = _strict_json(output)
    assert code == 0
    assert [row["year"] for row in record["years"]] == [2026, 2027]
    assert record["has_probability"] is True
    for ahead, row in enumerate(record["years"], start=1):
        yearly = (row["median"] / values[2025]) ** (1 / ahead) - 1
        assert 0.0 < yearly < 0.12  # between standstill and the boom of the 2000s
        assert row["low95"] < row["low80"] < row["median"] < row["high80"] < row["high95"]


@pytest.mark.parametrize(
    "content",
    [
        "year,value\n2020年,1\n2021年,2\n2022年,4\n",
        "year,value\n2020.0,1\n2021.0,2\n2022.0,4\n",
        "year,value\n2020-12-31,1\n2021-12-31,2\n2022-12-31,4\n",
        "year,value\n２０２０,１\n２０２１,２\n２０２２,４\n",
        'year,value\n2020,"1"\n2021,"2"\n2022,"4"\n',
        "year,value\n2022,4\n2020,1\n2021,2\n",
        "year,value\r\n2020,1\r\n2021,2\r\n2022,4\r\n",
        "\ufeffyear,value\n2020,1\n\n2021,2\n2022,4\n",
        "note,value,year\na,1,2020\nb,2,2021\nc,4,2022\n",
        "年份,数值\n2020,1\n2021,2\n2022,4\n".encode("gbk"),
        "年度\t数据\n2020年\t1\n2021年\t2\n2022年\t4\n".encode("utf-16"),
        "Year;Value\n2020;1\n2021;2\n2022;4\n",
        "金山区序列\n单位：亿元\n年份,数值\n2020,1\n2021,2\n2022,4\n注：快报数\n",
        "year,value\n2018,\n2019,—\n2020,1\n2021,2\n2022,4\n2023,n/a\n2024\n",
        "year,value\n2020,1①\n2021,2*\n2022,4\n",
    ],
)
def test_a_series_is_read_as_people_save_it(tmp_path, content):
    path = tmp_path / "series.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert cli.read_history(path).values.to_dict() == {2020: 1.0, 2021: 2.0, 2022: 4.0}


# Median of 2030: between the last figure and its own growth carried on undamped.
SERIES = {
    "cn_header_gbk.csv": (1600, 1708),  # 1500 in 2020, 1600 in 2025
    "energy_total_gaps.csv": (31_500, 170_000),  # 3991 in 2000, 31515 in 2014; years missing
    "footnote.csv": (108, 117),  # 100 in 2015, 108① in 2023: as 1081 it led to 1,707
    "tab.csv": (107, 118),
}


@pytest.mark.parametrize(("name", "bounds"), SERIES.items())
def test_the_series_people_keep_are_projected(run, name, bounds):
    path = ROOT / "tests/data/imports/project" / name
    code, output, _ = run("project", path, "--end-year", 2030, "--json")
    record = _strict_json(output)
    least, most = bounds
    assert code == 0
    assert least < record["years"][-1]["median"] < most
    assert any("标注“①”" in one for one in record["warnings"]) is (name == "footnote.csv")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "文件为空（0字节），请重新导出后再传"),
        ("\n\n", f"文件里没有内容；{WRITE}"),
        ("year,amount\n2020,1\n", f"以第1行（“year”、“amount”）为表头，缺少“数值”列；{WRITE}"),
        ("产值表\n时间,值\n2020,1\n", f"以第2行（“时间”、“值”）为表头，缺少“年份”列；{WRITE}"),
        ("2020,1\n2021,2\n", f"以第1行（“2020”、“1”）为表头，缺少“年份”和“数值”列；{WRITE}"),
        ("year,value\n", "没有数据行"),
        ("year,value\n2020,\n", "没有数据行"),
        ("年份,数值,数值\n2020,1,9\n", "有2列数值，请只留一列"),
        ("年份,期间,数值\n2020,1—9月,1\n", "第2行的 期间：“1-9月”不是全年实际数，请去掉"),
        ("年份,数值,备注\n2025,9,预计\n", "第2行的 备注：“预计”不是全年实际数，请去掉"),
        ("年份,数值,\n2026,9,预计\n", "第2行：“预计”不是全年实际数，请去掉"),
        (
            "产值预测\n年份,数值\n2026,9\n",
            "第1行写着“预测”，只推算实际数；确为实际数的请删去这一行",
        ),
        ("年份,数值\n2025年9月,9\n", "第2行的 年份：“2025年9月”不是全年，只推算全年数"),
        ("年份,数值\n2025-09-15,9\n", "第2行的 年份：“2025-09-15”不是全年，只推算全年数"),
        (
            "年份,数值,单位\n2019,1,亿元\n2020,2,万元\n",
            "单位列有“亿元”、“万元”，一次只推算一个序列",
        ),
        ("year,value\n2020,约100\n", "第2行的 value：数值无法识别：“约100”"),
        ("年份,数值\n2020,约100\n", "第2行的 数值：数值无法识别：“约100”"),
        ("year,value\n2020,inf\n", "第2行的 value：数值不是有限数：“inf”"),
        ("year,value\n2020,1e999\n", "第2行的 value：数值不是有限数：“1e999”"),
        ("year,value\n二〇二〇,1\n", "第2行的 year：年份无法识别：“二〇二〇”"),
        ("year,value\n2020.5,1\n", "第2行的 year：年份无法识别：“2020.5”"),
        ("year,value\n20200,1\n", "第2行的 year：年份无法识别：“20200”"),
        ("year,value\n1020,1\n", "第2行的 year：年份超出1949—2100：“1020”"),
        ("year,value\n2020,1\n2021,2\n2020,3\n", "第4行的 year：2020年重复"),
        # An unquoted thousands separator would shift the columns in silence.
        (
            "year,value\n2020,1,234.5\n2021,1,300.5\n",
            "第2行的列多于表头；千分位逗号请去掉，或给数加引号",
        ),
        (
            'year,value\n2020,1\n2021,"2\n',
            "第3行起不是可读的CSV（引号或换行有误），请另存后再传",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "实际是图片，不是工作簿或CSV"),
    ],
)
def test_a_mistake_in_the_file_is_named_by_file_row_and_column(project, content, complaint):
    assert project(content) == (2, "", f"错误：series.csv：{complaint}\n")


def test_a_missing_file_is_named(run, tmp_path):
    complaint = "错误：nowhere.csv：文件不存在或无法读取\n"
    assert run("project", tmp_path / "nowhere.csv", "--end-year", 2027) == (2, "", complaint)
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert run("project", folder, "--end-year", 2027)[2].startswith("错误：folder.csv：")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--end-year", 2027, "--kind", "magic"), "未知的指标类型：magic"),
        (("--end-year", 9999), "9999"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_chinese(project, options, complaint):
    code, output, said = project(GOOD, *options)
    assert (code, output) == (2, "")
    assert said.startswith("错误：")
    assert complaint in said


def test_a_series_that_never_changes_has_no_interval(project):
    lines = "year,value\n" + "".join(f"{year},100\n" for year in range(2015, 2025))
    _, output, _ = project(lines, "--end-year", 2026)
    assert output.splitlines() == [
        "2025  100.00",
        "2026  100.00",
        "保持不变",
        "无变化，不作区间预测",
    ]


def test_a_workbook_is_told_to_be_saved_as_a_table(run):
    path = ROOT / "tests/data/imports/E16_real.xls"
    code, _, said = run("project", path, "--end-year", 2027)
    assert code == 2
    assert said == f"错误：E16_real.xls：是Excel工作簿，请把这张表另存为CSV；{WRITE}\n"


def test_a_short_history_is_projected_by_its_kind_and_marked(project):
    code, output, _ = project("year,value\n2024,1\n2025,2\n", "--end-year", 2027, "--json")
    record = _strict_json(output)
    assert code == 0
    assert [one["year"] for one in record["years"]] == [2026, 2027]
    assert (record["rung"], record["is_reference"]) == ("reference", True)
    assert record["warnings"][0].startswith("参照推算：仅有2个数据点")


def test_a_fault_of_ours_is_not_dressed_up_as_the_users(run, monkeypatch, tmp_path):
    def broken(path):
        raise KeyError("bug")

    monkeypatch.setattr(cli, "read_history", broken)
    with pytest.raises(KeyError):
        run("project", tmp_path / "series.csv", "--end-year", 2027)
