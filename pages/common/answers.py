"""What pages ask of the release in use: views of scenarios, and answers that take a while."""

import pandas as pd
import streamlit as st

from analytics.answers.reports.changes import Changes, compare
from analytics.answers.steering.decomposition import Decomposition, decompose
from analytics.answers.steering.effort import Effort, least_effort
from analytics.answers.steering.goal_seek import Solution, goal_seek
from analytics.answers.steering.presets import PresetResult, presets
from analytics.answers.steering.sensitivity import Tornado, tornado
from analytics.data.releases.release import previous_release
from analytics.domain import Scenario
from analytics.model.draws.baseline import ignore_progress
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.robustness import Robustness
from analytics.workbench import View, Workbench, build_workbench
from pages.common import releases
from pages.common import server_words as words
from pages.common.projecting import project_apart
from pages.common.releases import workbench
from pages.common.session import Settings, session


def bench() -> Workbench:
    """Return the release in use."""
    return session().bench().started(session().settings)


def view() -> View:
    """Return the draws and verdicts of the present settings."""
    return view_of(session().scenario)


def view_of(scenario: Scenario) -> View:
    """Return the draws and verdicts of a scenario on the release in use."""
    return releases.view_on(session().bench(), scenario.settings)


def baseline() -> View:
    """Return the draws and verdicts of the release in use without any setting."""
    return releases.view_on(session().bench(), ())


@st.cache_resource(show_spinner=False, max_entries=32)
def context(release_id: str, action_id: str) -> pd.DataFrame:
    """Return the published series that bear on an action, newest values first."""
    opened = workbench(release_id)
    found = [
        opened.store.query("context_values", indicator_id=one.indicator, region=one.region).assign(
            indicator_id=one.indicator, region=one.region, note_zh=one.note_zh
        )
        for one in opened.catalog.actions[action_id].context
    ]
    return pd.concat(
        [rows for rows in found if len(rows)] or found[:1] or [pd.DataFrame()], ignore_index=True
    )


@st.cache_resource(show_spinner=words.COMPARING_PREVIOUS, max_entries=4)
def previous_verdicts(release_id: str) -> tuple[str, dict[str, Assessment]] | None:
    """Return id and verdicts of the release before this one, None where there is none."""
    earlier = previous_release(releases.ROOT, release_id)
    if earlier is None:
        return None
    project_apart(releases.ROOT, earlier, ignore_progress)  # everyone else goes on meanwhile
    return earlier, build_workbench(releases.ROOT, release_id=earlier).view({}).verdicts()


@st.cache_resource(show_spinner=words.COMPARING_RELEASES, max_entries=4)
def difference(old_id: str, new_id: str) -> Changes:
    """Compare two releases, numbers and verdicts."""
    return compare(workbench(old_id), workbench(new_id))


@st.cache_resource(show_spinner=words.JUDGING_OTHERWISE, max_entries=128)
def robustness(release_id: str, target_id: str) -> Robustness:
    """Judge a target again in other ways."""
    opened = workbench(release_id)
    return opened.robustness(opened.catalog.targets[target_id])


@st.cache_resource(show_spinner=words.COMPUTING_PRESETS, max_entries=8)
def _presets(release_id: str, starts: Settings) -> dict[str, PresetResult]:
    return {one.name: one for one in presets(_started(release_id, starts))}


def preset(release_id: str, starts: Settings, name: str) -> PresetResult:
    """Return a preset's settings and notes, computed once per release and typed starts."""
    return _presets(release_id, starts)[name]


@st.cache_resource(show_spinner=False, max_entries=256)
def solution(
    release_id: str,
    settings: Settings,
    target_id: str,
    lever_id: str,
    probability: float | None,
) -> Solution:
    """Solve one lever for one target."""
    return goal_seek(
        _started(release_id, settings), dict(settings), target_id, lever_id, probability=probability
    )


@st.cache_resource(show_spinner=False, max_entries=256)
def sensitivity(release_id: str, settings: Settings, target_id: str) -> Tornado:
    """Move each lever of a target once, both ways."""
    return tornado(_started(release_id, settings), dict(settings), target_id)


@st.cache_resource(show_spinner=words.DECOMPOSING, max_entries=256)
def decomposition(release_id: str, settings: Settings, target_id: str) -> Decomposition:
    """Part a target's change from the baseline among what was moved."""
    return decompose(_started(release_id, settings), dict(settings), target_id)


@st.cache_resource(show_spinner=words.SEEKING_EFFORT, max_entries=64)
def effort(
    release_id: str, settings: Settings, target_ids: tuple[str, ...], probability: float | None
) -> Effort:
    """Find the least effort that meets several targets."""
    return least_effort(
        _started(release_id, settings), dict(settings), target_ids, probability=probability
    )


def _started(release_id: str, settings: Settings) -> Workbench:
    """Open a release with the starts that the settings hold."""
    return workbench(release_id).started(dict(settings))
