"""Make the two releases and name them the current ones, or only try out what they would say."""

from datetime import date
from pathlib import Path

from analytics.data.imports.batch import ImportBatch
from analytics.data.releases import kept_imports
from analytics.data.releases.apart import MANY, make_apart
from analytics.data.releases.journal import Stamp
from analytics.data.releases.pipeline import DEMO, OnProgress, write_all
from analytics.data.releases.release import publish, publishing
from analytics.domain import Release


def build(root: Path, *, created_on: date) -> list[Release]:
    """Extract, check and publish both releases; nothing changes unless all goes well.

    The imports in use stay in use.
    """
    with publishing(root):
        stamp = Stamp(when=created_on.isoformat())
        return rebuild(root, kept_imports.in_use(root), created_on=created_on, stamp=stamp)


def rebuild(
    root: Path,
    imports: tuple[str, ...],
    *,
    created_on: date,
    stamp: Stamp,
    on_progress: OnProgress = lambda _: None,
) -> list[Release]:
    """Make and publish both releases with these imports; the caller holds the lock."""
    releases = _made(root, imports, None, created_on, on_progress)
    publish(releases, root, default=DEMO, stamp=stamp, imports=imports)
    return releases


def try_out(
    root: Path, batch: ImportBatch, *, on_progress: OnProgress = lambda _: None
) -> dict[str, str]:
    """Write both releases as they would be with a batch, publish neither; return their ids.

    Publishing the batch takes them as they are; :func:`analytics.data.releases.upkeep.clear`
    takes away those that never became current.
    """
    with publishing(root, batch.submitted_by):
        imports = kept_imports.in_use(root)
        made = _made(root, imports, batch, batch.submitted_on, on_progress)
    return {release.name: release.id for release in made}


def _made(
    root: Path,
    imports: tuple[str, ...],
    tried: ImportBatch | None,
    created_on: date,
    on_progress: OnProgress,
) -> list[Release]:
    """Write both releases: here, or in a process of its own where the rows are many."""
    rows = sum(kept_imports.row_count(root, name) for name in imports)
    rows += 0 if tried is None else len(tried.rows)
    if rows > MANY:
        return make_apart(root, imports, tried, created_on, on_progress)
    fresh = None if tried is None else kept_imports.not_kept(tried)
    batches = kept_imports.read_with(root, imports, fresh)
    return write_all(root, batches, created_on, on_progress)
