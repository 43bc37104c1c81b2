"""Check the blocks that an action declares: what they name exists and is of the right make."""

from collections.abc import Iterator, Mapping

from analytics.catalog.rules import resolve
from analytics.catalog.toml import CatalogError
from analytics.domain import (
    Action,
    AgainstCityBlock,
    DistrictsBlock,
    Indicator,
    LadderBlock,
    LandBlock,
    Lever,
    Measure,
    ReadingsBlock,
    SectorsBlock,
    ShareBlock,
    Target,
)

_FILE = "actions.toml"


def check_blocks(
    actions: Mapping[str, Action],
    indicators: Mapping[str, Indicator],
    targets: Mapping[str, Target],
    levers: Mapping[str, Lever],
) -> None:
    """Refuse a block that its page could not show; raise CatalogError naming file and key."""
    for action in actions.values():
        for number, block in enumerate(action.blocks):
            key = f"actions.{action.id}.blocks.{number}"
            match block:
                case ReadingsBlock():
                    _check_targeted(key, block.indicator, indicators, targets)
                case LandBlock():
                    _check_land(key, block, indicators, targets, levers)
                case AgainstCityBlock():
                    _check_against_city(key, block, targets)
                case ShareBlock():
                    _check_share(key, block, indicators, targets)
                case LadderBlock():
                    _check_ladder(key, block, action)
                case SectorsBlock():
                    for name in (block.whole, *block.parts):
                        resolve(_FILE, key, name, indicators)
                case DistrictsBlock():
                    for name in (*(x.indicator for x in block.series), block.growth):
                        resolve(_FILE, key, name, indicators)


def inputs_of(
    action: Action, indicators: Mapping[str, Indicator], targets: Mapping[str, Target]
) -> Iterator[str]:
    """Yield the district's indicators that an action's blocks draw on beside its targets."""
    for block in action.blocks:
        match block:
            case ReadingsBlock():
                yield block.indicator
            case LandBlock():
                yield from (*block.areas, *(density.indicator for density in block.densities))
            case SectorsBlock():
                yield from (block.whole, *block.parts)
            case ShareBlock():
                yield from part_and_whole(indicators[targets[block.target].indicator])


def part_and_whole(quotient: Indicator) -> tuple[str, str]:
    """Return the two indicators that a share or an output per land is made of."""
    if quotient.identity is None or quotient.identity.op != "ratio":
        raise ValueError(f"“{quotient.id}”不是两个指标之比")
    part, whole = quotient.identity.of
    return part, whole


def _checked_parts(key: str, quotient: Indicator) -> tuple[str, str]:
    try:
        return part_and_whole(quotient)
    except ValueError as error:
        raise CatalogError(_FILE, key, str(error)) from None


def _check_targeted(
    key: str, name: str, indicators: Mapping[str, Indicator], targets: Mapping[str, Target]
) -> None:
    resolve(_FILE, key, name, indicators)
    if not any(target.indicator == name for target in targets.values()):
        raise CatalogError(_FILE, key, f"“{name}”没有目标")


def _check_land(
    key: str,
    block: LandBlock,
    indicators: Mapping[str, Indicator],
    targets: Mapping[str, Target],
    levers: Mapping[str, Lever],
) -> None:
    for area in block.areas:
        _check_targeted(key, area, indicators, targets)
    resolve(_FILE, key, block.lever, levers)
    if levers[block.lever].applies_to not in block.areas:
        raise CatalogError(_FILE, key, f"“{block.lever}”不作用于所列的面积")
    for density in block.densities:
        resolve(_FILE, key, density.indicator, indicators)
        _, land = _checked_parts(key, indicators[density.indicator])
        moved = indicators[land].identity
        if moved is None or moved.op != "area_moved_by":
            raise CatalogError(_FILE, key, f"“{density.indicator}”的分母不随供地、腾退变动")


def _check_against_city(key: str, block: AgainstCityBlock, targets: Mapping[str, Target]) -> None:
    resolve(_FILE, key, block.target, targets)
    if targets[block.target].measure is not Measure.RELATIVE_TO_CITY:
        raise CatalogError(_FILE, key, f"“{block.target}”不是与全市相比的目标")


def _check_share(
    key: str,
    block: ShareBlock,
    indicators: Mapping[str, Indicator],
    targets: Mapping[str, Target],
) -> None:
    resolve(_FILE, key, block.target, targets)
    target = targets[block.target]
    _checked_parts(key, indicators[target.indicator])
    if target.value is None:
        raise CatalogError(_FILE, key, f"“{block.target}”没有数值，无从换算")


def _check_ladder(key: str, block: LadderBlock, action: Action) -> None:
    context = {one.indicator: one for one in action.context}
    for name in (*(step.indicator for step in block.steps), block.own):
        resolve(_FILE, key, name, context)
