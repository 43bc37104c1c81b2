"""From source files, accepted imports and parameters to the two releases, published together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analytics.catalog.disclosure import Disclosure, load_disclosure
from analytics.catalog.load import Catalog, load_catalog
from analytics.catalog.series import SeriesMapping, load_mapping
from analytics.data.imports.batch import ImportBatch
from analytics.data.releases import kept_imports
from analytics.data.releases.journal import Stamp
from analytics.data.releases.release import publish, publishing, write_release
from analytics.data.releases.withholding import withheld
from analytics.data.sources.illustrative import illustrate, load_demo_plan
from analytics.data.sources.published import Extracted, extract_published
from analytics.data.sources.schema import validate_observations
from analytics.data.sources.substitution import derived_rows, imported_indicators, replaced
from analytics.data.sources.tables import Frames, assemble, latest_day
from analytics.domain import Release

PUBLISHED, DEMO = "published", "demo"
TITLES_ZH = {PUBLISHED: "公布数据", DEMO: "公布数据＋演示数据"}
OnProgress = Callable[[float], None]  # told the share done


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
    batches = kept_imports.read_all(root, imports)
    releases = _write(root, batches, created_on, on_progress)
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
        kept = kept_imports.read_all(root, kept_imports.in_use(root))
        tried = kept_imports.not_kept(batch)
        batches = [*(one for one in kept if one.id != tried.id), tried]
        made = _write(root, batches, batch.submitted_on, on_progress)
    return {release.name: release.id for release in made}


def _write(
    root: Path, batches: list[kept_imports.Kept], created_on: date, on_progress: OnProgress
) -> list[Release]:
    catalog = load_catalog(root)
    mapping = load_mapping(root / "data/catalog/series.toml")
    found = extract_published(root / "data/source", catalog, mapping)
    found = with_imports(found, batches, catalog, load_disclosure(root))
    on_progress(0.2)
    releases = []
    for name, (rows, as_of) in _variants(found, root, catalog).items():
        frames = prepare(rows, catalog, mapping, name=name, as_of=as_of)
        releases.append(
            write_release(
                frames,
                name=name,
                title_zh=TITLES_ZH[name],
                as_of=as_of,
                created_on=created_on,
                root=root,
            )
        )
        on_progress(0.2 + 0.4 * len(releases))
    return releases


def with_imports(
    found: Extracted, batches: list[kept_imports.Kept], catalog: Catalog, rules: Disclosure
) -> Extracted:
    """Add the rows of accepted imports, latest last, and what follows from them.

    What may not be disclosed is set aside with its reason, without its value; see
    :mod:`.withholding`.
    """
    imported = kept_imports.observations(batches)
    hidden = withheld(imported, found.observations, catalog, rules)
    rows = found.observations + [row for n, row in enumerate(imported) if n not in hidden]
    sources = {name: source for batch in batches for name, source in batch.sources.items()}
    return replace(
        found,
        observations=rows + derived_rows(rows, catalog),
        rejections=found.rejections + [_withheld(imported[n], why) for n, why in hidden.items()],
        sources={**found.sources, **sources},
    )


def _withheld(row: dict[str, Any], why: str) -> dict[str, Any]:
    return {
        "origin": row["origin"],
        "indicator": row["indicator_id"],
        "indicator_id": row["indicator_id"],
        "region": row["region"],
        "year_text": str(row["year"]),
        "period_text": f"{row['period_start']}—{row['period_end']}",
        "value_text": "不予列示",
        "reason_zh": why,
    }


def prepare(
    found: Extracted, catalog: Catalog, mapping: SeriesMapping, *, name: str, as_of: date
) -> Frames:
    """Assemble the tables of a release and hold its observations against the schema."""
    title = TITLES_ZH[name]
    frames = assemble(found, catalog, mapping.breaks, name=name, title_zh=title, as_of=as_of)
    return {**frames, "observations": validate_observations(frames["observations"])}


def _variants(found: Extracted, root: Path, catalog: Catalog) -> dict[str, tuple[Extracted, date]]:
    plan = load_demo_plan(root / "data/catalog/demo.toml")
    gone = replaced(imported_indicators(found.observations), catalog)
    illustrative = [row for row in illustrate(plan, catalog) if row["indicator_id"] not in gone]
    with_demo = replace(
        found,
        observations=found.observations + illustrative,
        sources={**found.sources, plan.source.id: plan.source},
    )
    latest = latest_day(found.observations)
    return {
        PUBLISHED: (found, latest),
        DEMO: (with_demo, max(plan.as_of, latest)),
    }
