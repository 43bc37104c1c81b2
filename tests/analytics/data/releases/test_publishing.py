"""Imports become releases: kept, replacing what was invented, and easy to go back from."""

import errno
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.catalog.load import load_catalog
from analytics.data.access.identity import OPERATOR, AccessError
from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.releases import build, kept_imports, release
from analytics.data.releases.accepting import accept, roll_back
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.journal import current, previous, read_journal, read_pointer
from analytics.data.releases.release import open_release, previous_release, publishing
from analytics.data.sources.substitution import replaced
from tests.support.import_fixtures import OUTPUT, batch, publish_batch, stamp
from tests.support.release_fixtures import CREATED_ON, ROOT, copy_built

DECADE = {OUTPUT: {2023: 1700.0, 2024: 1750.5}}


@pytest.fixture
def project(release_root, tmp_path) -> Path:
    """A copy of the built project that a test may change."""
    return copy_built(release_root, tmp_path / "project")


@pytest.fixture(scope="module")
def imported(release_root, tmp_path_factory) -> Path:
    """A project with one import published; tests must not change it."""
    root = copy_built(release_root, tmp_path_factory.mktemp("imported") / "project")
    publish_batch(root, batch(DECADE))
    return root


@pytest.fixture
def once(imported, tmp_path) -> Path:
    """A copy of it that a test may change."""
    return copy_built(imported, tmp_path / "once")


def rows(root: Path, name: str = "demo", indicator: str = OUTPUT) -> pd.DataFrame:
    """The yearly rows of an indicator in the current release."""
    _, folder = open_release(root, name)
    held = pd.read_parquet(folder / "observations.parquet")
    wanted = (held["indicator_id"] == indicator) & (held["region"] == "金山区")
    return held[wanted & (held["period_kind"] == "year")]


def preferred(root: Path, name: str = "demo", indicator: str = OUTPUT) -> dict[int, tuple]:
    """Year -> preferred value and its nature."""
    held = rows(root, name, indicator)
    held = held[held["vintage"] == 1]
    return {
        int(y): (v, s) for y, v, s in zip(held["year"], held["value"], held["status"], strict=True)
    }


# ── what an import changes ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["demo", "published"])
def test_an_imported_figure_is_the_preferred_one_in_both_releases(imported, name):
    assert preferred(imported, name)[2023] == (1700.0, "submitted")
    assert preferred(imported, name)[2024] == (1750.5, "submitted")


def test_an_imported_figure_outranks_even_a_census_revision(project):
    publish_batch(project, batch({"gdp": {2018: 36000.0}}, region="上海市"))
    _, folder = open_release(project, "published")
    held = pd.read_parquet(folder / "observations.parquet")
    city = held[(held["indicator_id"] == "gdp") & (held["year"] == 2018)]
    city = city[(city["region"] == "上海市") & (city["period_kind"] == "year")]
    assert dict(zip(city["vintage"], city["value"], strict=True))[1] == 36000.0
    assert 36011.82 in set(city["value"])  # what it outranks is still there


def test_illustrative_rows_go_for_the_imported_indicator_and_what_rests_on_it(
    release_root, imported
):
    catalog = load_catalog(ROOT)
    gone = replaced({OUTPUT}, catalog)
    assert gone >= {OUTPUT, "enterprise_output", "gross_output_territorial"}
    assert "new_materials_output" not in gone
    for name in ("new_materials_output", OUTPUT, "gross_output_territorial"):
        before = rows(release_root, indicator=name)["status"].eq("illustrative").any()
        after = rows(imported, indicator=name)["status"].eq("illustrative").any()
        assert before
        assert after == (name not in gone)


def test_what_imported_parts_determine_is_worked_out_and_called_derived(imported):
    found = rows(imported, indicator="enterprise_output")
    derived = found[found["status"] == "derived"]
    assert dict(zip(derived["year"], derived["value"], strict=True)) == DECADE[OUTPUT]
    assert derived["note"].str.startswith("由规模以上工业属地产值推算").all()


def test_a_share_is_worked_out_when_both_its_sides_are_real(project):
    values = {"strategic_emerging_output": {2024: 700.2}, OUTPUT: {2024: 1750.5}}
    publish_batch(project, batch(values))
    share = rows(project, indicator="strategic_emerging_share")
    assert share["status"].tolist()[-1] == "derived"
    assert share["value"].tolist()[-1] == pytest.approx(0.4)  # 700.2 ÷ 1750.5


def test_flows_that_move_an_area_can_be_imported_for_some_years_only(project):
    publish_batch(project, batch({"low_efficiency_land": {2024: 1500.0}}, unit="亩"))
    assert preferred(project, indicator="low_efficiency_land")[2024] == (1500.0, "submitted")
    assert preferred(project, indicator="park_land")[2018][1] == "illustrative"


def test_the_row_says_which_batch_and_cell_it_came_from(imported):
    entry = current(imported)
    origin = rows(imported).query("status == 'submitted'")["origin"].iloc[0]
    assert origin == f"{entry.imports[0]}/填报.csv:F2"


# ── what is kept of an import ────────────────────────────────────────────────────────────


def test_the_file_is_kept_by_its_checksum_with_who_and_when(imported):
    made = batch(DECADE)
    folder = imported / kept_imports.FOLDER / current(imported).imports[0]
    assert (folder / f"{made.files[0].sha256}.csv").read_bytes() == made.files[0].content
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["accepted"] == {
        "when": "2026-11-24T09:00:00",
        "by": "李雷",
        "what": "导入 填报.csv",
    }
    assert manifest["files"][0]["name"] == "填报.csv"


def test_a_hostile_file_name_does_not_reach_the_disk(project):
    made = batch(DECADE)
    object.__setattr__(made.files[0], "name", "../../etc/passwd.sh")
    publish_batch(project, made)
    folder = project / kept_imports.FOLDER / current(project).imports[0]
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{made.files[0].sha256}.bin", "rows.parquet", "manifest.json"}


@pytest.mark.skipif(os.name == "nt", reason="folders have no such modes there")
def test_what_is_handed_in_is_for_the_program_only(imported):
    folder = imported / kept_imports.FOLDER
    for path in (folder, folder / current(imported).imports[0]):
        assert path.stat().st_mode & 0o077 == 0


def test_building_again_keeps_the_imports_in_use(once):
    before = read_pointer(once)
    build(once, created_on=date(2027, 1, 1))
    assert read_pointer(once) == before


def test_a_later_import_of_the_same_day_wins_and_the_earlier_value_stays_as_a_vintage(once):
    publish_batch(once, batch({OUTPUT: {2024: 1760.0}}), when="2026-11-24T15:00:00")
    held = rows(once).query("year == 2024 and status == 'submitted'")
    assert dict(zip(held["vintage"], held["value"], strict=True)) == {1: 1760.0, 2: 1750.5}


def test_the_same_file_twice_is_nothing_new(once):
    before = read_pointer(once)
    with pytest.raises(ReleaseError, match="已经导入并正在使用"):
        publish_batch(once, batch(DECADE), when="2026-11-25T09:00:00")
    assert read_pointer(once) == before


# ── what is refused ──────────────────────────────────────────────────────────────────────

WRONG = Fault(FaultKind.REFUSED, "数值", "不是数", file="填报.csv", cell="F2", value="abc")
ODD = Fault(FaultKind.HELD, "量级", "疑似万元", file="填报.csv", cell="F2", value="17000000")


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (batch(DECADE, faults=(WRONG,)), "还有1处错误没有改正"),
        (batch(DECADE, faults=(ODD,)), "还有1处疑问没有确认"),
        (batch({}), "没有可用的数值"),
        (batch(DECADE, by=" "), "没有写明填报人"),
    ],
)
def test_an_open_batch_is_refused_and_nothing_changes(release_root, made, message):
    before = read_pointer(release_root)
    with pytest.raises(ReleaseError, match=f"{message}.*未作任何改动"):
        publish_batch(release_root, made)
    assert read_pointer(release_root) == before
    assert not (release_root / kept_imports.FOLDER).exists()


def test_a_confirmed_doubt_is_published_and_written_down(project):
    publish_batch(project, batch(DECADE, faults=(ODD,)).confirm_all())
    folder = project / kept_imports.FOLDER / current(project).imports[0]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["confirmed"][0]["rule"] == "量级"


def test_a_preview_made_on_an_older_release_is_refused(release_root, once):
    seen = open_release(release_root)[0].id
    with pytest.raises(ReleaseError, match="数据版本已经更新，未作任何改动，请重新核对"):
        publish_batch(once, batch({OUTPUT: {2022: 1.0}}), checked_against=seen)
    assert publish_batch(
        once, batch({OUTPUT: {2022: 1.0}}), checked_against=open_release(once)[0].id
    )


def test_a_figure_that_breaks_a_data_check_is_refused_with_its_place(project):
    before = read_pointer(project)
    with pytest.raises(ReleaseError, match=r"数据检查未通过，未发布：.*填报\.csv:F2"):
        publish_batch(project, batch({"new_materials_output": {2024: -5.0}}))
    assert read_pointer(project) == before


def test_of_two_imports_at_once_one_wins_and_the_other_is_told(project):
    with (
        publishing(project),
        pytest.raises(ReleaseError, match="正在发布数据，本次未作任何改动"),
    ):
        publish_batch(project, batch(DECADE))
    assert not (project / kept_imports.FOLDER).exists()
    assert publish_batch(project, batch(DECADE))


REFUSALS = [(errno.ENOSPC, "磁盘空间不足"), (errno.EROFS, "数据目录为只读")]


@pytest.mark.parametrize(
    ("call", "number", "words"),
    # the record of acts, keeping, the first of the releases, the second
    [(0, *REFUSALS[0]), (3, *REFUSALS[1]), (14, *REFUSALS[0]), (27, *REFUSALS[1])],
)
def test_a_disk_that_refuses_half_way_leaves_the_old_release(
    project, monkeypatch, number, words, call
):
    before, calls = read_pointer(project), []

    def refuse(handle: int) -> None:
        calls.append(handle)
        if len(calls) > call:
            raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises((ReleaseError, AccessError), match=words):
        publish_batch(project, batch(DECADE))
    monkeypatch.undo()
    assert read_pointer(project) == before
    assert open_release(project)[0].id == before["releases"]["demo"]
    assert publish_batch(project, batch(DECADE))  # and the next one succeeds


@pytest.mark.parametrize(("number", "words"), REFUSALS)
def test_a_data_folder_that_cannot_be_written_is_said_so(project, monkeypatch, number, words):
    def refuse(lock) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(release.FileLock, "acquire", refuse)
    for act in (
        lambda: publish_batch(project, batch(DECADE)),
        lambda: go_back(project, number=1, seen=1),
    ):
        with pytest.raises(AccessError, match=f"{words}.*未作任何改动"):
            act()
        with (
            pytest.raises(ReleaseError, match=f"不能发布，未作任何改动：{words}"),
            publishing(project),
        ):
            pass


# ── going back ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def imported_twice(imported, tmp_path_factory) -> Path:
    """A project with two imports, one after the other; tests must not change it."""
    root = copy_built(imported, tmp_path_factory.mktemp("twice") / "project")
    second = batch({OUTPUT: {2024: 1760.0}})
    publish_batch(root, second, when="2026-11-25T09:00:00", by="韩梅梅")
    return root


@pytest.fixture
def twice(imported_twice, tmp_path) -> Path:
    """A copy of it that a test may change."""
    return copy_built(imported_twice, tmp_path / "twice")


def go_back(root: Path, number: int, seen: int, **fields) -> None:
    """Go back to a state for a reason."""
    roll_back(
        root, number=number, seen=seen, who=OPERATOR, stamp=stamp(reason="数字填错", **fields)
    )


def test_every_state_is_on_record_with_who_when_and_what(twice):
    told = [(e.number, e.when, e.by, e.what) for e in read_journal(twice)]
    assert told == [
        (1, "2026-11-23", "", "由来源文件生成"),
        (2, "2026-11-24T09:00:00", "李雷", "导入 填报.csv"),
        (3, "2026-11-25T09:00:00", "韩梅梅", "导入 填报.csv"),
    ]


def test_going_back_twice_goes_back_two_states_and_is_on_record(twice):
    first, second, third = read_journal(twice)
    go_back(twice, 2, seen=3, when="2026-11-26T08:00:00", by="王芳")
    assert read_pointer(twice)["releases"] == second.releases
    assert preferred(twice)[2024] == (1750.5, "submitted")
    go_back(twice, 1, seen=4, when="2026-11-26T08:05:00", by="王芳")
    assert read_pointer(twice)["releases"] == first.releases
    assert current(twice).imports == ()
    assert [(e.what, e.reason) for e in read_journal(twice)[3:]] == [
        ("返回第2版", "数字填错"),
        ("返回第1版", "数字填错"),
    ]
    assert previous(read_journal(twice)) is None
    go_back(twice, 3, seen=5)  # nothing was lost
    assert read_pointer(twice)["releases"] == third.releases


def test_what_was_rolled_back_stays_out_of_the_next_build_and_the_next_import(twice):
    go_back(twice, 2, seen=3)
    build(twice, created_on=date(2027, 1, 1))
    assert preferred(twice)[2024] == (1750.5, "submitted")
    publish_batch(twice, batch({OUTPUT: {2022: 1650.0}}), when="2026-11-27T08:00:00")
    assert preferred(twice)[2024] == (1750.5, "submitted")
    assert preferred(twice)[2022] == (1650.0, "submitted")


def test_a_damaged_earlier_release_is_not_returned_to(twice):
    before = read_pointer(twice)
    earlier = read_journal(twice)[1].releases["demo"]
    (twice / "data/parquet" / earlier / "observations.parquet").write_bytes(b"")
    with pytest.raises(ReleaseError, match="文件为空"):
        go_back(twice, 2, seen=3)
    assert read_pointer(twice) == before


def test_one_goes_back_only_from_the_state_one_has_seen(twice):
    before = read_pointer(twice)
    with pytest.raises(ReleaseError, match=r"第3版（导入 填报\.csv）刚由韩梅梅发布，未作任何改动"):
        go_back(twice, 1, seen=2)
    assert read_pointer(twice) == before


def test_one_goes_back_only_for_a_reason_and_to_a_state_there_is(twice):
    with pytest.raises(ReleaseError, match="没有写明返回的原因，未作任何改动"):
        roll_back(twice, number=2, seen=3, who=OPERATOR, stamp=stamp(reason=" "))
    with pytest.raises(ReleaseError, match="没有第9版"):
        go_back(twice, 9, seen=3)


def test_the_release_before_is_told_apart_even_on_one_day(twice):
    first, second, third = (entry.releases["demo"] for entry in read_journal(twice))
    assert previous_release(twice, third) == second
    assert previous_release(twice, second) == first
    assert previous_release(twice, first) is None


# ── damage ───────────────────────────────────────────────────────────────────────────────


def test_a_damaged_import_stops_the_build_and_leaves_the_release(imported, tmp_path):
    root = copy_built(imported, tmp_path / "damaged")
    before = read_pointer(root)
    path = root / kept_imports.FOLDER / current(root).imports[0] / "rows.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ReleaseError, match=r"rows\.parquet：校验值不符"):
        build(root, created_on=CREATED_ON)
    assert read_pointer(root) == before


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=40),
    file=st.sampled_from(["rows.parquet", "manifest.json"]),
)
def test_no_random_damage_to_a_kept_import_is_ever_taken(imported, at, junk, file):
    source = imported / kept_imports.FOLDER / current(imported).imports[0]
    parent = imported.parent / "damaged"
    shutil.rmtree(parent, ignore_errors=True)
    shutil.copytree(source, parent / source.name)
    path = parent / source.name / file
    whole = path.read_bytes()
    place = int(at * len(whole))
    damaged = whole[:place] + junk + whole[place + len(junk) :]
    path.write_bytes(damaged)
    if file == "rows.parquet" and damaged != whole:
        with pytest.raises(ReleaseError):
            kept_imports.read_kept(parent, source.name)
    else:
        _reads_the_same_or_refuses(parent, imported / kept_imports.FOLDER, source.name)


def _reads_the_same_or_refuses(parent: Path, sound: Path, name: str) -> None:
    try:
        found = kept_imports.read_kept(parent, name)
    except ReleaseError:
        return
    assert found.rows == kept_imports.read_kept(sound, name).rows


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_parquet_with_a_forged_checksum_is_an_error_in_words(imported, at, junk):
    source = imported / kept_imports.FOLDER / current(imported).imports[0] / "rows.parquet"
    whole = source.read_bytes()
    place = int(at * len(whole))
    path = imported.parent / "forged.parquet"
    path.write_bytes(whole[:place] + junk + whole[place + len(junk) :])
    try:
        assert all(list(row) == kept_imports.SCHEMA.names for row in kept_imports._read_rows(path))
    except ReleaseError as error:
        assert "forged.parquet：" in str(error)


def test_accept_reports_how_far_it_is(project):
    shares: list[float] = []
    accept(project, batch(DECADE), who=OPERATOR, stamp=stamp(), on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
