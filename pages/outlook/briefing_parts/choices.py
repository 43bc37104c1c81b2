"""What the user picked for a briefing, kept while other pages are visited."""

from dataclasses import dataclass, field, replace
from datetime import date

import streamlit as st

from analytics.domain import Scenario
from analytics.output.briefing import compose, named_figures, writing
from analytics.output.briefing.compose import Request
from analytics.output.briefing.kinds import Library, Preset, load_library
from analytics.output.briefing.writing import Draft, Format
from analytics.workbench import View
from pages.common import answers, releases
from pages.common.scenarios_at_hand import BASELINE, compared
from pages.common.session import named_for_files, session, visitors_own


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
    scenario: str = ""  # name of the one written about; else what is moved now
    beside: tuple[str, ...] = (BASELINE,)
    picked: dict[str, Picked] = field(default_factory=dict)
    files: dict[Format, tuple[object, bytes]] = field(default_factory=dict)
    pages: dict[Format, int | None] = field(default_factory=dict)  # of the files, where promised

    @property
    def now(self) -> Picked:
        """Return what was changed of the kind at hand."""
        return self.picked.setdefault(self.preset, Picked())


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """Read the kinds of briefing once per process."""
    return load_library(releases.ROOT)


def choices() -> Choices:
    """Return the session's choices."""
    return visitors_own("briefing", lambda: Choices(next(iter(library().presets))))


def preset() -> Preset:
    """Return the kind of briefing at hand."""
    return library().presets[choices().preset]


def scenarios() -> dict[str, Scenario]:
    """Return 基准, the saved scenarios and what is moved now, by the names documents use."""
    return {one.name: one for one in map(named_for_files, compared())}


def scenario() -> Scenario:
    """Return the scenario the briefing is about; what is moved now where none was chosen."""
    known = scenarios()
    present = [one for one in known.values() if one.settings == session().scenario.settings]
    return known.get(choices().scenario, present[0])


def beside() -> tuple[str, ...]:
    """Name the scenarios it is compared with."""
    about = scenario().name
    return tuple(name for name in scenarios() if name in choices().beside and name != about)


def view() -> View:
    """Return the outlook of the scenario the briefing is about."""
    return _view(scenario())


def _view(one: Scenario) -> View:
    return answers.view_of(one)


def without_numbers(shown: View) -> tuple[str, ...]:
    """Return the picked charts that the release at hand has no numbers for."""
    held = named_figures.drawable(shown)
    return tuple(name for name in choices().now.charts or () if name not in held)


def request(shown: View) -> Request:
    """Return the preset's picks with the user's changes."""
    picked, own = choices().now, compose.default_request(shown, preset())
    known, others = scenarios(), beside()
    with_baseline_only = others == (BASELINE,)
    lacking = without_numbers(shown)
    return replace(
        own,
        targets=own.targets if picked.targets is None else picked.targets,
        charts=own.charts
        if picked.charts is None
        else tuple(name for name in picked.charts if name not in lacking),
        title=picked.title,
        edits=dict(picked.edits),
        compare=with_baseline_only,
        beside=() if with_baseline_only else tuple((name, _view(known[name])) for name in others),
    )


def draft() -> Draft:
    """Put everything together that decides what the briefing says."""
    shown = view()
    today = date.today()  # noqa: DTZ011 - the local day is meant
    return Draft(shown, scenario(), request(shown), library(), today)


def fingerprint(made: Draft) -> tuple[object, ...]:
    """Return what tells one state of the briefing from another."""
    asked = made.request
    others = tuple((name, scenarios()[name].settings) for name in beside())
    changes = (asked.title, tuple(asked.edits.items()), others)
    state_of = (made.scenario.name, made.scenario.id, made.made_on)
    return (asked.preset.id, asked.targets, asked.charts, *changes, *state_of)


def keep_file(kind: Format, made: Draft, content: bytes) -> None:
    """Hold a finished file until it is fetched."""
    choices().files[kind] = (fingerprint(made), content)
    choices().pages[kind] = writing.page_count(made, kind)


def finished(kind: Format, made: Draft) -> bytes | None:
    """Return a finished file if it still says what the page says."""
    of, content = choices().files.get(kind, (None, b""))
    return content if of == fingerprint(made) else None
