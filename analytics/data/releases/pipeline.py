"""From source files, accepted imports and parameters to the two releases, side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analytics.catalog.disclosure import Disclosure, load_disclosure
from analytics.catalog.load import Catalog, load_catalog
from analytics.catalog.series import SeriesMapping, load_mapping
from analytics.data.releases import kept_imports
from analytics.data.releases.release import write_release
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


def write_all(
    root: Path, batches: Sequence[kept_imports.Kept], created_on: date, on_progress: OnProgress
) -> list[Release]:
    """Write both releases with these imports, the last of them above the others."""
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
    found: Extracted, batches: Sequence[kept_imports.Kept], catalog: Catalog, rules: Disclosure
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
