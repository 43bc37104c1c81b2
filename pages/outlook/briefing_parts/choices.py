"""What the user picked for a briefing, kept while other pages are visited."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from analytics.catalog.toml import CatalogError
from analytics.domain import Scenario
from analytics.output.briefing import compose, named_figures, shelf, writing
from analytics.output.briefing.compose import Request
from analytics.output.briefing.definition import Definition, DefinitionError
from analytics.output.briefing.kinds import Library, Preset, load_library
from analytics.output.briefing.writing import Draft, Format
from analytics.workbench import View
from pages.common import address, answers, releases, share
from pages.common.scenarios_at_hand import BASELINE, compared
from pages.common.session import named_for_files, session, visitors_own
from pages.outlook.briefing_parts import texts


@dataclass
class Choices:
    """All choices of the page; each kind of briefing keeps its own."""

    preset: str
    scenario: str = ""  # name of the one written about; else what is moved now
    beside: tuple[str, ...] = (BASELINE,)
    definitions: dict[str, Definition] = field(default_factory=dict)
    carried: str = ""  # what the address last said of this page, or was told
    too_long: bool = False  # for the address
    problem: str = ""  # what of the last definition or link could not be taken
    files: dict[Format, tuple[object, bytes]] = field(default_factory=dict)
    templates: dict[Format, tuple[str, bytes]] = field(default_factory=dict)  # the office's own
    pages: dict[Format, int | None] = field(default_factory=dict)  # of the files, where promised
    without_link: dict[Format, bool] = field(default_factory=dict)  # for lack of room

    @property
    def now(self) -> Definition:
        """Return what was decided about the kind at hand."""
        return self.definitions.get(self.preset) or Definition(kind=self.preset)

    def change(self, **decided: object) -> None:
        """Decide something about the kind at hand."""
        self.definitions[self.preset] = self.now.model_copy(update=decided)


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
    """Return the scenario the briefing is about; what is moved now where none was chosen.

    A letter that asks for data is about what is known, whatever is moved.
    """
    known = scenarios()
    if preset().letter:
        return known[BASELINE]
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


def request(shown: View) -> Request:
    """Return the preset's picks with the user's changes."""
    asked = compose.defined_request(shown, library(), choices().now)
    known, others = scenarios(), beside()
    with_baseline_only = others == (BASELINE,)
    return replace(
        asked,
        compare=with_baseline_only,
        beside=() if with_baseline_only else tuple((name, _view(known[name])) for name in others),
    )


def follow_address() -> None:
    """Take over what the address says of this page, where others wrote it."""
    mine, link = choices(), session().briefing
    if not link or link == mine.carried:
        return
    mine.carried, mine.problem = link, ""
    try:
        found = shelf.unpacked(link)
    except DefinitionError as error:
        mine.problem = str(error)
        return
    for own in reversed(found.kinds):
        use(own)
    mine.scenario, mine.beside = found.about, found.beside


def use(own: Definition) -> None:
    """Take a definition in place of what was decided about its kind, and go to that kind."""
    mine, catalog = choices(), releases.catalog()
    try:
        kind = library().named(own.kind).id
    except CatalogError as error:
        mine.problem = str(error)
        return
    if unknown := shelf.unknown(own, catalog.targets):
        mine.problem = texts.UNKNOWN_TARGETS.format("、".join(unknown))
    held = {name: unit for name, unit in own.responsible.items() if name in catalog.targets}
    changed = {"kind": kind, "responsible": held} | {
        field: _known(getattr(own, field), catalog.targets) for field in ("targets", "charts")
    }
    mine.preset, mine.definitions[kind] = kind, own.model_copy(update=changed)
    session().touch()


def _known(names: tuple[str, ...] | None, targets: Mapping[str, object]) -> tuple[str, ...] | None:
    if names is None:
        return None
    return tuple(name for name in names if named_figures.target_of(name) in targets)


def tell_address() -> None:
    """Have the address carry what was decided on this page, as far as there is room."""
    mine = choices()
    first, *_ = library().presets
    changed = [own for own in mine.definitions.values() if own != Definition(kind=own.kind)]
    others = [own for own in changed if own.kind != mine.preset]
    at_hand = () if mine.preset == first and not changed else (mine.now,)
    said = shelf.Carried(about=mine.scenario, beside=mine.beside, kinds=(*at_hand, *others))
    link = "" if said == _UNCHANGED else shelf.packed(said)
    mine.too_long = said != _UNCHANGED and not link
    mine.carried = session().briefing = link


_UNCHANGED = shelf.Carried(beside=(BASELINE,))


def draft() -> Draft:
    """Put everything together that decides what the briefing says."""
    shown = view()
    today = date.today()  # noqa: DTZ011 - the local day is meant
    given = {kind: content for kind, (_, content) in choices().templates.items()}
    return Draft(shown, scenario(), request(shown), library(), today, _link(), given)


def _link() -> str:
    """Return the address of this page for a document, without what only the page needs."""
    if not urlsplit(st.context.url or "").netloc:
        return ""
    return share.page_link(leave_out=(address.BRIEFING,))


def fingerprint(made: Draft) -> tuple[object, ...]:
    """Return what tells one state of the briefing from another."""
    asked = made.request
    others = tuple((name, scenarios()[name].settings) for name in beside())
    changes = (str(asked.own), others)
    state_of = (made.scenario.name, made.scenario.id, made.made_on)
    given = tuple(made.templates.items())
    return (asked.preset.id, asked.targets, asked.charts, *changes, *state_of, made.link, given)


def keep_file(kind: Format, made: Draft, content: bytes) -> None:
    """Hold a finished file until it is fetched."""
    choices().files[kind] = (fingerprint(made), content)
    choices().pages[kind] = writing.page_count(made, kind)
    choices().without_link[kind] = writing.leaves_link_out(made, kind)


def finished(kind: Format, made: Draft) -> bytes | None:
    """Return a finished file if it still says what the page says."""
    of, content = choices().files.get(kind, (None, b""))
    return content if of == fingerprint(made) else None
