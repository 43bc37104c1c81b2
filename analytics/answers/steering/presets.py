"""Presets: scenarios computed from a release by the rules of the catalog."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analytics import text_zh
from analytics.answers.steering.effort import Effort, least_effort
from analytics.answers.steering.influence import influences
from analytics.answers.steering.margin import Margin, margin
from analytics.answers.steering.rates import city_rate, projected_rate, setting_for
from analytics.catalog.levers import PERIODS
from analytics.domain import Lever, LeverClass, LeverEffect, Preset, PresetRule
from analytics.model.scenarios.levers import snapped
from analytics.model.scenarios.settings_zh import bound_zh
from analytics.workbench import Workbench

Found = tuple[dict[str, float], tuple[str, ...]]


@dataclass(frozen=True)
class PresetResult:
    """A preset on one release: sorted settings, and what the user must know of them."""

    name: str
    settings: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]
    rule_zh: str
    rationale_zh: str


def presets(bench: Workbench) -> tuple[PresetResult, ...]:
    """Compute every preset of the catalog; slow enough (a second) to be kept by the caller."""
    rules: dict[PresetRule, Callable[[Workbench, Preset, Effort], Found]] = {
        PresetRule.NOTHING: lambda *_: ({}, ()),
        PresetRule.REQUIRED: _required,
        PresetRule.PRESSED: _pressed,
        PresetRule.CAUTIOUS: _cautious,
        PresetRule.CITY_PACE: _city_pace,
    }
    effort = least_effort(bench, {}, bench.catalog.targets)
    found = []
    for preset in bench.catalog.presets.values():
        settings, notes = rules[preset.rule](bench, preset, effort)
        moved = tuple(sorted((name, value) for name, value in settings.items() if value))
        if preset.rule is not PresetRule.NOTHING and not moved:
            notes = (f"没有可调整的项：{_why_none(bench, effort)}", *notes)
        texts = (preset.rule_zh, preset.rationale_zh)
        found.append(PresetResult(preset.name_zh, moved, notes, *texts))
    return tuple(found)


def _why_none(bench: Workbench, effort: Effort) -> str:
    if len(effort.left_out) == len(bench.catalog.targets):
        return "现有数据不足以推算"
    return "能推算的目标，或已达到，或调到上限也达不到"


def _required(bench: Workbench, _: Preset, effort: Effort) -> Found:
    targets = bench.catalog.targets
    notes = []
    if effort.fractions:
        hardest, share = max(effort.fractions, key=lambda pair: pair[1])
        name = bench.catalog.levers[hardest].name_zh
        notes.append(f"最大的努力程度为{text_zh.percent(share, 0)}（{name}）")
    notes += [f"{targets[one.target_id].name_zh}{one.reason}" for one in effort.unreachable]
    missing = [(targets[name].name_zh, reason) for name, reason in effort.left_out]
    return dict(effort.on_step), (*notes, *_grouped(missing, "未计入"))


def _grouped(pairs: Iterable[tuple[str, str]], said: str) -> list[str]:
    """Write names with one reason as one line."""
    names: dict[str, dict[str, None]] = {}
    for name, reason in pairs:
        names.setdefault(reason, {})[name] = None
    return [f"{said}（{reason}）：{'、'.join(found)}" for reason, found in names.items()]


def _pressed(bench: Workbench, preset: Preset, effort: Effort) -> Found:
    settings = dict(effort.on_step)
    for lever in _useful(bench):
        if lever.lever_class is LeverClass.POLICY and lever.effect_sign:
            start = settings.get(lever.id, 0.0)
            bound = lever.maximum if lever.effect_sign > 0 else lever.minimum
            settings[lever.id] = snapped(lever, start + _number(preset.share) * (bound - start))
    return settings, ()


def _useful(bench: Workbench) -> Iterator[Lever]:
    """Yield the levers of the plan's own period that reach a target with an outlook."""
    targets = bench.catalog.targets
    open_ones = [x for x in targets if isinstance(margin(bench, {}, x), Margin)]
    useful = {name for x in open_ones for name in influences(bench, targets[x])}
    plan_end = PERIODS[0][1]
    for lever in bench.catalog.levers.values():
        if lever.id in useful and lever.last_year == plan_end:
            yield lever


def _cautious(bench: Workbench, preset: Preset, _: Effort) -> Found:
    settings, left, clipped = {}, [], []
    for lever in _useful(bench):
        name = _name(bench, lever)
        if not lever.effect_sign:
            left.append((name, "对目标的作用方向不定"))
            continue
        quantile = _number(preset.quantile)
        level = quantile if lever.effect_sign > 0 else 1 - quantile
        rate = _number(projected_rate(bench, lever, {}, level))
        value = snapped(lever, _number(setting_for(bench, lever, rate)))
        if value in (lever.minimum, lever.maximum):
            clipped.append((name, f"受限于{bound_zh(bench.catalog, lever, value)}"))
        if value * lever.effect_sign < 0:
            settings[lever.id] = value
        else:
            left.append((name, "预测没有离散，或不足一个步长"))
    return settings, (*_grouped(clipped, "取到边界"), *_grouped(left, "不动"))


def _city_pace(bench: Workbench, _: Preset, __: Effort) -> Found:
    settings, used, none = {}, {}, []
    for lever in bench.catalog.levers.values():
        policy = lever.lever_class is LeverClass.POLICY
        if not policy or lever.effect is not LeverEffect.GROWTH_PP:
            continue
        if projected_rate(bench, lever, {}) is None:
            continue
        rate, said = city_rate(bench, lever)
        if rate is None:
            none.append((_name(bench, lever), said))
            continue
        settings[lever.id] = snapped(lever, _number(setting_for(bench, lever, rate)))
        used[_name(bench, lever)] = f"全市{said}年均{text_zh.percent(rate, 1, signed=True)}"
    notes = [f"{name}：{text}" for name, text in used.items()]
    return settings, (*notes, *_grouped(none, "不动"))


def _number(value: float | None) -> float:
    """Return what the catalog declares for the rule, or what a lever with draws always has."""
    if value is None:
        raise ValueError("a preset's rule lacks its number")
    return value


def _name(bench: Workbench, lever: Lever) -> str:
    return bench.catalog.indicators[lever.applies_to].name_zh
