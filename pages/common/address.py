"""What the page's address carries: read into the session, and written from it.

Every value is checked before it is taken; what is wrong is said, the rest is used.
A release is named in the address (``demo``) and followed when it is renewed; once
anything is moved its full id is pinned, so that a link keeps its numbers. A link that
names an id and moves nothing keeps that release too, even when it is opened while an
import is being published.

Streamlit's own ``bind="query-params"`` is not used: it drops a parameter as soon as
the widget's page is left, and turns a bad value into the default without a word.
"""

from collections.abc import Collection, Mapping

from analytics.domain import HELD_STATUSES, Prospect, Scenario
from analytics.model.judgement.other_methods import OTHER_METHODS
from analytics.model.scenarios import links
from analytics.model.scenarios.levers import settings_from_query, settings_to_query
from analytics.output.figures import chart_notes
from pages.common import words
from pages.common.releases import catalog, default_release, is_kept, releases
from pages.common.session import HORIZONS, UNNAMED, Session, ordered, session

RELEASE, TARGET, HORIZON, INDICATOR, NAME = "release", "target", "until", "indicator", "name"
BRIEFING, BRIEFING_PAGE = "briefing", words.PAGES["briefing"]
SAVED = tuple(f"s{number}" for number in range(1, links.MOST_SCENARIOS + 1))
NOTES = tuple(f"note{number}" for number in range(1, chart_notes.MOST_NOTES + 1))
RESERVED = (
    *(RELEASE, TARGET, HORIZON, INDICATOR, NAME, BRIEFING, links.VERSION_KEY),
    *SAVED,
    *NOTES,
)
_VALUES = {
    # choices of single pages: name in the address -> allowed values, default first
    "margin": tuple(f"{x / 2:g}" for x in (2, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10)),
    "confidence": ("90", "50", "66", "80", "95", "99"),
    "base": ("2023", "2020", "2021", "2022", "2024"),
    "tolerance": ("5", "0", "2", "3", "10"),
    "section": ("adjust", "compare", "charts", "drivers", "seek", "stress", "models", "share"),
    "method": ("own", *OTHER_METHODS),
    "total": ("registered", "territorial"),
    "status": ("all", *(prospect.name.lower() for prospect in Prospect)),
    "nature": ("all", *HELD_STATUSES, "none"),
}
OPTIONS = {name: (words.OPTIONS[name], values) for name, values in _VALUES.items()}


def options() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return every page option: name in the address -> name on screen, values, default first."""
    return {**OPTIONS, "action": (words.OPTIONS["action"], ("all", *catalog().actions))}


def read(params: Mapping[str, str]) -> None:
    """Take over what an address says, and note what of it could not be taken."""
    here = session()
    here.problems = []
    _read_scenarios(here, params)
    here.indicator = _known(here, params.get(INDICATOR), catalog().indicators, words.INDICATOR)
    here.briefing = params.get(BRIEFING, here.briefing)
    here.target = _known(here, params.get(TARGET), catalog().targets, words.TARGET)
    horizons = {str(year): year for year in HORIZONS}
    horizon = _known(here, params.get(HORIZON), horizons, words.HORIZON_YEAR)
    here.horizon = horizons[horizon] if horizon else HORIZONS[0]
    found = [chart_notes.unpack(params[key], catalog().targets) for key in NOTES if key in params]
    here.notes = tuple(note for note, _ in found if note)
    here.problems += [problem for _, problem in found if problem]
    here.options = {
        name: _known(here, params.get(name), allowed, label) or allowed[0]
        for name, (label, allowed) in options().items()
    }
    here.is_read = True


def _read_scenarios(here: Session, params: Mapping[str, str]) -> None:
    """Take release, settings and saved scenarios from a link."""
    wrong_version = links.version_problem(params.get(links.VERSION_KEY))
    here.problems += [wrong_version] if wrong_version else []
    follows, release = _read_release(here, params.get(RELEASE))
    moves = {key: text for key, text in params.items() if key not in (*RESERVED, *options())}
    settings, problems = settings_from_query(moves, catalog().adjustables)
    here.problems += problems
    saved = []
    for text in (params[key] for key in SAVED if key in params):
        one, problems = links.unpack(text, catalog().adjustables)
        saved += [one] if one else []
        here.problems += problems
    here.saved = tuple(saved)
    name = links.clean_name(params.get(NAME, UNNAMED))
    here.scenario = Scenario(name=name, settings=ordered(settings))
    here.follows = follows if here.is_pinned or params.get(RELEASE) != release else None
    here.put_on(release)


def _read_release(here: Session, text: str | None) -> tuple[str | None, str]:
    """Return the release's name where it is the current one, and its id."""
    current = releases()
    for name, release in current.items():
        if text in (name, release) or (text is None and name == default_release()):
            return name, release
    if text is None or is_kept(text):
        return None, text or current[default_release()]
    name = text.split("-")[0]
    name = name if name in current else default_release()
    here.problems.append(words.UNKNOWN_RELEASE.format(text[:60], current[name]))
    return name, current[name]


def _known(here: Session, value: str | None, allowed: Collection[str], label: str) -> str | None:
    """Return a value that is allowed; note one that is not."""
    if value is None or value in allowed:
        return value
    here.problems.append(words.UNKNOWN.format(label, value[:40]))
    return None


def as_query() -> dict[str, str]:
    """Write what was chosen as parameters of the address; defaults are left out."""
    here = session()
    named = here.scenario.settings and here.scenario.name != UNNAMED
    chosen = {
        RELEASE: _release_text(here),
        TARGET: here.target,
        INDICATOR: here.indicator,
        BRIEFING: here.briefing if here.page_path == BRIEFING_PAGE and here.briefing else None,
        HORIZON: str(here.horizon) if here.horizon != HORIZONS[0] else None,
        **{
            name: here.options[name] if here.options[name] != allowed[0] else None
            for name, (_, allowed) in options().items()
        },
        NAME: here.scenario.name if named else None,
        links.VERSION_KEY: str(links.LINK_VERSION) if here.is_pinned else None,
        **settings_to_query(here.settings, catalog().adjustables),
        **{
            key: links.pack(one, catalog().adjustables)
            for key, one in zip(SAVED, here.saved, strict=False)
        },
        **{key: chart_notes.pack(one) for key, one in zip(NOTES, here.notes, strict=False)},
    }
    return {name: value for name, value in chosen.items() if value is not None}


def _release_text(here: Session) -> str | None:
    """Pin the release's id once something is moved; else its name, or nothing for the default."""
    if here.is_pinned or here.follows is None:
        return here.release_id
    return None if here.follows == default_release() else here.follows
