"""数据需求函: asks for the figures that targets lack, with what is published already."""

from collections.abc import Sequence
from datetime import date, timedelta

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.answers.reports.wanted_data import Want, shopping_list
from analytics.domain import Firmness, RowStatus, Scenario, Standing
from analytics.model.judgement.assessment import Assessment
from analytics.output.briefing import definition
from analytics.output.briefing.content import Briefing, Paragraph, Section, Table
from analytics.output.briefing.definition import Definition
from analytics.workbench import View

FEWEST_JUDGED = 5  # below it a briefing would be pages of dashes
_DAYS = 30  # until the reply, where the office names no day
_TO_ALL = "各有关单位"
_UNNAMED = "待定"
_ANNEX = ("指标名称", "请提供的年份", "口径", "单位", "已有公布数", "提供单位", "时限")
_ANNEX_WIDTHS = (0.22, 0.16, 0.1, 0.11, 0.15, 0.13, 0.13)
_KNOWN = ("指标名称", "目标", "已有最新值", "来源性质")
_HOW = (
    "请按附件1所列口径和单位填写年度数值；数值经修订的，以最新核定数为准，尚未核定的请注明。",
    "只需全区或全市汇总数，请勿提供可识别单个企业的数据；属秘密或暂不便提供的，请说明。",
    "表中没有的年份也有数的，一并提供更好；口径与表中不同的，请写明差别。",
)


def is_due(view: View) -> bool:
    """Tell whether so little is known that data should be asked for before anything is briefed."""
    return len(_judged(view)) < FEWEST_JUDGED


def _judged(view: View) -> list[Assessment]:
    undecided = (Standing.NO_DATA, Standing.UNDETERMINED)
    return [item for item in view.verdicts().values() if item.standing not in undecided]


def letter(
    view: View, scenario: Scenario, own: Definition, targets: Sequence[str], made_on: date
) -> Briefing:
    """Write the letter for the picked targets, with the figures asked for in its annex."""
    items = [view.verdict(name) for name in targets]
    wanted = shopping_list(view.bench, view.bench.catalog)
    wants = [one for one in wanted if any(target.id in targets for target in one.targets)]
    by = own.reply_by or made_on + timedelta(days=_DAYS)
    named = {"数据需求表": _annex(wants, own, by), "已公布情况": _published(view, items)}
    held = [(title, table) for title, table in named.items() if table]
    text = Section("", tuple(_text(view, own, wants, by, made_on, [title for title, _ in held])))
    annexes = (
        Section(f"附件{at}　{title}", (table,), annex=True)
        for at, (title, table) in enumerate(held, start=1)
    )
    return Briefing(
        title="",
        subtitle="",
        made_on=made_on,
        scenario=scenario,
        release=view.bench.release,
        illustrative=False,  # illustrative figures count as lacking, none is printed
        highlights=(),
        sections=(text, *annexes),
    )


def _text(
    view: View,
    own: Definition,
    wants: Sequence[Want],
    by: date,
    made_on: date,
    annexes: Sequence[str],
) -> list[Paragraph]:
    """Write address, reason, request, how to fill it in, the annexes, and the signature."""
    total, known = len(view.bench.catalog.targets), sum(map(_is_real, _judged(view)))
    asked = sum(len(want.wanted) for want in wants)
    steps = (definition.filled(view, text) for text in own.next_steps)
    signed = (own.signed, text_zh.day(made_on))
    return [
        Paragraph(f"{own.sent_to or _TO_ALL}：", address=True),
        Paragraph(
            f"{text_zh.PLAN}提出{total}项目标。现有{known}项可以判断进展，"
            f"{total - known}项年度数据不足，进度和到期前景无法判断。"
        ),
        Paragraph(
            f"为做好目标进展调度，请协助提供附件1所列{len(wants)}项指标、共{asked}个年度数值，"
            f"并于{text_zh.day(by)}前函复。有关事项如下："
        ),
        *(Paragraph(f"{at}．{text}") for at, text in enumerate((*_HOW, *steps), start=1)),
        *(Paragraph(line) for line in _listed(annexes)),
        *(Paragraph(line, right=True) for line in signed if line),
    ]


def _listed(annexes: Sequence[str]) -> list[str]:
    """Name the annexes below the text, as official letters do."""
    leads = ("附件：", *("　　　" for _ in annexes))
    return [
        f"{lead}{at}．{title}"
        for at, (lead, title) in enumerate(zip(leads, annexes, strict=False), start=1)
    ]


def _annex(wants: Sequence[Want], own: Definition, by: date) -> Table:
    """List what is asked for: indicator, years, scope, unit, what there is, from whom, by when."""
    rows = tuple(
        (
            want.indicator.name_zh,
            text_zh.years(want.wanted),
            _scope(want),
            text_zh.unit_zh(want.indicator.unit),
            _known_zh(want),
            _from_whom(want, own),
            f"{by.month}月{by.day}日",
        )
        for want in wants
    )
    note = f"提供单位按目标的责任单位填列，未定的写“{_UNNAMED}”。时限为{by.year}年。"
    return Table(f"数据需求表（{len(rows)}项）", _ANNEX, rows, note, _ANNEX_WIDTHS)


def _known_zh(want: Want) -> str:
    """Write the years that are published, and lower bounds, which are no values."""
    exact = [text_zh.years(want.held)] if want.held else []
    return "\n".join((*exact, *want.bounds_zh)) or text_zh.DASH


def _scope(want: Want) -> str:
    parts = (want.region, want.indicator.scope, want.indicator.price_basis)
    return "，".join(part for part in parts if part)


def _from_whom(want: Want, own: Definition) -> str:
    named = (own.responsible.get(target.id, "") for target in want.targets)
    return "、".join(dict.fromkeys(filter(None, named))) or _UNNAMED


def _is_real(item: Assessment) -> bool:
    return RowStatus.ILLUSTRATIVE not in item.statuses


def _published(view: View, items: Sequence[Assessment]) -> Table | None:
    """List the targets of which a latest figure is published, none of them illustrative."""
    indicators = view.bench.catalog.indicators
    held = [item for item in items if (item.latest or item.bound) and _is_real(item)]
    rows = tuple(
        (
            "★" * (item.target.firmness is Firmness.ASPIRATION)
            + verdicts_zh.subject_zh(item.target),
            f"{verdicts_zh.goal_zh(item.target)}\n{verdicts_zh.when_zh(item.target)}",
            "\n".join(verdicts_zh.latest_parts(item, indicators[item.target.indicator])),
            "、".join(zh for one, zh in text_zh.NATURE_ZH.items() if one in item.statuses),
        )
        for item in held
    )
    if not rows:
        return None
    return Table(f"已公布情况（{len(rows)}项）", _KNOWN, rows, "", (0.32, 0.2, 0.28, 0.2))
