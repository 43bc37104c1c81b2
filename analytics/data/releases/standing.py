"""What is held already: an import is checked against it."""

from pathlib import Path

import pandas as pd

from analytics.catalog.load import load_catalog
from analytics.catalog.series import load_mapping
from analytics.data.imports.mapping.declared import load_mappings
from analytics.data.imports.standing import Standing
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.release import open_release, open_release_by_id
from analytics.data.releases.store import Store
from analytics.domain import RowStatus


def standing(root: Path, release: str | None = None, *, release_id: str | None = None) -> Standing:
    """Load what an import is held against: a current release by name, or one that is kept by id.

    Without either it is the default one.
    """
    _, folder = open_release_by_id(root, release_id) if release_id else open_release(root, release)
    mapping = load_mapping(root / "data/catalog/series.toml")
    values = Store.open(folder).query("preferred_values")
    catalog = load_catalog(root)
    tables = load_mappings(root, catalog.indicators)
    return Standing(catalog, mapping.breaks, values, _yardstick(root, values), tables)


def _yardstick(root: Path, values: pd.DataFrame) -> pd.DataFrame | None:
    """Return the illustrative values where the release has none, to judge sizes by."""
    if (values["status"] == RowStatus.ILLUSTRATIVE).any():
        return None
    try:
        _, folder = open_release(root, "demo")
    except ReleaseError:
        return None
    drawn = Store.open(folder).query("preferred_values")
    return drawn[drawn["status"] == RowStatus.ILLUSTRATIVE]
