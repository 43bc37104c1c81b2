"""Names of files as they may be shown and kept."""

import re
from pathlib import PurePosixPath, PureWindowsPath

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def safe_name(name: str) -> str:
    """Return a file's bare name: no folder, no control characters, at most 120 characters."""
    bare = PureWindowsPath(PurePosixPath(str(name)).name).name
    bare = _CONTROL.sub("", bare).strip(". ")
    return bare[-120:] or "未命名"
