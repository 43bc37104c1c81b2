"""Accepted imports, a source of every later release: ``data/imports/<batch id>/``.

A folder holds the files as they were handed in (named by their checksum), the rows read from
them and a manifest with who, when and what, and the checksums. It is written beside its place
and renamed, never changed afterwards, and counts only when the pointer names it.
"""

import hashlib
import io
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.data.imports.batch import FaultKind, ImportBatch
from analytics.data.releases.files import (
    ReleaseError,
    load_json,
    verify,
    write_json,
)
from analytics.data.releases.journal import Stamp, current
from analytics.data.releases.private import private_folder, write_private
from analytics.data.sources.tables import SCHEMAS
from analytics.data.whole_files import clear_unfinished, settle, sha256, sync
from analytics.domain import Source

FOLDER = Path("data/imports")
BRIEFINGS = FOLDER / "briefings"  # what an office keeps of its briefings
MANIFEST = "manifest.json"
ROWS = "rows.parquet"
_TITLE = "导入批次"
_STEP = 10_000  # rows turned into columns at once: no other thread has its turn meanwhile
_LATEST = 1000  # above every declared revision of the transcriptions
SCHEMA = pa.schema(
    [
        *(field for field in SCHEMAS["observations"] if field.name != "vintage"),
        pa.field("revision", pa.int32(), nullable=False),
        pa.field("rounded", pa.bool_(), nullable=False),
    ]
)


@dataclass(frozen=True, eq=False)
class Kept:
    """One accepted import, as it is taken into a release."""

    id: str
    manifest: dict[str, Any]
    rows: list[dict[str, Any]]  # by the columns of SCHEMA
    sources: dict[str, Source]


def keep(root: Path, batch: ImportBatch, stamp: Stamp) -> str:
    """Keep a batch and return its id; the same files read the same way are kept once.

    Raises
    ------
    ReleaseError
        When the rows cannot be stored or the disk refuses; nothing remains.
    """
    parent = root / FOLDER
    with private_folder(parent, _TITLE) as staging:
        for file in batch.files:
            write_private(staging / f"{file.sha256}{_suffix(file.name)}", file.content)
        (staging / ROWS).write_bytes(_packed(batch))
        sync(staging / ROWS)
        batch_id = f"{batch.id}-{sha256(staging / ROWS)[:6]}"
        write_json(staging / MANIFEST, _manifest(staging, batch_id, batch, stamp))
        settle(staging, parent / batch_id, intact=_is_intact)
        return batch_id


def not_kept(batch: ImportBatch) -> Kept:
    """Return a batch as it would be kept, to see what a release with it would say."""
    return unpacked(*pack(batch))


def pack(batch: ImportBatch) -> tuple[str, bytes, dict[str, Source]]:
    """Return id, rows and sources of a batch, the rows as they would be kept."""
    packed = _packed(batch)
    return f"{batch.id}-{hashlib.sha256(packed).hexdigest()[:6]}", packed, batch.sources()


def unpacked(batch_id: str, packed: bytes, sources: dict[str, Source]) -> Kept:
    """Return what :func:`pack` has packed."""
    return Kept(batch_id, {}, pq.read_table(io.BytesIO(packed)).to_pylist(), sources)


def _packed(batch: ImportBatch) -> bytes:
    packed = io.BytesIO()
    pq.write_table(_table(batch), packed, compression="zstd", version="2.6")
    return packed.getvalue()


def _suffix(name: str) -> str:
    """Return a harmless file ending; nothing else of a user's file name reaches the disk."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in (".xlsx", ".csv") else ".bin"


def _table(batch: ImportBatch) -> pa.Table:
    try:
        rows = batch.rows[SCHEMA.names]
        parts = [
            pa.Table.from_pandas(rows[n : n + _STEP], schema=SCHEMA, preserve_index=False)
            for n in range(0, len(rows), _STEP)
        ]
    except (pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise ReleaseError(f"{_TITLE}的内容不合约定，未作任何改动") from error
    whole = pa.concat_tables(parts) if parts else SCHEMA.empty_table()
    return whole.combine_chunks().replace_schema_metadata(None)


def _manifest(staging: Path, batch_id: str, batch: ImportBatch, stamp: Stamp) -> dict[str, Any]:
    held = [f for f in batch.of_kind(FaultKind.HELD) if f.id in batch.confirmed]
    return {
        "id": batch_id,
        "submitted_by": batch.submitted_by,
        "submitted_on": batch.submitted_on.isoformat(),
        "accepted": {"when": stamp.when, "by": stamp.by, "what": stamp.what},
        "checked_against": stamp.checked_against,
        "rows": len(batch.rows),
        "files": [
            {"name": file.name, "sha256": file.sha256, "bytes": len(file.content)}
            for file in batch.files
        ],
        "confirmed": [
            {"place": f.place_zh, "rule": f.rule, "value": f.value, "message": f.message_zh}
            for f in held
        ],
        "sources": [source.model_dump(mode="json") for source in batch.sources().values()],
        "sha256": {path.name: sha256(path) for path in sorted(staging.iterdir())},
    }


def _is_intact(folder: Path) -> bool:
    """Tell whether a folder is a whole batch; one of the same id is then the same batch."""
    with suppress(ReleaseError):
        return bool(read_kept(folder.parent, folder.name))
    return False


def clear_leftovers(root: Path) -> None:
    """Take away what an interrupted import left behind; call it with the right to publish."""
    clear_unfinished(root / FOLDER)


def kept_ids(root: Path) -> list[str]:
    """List every kept batch by the time it was accepted, in use or not."""
    found = []
    for path in (root / FOLDER).glob(f"*/{MANIFEST}"):
        if not path.parent.name.startswith("."):
            with suppress(ReleaseError, KeyError, TypeError):
                when = load_json(path, _label(path))["accepted"]["when"]
                found.append((str(when), path.parent.name))
    return [name for _, name in sorted(found)]


def in_use(root: Path) -> tuple[str, ...]:
    """Return the batches the current releases were built with, oldest first.

    A batch counts because the record of states says so, never because it is there: it may
    have been kept by an import that failed, or been withdrawn.

    Raises
    ------
    ReleaseError
        When the record cannot be relied on, or batches are kept and there is none.
    """
    entry = current(root)
    if entry is not None:
        return entry.imports
    if kept := kept_ids(root):
        raise ReleaseError(
            f"{FOLDER}中有{len(kept)}批填报，而版本记录已丢失，无法确定哪些在用；"
            "请用 python -m analytics extract --recover 查看并指定"
        )
    return ()


def row_count(root: Path, batch_id: str) -> int:
    """Return how many rows a kept batch says it has; raise ReleaseError."""
    path = root / FOLDER / Path(batch_id).name / MANIFEST
    try:
        return int(load_json(path, _label(path))["rows"])
    except (KeyError, TypeError, ValueError):
        raise ReleaseError(f"{_label(path)}：内容不完整") from None


def read_with(root: Path, ids: Iterable[str], tried: Kept | None) -> list[Kept]:
    """Read batches in order, each checked against its manifest, and set one tried out last.

    Raises
    ------
    ReleaseError
        When a file is missing or altered.
    """
    parent = root / FOLDER
    if tried is None:
        return [read_kept(parent, name) for name in ids]
    return [*(read_kept(parent, name) for name in ids if name != tried.id), tried]


def read_kept(parent: Path, batch_id: str) -> Kept:
    """Read one batch; raise ReleaseError naming the file that is missing or altered."""
    folder = parent / Path(batch_id).name
    manifest = load_json(folder / MANIFEST, _label(folder / MANIFEST))
    try:
        sums = dict(manifest["sha256"])
        sources = [Source.model_validate(source) for source in manifest["sources"]]
        own = manifest["id"]
    except (KeyError, TypeError, ValueError):
        raise ReleaseError(f"{_label(folder / MANIFEST)}：内容不完整") from None
    if own != folder.name or ROWS not in sums:
        raise ReleaseError(f"{_label(folder / MANIFEST)}：内容不完整")
    for name, expected in sums.items():
        path = folder / Path(name).name
        verify(path, _label(path), expected)
    return Kept(own, manifest, _read_rows(folder / ROWS), {one.id: one for one in sources})


def _read_rows(path: Path) -> list[dict[str, Any]]:
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError, ValueError):
        raise ReleaseError(f"{_label(path)}：无法读取，文件已损坏") from None
    if table.schema != SCHEMA:
        raise ReleaseError(f"{_label(path)}：列与约定不符")
    try:
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows
    except (UnicodeDecodeError, OverflowError):  # bytes that are no text, days that are no dates
        raise ReleaseError(f"{_label(path)}：无法读取，文件已损坏") from None


def _label(path: Path) -> str:
    return f"{FOLDER.name}/{path.parent.name}/{path.name}"


def observations(batches: Iterable[Kept]) -> list[dict[str, Any]]:
    """Return the rows of batches for a release: a later batch outranks an earlier one.

    The origin is made unique by the batch, so that two files of one name stay apart.
    """
    rows = []
    for place, batch in enumerate(batches):
        for row in batch.rows:
            origin = f"{batch.id}/{row['origin']}"
            rows.append({**row, "origin": origin, "revision": _LATEST + place})
    return rows
