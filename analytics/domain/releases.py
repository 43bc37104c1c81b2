"""Published sets of files."""

from datetime import date

from analytics.domain.base import Frozen


class Release(Frozen):
    """A published, immutable set of parquet files."""

    id: str  # <name>-<as_of>-<first 8 of hash>
    name: str  # "published", "demo", …
    title_zh: str
    hash: str  # sha256 over the sha256 of the files
    created_on: date
    as_of: date
    files: dict[str, str]  # file name -> sha256
    counts: dict[str, int]  # row status -> rows
