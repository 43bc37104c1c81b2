"""The record of acts: only added to, and any change to it is seen."""

import json
from pathlib import Path

import pytest

from analytics import __main__ as command_line
from analytics.data.access import trail
from analytics.data.access.identity import AccessError, Identity
from analytics.data.access.trail import Act, on_record, record, records, verify

ZHANG = Identity("zhang", "张三", session="s1")
WHEN = "2026-12-01T08:00:00+08:00"


@pytest.fixture
def kept(tmp_path) -> Path:
    """A project with three records."""
    for act, what in (
        (Act.SIGN_IN, ""),
        (Act.HAND_IN, "填报.xlsx"),
        (Act.PUBLISH, "导入 填报.xlsx"),
    ):
        record(tmp_path, act, ZHANG, when=WHEN, what=what)
    return tmp_path


def _file(root: Path, number: int) -> Path:
    return root / trail.FOLDER / f"{number:08d}.json"


def test_records_are_numbered_and_each_names_the_one_before(kept):
    found = records(kept)
    assert [one.number for one in found] == [1, 2, 3]
    assert [one.previous for one in found] == ["", found[0].sha256, found[1].sha256]
    assert (found[1].act, found[1].label, found[1].session) == (Act.HAND_IN, "张三（zhang）", "s1")
    assert records(kept, last=1) == found[2:]
    assert verify(kept) == []


def _edit(root: Path) -> None:
    content = json.loads(_file(root, 2).read_text(encoding="utf-8"))
    _file(root, 2).write_text(json.dumps({**content, "account": "li"}), encoding="utf-8")


def _forge(root: Path) -> None:
    """Write the second record anew, as it would be written, with another account."""
    made = records(root)[1]
    forged = trail.Record(**{**vars(made), "account": "li"})
    _file(root, 2).write_bytes(forged.content)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_edit, "00000002.json：内容已被改动"),
        (_forge, "00000003.json：与前一条不衔接"),
        (lambda root: _file(root, 2).unlink(), "00000003.json：前面缺少第2条"),
        (lambda root: _file(root, 1).unlink(), "00000002.json：前面缺少第1条"),
        (lambda root: _file(root, 3).write_text("{"), "00000003.json：内容已被改动"),
        (lambda root: _file(root, 3).write_text("[" * 100_000), "00000003.json：内容已被改动"),
    ],
)
def test_any_change_is_seen(kept, change, said):
    change(kept)
    assert any(said in problem for problem in verify(kept))


def test_a_record_cut_off_at_its_end_is_seen_by_a_checksum_noted_elsewhere(kept):
    last = records(kept)[-1]
    assert verify(kept, (last.number, last.sha256[:12])) == []
    _file(kept, 3).unlink()
    assert verify(kept) == []
    assert "第3条与另处所记的校验值不符" in verify(kept, (last.number, last.sha256[:12]))[0]
    record(kept, Act.SIGN_IN, ZHANG, when=WHEN)  # another third record does not hide it
    assert verify(kept, (last.number, last.sha256[:12]))


def test_an_act_that_fails_is_on_record_twice(tmp_path):
    with (
        pytest.raises(ValueError, match="full"),
        on_record(tmp_path, Act.PUBLISH, ZHANG, when=WHEN, what="导入"),
    ):
        raise ValueError("full")
    assert [one.act for one in records(tmp_path)] == [Act.PUBLISH, Act.FAILED]
    assert records(tmp_path)[1].what == "第1条（发布）：full"


def test_what_cannot_be_recorded_is_not_done(tmp_path):
    (tmp_path / "data").write_text("no folder")
    done = []
    with (
        pytest.raises(AccessError, match="操作记录写不进"),
        on_record(tmp_path, Act.PUBLISH, ZHANG, when=WHEN, what="导入"),
    ):
        done.append(1)
    assert done == []


def test_any_text_can_be_recorded_and_a_long_one_is_cut(tmp_path):
    record(tmp_path, Act.SEND_BACK, ZHANG, when=WHEN, what="\ud800" + "长" * 10_000)
    (one,) = records(tmp_path)
    assert one.what.startswith("?长")
    assert len(one.what) == 500
    assert verify(tmp_path) == []


def test_a_damaged_last_record_does_not_stop_the_next(kept):
    _file(kept, 3).write_bytes(b"")
    record(kept, Act.SIGN_IN, ZHANG, when=WHEN)
    assert [one.number for one in records(kept)] == [1, 2, 4]
    assert len(verify(kept)) == 1 + 1  # the damaged one, and that the next cannot follow from it


def test_the_command_lists_and_verifies(kept, monkeypatch, capsys):
    monkeypatch.setattr(command_line, "ROOT", kept)
    assert command_line.main(["audit", "--last", "2"]) == 0
    said = capsys.readouterr().out
    assert "提交填报  张三（zhang）  s1  填报.xlsx" in said
    assert "登录" not in said
    assert "记录完整" in said
    _edit(kept)
    assert command_line.main(["audit"]) == 1
    assert command_line.main(["audit", "--known", "x"]) == 2
