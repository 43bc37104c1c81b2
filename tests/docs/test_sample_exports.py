"""The sample exports shipped with the documentation: one of each format, none too large."""

import pytest

from tests.support.paths import ROOT

FOLDER = ROOT / "docs" / "exports"
FILES = sorted(path for path in FOLDER.iterdir() if path.name.startswith("金山_"))
STARTS = {".docx": b"PK", ".pptx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF", ".png": b"\x89PNG"}


def test_there_are_at_least_ten_one_of_each_format():
    assert len(FILES) >= 10
    formats = {path.suffix for path in FILES}
    assert formats == {*STARTS, ".svg", ".csv", ".ipynb"}


@pytest.mark.parametrize("preset", ["一页纸", "季度调度", "中期评估"])
def test_every_kind_of_briefing_is_among_them(preset):
    assert [path for path in FILES if preset in path.name]


def test_they_are_what_their_names_say_and_stay_small():
    for path in FILES:
        content = path.read_bytes()
        assert content.startswith(STARTS.get(path.suffix, b"")), path.name
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 6_000_000
