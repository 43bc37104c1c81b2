"""Which releases are current, and what came before them.

``data/parquet/current.json`` is the only file that is ever replaced, in one rename: it holds
the current state. Every state that was current is on record in ``data/journal/``, one file a
state, numbered, only ever added to, each naming the checksum of the one before. The record is
written once the pointer has switched, so what never became current is not on record; the state
the pointer holds counts even where its file is still missing.
"""

import hashlib
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from analytics.data.releases.files import (
    DamagedError,
    ReleaseError,
    as_json,
    load_json,
)
from analytics.data.whole_files import reason_zh, sync, write_whole

FOLDER = Path("data/parquet")
POINTER = "current.json"
JOURNAL = Path("data/journal")
_DAMAGED = "版本记录已损坏，须由人恢复（python -m analytics extract --recover）"


@dataclass(frozen=True)
class Stamp:
    """Who published what, when and why; the caller brings the clock."""

    when: str  # ISO date or time
    by: str = ""
    what: str = "由来源文件生成"
    checked_against: str = ""  # id of the release the change was checked against, if any
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """One state of the data: its releases by name, and the imports they were built with."""

    number: int
    when: str
    by: str
    what: str
    releases: dict[str, str]
    imports: tuple[str, ...] = ()
    base: int = 0  # number of the entry this one returns to; its own when it is new
    default: str = field(default="demo")
    reason: str = ""
    previous: str = ""  # checksum of the entry before, empty for the first

    @property
    def content(self) -> bytes:
        """Return the entry as it is kept."""
        return as_json(asdict(self))

    @property
    def sha256(self) -> str:
        """Return the checksum the next entry names."""
        return hashlib.sha256(self.content).hexdigest()


# ── reading ──────────────────────────────────────────────────────────────────────────────


def read_pointer(root: Path) -> dict[str, Any]:
    """Read which releases are current and which is the default."""
    path = root / FOLDER / POINTER
    if not path.is_file():
        raise ReleaseError(f"{POINTER}：文件不存在，尚未生成数据（python -m analytics extract）")
    pointer = load_json(path, POINTER)
    ids = pointer.get("releases")
    if not isinstance(ids, dict) or pointer.get("default") not in ids:
        raise DamagedError(f"{POINTER}：内容不完整，无法确定当前数据版本")
    if not all(_is_name(value) for value in ids.values()):
        raise DamagedError(f"{POINTER}：数据版本名称无效")
    return pointer


def read_journal(root: Path) -> tuple[Entry, ...]:
    """Return every state so far, the current one last; empty where nothing is published.

    Where the pointer is lost or damaged, the last state on record is the current one.

    Raises
    ------
    ReleaseError
        When the record is damaged or cannot be read, or the pointer does not follow from it.
    """
    entries = _on_record(root)
    if not (root / FOLDER / POINTER).exists():
        return entries
    try:
        pointer = read_pointer(root)
        held = from_pointer(pointer)
    except DamagedError:
        if entries:
            return entries
        raise
    if not entries:
        first_is_missing = bool(held[0].previous)
        if first_is_missing:
            raise DamagedError(f"{JOURNAL.name}：文件缺失，{_DAMAGED}")
        return held
    if held[-1] == entries[-1]:
        return entries
    if len(held) == 1 and held[0].previous == entries[-1].sha256:
        return (*entries, held[0])
    raise DamagedError(f"{POINTER}与{JOURNAL.name}不一致，{_DAMAGED}")


def journal_files(root: Path) -> list[Path]:
    """List the files of the record in their order."""
    return sorted((root / JOURNAL).glob("[0-9]*.json"))


def read_entry(path: Path) -> Entry:
    """Read one file of the record; raise ReleaseError naming it when it is not as written."""
    label = f"{JOURNAL.name}/{path.name}"
    entry = _entry(load_json(path, label), label)
    if entry.content != path.read_bytes() or path.name != file_name(entry):
        raise DamagedError(f"{label}：内容已被改动，{_DAMAGED}")
    return entry


def file_name(entry: Entry) -> str:
    """Name the file of an entry."""
    return f"{entry.number:08d}.json"


def _on_record(root: Path) -> tuple[Entry, ...]:
    entries = tuple(map(read_entry, journal_files(root)))
    if entries and entries[0].previous:
        raise DamagedError(f"{JOURNAL.name}：缺少开头的文件，{_DAMAGED}")
    for before, after in pairwise(entries):
        if after.previous != before.sha256:
            raise DamagedError(f"{JOURNAL.name}/{file_name(after)}：与前一版不衔接，{_DAMAGED}")
    return entries


def from_pointer(pointer: dict[str, Any]) -> tuple[Entry, ...]:
    """Return the state a pointer holds; one written before there were files holds them all."""
    if "number" in pointer:
        return (_entry(pointer, POINTER),)
    records = pointer.get("journal", [_unrecorded(pointer)])
    if not isinstance(records, list) or not records:
        raise DamagedError(f"{POINTER}：版本记录不完整")
    return chained([_entry(record, POINTER) for record in records])


def _unrecorded(pointer: dict[str, Any]) -> dict[str, Any]:
    """Describe what was published before there was a journal."""
    about = {"number": 1, "when": "", "by": "", "what": Stamp("").what, "base": 1}
    return {**about, "releases": pointer["releases"], "imports": [], "default": pointer["default"]}


def chained(entries: list[Entry]) -> tuple[Entry, ...]:
    """Let each entry name the one before."""
    found: list[Entry] = []
    for entry in entries:
        found.append(replace(entry, previous=found[-1].sha256 if found else ""))
    return tuple(found)


def _entry(record: Any, label: str) -> Entry:
    try:
        entry = Entry(**{**record, "imports": tuple(record["imports"])})
        names = [*entry.imports, *entry.releases.values()]
    except (KeyError, TypeError, AttributeError):
        raise DamagedError(f"{label}：版本记录不完整") from None
    if not all(_is_name(name) for name in names):
        raise DamagedError(f"{label}：版本记录中的名称无效")
    return entry


def _is_name(value: object) -> bool:
    return isinstance(value, str) and Path(value).name == value


def current(root: Path) -> Entry | None:
    """Return the current state, None where nothing is published."""
    entries = read_journal(root)
    return entries[-1] if entries else None


def previous(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the state before the current one; what was rolled back is not returned to."""
    if not entries:
        return None
    base = entries[-1].base
    return next((entry for entry in reversed(entries) if entry.number < base), None)


# ── writing ──────────────────────────────────────────────────────────────────────────────


def publish_state(
    root: Path,
    releases: dict[str, str],
    *,
    default: str,
    stamp: Stamp,
    imports: tuple[str, ...] = (),
    base: int = 0,
) -> Entry:
    """Make a state current by replacing the pointer; the same state adds no entry.

    Raises
    ------
    ReleaseError
        When the default is not among the releases, the record is damaged or the disk refuses;
        the old state stays.
    """
    if default not in releases:
        raise ReleaseError(f"默认数据版本“{default}”不在本次发布之中")
    entries = read_journal(root)
    last = entries[-1] if entries else None
    if last is None or (last.releases, last.imports) != (releases, imports):
        number = 1 + (last.number if last else 0)
        about = (stamp.when, stamp.by, stamp.what, releases, imports, base or number, default)
        entry = Entry(number, *about, stamp.reason, last.sha256 if last else "")
    else:
        entry = last
    try:
        record(root, entries)  # what an interrupted publisher, or an earlier program, left out
        write_whole(root / FOLDER / POINTER, entry.content)
    except OSError as error:
        message = f"更新 {POINTER} 失败，原有数据版本不变：{reason_zh(error)}"
        raise ReleaseError(message) from error
    with suppress(OSError):  # the new state is current already, whatever follows
        sync(root / FOLDER)
        record(root, (entry,))
    return entry


def record(root: Path, entries: tuple[Entry, ...]) -> None:
    """Add to the record the entries it lacks; what is there is never written again."""
    folder = root / JOURNAL
    lacking = [entry for entry in entries if not (folder / file_name(entry)).exists()]
    for entry in lacking:
        write_whole(folder / file_name(entry), entry.content)
    if lacking:
        sync(folder)
