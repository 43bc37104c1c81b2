"""Scenarios side by side: what they assume, what comes of it, and what they change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics import text_zh
from analytics.catalog.load import Catalog
from analytics.domain import Adjustable, LeverClass, Scenario, Stress, Target
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.joint import Outlook
from analytics.model.scenarios.settings_zh import setting_zh
from analytics.workbench import View, Workbench

WHOLE_PLAN = "全部目标"
MOST_NAMED = 3  # assumptions named in a sentence


@dataclass(frozen=True)
class AssumptionRow:
    """One setting in every scenario, in code units and as shown."""

    id: str
    name_zh: str
    policy: bool
    changed: bool
    values: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """One target in one scenario; changes are against 基准, None where either is unknown."""

    assessment: Assessment
    median_change: float | None
    probability_change: float | None
    before: Assessment

    @property
    def verdict_changed(self) -> bool:
        """Tell whether the word for the target differs from 基准's."""
        return self.assessment.verdict is not self.before.verdict


@dataclass(frozen=True)
class VerdictRow:
    """One target in every scenario."""

    target: Target
    outcomes: tuple[Outcome, ...]

    @property
    def changed(self) -> bool:
        """Tell whether any scenario moves the target's outlook."""
        return any(one.median_change or one.probability_change for one in self.outcomes)


@dataclass(frozen=True)
class JointOutcome:
    """Targets of an action together; changes are against 基准."""

    outlook: Outlook
    probability_change: float | None
    expected_change: float | None


@dataclass(frozen=True)
class JointRow:
    """One action, or the whole plan, in every scenario."""

    action_id: str | None
    name_zh: str
    outcomes: tuple[JointOutcome, ...]


@dataclass(frozen=True)
class AssumptionEffect:
    """What a scenario's assumptions do without its policy levers."""

    settings: Mapping[str, float]
    rows: tuple[VerdictRow, ...]  # targets that they move, one outcome each
    expected_change: float | None  # of the number of targets met
    sentence_zh: str


def views(bench: Workbench, scenarios: Sequence[Scenario]) -> tuple[View, tuple[View, ...]]:
    """Open 基准 and every scenario on one release; what no lever touches is shared."""
    base = bench.view({})
    return base, tuple(bench.view(dict(one.settings), base) for one in scenarios)


def assumption_rows(
    catalog: Catalog, scenarios: Sequence[Scenario], *, unchanged: bool = False
) -> tuple[AssumptionRow, ...]:
    """List what the scenarios set: policy, then assumptions, the changed ones first in each."""
    settings = [dict(one.settings) for one in scenarios]
    rows = [_assumption(catalog, one, settings) for one in catalog.adjustables.values()]
    kept = [row for row in rows if row.changed or (unchanged and row.id not in catalog.starts)]
    return tuple(sorted(kept, key=lambda row: (not row.policy, not row.changed)))


def _assumption(
    catalog: Catalog, one: Adjustable, settings: list[dict[str, float]]
) -> AssumptionRow:
    values = tuple(each.get(one.id, 0.0) for each in settings)
    return AssumptionRow(
        id=one.id,
        name_zh=one.name_zh,
        policy=one.lever_class is LeverClass.POLICY,
        changed=any(values),
        values=values,
        texts=tuple(setting_zh(catalog, one, value) for value in values),
    )


def verdict_rows(base: View, scenarios: Sequence[View]) -> tuple[VerdictRow, ...]:
    """Judge every target in every scenario, in the plan's order."""
    return tuple(
        VerdictRow(target, tuple(_outcome(base, view, target.id) for view in scenarios))
        for target in base.bench.catalog.targets.values()
    )


def _outcome(base: View, view: View, target_id: str) -> Outcome:
    before, after = base.verdict(target_id), view.verdict(target_id)
    return Outcome(
        assessment=after,
        median_change=_change(before.median, after.median),
        probability_change=_change(before.probability, after.probability),
        before=before,
    )


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def joint_rows(base: View, scenarios: Sequence[View]) -> tuple[JointRow, ...]:
    """Say how each action's open targets stand together, then the whole plan's."""
    actions = base.bench.catalog.actions.values()
    wanted = [(action.id, action.name_zh) for action in actions] + [(None, WHOLE_PLAN)]
    return tuple(
        JointRow(name, text, tuple(_joint(base, view, name) for view in scenarios))
        for name, text in wanted
    )


def _joint(base: View, view: View, action_id: str | None) -> JointOutcome:
    before, after = base.outlook(action_id), view.outlook(action_id)
    chance = _change(_all_met(before), _all_met(after))
    return JointOutcome(after, chance, _change(before.expected, after.expected))


def _all_met(outlook: Outlook) -> float | None:
    return None if outlook.joint is None else outlook.joint.probability


def only(catalog: Catalog, settings: Mapping[str, float], kind: LeverClass) -> dict[str, float]:
    """Return the settings of one class; stress tests are assumptions."""
    return {
        name: value
        for name, value in settings.items()
        if value and catalog.adjustables[name].lever_class is kind
    }


def assumption_effect(base: View, settings: Mapping[str, float]) -> AssumptionEffect:
    """Say what the assumptions of a scenario change by themselves."""
    catalog = base.bench.catalog
    assumed = only(catalog, settings, LeverClass.ASSUMPTION)
    if not assumed:
        return AssumptionEffect({}, (), None, "本情景没有改变任何假设。")
    view = base.bench.view(assumed, base)
    rows = tuple(row for row in verdict_rows(base, (view,)) if row.changed)
    before, after = base.outlook().expected, view.outlook().expected
    sentence = _assumption_sentence(catalog, assumed, rows, before, after)
    return AssumptionEffect(assumed, rows, _change(before, after), sentence)


def _assumption_sentence(
    catalog: Catalog,
    assumed: Mapping[str, float],
    rows: tuple[VerdictRow, ...],
    before: float | None,
    after: float | None,
) -> str:
    named = [catalog.adjustables[name] for name in list(assumed)[:MOST_NAMED]]
    texts = [
        one.name_zh
        if isinstance(one, Stress)
        else f"{one.name_zh}{setting_zh(catalog, one, assumed[one.id])}"
        for one in named
    ]
    more = f"等{len(assumed)}项" if len(assumed) > MOST_NAMED else ""
    lead = f"仅假设变动（{'；'.join(texts)}{more}）"
    if not rows:
        return f"{lead}：不改变任何目标的预测。"
    text = f"{lead}：影响{len(rows)}项目标"
    if before is not None and after is not None:
        numbers = (text_zh.number(before, 1), text_zh.number(after, 1))
        text += f"，预期达成的目标数由{numbers[0]}项变为{numbers[1]}项"
    return f"{text}。"
