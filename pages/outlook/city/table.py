"""The table of the 2035 page: every target against the city."""

from collections.abc import Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.reports.against_city import HORIZONS, Comparison
from analytics.domain import Reason, ReasonGiven
from analytics.model.draws.baseline import DISTRICT_WITH_CITY
from analytics.model.judgement.against_city import LeadChance
from pages.common.room import room
from pages.common.target_table import badge
from pages.common.text import cell, lines, plain, small, table
from pages.outlook.city import words

_HEAD, _ROW, _SHORT = 40, 60, 45  # pixels; a row is short whose reason stands below


def comparison_table(items: Sequence[Comparison], confidence: float) -> None:
    """Show one row a target: the lead so far, the lead still needed, the chances, the word."""
    shared = _shared(items)
    height = _HEAD + (_SHORT if shared else _ROW) * len(items)
    with room(height, "table"), st.container(key="comparison"):
        table([_row(item, confidence, shared) for item in items])
    if shared:
        st.caption(plain(words.OF_ALL.format(text_zh.reasons_zh(shared))))


def _shared(items: Sequence[Comparison]) -> list[ReasonGiven]:
    """Return why none of several targets can be judged: what holds of all is said once."""
    first, *others = items
    return [x for x in first.item.reasons if others and all(x in y.item.reasons for y in others)]


def _row(item: Comparison, confidence: float, shared: Sequence[ReasonGiven]) -> dict[str, str]:
    chances = {chance.year: chance for chance in item.chances}
    apart = {chance.year: chance for chance in item.apart}
    compared = f"对标：{item.city.indicator.name_zh}"
    row = {
        words.TARGET: cell(item.target.name_zh, compared),
        words.SO_FAR: _premium(item, confidence),
    }
    since = f"{item.path.since}年起算" if item.needed is not None else ""
    row[words.NEEDED] = cell(_points(item.needed), since)
    for year in HORIZONS:
        row[words.FASTER_BY.format(year)] = _chance(item, chances.get(year), apart.get(year))
    return row | {words.VERDICT: _judgement(item, shared)}


def _premium(item: Comparison, confidence: float) -> str:
    found = item.premium
    if found is None:
        return cell(
            text_zh.DASH, words.NO_BENCHMARK if item.city.values.empty else words.FEW_COMMON_YEARS
        )
    years = words.YEARS.format(text_zh.years(found.years), len(found.years))
    if found.interval is None:
        return cell(_points(found.rate), words.NO_INTERVAL.format(years))
    low, high = (text_zh.percent(x, signed=True).rstrip("%") for x in found.interval)
    about = words.INTERVAL.format(text_zh.percent(confidence, 0), low, high, years)
    return cell(_points(found.rate), about)


def _points(value: float | None) -> str:
    return text_zh.DASH if value is None else words.A_YEAR.format(text_zh.points(value))


def _chance(item: Comparison, chance: LeadChance | None, apart: LeadChance | None) -> str:
    if chance is None or apart is None:
        return text_zh.DASH
    alone = words.ALONE.format(text_zh.odds(apart.faster), text_zh.odds(apart.significant))
    mark = text_zh.reference(item.item.is_reference)
    said = words.SIGNIFICANT.format(text_zh.odds(chance.significant), alone, mark)
    return cell(text_zh.odds(chance.faster), said)


def _judgement(item: Comparison, shared: Sequence[ReasonGiven]) -> str:
    said = [str(item.standing)] if item.standing else []
    said.append(text_zh.reasons_zh(x for x in item.item.reasons if x not in shared))
    if item.city.values.empty and not item.item.lacks_benchmark:
        said.append(words.NO_CITY_VALUES)
    return lines(badge(item.item), small("；".join(text for text in said if text)))


def comparison_notes(items: Sequence[Comparison], *, demo: bool) -> None:
    """Mark illustrative data, explain the columns, and where a base year had to be moved."""
    if demo:
        st.caption(f"{text_zh.DEMO_MARK}。")
    moved = dict.fromkeys(
        text_zh.reason_zh(reason)
        for item in items
        for reason in item.path.reasons
        if reason.code is Reason.BASE_MOVED
    )
    said = words.READING.format(DISTRICT_WITH_CITY, "".join(f"{reason}。" for reason in moved))
    st.expander(words.HOW_TO_READ, icon=":material/info:", key="how_to_read").markdown(plain(said))
