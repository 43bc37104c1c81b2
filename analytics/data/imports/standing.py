"""What an import is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.catalog.series import Break
from analytics.data.imports.batch import KEY
from analytics.data.imports.mapping.declared import TableMapping

CURRENT_COLUMNS = (*KEY, "year", "month", "value", "status", "lower_bound")


@dataclass(frozen=True, eq=False)
class Standing:
    """What an import is held against: the catalog, declared breaks and the values in use."""

    catalog: Catalog
    breaks: Sequence[Break]
    current: pd.DataFrame  # rows of sql/preferred_values.sql
    yardstick: pd.DataFrame | None = None  # illustrative values, where the release has none
    mappings: Sequence[TableMapping] = ()  # how office tables map to indicators

    @property
    def measured(self) -> pd.DataFrame:
        """Return the values in use and, for their size only, the illustrative ones."""
        if self.yardstick is None:
            return self.current
        return pd.concat([self.current, self.yardstick[list(CURRENT_COLUMNS)]], ignore_index=True)
