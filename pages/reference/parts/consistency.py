"""Blocks of the 方案自洽性 page: switches, findings as cards, what the data add."""

from dataclasses import dataclass

import streamlit as st

from analytics import text_zh
from analytics.answers import consistency
from analytics.answers.consistency import Finding, FindingKind, Reading, conclusion_zh
from analytics.answers.consistency.finding import TOTALS_ZH
from analytics.answers.consistency.outlook import CLEARLY, SURE
from analytics.answers.narrative import verdicts_zh
from analytics.domain import JINSHAN, RowStatus
from pages.common import answers, releases, widgets
from pages.common.conclusion import conclusion
from pages.common.illustrative import demo_mark
from pages.common.session import session
from pages.common.target_table import badge
from pages.common.text import Markdown, bullets, cell, fill, lines, plain, small, table
from pages.common.text import badge as coloured

_BADGE = {
    FindingKind.CONTRADICTION: ("red", "compare_arrows"),
    FindingKind.INCOMPATIBLE: ("red", "block"),
    FindingKind.WORDING: ("orange", "edit_note"),
    FindingKind.IMPLIED: ("blue", "calculate"),
    FindingKind.UNSTATED: ("gray", "help"),
    FindingKind.LOW: ("violet", "south"),
}


@dataclass(frozen=True)
class Report:
    """All that the page shows for one release, scenario and reading."""

    findings: tuple[Finding, ...]
    shifts: tuple[consistency.BaseShift, ...]
    low: tuple[Finding, ...]
    together: consistency.Together


@st.cache_resource(show_spinner="正在核对方案…", max_entries=64)
def report(
    release_id: str, settings: tuple[tuple[str, float], ...], chosen: tuple[int, float, str]
) -> Report:
    """Check the plan and judge it on the release, under one choice of the open points."""
    reading = _reading(chosen)
    bench, view = releases.workbench(release_id), releases.view(release_id, settings)
    catalog = releases.catalog()  # the plan's own identities, whatever the data allow
    targets = tuple(catalog.targets.values())
    findings = consistency.check_plan(
        consistency.Plan(targets, catalog.indicators, reading, bench.histories[JINSHAN])
    )
    counted = [t for one in findings if one.kind is FindingKind.UNSTATED for t in one.readings]
    return Report(
        findings,
        consistency.base_shifts(view, counted, reading),
        consistency.low_ambition(view, reading),
        consistency.together(view, reading),
    )


def current() -> Report:
    """Return what the page shows now."""
    return report(session().release_id, session().scenario.settings, _chosen())


def _chosen() -> tuple[int, float, str]:
    options = session().options
    return int(options["base"]), float(options["tolerance"]) / 100, options["total"]


def _reading(chosen: tuple[int, float, str]) -> Reading:
    base, tolerance, total = chosen
    return Reading(base_year=base, tolerance=tolerance, total=total)


def plan_findings(found: Report) -> None:
    """State in words how many findings there are, and which come first."""
    by_data = conclusion_zh.by_data_zh(found.low, found.together)
    conclusion([conclusion_zh.findings_zh(found.findings)], by_data)


def switches() -> None:
    """Let the user change the assumptions; findings stay, their numbers follow."""
    with st.container(border=True, key="switches"):
        base, tolerance, total = st.columns(3, gap="medium")
        with base:
            widgets.option("base", "{}年".format)
        with tolerance:
            widgets.option("tolerance", "±{}%".format)
        with total:
            widgets.option("total", TOTALS_ZH.__getitem__)
        st.caption("三项方案都没有写明；换一种假定，算式与判断随之改变。")


def finding_cards(found: Report) -> None:
    """Show every finding of the plan's own text."""
    for number, finding in enumerate(found.findings, start=1):
        _card(finding, f"{number}. ")
        if finding.kind is FindingKind.UNSTATED:
            _base_table(found, len(finding.readings))


def _card(finding: Finding, number: str = "") -> None:
    """Show one finding and what it means; the plan's words and the sums when opened."""
    colour, icon = _BADGE[finding.kind]
    demo = " :orange-badge[:material/science: 含演示数据]" if finding.illustrative else ""
    with st.container(border=True, key=f"finding_{finding.id}"):
        badges = f"{coloured(colour, icon, finding.kind)} :gray-badge[{finding.severity}]"
        st.markdown(f"{badges}{demo}　**{number}{plain(finding.title_zh)}**")
        st.markdown(lines(fill("**含义**　{}", finding.consequence_zh), _verdicts(finding)))
        with st.expander("原文与算式", icon=":material/format_quote:", key=f"why_{finding.id}"):
            words, numbers = st.columns([4, 6], gap="medium")
            with words:
                _quotes(finding)
            with numbers:
                st.markdown(f"**算式**\n\n{bullets(finding.arithmetic_zh)}")
            if finding.assumption:
                reading = _reading(_chosen())
                said = "、".join(reading.say(switch) for switch in finding.assumption)
                st.caption(plain(f"所用假定：{said}"))


def _quotes(finding: Finding) -> None:
    """Quote the plan."""
    quotes = "\n\n".join(
        fill("“{}”　{}", clause.wording, small(clause.section)) for clause in finding.clauses
    )
    st.markdown(f"**方案原文（{len(finding.clauses)}处）**\n\n{quotes}")


def _verdicts(finding: Finding) -> Markdown:
    """Judge each of the readings that disagree, choosing none."""
    if finding.kind not in (FindingKind.CONTRADICTION, FindingKind.WORDING):
        return Markdown()
    view = answers.view()
    parts = []
    for target in finding.readings:
        item = consistency.judge(view, target)
        likely = "" if item.probability is None else verdicts_zh.probability_zh(item)
        said = f"{target.clause.section}“{verdicts_zh.target_zh(item)}”"
        nature = "，演示" if likely and RowStatus.ILLUSTRATIVE in item.statuses else ""
        parts.append(fill("{} {} {}", said, badge(item), f"{likely}{nature}"))
    return Markdown(f"**各按其文判断**　{'；　'.join(parts)}")


def _base_table(found: Report, n_targets: int) -> None:
    """Show the verdicts that another base year would turn, on every base year."""
    with st.container(border=True, key="base_shifts"):
        if not found.shifts:
            st.markdown("**换基期**　本数据版本中，没有哪项判断随基期改变（缺数值的无从判断）。")
            return
        st.markdown(
            f"**换基期**　有关的{n_targets}项目标中，{len(found.shifts)}项的判断随基期改变："
        )
        table([_base_row(shift) for shift in found.shifts])
        st.caption(f"每格为判断与达成概率。{_demo_mark()}")


def _base_row(shift: consistency.BaseShift) -> dict[str, str]:
    chosen = _reading(_chosen()).base_year
    row: dict[str, str] = {"指标": shift.target.name_zh}
    for year, item in shift.by_year.items():
        name = f"{year}年（所选）" if year == chosen else f"{year}年"
        row[name] = lines(badge(item), small(verdicts_zh.probability_zh(item)))
    return row


def _demo_mark() -> str:
    bench = answers.bench()
    return demo_mark(bench, bench.catalog.targets.values())


def low_section(found: Report) -> None:
    """List targets that the trend meets with room to spare."""
    st.header("目标偏低", anchor=False)
    if not found.low:
        st.info(
            "按本数据版本，没有可以判为偏低的目标（没有概率的无从判断）。",
            icon=":material/hide_source:",
        )
    else:
        table([_low_row(finding) for finding in found.low])
    sure, margin = text_zh.percent(SURE, 0), text_zh.number(CLEARLY * 100, 0)
    st.caption(
        f"判据（本项目的划线）：达成概率超过{sure}，且今后所需增速比近五年实际低{margin}个百分点以上；"
        f"累计目标提前完成的也列入。{_demo_mark()}"
    )


def _low_row(finding: Finding) -> dict[str, str]:
    clause = finding.clauses[0]
    return {
        "目标": finding.title_zh,
        "依据": "；".join(finding.arithmetic_zh),
        "方案原文": cell(clause.wording, clause.section),
    }


def together_section(found: Report) -> None:
    """List targets that exclude each other, or say that none do."""
    st.header("难以并立", anchor=False)
    tried = found.together
    for finding in tried.findings:
        _card(finding)
    if not tried.n_pairs:
        st.info(
            "本数据版本没有两项以上带概率的未到期目标，无从检验。", icon=":material/hide_source:"
        )
        return
    if not tried.findings:
        st.markdown(plain(f"未发现难以并立的目标。{conclusion_zh.tightest_zh(tried)}"))
    st.caption(
        f"在同一批模拟路径上逐次核对了{tried.n_pairs}对目标和{tried.n_sets}组专项行动；"
        "同时达成的次数不到互不相干时的一半、且超出抽样误差的，判为难以并立。"
        f"{_demo_mark()}"
    )
