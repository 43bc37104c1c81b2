"""Reading apart: whatever a file does to its reader becomes one sentence, and nothing more."""

import io
import sys
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from analytics.data.imports.batch import ImportBatch
from analytics.data.imports.bounded.limits import LIMITS
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.intake import corrected_copy, corrected_name, read_import
from analytics.data.imports.reader.apart import read_apart
from analytics.data.imports.reader.packed import unpack
from analytics.data.imports.standing import Standing
from tests.support.drawn_imports import TODAY, as_csv, held, project_catalog, workbook

HEAD = ["指标", "年份", "数值", "单位", "说明"]
OUTPUT = "规模以上工业在地产值"
TABLE = [HEAD, *([OUTPUT, year, 100.0 + year - 2010, "亿元", "甲"] for year in range(2010, 2026))]
GOOD = workbook(TABLE, sheet="扩规模")
SHEET = "xl/worksheets/sheet1.xml"


def read_in(*files: tuple[str, bytes], **options) -> ImportBatch:
    against = Standing(project_catalog(), (), held())
    return read_import(files, against, submitted_by=" 张三 ", submitted_on=TODAY, **options)


def reason(*files: tuple[str, bytes], **limits) -> str:
    with pytest.raises(ImportFileError) as caught:
        read_in(*files, limits=replace(LIMITS, **limits))
    return str(caught.value)


def with_member(name: str, content: bytes) -> bytes:
    """Write the good workbook with one member replaced."""
    output = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(GOOD))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            target.writestr(member, content if member == name else source.read(member))
    return output.getvalue()


def with_rows(rows: bytes) -> bytes:
    """Write the good workbook with these rows on its sheet."""
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return with_member(SHEET, start + b"<sheetData>" + rows + b"</sheetData></worksheet>")


def member(name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(GOOD)).read(name)


def test_files_are_read_together_with_progress_that_only_grows():
    shares: list[float] = []
    batch = read_in(
        ("../甲.xlsx", GOOD),
        ("乙.csv", as_csv("指标 | 年份 | 数值 | 单位\n高新技术企业总数 | 2025 | 9 | 家")),
        progress=shares.append,
    )
    assert [file.name for file in batch.files] == ["甲.xlsx", "乙.csv"]
    assert batch.submitted_by == "张三"
    assert len(batch.rows) == 17
    assert batch.publishable
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_two_values_for_one_key_are_found_across_files():
    other = workbook([HEAD, [OUTPUT, 2025, 999, "亿元"]])
    batch = read_in(("甲.xlsx", GOOD), ("乙.xlsx", other))
    named = {(fault.file, fault.rule) for fault in batch.faults if fault.kind == "refused"}
    assert named == {("甲.xlsx", "重复且不一致"), ("乙.xlsx", "重复且不一致")}


def test_the_same_file_twice_and_files_of_one_name_are_refused():
    assert "内容完全相同" in reason(("甲.xlsx", GOOD), ("乙.xlsx", GOOD))
    assert "同名" in reason(("甲.xlsx", GOOD), ("x/甲.xlsx", b"x"))
    assert "没有选择文件" in reason()


@pytest.mark.skipif(sys.platform == "win32", reason="the system knows no such limit")
def test_a_reader_that_needs_too_much_memory_is_stopped():
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
        % (n, n, (b"%d" % n) * 40)
        for n in range(1, 200_000)
    )
    little = replace(LIMITS, memory=130 * 2**20)
    said = reason(("大.xlsx", with_rows(rows)), memory=little.memory)
    assert said.startswith("大.xlsx：")
    assert "内存" in said
    assert read_in(("小.xlsx", GOOD), limits=little).publishable


def test_one_cell_at_the_far_corner_is_no_way_to_fill_the_memory():
    far = member(SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    said = reason(("角.xlsx", with_member(SHEET, far)))
    assert "过大" in said or "内存" in said


def test_a_sheet_of_millions_of_empty_cells_is_refused_by_its_extent():
    far = member(SHEET).replace(
        b"</sheetData>", b'<row r="900000"><c r="J900000"><v>1</v></c></row></sheetData>'
    )
    assert "900,000行×10列，过大" in reason(("长.xlsx", with_member(SHEET, far)))


def test_a_reader_that_takes_too_long_is_stopped():
    assert "时间过长" in reason(("慢.xlsx", GOOD), wall_seconds=0.01)


@pytest.mark.skipif(sys.platform == "win32", reason="the system knows no such limit")
def test_a_reader_that_computes_too_long_is_stopped():
    rows = b"<row><c><f>1</f><v>1</v></c></row>" * 2_000_000
    said = reason(("慢.xlsx", with_rows(rows)), cpu_seconds=1, ratio=10**6)
    assert "时间过长" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (SHEET, b"<worksheet><sheetData><row><c"),
        (SHEET, b""),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/workbook.xml", b"not xml"),
        ("xl/sharedStrings.xml", b"<sst><si><t>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/styles.xml", b"<styleSheet><cellXfs"),
    ],
)
def test_a_damaged_part_is_a_sentence_or_a_fault_but_never_a_value(name, content):
    try:
        batch = read_in(("坏.xlsx", with_member(name, content)))
    except ImportFileError as error:
        assert str(error).startswith("坏.xlsx：")
    else:
        assert not batch.publishable


def test_a_sheet_cut_off_after_some_rows_loses_nothing_in_silence():
    text = member(SHEET)
    cut = text[: text.index(b'<row r="9"')]
    assert "损坏" in reason(("断.xlsx", with_member(SHEET, cut)))


# each example starts a process
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_flipped_byte_never_crashes_and_never_changes_a_value(place, flip):
    broken = bytearray(GOOD)
    broken[place] ^= flip
    try:
        batch = read_in(("坏.xlsx", bytes(broken)))
    except ImportFileError as error:
        assert str(error).startswith("坏.xlsx：")
    else:
        assert batch.rows["value"].tolist() == [row[2] for row in TABLE[1:]]


@QUICK
@given(st.data())
def test_a_damage_inside_a_sound_archive_never_crashes(data):
    name = data.draw(st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"]))
    text = member(name)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 40, len(text))))
    piece = data.draw(st.binary(max_size=8))
    try:
        batch = read_in(("坏.xlsx", with_member(name, text[:start] + piece + text[end:])))
    except ImportFileError as error:
        assert str(error).startswith("坏.xlsx：")
    else:
        assert isinstance(batch.publishable, bool)


@QUICK
@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_crash_and_publish_nothing(content):
    for name in ("坏.csv", "坏.xlsx"):
        try:
            assert not read_in((name, content)).publishable
        except ImportFileError as error:
            assert str(error).startswith(f"{name}：")


@QUICK
@given(st.lists(st.lists(st.text(max_size=6), max_size=6), max_size=6))
def test_a_csv_of_arbitrary_cells_below_a_header_never_crashes(rows):
    lines = [",".join(HEAD), *(",".join(row) for row in rows)]
    content = "\n".join(lines).encode("utf-8", "ignore")
    try:
        assert not read_in(("坏.csv", content)).publishable
    except ImportFileError as error:
        assert str(error).startswith("坏.csv：")


def test_the_reader_hands_on_nothing_but_cells(tmp_path):
    """A damaged file cannot speak to any other process but through cells and sentences."""
    read_apart(tmp_path, "甲.xlsx", GOOD)
    entries = unpack(tmp_path)
    assert {type(x) for column in entries.columns.values() for x in column} == {str, int, bool}


# ── the copy with comments ───────────────────────────────────────────────────────────────


def test_the_copy_has_comments_on_the_faulty_cells_and_lists_every_fault():
    table = [*TABLE[:3], [OUTPUT, 2012, "持平", "亩", "=HYPERLINK(1)"]]
    batch = read_in(("填报.xlsx", workbook(table, sheet="扩规模")))
    book = load_workbook(io.BytesIO(corrected_copy(batch, batch.files[0])))
    page = book["扩规模"]
    assert "数值无法识别：“持平”" in page["C4"].comment.text
    assert "不是同一类量" in page["D4"].comment.text
    assert page["C3"].comment is None
    assert (page["C4"].value, page["C3"].value) == ("持平", TABLE[2][2])
    assert (page["E4"].value, page["E4"].data_type) == ("=HYPERLINK(1)", "s")
    listed = [[cell.value for cell in row] for row in book["问题清单"].iter_rows(min_row=2)]
    assert [row[:5] for row in listed] == [
        ["退回", "扩规模", "C4", "持平", "数值"],
        ["退回", "扩规模", "D4", "亩", "单位"],
    ]
    assert corrected_name(batch.files[0]) == "填报-核对.xlsx"


def test_formulas_stand_in_the_copy_as_their_results():
    def formula(sheet, row, column, book):
        sheet.write_formula(row, column, "=50*2", None, 99)

    table = [HEAD, [OUTPUT, 2020, formula, "亿元"], [OUTPUT, 20, 1, "亿元"]]
    batch = read_in(("填报.xlsx", workbook(table)))
    copy = load_workbook(io.BytesIO(corrected_copy(batch, batch.files[0])))
    assert copy["表"]["C2"].value == 99
    assert copy["表"]["B3"].comment is not None


def test_a_mended_copy_comes_back_without_the_old_comments():
    table = [*TABLE[:3], [OUTPUT, 2012, "持平", "亿元"]]
    batch = read_in(("填报.xlsx", workbook(table, sheet="扩规模")))
    book = load_workbook(io.BytesIO(corrected_copy(batch, batch.files[0])))
    book["扩规模"]["C4"] = 103
    book["扩规模"]["D3"] = "亩"
    mended = io.BytesIO()
    book.save(mended)
    again = read_in(("填报-核对.xlsx", mended.getvalue()))
    assert [(fault.cell, fault.rule) for fault in again.faults] == [("D3", "单位")]
    page = load_workbook(io.BytesIO(corrected_copy(again, again.files[0])))["扩规模"]
    assert page["C4"].comment is None
    assert page["D3"].comment is not None


def test_a_csv_comes_back_as_a_workbook_that_reads_the_same():
    content = as_csv(
        "指标 | 年份 | 数值 | 单位\n高新技术企业总数 | 2025 | 持平 | 家\nx | 2025 | -5 | =1"
    )
    batch = read_in(("填报.csv", content))
    copy = corrected_copy(batch, batch.files[0])
    page = load_workbook(io.BytesIO(copy))["数据"]
    assert page["C2"].comment is not None
    assert (page["B2"].value, page["D3"].data_type) == (2025, "s")
    again = read_in(("填报.xlsx", copy))
    assert [(f.cell, f.rule) for f in again.faults] == [(f.cell, f.rule) for f in batch.faults]
