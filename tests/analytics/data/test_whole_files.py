"""Files and folders appear whole or not at all, even where the power fails."""

import errno
import os
from pathlib import Path

import pytest

from analytics.data.whole_files import clear_unfinished, settle, staging_folder, write_whole
from tests.support.import_fixtures import OUTPUT, batch, publish_batch
from tests.support.release_fixtures import copy_built


@pytest.fixture
def project(release_root, tmp_path) -> Path:
    """A project of its own with the releases built."""
    return copy_built(release_root, tmp_path / "project")


@pytest.fixture
def disk(monkeypatch):
    """What happens to the disk in order: ``("synced", inode)`` and ``("named", inode, place)``."""
    happened: list[tuple] = []
    real = {name: getattr(os, name) for name in ("fsync", "rename", "replace")}

    def fsync(handle: int) -> None:
        happened.append(("synced", os.fstat(handle).st_ino))
        real["fsync"](handle)

    def naming(name: str):
        def call(source, target, *args, **kwargs) -> None:
            happened.append(("named", Path(source).stat().st_ino, Path(target)))
            real[name](source, target, *args, **kwargs)

        return call

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", naming("rename"))
    monkeypatch.setattr(os, "replace", naming("replace"))
    return happened


def _named_before_synced(disk: list[tuple]) -> list[str]:
    """List what got its final name before it, and every file in it, was forced to disk."""
    early = []
    for at, event in enumerate(disk):
        if event[0] == "named":
            place = event[2]
            inside = [place, *place.rglob("*")] if place.is_dir() else [place]
            synced = {one[1] for one in disk[:at] if one[0] == "synced"}
            early += [str(one) for one in inside if one.stat().st_ino not in synced]
    return early


# ── nothing gets its name before it is on disk ───────────────────────────────────────────


def test_a_file_is_on_disk_before_it_gets_its_name(tmp_path, disk):
    write_whole(tmp_path / "a.json", b"{}")
    assert [event[0] for event in disk] == ["synced", "named"]
    assert _named_before_synced(disk) == []


def test_a_folder_is_on_disk_before_it_gets_its_name_and_its_name_after(tmp_path, disk):
    staging = staging_folder(tmp_path)
    settle(staging, tmp_path / "final", intact=lambda _: False)
    here = (tmp_path / "final").stat().st_ino
    assert disk == [
        ("synced", here),
        ("named", here, tmp_path / "final"),
        ("synced", tmp_path.stat().st_ino),
    ]


def test_every_file_of_a_release_an_import_and_the_pointer_is_on_disk_before_its_name(
    project, disk
):
    publish_batch(project, batch({OUTPUT: {2023: 1700.0, 2024: 1750.5}}))
    named = [event[2].name for event in disk if event[0] == "named"]
    assert len(named) == 6  # the record of acts, the import, two releases, the pointer, the record
    assert named[-2:] == ["current.json", "00000002.json"]
    assert _named_before_synced(disk) == []


# ── whole or absent ──────────────────────────────────────────────────────────────────────


def _full(_handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    write_whole(tmp_path / "a.json", b"old")
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "a.json", b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.json": b"old"}


def test_folders_are_made_where_there_are_none(tmp_path):
    write_whole(tmp_path / "new" / "folder" / "a.json", b"x")
    assert (tmp_path / "new" / "folder" / "a.json").read_bytes() == b"x"


def test_others_may_read_what_was_written(tmp_path):
    write_whole(tmp_path / "a.json", b"x")
    staging = staging_folder(tmp_path)
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o644
    assert staging.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(("intact", "kept"), [(True, "old"), (False, "new")])
def test_an_intact_folder_of_the_name_is_kept_and_a_damaged_one_replaced(tmp_path, intact, kept):
    final = tmp_path / "final"
    final.mkdir()
    (final / "a").write_text("old")
    staging = staging_folder(tmp_path)
    (staging / "a").write_text("new")
    settle(staging, final, intact=lambda _: intact)
    assert (final / "a").read_text() == kept
    clear_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == [final]


def test_what_is_cleared_away_is_only_what_was_left_unfinished(tmp_path):
    (staging_folder(tmp_path) / "half").write_text("half")
    (tmp_path / ".staging-current.json-1").write_text("half")
    (tmp_path / "current.json").write_text("whole")
    clear_unfinished(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["current.json"]
