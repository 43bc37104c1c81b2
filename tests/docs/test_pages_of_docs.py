"""README and docs/: short, linked to files that exist, without heavy pictures in git."""

import re
import subprocess

import pytest

from tests.support.paths import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
OUTPUT = ("docs/exports/", "docs/screenshots/")  # of `make docs`


def _in_git(*patterns: str) -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return listed.stdout.splitlines()


def test_a_reader_meets_one_picture_and_both_commands_within_forty_lines():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40]
    assert sum("![" in line for line in lines) == 1
    assert [line.split("#")[0].strip() for line in lines if line.startswith("make ")] == [
        "make run",
        "make test",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (page.parent / target).is_file()] == []


def test_readme_or_docs_lead_to_every_page_of_docs():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES[2:] if f"docs/{page.name}" not in text] == []


def test_git_keeps_six_pictures_at_most_and_no_output():
    pictures = _in_git("*.png", "*.svg", "*.jpg")
    assert len([name for name in pictures if name.startswith("docs/")]) <= 6
    assert _in_git(*OUTPUT) == []


def test_every_picture_kept_is_shown():
    shown = {name for page in PAGES for name in LINK.findall(page.read_text(encoding="utf-8"))}
    kept = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
    assert kept == {name.rpartition("/")[2] for name in shown if name.endswith(".png")}
