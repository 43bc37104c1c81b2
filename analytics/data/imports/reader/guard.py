"""What a file must satisfy before anything in it is parsed: judged by content, not by name.

A workbook is a ZIP archive. Its members are counted, measured and unpacked against limits
without being kept; macros, links to elsewhere, data connections, embedded objects and XML
entities are refused. Formulas are never computed: only the results Excel saved are read.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from analytics.data.imports.bounded.limits import LIMITS, MIB, Limits
from analytics.data.imports.errors import ImportFileError

CSV, XLSX, XLS = "csv", "xlsx", "xls"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = (
    (b"PAR1", "parquet数据文件"),
    (b"%PDF", "PDF文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"RIFF", "图片或音视频"),
    (b"MZ\x90", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"<html", "网页"),
    (b"<!DOC", "网页"),
    (b"<?xml", "XML文件"),
)
_MAIN = b"spreadsheetml.sheet.main+xml"
_FORBIDDEN = (
    ("vbaproject", "含宏"),
    ("xl/externallinks/", "含外部链接"),
    ("xl/connections", "含数据连接"),
    ("xl/querytables/", "含数据连接"),
    ("xl/embeddings/", "含嵌入对象"),
    ("xl/activex/", "含控件"),
    ("xl/macrosheets/", "含宏表"),
    ("customui/", "含自定义界面"),
)
_OVERLAP = 16  # bytes, longer than what is looked for at the seam of two pieces
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CLEAR_TEXT = ("网页", "XML文件")
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNLINK = "请在Excel中选“数据”→“编辑链接”→“断开链接”，另存后再传"
_ENCRYPTED, _DEFLATED = 0x1, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_file(name: str, content: bytes, limits: Limits = LIMITS) -> str:
    """Return the format of an acceptable file: :data:`XLSX`, :data:`XLS` or :data:`CSV`.

    Raises
    ------
    ImportFileError
        For anything else; the message says in Chinese what the file is and what to do.
    """
    if not content:
        raise ImportFileError(f"{name}：文件为空（0字节），请重新导出后再传")
    if len(content) > limits.size:
        raise ImportFileError(
            f"{name}：文件{len(content) / MIB:.1f}MB，超过{limits.size / MIB:g}MB上限，请分批导入"
        )
    if content.startswith(_ZIP):
        _check_workbook(name, content, limits)
        return XLSX
    if content.startswith(_OLE):
        _check_old_workbook(name, content)
        return XLS
    _check_text(name, content)
    return CSV


def _check_old_workbook(name: str, content: bytes) -> None:
    """Refuse what shares the container of old workbooks: encrypted files, documents, macros."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ImportFileError(f"{name}：文件已加密，请取消密码后再传")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise ImportFileError(f"{name}：工作簿含宏，不予读取；请另存为不含宏的.xlsx")
    streams = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
    if not any(stream in content for stream in streams):
        raise ImportFileError(f"{name}：不是Excel工作簿，请另存为“Excel工作簿（.xlsx）”")


def _check_text(name: str, content: bytes) -> None:
    if content.startswith(_UTF16):
        return
    head = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
    for magic, what in _KNOWN:
        if head[: len(magic)].lower() == magic.lower():
            todo = "；请用Excel或WPS打开，另存为“Excel工作簿（.xlsx）”再传"
            said = todo if what in _CLEAR_TEXT else ""
            raise ImportFileError(f"{name}：实际是{what}，不是工作簿或CSV{said}")
    if _NOT_TEXT.search(content):
        raise ImportFileError(f"{name}：不是工作簿，也不是文本，可能已损坏")
    if not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise ImportFileError(
            f"{name}：内容是文本，不是Excel工作簿；请用Excel打开后另存为.xlsx，或改用.csv为扩展名"
        )


def decode(name: str, content: bytes) -> str:
    """Read the text of a CSV in UTF-8, UTF-16 or GB18030 (which covers GBK)."""
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise ImportFileError(f"{name}：文字不完整，请重新导出后再传") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportFileError(f"{name}：文字编码无法识别，请另存为UTF-8编码的CSV")


# ── workbooks ────────────────────────────────────────────────────────────────────────────


def _check_workbook(name: str, content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_directory(name, members, len(content), limits)
            _check_members(name, archive, members)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError):
        raise _damaged(name) from None
    except (OSError, RuntimeError, ValueError, KeyError, IndexError) as error:
        if isinstance(error, ImportFileError):
            raise
        raise _damaged(name) from None


def _damaged(name: str) -> ImportFileError:
    return ImportFileError(f"{name}：工作簿不完整或已损坏，请用Excel打开后另存再传")


def _check_directory(name: str, members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """Judge the archive by its table of contents alone."""
    if len(members) > limits.members:
        raise ImportFileError(f"{name}：压缩包内有{len(members)}个部件，超过{limits.members}个上限")
    names = [member.filename for member in members]
    lowered = [n.lower() for n in names]
    if len(set(lowered)) != len(lowered):
        raise ImportFileError(f"{name}：压缩包内有同名部件，不予读取")
    for member in members:
        _check_path(name, member)
        if member.flag_bits & _ENCRYPTED:
            raise ImportFileError(f"{name}：文件已加密，请取消密码后再传")
        if member.compress_type not in _DEFLATED:
            raise ImportFileError(f"{name}：压缩方式不是Excel所用，不予读取")
    if sum(member.compress_size for member in members) > size:
        raise ImportFileError(f"{name}：压缩包部件相互重叠，疑为压缩炸弹，不予读取")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise _bomb(name, limits)
    if any(_swells(member, limits) for member in members):
        raise _bomb(name, limits)
    if "[content_types].xml" not in lowered or "xl/workbook.xml" not in lowered:
        raise ImportFileError(f"{name}：是压缩包或其他格式文件，不是Excel工作簿（.xlsx）")
    for part, what in _FORBIDDEN:
        if any(part in n for n in lowered):
            todo = _UNLINK if what == "含外部链接" else f"请另存为不{what}的.xlsx"
            raise ImportFileError(f"{name}：工作簿{what}，不予读取；{todo}")


def _check_path(name: str, member: zipfile.ZipInfo) -> None:
    path = member.filename.replace("\\", "/")
    linked = (member.external_attr >> 16) & 0o170000 == 0o120000
    if path.startswith("/") or ":" in path or ".." in path.split("/") or linked:
        raise ImportFileError(f"{name}：压缩包内有指向外部的路径“{member.filename}”，不予读取")


def _swells(member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Say whether a member is packed beyond belief, or a list of parts beyond all need."""
    size = member.file_size
    if member.filename.lower().endswith((".rels", "[content_types].xml")) and size > MIB:
        return True
    return size > MIB and size > limits.ratio * max(member.compress_size, 1)


def _bomb(name: str, limits: Limits) -> ImportFileError:
    return ImportFileError(
        f"{name}：解压后超过{limits.unpacked // MIB}MB或压缩比异常，疑为压缩炸弹，不予读取"
    )


def _check_members(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack every member once, in pieces; one that is not as large as it says is damaged."""
    for member in members:
        head = before = b""
        for piece in _pieces(archive, member):
            head = head or piece  # a mebibyte: all of the two parts looked into below
            # blanks and comments before a definition may be of any length: look through it all
            _check_markup(name, member.filename, before + piece)
            before = piece[-_OVERLAP:]
        lowered = member.filename.lower()
        if lowered.endswith(".rels") and _reaches_out(head):
            raise ImportFileError(f"{name}：工作簿含外部链接，不予读取；{_UNLINK}")
        if lowered == "[content_types].xml":
            _check_type(name, head)


def _reaches_out(links: bytes) -> bool:
    """Say whether a list of relations leads outside; one pass of a parser, whatever it holds."""
    found = []

    def start(_: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").lower() == "external":
            found.append(not attributes.get("Type", "").endswith("/hyperlink"))

    def entity(*_: object) -> None:
        found.append(True)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(links, True)
    except expat.ExpatError:
        raise zipfile.BadZipFile from None
    return any(found)


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(MIB):
            yield piece


def _check_markup(name: str, member: str, head: bytes) -> None:
    if not member.lower().endswith((".xml", ".rels", ".vml")):
        return
    if b"\x00" in head[:64]:  # UTF-16 would hide from the search below
        raise ImportFileError(f"{name}：部件“{member}”不是UTF-8编码，不予读取")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise ImportFileError(f"{name}：部件“{member}”含XML实体定义，不予读取")


def _check_type(name: str, content_types: bytes) -> None:
    if b"macroenabled" in content_types.lower():
        raise ImportFileError(f"{name}：是启用宏的工作簿（.xlsm），请另存为不含宏的.xlsx")
    if _MAIN not in content_types:
        raise ImportFileError(f"{name}：不是Excel工作簿（.xlsx）")
