"""What a scenario does to the plan, said at once: its lever, who gains and who loses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Adjustable, Target
from analytics.model.judgement.assessment import Assessment
from analytics.model.scenarios.applied import changed_by
from analytics.model.scenarios.settings_zh import done_zh
from analytics.workbench import View

COUNTS = 0.01  # a smaller change of a probability is not worth a word
_ROUNDING = 1e-9
_NAMED = 2  # settings spelled out


@dataclass(frozen=True)
class Change:
    """One target's probability before and after."""

    target: Target
    before: float
    after: float

    @property
    def by(self) -> float:
        """Return what the probability gains, a fraction."""
        return self.after - self.before

    @property
    def counts(self) -> bool:
        """Tell whether it is a point or more."""
        return abs(self.by) >= COUNTS - _ROUNDING

    @property
    def text_zh(self) -> str:
        """Say the target with both odds."""
        way = "升" if self.by > 0 else "降"
        old, new = (text_zh.odds_said(share) for share in (self.before, self.after))
        return f"{verdicts_zh.aim_zh(self.target)}的可能性由{old}{way}至{new}"


@dataclass(frozen=True)
class Effect:
    """What changes on a plan: probabilities by a point or more, and verdicts."""

    risers: tuple[Change, ...]  # the largest first
    fallers: tuple[Change, ...]
    turned: int  # verdicts that are another
    known: int  # targets with a probability on both sides
    gained: tuple[Assessment, ...] = ()  # with one only now: an assumed start gives it


def effect(pairs: Iterable[tuple[Assessment, Assessment]]) -> Effect:
    """Set the baseline's verdict (first of each pair) against the scenario's (second)."""
    pairs = list(pairs)
    changes = [
        Change(new.target, old.probability, new.probability)
        for old, new in pairs
        if old.probability is not None and new.probability is not None
    ]
    counted = sorted((one for one in changes if one.counts), key=lambda one: -abs(one.by))
    return Effect(
        risers=tuple(one for one in counted if one.by > 0),
        fallers=tuple(one for one in counted if one.by < 0),
        turned=sum(old.verdict is not new.verdict for old, new in pairs),
        known=len(changes),
        gained=tuple(
            new for old, new in pairs if old.probability is None and new.probability is not None
        ),
    )


def effect_of(before: View, after: View) -> Effect:
    """Return what a scenario changes on the whole plan."""
    return effect(zip(before.verdicts().values(), after.verdicts().values(), strict=True))


def effect_zh(before: View, after: View) -> str:
    """Say what a scenario does: what is moved, who gains most, who loses most, how many more."""
    found = effect_of(before, after)
    extremes = (*found.risers[:1], *found.fallers[:1])
    moved = moved_zh(after, [one.target for one in extremes])
    return f"{moved}后，{_who(found)}{_counted(found)}。"


def _who(found: Effect) -> str:
    if not found.known:
        return _gained_zh(found.gained)
    if not found.risers and not found.fallers:
        return "各项目标的达成概率变动都不到1个百分点"
    first = [one.text_zh for one in (*found.risers[:1], *found.fallers[:1])]
    if not found.fallers:
        return f"{first[0]}，没有目标的可能性因此下降"
    if not found.risers:
        return f"{first[0]}，没有目标的可能性因此上升"
    return f"{first[0]}；但{first[1]}"


def _gained_zh(gained: Sequence[Assessment]) -> str:
    """Say what can be judged now, where nothing could before; one target with its odds."""
    if not gained:
        return "目标均无概率，不作比较"
    first = gained[0]
    odds = text_zh.odds_said(first.probability or 0.0)
    rest = f"等{len(gained)}项可作判断" if len(gained) > 1 else ""
    return f"{verdicts_zh.aim_zh(first.target)}的可能性为{odds}{rest}；基准下均无概率，不作比较"


def _counted(found: Effect) -> str:
    """Count all changes, where there are more than those named."""
    said = []
    if len(found.risers) > 1 or len(found.fallers) > 1:
        said.append(f"共{len(found.risers)}项上升、{len(found.fallers)}项下降1个百分点以上")
    if found.turned:
        said.append(f"{found.turned}项判断改变")
    return f"。{'，'.join(said)}" if said else ""


def moved_zh(view: View, targets: Sequence[Target]) -> str:
    """Name what a scenario moves, what acts on these targets first."""
    catalog, settings = view.bench.catalog, view.settings
    acting = [x for target in targets for x in _acting(view, target)[:1]]
    words = dict.fromkeys(
        done_zh(catalog, catalog.adjustables[name], settings[name]) for name in (*acting, *settings)
    )
    named = "、".join(list(words)[:_NAMED])
    return f"{named}等{len(words)}项调整" if len(words) > _NAMED else named


def _acting(view: View, target: Target) -> list[str]:
    """Return the settings that move a target, those on its own indicator first."""
    catalog, inputs = view.bench.catalog, view.bench.inputs(target)
    reached = {
        name: changed_by(catalog, view.bench.stress_effects, {name: value})
        for name, value in view.settings.items()
    }
    resting = catalog.identities().resting_on
    acting = [x for x, changed in reached.items() if not inputs.isdisjoint(resting(changed))]
    return sorted(acting, key=lambda name: not _is_own(catalog.adjustables[name], target))


def _is_own(one: Adjustable, target: Target) -> bool:
    return one.applies_to == target.indicator
