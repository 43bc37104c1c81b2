"""The public face of the analysis: open a release, read it, judge it, move it, draw it.

For notebooks and scripts; what stands here keeps its name. Growth rates, shares
and probabilities are fractions, everything else is in the indicator's unit.

>>> demo = open_release("demo")
>>> demo.release.title_zh
'公布数据＋演示数据'
>>> item = demo.baseline.assess("gross_output_registered_2027")
>>> item.latest_year, item.latest
(2025, 1835.0)
>>> 0 < item.probability < 1
True
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.answers.narrative import verdicts_zh
from analytics.answers.reports.records import assessment_record
from analytics.answers.steering.goal_seek import Solution, goal_seek
from analytics.domain import JINSHAN, SHANGHAI, Release, Scenario
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.joint import Outlook
from analytics.model.projection import Projection, project
from analytics.model.scenarios.links import scenario_of
from analytics.output.briefing import named_figures
from analytics.output.charts.altair_chart import altair_chart
from analytics.output.export import image
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp
from analytics.workbench import View, Workbench, build_workbench

if TYPE_CHECKING:
    from altair.typing import ChartType

ROOT = Path(__file__).resolve().parents[1]

__all__ = [
    "JINSHAN",
    "SHANGHAI",
    "Assessment",
    "MovedRelease",
    "OpenedRelease",
    "Outlook",
    "Projection",
    "Release",
    "Scenario",
    "Solution",
    "open_release",
    "project",
]


def open_release(
    name: str | None = None, *, release_id: str | None = None, root: Path = ROOT
) -> "OpenedRelease":
    """Open a current release by name, or any that is kept by its id.

    Parameters
    ----------
    name : str, optional
        ``published`` or ``demo``; the default release when neither is given.
    release_id : str, optional
        The full id, as exports print it.
    root : Path, optional
        A project folder with data releases; this one unless given.

    Raises
    ------
    ReleaseError
        In Chinese, where there is no such release or its files were changed.

    Examples
    --------
    >>> open_release("published").release.name
    'published'
    """
    return OpenedRelease(build_workbench(root, name, release_id=release_id))


@dataclass(frozen=True, eq=False)
class OpenedRelease:
    """One release: its figures as published, and everything that follows from them."""

    bench: Workbench

    @property
    def release(self) -> Release:
        """Id, date, checksum and counts of the release."""
        return self.bench.release

    def targets(self) -> pd.DataFrame:
        """List the plan's targets, one row each, indexed by id.

        >>> demo = open_release("demo")
        >>> len(demo.targets())
        41
        >>> demo.targets().loc["gross_output_registered_2027", "name_zh"]
        '规模以上工业属地产值'
        """
        return _listed(self.bench.catalog.targets)

    def indicators(self) -> pd.DataFrame:
        """List the indicators, one row each, indexed by id.

        >>> open_release("demo").indicators().loc["gross_output_registered", "unit"]
        '亿元'
        """
        return _listed(self.bench.catalog.indicators)

    def levers(self) -> pd.DataFrame:
        """List what a scenario may move, levers and stress tests, indexed by id.

        >>> levers = open_release("demo").levers()
        >>> int(levers.loc["gross_output_registered.g2027", "first_year"])
        2026
        """
        catalog = self.bench.catalog
        return _listed({**catalog.levers, **catalog.stresses})

    def history(self, indicator_id: str, region: str = JINSHAN) -> pd.Series:
        """Return the exact yearly values of an indicator, indexed by year.

        >>> history = open_release("demo").history("gross_output_registered")
        >>> float(history[2025])
        1835.0
        """
        _require(indicator_id, self.bench.catalog.indicators, "指标")
        return self.bench.history(indicator_id, region).values.copy()

    def rows(self, query: str, **parameters: object) -> pd.DataFrame:
        """Run one of the queries of ``sql/`` and return its rows.

        >>> demo = open_release("demo")
        >>> rows = demo.rows(
        ...     "annual_history", indicator_id="gross_output_registered", region=JINSHAN
        ... )
        >>> int(rows["year"].max())
        2025
        """
        return self.bench.store.query(query, **parameters)

    def sql(self, query: str) -> str:
        """Return the text of a query, with its contract.

        >>> open_release("demo").sql("annual_history").splitlines()[0]
        '-- name: annual_history'
        """
        return self.bench.store.describe(query).text

    @cached_property
    def baseline(self) -> "MovedRelease":
        """The release with nothing moved."""
        return MovedRelease(self, Scenario(release=self.release.id), self.bench.view({}))

    def apply(self, settings: Mapping[str, float], name: str = "情景") -> "MovedRelease":
        """Move levers, in code units, and return what becomes of the release.

        Raises
        ------
        ValueError
            In Chinese, for a name that is no lever or a value outside its bounds.

        Examples
        --------
        >>> demo = open_release("demo")
        >>> pushed = demo.apply({"gross_output_registered.g2027": 0.02}, "加压")
        >>> target = "gross_output_registered_2027"
        >>> pushed.assess(target).probability > demo.baseline.assess(target).probability
        True
        """
        moved = {name: value for name, value in settings.items() if value}
        for lever_id, value in moved.items():
            self._check(lever_id, value)
        scenario = scenario_of(name, moved, self.release.id)
        return MovedRelease(self, scenario, self.bench.view(moved, before=self.baseline.view))

    def _check(self, lever_id: str, value: float) -> None:
        levers = self.bench.catalog.adjustables
        _require(lever_id, levers, "调节项")
        low, high = levers[lever_id].minimum, levers[lever_id].maximum
        if not low <= value <= high:
            raise ValueError(f"调节项“{lever_id}”应在 {low:g} 与 {high:g} 之间，收到 {value:g}")

    def solve(
        self,
        target_id: str,
        lever_id: str,
        *,
        probability: float | None = None,
        settings: Mapping[str, float] | None = None,
    ) -> Solution:
        """Find where one lever must stand for a target to be just met, the others as set.

        Parameters
        ----------
        target_id, lever_id : str
        probability : float, optional
            Share of draws (0–1) that must meet the target; by default the median must.
        settings : mapping, optional
            What else is moved, in code units.

        Examples
        --------
        >>> demo = open_release("demo")
        >>> found = demo.solve("gross_output_registered_2027", "gross_output_registered.g2027")
        >>> met = demo.apply({found.lever_id: found.on_step}).assess(found.target_id)
        >>> found.reached and met.median >= 2000
        True
        """
        _require(target_id, self.bench.catalog.targets, "目标")
        _require(lever_id, self.bench.catalog.levers, "调节项")
        here, moved = self.bench.started(settings or {}), settings or {}
        return goal_seek(here, moved, target_id, lever_id, probability=probability)


@dataclass(frozen=True, eq=False)
class MovedRelease:
    """A release under one scenario: verdicts, draws and figures."""

    opened: OpenedRelease
    scenario: Scenario
    view: View

    def assess(self, target_id: str) -> Assessment:
        """Judge one target.

        >>> open_release("demo").baseline.assess("gross_output_registered_2027").latest
        1835.0
        """
        _require(target_id, self.opened.bench.catalog.targets, "目标")
        return self.view.verdict(target_id)

    def record(self, target_id: str) -> dict[str, Any]:
        """Describe the verdict on one target in plain values.

        >>> open_release("demo").baseline.record("gross_output_registered_2027")["due_year"]
        2027
        """
        return assessment_record(self.assess(target_id))

    def assessments(self, target_ids: Iterable[str] | None = None) -> pd.DataFrame:
        """Judge targets, all in the plan's order unless named; one row each, indexed by id.

        >>> table = open_release("demo").baseline.assessments()
        >>> float(table.loc["gross_output_registered_2027", "latest"])
        1835.0
        """
        wanted = self.opened.bench.catalog.targets if target_ids is None else target_ids
        return pd.DataFrame([self.record(name) for name in wanted]).set_index("id")

    def conclusion(self, target_ids: Iterable[str]) -> str:
        """Say in Chinese how targets stand, as the pages do.

        >>> open_release("demo").baseline.conclusion(["gross_output_registered_2027"])[:5]
        '1项目标中'
        """
        items = [self.assess(name) for name in target_ids]
        return verdicts_zh.conclusion(items, self.opened.bench.catalog.indicators)

    def joint(self, action_id: str | None = None) -> Outlook:
        """Say how an action's open targets, or the whole plan's, stand together.

        >>> outlook = open_release("demo").baseline.joint("expand_scale")
        >>> 0 < outlook.expected < 13
        True
        """
        if action_id is not None:
            _require(action_id, self.opened.bench.catalog.actions, "专项行动")
        return self.view.outlook(action_id)

    def projection(self, indicator_id: str, region: str = JINSHAN) -> Projection:
        """Return an indicator's draws, ``[n_draws, n_years]``, in its own unit.

        >>> open_release("demo").baseline.projection("gross_output_registered").draws.shape
        (4000, 10)
        """
        _require(indicator_id, self.opened.bench.catalog.indicators, "指标")
        return self.view.projections[region][indicator_id]

    def figures(self) -> dict[str, str]:
        """Return name -> Chinese title of every figure that can be drawn.

        >>> open_release("demo").baseline.figures()["gross_output_registered_2027"]
        '2. 规模以上工业属地产值（2027年）'
        """
        return named_figures.drawable(self.view)

    def chart(self, name: str, until: int | None = None) -> "ChartType":
        """Return a figure as an Altair chart with its data, up to the due year unless told.

        >>> chart = open_release("demo").baseline.chart("gross_output_registered_2027")
        >>> type(chart).__name__
        'LayerChart'
        """
        figure = self._figure(name, until)
        return altair_chart(figure.paper_spec(), figure.rows())

    def numbers(self, name: str, until: int | None = None) -> pd.DataFrame:
        """Return the numbers a figure draws, with Chinese headings.

        >>> numbers = open_release("demo").baseline.numbers("gross_output_registered_2027")
        >>> [*numbers.columns[:3]]
        ['年份', '性质', '历史']
        """
        return self._figure(name, until).details.table

    def sentence(self, name: str) -> str:
        """Say in Chinese what a figure shows.

        >>> said = open_release("demo").baseline.sentence("gross_output_registered_2027")
        >>> said[:10]
        '规模以上工业属地产值'
        """
        return named_figures.takeaway(self.view, self._named(name))

    def picture(self, name: str, made_on: date, until: int | None = None) -> bytes:
        """Draw a figure as PNG, with title, sources, release and day inside the picture.

        >>> base = open_release("demo").baseline
        >>> base.picture("gross_output_registered_2027", date(2026, 11, 25))[1:4]
        b'PNG'
        """
        stamp = Stamp(self.scenario, self.opened.release, made_on)
        return image.png(self._figure(name, until), stamp)

    def _figure(self, name: str, until: int | None) -> Figure:
        return named_figures.figure(self.view, self._named(name), until)

    def _named(self, name: str) -> str:
        _require(name, self.figures(), "图")
        return name


def _listed(records: Mapping[str, Any]) -> pd.DataFrame:
    """Lay out catalog entries as a table; nested parts are left to the entries themselves."""
    rows = [
        record.model_dump(mode="json", exclude={"clause", "restated"})
        for record in records.values()
    ]
    return pd.DataFrame(rows).convert_dtypes().set_index("id")


def _require(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise ValueError(f"没有{what}“{name}”；可用的名称由目录列出，例如“{next(iter(known))}”")
