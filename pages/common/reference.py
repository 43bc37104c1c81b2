"""The release as one target's page follows it: from a reference start where nothing is held."""

from analytics.answers.steering.reference_start import Basis, ReferenceStart, reference_start
from analytics.domain import Target
from analytics.model.judgement.assessment import Assessment
from analytics.output.figures.figure import Figure
from analytics.output.figures.target import target_figure
from analytics.workbench import View, Workbench
from pages.common import answers, releases
from pages.common.session import Settings, ordered, session

_WAY = {
    Basis.INDEX: "指数",
    Basis.BOUND: "自下限起算",
    Basis.BACKWARDS: "倒推起点",
}
_INDEX_UNIT = "{}年＝100"


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
    unit = _INDEX_UNIT.format(start.year) if start and start.basis is Basis.INDEX else ""
    return target_figure(
        view,
        item,
        last_year=last_year,
        steered=steered,
        brief=brief,
        method=_WAY[start.basis] if start else "",
        unit=unit,
    )
