"""What is read and written of a release, and errors in Chinese."""

import errno
import json
from pathlib import Path
from typing import Any

from analytics.data.whole_files import sha256, sync

PACKAGE = "datapackage.json"  # list of a release's files
_UNREADABLE_ZH = {
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
    errno.EIO: "磁盘读取出错",
    errno.ESTALE: "网络磁盘已断开",
}


class ReleaseError(Exception):
    """A release cannot be written or opened; the message is Chinese and names the file."""


class BusyError(ReleaseError):
    """Another publisher is at work; trying again later may do."""


class DamagedError(ReleaseError):
    """A file is there and can be read, but is not what was written."""


def unreadable(label: str, error: OSError) -> ReleaseError:
    """Say that a file cannot be read just now, which is no damage to it."""
    reason = _UNREADABLE_ZH.get(error.errno or 0, error.strerror or str(error))
    return ReleaseError(f"{label}：暂时无法读取（{reason}），文件未必损坏")


def as_json(content: dict[str, Any]) -> bytes:
    """Lay out an object as the text of a JSON file."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file and force it to disk."""
    path.write_bytes(as_json(content))
    sync(path)


def load_json(path: Path, label: str) -> dict[str, Any]:
    """Read a JSON object; raise ReleaseError naming it when it is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReleaseError(f"{label}：文件缺失") from None
    except OSError as error:
        raise unreadable(label, error) from error
    except (ValueError, RecursionError):
        raise DamagedError(f"{label}：无法读取，文件已损坏") from None
    if not isinstance(content, dict):
        raise DamagedError(f"{label}：内容不完整")
    return content


def verify(path: Path, label: str, sha: str, size: int | None = None) -> None:
    """Raise ReleaseError saying how a file differs from what was written."""
    try:
        _verify(path, label, sha, size)
    except OSError as error:
        raise unreadable(label, error) from error


def _verify(path: Path, label: str, sha: str, size: int | None) -> None:
    if not path.is_file():
        raise ReleaseError(f"{label}：文件缺失")
    actual = path.stat().st_size
    if actual == 0 and size:
        raise DamagedError(f"{label}：文件为空（0字节）")
    if size is not None and actual < size:
        raise DamagedError(f"{label}：文件不完整（应为{size}字节，实为{actual}字节）")
    if sha256(path) != sha:
        raise DamagedError(f"{label}：校验值不符，文件已被改动或损坏")
