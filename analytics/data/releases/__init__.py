"""Published figures and illustrative series → validated, immutable releases.

Opening a release is cheap; building one needs pandera, so it is imported only then.
"""

from datetime import date
from pathlib import Path

from analytics.domain import Release


def build(root: Path, *, created_on: date) -> list[Release]:
    """Build and publish the releases of the project at ``root``.

    Raises
    ------
    analytics.data.releases.release.ReleaseError, analytics.data.sources.schema.SchemaError,
    analytics.catalog.series.MappingError, analytics.data.sources.illustrative.DemoError,
    analytics.catalog.CatalogError
        With a Chinese message; the releases published before stay current.
    """
    from analytics.data.releases.making import build as build_releases

    return build_releases(root, created_on=created_on)
