"""A damaged file takes no page away; what whoever runs the service can do about it."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics import __main__ as command_line
from analytics.data.access.identity import OPERATOR, Identity, Role
from analytics.data.access.trail import Act, record, records
from analytics.data.imports.mapping.declared import FOLDER
from analytics.data.releases import fallback, kept_imports, upkeep
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.handed_in import hand_in, waiting
from analytics.data.releases.journal import Stamp, current, read_journal, read_pointer
from analytics.data.releases.release import open_release, open_release_by_id
from analytics.data.releases.standing import standing
from analytics.data.releases.store import Store
from tests.support.import_fixtures import OUTPUT, batch, publish_batch
from tests.support.release_fixtures import copy_built

STAMP = Stamp("2026-12-01T08:00:00+08:00", "王芳")


@pytest.fixture(scope="module")
def imported(release_root, tmp_path_factory) -> Path:
    """A project with one import published; tests must not change it."""
    root = copy_built(release_root, tmp_path_factory.mktemp("imported") / "project")
    publish_batch(root, batch({OUTPUT: {2023: 1700.0}}))
    return root


@pytest.fixture
def project(imported, tmp_path) -> Path:
    """A copy of it that a test may damage."""
    return copy_built(imported, tmp_path / "project")


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _damage_current(root: Path) -> None:
    _flip(open_release(root, "demo")[1] / "observations.parquet")


# ── never down for a bad file ────────────────────────────────────────────────────────────


def test_sound_releases_are_served_as_the_pointer_says(imported):
    now = fallback.serving(imported)
    assert (now.releases, now.problem) == (read_pointer(imported)["releases"], "")
    assert fallback.readiness(imported) == ""
    assert upkeep.problems(imported) == []


def test_a_damaged_release_is_replaced_by_the_newest_sound_state(project):
    _damage_current(project)
    now = fallback.serving(project)
    assert now.releases == read_journal(project)[0].releases
    assert now.number == 1
    assert "observations.parquet：校验值不符" in now.problem


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_damaged_pointer_is_read_from_the_record(project, content):
    releases = current(project).releases
    (project / "data/parquet/current.json").write_text(content)
    now = fallback.serving(project)
    assert now.releases == releases
    assert "current.json" in now.problem


def test_without_any_whole_state_there_is_nothing_to_serve(project):
    shutil.rmtree(project / "data/parquet")
    assert "尚未生成数据" in fallback.readiness(project)


def test_restoring_makes_the_current_state_whole_again(project):
    state = current(project)
    _damage_current(project)
    (project / "data/parquet/current.json").write_text("")
    assert "重新生成" in upkeep.restore(project, stamp=STAMP)
    assert fallback.serving(project).problem == ""
    assert current(project) == state


def test_where_it_cannot_be_made_again_the_newest_sound_state_becomes_current(project):
    _damage_current(project)
    _flip(project / "data/imports" / current(project).imports[0] / "rows.parquet")
    assert "已返回第1版" in upkeep.restore(project, stamp=STAMP)
    assert fallback.serving(project).problem == ""
    assert (current(project).base, current(project).by) == (1, "王芳")
    assert "校验值不符" in current(project).reason


# ── another program's releases, and files that are no part of one ────────────────────────


def _another_layout(package: dict) -> None:
    package["layout"] = 0


def _without_a_column(package: dict) -> None:
    package["resources"][0]["schema"]["fields"].pop()


@pytest.mark.parametrize("change", [_another_layout, _without_a_column])
def test_a_release_of_another_layout_is_refused_and_built_anew(project, change):
    release, folder = open_release(project, "demo")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    change(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(ReleaseError, match="由另一版程序生成，表的格式不同，请重新生成"):
        open_release(project, "demo")
    upkeep.restore(project, stamp=STAMP)
    assert open_release(project, "demo")[0].id == release.id


def test_a_file_beside_the_tables_is_not_read_and_is_reported(project):
    _, folder = open_release(project, "demo")
    shutil.copy(folder / "sources.parquet", folder / "zz_extra.parquet")
    assert "zz_extra" not in Store.open(folder).tables()
    assert any("zz_extra.parquet：不在清单中" in text for text in upkeep.problems(project))


# ── backup, clearing away, the command line ──────────────────────────────────────────────


def _figures(root: Path) -> str:
    return Store.open(open_release(root)[1]).query("preferred_values").to_csv()


def test_a_lost_data_folder_comes_back_from_the_backup_to_the_byte(project, tmp_path):
    sender = Identity("zhang", roles=frozenset({Role.SUBMIT}))
    hand_in(project, batch({OUTPUT: {2024: 1750.0}}), who=sender, stamp=STAMP)
    upkeep.backup(project, tmp_path / "backup")
    before, journal = read_pointer(project), read_journal(project)
    acts, figures, ahead = records(project), _figures(project), waiting(project)
    for folder in ("parquet", "imports", "journal", "audit", "handed_in"):
        shutil.rmtree(project / "data" / folder)
    upkeep.restore_from(project, tmp_path / "backup")
    assert (read_pointer(project), read_journal(project)) == (before, journal)
    assert (records(project), _figures(project), waiting(project)) == (acts, figures, ahead)
    assert [one.act for one in acts] == [Act.PUBLISH, Act.HAND_IN]
    assert upkeep.problems(project) == []


def test_a_backup_never_writes_over_a_record_of_acts_that_goes_further(project, tmp_path):
    upkeep.backup(project, tmp_path / "backup")
    record(project, Act.SIGN_IN, OPERATOR, when=STAMP.when)
    for folder in ("parquet", "imports", "journal"):
        shutil.rmtree(project / "data" / folder)
    upkeep.restore_from(project, tmp_path / "backup")
    assert [one.act for one in records(project)] == [Act.PUBLISH, Act.SIGN_IN]
    assert upkeep.problems(project) == []


def test_a_backup_overwrites_nothing_and_a_damaged_one_is_not_restored(project, tmp_path):
    upkeep.backup(project, tmp_path / "backup")
    with pytest.raises(ReleaseError, match="文件夹不是空的"):
        upkeep.backup(project, tmp_path / "backup")
    with pytest.raises(ReleaseError, match="这里已有数据"):
        upkeep.restore_from(project, tmp_path / "backup")
    _damage_current(tmp_path / "backup")
    with pytest.raises(ReleaseError, match=r"备份不完整：.*校验值不符"):
        upkeep.restore_from(tmp_path / "empty", tmp_path / "backup")


def test_only_what_no_recent_state_and_no_record_names_is_cleared_away(project):
    failed = project / "data/imports/2026-11-25-failed"
    failed.mkdir()
    (failed / "x.csv").write_bytes(b"12345")
    assert upkeep.waste(project).folders == (failed,)
    assert upkeep.waste(project).size == 5
    old = read_journal(project)[0].releases.values()
    found = upkeep.clear(project, states=1)
    assert {folder.name for folder in found.folders} == {*old, failed.name}
    assert not failed.exists()
    for release_id in current(project).releases.values():
        open_release_by_id(project, release_id)
    assert upkeep.problems(project) == []


@pytest.fixture
def run(project, monkeypatch, capsys):
    """Run a command on the project; return its code and what it printed."""
    monkeypatch.setattr(command_line, "ROOT", project)

    def call(*words: str) -> tuple[int, str]:
        code = command_line.main(list(words))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return call


def test_the_command_line_lists_goes_back_examines_and_mends(run, project):
    code, said = run("versions")
    assert (code, said.count("\n")) == (0, 2)
    assert "* 第2版" in said
    assert run("doctor") == (0, "没有发现问题\n")
    code, said = run("rollback", "1", "--reason", "数字填错", "--by", "王芳")
    assert (code, said) == (0, "已返回第1版，记为第3版\n")
    assert "返回第1版：数字填错" in run("versions")[1]
    assert "没有第9版" in run("rollback", "9", "--reason", "试")[1]
    _damage_current(project)
    code, said = run("doctor")
    assert code == 1
    assert "校验值不符" in said
    assert "重新生成" in run("restore")[1]
    assert run("doctor")[0] == 0
    assert date.fromisoformat(current(project).when[:10])


def test_clearing_away_leaves_what_people_explained_of_their_tables(project):
    mapping = project / FOLDER / "a1b2c3.toml"
    mapping.parent.mkdir(parents=True)
    mapping.write_text('name_zh = "月报"\n', encoding="utf-8")
    unused = kept_imports.keep(project, batch({OUTPUT: {2022: 1650.0}}), STAMP)
    assert [path.name for path in upkeep.clear(project).folders] == [unused]
    assert mapping.is_file()


def test_without_a_demo_release_sizes_are_judged_by_what_is_published(project):
    _damage_current(project)
    against = standing(project, "published")
    assert len(against.current)
    assert against.yardstick is None
