"""Sentences in Chinese about what a scenario changes against the baseline."""

from collections.abc import Iterable

from analytics import text_zh
from analytics.domain import Verdict
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.early_warning import Chance, LastChance
from analytics.model.judgement.joint import Outlook

_NAMED = 2  # changed verdicts that are spelled out
_SMALLEST = 0.001  # joint probability that is printed


def change_zh(
    pairs: Iterable[tuple[Assessment, Assessment]], outlook: Outlook, before: Outlook
) -> str:
    """Say what changes from the baseline (first of each pair) to the scenario (second).

    Pairs are of the targets that it touches.
    """
    pairs = list(pairs)
    if not pairs:
        return "与基准相比：所作调整不影响本页各项目标。"
    if all(item.verdict is Verdict.NO_DATA for pair in pairs for item in pair):
        return "与基准相比：数据不足，看不出所作调整的作用。"
    parts = [_verdicts(pairs), _largest(pairs), _together(outlook, before)]
    return f"与基准相比：{'；'.join(part for part in parts if part)}。"


def warning_zh(chance: LastChance | None, *, moved: bool) -> str:
    """Say until when a target can still be met; what a scenario meets, the trend need not."""
    if chance is None:
        return ""
    if moved and chance.chance is Chance.SAFE:
        return "按本情景可按期达到"
    return chance.text_zh


def _verdicts(pairs: list[tuple[Assessment, Assessment]]) -> str:
    changed = [(old, new) for old, new in pairs if old.verdict is not new.verdict]
    if not changed:
        return "各项判断不变"
    named = "，".join(
        f"{new.target.name_zh}由“{old.verdict}”变为“{new.verdict}”" for old, new in changed[:_NAMED]
    )
    more = f"等{len(changed)}项判断改变" if len(changed) > _NAMED else ""
    return named + more


def _largest(pairs: list[tuple[Assessment, Assessment]]) -> str:
    known = [
        (new.target.name_zh, old.probability, new.probability)
        for old, new in pairs
        if old.probability is not None and new.probability is not None
    ]
    if not known:
        return ""
    name, before, after = max(known, key=lambda one: abs(one[2] - one[1]))
    if before == after:
        return "达成概率不变"
    then, now = (text_zh.percent(share, 0) for share in (before, after))
    change = text_zh.number(text_zh.points_between(before, after), 0, signed=True)
    return f"达成概率变动最大的是{name}，{then}→{now}（{change}个百分点）"


def _together(outlook: Outlook, before: Outlook) -> str:
    if outlook.joint is None or before.joint is None:
        return ""
    then, now = (text_zh.number(one.expected, 1) for one in (before, outlook))
    number = f"预计达成仍约{now}项" if then == now else f"预计达成{then}→{now}项"
    old, new = before.joint.probability, outlook.joint.probability
    if max(old, new) < _SMALLEST:
        return f"{number}，全部达成的概率均不到{text_zh.percent(_SMALLEST, 1)}"
    return f"{number}，全部达成的概率{text_zh.percent(old, 1)}→{text_zh.percent(new, 1)}"
