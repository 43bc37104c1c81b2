"""What whoever runs the service needs: findings, backup, restoring, clearing away."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.data.access import trail
from analytics.data.imports.mapping.declared import FOLDER as MAPPINGS
from analytics.data.releases import build, fallback, handed_in, journal, kept_imports
from analytics.data.releases.files import PACKAGE, ReleaseError
from analytics.data.releases.journal import Stamp
from analytics.data.releases.release import open_release_by_id, publishing
from analytics.data.whole_files import STAGING, reason_zh

KEPT_STATES = 24  # states whose releases are kept: two years of monthly imports
# what a backup holds; the pointer's folder last
_FOLDERS = (trail.FOLDER, handed_in.FOLDER, kept_imports.FOLDER, journal.JOURNAL, journal.FOLDER)


# ── findings ─────────────────────────────────────────────────────────────────────────────


def problems(root: Path) -> list[str]:
    """Say everything that is wrong with the data folder, each with its file."""
    return list(dict.fromkeys((*_problems(root), *trail.verify(root))))


def _problems(root: Path) -> Iterator[str]:
    try:
        journal.read_pointer(root)
    except ReleaseError as error:
        yield str(error)
    try:
        entries = journal.read_journal(root)
    except ReleaseError as error:
        yield str(error)
        return
    for entry in entries[-1:]:
        for release_id in entry.releases.values():
            yield from _of_release(root, release_id)
        yield from _of_imports(root, entry.imports)
    for leftover in sorted(root.glob(f"data/*/{STAGING}*")):
        yield f"{leftover.relative_to(root)}：中断的发布留下的半成品，下一次发布时清除"


def _of_release(root: Path, release_id: str) -> Iterator[str]:
    try:
        release, folder = open_release_by_id(root, release_id)
    except ReleaseError as error:
        yield str(error)
        return
    for path in sorted(folder.iterdir()):
        if path.name not in (*release.files, PACKAGE):
            yield f"{release_id}/{path.name}：不在清单中，程序不读取"


def _of_imports(root: Path, imports: tuple[str, ...]) -> Iterator[str]:
    for name in imports:
        try:
            kept_imports.read_kept(root / kept_imports.FOLDER, name)
        except ReleaseError as error:
            yield str(error)


# ── backup and restoring ─────────────────────────────────────────────────────────────────


def backup(root: Path, target: Path) -> int:
    """Copy imports, record and releases to an empty folder; return how many files.

    No one can publish meanwhile, so that the copy is one state.
    """
    if target.exists() and any(target.iterdir()):
        raise ReleaseError(f"{target}：文件夹不是空的，请另选一个")
    with publishing(root):
        journal.read_journal(root)
        return _copy_data(root, target)


def restore_from(root: Path, source: Path) -> int:
    """Copy a backup to a place without data, and make sure that it is whole."""
    if journal.journal_files(root) or (root / journal.FOLDER / journal.POINTER).exists():
        raise ReleaseError("这里已有数据，备份只能恢复到没有数据的位置")
    if not (source / journal.FOLDER / journal.POINTER).is_file():
        raise ReleaseError(f"{source}：不是备份，缺少 {journal.FOLDER / journal.POINTER}")
    if found := list(_problems(source)):
        raise ReleaseError(f"备份不完整：{found[0]}")
    return _copy_data(source, root)


def _copy_data(source: Path, target: Path) -> int:
    try:
        for folder in _FOLDERS:
            is_longer = folder == trail.FOLDER and trail.records(target, 1)
            if (source / folder).is_dir() and not is_longer:  # a record is never written over
                hidden = shutil.ignore_patterns(f"{STAGING}*", ".lock")
                shutil.copytree(source / folder, target / folder, ignore=hidden, dirs_exist_ok=True)
    except OSError as error:
        raise ReleaseError(f"{target}：复制失败：{reason_zh(error)}") from error
    return sum(path.is_file() for folder in _FOLDERS for path in (target / folder).rglob("*"))


def restore(root: Path, *, stamp: Stamp) -> str:
    """Make the current state whole again, or go back to the newest sound one; say which."""
    created_on = date.fromisoformat(stamp.when[:10])
    try:
        build(root, created_on=created_on)
        return "现行版本已按来源文件和在用的填报重新生成"
    except ReleaseError as error:
        sound = fallback.newest_sound(root)
        if sound is None or not fallback.serving(root).problem:
            raise
        with publishing(root):
            journal.publish_state(
                root,
                sound.releases,
                default=sound.default,
                stamp=Stamp(stamp.when, stamp.by, f"返回第{sound.base}版", reason=str(error)),
                imports=sound.imports,
                base=sound.base,
            )
        return f"不能重新生成（{error}），已返回第{sound.base}版"


# ── clearing away ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Waste:
    """Folders no one needs, and how much room they take."""

    folders: tuple[Path, ...]
    size: int  # bytes


def waste(root: Path, *, states: int = KEPT_STATES) -> Waste:
    """Find releases of no recent state, and batches that never became current."""
    entries = journal.read_journal(root)
    if not entries:
        return Waste((), 0)
    recent = {one for entry in entries[-states:] for one in entry.releases.values()}
    recorded = {name for entry in entries for name in entry.imports}
    # remembered mappings and briefings lie beside the batches
    needed = {*recorded, MAPPINGS.name, kept_imports.BRIEFINGS.name}
    folders = [path for path in _folders(root / journal.FOLDER) if path.name not in recent] + [
        path for path in _folders(root / kept_imports.FOLDER) if path.name not in needed
    ]
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return Waste(tuple(folders), sum(file.stat().st_size for file in files))


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(p for p in parent.iterdir() if p.is_dir() and not p.name.startswith("."))


def clear(root: Path, *, states: int = KEPT_STATES) -> Waste:
    """Delete what :func:`waste` finds; the record itself stays whole."""
    with publishing(root):
        found = waste(root, states=states)
        for folder in found.folders:
            with suppress(OSError):
                shutil.rmtree(folder)
        return found
