"""The months of a ledger: which files hold them, and whether they have changed."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.data.ledger.engine import LedgerError

_FOLDER = re.compile(r"year=(\d{4})/month=(\d{1,2})$")
_NAMED = re.compile(r"(?<!\d)(\d{4})(?:[-_年/])(\d{1,2})(?!\d)")
SUFFIXES = (".parquet", ".csv", ".xlsx")
MARK_FILE = "演示.txt"  # says that a whole folder is drawn
Month = tuple[int, int]  # year, month


@dataclass(frozen=True)
class Partition:
    """One month of a ledger and its files."""

    year: int
    month: int
    files: tuple[Path, ...]

    @property
    def key(self) -> Month:
        """Return year and month."""
        return self.year, self.month

    @property
    def fingerprint(self) -> str:
        """Return a text that changes with the name, size or time of any file."""
        stats = ((path.name, path.stat()) for path in self.files)
        content = "\n".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
        return hashlib.sha256(content.encode()).hexdigest()


def find_partitions(root: Path) -> list[Partition]:
    """List the months of a folder in order; raise LedgerError naming a file without a month."""
    if not root.is_dir():
        what = "不是文件夹" if root.exists() else "文件夹不存在"
        raise LedgerError(f"{root.name}：{what}")
    found: dict[Month, list[Path]] = defaultdict(list)
    for path in _visible(root):
        if path.suffix.lower() in SUFFIXES:
            found[_month_of(root, path)].append(path)
    if not found:
        raise LedgerError(f"{root.name}：没有台账文件（{'、'.join(SUFFIXES)}）")
    return [Partition(*key, tuple(found[key])) for key in sorted(found)]


def other_files(root: Path) -> list[str]:
    """Name the files of a folder that are no ledger files; what programs leave there apart."""
    others = (path for path in _visible(root) if path.suffix.lower() not in SUFFIXES)
    return [path.relative_to(root).as_posix() for path in others if path.name != MARK_FILE]


def _visible(root: Path) -> list[Path]:
    paths = (path for path in root.rglob("*") if not path.name.startswith((".", "_", "~")))
    return sorted(path for path in paths if not path.is_dir())


def _month_of(root: Path, path: Path) -> Month:
    relative = path.relative_to(root).as_posix()
    match = _FOLDER.search(path.parent.relative_to(root).as_posix())
    if match is None and path.suffix.lower() == ".parquet":
        raise LedgerError(f"{relative}：Parquet 文件须放在 year=年/month=月 文件夹里")
    match = match or _NAMED.search(relative)
    if match is None:
        raise LedgerError(f"{relative}：看不出是哪一月，请改名为如 2024-05{path.suffix}")
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        raise LedgerError(f"{relative}：没有{month}月")
    return year, month


def missing_months(months: Iterable[Month]) -> list[Month]:
    """List the months between the first and the last that a ledger lacks."""
    have = {year * 12 + month - 1 for year, month in months}
    gaps = (place for place in range(min(have), max(have) + 1) if place not in have)
    return [(place // 12, place % 12 + 1) for place in gaps]


def files_of(partitions: Iterable[Partition]) -> tuple[Path, ...]:
    """Return the files of partitions in order."""
    return tuple(path for partition in partitions for path in partition.files)


def with_neighbours(
    wanted: Sequence[Partition], partitions: Sequence[Partition], *, back: int
) -> list[Partition]:
    """Return partitions together with those that lie some months before them."""
    keys = {partition.key for partition in wanted}
    keys |= {_before(key, back) for key in keys}
    return [partition for partition in partitions if partition.key in keys]


def _before(key: Month, months: int) -> Month:
    place = key[0] * 12 + key[1] - 1 - months
    return place // 12, place % 12 + 1
