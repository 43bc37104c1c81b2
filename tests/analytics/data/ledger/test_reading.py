"""Ledger files as offices keep them, and every finding about them by file and row."""

import io
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.data.ledger.aggregate import aggregate, ask
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import LedgerError
from analytics.data.ledger.values import values
from tests.support.paths import ROOT
from tests.support.small_ledger import CODES, firm, write_month

COLUMNS = ask(ROOT, "金山区").contract.columns
TITLES = [column.name_zh for column in COLUMNS.values()]


def add(ledger, out):
    return aggregate(ROOT, ledger, DuckDBEngine(out / "spill"), out)


def lines(rows) -> list[list[object]]:
    return [TITLES, *([row[name] for name in COLUMNS] for row in rows)]


def as_csv(rows) -> str:
    return "\n".join(",".join("" if cell is None else str(cell) for cell in one) for one in rows)


def as_workbook(rows, above=()) -> bytes:
    book = openpyxl.Workbook()
    for line in (*above, *rows):
        book.active.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def said(found) -> list[tuple[str, str, str, str]]:
    usual = ("进入与退出", "不计入本区")
    return [(f.rule, f.file, f.cell, str(f.kind)) for f in found.faults if f.rule not in usual]


FIRMS = [firm(n, 100_000 * (n + 1), cluster="新材料") for n in range(4)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_with_chinese_headings_reads_like_parquet(tmp_path, encoding):
    (tmp_path / "in").mkdir()
    text = as_csv(lines(FIRMS))
    (tmp_path / "in" / "规上月报2025年12月.csv").write_text(text, encoding=encoding)
    write_month(tmp_path / "same", 2025, 12, FIRMS)
    found = add(tmp_path / "in", tmp_path / "out")
    assert said(found) == []
    assert found.months[0].totals == add(tmp_path / "same", tmp_path / "o").months[0].totals


def test_a_workbook_under_a_title_is_read_through_the_import_reader(tmp_path):
    (tmp_path / "in").mkdir()
    content = as_workbook(lines(FIRMS), above=[["2025年12月规上企业月报"], []])
    (tmp_path / "in" / "2025-12.xlsx").write_bytes(content)
    found = add(tmp_path / "in", tmp_path / "out")
    assert said(found) == []
    assert values(found)[2025, 12]["new_materials_output"].value == 1 + 2 + 3 + 4


def test_names_are_kept_as_a_hash_only(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2025-12.csv").write_text(as_csv(lines(FIRMS)), encoding="utf-8")
    add(tmp_path / "in", tmp_path / "out")
    (staged,) = (tmp_path / "out" / "read").rglob("*.parquet")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert "企业0".encode() not in kept
    assert len(pq.ParquetFile(staged).read()["name"][0].as_py()) == 64


def test_a_cell_that_cannot_be_read_is_named_with_its_row(tmp_path):
    (tmp_path / "in").mkdir()
    wrong = [
        FIRMS[0] | {"tax": "约12"},
        FIRMS[1] | {"rd": "1.5"},
        FIRMS[2] | {"srdi_since": "明年"},
    ]
    content = as_workbook(lines([*wrong, FIRMS[3]]), above=[["月报"]])
    (tmp_path / "in" / "2025-12.xlsx").write_bytes(content)
    found = add(tmp_path / "in", tmp_path / "out")
    cells = {(f.cell, f.value) for f in found.faults if f.rule == "无法读取"}
    assert cells == {("第3行", "约12"), ("第4行", "1.5"), ("第5行", "明年")}
    again = add(tmp_path / "in", tmp_path / "out")
    assert again.faults == found.faults  # kept with the month, not lost on the second run


TITLE, *ROWS = lines(FIRMS)


@pytest.mark.parametrize(
    ("case", "rows", "message"),
    [
        ("no last column", [row[:-1] for row in (TITLE, *ROWS)], "缺少列挂牌上市日"),
        ("renamed", [["代码", *TITLE[1:]], *ROWS], "缺少列统一社会信用代码（没有用到的列：代码）"),
        ("twice", [[*TITLE, "产值累计"], *([*row, 1] for row in ROWS)], "列“产值累计”有两列"),
        ("as id too", [[*TITLE, "rd"], *([*row, 1] for row in ROWS)], "列“研发费用累计”有两列"),
        ("a row too short", [TITLE, ROWS[0], ROWS[1][:-1], ROWS[2]], "第3行有30格，表头有31格"),
        ("nothing", [], "不是可读的CSV"),
    ],
)
def test_a_csv_of_another_shape_is_refused_by_column_or_row(tmp_path, case, rows, message):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2025-12.csv").write_text(as_csv(rows), encoding="utf-8")
    with pytest.raises(LedgerError) as found:
        add(tmp_path / "in", tmp_path / "out")
    assert str(found.value).startswith(f"2025-12.csv：{message}")


def test_a_workbook_with_a_column_twice_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    content = as_workbook([[*TITLE, "产值累计"], *([*row, 1] for row in ROWS)])
    (tmp_path / "in" / "2025-12.xlsx").write_bytes(content)
    with pytest.raises(LedgerError, match=r"2025-12\.xlsx：列“产值累计”有两列"):
        add(tmp_path / "in", tmp_path / "out")


def test_a_month_of_nobody_is_refused(tmp_path):
    write_month(tmp_path / "in", 2025, 11, FIRMS)
    write_month(tmp_path / "in", 2025, 12, [])
    (tmp_path / "in" / "2026-01.csv").write_text(as_csv([TITLE]) + "\n", encoding="utf-8")
    found = [one for one in said(add(tmp_path / "in", tmp_path / "out")) if one[3] == "refused"]
    assert found == [
        ("空表", "year=2025/month=12/part-0.parquet", "", "refused"),
        ("空表", "2026-01.csv", "", "refused"),
    ]


def test_a_file_that_is_no_ledger_is_not_passed_over_in_silence(tmp_path):
    write_month(tmp_path / "in", 2025, 12, FIRMS)
    for name in ("2025-11.xls", "_SUCCESS", ".part-0.parquet.crc", "~$2025-10.xlsx"):
        (tmp_path / "in" / name).write_bytes(b"")
    found = said(add(tmp_path / "in", tmp_path / "out"))
    assert found == [("没有读的文件", "2025-11.xls", "", "held")]


def test_a_parquet_column_missing_or_of_another_type_is_a_finding(tmp_path):
    path = write_month(tmp_path / "in", 2025, 12, FIRMS)
    table = pq.ParquetFile(path).read()
    place = table.schema.get_field_index("tax")
    table = table.set_column(place, "tax", table["tax"].cast(pa.float64())).drop_columns(["rd"])
    pq.write_table(table, path)
    found = add(tmp_path / "in", tmp_path / "out")
    assert [f.message_zh for f in found.faults] == [
        "列“tax”（税金总额累计）的类型是 double，应为 int64",
        "列“rd”（研发费用累计）缺少",
    ]
    assert found.months[0].totals == ()


def test_a_broken_file_is_refused_by_name(tmp_path):
    write_month(tmp_path / "in", 2025, 12, FIRMS).write_bytes(b"PAR1")
    with pytest.raises(LedgerError, match=r"part-0\.parquet：无法读取"):
        add(tmp_path / "in", tmp_path / "out")


@pytest.mark.parametrize(
    ("changed", "rule", "kind"),
    [
        ({"credit_code": "12345"}, "统一社会信用代码", "refused"),
        ({"credit_code": None}, "统一社会信用代码", "refused"),
        ({"operates_at": "金山"}, "注册地与经营地", "refused"),
        ({"industry": "9999"}, "行业代码", "held"),
        ({"revenue": None}, "缺数", "refused"),
        ({"land": -1}, "负数", "held"),
        ({"output": 2_000_000}, "本月大于累计", "held"),
        ({"listed_since": date(2026, 1, 1)}, "标志日期", "held"),
        ({"cluster_since": None}, "标志日期", "held"),
        ({"cluster": "新材"}, "未知的词", "held"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(tmp_path, changed, rule, kind):
    write_month(tmp_path / "in", 2025, 12, [*FIRMS[:2], FIRMS[2] | changed, FIRMS[3]])
    found = add(tmp_path / "in", tmp_path / "out")
    assert said(found) == [(rule, "year=2025/month=12/part-0.parquet", "第3行", kind)]


def test_a_loss_and_a_tax_refund_are_no_faults(tmp_path):
    rows = [*FIRMS[:3], FIRMS[3] | {"profit": -5, "tax": -1}]
    write_month(tmp_path / "in", 2025, 12, rows)
    assert said(add(tmp_path / "in", tmp_path / "out")) == []


def test_an_enterprise_that_stands_twice_is_refused(tmp_path):
    write_month(tmp_path / "in", 2025, 12, [*FIRMS, FIRMS[1]])
    found = add(tmp_path / "in", tmp_path / "out")
    assert said(found) == [("重复", "year=2025/month=12/part-0.parquet", "第2行", "refused")]


def test_of_many_faulty_rows_the_first_are_named_and_the_others_counted(tmp_path):
    rows = [firm(n, 10, industry="9999") for n in range(60)]
    write_month(tmp_path / "in", 2025, 12, rows)
    found = add(tmp_path / "in", tmp_path / "out")
    assert [f.cell for f in found.faults] == [f"第{n}行" for n in range(1, 21)] + [""]
    assert found.faults[-1].message_zh.endswith("（另有40行，未逐行列出）")


def test_a_missing_month_is_named(tmp_path):
    for month in (9, 12):
        write_month(tmp_path / "in", 2025, month, FIRMS)
    found = add(tmp_path / "in", tmp_path / "out")
    gaps = [f.message_zh for f in found.faults if f.rule == "缺月"]
    assert gaps == ["台账缺2025年10月", "台账缺2025年11月"]


def test_what_changes_from_month_to_month_is_said(tmp_path):
    """One enters, two leave, one of them under a new code; one changes its industry and total."""
    before = [firm(n, 100) for n in range(6)]
    now = [firm(n, 130, output=30) for n in range(3)]
    now += [firm(3, 140, output=30, industry="2710"), firm(9, 30, output=30, name="企业4")]
    write_month(tmp_path / "in", 2025, 10, before)
    write_month(tmp_path / "in", 2025, 11, now)
    found = add(tmp_path / "in", tmp_path / "out")
    assert [(f.rule, f.cell, f.message_zh) for f in found.faults] == [
        ("进入与退出", "", "比上月新进1家，退出2家"),
        ("代码变更", "第4行", "1家的行业代码与上月不同，首行在此"),
        ("累计有修订", "第4行", "1家的累计不等于上月累计加本月，首行在此"),
        ("疑似换码", "第5行", "1家新进企业与本月退出的企业同名而代码不同，首行在此"),
    ]


def test_enterprises_that_operate_elsewhere_are_counted_out_aloud(tmp_path):
    rows = [*FIRMS, firm(7, 9, operates_at="310115"), firm(8, 9, operates_at="310115")]
    rows.append(firm(9, 9, registered_at="310115", operates_at="310115"))
    write_month(tmp_path / "in", 2025, 12, rows)
    (found,) = add(tmp_path / "in", tmp_path / "out").faults
    assert (found.rule, found.file) == ("不计入本区", "2025年12月")
    assert found.message_zh.endswith("注册在本区的2家，注册也不在本区的1家")


def test_no_finding_names_an_enterprise(tmp_path):
    write_month(tmp_path / "in", 2025, 12, [*FIRMS, FIRMS[1], firm(9, 1, industry="9999")])
    found = add(tmp_path / "in", tmp_path / "out")
    words = " ".join(f"{f.message_zh}{f.value}" for f in found.faults)
    assert found.faults
    assert not any(code in words for code in CODES)
    assert "企业1" not in words
