"""Ledger files as offices keep them → parquet by month, with every finding about them.

Parquet is used where it lies once its columns are right. CSV and workbooks are read, names
hashed, and written as parquet beside the output, once for each state of the file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.apart import plain_rows_apart
from analytics.data.ledger.contract import Column, Contract
from analytics.data.ledger.engine import LedgerError
from analytics.data.ledger.partitions import MARK_FILE, Partition
from analytics.data.ledger.typed import TYPES, typed
from analytics.data.reading.parsing import plain

FOLDER = "read"
MARK = "演示"  # key of a file's metadata, first word of illustrative names
Texts = Sequence[tuple[str, pa.Array]]  # columns of words under their titles


@dataclass(frozen=True)
class Origin:
    """Where the rows of a parquet file come from, to name them to a person."""

    name: str  # relative to the ledger's folder
    first_row: int  # of the file as handed over


@dataclass(frozen=True)
class Readable:
    """One month as parquet files, and what was found on the way."""

    partition: Partition
    origins: Mapping[Path, Origin]
    faults: tuple[Fault, ...]
    illustrative: bool


def readable(
    partition: Partition, root: Path, contract: Contract, out: Path, standing: str
) -> Readable:
    """Return a month as parquet; raise LedgerError when a file cannot be read at all."""
    files: list[Path] = []
    origins: dict[Path, Origin] = {}
    faults: list[Fault] = []
    marked, rows = (root / MARK_FILE).exists(), 0
    for path in partition.files:
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() == ".parquet":
            found, schema, length = _checked(path, name, contract)
            faults += found
            rows += length
            marked = marked or MARK.encode() in (schema.metadata or {})
            files.append(path)
            origins[path] = Origin(name, 1)
            continue
        staged = _staged(path, name, partition, contract, out, standing)
        footer = pq.read_metadata(staged)
        rows += footer.num_rows
        about = json.loads((footer.metadata or {})[b"ledger"])
        faults += [Fault(**{**one, "kind": FaultKind(one["kind"])}) for one in about["faults"]]
        marked = marked or about["illustrative"]
        files.append(staged)
        origins[staged] = Origin(name, about["first_row"])
    if not rows:
        name = partition.files[0].relative_to(root).as_posix()
        faults.append(_fault(name, "空表", "这个月没有一家企业", "补上该月台账，或移出文件"))
    month = Partition(partition.year, partition.month, tuple(files))
    return Readable(month, origins, tuple(faults), marked)


def _checked(path: Path, name: str, contract: Contract) -> tuple[list[Fault], pa.Schema, int]:
    """Hold the columns of a parquet file against the contract; return its length too."""
    try:
        footer = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        raise LedgerError(f"{name}：无法读取，文件不完整或已损坏") from None
    schema = footer.schema.to_arrow_schema()
    faults = [
        _fault(name, "列", f"列“{key}”（{column.name_zh}）{problem}", "按 docs/ledger.md 补齐各列")
        for key, column in contract.columns.items()
        if (problem := _column_problem(schema, key, column))
    ]
    return faults, schema, footer.num_rows


def _column_problem(schema: pa.Schema, key: str, column: Column) -> str:
    if key not in schema.names:
        return "缺少"
    kind = schema.field(key).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    fits = {
        "amount": pa.types.is_integer,
        "since": pa.types.is_date32,
    }.get(column.kind, lambda one: pa.types.is_string(one) or pa.types.is_large_string(one))
    return "" if fits(kind) else f"的类型是 {kind}，应为 {TYPES[column.kind]}"


def _fault(file: str, rule: str, message: str, remedy: str = "", **more: str) -> Fault:
    return Fault(FaultKind.REFUSED, rule, message, remedy, file=file, **more)


def _staged(
    path: Path, name: str, partition: Partition, contract: Contract, out: Path, standing: str
) -> Path:
    """Return a CSV or workbook as parquet, written once for each state of the file."""
    folder = out / FOLDER / f"year={partition.year}" / f"month={partition.month}"
    staged = folder / f"{path.stem}{path.suffix.replace('.', '_')}.parquet"
    stat = path.stat()
    state = f"{standing} {stat.st_size} {stat.st_mtime_ns}"
    if staged.exists():
        about = json.loads((pq.read_schema(staged).metadata or {}).get(b"ledger", b"{}"))
        if about.get("state") == state:
            return staged
    folder.mkdir(parents=True, exist_ok=True)
    reading = _csv if path.suffix.lower() == ".csv" else _workbook
    sheet, first_row, texts = reading(path, name)
    table, about = _typed(name, sheet, first_row, texts, contract)
    about |= {"state": state, "first_row": first_row}
    metadata = {"ledger": json.dumps(about, ensure_ascii=False)}
    fresh = staged.with_suffix(".part")
    pq.write_table(table.replace_schema_metadata(metadata), fresh)
    fresh.replace(staged)
    return staged


def _typed(
    name: str, sheet: str, first_row: int, texts: Texts, contract: Contract
) -> tuple[pa.Table, dict[str, object]]:
    columns, unused = _by_id(name, texts, contract)
    missing = [one.name_zh for key, one in contract.columns.items() if key not in columns]
    if missing:
        others = f"（没有用到的列：{'、'.join(unused)}）" if unused else ""
        raise LedgerError(f"{name}：缺少列{'、'.join(missing)}{others}")
    names = columns["name"].to_pylist()
    table, unreadable = typed(columns, contract.columns)
    faults = [
        _fault(
            name,
            "无法读取",
            f"{contract.columns[one.column].name_zh}：{one.reason}",
            "改为表头规定的内容",
            sheet=sheet,
            cell=f"第{one.row + first_row}行",
            value=one.value[:60],
        )
        for one in unreadable
    ]
    if unused:
        message = f"没有用到的列：{'、'.join(unused)}"
        faults.append(Fault(FaultKind.NOTE, "多余的列", message, file=name, sheet=sheet))
    listed = [{key: str(getattr(one, key)) for key in one.__slots__} for one in faults]
    marked = any((one or "").startswith(MARK) for one in names)
    return table, {"faults": listed, "illustrative": marked}


def _by_id(name: str, texts: Texts, contract: Contract) -> tuple[dict[str, pa.Array], list[str]]:
    titles = {one.name_zh: key for key, one in contract.columns.items()}
    titles |= {key: key for key in contract.columns}
    found: dict[str, pa.Array] = {}
    unused = []
    for title, cells in texts:
        key = titles.get(title)
        if key in found:
            raise LedgerError(f"{name}：列“{contract.columns[key].name_zh}”有两列，请只留一列")
        if key is not None:
            found[key] = cells
        elif title:
            unused.append(title)
    return found, unused


def _csv(path: Path, name: str) -> tuple[str, int, Texts]:
    for encoding in ("utf-8", "gb18030"):
        uneven: list[pacsv.InvalidRow] = []
        try:
            table = _csv_table(path, encoding, uneven)
        except (pa.ArrowInvalid, UnicodeDecodeError):
            if uneven:
                raise LedgerError(_uneven(name, uneven[0])) from None
            continue
        titles = [plain(title).replace(" ", "").lstrip("\ufeff") for title in table.column_names]
        cells = [column.combine_chunks() for column in table.columns]
        return "", 2, list(zip(titles, cells, strict=True))
    raise LedgerError(f"{name}：不是可读的CSV（编码、引号或列数有误），请另存为UTF-8编码的CSV")


def _uneven(name: str, row: pacsv.InvalidRow) -> str:
    return f"{name}：第{row.number}行有{row.actual_columns}格，表头有{row.expected_columns}格"


def _csv_table(path: Path, encoding: str, uneven: list[pacsv.InvalidRow]) -> pa.Table:
    """Read every cell as a word; rows of another length go to a list, the first ends it."""

    def refuse(row: pacsv.InvalidRow) -> str:
        uneven.append(row)
        return "error"

    reading = pacsv.ReadOptions(encoding=encoding, use_threads=False)  # threads know no row
    parsing = pacsv.ParseOptions(newlines_in_values=False, invalid_row_handler=refuse)
    with path.open("rb") as file:
        first = file.readline().decode(encoding)
    titles = [title.strip().strip('"').lstrip("\ufeff") for title in first.strip().split(",")]
    kinds = pacsv.ConvertOptions(
        column_types={title: pa.string() for title in titles},
        strings_can_be_null=True,
        null_values=[""],
    )
    return pacsv.read_csv(path, reading, parsing, kinds)


def _workbook(path: Path, name: str) -> tuple[str, int, Texts]:
    content = path.read_bytes()
    try:
        found = plain_rows_apart(path.name, content, "统一社会信用代码")
    except ImportFileError as error:
        raise LedgerError(str(error)) from None
    rows: Sequence[Sequence[str]] = list(found["rows"])
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    texts = [
        (title, pa.array([row[place] if place < len(row) else "" for row in rows], pa.string()))
        for place, title in enumerate(found["headings"])
        if title
    ]
    return found["sheet"], found["first_row"], texts
