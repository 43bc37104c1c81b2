"""What was handed in and waits for another person to publish it: ``data/handed_in/<id>/``.

A folder holds the files as they were checked and a manifest: who, when, which doubts he
confirmed. Whoever publishes has the same files read and checked anew against what is current
then; what he publishes is a batch like any other. Nothing in here is read by a build.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analytics.data.access.identity import AccessError, Identity, Role
from analytics.data.access.trail import Act, on_record, refusals_recorded
from analytics.data.imports.batch import ImportBatch, SourceFile
from analytics.data.releases.files import ReleaseError, load_json, unreadable, write_json
from analytics.data.releases.journal import Stamp
from analytics.data.releases.private import private_folder, write_private
from analytics.data.whole_files import settle

FOLDER = Path("data/handed_in")
MANIFEST = "manifest.json"
MOST = 50  # waiting at once
_TITLE = "提交的填报"


@dataclass(frozen=True)
class HandedIn:
    """One batch that waits."""

    id: str
    account: str
    label: str
    when: str
    what: str
    files: tuple[str, ...]  # as they were named
    sums: tuple[str, ...]  # their checksums, under which they are kept
    confirmed: frozenset[str]  # ids of doubts the sender confirmed


def hand_in(root: Path, batch: ImportBatch, *, who: Identity, stamp: Stamp) -> HandedIn:
    """Keep a checked batch for another person to publish.

    Raises
    ------
    AccessError
        When he may not hand in; that is recorded.
    ReleaseError
        When faults are open, it waits already, too many wait or the disk refuses.
    """
    with refusals_recorded(root, Act.HAND_IN, who, when=stamp.when):
        who.require(Role.SUBMIT)
    if not batch.publishable:
        raise ReleaseError("还有错误没有改正，或有疑问没有确认，没有提交")
    ahead = waiting(root)
    if len(ahead) >= MOST:
        raise ReleaseError(f"等待发布的填报已有{MOST}批，请先处理")
    if any(one.id == batch.id for one in ahead):
        raise ReleaseError("同样的文件今天已经提交，正等待发布")
    with on_record(root, Act.HAND_IN, who, when=stamp.when, what=stamp.what):
        return _keep(root, batch, who, stamp)


def _keep(root: Path, batch: ImportBatch, who: Identity, stamp: Stamp) -> HandedIn:
    parent = root / FOLDER
    with private_folder(parent, _TITLE) as staging:
        for file in batch.files:
            write_private(staging / file.sha256, file.content)
        write_json(staging / MANIFEST, _manifest(batch, who, stamp))
        settle(staging, parent / batch.id, intact=lambda folder: False)
        return _read(parent / batch.id)


def _manifest(batch: ImportBatch, who: Identity, stamp: Stamp) -> dict[str, object]:
    return {
        "id": batch.id,
        "account": who.account,
        "label": who.label,
        "when": stamp.when,
        "what": stamp.what,
        "files": [file.name for file in batch.files],
        "sums": [file.sha256 for file in batch.files],
        "confirmed": sorted(batch.confirmed),
    }


def waiting(root: Path) -> tuple[HandedIn, ...]:
    """Return the batches that wait, the first to come first; those that cannot be read are left."""
    found = []
    for manifest in (root / FOLDER).glob(f"[0-9]*/{MANIFEST}"):
        with suppress(ReleaseError):
            found.append(_read(manifest.parent))
    return tuple(sorted(found, key=lambda one: (one.when, one.id)))


def _read(folder: Path) -> HandedIn:
    place = f"{FOLDER.name}/{folder.name}/{MANIFEST}"
    content = load_json(folder / MANIFEST, place)
    try:
        files, sums = tuple(content["files"]), tuple(content["sums"])
        account, label = str(content["account"]), str(content["label"])
        when, what = str(content["when"]), str(content["what"])
        confirmed = frozenset(content["confirmed"])
    except (KeyError, TypeError):
        raise ReleaseError(f"{place}：内容不完整") from None
    if len(files) != len(sums) or any(Path(str(one)).name != one for one in sums):
        raise ReleaseError(f"{place}：内容不完整")
    return HandedIn(folder.name, account, label, when, what, files, sums, confirmed)


def find(root: Path, name: str) -> HandedIn:
    """Return the batch that waits under an id; raise ReleaseError when none does."""
    for one in waiting(root):
        if one.id == name:
            return one
    raise ReleaseError("这批填报已不在等待发布之列，可能已由别人处理")


def files_of(root: Path, handed: HandedIn) -> list[tuple[str, bytes]]:
    """Read the files of a batch that waits; raise ReleaseError naming one that was altered."""
    found = []
    for name, checksum in zip(handed.files, handed.sums, strict=True):
        try:
            content = (root / FOLDER / handed.id / checksum).read_bytes()
        except OSError as error:
            raise unreadable(name, error) from error
        if SourceFile(name, content).sha256 != checksum:
            raise ReleaseError(f"{name}：提交后已被改动，不能采用")
        found.append((name, content))
    return found


def require_publish(root: Path, batch: ImportBatch, who: Identity, name: str) -> None:
    """Raise AccessError unless he may publish this batch, with four eyes one handed in by another.

    Who handed it in is read from what was kept then, never from what the batch says.
    """
    who.require(Role.PUBLISH)
    if not name:
        if who.four_eyes:
            raise AccessError("须先提交填报，由另一人发布，未作任何改动")
        return
    handed = find(root, name)
    who.require_publish(handed.account)
    if {file.sha256 for file in batch.files} != set(handed.sums):
        raise AccessError("要发布的文件不是提交的文件，未作任何改动")


def send_back(root: Path, name: str, *, who: Identity, stamp: Stamp) -> None:
    """Take a batch out of the line: its sender may, and whoever may publish.

    Raises
    ------
    AccessError
        When he may not; that is recorded.
    ReleaseError
        When no reason is given or it no longer waits.
    """
    handed = find(root, name)
    with refusals_recorded(root, Act.SEND_BACK, who, when=stamp.when):
        if not (who.may(Role.SUBMIT) and who.account == handed.account):
            who.require(Role.PUBLISH)
    if not stamp.reason.strip():
        raise ReleaseError("没有写明退回的原因")
    what = f"{handed.label} 提交的{'、'.join(handed.files)}：{stamp.reason}"
    with on_record(root, Act.SEND_BACK, who, when=stamp.when, what=what):
        clear(root, name)


def clear(root: Path, name: str) -> None:
    """Take away a batch that waits no more."""
    if name:
        shutil.rmtree(root / FOLDER / Path(name).name, ignore_errors=True)
