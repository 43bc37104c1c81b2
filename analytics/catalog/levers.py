"""Load what a scenario may hold: levers, stress tests and the rules of the presets."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analytics.catalog.identity_graph import IdentityGraph
from analytics.catalog.rules import check_codes, check_lever, check_preset, check_stress, resolve
from analytics.catalog.toml import read, record, tables_of
from analytics.domain import (
    ASSUMED_BASE_YEAR,
    COMPUTED,
    FRACTION,
    Adjustable,
    Frozen,
    Indicator,
    Lever,
    LeverClass,
    LeverEffect,
    Preset,
    Start,
    Stress,
    Target,
)
from analytics.text_zh import span

START_YEARS = range(ASSUMED_BASE_YEAR, 2028)  # in which a start may be typed
LARGEST_START = 1e6
PERIODS = ((2025, 2027), (2028, 2035))  # a lever is set for each apart
EFFECT_LETTER = {LeverEffect.GROWTH_PP: "g", LeverEffect.LEVEL: "l", LeverEffect.FLOW: "f"}
EFFECT_ZH = {
    LeverEffect.GROWTH_PP: "年均增速增减",
    LeverEffect.LEVEL: "水平增减",
    LeverEffect.FLOW: "每年新增量增减",
}


class LeverEntry(Frozen):
    """A lever as written in TOML, before it is spread over the periods."""

    code: str
    effect: LeverEffect
    minimum: float
    maximum: float
    step: float
    move: float
    effect_sign: int = 1
    lever_class: LeverClass = LeverClass.POLICY
    rationale_zh: str


def starts(indicators: Mapping[str, Indicator], targets: Iterable[Target]) -> dict[str, Start]:
    """Return what may be typed as a start, in the years since the base: the targets' own series.

    Where a series is computed, what it is computed from; a share may be typed as such.
    """
    graph = IdentityGraph(indicators, COMPUTED)
    own = dict.fromkeys(target.indicator for target in targets)
    names = ((x,) if indicators[x].unit == FRACTION else graph.leaves(x) for x in own)
    found = {}
    for name in dict.fromkeys(leaf for leaves in names for leaf in leaves):
        one = indicators[name]
        for year in START_YEARS:
            start = _start(one, year)
            found[start.id] = start
    return found


def _start(indicator: Indicator, year: int) -> Start:
    share = indicator.unit == FRACTION
    return Start(
        id=f"start.{indicator.id}.{year}",
        name_zh=f"{indicator.name_zh}起点（{year}年）",
        code=f"start-{indicator.id.replace('_', '-')}-{year}",
        applies_to=indicator.id,
        year=year,
        maximum=1.0 if share else LARGEST_START,
        step=0.0001 if share else 10.0**-indicator.decimals,
        in_percent=share,
    )


def load_levers(folder: Path, indicators: Mapping[str, Indicator]) -> dict[str, Lever]:
    """Read the levers, two of each entry."""
    file = "levers.toml"
    levers: dict[str, Lever] = {}
    for key, table in tables_of(read(folder, file), file):
        entry = record(LeverEntry, file, f"levers.{key}", table)
        resolve(file, f"levers.{key}", key, indicators)
        pair = tuple(_spread(indicators[key], entry))
        check_lever(pair[0], indicators[key])
        levers |= {lever.id: lever for lever in pair}
    return levers


def named(indicator: Indicator, effect: LeverEffect, period_zh: str) -> str:
    """Name a lever by what it moves and when."""
    return f"{indicator.name_zh}{EFFECT_ZH[effect]}（{period_zh}）"


def _spread(indicator: Indicator, entry: LeverEntry) -> Iterator[Lever]:
    letter = EFFECT_LETTER[entry.effect]
    for first, last in PERIODS:
        yield Lever(
            id=f"{indicator.id}.{letter}{last}",
            name_zh=named(indicator, entry.effect, span(first, last)),
            applies_to=indicator.id,
            first_year=first,
            last_year=last,
            **entry.model_dump(exclude={"code"}),
            code=f"{entry.code}{last % 100}",
        )


def load_stresses(folder: Path, indicators: Mapping[str, Indicator]) -> dict[str, Stress]:
    """Read the stress tests; their ids begin with ``stress.`` to tell them from levers."""
    file = "stresses.toml"
    stresses = {}
    for key, table in tables_of(read(folder, file), file):
        stress = record(Stress, file, f"stresses.{key}", table, id=f"stress.{key}")
        check_stress(stress, f"stresses.{key}", indicators)
        stresses[stress.id] = stress
    return stresses


def load_presets(folder: Path) -> dict[str, Preset]:
    """Read the presets in their order."""
    file = "presets.toml"
    presets = {}
    for key, table in tables_of(read(folder, file), file):
        presets[key] = record(Preset, file, f"presets.{key}", table, id=key)
        check_preset(presets[key], f"presets.{key}")
    return presets


def adjustables(
    levers: Mapping[str, Lever], stresses: Mapping[str, Stress], typed: Mapping[str, Start]
) -> dict[str, Adjustable]:
    """Join what settings may name; no two share a code."""
    check_codes((*levers.values(), *stresses.values()))
    return {**levers, **stresses, **typed}
