"""What an office adds to a briefing: changes since the last issue, duties, steps, signature."""

from collections.abc import Sequence
from datetime import date

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.model.judgement.assessment import Assessment
from analytics.output.briefing import definition as kept
from analytics.output.briefing.content import Block, Paragraph, Section, Table
from analytics.output.briefing.definition import Definition
from analytics.workbench import View


def since_last(view: View, own: Definition, *, short: bool) -> tuple[Section, ...]:
    """List what has changed since the last issue; nothing where this is the first.

    A ``short`` list is one line, for a document of one page.
    """
    if own.last is None:
        return ()
    changed, before = kept.changes(view, own.last), f"上期数据版本：{own.last.release}。"
    block: Block = Table(
        f"较上期变化（{len(changed)}项）",
        ("指标名称", "上期", "本期"),
        tuple(changed),
        before,
        (0.3, 0.35, 0.35),
    )
    if not changed:
        block = Paragraph(f"所列目标的最新值、达成概率和判断与上期相同。{before}", small=short)
    elif short:
        names = "、".join(name for name, *_ in changed)
        block = Paragraph(f"较上期有变化（{len(changed)}项）：{names}。{before}", small=True)
    return (Section("较上期", (block,)),)


def closing(
    view: View, own: Definition, items: Sequence[Assessment], made_on: date
) -> tuple[Section, ...]:
    """Return the sections at the end: who is in charge, what to do next, whom it goes to."""
    steps = tuple(Paragraph(kept.filled(view, text)) for text in own.next_steps)
    parts: tuple[tuple[str, Sequence[Block]], ...] = (
        ("责任单位", _duties(own, items)),
        ("下一步建议", steps),
        ("报送", _signature(own, made_on)),
    )
    return tuple(Section(heading, tuple(blocks)) for heading, blocks in parts if blocks)


def _duties(own: Definition, items: Sequence[Assessment]) -> list[Block]:
    rows = tuple(
        (verdicts_zh.subject_zh(item.target), own.responsible[item.target.id])
        for item in items
        if item.target.id in own.responsible
    )
    return [Table("责任单位", ("指标名称", "责任单位"), rows, widths=(0.6, 0.4))] if rows else []


def _signature(own: Definition, made_on: date) -> list[Block]:
    lines = (
        f"报送：{own.sent_to}。" if own.sent_to else "",
        f"{own.signed}　{text_zh.day(made_on)}" if own.signed else "",
    )
    return [Paragraph(line) for line in lines if line]
