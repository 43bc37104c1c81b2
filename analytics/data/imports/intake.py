"""The way in: files as handed over → a checked batch.

Nothing of a file is guarded, parsed or checked here: that happens in processes of their own,
one to read and one to check, a few at a time.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from analytics.data.imports.batch import KIND_ZH, ImportBatch, SourceFile
from analytics.data.imports.bounded.limits import LIMITS, MIB, Limits
from analytics.data.imports.bounded.waiting_line import WaitingLine
from analytics.data.imports.bounded.workroom import workroom
from analytics.data.imports.checks.apart import check_apart
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.file_names import safe_name
from analytics.data.imports.handed_over import Asked
from analytics.data.imports.reader.apart import annotate_apart, read_apart
from analytics.data.imports.standing import Standing

Progress = Callable[[float], None]
LINE = WaitingLine()  # one of each program: its places are its share of the machine
_READING = 0.6  # of the whole time, as measured by benchmarks/imports.py


def read_import(
    files: Sequence[tuple[str, bytes]],
    against: Standing,
    *,
    submitted_by: str,
    submitted_on: date,
    limits: Limits = LIMITS,
    progress: Progress = lambda _: None,
    on_wait: Callable[[int], None] = lambda _: None,
) -> ImportBatch:
    """Check, read and validate files that are to be published together.

    Parameters
    ----------
    files : name and content of each.
    progress : called with the share of the work done, twice a second at least.
    on_wait : called with the number of files that are ahead, as often. What either of the two
        raises ends the work.

    Raises
    ------
    ImportFileError
        When a file cannot be read at all, or too much is handed in; faults inside a file are
        in the batch instead.
    """
    sources = [SourceFile(safe_name(name), content) for name, content in files]
    _require_few(sources, limits)
    _require_distinct(sources)
    names = tuple(file.name for file in sources)
    hints = [one.hint for one in against.mappings if one.headings]
    with LINE.turn(len(sources), _size(sources), on_wait), workroom() as room:
        for place, file in enumerate(sources):
            read_apart(
                room / str(place),
                file.name,
                file.content,
                hints=hints,
                limits=limits,
                on_progress=_part_of(progress, place, len(sources)),
            )
        batch = check_apart(
            room,
            sources,
            Asked(names, against, submitted_by.strip(), submitted_on),
            limits=limits,
            on_progress=lambda done: progress(_READING + (1 - _READING) * done),
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
    with LINE.turn(1, len(file.content), lambda _: None):
        return annotate_apart(file.name, file.content, faults, limits=limits)


def corrected_name(file: SourceFile) -> str:
    """Name the copy with comments."""
    return f"{Path(file.name).stem}-核对.xlsx"


def _size(sources: Sequence[SourceFile]) -> int:
    return sum(len(file.content) for file in sources)


def _require_few(sources: Sequence[SourceFile], limits: Limits) -> None:
    if not sources:
        raise ImportFileError("没有选择文件")
    if len(sources) > limits.files:
        raise ImportFileError(f"一次最多导入{limits.files}个文件，现有{len(sources)}个")
    if (size := _size(sources)) > limits.together:
        raise ImportFileError(
            f"一次最多导入{limits.together // MIB}MB，现有{size / MIB:.0f}MB，请分批导入"
        )


def _require_distinct(sources: Sequence[SourceFile]) -> None:
    names = [file.name for file in sources]
    for name in names:
        if names.count(name) > 1:
            raise ImportFileError(f"{name}：有同名文件，请改名后再传")
    for file in sources:
        twins = [other.name for other in sources if other.sha256 == file.sha256]
        if len(twins) > 1:
            raise ImportFileError(f"{'、'.join(twins)}：内容完全相同，只需一个")
