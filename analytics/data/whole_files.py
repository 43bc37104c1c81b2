"""Files and folders that are whole or absent: written aside, forced to disk, then renamed."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

STAGING = ".staging-"  # how the names of unfinished files and folders begin
_REASONS_ZH = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "数据目录为只读",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a start after a power cut, finds the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{STAGING}{path.name}-", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        sync(fresh)
        fresh.chmod(0o644)  # mkstemp lets no one else read; the app may run as another user
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def staging_folder(parent: Path) -> Path:
    """Make a folder to write in, beside the final place and out of any reader's sight."""
    parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=parent))
    staging.chmod(0o755)  # mkdtemp lets no one else read; the app may run as another user
    return staging


def settle(staging: Path, final: Path, *, intact: Callable[[Path], bool]) -> None:
    """Give a finished folder, whose files are on disk, its final name.

    An intact folder of that name holds the same and is kept; a damaged one is replaced.
    """
    broken = Path(f"{staging}-broken")
    if final.exists():
        if intact(final):
            return
        shutil.move(final, broken)
    sync(staging)
    staging.rename(final)
    shutil.rmtree(broken, ignore_errors=True)
    sync(final.parent)


def clear_unfinished(folder: Path) -> None:
    """Take away what interrupted runs left."""
    for leftover in folder.glob(f"{STAGING}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Force a file or folder to disk; Windows cannot open folders, and needs no such thing."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """Return the checksum of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def reason_zh(error: OSError) -> str:
    """Say why the disk refused; what is not expected keeps the system's own words."""
    return _REASONS_ZH.get(error.errno or 0, error.strerror or str(error))
