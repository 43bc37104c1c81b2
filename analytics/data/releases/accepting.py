"""Publish an import as a new release, or go back to an earlier state; all or nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.data.access.identity import Identity, Role
from analytics.data.access.trail import Act, on_record, refusals_recorded
from analytics.data.imports.batch import FaultKind, ImportBatch
from analytics.data.releases import handed_in, kept_imports
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.journal import (
    Entry,
    Stamp,
    current,
    publish_state,
    read_journal,
    read_pointer,
)
from analytics.data.releases.making import rebuild
from analytics.data.releases.pipeline import OnProgress
from analytics.data.releases.release import open_release_by_id, publishing
from analytics.domain import Release

SWITCH = "JINSHAN_IMPORT"  # environment variable


def is_allowed(switch: str | None) -> bool:
    """Tell whether the value of the switch lets figures be imported: off and its like do not."""
    return (switch or "").strip().lower() not in ("off", "0", "false", "no")


def accept(
    root: Path,
    batch: ImportBatch,
    *,
    who: Identity,
    stamp: Stamp,
    waiting: str = "",
    on_progress: OnProgress = lambda _: None,
) -> list[Release]:
    """Keep a batch and publish the releases that hold it.

    Parameters
    ----------
    who : who publishes.
    stamp : who, when and what; ``checked_against`` is the release the preview was made on.
    waiting : id under which the batch was handed in, where another than ``who`` did that.

    Raises
    ------
    AccessError
        When he may not publish, or not this; that is recorded.
    ReleaseError
        When faults are open, the data have changed since the preview, another publisher is
        at work, a data check fails or the disk refuses; the releases in use stay.
    """
    with refusals_recorded(root, Act.PUBLISH, who, when=stamp.when):
        handed_in.require_publish(root, batch, who, waiting)
    require_publishable(batch)
    with on_record(root, Act.PUBLISH, who, when=stamp.when, what=stamp.what):
        releases = _publish(root, batch, stamp, on_progress)
    handed_in.clear(root, waiting)
    return releases


def _publish(
    root: Path, batch: ImportBatch, stamp: Stamp, on_progress: OnProgress
) -> list[Release]:
    with publishing(root, stamp.by):
        kept_imports.clear_leftovers(root)
        _require_unchanged(root, stamp.checked_against)
        before = kept_imports.in_use(root)
        batch_id = kept_imports.keep(root, batch, stamp)
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


def roll_back(root: Path, *, number: int, seen: int, who: Identity, stamp: Stamp) -> Entry:
    """Make an earlier state current again, the one with this number.

    Parameters
    ----------
    who : who goes back.
    seen : number of the state that was current when a person decided to go back.
    stamp : who, when, and the reason.

    Raises
    ------
    AccessError
        When he may not publish; that is recorded.
    ReleaseError
        When no reason is given, another state has become current meanwhile, there is no such
        state or a file of it is damaged; the state in use stays.
    """
    with refusals_recorded(root, Act.ROLL_BACK, who, when=stamp.when):
        who.require(Role.PUBLISH)
    if not stamp.reason.strip():
        raise ReleaseError("没有写明返回的原因，未作任何改动")
    what = f"返回第{number}版：{stamp.reason}"
    with (
        on_record(root, Act.ROLL_BACK, who, when=stamp.when, what=what),
        publishing(root, stamp.by),
    ):
        entries = read_journal(root)
        _require_seen(entries, seen)
        wanted = next((entry for entry in entries if entry.number == number), None)
        if wanted is None:
            raise ReleaseError(f"没有第{number}版，未作任何改动")
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


def _require_seen(entries: tuple[Entry, ...], seen: int) -> None:
    if not entries:
        raise ReleaseError("尚未发布数据，没有可以返回的版本")
    now = entries[-1]
    if now.number != seen:
        by = now.by or "命令行"
        raise ReleaseError(
            f"第{now.number}版（{now.what}）刚由{by}发布，未作任何改动，请重新查看后再定"
        )
