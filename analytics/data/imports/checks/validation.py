"""Entries of files → a batch: rows ready for a release, and every fault at once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.batch import ROW_COLUMNS, ImportBatch, SourceFile
from analytics.data.imports.checks import (
    identity_rules,
    magnitude,
    plausibility,
    row_rules,
    series_rules,
)
from analytics.data.imports.checks.findings import Findings
from analytics.data.imports.checks.merged import merge
from analytics.data.imports.checks.reconciliation import reconcile
from analytics.data.imports.checks.resolve import Columns, Resolver, combine, regions_held
from analytics.data.imports.mapping.questions import questions
from analytics.data.imports.reader.entries import Entries
from analytics.data.imports.standing import Standing
from analytics.domain import Confidence, RowStatus

Progress = Callable[[float], None]


def validate(
    read: Mapping[str, Entries],
    files: Sequence[SourceFile],
    standing: Standing,
    *,
    submitted_by: str,
    submitted_on: date,
    progress: Progress = lambda _: None,
) -> ImportBatch:
    """Turn what was read from files into a batch with all its faults.

    Parameters
    ----------
    read : entries by file name, in the order of ``files``.
    submitted_on : the day of the import; no period or publication may lie after it.
    """
    columns, faults, blank = combine(read, standing.mappings)
    findings = Findings(columns, faults)
    regions = regions_held(standing.current)
    resolver = Resolver(standing.catalog, regions, submitted_on, standing.mappings)
    rows = resolver.resolve(columns, findings)
    asked = questions(read, columns, resolver.names, standing.catalog, standing.mappings)
    tallies = reconcile(read, columns, resolver, findings)
    progress(0.4)
    rows = _checked(rows, standing, findings, resolver.names, progress)
    return ImportBatch(
        files=tuple(files),
        submitted_by=submitted_by,
        submitted_on=submitted_on,
        rows=_finished(rows, columns, files, standing.catalog, findings),
        faults=findings.ordered(),
        blank=blank,
        tallies=tallies,
        questions=asked,
    )


def _checked(
    rows: pd.DataFrame,
    standing: Standing,
    findings: Findings,
    names: Sequence[str | None],
    progress: Progress,
) -> pd.DataFrame:
    """Hold rows against every rule; rows refused on the way are not compared with others."""
    catalog = standing.catalog
    if rows.empty:
        return rows
    row_rules.check_rows(rows, catalog, findings)
    rows = rows.drop(index=list(findings.refused.intersection(rows.index)))
    rows = series_rules.drop_repeats(rows, findings)
    progress(0.6)
    if rows.empty:
        return rows
    magnitude.check_magnitude(rows, standing.measured, catalog, findings)
    merged = merge(rows, standing.current, catalog)
    progress(0.7)
    series_rules.check_running_totals(merged, rows["note"], findings)
    series_rules.check_months(merged, findings)
    unsure = {names[entry] for entry in findings.refused}  # a refused value leaves no gap
    series_rules.check_gaps(merged[~merged["indicator_id"].isin(unsure)], catalog, findings)
    series_rules.check_breaks(merged, standing.breaks, findings)
    series_rules.check_stocks(merged, catalog, findings)
    plausibility.check_plausibility(merged, standing.current, catalog, findings)
    progress(0.8)
    identity_rules.check_identities(merged, catalog, findings)
    identity_rules.check_comparators(merged, catalog, findings)
    progress(0.9)
    return rows.drop(index=list(findings.refused.intersection(rows.index)))


def _finished(
    rows: pd.DataFrame,
    columns: Columns,
    files: Sequence[SourceFile],
    catalog: Catalog,
    findings: Findings,
) -> pd.DataFrame:
    """Give the accepted rows every column a release and a preview need."""
    entries = rows.index.tolist()
    sources = {file.name: file.source_id for file in files}
    units = {key: item.unit for key, item in catalog.indicators.items()}
    names = [columns["file"][entry] for entry in entries]
    places = [findings.place(entry) for entry in entries]
    full = rows.assign(
        unit=rows["indicator_id"].map(units),
        status=str(RowStatus.SUBMITTED),
        lower_bound=False,
        confidence=str(Confidence.HIGH),
        source_id=[sources[name] for name in names],
        origin=[f"{name}:{place}" for name, place in zip(names, places, strict=True)],
        revision=0,
        rounded=False,
        file=names,
        sheet=[columns["sheet"][entry] for entry in entries],
        cell=[findings.cell(entry) for entry in entries],
        faults=[" ".join(findings.held.get(entry, ())) for entry in entries],
        month=rows["month"].astype("Int64").astype(object).where(rows["month"].notna(), None),
    )
    return full[list(ROW_COLUMNS)].reset_index(drop=True)
