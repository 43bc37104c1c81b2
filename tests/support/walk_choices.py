"""Take the options of every list of choices of every page, in one app a page.

``python -m tests.support.walk_choices`` takes all of them in both releases, which is long;
the tests take the first and the last of each.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress

from streamlit.testing.v1 import AppTest

from analytics.catalog.levers import START_YEARS
from analytics.catalog.load import load_catalog
from analytics.output.briefing.kinds import load_library
from analytics.output.export.preset import PRESETS
from pages.common import address
from pages.common.session import HORIZONS
from tests.support.pages import open_page
from tests.support.paths import ROOT

LAB = "pages/outlook/scenario_lab.py"
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("pages/overview/home.py", {}),
    *(
        (f"pages/actions/{name}.py", {})
        for name in (
            "expand_scale",
            "promote_transition",
            "strengthen_innovation",
            "upgrade_capacity",
            "boost_supply",
        )
    ),
    ("pages/outlook/faster_than_city.py", {}),
    *((LAB, {"section": section}) for section in address.OPTIONS["section"][1]),
    ("pages/outlook/briefing.py", {}),
    ("pages/reference/consistency.py", {}),
    ("pages/reference/sources.py", {}),
    ("pages/reference/methods.py", {}),
)
RELEASES = ("demo", "published")
ODDS = (None, 0.5, 0.66, 0.75, 0.8, 0.9, 0.95)  # that a target can be asked to reach
_ELSEWHERE = ("release_choice", "option_section")  # walked by opening the page with them


def walk(app: AppTest, *, ends_only: bool) -> Iterator[tuple[str, str]]:
    """Take one option after another and yield list and option; the page must not fail."""
    for kind in ("selectbox", "button_group"):
        for key in [one.key for one in app.get(kind) if one.key and one.key not in _ELSEWHERE]:
            options = next((list(x.options) for x in app.get(kind) if x.key == key), [])
            if not options:
                continue  # another choice took the whole list away
            for option in dict.fromkeys((options[0], options[-1])) if ends_only else options:
                held = [one for one in app.get(kind) if one.key == key]
                if not held or option not in held[0].options:
                    continue  # another choice took it away
                held[0].set_value(_value(held[0], option)).run()
                yield key, option


def _value(box, label: str):
    """A list is set by what it holds, which is found by its label; some hold several."""
    catalog = load_catalog(ROOT)
    known = (
        label,
        *HORIZONS,
        *START_YEARS,
        *catalog.targets,
        *catalog.indicators,
        *catalog.levers,
        *ODDS,
        *RELEASES,
        *load_library(ROOT).presets,
        *PRESETS,
    )
    options = (value for _, values in address.options().values() for value in values)
    for value in (*known, *options):
        with suppress(KeyError, TypeError, ValueError, IndexError):
            if str(box.format_func(value)) == label:
                return [value] if isinstance(box.value, list) else value
    raise LookupError(f"{box.key}: {label}")


def main() -> None:
    """Walk every page and say what failed."""
    failed = 0
    for release in RELEASES:
        for script, query in PAGES:
            app = open_page(script, release=release, **query)
            taken = 0
            for key, option in walk(app, ends_only=False):
                taken += 1
                if app.exception:
                    failed += 1
                    print(f"{release} {script} {query}: {key}={option}: {app.exception[0].value}")
            print(f"{release} {script} {query}: {taken} options", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
