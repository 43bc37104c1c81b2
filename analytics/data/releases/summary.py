"""What an extract did, in words for the command line."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from analytics.data.releases.journal import FOLDER
from analytics.domain import Release, RowStatus
from analytics.text_zh import NATURE_ZH


def rejections_by_reason(release: Release, root: Path) -> dict[str, int]:
    """Count the rejected rows of a release by reason."""
    path = root / FOLDER / release.id / "rejections.parquet"
    return dict(Counter(pq.read_table(path)["reason_zh"].to_pylist()))


def summarise(release: Release, root: Path) -> str:
    """Say how many rows a release holds by nature and how many were rejected, and why."""
    reasons = rejections_by_reason(release, root)
    loaded = "、".join(f"{NATURE_ZH[RowStatus(s)]}{n}" for s, n in release.counts.items())
    rejected = "；".join(f"{reason}（{n}行）" for reason, n in reasons.items()) or "无"
    return (
        f"{release.title_zh}（{release.id}），数据截至{release.as_of}：\n"
        f"  载入{sum(release.counts.values())}行：{loaded}\n"
        f"  退回{sum(reasons.values())}行：{rejected}"
    )
