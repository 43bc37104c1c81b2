"""Sections of a briefing that are tables and notes; every cell is printed as on the page."""

from collections import Counter
from collections.abc import Iterable, Sequence

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Firmness, Indicator, Prospect, Scenario, Standing
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.ordering import counts
from analytics.model.scenarios.settings_zh import settings_of
from analytics.output.briefing.content import Block, Paragraph, Table
from analytics.output.figures import origin
from analytics.workbench import View, Workbench

TARGET_HEADER = ("指标名称", "目标", "最新值", "序时进度", "预计完成", "判断")
SHORT_HEADER = ("指标名称", "目标", "最新值", "前景与判断")
_SUMMARY = ("专项行动", "目标", *(verdicts_zh.GROUPS_ZH[one] for one in Prospect))
_SHORT_WIDTHS = (0.33, 0.2, 0.22, 0.25)
_TARGET_WIDTHS = (0.25, 0.14, 0.16, 0.13, 0.18, 0.14)


def summary(bench: Workbench, items: Sequence[Assessment]) -> list[Block]:
    """Count the targets of each action by how they stand."""
    actions = list(dict.fromkeys(item.target.action for item in items))
    groups = {
        bench.catalog.actions[one].name_zh: [x for x in items if x.target.action == one]
        for one in actions
    }
    if len(actions) > 1:
        groups["合计"] = list(items)
    rows = [(name, *_counts(group)) for name, group in groups.items()]
    held = [at for at in range(1, len(_SUMMARY)) if any(row[at] != text_zh.DASH for row in rows)]
    kept = [tuple(row[at] for at in (0, *held)) for row in (_SUMMARY, *rows)]
    caption = "各专项行动目标进展汇总（项）"
    return [Table(caption, kept[0], tuple(kept[1:]))] if items else []


def _counts(items: Sequence[Assessment]) -> tuple[str, ...]:
    found = (len(items), *counts(items).values())
    return tuple(str(number) if number else text_zh.DASH for number in found)


def target_table(view: View, items: Sequence[Assessment], caption: str, note: str) -> Table:
    """Lay out one row a target in the order of annual plan reports."""
    indicators = view.bench.catalog.indicators
    rows = tuple(_target_row(view, item, indicators[item.target.indicator]) for item in items)
    return Table(caption, TARGET_HEADER, rows, note, _TARGET_WIDTHS)


def _target_row(view: View, item: Assessment, indicator: Indicator) -> tuple[str, ...]:
    star = "★" if item.target.firmness is Firmness.ASPIRATION else ""
    outlook, spread = verdicts_zh.outlook_parts(item, indicator)
    likely = verdicts_zh.probability_zh(item)
    chance = f"达成概率{likely}" if item.probability is not None else ""
    over_methods = verdicts_zh.method_range_in(view, item)
    return (
        star + verdicts_zh.subject_zh(item.target),
        _lines(verdicts_zh.goal_zh(item.target), verdicts_zh.when_zh(item.target)),
        _lines(*verdicts_zh.latest_parts(item, indicator)),
        verdicts_zh.pace_zh(item, indicator),
        _lines(outlook, spread, chance, over_methods),
        str(item.verdict),
    )


def short_table(view: View, items: Sequence[Assessment], caption: str) -> Table:
    """Lay out one row a target with what a page has room for, both odds under a scenario."""
    indicators = view.bench.catalog.indicators
    rows = tuple(_short_row(view, item, indicators[item.target.indicator]) for item in items)
    note = "★为“力争、争取”类目标。" if any(row[0].startswith("★") for row in rows) else ""
    return Table(caption, SHORT_HEADER, rows, note, _SHORT_WIDTHS)


def _short_row(view: View, item: Assessment, indicator: Indicator) -> tuple[str, ...]:
    name, goal, latest, *_ = _target_row(view, item, indicator)
    return (name, goal, latest, _lines(_odds(view, item), str(item.verdict)))


def _odds(view: View, item: Assessment) -> str:
    """Write the probability, what it was without the scenario where that prints otherwise."""
    if item.probability is None:
        return ""
    now = verdicts_zh.probability_zh(item)
    before = view.before.verdict(item.target.id) if view.moved and view.before else item
    then = verdicts_zh.probability_zh(before)
    return f"达成概率{now}" if then == now else f"达成概率{then}→{now}"


def _lines(*parts: str) -> str:
    """Stack a figure and its notes in one cell."""
    return "\n".join(part for part in parts if part)


def target_note(*, moved: bool) -> str:
    """Explain the target table's columns as on the page."""
    ahead = "情景" if moved else "预测"
    return f"预计完成：到期年份{ahead}的中位数与80%区间。{verdicts_zh.pace_note_zh()}"


def comparison(before: View, items: Sequence[Assessment]) -> Block:
    """Set the scenario's outlook against the baseline's for the listed targets it moves."""
    pairs = [(before.verdict(item.target.id), item) for item in items]
    moved = [pair for pair in pairs if pair[0] != pair[1]]
    if not moved:
        return Paragraph("所列目标不受已调整各项的影响，预计完成与基准相同。")
    header = (
        *("指标名称", "基准预计完成", "情景预计完成"),
        *("基准达成概率", "情景达成概率", "判断"),
    )
    rows = tuple(_comparison_row(before.bench, *pair) for pair in moved)
    left = len(pairs) - len(moved)
    note = f"其余{left}项不受已调整各项的影响，未列。" if left else ""
    return Table("情景与基准对比", header, rows, note, (0.25, 0.16, 0.16, 0.14, 0.14, 0.15))


def _comparison_row(bench: Workbench, before: Assessment, after: Assessment) -> tuple[str, ...]:
    indicator = bench.catalog.indicators[after.target.indicator]
    same = before.verdict is after.verdict
    return (
        verdicts_zh.subject_zh(after.target),
        _lines(*verdicts_zh.outlook_parts(before, indicator)),
        _lines(*verdicts_zh.outlook_parts(after, indicator)),
        verdicts_zh.probability_zh(before),
        verdicts_zh.probability_zh(after),
        str(after.verdict) if same else f"{before.verdict}→{after.verdict}",
    )


def side_by_side(scenarios: Sequence[tuple[str, View]], items: Sequence[Assessment]) -> Block:
    """Set several scenarios side by side for the listed targets that differ among them."""
    indicators = scenarios[0][1].bench.catalog.indicators
    compared = [[view.verdict(item.target.id) for _, view in scenarios] for item in items]
    differing = [row for row in compared if any(one != row[0] for one in row)]
    if not differing:
        return Paragraph("所列目标在各情景下的预计完成相同。")
    rows = tuple(
        (
            verdicts_zh.subject_zh(row[0].target),
            *(_outcome(one, indicators[one.target.indicator]) for one in row),
        )
        for row in differing
    )
    left = len(items) - len(differing)
    note = f"其余{left}项各情景相同，未列。" if left else ""
    share = 0.75 / len(scenarios)
    header = ("指标名称", *(name for name, _ in scenarios))
    return Table("各情景预计完成", header, rows, note, (0.25, *(share for _ in scenarios)))


def _outcome(item: Assessment, indicator: Indicator) -> str:
    chance = "" if item.probability is None else f"达成概率{verdicts_zh.probability_zh(item)}"
    return _lines(verdicts_zh.outlook_parts(item, indicator)[0], chance, str(item.verdict))


def assumptions(bench: Workbench, scenario: Scenario, caption: str = "情景假设") -> Block:
    """List every lever that was moved, policy before assumption."""
    if not scenario.settings:
        return Paragraph("本简报为基准情景：未调整任何增速或新增量，按历史走势推算。")
    header = ("调整对象", "时段", "调整", "类别", "可调范围的依据")
    rows = tuple(
        (one.subject_zh, one.period_zh, one.value_zh, one.class_zh, one.why_zh)
        for one in settings_of(bench.catalog, scenario)
    )
    note = "调整只作用于最近一个实际年份之后的预测；政策由本区决定，假设不由本区决定。"
    return Table(caption, header, rows, note, (0.24, 0.14, 0.2, 0.08, 0.34))


def coverage_lines(items: Sequence[Assessment]) -> tuple[str, ...]:
    """Say how the intervals of the listed targets were tested."""
    tested = [
        item.due.coverage for item in items if item.probability is not None and item.due.coverage
    ]
    lines = []
    if tested:
        shares = sorted(text_zh.percent(found.coverage_80, 0) for found in tested)
        span = "—".join(dict.fromkeys((shares[0], shares[-1])))
        counts = "、".join(sorted({f"{found.n_series}" for found in tested}))
        lines.append(
            f"{len(tested)}项的80%区间，同样长度的历史、同样远近，实测覆盖{span}（{counts}条公开序列）。"
        )
    others = Counter(_untested(item) for item in items)
    return (*lines, *(f"{n}项{text}。" for text, n in others.most_common() if text))


def _untested(item: Assessment) -> str:
    """Say why an interval has no measured coverage; nothing where it has one."""
    if item.probability is None:
        return "历史不足或方案未给数值，不给区间和概率"
    return "" if item.due.coverage else "为计数或含月度推算，区间未经公开序列检验"


def sources_table(bench: Workbench, items: Sequence[Assessment]) -> Block:
    """List every source of the yearly figures in use, with what it was used for."""
    found = sources_of(bench, items)
    if not found:
        return Paragraph("本数据版本没有所列指标的年度数值。")
    rows = tuple(
        (title, nature, dated, _used_for(names)) for (title, nature, dated), names in found.items()
    )
    header = ("来源", "性质", "发布日期", "用于")
    return Table("数据来源", header, rows, text_zh.NATURES_ZH, (0.42, 0.09, 0.15, 0.34))


def sources_of(
    bench: Workbench, items: Sequence[Assessment]
) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return (title, nature, date as printed) of every source -> names of its indicators."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for item in items:
        for history in origin.histories_of(bench, item.target):
            for source in origin.sources([history]):
                key = (source.title, source.nature, source.dated)
                found.setdefault(key, {})[history.indicator.name_zh] = None
    return {key: tuple(names) for key, names in found.items()}


def sources_line(bench: Workbench, items: Sequence[Assessment], most: int = 3) -> str:
    """Name the first sources in one line, with nature and date, and how many there are."""
    found = [f"{title}（{nature}，{dated}）" for title, nature, dated in sources_of(bench, items)]
    if not found:
        return "本数据版本没有所列指标的年度数值。"
    return "；".join(found[:most]) + (f"等{len(found)}项。" if len(found) > most else "。")


def _used_for(names: tuple[str, ...], most: int = 3) -> str:
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}项"


def undecided(items: Iterable[Assessment]) -> tuple[str, ...]:
    """Say, per reason, which targets have no verdict on their pace and what is missing."""
    named: dict[str, list[str]] = {}
    for item in items:
        if item.standing in (Standing.NO_DATA, Standing.UNDETERMINED):
            reason = text_zh.reasons_zh(item.reasons, text_zh.IN_DOCUMENTS_ZH)
            named.setdefault(f"{item.verdict}（{reason}）", []).append(
                verdicts_zh.subject_zh(item.target)
            )
    return tuple(f"{reason}：{'、'.join(dict.fromkeys(x))}。" for reason, x in named.items())
