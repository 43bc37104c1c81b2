"""The record of states: only added to, never guessed at, and never written over in silence."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.data.access.identity import OPERATOR
from analytics.data.releases import build, kept_imports, recovery
from analytics.data.releases.accepting import roll_back
from analytics.data.releases.files import DamagedError, ReleaseError
from analytics.data.releases.journal import (
    JOURNAL,
    current,
    journal_files,
    read_journal,
    read_pointer,
)
from tests.support.import_fixtures import OUTPUT, batch, publish_batch, stamp
from tests.support.release_fixtures import CREATED_ON, copy_built

POINTER = "data/parquet/current.json"
DECADE = {OUTPUT: {2023: 1700.0}}


@pytest.fixture(scope="module")
def withdrawn(release_root, tmp_path_factory) -> Path:
    """A right figure, a wrong one, the wrong one withdrawn: state 4 is state 2 again."""
    root = copy_built(release_root, tmp_path_factory.mktemp("withdrawn") / "project")
    publish_batch(root, batch(DECADE))
    publish_batch(root, batch({OUTPUT: {2023: 9999.0}}), when="2025-01-01T00:00:00")
    roll_back(root, number=2, seen=3, who=OPERATOR, stamp=stamp(reason="多写一位"))
    return root


@pytest.fixture
def project(withdrawn, tmp_path) -> Path:
    """A copy of it that a test may damage."""
    return copy_built(withdrawn, tmp_path / "project")


def _is_as_before(root: Path, withdrawn: Path) -> bool:
    return read_pointer(root) == read_pointer(withdrawn) and read_journal(root) == read_journal(
        withdrawn
    )


def test_there_is_one_file_for_each_state_and_each_names_the_one_before(withdrawn):
    assert [path.name for path in journal_files(withdrawn)] == [
        "00000001.json",
        "00000002.json",
        "00000003.json",
        "00000004.json",
    ]
    entries = read_journal(withdrawn)
    assert entries[0].previous == ""
    assert [after.previous for after in entries[1:]] == [before.sha256 for before in entries[:-1]]


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"default": "demo"}'])
def test_what_was_withdrawn_stays_withdrawn_when_the_pointer_is_lost(project, withdrawn, content):
    pointer = project / POINTER
    pointer.unlink() if content is None else pointer.write_text(content)
    build(project, created_on=CREATED_ON)
    assert _is_as_before(project, withdrawn)


def test_what_was_withdrawn_stays_withdrawn_when_every_release_is_lost(project, withdrawn):
    shutil.rmtree(project / "data/parquet")
    build(project, created_on=CREATED_ON)
    assert _is_as_before(project, withdrawn)


def test_an_import_that_failed_never_counts(project, monkeypatch):
    def refuse(*args, **kwargs):
        raise ReleaseError("数据检查未通过")

    with monkeypatch.context() as patch, pytest.raises(ReleaseError):
        patch.setattr("analytics.data.releases.making.publish", refuse)
        publish_batch(project, batch({OUTPUT: {2022: 1.0}}))
    assert len(kept_imports.kept_ids(project)) == 3
    (project / POINTER).unlink()
    build(project, created_on=CREATED_ON)
    assert len(kept_imports.in_use(project)) == 1


def test_a_state_whose_file_is_missing_yet_counts_and_is_recorded_by_the_next(project):
    last = journal_files(project)[-1]
    content = last.read_bytes()
    last.unlink()  # the publisher died between the pointer and the record
    assert current(project).what == "返回第2版"
    publish_batch(project, batch({OUTPUT: {2022: 1600.0}}))
    assert last.read_bytes() == content
    assert [path.name for path in journal_files(project)][-1] == "00000005.json"


def _change_a_word(files: list[Path]) -> None:
    files[1].write_text(files[1].read_text(encoding="utf-8").replace("李雷", "王芳"))


def _lose_the_first(files: list[Path]) -> None:
    files[0].unlink()


def _lose_one_between(files: list[Path]) -> None:
    files[1].unlink()


def _lose_the_last_two(files: list[Path]) -> None:
    files[-1].unlink()
    files[-2].unlink()


def _lose_all(files: list[Path]) -> None:
    for file in files:
        file.unlink()


def _empty_one(files: list[Path]) -> None:
    files[2].write_bytes(b"")


DAMAGE = [
    _change_a_word,
    _lose_the_first,
    _lose_one_between,
    _lose_the_last_two,
    _lose_all,
    _empty_one,
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_nothing_is_built_or_published_over_a_damaged_record(project, damage):
    damage(journal_files(project))
    left = {path: path.read_bytes() for path in journal_files(project)}
    pointer = (project / POINTER).read_bytes()
    for publish in (
        lambda: build(project, created_on=CREATED_ON),
        lambda: publish_batch(project, batch({OUTPUT: {2022: 1600.0}})),
    ):
        with pytest.raises(DamagedError):
            publish()
    assert {path: path.read_bytes() for path in journal_files(project)} == left
    assert (project / POINTER).read_bytes() == pointer


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_person_brings_a_damaged_record_back_with_the_imports_of_the_last_state(project, damage):
    imports = current(project).imports
    damage(journal_files(project))
    found = recovery.survey(project)
    assert found.damaged
    assert found.imports([]) == imports
    recovery.recover(project, found.imports([]), created_on=date(2026, 12, 1))
    assert current(project).imports == imports
    assert read_pointer(project)["releases"] == dict(current(project).releases)
    assert (project / f"{JOURNAL}-1").is_dir()  # what was there is kept


def test_without_any_record_a_person_names_the_imports(project):
    shutil.rmtree(project / JOURNAL)
    (project / POINTER).unlink()
    with pytest.raises(ReleaseError, match="有2批填报，而版本记录已丢失"):
        build(project, created_on=CREATED_ON)
    found = recovery.survey(project)
    assert len(recovery.describe(project, found)) == 2
    with pytest.raises(ReleaseError, match="请写明在用的批次"):
        found.imports([])
    with pytest.raises(ReleaseError, match="没有名为“x”的填报批次"):
        found.imports(["x"])
    assert found.imports(["none"]) == ()
    recovery.recover(project, found.kept[:1], created_on=CREATED_ON)
    assert current(project).imports == found.kept[:1]


@pytest.mark.parametrize("number", [13, 5])  # EACCES, EIO
def test_a_file_that_cannot_be_read_just_now_is_no_damage(project, monkeypatch, number):
    def refuse(self, *args, **kwargs):
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "read_text", refuse)
    for attempt in (
        lambda: read_journal(project),
        lambda: recovery.survey(project),
        lambda: build(project, created_on=CREATED_ON),
    ):
        with pytest.raises(ReleaseError, match=r"暂时无法读取（(没有读取权限|磁盘读取出错)）"):
            attempt()


def test_a_record_kept_inside_the_pointer_is_taken_over(project):
    """An installation of before: one file with every state."""
    old = [json.loads(path.read_bytes()) for path in journal_files(project)]
    for record in old:
        del record["previous"], record["reason"]
    last = old[-1]
    pointer = {"default": last["default"], "releases": last["releases"], "journal": old}
    (project / POINTER).write_text(json.dumps(pointer))
    shutil.rmtree(project / JOURNAL)
    assert [entry.what for entry in read_journal(project)][1:3] == ["导入 填报.csv"] * 2
    publish_batch(project, batch({OUTPUT: {2022: 1600.0}}))
    assert [entry.number for entry in read_journal(project)] == [1, 2, 3, 4, 5]
    assert len(journal_files(project)) == 5


def test_cleaning_leaves_the_data_alone():
    recipe = (Path(__file__).parents[4] / "Makefile").read_text(encoding="utf-8")
    assert "data/" not in recipe.split("\nclean:")[1]
