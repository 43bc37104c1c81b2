"""For economists: a target by another method, its later years, its backtest, its draws."""

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import FRACTION, Target
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.robustness import Robustness
from analytics.output.export import quantiles
from analytics.output.export.file_names import file_name
from analytics.output.figures.laboratory import value_zh
from analytics.output.figures.target import target_figure
from analytics.workbench import View, Workbench
from pages.common import answers, chart_block, widgets
from pages.common.chart_notes import noted
from pages.common.session import HORIZONS, session
from pages.common.text import cell, fill, plain, table
from pages.outlook.lab import words
from pages.outlook.lab.backtests import backtests
from pages.outlook.lab.charts import choose_target

OWN = "own"  # key of the method that verdicts rest on


def models(bench: Workbench) -> None:
    """Show a target by a chosen method, beside the one in use, and offer its draws."""
    which, how, until = st.columns([4, 4, 4], gap="medium", vertical_alignment="bottom")
    with which:
        target = bench.catalog.targets[choose_target(bench)]
    view, key, name = answers.view(), OWN, words.OWN_METHOD
    item = view.verdict(target.id)
    if item.median is None:
        why = text_zh.reasons_zh(item.reasons)
        st.info(plain(words.NO_PROJECTION.format(why)), icon=":material/hide_source:")
    else:
        found = answers.robustness(session().release_id, target.id)
        with how:
            key, name = _choose_method(found)
        with until:
            widgets.horizon_control()
        _by_method(view, target, key, name)
        listed, tested = st.columns(2, gap="medium")
        with listed:
            st.header(words.ALL_METHODS, anchor=False)
            _methods(bench, target, found)
        with tested:
            backtests(bench, item, key, name)
    _take_away(_by(view, target, key), target, name)


def _choose_method(found: Robustness) -> tuple[str, str]:
    """Let the reader choose among the methods known for the target; return key and name."""
    names = {OWN: words.OWN_METHOD} | {one.key: one.name_zh for one in found.methods}
    here = session()
    key = widgets.pick(
        words.METHOD,
        names,
        here.options["method"],
        lambda chosen: here.choose_option("method", chosen),
        key="lab_method",
    )
    return key, names[key]


def _by(view: View, target: Target, key: str) -> View:
    """Return the present settings, the target projected by a method."""
    if key == OWN:
        return view
    other = view.bench.by_method(target.id, key)
    return other.view(view.settings, other.view({}))


def _by_method(view: View, target: Target, key: str, name: str) -> None:
    """Draw the fan of the chosen method, and read it beside the method in use."""
    other = _by(view, target, key)
    item = other.verdict(target.id)
    last_year = max(session().horizon, target.due_year)
    figure = target_figure(other, item, last_year=last_year, method="" if key == OWN else name)
    drawn, read = st.columns([7, 4], gap="medium")
    with drawn:
        if figure is not None:
            shown = noted(figure, target.id)
            chart_block.show(shown, key=f"method_{target.id}")
            st.caption(plain(shown.takeaway))
    with read:
        st.markdown(f"**{words.READINGS}**")
        _later({words.OWN_METHOD: view} | {name: other}, target)


def _later(views: dict[str, View], target: Target) -> None:
    """Read the present settings at each horizon, one column a method."""
    rows, unit = [], text_zh.unit_zh(target.unit)
    for year in HORIZONS:
        read = {name: _reading(view, target, year) for name, view in views.items()}
        if any(read.values()):
            rows.append(
                {words.YEAR.format(unit): f"{year}年"}
                | {x: y or text_zh.DASH for x, y in read.items()}
            )
    table(rows, narrow="later")
    st.caption(words.LATER_NOTE)


def _reading(view: View, target: Target, year: int) -> str:
    """Write median and 80 % interval of a year, nothing where it is not projected."""
    draws = view.full_path(target).at(year)
    if draws is None or not len(draws):
        return ""
    low, median, high = (float(x) for x in quantiles.of(draws, (0.1, 0.5, 0.9)))
    return cell(_number(view.bench, target, median), _interval(target, low, high))


def _methods(bench: Workbench, target: Target, found: Robustness) -> None:
    """List what every method says of the due year, on the baseline."""
    own = answers.baseline().verdict(target.id)
    rows = [_row(bench, target, words.OWN_METHOD, own.probability, _due(own))]
    rows += [_row(bench, target, one.name_zh, one.probability, one.due) for one in found.methods]
    table(rows, narrow="methods")
    st.caption(plain(words.METHODS_NOTE.format(verdicts_zh.robustness_zh(found))))


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
        words.METHOD: name,
        words.DUE_MEDIAN.format(target.due_year, text_zh.unit_zh(target.unit)): cell(
            _number(bench, target, median), _interval(target, low, high)
        ),
        words.ODDS: text_zh.odds(probability),
    }


def _number(bench: Workbench, target: Target, value: float | None) -> str:
    """Write a value without its unit, which stands in the heading."""
    unit = text_zh.unit_zh(target.unit)
    return value_zh(bench, target, value).removesuffix(unit).rstrip()


def _interval(target: Target, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    scale = 100 if target.unit == FRACTION else 1
    return f"{text_zh.number(low * scale)}—{text_zh.number(high * scale)}"


def _take_away(view: View, target: Target, method: str) -> None:
    """Offer the quantiles of every target and the draws of the one shown."""
    st.header(words.TAKE_AWAY, anchor=False)
    stamp, count = chart_block.stamp(), len(view.bench.catalog.targets)
    st.markdown(fill(words.TAKE_AWAY_NOTE, str(count)))
    with st.container(horizontal=True):
        st.download_button(
            words.QUANTILES,
            lambda: quantiles.quantiles_csv(answers.view(), stamp),
            file_name("全部目标分位数", stamp.scenario, stamp.made_on, "csv"),
            "text/csv",
            key="quantiles_down",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            words.DRAWS,
            lambda: quantiles.draws_csv(view, target, stamp, method),
            file_name(f"{target.name_zh}抽样", stamp.scenario, stamp.made_on, "csv"),
            "text/csv",
            key="draws_down",
            icon=":material/download:",
            on_click="ignore",
            disabled=not view.full_path(target).years,
        )
