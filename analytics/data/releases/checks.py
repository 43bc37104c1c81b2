"""Run the data checks of sql/checks/ over a release folder."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analytics.data.releases.store import SQL_ROOT, Store, check_names, read_query


@dataclass(frozen=True, eq=False)
class Failure:
    """A check and the rows that offend against it."""

    name: str
    about: str
    rows: pd.DataFrame


def failed_checks(folder: Path) -> list[Failure]:
    """Return every check that finds an offending row."""
    store = Store.open(folder)
    return [
        Failure(name, read_query(SQL_ROOT / "checks" / f"{name}.sql").about, store.check(name))
        for name in check_names()
        if store.finds(name)
    ]


def describe_failure(failure: Failure) -> str:
    """Say in one line what is wrong, how often, and where first."""
    first = failure.rows.iloc[0]
    where = "，".join(f"{key}={first[key]}" for key in failure.rows.columns)
    return f"{failure.about}（{failure.name}，{len(failure.rows)}行，例如 {where}）"
