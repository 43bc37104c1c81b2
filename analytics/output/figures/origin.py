"""Where a figure's numbers come from: natures, sources, definitions, assumptions."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from analytics import text_zh
from analytics.domain import Indicator, RowStatus, Scenario, Target
from analytics.model.judgement.assessment import Assessment
from analytics.model.projection.history import History
from analytics.model.scenarios.settings_zh import settings_of
from analytics.output.figures.figure import Assumption, Definition
from analytics.output.figures.note import SourceLine
from analytics.workbench import View, Workbench

_UNDATED = "日期未注明"
GENERATED = "为熟悉功能而生成的演示数据"  # no file of ours is a source to a reader


def ahead(view: View) -> str:
    """Name the nature of what lies ahead: projected, or projected under a scenario."""
    return "情景" if view.moved else "预测"


def ahead_of(view: View, item: Assessment) -> str:
    """Name the nature of one target's future, marked where its kind's growth stands in."""
    nature = ahead(view)
    return f"{nature}（{text_zh.REFERENCE}）" if item.is_reference else nature


def natures(statuses: Iterable[RowStatus], *more: str) -> tuple[str, ...]:
    """Name the natures of the rows in use in their usual order, then others."""
    used = set(statuses)
    return (*(name for status, name in text_zh.NATURE_ZH.items() if status in used), *more)


def histories_of(bench: Workbench, target: Target) -> tuple[History, ...]:
    """Return the histories a target is measured on, the district's first."""
    return tuple(bench.history(*side) for side in bench.sides(target))


def sources(histories: Iterable[History]) -> tuple[SourceLine, ...]:
    """List every source of the yearly rows once, the newest figures' first."""
    found: dict[SourceLine, None] = {}
    for history in histories:
        for row in history.annual.iloc[::-1].to_dict(orient="records"):
            found[_source(row)] = None
    return tuple(found)


def _source(row: Mapping[Hashable, Any]) -> SourceLine:
    status = RowStatus(row["status"])
    if status is RowStatus.ILLUSTRATIVE:
        return SourceLine(text_zh.NATURE_ZH[status], GENERATED, row["published_text"] or "生成")
    return SourceLine(
        text_zh.NATURE_ZH[status],
        text_zh.source_title(str(row["source_title"])),
        row["published_text"] or _UNDATED,
        row["source_url"] or "",
    )


def nature_by_year(histories: Sequence[History]) -> Mapping[int, str]:
    """Name the nature of each year's figure; two compared series are both named."""
    years = sorted({year for history in histories for year in history.status_by_year})
    return {
        year: "、".join(
            natures(x.status_by_year[year] for x in histories if year in x.status_by_year)
        )
        for year in years
    }


def definition(indicator: Indicator) -> Definition:
    """Say what an indicator means."""
    scope = "，".join(part for part in (indicator.scope, indicator.price_basis) if part)
    unit = text_zh.unit_zh(indicator.unit)
    return Definition(indicator.name_zh, unit, scope, indicator.definition_zh)


def definitions(histories: Iterable[History]) -> tuple[Definition, ...]:
    """Say what the indicators of a figure mean, each once."""
    return tuple(dict.fromkeys(definition(history.indicator) for history in histories))


def moved_settings(view: View) -> tuple[Assumption, ...]:
    """List every setting of an outlook, policy before assumption."""
    return settings_in(view.bench, Scenario(settings=tuple(sorted(view.settings.items()))))


def settings_in(bench: Workbench, scenario: Scenario) -> tuple[Assumption, ...]:
    """List every setting of a scenario, policy before assumption."""
    return tuple(
        Assumption(f"{one.name_zh}（{one.class_zh}，{one.period_zh}）", one.value_zh, one.why_zh)
        for one in settings_of(bench.catalog, scenario)
    )
