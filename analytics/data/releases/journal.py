"""The one pointer file: which releases are current, and what came before them.

``data/parquet/current.json`` is the only file that is ever replaced, in one rename. It names
the current releases, the accepted imports they were built with, and every state before, each
with who, when and what, so that an earlier one can be made current again as a whole.
"""

from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analytics.data.releases.files import ReleaseError, as_json, load_json, reason_zh
from analytics.data.whole_files import sync, write_whole

FOLDER = Path("data/parquet")
POINTER = "current.json"


@dataclass(frozen=True)
class Stamp:
    """Who published what and when; the caller brings the clock."""

    when: str  # ISO date or time
    by: str = ""
    what: str = "由来源文件生成"
    checked_against: str = ""  # id of the release the change was checked against, if any


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


def read_pointer(root: Path) -> dict[str, Any]:
    """Read which releases are current and which is the default."""
    path = root / FOLDER / POINTER
    if not path.is_file():
        raise ReleaseError(f"{POINTER}：文件不存在，尚未生成数据（python -m analytics extract）")
    pointer = load_json(path, POINTER)
    ids = pointer.get("releases")
    if not isinstance(ids, dict) or pointer.get("default") not in ids:
        raise ReleaseError(f"{POINTER}：内容不完整，无法确定当前数据版本")
    if not all(isinstance(value, str) and Path(value).name == value for value in ids.values()):
        raise ReleaseError(f"{POINTER}：数据版本名称无效")
    return pointer


def read_journal(root: Path) -> tuple[Entry, ...]:
    """Return every state so far, the current one last; empty where nothing is published.

    Raises
    ------
    ReleaseError
        When the pointer is there but damaged.
    """
    if not (root / FOLDER / POINTER).exists():
        return ()
    pointer = read_pointer(root)
    try:
        entries = [
            Entry(**{**entry, "imports": tuple(entry["imports"])})
            for entry in pointer.get("journal", [_unrecorded(pointer)])
        ]
    except (KeyError, TypeError):
        raise ReleaseError(f"{POINTER}：版本记录不完整") from None
    names = [name for entry in entries for name in (*entry.imports, *entry.releases.values())]
    if not all(isinstance(name, str) and Path(name).name == name for name in names):
        raise ReleaseError(f"{POINTER}：版本记录中的名称无效")
    return tuple(entries)


def _unrecorded(pointer: dict[str, Any]) -> dict[str, Any]:
    """Describe what was published before there was a journal."""
    about = {"number": 1, "when": "", "by": "", "what": Stamp("").what, "base": 1}
    return {**about, "releases": pointer["releases"], "imports": [], "default": pointer["default"]}


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
        When the default is not among the releases or the disk refuses; the old state stays.
    """
    if default not in releases:
        raise ReleaseError(f"默认数据版本“{default}”不在本次发布之中")
    entries: tuple[Entry, ...] = ()
    with suppress(ReleaseError):  # a damaged pointer is replaced by a sound one
        entries = read_journal(root)
    last = entries[-1] if entries else None
    if last is None or (last.releases, last.imports) != (releases, imports):
        number = 1 + (last.number if last else 0)
        what = (stamp.when, stamp.by, stamp.what)
        entry = Entry(number, *what, releases, imports, base or number, default)
        entries = (*entries, entry)
    journal = [{**asdict(entry), "imports": list(entry.imports)} for entry in entries]
    _replace(root, {"default": default, "releases": releases, "journal": journal})
    return entries[-1]


def _replace(root: Path, content: dict[str, Any]) -> None:
    pointer = root / FOLDER / POINTER
    try:
        write_whole(pointer, as_json(content))
    except OSError as error:
        message = f"更新 {POINTER} 失败，原有数据版本不变：{reason_zh(error)}"
        raise ReleaseError(message) from error
    with suppress(OSError):  # the new state is current already, whatever follows
        sync(pointer.parent)
