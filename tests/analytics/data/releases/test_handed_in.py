"""One hands in, another publishes; every act asks who acts, and every refusal is on record."""

from pathlib import Path

import pytest

from analytics.data.access.identity import NOBODY, OPERATOR, AccessError, Identity, Role
from analytics.data.access.trail import Act, records, verify
from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.releases import handed_in
from analytics.data.releases.accepting import accept, roll_back
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.handed_in import files_of, hand_in, send_back, waiting
from analytics.data.releases.journal import current
from tests.support.import_fixtures import OUTPUT, batch, stamp
from tests.support.release_fixtures import copy_built

VIEWER = Identity("li", "李四", frozenset({Role.VIEW}))
SENDER = Identity("zhang", "张三", frozenset({Role.VIEW, Role.SUBMIT}))
CHIEF = Identity("zhao", "赵六", frozenset({Role.VIEW, Role.SUBMIT, Role.PUBLISH}))
ADMIN = Identity("admin", roles=frozenset({Role.VIEW, Role.ADMINISTER}))
FIGURES = {OUTPUT: {2023: 1700.0}}


@pytest.fixture
def empty(tmp_path) -> Path:
    """A place without releases: what is refused never gets as far as them."""
    return tmp_path


@pytest.fixture
def project(release_root, tmp_path) -> Path:
    """A built project that a test may change."""
    return copy_built(release_root, tmp_path / "project")


def _acts(root: Path) -> list[tuple[Act, str]]:
    return [(one.act, one.account) for one in records(root)]


@pytest.mark.parametrize("who", [NOBODY, VIEWER, SENDER, ADMIN])
def test_without_the_right_nothing_is_published_or_rolled_back(empty, who):
    with pytest.raises(AccessError, match="没有“发布”权限"):
        accept(empty, batch(FIGURES), who=who, stamp=stamp())
    with pytest.raises(AccessError, match="没有“发布”权限"):
        roll_back(empty, number=1, seen=1, who=who, stamp=stamp(reason="试"))
    assert _acts(empty) == [(Act.REFUSED, who.account)] * 2
    assert not (empty / "data/parquet").exists()


@pytest.mark.parametrize("who", [NOBODY, VIEWER, ADMIN])
def test_without_the_right_nothing_is_handed_in(empty, who):
    with pytest.raises(AccessError, match="没有“填报”权限"):
        hand_in(empty, batch(FIGURES), who=who, stamp=stamp())
    assert _acts(empty) == [(Act.REFUSED, who.account)]
    assert waiting(empty) == ()


def test_one_hands_in_and_another_publishes(project):
    made = batch(FIGURES, by=SENDER.account)
    handed = hand_in(project, made, who=SENDER, stamp=stamp())
    assert waiting(project) == (handed,)
    assert files_of(project, handed) == [(file.name, file.content) for file in made.files]
    accept(project, made, who=CHIEF, waiting=handed.id, stamp=stamp(by=CHIEF.label))
    assert waiting(project) == ()
    assert current(project).by == "赵六（zhao）"
    assert _acts(project) == [(Act.HAND_IN, "zhang"), (Act.PUBLISH, "zhao")]
    assert verify(project) == []


def test_nobody_publishes_his_own_whatever_the_batch_says_of_its_sender(empty):
    made = batch(FIGURES, by="somebody else")
    handed = hand_in(empty, made, who=CHIEF, stamp=stamp())
    with pytest.raises(AccessError, match="不能发布自己提交的填报"):
        accept(empty, made, who=CHIEF, waiting=handed.id, stamp=stamp())
    with pytest.raises(AccessError, match="须先提交填报"):
        accept(empty, made, who=CHIEF, stamp=stamp())
    assert [act for act, _ in _acts(empty)] == [Act.HAND_IN, Act.REFUSED, Act.REFUSED]


@pytest.mark.parametrize("who", [OPERATOR, Identity("zhao", roles=CHIEF.roles, four_eyes=False)])
def test_where_two_eyes_are_enough_one_publishes_at_once(empty, who, monkeypatch):
    monkeypatch.setattr("analytics.data.releases.accepting._publish", lambda *_: [])
    assert accept(empty, batch(FIGURES), who=who, stamp=stamp()) == []
    assert _acts(empty) == [(Act.PUBLISH, who.account)]


def test_other_files_than_those_handed_in_are_not_published(empty):
    handed = hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    with pytest.raises(AccessError, match="不是提交的文件"):
        accept(empty, batch({OUTPUT: {2023: 9.0}}), who=CHIEF, waiting=handed.id, stamp=stamp())


def test_what_is_altered_while_it_waits_is_refused_by_name(empty):
    handed = hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    (empty / handed_in.FOLDER / handed.id / handed.sums[0]).write_bytes(b"other")
    with pytest.raises(ReleaseError, match=r"填报\.csv：提交后已被改动"):
        files_of(empty, handed)
    (empty / handed_in.FOLDER / handed.id / handed.sums[0]).unlink()
    with pytest.raises(ReleaseError, match=r"填报\.csv：暂时无法读取"):
        files_of(empty, handed)


def test_only_the_sender_and_publishers_send_back_and_a_publisher_says_why(empty):
    handed = hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    other = Identity("qian", roles=SENDER.roles)
    for who in (VIEWER, ADMIN, other):
        with pytest.raises(AccessError, match="没有“发布”权限"):
            send_back(empty, handed.id, who=who, stamp=stamp(reason="试"))
    with pytest.raises(ReleaseError, match="没有写明"):
        send_back(empty, handed.id, who=CHIEF, stamp=stamp())
    send_back(empty, handed.id, who=SENDER, stamp=stamp(reason="填错"))
    assert waiting(empty) == ()
    with pytest.raises(ReleaseError, match="已不在等待发布之列"):
        send_back(empty, handed.id, who=CHIEF, stamp=stamp(reason="填错"))


@pytest.mark.parametrize("name", ["../parquet", "..", "/etc", "2026-11-24-x\0", "*"])
def test_no_name_leads_out_of_the_folder(empty, name):
    hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    with pytest.raises(ReleaseError, match="已不在等待发布之列"):
        handed_in.find(empty, name)


def test_the_same_files_wait_once_and_faulty_ones_do_not_wait(empty):
    hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    with pytest.raises(ReleaseError, match="已经提交"):
        hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    held = Fault(FaultKind.HELD, "规则", "可疑", cell="F2")
    with pytest.raises(ReleaseError, match="没有提交"):
        hand_in(empty, batch({OUTPUT: {2023: 9.0}}, faults=(held,)), who=SENDER, stamp=stamp())


def test_the_confirmed_doubts_go_with_the_files(empty):
    held = Fault(FaultKind.HELD, "规则", "可疑", cell="F2")
    made = batch(FIGURES, faults=(held,)).confirm_all()
    assert hand_in(empty, made, who=SENDER, stamp=stamp()).confirmed == {held.id}


def test_a_damaged_manifest_is_left_out_and_the_rest_still_waits(empty):
    broken = hand_in(empty, batch(FIGURES), who=SENDER, stamp=stamp())
    whole = hand_in(empty, batch({OUTPUT: {2023: 9.0}}), who=SENDER, stamp=stamp())
    (empty / handed_in.FOLDER / broken.id / "manifest.json").write_text('{"files": 1}')
    assert waiting(empty) == (whole,)
