"""Load the declared part of the project: ``data/catalog/*.toml`` -> frozen types.

Loading is strict. An unknown or missing key, a value of the wrong type, a repeated id or a
reference that leads nowhere raises :class:`CatalogError`, whose message names file and key.
"""

import copyreg
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator

from analytics.catalog.blocks import check_blocks
from analytics.catalog.identity_graph import IdentityGraph
from analytics.catalog.levers import adjustables, load_levers, load_presets, load_stresses, starts
from analytics.catalog.rules import check_actions, check_indicators
from analytics.catalog.targets import (
    RestatementEntry,
    TargetEntry,
    check_target,
    check_targets,
)
from analytics.catalog.toml import FOLDER, CatalogError, read, record, tables_of
from analytics.domain import (
    COMPUTED,
    FRACTION,
    TARGET_TYPES,
    Action,
    Adjustable,
    Clause,
    Frozen,
    Indicator,
    Lever,
    Preset,
    Restatement,
    Source,
    Start,
    Stress,
    Target,
)
from analytics.remembered import Remembering, remembered

__all__ = ["Catalog", "CatalogError", "SourceRules", "load_catalog"]

T = TypeVar("T")
ReadOnly = Annotated[Mapping[str, T], AfterValidator(MappingProxyType)]


def _view(declared: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(declared)


# a catalog goes along to the process that checks imports
copyreg.pickle(MappingProxyType, lambda view: (_view, (dict(view),)))


class SourceRules(Frozen):
    """What holds for all sources, and which publishers count as official."""

    licence: str
    notes: tuple[str, ...]
    official_domains: tuple[str, ...]
    secondhand_markers: tuple[str, ...]

    def is_official(self, url: str, title: str = "") -> bool:
        """Tell whether a page is a government's own publication."""
        host = (urlsplit(url).hostname or "").rstrip(".")
        listed = any(host == d or host.endswith(f".{d}") for d in self.official_domains)
        return listed and not any(marker in title for marker in self.secondhand_markers)


class Catalog(Frozen, Remembering):
    """Everything declared, by id and in the order of the files."""

    indicators: ReadOnly[Indicator]
    actions: ReadOnly[Action]
    targets: ReadOnly[Target]
    levers: ReadOnly[Lever]
    stresses: ReadOnly[Stress]
    starts: ReadOnly[Start]
    adjustables: ReadOnly[Adjustable]  # levers, stress tests, starts: what settings may name
    presets: ReadOnly[Preset]
    sources: ReadOnly[Source]
    source_rules: SourceRules

    def __getstate__(self) -> dict[Any, Any]:
        """Leave out what is remembered: it is worked out anew where the catalog is unpacked."""
        declared = {name: self.__dict__[name] for name in type(self).model_fields}
        return {**super().__getstate__(), "__dict__": declared}

    def __copy__(self) -> Self:
        """Copy without the answers, which are about the original's levers."""
        copied = super().__copy__()
        for remembered_there in ("answers", "remembering"):
            copied.__dict__.pop(remembered_there, None)
        return copied

    @remembered()
    def identities(self, ops: tuple[str, ...] | None = None) -> IdentityGraph:
        """Return what is made of what, by identities of these kinds or of all."""
        return IdentityGraph(self.indicators, ops)

    def targets_of(self, action: str) -> tuple[Target, ...]:
        """Return the targets of an action in the plan's order."""
        return tuple(t for t in self.targets.values() if t.action == action)

    def components_of(self, indicator: str) -> tuple[str, ...]:
        """Return the indicators that move this one: itself, or what it is computed from."""
        areas = self.identities(("area_moved_by",))
        leaves = self.identities(COMPUTED).leaves(indicator)
        return tuple(dict.fromkeys(x for leaf in leaves for x in (leaf, *areas.parts_of(leaf))))

    @remembered()
    def levers_of(self, indicator: str) -> tuple[Lever, ...]:
        """Return the levers that move an indicator, directly or through its components."""
        movers = self.components_of(indicator)
        return tuple(x for m in movers for x in self.levers.values() if x.applies_to == m)


def load_catalog(root: Path) -> Catalog:
    """Read and check the catalog of the project at ``root``; raise CatalogError."""
    folder = root / FOLDER
    indicators = _indicators(folder)
    actions = _actions(folder)
    targets = _targets(folder)
    sources, rules = _sources(folder)
    check_indicators(indicators)
    check_actions(actions)
    check_targets(targets, indicators, actions)
    levers, stresses = load_levers(folder, indicators), load_stresses(folder, indicators)
    check_blocks(actions, indicators, targets, levers)
    typed = starts(indicators, targets.values())
    return Catalog(
        indicators=indicators,
        actions=actions,
        targets=targets,
        levers=levers,
        stresses=stresses,
        starts=typed,
        adjustables=adjustables(levers, stresses, typed),
        presets=load_presets(folder),
        sources=sources,
        source_rules=rules,
    )


def _indicators(folder: Path) -> dict[str, Indicator]:
    file = "indicators.toml"
    return {
        key: record(Indicator, file, f"indicators.{key}", table, id=key)
        for key, table in tables_of(read(folder, file), file)
    }


def _actions(folder: Path) -> dict[str, Action]:
    file = "actions.toml"
    return {
        key: record(Action, file, f"actions.{key}", table, id=key, order=order)
        for order, (key, table) in enumerate(tables_of(read(folder, file), file), start=1)
    }


def _targets(folder: Path) -> dict[str, Target]:
    file = "targets.toml"
    targets = {}
    for order, (key, table) in enumerate(tables_of(read(folder, file), file), start=1):
        entry = record(TargetEntry, file, f"targets.{key}", table)
        check_target(entry, f"targets.{key}")
        targets[key] = _target(entry, key, order)
    return targets


def _target(entry: TargetEntry, key: str, order: int) -> Target:
    """Make a checked entry a target of its measure, in code units."""
    kind = TARGET_TYPES[entry.measure]
    changed = {"value", "value_high", "unit", "section", "wording", "restated"}
    as_is = entry.model_dump(include=set(kind.model_fields), exclude=changed)
    return kind(
        id=key,
        order=order,
        value=_in_code_units(entry.value, entry.unit),
        value_high=_in_code_units(entry.value_high, entry.unit),
        unit=FRACTION if entry.unit == "%" else entry.unit,
        stated_value=entry.value,
        stated_high=entry.value_high,
        stated_unit=entry.unit,
        clause=Clause(section=entry.section, wording=entry.wording),
        restated=tuple(_restatement(entry, again) for again in entry.restated),
        **as_is,
    )


def _restatement(entry: TargetEntry, again: RestatementEntry) -> Restatement:
    value = entry.value if again.value is None else again.value
    return Restatement(
        clause=Clause(section=again.section, wording=again.wording),
        operator=again.operator or entry.operator,
        firmness=again.firmness or entry.firmness,
        value=_in_code_units(value, entry.unit),
        stated_value=value,
    )


def _in_code_units(value: float | None, unit: str) -> float | None:
    return value / 100 if value is not None and unit == "%" else value


def _sources(folder: Path) -> tuple[dict[str, Source], SourceRules]:
    file = "sources.toml"
    data = read(folder, file)
    shared = {key: value for key, value in data.items() if key != "sources"}
    rules = record(SourceRules, file, "", shared)
    listed = {key: value for key, value in data.items() if key == "sources"}
    sources = {
        key: record(Source, file, f"sources.{key}", {"licence": rules.licence} | table, id=key)
        for key, table in tables_of(listed, file)
    }
    return sources, rules
