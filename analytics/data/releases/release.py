"""Write, publish and open releases: versioned folders, one pointer, checksums.

A release folder never changes once it has its name. It is written beside its final place,
checked there, renamed, and only then named by the pointer, so a reader sees the old release
or the new one and never a part. ``data/parquet/current.json`` is the only file replaced.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from analytics.data.releases.checks import describe_failure, failed_checks
from analytics.data.releases.files import PACKAGE, BusyError, ReleaseError, load_json, verify
from analytics.data.releases.files import write_json as _write_json
from analytics.data.releases.journal import (
    FOLDER,
    POINTER,
    Entry,
    Stamp,
    publish_state,
    read_journal,
    read_pointer,
)
from analytics.data.sources.tables import SCHEMAS, Frames, to_arrow
from analytics.data.whole_files import (
    STAGING,
    clear_unfinished,
    reason_zh,
    settle,
    staging_folder,
)
from analytics.data.whole_files import sha256 as _sha256
from analytics.data.whole_files import sync as _sync
from analytics.domain import Release

_PUBLISHER = f"{STAGING}publisher"  # who holds the lock; what a killed one left is no release
_SOMEONE = "另一个进程"
_PATIENCE = 600  # seconds that a server which starts waits for another that builds
LAYOUT = 1  # of a release's tables; a program of another layout builds them anew
_FRICTIONLESS = {
    "string": "string",
    "date32[day]": "date",
    "int32": "integer",
    "double": "number",
    "bool": "boolean",
}


# ── writing ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def publishing(root: Path, by: str = "") -> Iterator[None]:
    """Hold the right to publish; a second publisher is told who holds it, and leaves.

    What an interrupted build left behind is cleared away.

    Parameters
    ----------
    by : whom the others are told of, where that is known.

    Raises
    ------
    BusyError
        When another holds it; who, and since when.
    ReleaseError
        When the disk refuses.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise BusyError(f"{_publisher(folder)}正在发布数据，本次未作任何改动，请稍后再试") from None
    except OSError as error:
        raise ReleaseError(f"不能发布，未作任何改动：{reason_zh(error)}") from error
    try:
        clear_unfinished(folder)
        with suppress(OSError):  # a full disk is told of by what is published
            (folder / _PUBLISHER).write_text(by, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / _PUBLISHER).unlink()
        lock.release()


def _publisher(folder: Path) -> str:
    """Say who is publishing, and since when, as far as it can be read."""
    try:
        note = folder / _PUBLISHER
        by, since = note.read_text(encoding="utf-8"), note.stat().st_mtime
    except (OSError, UnicodeDecodeError):
        return _SOMEONE
    return f"{by or _SOMEONE}（{datetime.fromtimestamp(since).astimezone():%H:%M:%S}起）"


def wait_for_publisher(root: Path) -> None:
    """Wait until no one publishes; give up after some minutes without a word."""
    with suppress(Timeout, OSError), FileLock(root / FOLDER / ".lock", timeout=_PATIENCE):
        pass


def write_release(
    frames: Frames, *, name: str, title_zh: str, as_of: date, created_on: date, root: Path
) -> Release:
    """Write and check the tables of one release and give the folder its final name.

    The pointer is left alone: call :func:`publish` with all new releases at once. The same
    tables always make the same id; an intact folder of that id is kept as it is.

    Raises
    ------
    ReleaseError
        When a data check finds offending rows or the disk refuses; nothing remains.
    """
    parent = root / FOLDER
    staging = staged(parent, title_zh)
    try:
        for table, frame in sorted(frames.items()):
            _write_table(staging / f"{table}.parquet", table, frame)
        release = _describe(staging, frames, name, title_zh, as_of, created_on)
        _write_json(staging / PACKAGE, _package(staging, release, frames))
        _require_clean(staging)
        settle(staging, parent / release.id, intact=_is_intact)
        return _read(parent / release.id)
    except OSError as error:
        raise ReleaseError(f"发布“{title_zh}”失败，未作任何改动：{reason_zh(error)}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def staged(parent: Path, title_zh: str) -> Path:
    """Make a folder to write in, beside the final place and out of any reader's sight."""
    try:
        return staging_folder(parent)
    except OSError as error:
        raise ReleaseError(f"发布“{title_zh}”失败，未作任何改动：{reason_zh(error)}") from error


def publish(
    releases: Iterable[Release],
    root: Path,
    *,
    default: str,
    stamp: Stamp | None = None,
    imports: tuple[str, ...] = (),
) -> None:
    """Name the current releases by replacing the one pointer file."""
    ids = {release.name: release.id for release in releases}
    created_on = max((release.created_on for release in releases), default=date.min)
    stamp = stamp or Stamp(when=created_on.isoformat())
    publish_state(root, ids, default=default, stamp=stamp, imports=imports)


def _require_clean(folder: Path) -> None:
    failures = failed_checks(folder)
    if failures:
        raise ReleaseError("数据检查未通过，未发布：" + "；".join(map(describe_failure, failures)))


def _write_table(path: Path, name: str, frame: Any) -> None:
    pq.write_table(to_arrow(name, frame), path, compression="zstd", version="2.6")
    _sync(path)


def _describe(
    staging: Path, frames: Frames, name: str, title_zh: str, as_of: date, created_on: date
) -> Release:
    files = {path.name: _sha256(path) for path in sorted(staging.glob("*.parquet"))}
    digest = _combined(files)
    counts = frames["observations"]["status"].value_counts()
    return Release(
        id=f"{name}-{as_of}-{digest[:8]}",
        name=name,
        title_zh=title_zh,
        hash=digest,
        created_on=created_on,
        as_of=as_of,
        files=files,
        counts={str(status): int(counts[status]) for status in sorted(counts.index)},
    )


def _package(staging: Path, release: Release, frames: Frames) -> dict[str, Any]:
    """Describe the release the way Frictionless data packages do."""
    sources = frames["sources"]
    return {
        "name": release.name,
        "id": release.id,
        "layout": LAYOUT,
        "title": release.title_zh,
        "as_of": release.as_of.isoformat(),
        "created_on": release.created_on.isoformat(),
        "hash": release.hash,
        "counts": release.counts,
        "resources": [
            {
                "name": Path(file).stem,
                "path": file,
                "format": "parquet",
                "bytes": (staging / file).stat().st_size,
                "hash": f"sha256:{sha}",
                "rows": len(frames[Path(file).stem]),
                "schema": {"fields": _fields(Path(file).stem)},
            }
            for file, sha in release.files.items()
        ],
        "sources": [
            {"title": title, "path": url}
            for title, url in zip(sources["title"], sources["url"].fillna(""), strict=True)
        ],
    }


def _fields(table: str) -> list[dict[str, str]]:
    return [{"name": f.name, "type": _FRICTIONLESS[str(f.type)]} for f in SCHEMAS[table]]


def _is_intact(folder: Path) -> bool:
    """Tell whether a folder is a whole release; one of the same id is then the same release."""
    with suppress(ReleaseError):
        return bool(_read(folder))
    return False


# ── reading ──────────────────────────────────────────────────────────────────────────────


def open_release(root: Path, name: str | None = None) -> tuple[Release, Path]:
    """Find a current release, verify every file and return it with its folder.

    Parameters
    ----------
    name : release name ("published", "demo"), the pointer's default when None.

    Raises
    ------
    ReleaseError
        When the pointer is missing or broken, or a file is missing, empty or altered.
    """
    pointer = read_pointer(root)
    wanted = name or pointer["default"]
    if wanted not in pointer["releases"]:
        raise ReleaseError(f"{POINTER}：没有名为“{wanted}”的数据版本")
    folder = root / FOLDER / pointer["releases"][wanted]
    return _read(folder), folder


def open_release_by_id(root: Path, release_id: str) -> tuple[Release, Path]:
    """Open a release that is kept but need not be current; raise as :func:`open_release`."""
    folder = root / FOLDER / Path(release_id).name
    return _read(folder), folder


def previous_release(root: Path, release_id: str) -> str | None:
    """Return the id of the sound release of the same name that was current before this one.

    The journal says which; a release made before there was a journal is found by its dates.
    """
    now, _ = open_release_by_id(root, release_id)
    for entry in reversed(_states_before(root, now)):
        earlier = entry.releases.get(now.name)
        if earlier not in (None, release_id):
            with suppress(ReleaseError):
                return open_release_by_id(root, earlier)[0].id
    return _older_by_date(root, now)


def _states_before(root: Path, release: Release) -> tuple[Entry, ...]:
    """Return the states older than the first one that held this release."""
    entries: tuple[Entry, ...] = ()
    with suppress(ReleaseError):
        entries = read_journal(root)
    held = [e.number for e in entries if e.releases.get(release.name) == release.id]
    return tuple(entry for entry in entries if held and entry.number < held[0])


def _older_by_date(root: Path, now: Release) -> str | None:
    earlier = []
    for folder in (root / FOLDER).glob(f"{now.name}-*"):
        with suppress(ReleaseError):
            earlier.append(_read(folder))
    earlier = [one for one in earlier if one.id != now.id and _age(one) < _age(now)]
    return max(earlier, key=_age).id if earlier else None


def _age(release: Release) -> tuple[date, date]:
    return release.as_of, release.created_on


def list_releases(root: Path) -> list[Release]:
    """Read the current releases, the default one first."""
    pointer = read_pointer(root)
    names = sorted(pointer["releases"], key=lambda name: (name != pointer["default"], name))
    return [open_release(root, name)[0] for name in names]


def _read(folder: Path) -> Release:
    package = load_json(folder / PACKAGE, f"{folder.name}/{PACKAGE}")
    try:
        files = {r["path"]: r["hash"].removeprefix("sha256:") for r in package["resources"]}
        release = Release(
            id=package["id"],
            name=package["name"],
            title_zh=package["title"],
            hash=package["hash"],
            created_on=package["created_on"],
            as_of=package["as_of"],
            files=files,
            counts=package["counts"],
        )
        sizes = {r["path"]: r["bytes"] for r in package["resources"]}
        columns = {r["name"]: r["schema"]["fields"] for r in package["resources"]}
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ReleaseError(f"{folder.name}/{PACKAGE}：内容不完整") from None
    _require_layout(folder, package.get("layout", LAYOUT), columns)
    for file, sha in files.items():
        path = folder / Path(file).name
        verify(path, f"{folder.name}/{path.name}", sha, sizes[file])
    if _combined(files) != release.hash or release.id != folder.name:
        raise ReleaseError(f"{folder.name}/{PACKAGE}：校验值与文件清单不一致")
    return release


def _require_layout(folder: Path, layout: object, columns: dict[str, Any]) -> None:
    """Raise ReleaseError when the tables are those of another version of the program."""
    strange = {name for name in columns if name not in SCHEMAS or columns[name] != _fields(name)}
    if layout != LAYOUT or strange:
        raise ReleaseError(
            f"{folder.name}/{PACKAGE}：由另一版程序生成，表的格式不同，"
            "请重新生成（python -m analytics restore）"
        )


def _combined(files: dict[str, str]) -> str:
    """Hash the file list, not the date of creation: same data, same release."""
    lines = "".join(f"{name} {sha}\n" for name, sha in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
