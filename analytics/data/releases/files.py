"""Files that are whole or absent: synced writes, checksums, and errors in Chinese."""

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any

_REASONS_ZH = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "数据目录为只读",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
}


class ReleaseError(Exception):
    """A release cannot be written or opened; the message is Chinese and names the file."""


def reason_zh(error: OSError) -> str:
    """Say why the disk refused; what is not expected keeps the system's own words."""
    return _REASONS_ZH.get(error.errno, error.strerror or str(error))


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file and force it to disk."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sync(path)


def load_json(path: Path, label: str) -> dict[str, Any]:
    """Read a JSON object; raise ReleaseError naming it when it is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReleaseError(f"{label}：文件缺失") from None
    except (OSError, ValueError, RecursionError):
        raise ReleaseError(f"{label}：无法读取，文件已损坏") from None
    if not isinstance(content, dict):
        raise ReleaseError(f"{label}：内容不完整")
    return content


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
