"""Load what a scenario may hold: levers, stress tests and the rules of the presets."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from analytics.catalog.rules import check_codes, check_lever, check_preset, check_stress, resolve
from analytics.catalog.toml import read, record, tables_of
from analytics.domain import (
    Adjustable,
    Frozen,
    Indicator,
    Lever,
    LeverClass,
    LeverEffect,
    Preset,
    Stress,
)
from analytics.text_zh import span

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
    levers: Mapping[str, Lever], stresses: Mapping[str, Stress]
) -> dict[str, Adjustable]:
    """Join what settings may name; no two share a code."""
    check_codes((*levers.values(), *stresses.values()))
    return {**levers, **stresses}
