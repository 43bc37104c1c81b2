"""From a ledger to a release, by the command line."""

import csv
from pathlib import Path

import pytest

from analytics import __main__ as cli
from analytics.data.releases.release import open_release
from analytics.data.releases.store import Store
from analytics.output.figures.contributions import contributions_figure
from analytics.workbench import build_workbench
from benchmarks.drawn_ledger import Size, draw
from tests.support.release_fixtures import copy_built
from tests.support.small_ledger import firm, write_month


@pytest.fixture(scope="module")
def real_ledger(tmp_path_factory) -> Path:
    """Two years of some hundred enterprises, drawn but not marked, as an office's would be."""
    folder = tmp_path_factory.mktemp("ledger")
    draw(folder, Size(700, 24, first_year=2024, marked=False))
    return folder


def run(*words: object) -> int:
    return cli.main(["ledger", "aggregate", *map(str, words)])


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_a_ledger_is_checked_summed_previewed_and_published(
    real_ledger, release_root, tmp_path, monkeypatch, capsys
):
    root = copy_built(release_root, tmp_path / "root")
    monkeypatch.setattr(cli, "ROOT", root)
    words = (real_ledger, "--out", tmp_path / "out", "--confirm", "--publish", "--by", "李雷")
    assert run(*words) == 0, capsys.readouterr().out[-2000:]
    table = rows_of(tmp_path / "out" / "台账汇总.csv")
    wanted = next(
        row
        for row in table
        if row["指标标识"] == "gross_output_registered" and row["期间"] == "全年"
    )
    _, folder = open_release(root, "published")
    held = Store.open(folder).query("preferred_values")
    mine = held[(held["indicator_id"] == "gross_output_registered") & (held["year"] == 2024)]
    yearly = mine[mine["period_kind"] == "year"]
    assert yearly["value"].tolist() == [float(wanted["数值"])]
    assert yearly["status"].tolist() == ["submitted"]
    grown = held[held["indicator_id"] == "gross_output_registered_comparable_yoy"]
    assert len(grown) > 0
    drawn = contributions_figure(build_workbench(root, "published"))
    assert drawn.takeaway.startswith("2025年属地产值现价增长")
    total = drawn.datasets["sides"].groupby("year")["value"].sum().tolist()
    assert total == pytest.approx(drawn.datasets["comparable"]["nominal"].tolist())


def test_a_ledger_drawn_for_demonstration_is_never_published(drawn_ledger, tmp_path, capsys):
    assert run(drawn_ledger, "--out", tmp_path, "--publish", "--by", "李雷") == 2
    heard = capsys.readouterr()
    assert "演示台账只供试算，不能作为填报发布" in heard.err
    assert all("演示" in row["说明"] for row in rows_of(tmp_path / "台账汇总.csv"))


def test_the_table_of_a_demonstration_is_refused_by_the_import_too(
    drawn_ledger, release_root, tmp_path, monkeypatch, capsys
):
    run(drawn_ledger, "--out", tmp_path)
    monkeypatch.setattr(cli, "ROOT", release_root)
    words = ["import", str(tmp_path / "台账汇总.csv"), "--by", "李雷", "--dry-run"]
    assert cli.main(words) == 1
    assert "演示数据只供试算" in capsys.readouterr().out


def test_a_held_finding_leaves_no_table_until_it_is_confirmed(tmp_path, capsys):
    write_month(tmp_path / "in", 2025, 12, [firm(n, 10, industry="9999") for n in range(5)])
    words = (tmp_path / "in", "--out", tmp_path / "out")
    assert run(*words) == 1
    assert not (tmp_path / "out" / "台账汇总.csv").exists()
    assert len(rows_of(tmp_path / "out" / "核对结果.csv")) == 5
    assert run(*words, "--confirm") == 0
    assert (tmp_path / "out" / "台账汇总.csv").exists()


def test_a_refused_finding_cannot_be_confirmed(tmp_path, capsys):
    write_month(tmp_path / "in", 2025, 12, [firm(0, 10), firm(0, 10)])
    assert run(tmp_path / "in", "--out", tmp_path / "out", "--confirm") == 1
    assert "没有生成汇总" in capsys.readouterr().out


def test_an_earlier_table_does_not_stand_beside_new_faults(tmp_path):
    write_month(tmp_path / "in", 2025, 12, [firm(n, 10) for n in range(5)])
    assert run(tmp_path / "in", "--out", tmp_path / "out") == 0
    write_month(tmp_path / "in", 2025, 12, [firm(0, 10), firm(0, 10)])
    assert run(tmp_path / "in", "--out", tmp_path / "out") == 1
    assert not (tmp_path / "out" / "台账汇总.csv").exists()


def test_what_is_withheld_is_said_without_its_value(tmp_path, capsys):
    rows = [firm(n, 54321, cluster="新材料" if n < 2 else None) for n in range(9)]
    write_month(tmp_path / "in", 2025, 12, rows)
    assert run(tmp_path / "in", "--out", tmp_path / "out") == 0
    listed = rows_of(tmp_path / "out" / "不予列示.csv")
    assert "new_materials_output" in {row["指标标识"] for row in listed}
    assert "[不予列示] 新材料产业集群产值，2025年｜涉及企业不足3家" in capsys.readouterr().out
    text = (tmp_path / "out" / "不予列示.csv").read_text(encoding="utf-8-sig")
    assert "1.08642" not in text


def test_without_spark_one_sentence_says_how_to_have_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("JINSHAN_CLUSTER_PYTHON", str(tmp_path / "none"))
    assert run(tmp_path, "--engine", "spark", "--out", tmp_path / "out") == 2
    assert "没有装 Spark：请执行 make cluster" in capsys.readouterr().err


def test_who_publishes_is_asked_before_anything_is_summed(tmp_path, capsys):
    write_month(tmp_path / "in", 2025, 12, [firm(0, 10)])
    assert run(tmp_path / "in", "--out", tmp_path / "out", "--publish") == 2
    assert "发布要写明填报人" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_bound_on_memory_that_is_none_is_refused(tmp_path, capsys):
    write_month(tmp_path / "in", 2025, 12, [firm(0, 10)])
    assert run(tmp_path / "in", "--out", tmp_path / "out", "--memory", "许多") == 2
    assert "内存上限“许多”无法使用，请写成如 1200MB" in capsys.readouterr().err


def test_results_do_not_go_into_the_ledger(tmp_path, capsys):
    write_month(tmp_path / "in", 2025, 12, [firm(0, 10)])
    assert run(tmp_path / "in", "--out", tmp_path / "in" / "结果") == 2
    assert "结果：结果不能放在台账文件夹里" in capsys.readouterr().err
    assert not (tmp_path / "in" / "结果").exists()


def test_a_region_that_is_not_declared_is_refused(tmp_path, capsys):
    write_month(tmp_path / "in", 2025, 12, [firm(0, 10)])
    assert run(tmp_path / "in", "--out", tmp_path / "out", "--region", "某区") == 2
    assert "ledger.toml 的 regions 中没有“某区”" in capsys.readouterr().err
