"""A start typed by the user opens the line of a series that the release holds nothing of."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.domain import COMPUTED, JINSHAN, Confidence, RowStatus, Start
from analytics.model.draws.baseline import Projections, link, project_history
from analytics.model.projection.history import History

Histories = Mapping[str, Mapping[str, History]]
TYPED_ZH = "使用者键入的起点"


def typed_starts(catalog: Catalog, settings: Mapping[str, float]) -> dict[Start, float]:
    """Return the starts among the settings of a scenario, with their values."""
    return {
        catalog.starts[x]: value for x, value in settings.items() if value and x in catalog.starts
    }


def with_starts(histories: Histories, typed: Mapping[Start, float]) -> Histories:
    """Add what was typed to the histories; where an exact value is held, it stands alone."""
    own = dict(histories[JINSHAN])
    for name in dict.fromkeys(start.applies_to for start in typed):
        if histories[JINSHAN][name].values.empty:
            own[name] = _opened(
                own[name], {x.year: v for x, v in typed.items() if x.applies_to == name}
            )
    return MappingProxyType({**histories, JINSHAN: MappingProxyType(own)})


def _opened(history: History, values: Mapping[int, float]) -> History:
    rows = [
        {
            "year": year,
            "value": value,
            "status": str(RowStatus.ASSUMED),
            "lower_bound": False,
            "confidence": str(Confidence.LOW),
            "source_id": "",
            "source_title": TYPED_ZH,
            "source_url": "",
            "published_text": "不是统计数",
            "note": TYPED_ZH,
        }
        for year, value in values.items()
    ]
    kept = history.annual[~history.annual["year"].isin(values)]
    annual = (
        pd.concat([kept, pd.DataFrame(rows)], ignore_index=True)
        if len(kept)
        else pd.DataFrame(rows)
    )
    return replace(history, annual=annual.sort_values("year", ignore_index=True))


def with_lines(
    catalog: Catalog, baseline: Projections, before: Histories, after: Histories
) -> Projections:
    """Project what was opened, and what follows from it."""
    own = {(region, name): one for region, held in baseline.items() for name, one in held.items()}
    opened = [name for name, one in after[JINSHAN].items() if one is not before[JINSHAN][name]]
    graph, held = catalog.identities(COMPUTED), after[JINSHAN]
    for name in graph.resting_on(opened):
        if held[name].values.empty and all(len(held[x].values) for x in graph.leaves(name)):
            own.pop((JINSHAN, name), None)  # it follows from its parts, its past too
    for name in opened:
        own[JINSHAN, name] = project_history(after[JINSHAN][name])
    return link(catalog.indicators, own)


def with_computed(
    catalog: Catalog, histories: Histories, baseline: Projections, opened: Iterable[str]
) -> Histories:
    """Add the yearly values that follow from what was typed, where a series holds none itself."""
    own = dict(histories[JINSHAN])
    for name in catalog.identities(COMPUTED).resting_on(opened):
        line = baseline[JINSHAN].get(name)
        if line is not None and own[name].values.empty and len(line.history):
            years = line.history.index.astype("int64")
            own[name] = _opened(own[name], dict(zip(years, line.history, strict=True)))
    return MappingProxyType({**histories, JINSHAN: MappingProxyType(own)})
