"""What every observation must satisfy before anything is written (pandera).

Rules that need a single row or column stand here; rules between rows are SQL in
sql/checks/. Importing pandera takes a third of a second, so only the build imports this.
"""

from collections.abc import Iterable
from enum import StrEnum

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analytics.data.sources.tables import SCHEMAS
from analytics.domain import HELD_STATUSES, Confidence, PeriodKind


class SchemaError(ValueError):
    """Observations break the schema; the message (Chinese) names column and rows."""


_ID = pa.Check.str_matches(r"^[a-z][a-z0-9_]*$")
_FILLED = pa.Check.str_length(min_value=1)
_FINITE = pa.Check(lambda values: values.abs() < float("inf"), name="finite")


def _one_of(members: Iterable[StrEnum]) -> pa.Check:
    return pa.Check.isin([str(member) for member in members])


OBSERVATIONS = pa.DataFrameSchema(
    {
        "indicator_id": pa.Column(str, _ID),
        "region": pa.Column(str, _FILLED),
        "period_kind": pa.Column(str, _one_of(PeriodKind)),
        "period_start": pa.Column("datetime64[us]"),
        "period_end": pa.Column("datetime64[us]"),
        "year": pa.Column("int32", pa.Check.in_range(1949, 2100)),
        "month": pa.Column("Int32", pa.Check.in_range(1, 12), nullable=True),
        "value": pa.Column("float64", _FINITE),
        "unit": pa.Column(str, _FILLED),
        "basis": pa.Column(str),
        "status": pa.Column(str, _one_of(HELD_STATUSES)),
        "lower_bound": pa.Column(bool),
        "confidence": pa.Column(str, _one_of(Confidence)),
        "source_id": pa.Column(str, _FILLED),
        "published_on": pa.Column("datetime64[us]", nullable=True),
        "vintage": pa.Column("int32", pa.Check.ge(1)),
        "note": pa.Column(str),
        "origin": pa.Column(str, pa.Check.str_matches(r"^[^:]+:.+$")),
    },
    checks=[
        pa.Check(lambda rows: rows["period_start"] <= rows["period_end"], name="start_before_end"),
        pa.Check(lambda rows: rows["period_end"].dt.year == rows["year"], name="year_of_end"),
        pa.Check(
            lambda rows: rows["month"].isna() | (rows["period_end"].dt.month == rows["month"]),
            name="month_of_end",
        ),
    ],
    strict=True,
    ordered=True,
    coerce=True,
)


def validate_observations(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the observations with their exact types, or raise SchemaError."""
    if list(frame.columns) != SCHEMAS["observations"].names:
        raise SchemaError("观测表的列与约定不符")
    try:
        return OBSERVATIONS.validate(frame, lazy=True)
    except SchemaErrors as errors:
        raise SchemaError(_explain(errors.failure_cases, frame)) from None


def _explain(cases: pd.DataFrame, frame: pd.DataFrame) -> str:
    first = cases.iloc[0]
    column = first["column"] if pd.notna(first["column"]) else first["check"]
    rows = cases["index"].dropna().astype(int).unique()
    places = "、".join(frame["origin"].iloc[rows[:3]].astype(str)) if len(rows) else "整列"
    return f"观测表不符合约定：列“{column}”，规则“{first['check']}”，位置：{places}"
