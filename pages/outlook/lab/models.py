"""For economists: other methods beside the verdict's own, later years, quantiles to take away."""

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import FRACTION, Target
from analytics.model.judgement.assessment import Assessment
from analytics.output.export import quantiles
from analytics.output.export.file_names import file_name
from analytics.output.figures.laboratory import value_zh
from analytics.workbench import View, Workbench
from pages.common import answers, chart_block
from pages.common.session import HORIZONS, session
from pages.common.text import fill, plain, table
from pages.outlook.lab.charts import choose_target

_OWN = "本工作台（所用）"


def models(bench: Workbench) -> None:
    """Show a target by the methods at hand and at later years, and offer all quantiles."""
    view = answers.view()
    target = bench.catalog.targets[choose_target(bench)]
    item = view.verdict(target.id)
    if item.median is None:
        why = text_zh.reasons_zh(item.reasons)
        st.info(plain(f"没有可用的推算：{why}。"), icon=":material/hide_source:")
    else:
        _methods(bench, target)
        _later(view, target)
    _take_away(view)


def _methods(bench: Workbench, target: Target) -> None:
    """Let the reader choose a method and read it beside the one in use, on the baseline."""
    st.header("换一种方法", anchor=False)
    own = answers.baseline().verdict(target.id)
    found = answers.robustness(session().release_id, target.id)
    rows = [_row(bench, target, _OWN, own.probability, _due(own))]
    chosen = st.selectbox(
        "方法",
        ["全部", *(one.name_zh for one in found.methods)],
        key="lab_method",
        persist_state="session",
    )
    rows += [
        _row(bench, target, one.name_zh, one.probability, one.due)
        for one in found.methods
        if chosen in ("全部", one.name_zh)
    ]
    table(rows, narrow="methods")
    st.caption(plain(f"均按基准计算。{verdicts_zh.robustness_zh(found)}。"))


def _due(item: Assessment) -> tuple[float, float, float] | None:
    if item.median is None or item.interval_80 is None:
        return None
    return item.interval_80[0], item.median, item.interval_80[1]


def _row(
    bench: Workbench,
    target: Target,
    name: str,
    probability: float | None,
    due: tuple[float, float, float] | None,
) -> dict[str, str]:
    low, median, high = due or (None, None, None)
    return {
        "方法": name,
        f"{target.due_year}年中位数": value_zh(bench, target, median),
        "80%区间": _interval(target, low, high),
        "达成概率": text_zh.odds(probability),
    }


def _interval(target: Target, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return text_zh.DASH
    scale = 100 if target.unit == FRACTION else 1
    return f"{text_zh.number(low * scale)}—{text_zh.number(high * scale)}"


def _later(view: View, target: Target) -> None:
    """Read the present settings at each horizon."""
    st.header("各展望年份的读数", anchor=False)
    path, rows = view.full_path(target), []
    for year in HORIZONS:
        draws = path.at(year)
        if draws is not None and len(draws):
            low, median, high = (float(x) for x in quantiles.of(draws, (0.1, 0.5, 0.9)))
            rows.append(
                {
                    "年份": f"{year}年",
                    "中位数": value_zh(view.bench, target, median),
                    "80%区间": _interval(target, low, high),
                }
            )
    table(rows, narrow="later")
    st.caption("按当前设置；到期以后的年份为趋势外推，不对应目标。")


def _take_away(view: View) -> None:
    st.header("分位数", anchor=False)
    stamp, count = chart_block.stamp(), len(view.bench.catalog.targets)
    st.markdown(fill("{}项目标逐年的七个分位数，按当前设置，一个文件。", str(count)))
    st.download_button(
        "下载分位数（CSV）",
        lambda: quantiles.quantiles_csv(view, stamp),
        file_name("全部目标分位数", stamp.scenario, stamp.made_on, "csv"),
        "text/csv",
        key="quantiles_down",
        icon=":material/download:",
        on_click="ignore",
    )
