"""What `make docs` writes: every format, every kind of briefing, every page."""

from datetime import date
from urllib.parse import urlsplit

from analytics.output.briefing.kinds import load_library
from analytics.output.briefing.writing import Format
from docs import make_exports, take_screenshots
from tests.support.paths import ROOT

STARTS = {"png": b"\x89PNG", "svg": b"<svg", "pdf": b"%PDF", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}
KEPT = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}


def test_a_chart_is_written_in_every_format(demo_bench):
    made = dict.fromkeys(STARTS, b"")
    for label, name, content in make_exports.charts(date(2026, 11, 25), demo_bench):
        suffix = label.rpartition(".")[2]
        assert name.endswith(f"_2026-11-25.{suffix}")
        made[suffix] = content
    assert {s for s, content in made.items() if content.startswith(STARTS[s])} == {*STARTS}


def test_every_kind_of_briefing_and_every_format_is_among_the_samples():
    presets = {preset for preset, *_ in make_exports.BRIEFINGS}
    formats = {one for *_, formats in make_exports.BRIEFINGS for one in formats}
    assert presets == {preset.name_zh for preset in load_library(ROOT).presets.values()}
    assert formats == {*Format}


def test_every_page_is_photographed(catalog):
    addresses = {urlsplit(path).path.strip("/") for path in take_screenshots.PAGES.values()}
    assert {action.url_path for action in catalog.actions.values()} <= addresses
    scripts = [p for p in (ROOT / "pages").glob("*/*.py") if p.stem in take_screenshots.PAGES]
    assert len(scripts) == len(take_screenshots.PAGES) - 1  # the overview's script is home.py


def test_the_pictures_kept_are_those_that_can_be_renewed():
    pages = {f"{name}.png" for name in take_screenshots.SHOWN}
    assert pages | {name for _, name in make_exports.PREVIEWS.values()} == KEPT
