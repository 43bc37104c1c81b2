"""Blocks of the 方案自洽性 page: switches, findings as cards, what the data add."""

from dataclasses import dataclass

import streamlit as st

from analytics import text_zh
from analytics.answers import consistency
from analytics.answers.consistency import Finding, FindingKind, Reading, conclusion_zh
from analytics.answers.consistency.finding import TOTALS_ZH
from analytics.answers.consistency.outlook import CLEARLY, SURE
from analytics.answers.narrative import verdicts_zh
from analytics.domain import JINSHAN, Measure, RowStatus
from analytics.model.judgement.assessment import Assessment
from pages.common import answers, releases, widgets
from pages.common.conclusion import conclusion
from pages.common.illustrative import demo_mark
from pages.common.session import session
from pages.common.target_table import badge
from pages.common.text import Markdown, bullets, cell, fill, lines, plain, small, table
from pages.common.text import badge as coloured
from pages.reference.parts import consistency_words as words

_BADGE = {
    FindingKind.CONTRADICTION: ("red", "compare_arrows"),
    FindingKind.INCOMPATIBLE: ("red", "block"),
    FindingKind.WORDING: ("orange", "edit_note"),
    FindingKind.IMPLIED: ("blue", "calculate"),
    FindingKind.UNSTATED: ("gray", "help"),
}


@dataclass(frozen=True)
class Report:
    """All that the page shows for one release, scenario and reading."""

    findings: tuple[Finding, ...]
    shifts: tuple[consistency.BaseShift, ...]
    low: tuple[Assessment, ...]
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
            widgets.option("base", words.BASE.format)
        with tolerance:
            widgets.option("tolerance", words.TOLERANCE.format)
        with total:
            widgets.option("total", TOTALS_ZH.__getitem__)
        st.caption(words.SWITCHES_NOTE)


def finding_cards(found: Report) -> None:
    """Show every finding of the plan's own text."""
    for number, finding in enumerate(found.findings, start=1):
        _card(finding, f"{number}. ")
        if finding.kind is FindingKind.UNSTATED:
            _base_table(found, len(finding.readings))


def _card(finding: Finding, number: str = "") -> None:
    """Show one finding and what it means; the plan's words and the sums when opened."""
    colour, icon = _BADGE[finding.kind]
    demo = words.DEMO if finding.illustrative else ""
    with st.container(border=True, key=f"finding_{finding.id}"):
        badges = f"{coloured(colour, icon, finding.kind)} :gray-badge[{finding.severity}]"
        st.markdown(f"{badges}{demo}　**{number}{plain(finding.title_zh)}**")
        st.markdown(lines(fill(words.MEANING, finding.consequence_zh), _verdicts(finding)))
        with st.expander(words.WHY, icon=":material/format_quote:", key=f"why_{finding.id}"):
            wording, numbers = st.columns([4, 6], gap="medium")
            with wording:
                _quotes(finding)
            with numbers:
                st.markdown(words.SUMS.format(bullets(finding.arithmetic_zh)))
            if finding.assumption:
                reading = _reading(_chosen())
                said = "、".join(reading.say(switch) for switch in finding.assumption)
                st.caption(plain(words.ASSUMED.format(said)))


def _quotes(finding: Finding) -> None:
    """Quote the plan."""
    quotes = "\n\n".join(
        fill("“{}”　{}", clause.wording, small(text_zh.section_zh(clause.section)))
        for clause in finding.clauses
    )
    st.markdown(words.QUOTED.format(len(finding.clauses), quotes))


def _verdicts(finding: Finding) -> Markdown:
    """Judge each of the readings that disagree, choosing none."""
    if finding.kind not in (FindingKind.CONTRADICTION, FindingKind.WORDING):
        return Markdown()
    view = answers.view()
    parts = []
    for target in finding.readings:
        item = consistency.judge(view, target)
        likely = "" if item.probability is None else verdicts_zh.probability_zh(item)
        said = f"{text_zh.section_zh(target.clause.section)}“{verdicts_zh.target_zh(item)}”"
        nature = words.LIKELY_DEMO if likely and RowStatus.ILLUSTRATIVE in item.statuses else ""
        parts.append(fill("{} {}{}", said, badge(item), f" {likely}{nature}" if likely else ""))
    return Markdown(words.BY_EACH_READING.format("；　".join(parts)))


def _base_table(found: Report, n_targets: int) -> None:
    """Show the verdicts that another base year would turn, on every base year."""
    with st.container(border=True, key="base_shifts"):
        if not found.shifts:
            st.markdown(words.NO_SHIFT)
            return
        st.markdown(words.SHIFTS.format(n_targets, len(found.shifts)))
        with st.expander(words.SHIFTS_TABLE, icon=":material/table:", key="each_base"):
            table([_base_row(shift) for shift in found.shifts])
            st.caption(words.SHIFTS_NOTE.format(_demo_mark()))


def _base_row(shift: consistency.BaseShift) -> dict[str, str]:
    chosen = _reading(_chosen()).base_year
    row: dict[str, str] = {words.TARGET: shift.target.name_zh}
    for year, item in shift.by_year.items():
        name = (words.CHOSEN_YEAR if year == chosen else words.BASE).format(year)
        row[name] = lines(badge(item), small(verdicts_zh.probability_zh(item)))
    return row


def _demo_mark() -> str:
    bench = answers.bench()
    return demo_mark(bench, bench.catalog.targets.values())


def low_section(found: Report) -> None:
    """List targets that the trend meets with room to spare."""
    st.header(words.LOW, anchor=False)
    if not found.low:
        st.info(words.NONE_LOW, icon=":material/hide_source:")
    else:
        table([_low_row(item) for item in found.low])
    sure, margin = text_zh.percent(SURE, 0), text_zh.number(CLEARLY * 100, 0)
    st.caption(words.LOW_NOTE.format(sure, margin, _demo_mark()))


def _low_row(item: Assessment) -> dict[str, str]:
    target = item.target
    (clause,) = consistency.clauses([target])
    indicator = releases.catalog().indicators[target.indicator]
    done, needed = consistency.is_complete(item), item.needed.growth
    recent = text_zh.percent(item.recent.growth, signed=True)
    added = words.ADDED if target.measure is Measure.CUMULATIVE else ""
    return {
        words.CLAUSE: cell(clause.wording, text_zh.section_zh(clause.section)),
        words.LATEST: cell(*verdicts_zh.latest_parts(item, indicator)),
        words.NEEDED: words.NOTHING_NEEDED if done else text_zh.percent(needed, signed=True),
        words.RECENT: cell(recent, text_zh.recent_zh(item.recent.growth_years) + added),
        words.ODDS: verdicts_zh.probability_zh(item),
    }


def together_section(found: Report) -> None:
    """List targets that exclude each other, or say that none do."""
    st.header(words.TOGETHER, anchor=False)
    tried = found.together
    for finding in tried.findings:
        _card(finding)
    if not tried.n_pairs:
        st.info(words.NO_PAIRS, icon=":material/hide_source:")
        return
    if not tried.findings:
        st.markdown(plain(words.NONE_EXCLUDED.format(conclusion_zh.tightest_zh(tried))))
    st.caption(words.TOGETHER_NOTE.format(tried.n_pairs, tried.n_sets, _demo_mark()))
