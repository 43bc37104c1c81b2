"""What the blocks particular to an action say."""

import pandas as pd

from analytics import text_zh
from analytics.answers.land import YEAR, diluted, median_at
from analytics.answers.narrative import verdicts_zh
from analytics.catalog.blocks import part_and_whole
from analytics.domain import (
    JINSHAN,
    MU_PER_SQUARE_KILOMETRE,
    SHANGHAI,
    AgainstCityBlock,
    LadderBlock,
    LandBlock,
    RowStatus,
    ShareBlock,
)
from analytics.model.projection.history import History
from analytics.workbench import View


def land_zh(view: View, block: LandBlock) -> list[str]:
    """Say how much land was supplied and cleared, and what more supply would dilute."""
    areas = [_area_zh(view, name) for name in block.areas]
    return areas + [_dilution_zh(view, block, x.indicator, x.name_zh) for x in block.densities]


def _area_zh(view: View, indicator_id: str) -> str:
    catalog = view.bench.catalog
    indicator = catalog.indicators[indicator_id]
    target = next(t for t in catalog.targets.values() if t.indicator == indicator_id)
    item = view.verdict(target.id)
    observed = item.observed
    if observed is None or observed.status is None:
        return f"{indicator.name_zh}：{text_zh.reasons_zh(item.reasons)}"
    square = text_zh.number(observed.value / MU_PER_SQUARE_KILOMETRE, 2)
    total = text_zh.quantity(observed.value, indicator.unit, 0)
    nature = text_zh.NATURE_ZH[observed.status]
    return (
        f"{indicator.name_zh}：{observed.year}年止累计{total}（{nature}，合{square}平方公里），"
        f"目标{verdicts_zh.target_zh(item)}；{verdicts_zh.effort(item, indicator)}"
    )


def _dilution_zh(view: View, block: LandBlock, density: str, name_zh: str) -> str:
    found = diluted(view, block, density)
    if found is None:
        return f"{name_zh}：没有可推算的历史，无法说明供地的影响"
    indicators = view.bench.catalog.indicators
    lever = view.bench.catalog.levers[block.lever]
    median = text_zh.quantity(found.median, indicators[density].unit)
    extra = text_zh.quantity(block.extra, indicators[lever.applies_to].unit, 0)
    change = text_zh.percent(found.change, 2, signed=True)
    return (
        f"{name_zh}：{YEAR}年{_ahead(view)}中位数{median}{_mark(view, density)}；"
        f"每年多供{extra}而产值不变时变动{change}"
    )


def against_city_zh(view: View, block: AgainstCityBlock) -> str:
    """Say where the moving benchmark stands."""
    target = view.bench.catalog.targets[block.target]
    indicator = view.bench.catalog.indicators[target.indicator]
    sides = [f"本区：{_newest_zh(view.bench.history(indicator.id))}"]
    if indicator.city_counterpart:
        city = view.bench.history(indicator.city_counterpart, SHANGHAI)
        sides.append(f"全市：{_newest_zh(city)}")
    why = text_zh.reasons_zh(view.verdict(target.id).reasons)
    return f"{'；'.join(sides)}。{why}"


def _newest_zh(history: History) -> str:
    """Write the newest exact figure with its year and nature."""
    if history.values.empty:
        return "无公布数据"
    indicator, year = history.indicator, int(history.values.index[-1])
    value = text_zh.quantity(history.values.iloc[-1], indicator.unit, indicator.decimals)
    return f"{year}年{value}（{text_zh.NATURE_ZH[history.status_by_year[year]]}）"


def share_zh(view: View, block: ShareBlock) -> str:
    """Say what part the target's share asks for, given the projected whole."""
    target = view.bench.catalog.targets[block.target]
    indicators, here = view.bench.catalog.indicators, view.projections[JINSHAN]
    part, whole = (indicators[x] for x in part_and_whole(indicators[target.indicator]))
    total = median_at(here[whole.id])
    if total is None or target.value is None:
        return f"没有可推算的{whole.name_zh}，无法换算所需的{part.name_zh}。"
    ahead, needed = _ahead(view), text_zh.quantity(total * target.value, part.unit)
    return (
        f"{YEAR}年{whole.name_zh}{ahead}中位数{text_zh.quantity(total, whole.unit)}"
        f"{_mark(view, whole.id)}，占比达到{text_zh.percent(target.value, 0)}"
        f"需{part.name_zh}{needed}；{part.name_zh}{ahead}中位数"
        f"{text_zh.quantity(median_at(here[part.id]), part.unit)}{_mark(view, part.id)}。"
    )


def ladder_zh(context: pd.DataFrame, block: LadderBlock) -> list[str]:
    """Write the newest city figure of every step, from the action's published context."""
    steps = ((x.name_zh, context[context["indicator_id"] == x.indicator]) for x in block.steps)
    return [_step_zh(name, rows) for name, rows in steps]


def ladder_note_zh(context: pd.DataFrame, block: LadderBlock) -> str:
    """Say what the district itself has published of the ladder."""
    if not (context["indicator_id"] == block.own).any():
        return "本区未公布各级家数，无法画出本区的漏斗。"
    return "本区只公布过专精特新企业数的累计增幅，各级家数未公布，无法画出本区的漏斗。"


def _step_zh(name: str, rows: pd.DataFrame) -> str:
    if rows.empty:
        return f"{name}：无公布数据"
    newest = rows.iloc[0]
    value = text_zh.quantity(newest["value"], newest["unit"], 0)
    nature = text_zh.NATURE_ZH[newest["status"]]
    year, source = newest["period_end"].year, text_zh.source_title(newest["source_title"])
    return f"{name}（全市）：{year}年{value}（{nature}），{source}"


def _ahead(view: View) -> str:
    return "情景" if view.moved else "预测"


def _mark(view: View, name: str) -> str:
    """Mark a projection that rests on illustrative rows, or on the growth of its kind."""
    illustrative = RowStatus.ILLUSTRATIVE in view.bench.history(name).statuses
    leaning = view.projections[JINSHAN][name].is_reference
    return ("（演示）" if illustrative else "") + (f"（{text_zh.REFERENCE}）" if leaning else "")
