"""The way in: files as handed over → a checked batch."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from analytics.data.imports.batch import KIND_ZH, ImportBatch, SourceFile
from analytics.data.imports.checks.validation import Standing, validate
from analytics.data.imports.reader.errors import ImportFileError
from analytics.data.imports.reader.guard import LIMITS, Limits, check_file, safe_name
from analytics.data.imports.reader.worker import annotate_apart, read_apart

Progress = Callable[[float], None]
_READING = 0.6  # of the whole time, as measured by benchmarks/imports.py
MOST_FILES = 20


def read_import(
    files: Sequence[tuple[str, bytes]],
    against: Standing,
    *,
    submitted_by: str,
    submitted_on: date,
    limits: Limits = LIMITS,
    progress: Progress = lambda _: None,
) -> ImportBatch:
    """Check, read and validate files that are to be published together.

    Parameters
    ----------
    files : name and content of each.
    progress : called with the share of the work done.

    Raises
    ------
    ImportFileError
        When a file cannot be read at all; faults inside a file are in the batch instead.
    """
    sources = [SourceFile(safe_name(name), content) for name, content in files]
    _require_distinct(sources)
    formats = [check_file(file.name, file.content, limits) for file in sources]
    read = {}
    for place, (file, format_) in enumerate(zip(sources, formats, strict=True)):
        read[file.name] = read_apart(
            file.name,
            file.content,
            format_,
            limits=limits,
            hints=[one.hint for one in against.mappings if one.headings],
            progress=_part_of(progress, place, len(sources)),
        )
    batch = validate(
        read,
        sources,
        against,
        submitted_by=submitted_by.strip(),
        submitted_on=submitted_on,
        progress=lambda done: progress(_READING + (1 - _READING) * done),
    )
    progress(1.0)
    return batch


def _part_of(progress: Callable[[float], None], place: int, files: int) -> Callable[[float], None]:
    """Return what turns the share of one file read into the share of the whole."""
    return lambda done: progress(_READING * (place + done) / files)


def corrected_copy(batch: ImportBatch, file: SourceFile, limits: Limits = LIMITS) -> bytes:
    """Return a workbook: the file with a comment on every faulty cell and a list of faults.

    Raises
    ------
    ImportFileError
        When the copy would need more memory or time than allowed.
    """
    faults = [
        {name: str(getattr(fault, name)) for name in fault.__slots__}
        | {"kind_zh": KIND_ZH[fault.kind]}
        for fault in batch.faults
        if fault.file == file.name
    ]
    notes = {"format": check_file(file.name, file.content, limits), "faults": faults}
    return annotate_apart(file.name, file.content, notes, limits=limits)


def corrected_name(file: SourceFile) -> str:
    """Name the copy with comments."""
    return f"{Path(file.name).stem}-核对.xlsx"


def _require_distinct(sources: Sequence[SourceFile]) -> None:
    if not sources:
        raise ImportFileError("没有选择文件")
    if len(sources) > MOST_FILES:
        raise ImportFileError(f"一次最多导入{MOST_FILES}个文件，现有{len(sources)}个")
    names = [file.name for file in sources]
    for name in names:
        if names.count(name) > 1:
            raise ImportFileError(f"{name}：有同名文件，请改名后再传")
    for file in sources:
        twins = [other.name for other in sources if other.sha256 == file.sha256]
        if len(twins) > 1:
            raise ImportFileError(f"{'、'.join(twins)}：内容完全相同，只需一个")
