"""Rules that hold between catalog entries; each raises CatalogError naming file and key."""

import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError
from typing import Any

from analytics.catalog.identity_graph import IdentityGraph
from analytics.catalog.toml import PROBLEMS, CatalogError
from analytics.domain import (
    COMPUTED,
    Action,
    Indicator,
    Kind,
    Lever,
    LeverEffect,
    Preset,
    PresetRule,
    Prior,
    Stress,
)

SIZES = {  # how many indicators an identity is made of: least, most
    "ratio": (2, 2),
    "same": (1, 1),
    "at_least": (1, 1),
    "area_moved_by": (2, 2),  # what adds to the area, what takes away
    "sum": (2, None),
    "count_over_threshold": (1, None),
}
_OWN_PRIOR = {Kind.SHARE: Prior.SHARE, Kind.COUNT: Prior.COUNT}


def resolve(file: str, key: str, name: str, known: Mapping[str, Any]) -> None:
    """Raise unless ``name`` is declared."""
    if name not in known:
        raise CatalogError(file, key, f"“{name}”没有定义")


def check_indicators(indicators: Mapping[str, Indicator]) -> None:
    """Check that counterparts and identities lead to declared indicators, without a circle."""
    file, graph = "indicators.toml", IdentityGraph(indicators)
    for key, indicator in indicators.items():
        if indicator.city_counterpart is not None:
            city = indicator.city_counterpart
            resolve(file, f"indicators.{key}.city_counterpart", city, indicators)
        for part in graph.parts_of(key):
            resolve(file, f"indicators.{key}.identity.of", part, indicators)
        _check_identity(indicator)
        _check_prior(indicator)
    _check_names(indicators)
    _check_no_circle(graph, indicators)


def _check_names(indicators: Mapping[str, Indicator]) -> None:
    """Check that no name of one indicator is another's: a table must mean one of them."""
    owners = {item.name_zh: key for key, item in indicators.items()}
    for key, item in indicators.items():
        for name in item.aliases:
            if owners.setdefault(name, key) != key:
                problem = f"“{name}”已是 {owners[name]} 的名称"
                raise CatalogError("indicators.toml", f"indicators.{key}.aliases", problem)


def _check_prior(indicator: Indicator) -> None:
    """Published growth is not projected; shares and counts have a pool of their own."""
    path = f"indicators.{indicator.id}.prior"
    if indicator.kind is Kind.GROWTH:
        if indicator.prior is not None:
            raise CatalogError("indicators.toml", path, "公布的增速不作推算，不设增长先验")
        return
    if indicator.prior is None:
        raise CatalogError("indicators.toml", path, PROBLEMS["missing"])
    own = _OWN_PRIOR.get(indicator.kind)
    fits = indicator.prior is own if own else indicator.prior not in _OWN_PRIOR.values()
    if not fits:
        problem = f"“{indicator.prior}”不适用于类型 {indicator.kind}"
        raise CatalogError("indicators.toml", path, problem)


def _check_identity(indicator: Indicator) -> None:
    identity = indicator.identity
    if identity is None:
        return
    file, path = "indicators.toml", f"indicators.{indicator.id}.identity"
    if identity.op not in SIZES:
        problem = f"取值“{identity.op}”无效，应为 {', '.join(SIZES)} 之一"
        raise CatalogError(file, f"{path}.op", problem)
    least, most = SIZES[identity.op]
    if len(identity.of) < least or (most and len(identity.of) > most):
        raise CatalogError(file, f"{path}.of", "组成指标的个数不对")
    counted = identity.op == "count_over_threshold"
    if counted != (identity.threshold is not None):
        problem = PROBLEMS["missing"] if counted else "只有 count_over_threshold 有阈值"
        raise CatalogError(file, f"{path}.threshold", problem)


def _check_no_circle(graph: IdentityGraph, indicators: Mapping[str, Indicator]) -> None:
    try:
        list(graph.parts_first())
    except CycleError as error:
        around = error.args[1]
        first = next(key for key in indicators if key in around)
        problem = f"恒等式循环引用自身（{'→'.join(reversed(around))}）"
        raise CatalogError("indicators.toml", f"indicators.{first}.identity.of", problem) from None


def check_actions(actions: Mapping[str, Action]) -> None:
    """Check that no two actions share a page script or an address."""
    for field in ("page", "url_path"):
        seen: set[str] = set()
        for key, action in actions.items():
            value = getattr(action, field)
            if value in seen:
                raise CatalogError("actions.toml", f"actions.{key}.{field}", f"“{value}”重复")
            seen.add(value)


def check_lever(lever: Lever, indicator: Indicator) -> None:
    """Check a lever's range, and that it moves something no identity computes."""
    file, path = "levers.toml", f"levers.{indicator.id}"
    if indicator.identity is not None and indicator.identity.op in COMPUTED:
        raise CatalogError(file, path, "由其他指标算出的指标不设调节项")
    if indicator.kind == Kind.COUNT and lever.effect == LeverEffect.FLOW:
        for field in ("minimum", "maximum", "step"):
            if not getattr(lever, field).is_integer():
                raise CatalogError(file, f"{path}.{field}", "计数指标须为整数")
    _check_range(lever, path)
    if not lever.step <= lever.move <= min(lever.maximum, -lever.minimum):
        raise CatalogError(file, f"{path}.move", "敏感性的一次变动须不小于步长且不超出取值范围")
    if lever.effect_sign not in (-1, 0, 1):
        raise CatalogError(file, f"{path}.effect_sign", "应为 1、0 或 −1")
    if not lever.rationale_zh.strip():
        raise CatalogError(file, f"{path}.rationale_zh", "取值范围须写明依据")


def _check_range(lever: Lever, path: str) -> None:
    file = "levers.toml"
    if not lever.minimum < 0 < lever.maximum:
        raise CatalogError(file, f"{path}.minimum", "取值范围须跨过 0")
    if not 0 < lever.step <= lever.maximum - lever.minimum:
        raise CatalogError(file, f"{path}.step", "步长须为正且不大于取值范围")
    for field in ("minimum", "maximum"):
        steps = getattr(lever, field) / lever.step
        if abs(steps - round(steps)) > 1e-6:
            raise CatalogError(file, f"{path}.{field}", "须为步长的整数倍")


def check_codes(adjustables: Iterable[Lever | Stress]) -> None:
    """Check that the short names in links are well formed and each given once."""
    seen: set[str] = set()
    for one in adjustables:
        lever = isinstance(one, Lever)
        file = "levers.toml" if lever else "stresses.toml"
        key = f"levers.{one.applies_to}" if lever else f"stresses.{one.id.partition('.')[2]}"
        if not re.fullmatch(r"[a-z]{1,3}\d{2}", one.code):
            raise CatalogError(file, f"{key}.code", "应为1—3个小写字母（压力测试另加两位数字）")
        if one.code in seen:
            raise CatalogError(file, f"{key}.code", f"“{one.code}”重复")
        seen.add(one.code)


def check_stress(stress: Stress, path: str, indicators: Mapping[str, Indicator]) -> None:
    """Check that a stress test hits declared series by one stated rule."""
    file = "stresses.toml"
    for field in ("applies_to", "passes_to"):
        for name in getattr(stress, field):
            resolve(file, f"{path}.{field}", name, indicators)
            identity = indicators[name].identity
            if identity is not None and identity.op in COMPUTED:
                problem = f"“{name}”由其他指标算出，不能直接受冲击"
                raise CatalogError(file, f"{path}.{field}", problem)
    if (stress.repeats is None) == (stress.shock is None):
        raise CatalogError(file, path, "须在 repeats 与 shock 中恰好写明一项")
    if (stress.repeats is None) != (not stress.against):
        raise CatalogError(file, f"{path}.against", "重演某年须写明与哪些年份比较，其他情形不写")
    if stress.shock is not None and not -1 < stress.shock < 0:
        raise CatalogError(file, f"{path}.shock", "应为 −1 与 0 之间的小数")
    if not stress.basis_zh.strip() or not stress.rationale_zh.strip():
        raise CatalogError(file, path, "须写明来源或“设定假设”，以及依据")


NEEDED = {  # the numbers a preset's rule is stated with
    PresetRule.PRESSED: ("share",),
    PresetRule.CAUTIOUS: ("quantile",),
}


def check_preset(preset: Preset, path: str) -> None:
    """Check that a preset states the numbers of its rule, and no others."""
    file = "presets.toml"
    for field in ("share", "quantile"):
        value, needed = getattr(preset, field), field in NEEDED.get(preset.rule, ())
        if (value is not None) != needed:
            problem = PROBLEMS["missing"] if needed else "这一规则不用此项"
            raise CatalogError(file, f"{path}.{field}", problem)
    for field in ("share", "quantile"):
        if not 0 < (getattr(preset, field) or 0.5) < 1:
            raise CatalogError(file, f"{path}.{field}", "应为 0 与 1 之间的小数")
