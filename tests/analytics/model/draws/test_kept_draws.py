"""Projections packed and read back, and every way in which the content can be bad."""

import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import create_model

from analytics.domain import Reason
from analytics.model.draws import kept_draws
from analytics.model.draws.kept_draws import (
    engine_key,
    file_name,
    hash_files,
    key_of,
    pack,
    unpack,
)
from analytics.model.projection import Calibration, Coverage, Projection, project
from tests.support.drawn import nothing, projection, series

KEY = key_of("release", "engine")
HISTORY = {2018 + k: value for k, value in enumerate([3.0, 3.3, 3.1, 3.7, 4.0, 4.1, 4.4])}

WARNINGS = (  # facts of every type
    Reason.NEAR_ITS_BOUNDS.given(edge=1 / 3),
    Reason.NOT_CONVERGED.given(method="甲", instead="“乙”\n"),
    Reason.GAPS_BRIDGED.given(years=(2020, 2022)),
    Reason.MONTHS_FALL.given(year=2025).said_of_city(),
)


@pytest.fixture(scope="module")
def baseline() -> dict[tuple[str, str], Projection]:
    """A projection of each sort: calibrated, counted, drawn by hand, empty."""
    odd = [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -0.0, float(np.nextafter(1, 2))]
    return {
        ("金山区", "level"): project(series(HISTORY), end_year=2035, n_draws=50),
        ("上海市", "level"): project(series(HISTORY), end_year=2030, n_draws=50, seed=1),
        ("金山区", "count"): project(series(HISTORY).round(), end_year=2027, kind="count"),
        ("金山区", "odd"): projection(odd, odd[::-1], history={}, warnings=WARNINGS),
        ("金山区", "none"): nothing({2025: 1.0}),
    }


def assert_same(one: Projection, other: Projection) -> None:
    for field in fields(Projection):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if field.name == "draws":
            assert left.shape == right.shape
            assert left.tobytes() == right.tobytes()
        elif field.name == "history":
            pd.testing.assert_series_equal(left, right, check_exact=True)
        else:
            assert (left, type(left)) == (right, type(right)), field.name


# ── the way there and back ───────────────────────────────────────────────────────────────


def test_every_field_comes_back_to_the_digit(baseline):
    back = unpack(pack(KEY, baseline), KEY)
    assert list(back) == list(baseline)
    for name, one in baseline.items():
        assert_same(one, back[name])


def test_the_record_of_coverage_comes_back_with_it():
    cells = (Coverage(8, 1, 0.81, 0.95, 1 / 3, 322), Coverage(8, 2, 0.79, 0.94, 0.8, 322))
    one = replace(projection([1.0]), calibration=Calibration("2026-01-01", 322, cells))
    back = unpack(pack(KEY, {("金山区", "x"): one}), KEY)
    assert back["金山区", "x"].calibration == one.calibration


def test_years_that_numpy_counted_come_back_as_plain_numbers():
    one = replace(projection([1.0, 2.0]), years=(np.int64(2026), np.int64(2027)))
    years = unpack(pack(KEY, {("金山区", "x"): one}), KEY)["金山区", "x"].years
    assert years == (2026, 2027)
    assert {type(year) for year in years} == {int}


def test_what_comes_back_cannot_be_changed_by_one_reader_for_another(baseline):
    draws = unpack(pack(KEY, baseline), KEY)["金山区", "level"].draws
    with pytest.raises(ValueError, match="read-only"):
        draws[0, 0] = 1.0


def test_a_release_without_projections_is_an_answer_too():
    assert unpack(pack(KEY, {}), KEY) == {}


def test_the_file_is_an_archive_that_numpy_opens(tmp_path, baseline):
    file = tmp_path / file_name(KEY)
    file.write_bytes(pack(KEY, baseline))
    with np.load(file, allow_pickle=False) as archive:
        np.testing.assert_array_equal(archive["0"], baseline["金山区", "level"].draws)


def test_a_key_is_no_path():
    assert Path(file_name("../../outside")).name == file_name("../../outside")
    assert file_name("../../outside") != file_name(KEY)


# ── what is not served ───────────────────────────────────────────────────────────────────


def test_content_of_another_key_is_not_believed(baseline):
    assert unpack(pack(KEY, baseline), key_of("release", "another engine")) is None


def test_content_of_another_layout_is_not_believed(baseline, monkeypatch):
    content = pack(KEY, baseline)
    changed = create_model("_About", **kept_draws._FIELDS, added=(int, ...))
    monkeypatch.setattr(kept_draws, "_About", changed)
    assert unpack(content, KEY) is None


@pytest.fixture(scope="module")
def sound() -> bytes:
    """The content of one small sound file."""
    small = project(series(HISTORY), end_year=2027, n_draws=4)
    return pack(KEY, {("金山区", "x"): small, ("金山区", "none"): nothing({2025: 1.0})})


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_noticed(sound, data):
    content = bytearray(sound)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    assert unpack(bytes(content), KEY) is None


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_content_cut_short_anywhere_is_noticed(sound, data):
    length = data.draw(st.integers(0, len(sound) - 1))
    assert unpack(sound[:length], KEY) is None
    assert unpack(sound, KEY) is not None


@pytest.mark.parametrize("content", [b"", b"\n", b"PK\x03\x04", b"\x80\x04N.", b"{}\n{}\n"])
def test_content_that_is_something_else_is_noticed(content):
    assert unpack(content, KEY) is None


# ── keys ─────────────────────────────────────────────────────────────────────────────────


def test_a_key_depends_on_every_part_and_on_where_parts_end():
    keys = {key_of("a", "b"), key_of("b", "a"), key_of("ab"), key_of("a", "b", ""), key_of()}
    assert len(keys) == 5


def test_files_are_told_apart_by_name_and_content(tmp_path):
    def two(first: str, second: str, content: str) -> str:
        files = [tmp_path / first, tmp_path / second]
        for file in files:
            file.write_text(content)
        return hash_files(files)

    assert two("a.py", "b.py", "1") == two("a.py", "b.py", "1")
    assert len({two("a.py", "b.py", "1"), two("a.py", "c.py", "1"), two("a.py", "b.py", "2")}) == 3


@pytest.fixture
def copied_engine(tmp_path, monkeypatch) -> Path:
    """A copy of the projection package that the key is taken from."""
    folder = tmp_path / "projection"
    source = Path(kept_draws.engine.__file__).parent
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(kept_draws.engine, "__file__", str(folder / "__init__.py"))
    return folder


@pytest.mark.parametrize("name", ["spread.py", "engine.py", "calibration.json"])
def test_a_change_of_code_or_factors_changes_the_engines_key(copied_engine, name):
    before = engine_key()
    file = copied_engine / name
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert engine_key() != before


def test_a_new_module_changes_the_engines_key_and_compiled_files_do_not(copied_engine):
    before = engine_key()
    (copied_engine / "spread.cpython-311.pyc").write_bytes(b"compiled")
    assert engine_key() == before
    (copied_engine / "another.py").write_text("")
    assert engine_key() != before


def test_another_version_of_numpy_changes_the_engines_key(monkeypatch):
    before = engine_key()
    monkeypatch.setattr(kept_draws, "version", lambda name: "9.9" if name == "numpy" else "1.0")
    assert engine_key() != before
