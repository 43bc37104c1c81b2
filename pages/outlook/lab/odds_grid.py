"""The odds of every target in every scenario as a grid of colours."""

from collections.abc import Mapping, Sequence

from analytics.answers.narrative import verdicts_zh
from analytics.answers.steering.compare import Outcome, VerdictRow
from analytics.domain import Indicator
from pages.common import drawing
from pages.common.drawing import Part, box, choice
from pages.common.prospects import looks_of, odds_zh, points_between, signed_zh
from pages.common.session import session

Indicators = Mapping[str, Indicator]


def odds_grid(rows: Sequence[VerdictRow], names: Sequence[str], indicators: Indicators) -> None:
    """Show one row a target and one cell a scenario; a target leads to its trajectories."""
    head = box("odds-row heads", box("", "目标"), *(box("cut", name, title=name) for name in names))
    drawn = [_row(row, names, indicators) for row in rows]
    parts = [box("odds-grid", head, *drawn, style=f"--scenarios:{len(names)}")]
    drawing.draw(parts, key="odds_grid", on_choice=look_at)


def look_at(target_id: str) -> None:
    """Go to a target's trajectories."""
    session().choose_target(target_id)
    session().choose_option("section", "charts")


def _row(row: VerdictRow, names: Sequence[str], indicators: Indicators) -> Part:
    first = row.outcomes[0].assessment
    goal = f"{verdicts_zh.target_zh(first)}（{row.target.due_year}年）"
    cells = [
        _cell(outcome, first_one=not number, name=name, indicators=indicators)
        for number, (name, outcome) in enumerate(zip(names, row.outcomes, strict=True))
    ]
    label = choice(
        "name", row.target.id, box("", row.target.name_zh), box("faint", f"{goal}　{first.verdict}")
    )
    return box("odds-row", label, *cells)


def _cell(outcome: Outcome, *, first_one: bool, name: str, indicators: Indicators) -> Part:
    """Show the odds and their change; words only where the verdict changes."""
    item = outcome.assessment
    change = "" if first_one else _change(outcome)
    median, interval = verdicts_zh.outlook_parts(item, indicators[item.target.indicator])
    told = f"{name}：{item.target.name_zh}，{item.verdict}，{odds_zh(item)}，{median}{interval}"
    parts = [box("", odds_zh(item), box("change", change, tag="span"))]
    if outcome.verdict_changed:
        parts.append(box("verdict", str(item.verdict)))
    return box(f"cell {looks_of(item)}", *parts, title=told)


def _change(outcome: Outcome) -> str:
    points = points_between(outcome.before, outcome.assessment)
    return f" {signed_zh(points)}" if points else ""
