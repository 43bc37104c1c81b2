"""The 2035 page: is the district growing significantly faster than the city?"""

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from analytics.answers.reports import against_city
from analytics.answers.reports.against_city import HORIZONS, Comparison
from analytics.answers.reports.wanted_data import Want, behind
from analytics.answers.steering.compare import only
from analytics.domain import LeverClass, Reason
from analytics.model.judgement.against_city import LeadChance, joint_lead
from analytics.output.figures.city import city_figure, growth_figure, ratio_figure
from analytics.output.figures.figure import Figure
from analytics.remembered import remembered
from pages.common import chart_block, frame, levers, releases, session
from pages.common.action_context import task_list
from pages.common.target_table import badge, cell
from pages.outlook.city.other_districts import other_districts

ACTION = "faster_than_city"


def faster_than_city_page() -> None:
    """Show the outlook to 2035 against the city."""
    action = releases.catalog().actions[ACTION]
    st.title(action.name_zh, anchor=False)
    st.caption(text_zh.escape(action.summary_zh))
    frame.live(_body)
    frame.guarded(lambda: other_districts(session.release_id()))
    frame.guarded(_missing)
    _clause()
    task_list(action)
    frame.footer()


def _body() -> None:
    """Show conclusion, table, options, charts and levers."""
    bench = releases.workbench(session.release_id())
    view = releases.view(session.release_id(), session.settings_key())
    margin, confidence = (
        float(st.session_state.options[name]) / 100 for name in ("margin", "confidence")
    )
    targets = bench.catalog.targets_of(ACTION)
    items = [_compare(view, target.id, margin, confidence) for target in targets]
    _conclusion(items, margin, confidence)
    _table(items, confidence)
    _notes(items, demo=frame.uses_demo(bench, targets))
    item = _choices(items)
    _charts(view, item)
    levers.city_panel(bench, item.item, _effect(item, margin, confidence))


def _compare(view, target_id: str, margin: float, confidence: float) -> Comparison:
    """Compare once per scenario; what no lever reaches is as in the baseline."""
    target = view.bench.catalog.targets[target_id]
    reached = view.bench.inputs(target) & view.touched
    return _compared(view if reached else _before(view), target_id, margin, confidence)


def _before(view):
    return view.before or view


@remembered()
def _compared(view, target_id: str, margin: float, confidence: float) -> Comparison:
    target = view.bench.catalog.targets[target_id]
    return against_city.compare(view, target, margin, confidence)


def _conclusion(items: list[Comparison], margin: float, confidence: float) -> None:
    text = text_zh.escape(against_city.conclusion(items, confidence, margin))
    together = text_zh.escape(_joint_zh(items, margin))
    with st.container(border=True, key="conclusion"):
        st.markdown(f"{frame.scenario_badge()}**结论**　{text}  \n:small[:gray[{together}]]")


def _joint_zh(items: list[Comparison], margin: float) -> str:
    """Say how likely all three lead significantly, or why that cannot be said."""
    joint = joint_lead([item.path for item in items], HORIZONS[-1], margin)
    if joint is None:
        known = sum(bool(item.chances) for item in items)
        return f"三项中{known}项有概率，三项同时显著快于全市的概率无法计算。"
    share = text_zh.probability_zh(joint.probability)
    return f"到{HORIZONS[-1]}年三项同时显著快于全市{share}。"


def _table(items: list[Comparison], confidence: float) -> None:
    rows = [_row(item, confidence) for item in items]
    st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)


def _row(item: Comparison, confidence: float) -> dict[str, str]:
    chances = {chance.year: chance for chance in item.chances}
    compared = f"对标：{item.city.indicator.name_zh}"
    row = {"指标": cell(item.target.name_zh, compared), "已有增速差": _premium(item, confidence)}
    since = f"{item.path.since}年起算" if item.needed is not None else ""
    row["还需增速差"] = cell(_points(item.needed), since)
    for year in HORIZONS:
        row[f"到{year}年快于全市"] = _chance(chances.get(year))
    return row | {"判断": _judgement(item)}


def _premium(item: Comparison, confidence: float) -> str:
    found = item.premium
    if found is None:
        return cell(text_zh.DASH, "无对标" if item.city.values.empty else "没有两个共同年份")
    years = f"{text_zh.years(found.years)}，n={len(found.years)}"
    if found.interval is None:
        return cell(_points(found.rate), f"{years}，少于3个年份不给区间")
    low, high = (text_zh.percent(x, signed=True).rstrip("%") for x in found.interval)
    return cell(_points(found.rate), f"{text_zh.percent(confidence, 0)}区间 {low}—{high}；{years}")


def _points(value: float | None) -> str:
    return text_zh.DASH if value is None else f"{text_zh.points(value)}/年"


def _chance(chance: LeadChance | None) -> str:
    if chance is None:
        return text_zh.DASH
    return cell(_share(chance.faster), f"显著 {_share(chance.significant, chance)}")


def _share(share: float, chance: LeadChance | None = None) -> str:
    """Write a probability, with its Monte-Carlo error where the draws are given."""
    if share < 0.01:
        return "＜1%"
    if share > 0.99:
        return "＞99%"
    error = f"±{text_zh.number(chance.mc_error(share) * 100, 1)}" if chance else ""
    return f"{text_zh.percent(share, 0)}{error}"


def _judgement(item: Comparison) -> str:
    said = [str(item.standing)] if item.standing else []
    said.append(text_zh.reasons_zh(item.item.reasons))
    if item.city.values.empty and not item.item.lacks_benchmark:
        said.append("全市也无公布的年度数值，无对标")
    why = text_zh.escape("；".join(text for text in said if text))
    return f"{badge(item.item)}  \n:small[:gray[{why}]]"


def _notes(items: list[Comparison], *, demo: bool) -> None:
    mark = f"{text_zh.DEMO_MARK}。" if demo else ""
    moved = dict.fromkeys(
        text_zh.reason_zh(reason)
        for item in items
        for reason in item.path.reasons
        if reason.code is Reason.BASE_MOVED
    )
    st.caption(
        text_zh.escape(
            f"{mark}已有增速差：ln（金山÷全市）对年份的最小二乘斜率（对数点，约等于百分点），只用双方都有公布值的年份。"
            "还需增速差：今后至2035年每年须快出多少，才能使基期以来年均增速差达到“显著”的幅度（全市按预测中位数）。"
            "快于：基期以来年均增速高于全市；显著：高出所选幅度；±为抽样误差（百分点）。"
            + "".join(f"{reason}。" for reason in moved)
        )
    )


def _choices(items: list[Comparison]) -> Comparison:
    """Let the user choose what counts as significant, and the target to look at."""
    names = {item.target.id: item.target.name_zh for item in items}
    chosen = st.session_state.target
    session.show("target_choice", chosen if chosen in names else next(iter(names)))
    which, margin, confidence = st.columns([4, 3, 3], gap="medium", vertical_alignment="bottom")
    with which:
        st.segmented_control(
            "查看",
            list(names),
            format_func=names.get,
            key="target_choice",
            on_change=_choose,
            required=True,
            width="stretch",
        )
    with margin:
        session.option("margin", "年均高出{}个百分点".format)
    with confidence:
        session.option("confidence", "{}%".format)
    return next(item for item in items if item.target.id == st.session_state["target_choice"])


def _choose() -> None:
    session.choose("target", st.session_state["target_choice"])


def _charts(view, item: Comparison) -> None:
    """Draw the ratio to the city, then the city's own levels and published growth."""
    ratio = ratio_figure(view, item)
    if ratio:
        _show(ratio)
        warnings = text_zh.reasons_zh(item.item.warnings)
        st.caption(text_zh.escape(f"方法：{item.item.method}。{warnings}"))
    city, growth = city_figure(view, item.target), growth_figure(view.bench, item.target)
    if city is None:
        _no_city(item)
        return
    if ratio is None:
        reason = text_zh.escape(text_zh.reasons_zh(item.item.reasons))
        st.info(f"画不出金山与全市之比。{reason}", icon=":material/hide_source:")
    left, right = st.columns(2, gap="medium")
    with left:
        _show(city)
        st.caption(text_zh.escape(city.takeaway))
    with right:
        if growth:
            _show(growth)
            st.caption(text_zh.escape(growth.takeaway))


def _show(figure: Figure) -> None:
    chart_block.show(figure, key=f"city_{figure.title}")


def _no_city(item: Comparison) -> None:
    """Say that the city has no value, and show what little there is."""
    want = behind(releases.workbench(session.release_id()), [item.target])[-1]
    held = "没有任何年度公布值"
    if want.bounds_zh:
        held = f"只有下限：{'、'.join(want.bounds_zh)}，下限不作对标"
    name = item.city.indicator.name_zh
    st.info(text_zh.escape(f"无对标：{name}{held}。"), icon=":material/block:")


def _effect(item: Comparison, margin: float, confidence: float) -> str:
    """Say what the moved assumptions alone do, beside all that is moved."""
    if not session.settings() or not item.chances:
        return ""
    assumed = only(releases.catalog(), session.settings(), LeverClass.ASSUMPTION)
    stages = {
        "基准": (),
        "只计假设": tuple(sorted(assumed.items())),
        "全部调整": session.settings_key(),
    }
    shares = (
        f"{name}{_share(_significant(item, key, margin, confidence))}"
        for name, key in stages.items()
    )
    return f"到{HORIZONS[-1]}年显著快于全市的概率：{' → '.join(shares)}"


def _significant(item: Comparison, settings, margin: float, confidence: float) -> float:
    view = releases.view(session.release_id(), settings)
    return _compare(view, item.target.id, margin, confidence).chances[-1].significant


def _missing() -> None:
    """List the yearly series that are missing on either side."""
    bench = releases.workbench(session.release_id())
    rows = [
        {
            "地区": want.region,
            "序列": text_zh.escape(want.indicator.name_zh),
            "现有年度值": text_zh.escape(text_zh.years(want.exact)),
            "缺少": text_zh.escape(text_zh.years(want.without_value)),
            "另有": text_zh.escape(_besides(want)),
        }
        for want in behind(bench, bench.catalog.targets_of(ACTION))
        if want.without_value
    ]
    st.header("缺少哪些数据", anchor=False)
    st.table(pa.Table.from_pylist(rows), border="horizontal", hide_index=True)
    st.caption(
        "缺数的年份不作对标，既不内插，也不以下限充数；补齐后重新生成数据版本，本页即自动更新。"
    )


def _besides(want: Want) -> str:
    part_years = len(want.history.monthly)
    months = f"{part_years}条月度或累计记录" if part_years else ""
    bounds = f"下限：{'、'.join(want.bounds_zh)}" if want.bounds_zh else ""
    return "；".join(x for x in (bounds, months) if x) or text_zh.DASH


def _clause() -> None:
    """Quote the plan and say how its words are read."""
    targets = releases.catalog().targets_of(ACTION)
    with st.container(border=True, key="clause"):
        quoted = "\n>\n".join(f"> {text_zh.escape(target.clause.wording)}" for target in targets)
        notes = dict.fromkeys(
            note.rstrip("。") for x in targets for note in (x.note_zh, x.assumption_zh) if note
        )
        section = text_zh.escape(targets[0].clause.section)
        reading = text_zh.escape("；".join(notes) + "。")
        st.markdown(f"**规划原文**　{section}\n\n{quoted}\n\n:small[:gray[{reading}]]")
