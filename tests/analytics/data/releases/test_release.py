"""Releases: the same everywhere, whole or not at all, and never opened when damaged."""

import errno
import json
import multiprocessing
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.data.releases import build, release
from analytics.data.releases.release import (
    ReleaseError,
    list_releases,
    open_release,
    publish,
    publishing,
    read_pointer,
    write_release,
)
from analytics.data.sources.schema import SchemaError, validate_observations
from analytics.data.sources.tables import SCHEMAS
from tests.support.release_fixtures import CREATED_ON, copy_built, copy_project

PARQUET = Path("data/parquet")


@pytest.fixture
def project(release_root, tmp_path) -> Path:
    """A copy of the built project that a test may damage."""
    return copy_built(release_root, tmp_path / "project")


def frames_of(root: Path, name: str) -> dict[str, pd.DataFrame]:
    _, folder = open_release(root, name)
    return {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}


def rewrite(root: Path, frames: dict[str, pd.DataFrame], created_on: date = CREATED_ON):
    return write_release(
        frames,
        name="published",
        title_zh="公布数据",
        as_of=date(2026, 1, 22),
        created_on=created_on,
        root=root,
    )


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below data/parquet except the lock."""
    files = (path for path in (root / PARQUET).rglob("*") if path.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in files if f.name != ".lock"}


# ── what a release is ────────────────────────────────────────────────────────────────────


def test_both_releases_are_current_and_the_demo_is_the_default(release_root):
    assert [item.name for item in list_releases(release_root)] == ["demo", "published"]
    assert open_release(release_root)[0].name == "demo"


@pytest.mark.parametrize(("name", "as_of"), [("published", "2026-02-12"), ("demo", "2026-10-31")])
def test_an_id_is_made_of_name_date_and_hash(release_root, name, as_of):
    item, folder = open_release(release_root, name)
    assert item.id == folder.name == f"{name}-{as_of}-{item.hash[:8]}"
    assert item.as_of == date.fromisoformat(as_of)
    assert item.created_on == CREATED_ON


def test_the_package_describes_every_file(release_root):
    item, folder = open_release(release_root, "demo")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} == set(item.files)
    for resource in package["resources"]:
        table = pq.read_table(folder / resource["path"])
        assert resource["rows"] == table.num_rows
        assert resource["bytes"] == (folder / resource["path"]).stat().st_size
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == table.column_names == SCHEMAS[resource["name"]].names
    assert len(package["sources"]) == len(pd.read_parquet(folder / "sources.parquet"))
    assert package["counts"] == item.counts


def test_the_counts_per_status_are_those_of_the_rows(release_root):
    item, folder = open_release(release_root, "demo")
    held = pd.read_parquet(folder / "observations.parquet")["status"].value_counts()
    assert item.counts == held.to_dict()
    assert item.counts["illustrative"] > 0


def test_the_published_release_holds_no_illustrative_row(release_root):
    assert "illustrative" not in open_release(release_root, "published")[0].counts


# ── determinism ──────────────────────────────────────────────────────────────────────────


def test_two_builds_of_the_same_input_make_the_same_bytes(release_root, tmp_path):
    later = build(copy_project(tmp_path / "elsewhere"), created_on=date(2027, 3, 1))
    first = {item.name: item for item in list_releases(release_root)}
    for item in later:
        assert item.id == first[item.name].id
        assert item.files == first[item.name].files


def test_building_again_keeps_the_release_and_its_date(project):
    before = snapshot(project)
    build(project, created_on=date(2027, 3, 1))
    assert snapshot(project) == before


def test_another_value_makes_another_release(project):
    frames = frames_of(project, "published")
    frames["observations"].loc[0, "value"] += 1
    assert rewrite(project, frames).id != open_release(project, "published")[0].id


# ── whole or not at all ──────────────────────────────────────────────────────────────────


def test_a_failing_check_leaves_everything_as_it_was(project):
    before = snapshot(project)
    frames = frames_of(project, "published")
    frames["observations"].loc[0, "value"] = float("inf")
    with pytest.raises(ReleaseError, match="数据检查未通过，未发布：数值不为空且为有限数"):
        rewrite(project, frames)
    assert snapshot(project) == before


def test_a_bad_source_row_is_rejected_and_the_rest_published(project):
    path = project / "data/source/published_jinshan.csv"
    path.write_text(path.read_text(encoding="utf-8") + "a,b,c\n", encoding="utf-8")
    build(project, created_on=CREATED_ON)
    assert len(frames_of(project, "published")["rejections"]) == 9


def _full_disk(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["_write_table", "_write_json", "_sync"])
def test_a_full_disk_leaves_everything_as_it_was(project, monkeypatch, step):
    before = snapshot(project)
    source = project / "data/source/published_jinshan.csv"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace(",92.4,", ",92.5,"), encoding="utf-8")
    monkeypatch.setattr(release, step, _full_disk)
    with pytest.raises(ReleaseError, match="未作任何改动：磁盘空间不足"):
        build(project, created_on=CREATED_ON)
    assert snapshot(project) == before


def test_an_interruption_between_the_two_releases_leaves_the_old_pointer(project, monkeypatch):
    before = read_pointer(project)
    source = project / "data/source/published_jinshan.csv"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace(",92.4,", ",92.5,"), encoding="utf-8")
    monkeypatch.setattr("analytics.data.releases.making.publish", _full_disk)
    with pytest.raises(OSError, match="No space left"):
        build(project, created_on=CREATED_ON)
    assert read_pointer(project) == before
    assert open_release(project, "published")[0].id == before["releases"]["published"]


def test_the_pointer_stays_when_it_cannot_be_replaced(project, monkeypatch):
    before = snapshot(project)
    monkeypatch.setattr(Path, "replace", _full_disk)
    with pytest.raises(ReleaseError, match=r"更新 current\.json 失败，原有数据版本不变"):
        publish(list_releases(project), project, default="demo")
    assert snapshot(project) == before


def test_what_a_killed_build_left_behind_is_cleared_away(project):
    before = snapshot(project)
    leftover = project / PARQUET / ".staging-killed"
    leftover.mkdir()
    (leftover / "observations.parquet").write_bytes(b"half")
    build(project, created_on=CREATED_ON)
    assert snapshot(project) == before


def test_a_damaged_folder_of_the_same_id_is_replaced_by_an_intact_one(project):
    before = snapshot(project)
    _, folder = open_release(project, "published")
    (folder / "observations.parquet").write_bytes(b"")
    build(project, created_on=CREATED_ON)
    assert snapshot(project) == before


def test_a_pointer_to_a_release_that_was_not_written_is_refused(project):
    with pytest.raises(ReleaseError, match="默认数据版本“other”不在本次发布之中"):
        publish(list_releases(project), project, default="other")


# ── two publishers ───────────────────────────────────────────────────────────────────────


def _hold_lock(root: Path, ready, leave) -> None:
    with publishing(root, "李雷"):
        ready.set()
        leave.wait()


def test_of_two_publishers_one_wins_and_the_other_is_told(project):
    before = snapshot(project)
    context = multiprocessing.get_context("spawn")
    ready, leave = context.Event(), context.Event()
    other = context.Process(target=_hold_lock, args=(project, ready, leave))
    other.start()
    try:
        assert ready.wait(timeout=60)
        with pytest.raises(ReleaseError, match=r"李雷（\d\d:\d\d:\d\d起）正在发布数据，本次未作"):
            build(project, created_on=CREATED_ON)
    finally:
        leave.set()
        other.join()
    assert snapshot(project) == before
    assert len(build(project, created_on=CREATED_ON)) == 2  # the lock is free again


def test_a_publisher_of_whom_nothing_can_be_read_is_another_process(project):
    with publishing(project):
        for note in (project / PARQUET).glob(".staging-*"):
            note.unlink()
        with pytest.raises(ReleaseError, match=r"^另一个进程正在发布数据"), publishing(project):
            pass


# ── damage ───────────────────────────────────────────────────────────────────────────────


def _delete(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _put_text(path: Path) -> None:
    size = path.stat().st_size
    path.write_bytes(b"year,value\n" + b"2020,1\n" * size)


DAMAGE = [
    (_delete, "文件缺失"),
    (_empty, r"文件为空（0字节）"),
    (_truncate, "文件不完整"),
    (_flip_a_bit, "校验值不符"),
    (_put_text, "校验值不符"),  # a CSV renamed .parquet
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE)
@pytest.mark.parametrize("file", ["observations.parquet", "sources.parquet"])
def test_a_damaged_file_is_named_and_the_other_release_still_opens(project, damage, message, file):
    item, folder = open_release(project, "demo")
    damage(folder / file)
    with pytest.raises(ReleaseError, match=f"^{item.id}/{file}：.*{message}"):
        open_release(project, "demo")
    assert open_release(project, "published")[0].name == "published"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "current.json：无法读取，文件已损坏"),
        ("{", "current.json：无法读取，文件已损坏"),
        ("[]", "current.json：内容不完整"),
        ("{}", "current.json：内容不完整，无法确定当前数据版本"),
        ('{"default": "x", "releases": {"demo": "a"}}', "current.json：内容不完整"),
        (
            '{"default": "demo", "releases": {"demo": "../../etc"}}',
            "current.json：数据版本名称无效",
        ),
        ('{"default": "demo", "releases": {"demo": "gone"}}', "gone/datapackage.json：文件缺失"),
    ],
)
def test_a_broken_pointer_is_named(project, content, message):
    (project / PARQUET / "current.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReleaseError, match=message):
        open_release(project)


def test_a_project_without_data_says_how_to_build_it(tmp_path):
    with pytest.raises(ReleaseError, match="尚未生成数据（python -m analytics extract）"):
        open_release(tmp_path)


def test_an_unknown_release_is_refused_by_name(release_root):
    with pytest.raises(ReleaseError, match="没有名为“other”的数据版本"):
        open_release(release_root, "other")


@pytest.mark.parametrize(
    "change",
    [
        lambda package: package.pop("resources"),
        lambda package: package.update(resources=[1]),
        lambda package: package.update(as_of="soon"),
        lambda package: package["resources"].pop(),
        lambda package: package.update(id="demo-2026-10-31-00000000"),
    ],
)
def test_an_altered_package_file_is_refused(project, change):
    _, folder = open_release(project, "demo")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(
        ReleaseError, match=r"datapackage\.json：(内容不完整|校验值与文件清单不一致)"
    ):
        open_release(project, "demo")


# ── the schema of observations ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("indicator_id", "GDP; DROP", "indicator_id"),
        ("region", "", "region"),
        ("period_kind", "decade", "period_kind"),
        ("value", float("nan"), "value"),
        ("value", float("inf"), "value"),
        ("status", "guessed", "status"),
        ("confidence", "sure", "confidence"),
        ("year", 1990, "year_of_end"),
        ("month", 13, "month"),
        ("vintage", 0, "vintage"),
        ("origin", "nowhere", "origin"),
        ("period_end", pd.Timestamp("1900-01-01"), "start_before_end"),
    ],
)
def test_an_observation_that_breaks_the_schema_is_named(release_root, column, value, named):
    frame = validate_observations(frames_of(release_root, "published")["observations"])
    frame.loc[7, column] = value
    with pytest.raises(SchemaError, match=named):
        validate_observations(frame)


def test_a_missing_column_is_refused(release_root):
    frame = frames_of(release_root, "published")["observations"].drop(columns="unit")
    with pytest.raises(SchemaError, match="观测表的列与约定不符"):
        validate_observations(frame)
