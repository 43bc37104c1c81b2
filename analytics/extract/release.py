"""Write, publish and open releases: versioned folders, one pointer, checksums.

A release folder never changes once it has its name. It is written beside its final place,
checked there, renamed, and only then named by the pointer, so a reader sees the old release
or the new one and never a part. ``data/parquet/current.json`` is the only file replaced.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from analytics.domain import Release
from analytics.extract.checks import describe_failure, failed_checks
from analytics.extract.tables import SCHEMAS, Frames, to_arrow

FOLDER = Path("data/parquet")
PACKAGE = "datapackage.json"
POINTER = "current.json"
_STAGING = ".staging-"
_FRICTIONLESS = {
    "string": "string",
    "date32[day]": "date",
    "int32": "integer",
    "double": "number",
    "bool": "boolean",
}


class ReleaseError(Exception):
    """A release cannot be written or opened; the message is Chinese and names the file."""


# ── writing ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def publishing(root: Path) -> Iterator[None]:
    """Hold the right to publish; a second publisher is told so and leaves.

    What an interrupted build left behind is cleared away.
    """
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            for leftover in folder.glob(f"{_STAGING}*"):
                shutil.rmtree(leftover, ignore_errors=True)
            yield
    except Timeout:
        raise ReleaseError("另一个进程正在发布数据，本次未作任何改动，请稍后再试") from None


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
    parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=parent))
    staging.chmod(0o755)  # mkdtemp lets no one else read; the app may run as another user
    try:
        for table, frame in sorted(frames.items()):
            _write_table(staging / f"{table}.parquet", table, frame)
        release = _describe(staging, frames, name, title_zh, as_of, created_on)
        _write_json(staging / PACKAGE, _package(staging, release, frames))
        _require_clean(staging)
        return _settle(staging, parent / release.id, release)
    except OSError as error:
        raise ReleaseError(f"发布“{title_zh}”失败，未作任何改动：{error.strerror}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish(releases: Iterable[Release], root: Path, *, default: str) -> None:
    """Name the current releases by replacing the one pointer file."""
    ids = {release.name: release.id for release in releases}
    if default not in ids:
        raise ReleaseError(f"默认数据版本“{default}”不在本次发布之中")
    parent = root / FOLDER
    fresh = parent / f"{_STAGING}{os.getpid()}-{POINTER}"
    try:
        _write_json(fresh, {"default": default, "releases": ids})
        fresh.replace(parent / POINTER)
        _sync(parent)
    except OSError as error:
        raise ReleaseError(f"更新 {POINTER} 失败，原有数据版本不变：{error.strerror}") from error
    finally:
        fresh.unlink(missing_ok=True)


def _require_clean(folder: Path) -> None:
    failures = failed_checks(folder)
    if failures:
        raise ReleaseError("数据检查未通过，未发布：" + "；".join(map(describe_failure, failures)))


def _write_table(path: Path, name: str, frame: Any) -> None:
    pq.write_table(to_arrow(name, frame), path, compression="zstd", version="2.6")
    _sync(path)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _sync(path)


def _sync(path: Path) -> None:
    """Force a file or folder to disk; Windows cannot open folders, and needs no such thing."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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


def _settle(staging: Path, final: Path, release: Release) -> Release:
    """Rename the checked folder; an intact folder of the same id is the same release."""
    if final.exists():
        with suppress(ReleaseError):
            return _read(final)
        shutil.move(final, f"{staging}-broken")
    staging.rename(final)
    shutil.rmtree(f"{staging}-broken", ignore_errors=True)
    _sync(final.parent)
    return release


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
    """Return the id of the newest sound release of the same name made before this one."""
    current, _ = open_release_by_id(root, release_id)
    earlier = []
    for folder in (root / FOLDER).glob(f"{current.name}-*"):
        with suppress(ReleaseError):
            earlier.append(_read(folder))
    earlier = [one for one in earlier if one.id != current.id and _age(one) <= _age(current)]
    return max(earlier, key=_age).id if earlier else None


def _age(release: Release) -> tuple[date, date]:
    return release.as_of, release.created_on


def list_releases(root: Path) -> list[Release]:
    """Read the current releases, the default one first."""
    pointer = read_pointer(root)
    names = sorted(pointer["releases"], key=lambda name: (name != pointer["default"], name))
    return [open_release(root, name)[0] for name in names]


def read_pointer(root: Path) -> dict[str, Any]:
    """Read which releases are current and which is the default."""
    path = root / FOLDER / POINTER
    if not path.is_file():
        raise ReleaseError(f"{POINTER}：文件不存在，尚未生成数据（python -m analytics extract）")
    pointer = _load_json(path)
    ids = pointer.get("releases")
    if not isinstance(ids, dict) or pointer.get("default") not in ids:
        raise ReleaseError(f"{POINTER}：内容不完整，无法确定当前数据版本")
    if not all(isinstance(value, str) and Path(value).name == value for value in ids.values()):
        raise ReleaseError(f"{POINTER}：数据版本名称无效")
    return pointer


def _read(folder: Path) -> Release:
    package = _load_json(folder / PACKAGE)
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
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ReleaseError(f"{folder.name}/{PACKAGE}：内容不完整") from None
    for file, sha in files.items():
        _verify(folder / Path(file).name, sha, sizes[file])
    if _combined(files) != release.hash or release.id != folder.name:
        raise ReleaseError(f"{folder.name}/{PACKAGE}：校验值与文件清单不一致")
    return release


def _verify(path: Path, sha: str, size: int) -> None:
    label = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        raise ReleaseError(f"{label}：文件缺失")
    actual = path.stat().st_size
    if actual == 0:
        raise ReleaseError(f"{label}：文件为空（0字节）")
    if actual < size:
        raise ReleaseError(f"{label}：文件不完整（应为{size}字节，实为{actual}字节）")
    if _sha256(path) != sha:
        raise ReleaseError(f"{label}：校验值不符，文件已被改动或损坏")


def _load_json(path: Path) -> dict[str, Any]:
    label = path.name if path.name == POINTER else f"{path.parent.name}/{path.name}"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReleaseError(f"{label}：文件缺失") from None
    except (OSError, ValueError):
        raise ReleaseError(f"{label}：无法读取，文件已损坏") from None
    if not isinstance(content, dict):
        raise ReleaseError(f"{label}：内容不完整")
    return content


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _combined(files: dict[str, str]) -> str:
    """Hash the file list, not the date of creation: same data, same release."""
    lines = "".join(f"{name} {sha}\n" for name, sha in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
