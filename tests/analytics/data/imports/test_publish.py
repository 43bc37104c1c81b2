"""From a file to the release in use: what is shown beforehand, and all or nothing."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from analytics import __main__ as cli
from analytics.catalog.load import load_catalog
from analytics.data.imports.described import describe
from analytics.data.imports.handed_over import Asked, hand_up, take_over
from analytics.data.imports.intake import read_import
from analytics.data.imports.preview import preview
from analytics.data.imports.standing import Standing
from analytics.data.imports.template import TableRow, fill_workbook
from analytics.data.releases.release import open_release
from analytics.data.releases.standing import standing
from analytics.data.releases.store import Store
from tests.support.drawn_imports import as_csv, declared_breaks, held, project_catalog, take
from tests.support.release_fixtures import copy_built

OUTPUT = "规模以上工业在地产值"
GROSS = "gross_output_territorial"
TABLE = "指标 | 年份 | 期间 | 数值 | 单位"


# ── what would change ────────────────────────────────────────────────────────────────────


def seen(frame) -> list[tuple]:
    return [(row["year"], row["value"]) for row in frame.to_dict("records")]


def test_a_preview_tells_new_revised_unchanged_held_and_refused_apart():
    current = [
        (GROSS, "金山区", 2022, None, 100.0, "submitted"),
        (GROSS, "金山区", 2023, None, 110.0, "submitted"),
    ]
    batch = take(
        f"""{TABLE}
        {OUTPUT} | 2022 | 全年 | 100 | 亿元
        {OUTPUT} | 2023 | 全年 | 112 | 亿元
        {OUTPUT} | 2024 | 全年 | 120 | 亿元
        {OUTPUT} | 2025 | 全年 | 1250000 | 亿元
        高新技术企业总数 | 2025 | 全年 | 持平 | 家
        """,
        *current,
    )

    found = preview(batch, held(*current))
    assert seen(found.unchanged) == [(2022, 100.0)]
    assert seen(found.revised) == [(2023, 112.0)]
    assert found.revised["old_value"].tolist() == [110.0]
    assert seen(found.new) == [(2024, 120.0)]
    assert seen(found.held) == [(2025, 1250000.0)]
    assert [fault.cell for fault in found.refused] == ["D6"]
    assert found.counts == {"新增": 1, "修订": 1, "不变": 1, "待确认": 1, "退回": 1}
    confirmed = preview(batch.confirm_all(), held(*current))
    assert seen(confirmed.new) == [(2024, 120.0), (2025, 1250000.0)]


def test_a_batch_of_which_no_value_is_read_changes_nothing(tmp_path):
    batch = take(f"{TABLE}\n高新技术企业总数 | 2025 | 全年 | 持平 | 家")
    hand_up(batch, tmp_path)  # columns without rows come back as columns of text
    against = Standing(project_catalog(), declared_breaks(), held())
    asked = Asked(("填报.csv",), against, batch.submitted_by, batch.submitted_on)
    taken = take_over(tmp_path, batch.files, asked)
    assert taken.rows.empty
    found = preview(taken, held((GROSS, "金山区", 2022, None, 100.0, "submitted")))
    assert found.counts == {"新增": 0, "修订": 0, "不变": 0, "待确认": 0, "退回": 1}


def test_an_equal_value_of_another_nature_is_a_revision():

    current = [(GROSS, "金山区", 2024, None, 120.0, "illustrative")]
    batch = take(f"{TABLE}\n{OUTPUT} | 2024 | 全年 | 120 | 亿元", *current)
    found = preview(batch, held(*current))
    assert (len(found.revised), len(found.unchanged)) == (1, 0)
    said = list(describe(batch, found, project_catalog()))
    assert f"[修订] {OUTPUT}，金山区，2024年：120亿元（演示） → 120亿元" in said


def test_of_two_vintages_the_later_one_is_compared():

    batch = take(
        f"""指标 | 年份 | 数值 | 单位 | 发布日期
        {OUTPUT} | 2024 | 121 | 亿元 | 2025-10-20
        {OUTPUT} | 2024 | 120 | 亿元 | 2025-01-20
        """
    )
    assert seen(preview(batch, held()).new) == [(2024, 121.0)]
    assert len(batch.rows) == 2


# ── the command line ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def project(release_root, tmp_path, monkeypatch) -> Path:
    """A copy of the built project that the command works on."""
    root = copy_built(release_root, tmp_path / "project")
    monkeypatch.setattr(cli, "ROOT", root)
    monkeypatch.delenv("JINSHAN_IMPORT", raising=False)
    return root


@pytest.fixture
def command(project, tmp_path, capsys):
    """Import a file; return exit code, output and complaint."""

    def run(content: bytes | str, *options: str, name: str = "填报.csv"):
        path = tmp_path / name
        path.write_bytes(as_csv(content) if isinstance(content, str) else content)
        code = cli.main(["import", str(path), *options])
        return code, *capsys.readouterr()

    return run


def fingerprint(root: Path) -> str:
    """One hash over every file of the data in use."""
    files = sorted(path for path in (root / "data").rglob("*") if path.is_file())
    parts = (str(p.relative_to(root)).encode() + p.read_bytes() for p in files if p.name != ".lock")
    return hashlib.sha256(b"".join(parts)).hexdigest()


LOCAL = "规模以上工业属地产值"
GOOD = f"{TABLE}\n{LOCAL} | 2024 | 全年 | 1700 | 亿元\n{LOCAL} | 2025 | 全年 | 1760 | 亿元"
WRONG = f"{GOOD}\n{LOCAL} | 2023 | 全年 | 持平 | 亿元"
DOUBTFUL = f"{GOOD}\n{LOCAL} | 2023 | 全年 | 16500000 | 亿元"


def test_a_good_file_is_published_and_every_reader_sees_it(command, project):
    before = open_release(project)[0].id
    code, out, err = command(GOOD, "--by", "张三")
    assert (code, err) == (0, "")
    assert "填报2" in out
    release, folder = open_release(project)
    assert release.id != before
    values = Store.open(folder).query("preferred_values")
    ours = values[values["status"] == "submitted"]
    assert ours["value"].tolist() == [1700.0, 1760.0]
    assert standing(project).current["status"].eq("submitted").sum() == 2


def test_a_file_with_one_fault_publishes_nothing_and_names_the_cell(command, project):
    before = fingerprint(project)
    code, out, err = command(WRONG, "--by", "张三")
    assert code == 2
    assert "[退回] 填报.csv，D4“持平”｜数值" in out
    assert "还有1处错误没有改正，未作任何改动" in err
    assert fingerprint(project) == before


def test_a_doubtful_value_is_published_only_when_confirmed(command, project):
    before = fingerprint(project)
    code, out, err = command(DOUBTFUL, "--by", "张三")
    assert (code, "量级异常" in out, "没有确认" in err) == (2, True, True)
    assert fingerprint(project) == before
    assert command(DOUBTFUL, "--by", "张三", "--confirm")[0] == 0


def test_a_dry_run_changes_nothing_and_says_by_its_code_whether_it_would_do(command, project):
    before = fingerprint(project)
    assert command(GOOD, "--dry-run")[0] == 0
    assert command(WRONG, "--dry-run")[0] == 1
    assert fingerprint(project) == before


def test_nobody_is_not_somebody(command, project):
    before = fingerprint(project)
    code, _, err = command(GOOD)
    assert (code, "没有写明填报人" in err) == (2, True)
    assert fingerprint(project) == before


def test_a_switched_off_import_refuses(command, project, monkeypatch):
    before = fingerprint(project)
    monkeypatch.setenv("JINSHAN_IMPORT", "off")
    code, _, err = command(GOOD, "--by", "张三")
    assert (code, "已关闭数据导入" in err) == (2, True)
    assert fingerprint(project) == before


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "空.xlsx", "0字节"),
        (b"\x89PNG\r\n\x1a\n0000", "图.xlsx", "图片"),
        (b"PK\x03\x04 broken", "坏.xlsx", "损坏"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(command, project, content, name, said):
    before = fingerprint(project)
    code, _, err = command(content, "--by", "张三", name=name)
    assert code == 2
    assert err.startswith(f"错误：{name}：")
    assert said in err
    assert fingerprint(project) == before


def test_a_missing_file_is_named(project, capsys):
    assert cli.main(["import", "没有.xlsx", "--by", "张三"]) == 2
    assert "没有.xlsx：文件不存在或无法读取" in capsys.readouterr().err


def test_what_the_program_holds_can_be_taken_out_in_the_template_and_brought_back(project):
    """A published series written with the template is unchanged in value, cell by cell."""
    against = standing(project, "published")
    in_use = against.current
    mine = in_use[(in_use["indicator_id"] == "gdp") & (in_use["region"] == "上海市")]
    mine = mine[mine["period_kind"] == "year"].tail(8)
    catalog = load_catalog(project)
    item = catalog.indicators["gdp"]
    rows = [
        TableRow(item.name_zh, item.id, "上海市", int(year), "全年", value, item.unit)
        for year, value in zip(mine["year"], mine["value"], strict=True)
    ]
    batch = read_import(
        [("核对.xlsx", fill_workbook(catalog, rows))],
        against,
        submitted_by="张三",
        submitted_on=date(2026, 11, 25),
    )
    found = preview(batch, in_use)
    assert found.counts["新增"] == 0
    assert found.revised["value"].tolist() == found.revised["old_value"].tolist()
    assert len(found.revised) == 8
