"""The release as one target's page follows it: from a reference start where nothing is held."""

from dataclasses import replace

from analytics import text_zh
from analytics.answers.steering.reference_start import Basis, ReferenceStart, reference_start
from analytics.domain import RowStatus, Target
from analytics.model.judgement.assessment import Assessment
from analytics.output.figures import origin
from analytics.output.figures.figure import Details, Figure
from analytics.output.figures.note import SourceLine
from analytics.output.figures.target import target_figure
from analytics.workbench import View, Workbench
from pages.common import answers, releases, words
from pages.common.session import Settings, ordered, session


def start_of(target: Target) -> ReferenceStart | None:
    """Return the start that stands in for the values which a target has none of."""
    return reference_start(answers.bench(), target.id)


def bench_of(target: Target) -> Workbench:
    """Return the release in use, with the reference start where there is one."""
    start = start_of(target)
    return answers.bench().started(dict(start.settings)) if start else answers.bench()


def view_of(target: Target) -> View:
    """Return draws and verdicts of the present settings as the target's page follows them."""
    if start_of(target) is None:
        return answers.view()
    return releases.view_on(bench_of(target), ordered(session().settings))


def settings_of(target: Target) -> Settings:
    """Return the settings that hold the reference start, none where there is none."""
    start = start_of(target)
    return start.settings if start else ()


def figure_of(
    view: View, item: Assessment, *, last_year: int, steered: bool = False, brief: bool = False
) -> Figure | None:
    """Lay out a target's chart, which names a reference start where it is drawn from one."""
    start = start_of(item.target)
    if start is None:
        return target_figure(view, item, last_year=last_year, steered=steered, brief=brief)
    figure = target_figure(
        view,
        item,
        last_year=last_year,
        steered=steered,
        brief=brief,
        method=words.START_WAY[start.basis],
        newest=words.START_NEWEST[start.basis],
        unit=words.START_UNIT.format(start.year) if start.basis is Basis.INDEX else "",
    )
    return figure and _told(figure, view, item, start)


def _told(figure: Figure, view: View, item: Assessment, start: ReferenceStart) -> Figure:
    """Say what a chart rests on, in place of odds that no figure of the district's supports."""
    indicator = view.bench.catalog.indicators[item.target.indicator]
    value = text_zh.quantity(start.settings[0][1], indicator.unit, indicator.decimals)
    said = words.START_FINDING[start.basis].format(
        name=item.target.name_zh, year=start.year, value=value
    )
    if view.moved and item.median is not None and start.basis is not Basis.INDEX:
        said += words.START_MOVED.format(
            text_zh.quantity(item.median, indicator.unit, indicator.decimals)
        )

    def details() -> Details:
        held = figure.details
        told = words.START_NO_FIGURE.get(start.basis, "")
        own = (
            SourceLine(text_zh.NATURE_ZH[RowStatus.ASSUMED], told, words.YEAR.format(start.year)),
        )
        known = origin.sources(origin.histories_of(answers.bench(), item.target))
        note = replace(held.note, finding=said, sources=own if told else known)
        return replace(held, note=note)

    return replace(figure, takeaway=f"{said}。", work_out=details)
