"""Files are judged by what they are before anything in them is parsed."""

import io
import struct
import zipfile
from dataclasses import replace

import pytest

from analytics.data.imports.bounded.limits import LIMITS
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.file_names import safe_name
from analytics.data.imports.reader.guard import CSV, XLSX, check_file, decode
from tests.support.drawn_imports import workbook

GOOD = workbook([["指标", "年份", "数值", "单位"], ["规模以上工业在地产值", 2025, 100, "亿元"]])
TYPES = "[Content_Types].xml"
LINKS = "xl/_rels/workbook.xml.rels"


def rezipped(
    content: bytes = GOOD,
    *,
    add: dict[str, bytes] | None = None,
    change: dict[str, tuple[bytes, bytes]] | None = None,
) -> bytes:
    """Write the workbook anew with members added or their text replaced."""
    output = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            old, new = (change or {}).get(name, (b"", b""))
            target.writestr(name, source.read(name).replace(old, new) if old else source.read(name))
        for name, text in (add or {}).items():
            target.writestr(name, text)
    return output.getvalue()


def reason(name: str, content: bytes, **limits) -> str:
    """Return why a file is refused."""
    with pytest.raises(ImportFileError) as caught:
        check_file(name, content, replace(LIMITS, **limits))
    assert str(caught.value).startswith(f"{name}：")
    return str(caught.value)


def test_a_workbook_and_a_csv_pass_whatever_their_name():
    assert check_file("填报.xlsx", GOOD) == XLSX
    assert check_file("没有扩展名", GOOD) == XLSX
    assert check_file("填报.csv", "指标,数值\n".encode()) == CSV


def test_rewriting_a_workbook_alone_is_no_offence():
    assert check_file("填报.xlsx", rezipped()) == XLSX


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0字节"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "图片"),
        (b"\xff\xd8\xff\xe0" + b"0" * 50, "图片"),
        (b"PAR1" + b"0" * 50 + b"PAR1", "parquet"),
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90\x00", "程序"),
        (b"<html><body></body></html>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "不是Excel工作簿"),
        (b"\x01\x02\x03\x00 nothing", "不是文本"),
        (GOOD[: len(GOOD) // 2], "损坏"),
        ("指标,数值".encode(), "扩展名"),
    ],
)
def test_what_is_renamed_xlsx_is_named_for_what_it_is(content, said):
    assert said in reason("填报.xlsx", content)


def test_an_image_renamed_csv_is_no_csv():
    assert "图片" in reason("填报.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 50)


def test_a_file_beyond_the_size_limit_is_refused_by_size_alone():
    assert "超过20MB上限" in reason("大.xlsx", b"PK\x03\x04" + bytes(20 * 2**20))


def test_macros_are_refused_by_content_whatever_the_name():
    types = {TYPES: (b"spreadsheetml.sheet.main+xml", b"x")}
    assert "不是Excel工作簿" in reason("填报.xlsx", rezipped(change=types))
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert "启用宏" in reason("填报.xlsx", rezipped(change={TYPES: (plain, macro)}))
    assert "含宏" in reason("填报.xlsx", rezipped(add={"xl/vbaProject.bin": b"x"}))


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("xl/externalLinks/externalLink1.xml", "外部链接"),
        ("xl/connections.xml", "数据连接"),
        ("xl/queryTables/queryTable1.xml", "数据连接"),
        ("xl/embeddings/oleObject1.bin", "嵌入对象"),
        ("xl/activeX/activeX1.xml", "控件"),
        ("customUI/customUI.xml", "自定义界面"),
    ],
)
def test_parts_that_reach_beyond_the_workbook_are_refused(member, said):
    assert said in reason("填报.xlsx", rezipped(add={member: b"<x/>"}))


@pytest.mark.parametrize(
    "path", ["../../etc/cron.d/x", "/etc/passwd", "xl/../../x", "C:\\x", "xl\\..\\..\\x"]
)
def test_members_that_point_outside_are_refused(path):
    assert "路径" in reason("填报.xlsx", rezipped(add={path: b"x"}))


def test_a_member_that_is_a_link_of_the_file_system_is_refused():
    output = io.BytesIO(GOOD)
    link = zipfile.ZipInfo("xl/media/x")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "路径" in reason("填报.xlsx", output.getvalue())


def test_a_link_to_a_file_elsewhere_is_refused_and_a_hyperlink_is_not():
    link = b'<Relationship Id="r9" Type="http://x/%s" Target="file:///x" TargetMode="External"/>'
    end = b"</Relationships>"
    outside = rezipped(change={LINKS: (end, link % b"externalLinkPath" + end)})
    assert "外部链接" in reason("填报.xlsx", outside)
    hyperlink = rezipped(change={LINKS: (end, link % b"hyperlink" + end)})
    assert check_file("填报.xlsx", hyperlink) == XLSX


def test_xml_entities_are_refused_in_any_part():
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "实体" in reason("填报.xlsx", rezipped(add={"xl/x.xml": entity}))
    for blanks in (9_000, 2**20 - 24):  # beyond the first look, and over the seam of two pieces
        padded = entity.replace(b"<!DOCTYPE", b" " * blanks + b"<!DOCTYPE")
        assert "实体" in reason("填报.xlsx", rezipped(add={"xl/x.xml": padded}), ratio=10**6)
    wide = entity.decode().encode("utf-16")
    assert "UTF-8" in reason("填报.xlsx", rezipped(add={"xl/x.xml": wide}))


# ── bombs ────────────────────────────────────────────────────────────────────────────────


def test_a_member_that_swells_is_a_bomb():
    bomb = rezipped(add={"xl/worksheets/sheet9.xml": bytes(30 * 2**20)})
    assert len(bomb) < 2**20
    assert "压缩炸弹" in reason("填报.xlsx", bomb)


def test_a_list_of_links_longer_than_any_workbook_has_is_a_bomb():
    links = b"<x/>" + bytes(range(32, 127)) * 12_000
    assert "压缩炸弹" in reason("填报.xlsx", rezipped(add={"xl/_rels/x.rels": links}), ratio=10**6)


def test_many_members_that_together_swell_are_a_bomb():
    noise = bytes(range(256)) * 4096
    bomb = rezipped(add={f"xl/media/{n}.bin": noise for n in range(8)})
    assert "压缩炸弹" in reason("填报.xlsx", bomb, unpacked=4 * 2**20, ratio=10**6)


def test_a_member_that_lies_about_its_size_is_measured_by_what_comes_out():
    bomb = bytearray(rezipped(add={"xl/worksheets/sheet9.xml": bytes(30 * 2**20)}))
    honest = struct.pack("<I", 30 * 2**20)
    for at in (n for n in range(len(bomb) - 4) if bomb[n : n + 4] == honest):
        bomb[at : at + 4] = struct.pack("<I", 1000)
    assert reason("填报.xlsx", bytes(bomb))


def test_too_many_members_are_refused_by_their_number():
    many = rezipped(add={f"x/{n}": b"" for n in range(600)})
    assert "超过500个上限" in reason("填报.xlsx", many)


def test_overlapping_members_are_refused():
    content = bytearray(rezipped())
    at = content.find(b"PK\x01\x02")  # first entry of the table of contents: inflate its size
    content[at + 20 : at + 24] = struct.pack("<I", len(content) + 1)
    assert reason("填报.xlsx", bytes(content))


def test_a_packing_no_spreadsheet_program_uses_is_refused():
    output = io.BytesIO(GOOD)
    with zipfile.ZipFile(output, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/media/x.bin", b"x" * 100)
    assert "压缩方式" in reason("填报.xlsx", output.getvalue())


def test_a_nested_archive_is_not_opened():
    inner = rezipped()
    assert check_file("填报.xlsx", rezipped(add={"xl/media/inner.zip": inner})) == XLSX


def test_two_members_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = rezipped(add={"xl/workbook.xml": b"<x/>"})
    assert "同名" in reason("填报.xlsx", twice)


def test_a_zip_of_something_else_is_no_workbook():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("读我.txt", "x")
    assert "不是Excel工作簿" in reason("填报.xlsx", output.getvalue())


def test_an_encrypted_member_is_refused():
    content = bytearray(rezipped())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 0x1
    assert "加密" in reason("填报.xlsx", bytes(content))


# ── names and encodings ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("填报.xlsx", "填报.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\users\\x\\填报.xlsx", "填报.xlsx"),
        ("a\x00b\n\u202ecsv.xlsx", "abcsv.xlsx"),
        ("..", "未命名"),
        ("", "未命名"),
    ],
)
def test_of_a_name_only_its_harmless_last_part_is_kept(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_csv_is_read_in_the_encodings_of_chinese_offices(encoding):
    assert decode("填报.csv", "指标,数值".encode(encoding)) == "指标,数值"


def test_an_unreadable_encoding_is_said():
    with pytest.raises(ImportFileError, match="文字编码无法识别"):
        decode("填报.csv", b"\xff\xff\x80\x81")
