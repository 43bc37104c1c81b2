"""What the user picked for a briefing, kept while other pages are visited."""

from dataclasses import dataclass, field, replace
from datetime import date

import streamlit as st

from analytics.briefing import compose, figures
from analytics.briefing.compose import Request
from analytics.briefing.output import Draft, Format
from analytics.briefing.presets import Library, Preset, load_library
from analytics.domain import Scenario
from analytics.workbench import View
from pages.common import data, state
from pages.common.chart_block import MOVED

NAME_LENGTH = 20


@dataclass
class Picked:
    """What was changed of one kind of briefing; None where the preset's own holds."""

    targets: tuple[str, ...] | None = None
    charts: tuple[str, ...] | None = None
    title: str = ""
    edits: dict[str, str] = field(default_factory=dict)


@dataclass
class Choices:
    """All choices of the page; each kind of briefing keeps its own."""

    preset: str
    scenario_name: str = MOVED
    baseline_only: bool = False
    compare: bool = True
    picked: dict[str, Picked] = field(default_factory=dict)
    files: dict[Format, tuple[object, bytes]] = field(default_factory=dict)

    @property
    def now(self) -> Picked:
        """Return what was changed of the kind at hand."""
        return self.picked.setdefault(self.preset, Picked())


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """Read the kinds of briefing once per process."""
    return load_library(data.ROOT)


def choices() -> Choices:
    """Return the session's choices."""
    if "briefing" not in st.session_state:
        st.session_state.briefing = Choices(next(iter(library().presets)))
    return st.session_state.briefing


def preset() -> Preset:
    """Return the kind of briefing at hand."""
    return library().presets[choices().preset]


def view() -> View:
    """Return the scenario the briefing is about."""
    moved = () if choices().baseline_only else state.settings_key()
    return data.view(state.release_id(), moved)


def scenario() -> Scenario:
    """Name the scenario the briefing is about."""
    moved = () if choices().baseline_only else state.settings_key()
    name = {"name": choices().scenario_name} if moved else {}
    return Scenario(settings=moved, release=state.release_id(), **name)


def without_numbers(shown: View) -> tuple[str, ...]:
    """Return the picked charts that the release at hand has no numbers for."""
    held = figures.charts_of(shown)
    return tuple(name for name in choices().now.charts or () if name not in held)


def request(shown: View) -> Request:
    """Return the preset's picks with the user's changes."""
    picked, own = choices().now, compose.default_request(shown, preset())
    lacking = without_numbers(shown)
    return replace(
        own,
        targets=own.targets if picked.targets is None else picked.targets,
        charts=own.charts
        if picked.charts is None
        else tuple(name for name in picked.charts if name not in lacking),
        title=picked.title,
        edits=dict(picked.edits),
        compare=choices().compare,
    )


def draft() -> Draft:
    """Put everything together that decides what the briefing says."""
    shown = view()
    today = date.today()  # noqa: DTZ011 - the local day is meant
    return Draft(shown, scenario(), request(shown), library(), today)


def fingerprint(made: Draft) -> tuple:
    """Return what tells one state of the briefing from another."""
    asked = made.request
    changes = (asked.title, tuple(asked.edits.items()), asked.compare)
    state_of = (made.scenario.name, made.scenario.id, made.made_on)
    return (asked.preset.id, asked.targets, asked.charts, *changes, *state_of)


def keep_file(kind: Format, made: Draft, content: bytes) -> None:
    """Hold a finished file until it is fetched."""
    choices().files[kind] = (fingerprint(made), content)


def finished(kind: Format, made: Draft) -> bytes | None:
    """Return a finished file if it still says what the page says."""
    of, content = choices().files.get(kind, (None, b""))
    return content if of == fingerprint(made) else None
