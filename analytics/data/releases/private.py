"""Folders of what is handed in, which may be confidential: for the program only, or absent."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analytics.data.releases.files import ReleaseError
from analytics.data.releases.release import staged
from analytics.data.whole_files import reason_zh, sync


@contextmanager
def private_folder(parent: Path, title_zh: str) -> Iterator[Path]:
    """Give a folder to fill and settle; what is not settled is taken away.

    Raises
    ------
    ReleaseError
        When the disk refuses.
    """
    staging = staged(parent, title_zh)
    try:
        for folder in (parent, staging):
            folder.chmod(0o700)
        yield staging
    except OSError as error:
        raise ReleaseError(f"保存{title_zh}失败，未作任何改动：{reason_zh(error)}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file and have it on the disk."""
    path.write_bytes(content)
    path.chmod(0o600)
    sync(path)
