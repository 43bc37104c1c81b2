"""From source files and parameters to the two releases, published together."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.catalog import Catalog, load_catalog
from analytics.domain import Release
from analytics.extract.demo import illustrate, load_demo_plan
from analytics.extract.mapping import Mapping, load_mapping
from analytics.extract.published import Extracted, extract_published
from analytics.extract.release import publish, publishing, write_release
from analytics.extract.schema import validate_observations
from analytics.extract.tables import Frames, assemble, latest_day

PUBLISHED, DEMO = "published", "demo"
TITLES_ZH = {PUBLISHED: "公布数据", DEMO: "公布数据＋演示数据"}


def build(root: Path, *, created_on: date) -> list[Release]:
    """Extract, check and publish both releases; nothing changes unless all goes well."""
    catalog = load_catalog(root)
    mapping = load_mapping(root / "data/catalog/series.toml")
    with publishing(root):
        found = extract_published(root / "data/source", catalog, mapping)
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
        publish(releases, root, default=DEMO)
    return releases


def prepare(
    found: Extracted, catalog: Catalog, mapping: Mapping, *, name: str, as_of: date
) -> Frames:
    """Assemble the tables of a release and hold its observations against the schema."""
    title = TITLES_ZH[name]
    frames = assemble(found, catalog, mapping.breaks, name=name, title_zh=title, as_of=as_of)
    return {**frames, "observations": validate_observations(frames["observations"])}


def _variants(found: Extracted, root: Path, catalog: Catalog) -> dict[str, tuple[Extracted, date]]:
    plan = load_demo_plan(root / "data/catalog/demo.toml")
    with_demo = replace(
        found,
        observations=found.observations + illustrate(plan, catalog),
        sources={**found.sources, plan.source.id: plan.source},
    )
    return {
        PUBLISHED: (found, latest_day(found.observations)),
        DEMO: (with_demo, plan.as_of),
    }
