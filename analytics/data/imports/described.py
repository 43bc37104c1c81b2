"""A batch and its preview as lines of text, for the command line."""

from collections.abc import Iterator

from analytics.catalog.load import Catalog
from analytics.data.imports.batch import KIND_ZH, FaultKind, ImportBatch, Preview
from analytics.data.imports.checks.findings import figure
from analytics.data.imports.reader.columns import period_zh
from analytics.text_zh import NATURE_ZH

_MOST = 50  # lines of one sort


def describe(batch: ImportBatch, changes: Preview, catalog: Catalog) -> Iterator[str]:
    """Yield what was found: counts, every fault with its place, and the revisions."""
    yield "，".join(f"{name}{count}" for name, count in changes.counts.items())
    yield from (f"{tally.file}：{tally.said_zh}" for tally in batch.tallies)
    for kind in FaultKind:
        faults = batch.of_kind(kind)
        for fault in faults[:_MOST]:
            value = f"“{fault.value}”" if fault.value else ""
            yield (
                f"[{KIND_ZH[kind]}] {fault.place_zh}{value}｜{fault.rule}｜{fault.message_zh}"
                f"｜{fault.remedy_zh}"
            )
        if len(faults) > _MOST:
            yield f"[{KIND_ZH[kind]}] 另有{len(faults) - _MOST}处"
    for row in changes.revised.head(_MOST).to_dict("records"):
        item = catalog.indicators[row["indicator_id"]]
        period = period_zh(row["period_kind"], row["period_end"])
        old = f"{figure(row['old_value'], item.unit)}（{NATURE_ZH[row['old_status']]}）"
        new = figure(row["value"], item.unit)
        yield f"[修订] {item.name_zh}，{row['region']}，{period}：{old} → {new}"
    if len(changes.revised) > _MOST:
        yield f"[修订] 另有{len(changes.revised) - _MOST}个"
