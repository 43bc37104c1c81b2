"""What one visitor has chosen, in one place; widgets and links are written from it.

The scenario here is the only truth: widgets are set from it and write back to it,
``address`` reads it from a link and writes it into one, ``running`` says when.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from analytics.domain import Scenario
from analytics.model.scenarios import links
from analytics.output.figures.chart_notes import MOST_NOTES, ChartNote
from analytics.output.figures.figure import Figure
from analytics.workbench import Workbench
from pages.common.releases import catalog, releases, workbench

T = TypeVar("T")
Settings = tuple[tuple[str, float], ...]
Surroundings = tuple[object, ...]
HORIZONS = (2027, 2030, 2035)
UNNAMED = "当前设置"
OWN = "自定情景"  # how files name a scenario without a name
_KEY = "session"


@dataclass
class Session:
    """A visitor's choices, and what must be known of the runs that show them."""

    # chosen, and carried by the link
    scenario: Scenario = field(default_factory=lambda: Scenario(name=UNNAMED))
    saved: tuple[Scenario, ...] = ()  # put aside for comparison, on the release in use
    follows: str | None = None  # name of the release, while the current one is meant
    target: str | None = None
    indicator: str | None = None
    horizon: int = HORIZONS[0]
    options: dict[str, str] = field(default_factory=dict)
    notes: tuple[ChartNote, ...] = ()  # the visitor's own words on charts
    briefing: str = ""  # the page of briefings, packed; in the address while that page is open

    # the link
    is_read: bool = False  # a link, if only an empty one, has been taken over
    problems: list[str] = field(default_factory=list)  # what it held and could not be taken
    written: deque[dict[str, str]] = field(  # into it on this page, the present one last
        default_factory=lambda: deque([{}], maxlen=33)
    )

    # the run
    page_path: str = ""
    current_releases: dict[str, str] = field(default_factory=dict)  # name -> id, held for one run
    held: Workbench | None = None  # the release in use, as the page was begun with it
    release_was_renewed: bool = False
    touched: bool = False  # something was chosen here: the browser's address is overtaken
    is_running: bool = False
    needs_whole_page: bool = False  # something outside the running fragment changes too

    # the zones, parts of the live page that a moved lever changes
    zones: dict[str, Callable[[str], bool]] = field(default_factory=dict)  # levers each follows
    zones_suffice: bool = True  # nothing else on the page follows a lever
    varying_zones: set[str] = field(default_factory=set)  # may have fewer elements after a move
    zones_awaited: set[str] = field(default_factory=set)  # a run has begun that draws them
    zones_run: object = None  # by which the first zone of a run knows that it is the first
    is_whole: bool = False  # the live part is being drawn with all its zones
    drawn: Surroundings | None = None  # what it was last drawn for; None while it is not whole

    # what this page has shown, for its files: figures by key, tables by their columns
    shown_figures: dict[str, Callable[[], Figure]] = field(default_factory=dict)
    shown_tables: dict[tuple[str, ...], Sequence[Mapping[str, str]]] = field(default_factory=dict)

    # what widgets show and send
    showing: set[str] = field(default_factory=set)
    delivered: set[str] = field(default_factory=set)  # shown by a run that was finished
    recently_shown: dict[str, deque[tuple[float, object]]] = field(default_factory=dict)
    told_in_menu: str = ""  # the scenario that the menu names
    lever_message: str = ""  # what came of setting a lever to meet a target
    preset_message: str = ""  # why a preset that was pressed moves nothing
    sent: list[tuple[str, object, bool, Callable[[], None]]] = field(default_factory=list)

    @property
    def release_id(self) -> str:
        """The release in use, the same throughout a run of the page."""
        return self.scenario.release

    def bench(self) -> Workbench:
        """Return the release in use, the same throughout a page."""
        if self.held is None or self.held.release.id != self.release_id:
            self.held = workbench(self.release_id)
        return self.held

    @property
    def is_overtaken(self) -> bool:
        """Whether more is known of the release since the page was begun with it."""
        begun = self.held is not None and self.held.release.id == self.release_id
        return begun and workbench(self.release_id) is not self.held

    @property
    def release_name(self) -> str:
        """The name of the release in use, which the current one shares."""
        return self.bench().release.name

    @property
    def settings(self) -> dict[str, float]:
        """What is moved, by id."""
        return dict(self.scenario.settings)

    @property
    def is_pinned(self) -> bool:
        """Whether anything is moved or saved, whose numbers a link must keep."""
        return bool(self.scenario.settings or self.saved)

    def touch(self) -> None:
        """Note that something was chosen here: until it is written, no link is read."""
        self.touched = True

    def set_lever(self, lever_id: str, value: float) -> None:
        """Move one lever; zero means unmoved."""
        self.scenario = self.with_lever(lever_id, value)
        self.touch()

    def with_lever(self, lever_id: str, value: float) -> Scenario:
        """Return the scenario with one lever moved. A preset that is changed is one no more."""
        presets = [preset.name_zh for preset in catalog().presets.values()]
        name = UNNAMED if self.scenario.name in presets else self.scenario.name
        settings = ordered({**self.settings, lever_id: value})
        return self.scenario.model_copy(update={"settings": settings, "name": name})

    def surroundings(self, scenario: Scenario) -> Surroundings:
        """Return what a page shows of the choices apart from how far each lever is moved."""
        moved = [name for name, _ in scenario.settings]
        in_use = [one.settings == scenario.settings for one in self.saved]
        chosen = (self.target, self.indicator, self.horizon, *sorted(self.options.items()))
        return (scenario.release, scenario.name, *moved, self.saved, *in_use, *chosen)

    def reset_levers(self) -> None:
        """Put every lever back."""
        self.apply({}, UNNAMED)

    def apply(self, settings: Mapping[str, float], name: str | None = None) -> None:
        """Put a whole set of levers in place of the present one."""
        changed = {"settings": ordered(settings), "name": name or self.scenario.name}
        self.scenario = self.scenario.model_copy(update=changed)
        self.touch()

    def save(self, scenarios: Sequence[Scenario]) -> None:
        """Put these scenarios in place of the ones put aside."""
        self.saved = tuple(scenarios)[: links.MOST_SCENARIOS]
        self.touch()

    def choose_target(self, target_id: str) -> None:
        """Look at another target."""
        self.target = target_id
        self.touch()

    def choose_indicator(self, indicator_id: str) -> None:
        """Look at another indicator."""
        self.indicator = indicator_id
        self.touch()

    def choose_horizon(self, year: int) -> None:
        """Look further ahead, or less far."""
        self.horizon = year
        self.touch()

    def choose_option(self, name: str, value: str) -> None:
        """Set one page's choice."""
        self.options[name] = value
        self.touch()

    def keep_notes(self, notes: Sequence[ChartNote]) -> None:
        """Put these notes in place of the ones on the charts."""
        self.notes = tuple(notes)[:MOST_NOTES]
        self.touch()

    def choose_release(self, name: str) -> None:
        """Go to the current release of a name; what is moved stays moved."""
        self.use_release(releases()[name])

    def use_release(self, release_id: str) -> None:
        """Go to a release by id; a current one is followed."""
        named = {current: name for name, current in releases().items()}
        self.follows = named.get(release_id)
        self.put_on(release_id)
        self.needs_whole_page = True
        self.touch()

    def follow_release(self) -> None:
        """Take the renewed release while nothing has been moved or saved."""
        if self.follows is not None and not self.is_pinned:
            self.put_on(releases()[self.follows])

    def put_on(self, release_id: str) -> None:
        """Put the present and the saved scenarios on a release."""
        on_it = {"release": release_id}
        self.scenario = self.scenario.model_copy(update=on_it)
        self.saved = tuple(one.model_copy(update=on_it) for one in self.saved)

    def named_scenario(self) -> Scenario:
        """Return what is moved now under the name that files and briefings give it."""
        if not self.scenario.settings:
            return Scenario(release=self.release_id)
        return named_for_files(self.scenario)


def session() -> Session:
    """Return the visitor's session."""
    return visitors_own(_KEY, Session)


def visitors_own(key: str, make: Callable[[], T]) -> T:
    """Return what is kept for the visitor under a key, made on first use."""
    try:
        found: T = st.session_state[key]
    except KeyError:  # asking whether it is there first would look it up twice, 40 times a run
        found = st.session_state[key] = make()
    return found


def named_for_files(one: Scenario) -> Scenario:
    """Return a scenario under the name that files and briefings give it."""
    return one.model_copy(update={"name": OWN}) if one.name == UNNAMED else one


def ordered(settings: Mapping[str, float]) -> Settings:
    """Return settings in the order of their ids, without those that move nothing."""
    return tuple(sorted((name, value) for name, value in settings.items() if value))
