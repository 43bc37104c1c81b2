"""Publish an import as a new release, or go back to an earlier state; all or nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.data.imports.batch import FaultKind, ImportBatch
from analytics.data.releases import kept_imports
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.journal import (
    Entry,
    Stamp,
    current,
    previous,
    publish_state,
    read_journal,
    read_pointer,
)
from analytics.data.releases.pipeline import OnProgress, rebuild
from analytics.data.releases.release import open_release_by_id, publishing
from analytics.domain import Release

SWITCH = "JINSHAN_IMPORT"  # environment variable


def is_allowed(switch: str | None) -> bool:
    """Tell whether the value of the switch lets figures be imported: off and its like do not."""
    return (switch or "").strip().lower() not in ("off", "0", "false", "no")


def accept(
    root: Path, batch: ImportBatch, *, stamp: Stamp, on_progress: OnProgress = lambda _: None
) -> list[Release]:
    """Keep a batch and publish the releases that hold it.

    Parameters
    ----------
    stamp : who, when and what; ``checked_against`` is the release the preview was made on.

    Raises
    ------
    ReleaseError
        When faults are open, the data have changed since the preview, another publisher is
        at work, a data check fails or the disk refuses; the releases in use stay.
    """
    require_publishable(batch)
    with publishing(root):
        kept_imports.clear_leftovers(root)
        _require_unchanged(root, stamp.checked_against)
        batch_id = kept_imports.keep(root, batch, stamp)
        before = kept_imports.in_use(root)
        imports = (*(name for name in before if name != batch_id), batch_id)
        if imports == before and current(root) is not None:
            raise ReleaseError("这批文件已经导入并正在使用，没有需要发布的内容")
        return rebuild(
            root,
            imports,
            created_on=date.fromisoformat(stamp.when[:10]),
            stamp=stamp,
            on_progress=on_progress,
        )


def require_publishable(batch: ImportBatch) -> None:
    """Raise ReleaseError unless every fault is mended or confirmed and someone stands for it."""
    if refused := len(batch.of_kind(FaultKind.REFUSED)):
        raise ReleaseError(f"还有{refused}处错误没有改正，未作任何改动")
    if waiting := len(batch.waiting):
        raise ReleaseError(f"还有{waiting}处疑问没有确认，未作任何改动")
    if not len(batch.rows):
        raise ReleaseError("文件里没有可用的数值，未作任何改动")
    if not batch.submitted_by.strip():
        raise ReleaseError("没有写明填报人，未作任何改动")


def _require_unchanged(root: Path, checked_against: str) -> None:
    if checked_against and checked_against not in read_pointer(root)["releases"].values():
        raise ReleaseError("核对之后数据版本已经更新，未作任何改动，请重新核对后再发布")


def roll_back(root: Path, *, stamp: Stamp, number: int | None = None) -> Entry:
    """Make an earlier state current again: the one before, or the one with this number.

    Raises
    ------
    ReleaseError
        When there is no such state or a file of it is damaged; the state in use stays.
    """
    with publishing(root):
        entries = read_journal(root)
        wanted = previous(entries) if number is None else _numbered(entries, number)
        if wanted is None:
            raise ReleaseError("没有更早的数据版本可以返回")
        for release_id in wanted.releases.values():
            open_release_by_id(root, release_id)
        return publish_state(
            root,
            wanted.releases,
            default=wanted.default,
            stamp=replace(stamp, what=f"返回第{wanted.base}版"),
            imports=wanted.imports,
            base=wanted.base,
        )


def _numbered(entries: tuple[Entry, ...], number: int) -> Entry | None:
    return next((entry for entry in entries if entry.number == number), None)
