"""What the present settings change against the baseline, in a few lines."""

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from analytics.answers.narrative import verdicts_zh
from analytics.answers.narrative.changes_zh import change_zh
from analytics.model.judgement.assessment import Assessment
from pages.common import answers, releases, zones
from pages.common.cells import cells
from pages.common.conclusion import scenario_badge
from pages.common.illustrative import demo_mark
from pages.common.prospects import points_between, signed_zh, touched
from pages.common.text import plain, table
from pages.outlook.lab import words
from pages.outlook.lab.odds_grid import look_at

_SHOWN = 8  # targets whose probability changes most


def effect() -> None:
    """Show what the present settings do to the plan as a whole and to which targets most."""
    view = answers.view()
    with st.container(border=True, key="lab_effect"):
        st.markdown(f"{scenario_badge()}{words.ALL_PROSPECTS}")
        cells(view, view.verdicts(), key="lab_cells", on_choice=_look)
        if not view.moved:
            return
        pairs = touched(view, view.verdicts().values())
        together = releases.outlook_before(answers.baseline(), None)
        st.markdown(plain(change_zh(pairs, view.outlook(), together)))
        moved = _most_changed(pairs)
        if moved:
            table([_row(*change) for change in moved], narrow="effect")
            mark = demo_mark(view.bench, [change.after.target for change in moved])
            st.caption(f"{mark}{words.MOST_CHANGED.format(len(moved))}")


def _look(target_id: str) -> None:
    """Go to a target's trajectories, which are another section of the page."""
    look_at(target_id)
    zones.redraw_all()


class _Change(NamedTuple):
    """A target before and after, and by how much its probability changes."""

    before: Assessment
    after: Assessment
    change: int


def _most_changed(pairs: Iterable[tuple[Assessment, Assessment]]) -> list[_Change]:
    changes = [_Change(old, new, points_between(old, new)) for old, new in pairs]
    moved = [one for one in changes if one.change]
    return sorted(moved, key=lambda one: -abs(one.change))[:_SHOWN]


def _row(before: Assessment, after: Assessment, change: int) -> dict[str, str]:
    return {
        words.TARGET: after.target.name_zh,
        words.BEFORE: verdicts_zh.probability_zh(before),
        words.NOW: verdicts_zh.probability_zh(after),
        words.CHANGE: signed_zh(change),
    }
