"""The pages where people sign in: each sees what his role allows, and one hands in to another."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.data.access.identity import NOBODY, Identity, Role
from analytics.data.access.policy import Mode, Policy
from analytics.data.access.trail import Act, record, records
from analytics.data.imports.batch import SourceFile
from analytics.data.imports.template import fill_csv
from analytics.data.releases.handed_in import hand_in, waiting
from pages.common import access, releases
from tests.pages.reference.test_import import SOUND, row
from tests.support.import_fixtures import OUTPUT, batch, stamp
from tests.support.pages import HOME, new_app, texts
from tests.support.release_fixtures import copy_built

IMPORT, AUDIT = "pages/reference/import_data.py", "pages/reference/audit.py"
VIEW = frozenset({Role.VIEW})
VIEWER, ADMIN = Identity("li", roles=VIEW), Identity("admin", roles=VIEW | {Role.ADMINISTER})
SENDER = Identity("zhang", "张三", VIEW | {Role.SUBMIT}, session="s1")
CHIEF = Identity("zhao", "赵六", VIEW | {Role.SUBMIT, Role.PUBLISH})


@pytest.fixture
def project(release_root, demo_bench, tmp_path, monkeypatch) -> Path:
    """A built project whose server asks people to sign in."""
    root = copy_built(release_root, tmp_path / "project")
    monkeypatch.setattr(releases, "ROOT", root)
    monkeypatch.setattr(access, "_last_seen", {})
    rules = Policy(mode=Mode.HEADER, sign_out_url="/oauth2/sign_out")
    monkeypatch.setattr(access, "policy", lambda: rules)
    return root


@pytest.fixture
def visit(project, monkeypatch):
    """Open a page as someone."""

    def opened(who: Identity, script: str):
        monkeypatch.setattr(access, "identified", lambda rules, told: who)
        app = new_app().run()
        return app if script == HOME else app.switch_page(script).run()

    return opened


def _buttons(app) -> list[str]:
    return [button.label for button in app.button]


def test_who_is_not_signed_in_sees_the_door_and_no_figure(visit, project):
    app = visit(NOBODY, HOME)
    assert [title.value for title in app.title] == ["请登录"]
    assert not app.get("bidi_component")
    assert not [*app.metric, *app.table, *app.markdown, *app.button]
    assert records(project) == []


def test_the_door_says_that_it_is_chinese_as_the_pages_behind_it_do(visit):
    """The frame, which brings this to every other page, is not drawn yet."""
    (script,) = [one.proto.body for one in visit(NOBODY, HOME).get("html")]
    assert 'documentElement.lang = "zh-CN"' in script


def test_who_has_no_role_is_told_so(visit):
    app = visit(Identity("li"), HOME)
    assert "账号 li 没有任何权限" in app.warning[0].value
    assert not [*app.metric, *app.table, *app.markdown]


@pytest.mark.parametrize(("script", "allowed"), [(IMPORT, CHIEF), (AUDIT, ADMIN)])
def test_asking_for_a_page_that_is_not_in_ones_menu_does_not_lead_there(visit, script, allowed):
    app = visit(allowed, script)
    title = app.title[0].value
    visit(VIEWER, HOME)  # the server knows him as that from now on
    app.run()  # as a message would that names the page
    assert title not in {one.value for one in app.title}
    assert not app.file_uploader
    assert "li" in texts(app)  # who is signed in, beside the menu


def test_one_hands_in_what_is_sound_and_cannot_publish_it(visit, project):
    app = visit(SENDER, IMPORT)
    assert not app.text_input  # nobody says himself who he is, nor is asked to
    said = texts(app)
    assert "选择文件后，即可核对" in said and "填写填报人" not in said
    assert "**等待发布**　没有" in said and "没有批" not in said
    content = fill_csv(releases.catalog(), [*SOUND[:-1], row(2025, 1901.0)])
    app.file_uploader[0].set_value(("填报.csv", content, "text/csv")).run()
    app.button(key="check").click().run()
    assert "提交，等待发布" in _buttons(app)
    assert "发布新版本" not in _buttons(app)
    app.button(key="hand_in").click().run()
    (handed,) = waiting(project)
    assert (handed.account, handed.files) == ("zhang", ("填报.csv",))
    assert "等待另一位有发布权限的人发布" in app.success[0].value
    assert [button for button in _buttons(app) if button in ("打开核对", "撤回")] == ["撤回"]
    assert [one.act for one in records(project)] == [Act.SIGN_IN, Act.HAND_IN]


def test_another_opens_it_and_may_publish_it(visit, project):
    content = fill_csv(releases.catalog(), [row(2025, 1901.0)])
    made = replace(batch({OUTPUT: {2025: 1901.0}}), files=(SourceFile("填报.csv", content),))
    handed = hand_in(project, made, who=SENDER, stamp=stamp())
    app = visit(CHIEF, IMPORT)
    assert "张三" in texts(app)
    app.button(key=f"open_{handed.id}").click().run()
    assert not app.button(key="publish").disabled
    assert "提交，等待发布" not in _buttons(app)
    assert records(project)[-1].act is Act.EXPORT


def test_who_administers_sees_the_record_and_that_it_is_whole(visit, project):
    record(project, Act.PUBLISH, CHIEF, when="2026-12-01T08:00:00+08:00", what="导入 a_b.xlsx")
    app = visit(ADMIN, AUDIT)
    assert "记录完整" in app.success[0].value
    rows = app.table[0].value
    assert list(rows["操作"]) == ["登录", "发布"]
    assert "赵六" in rows["操作人"][1]
    (project / "data/audit/00000001.json").write_text("{}")
    assert "00000001.json：内容已被改动" in app.run().error[0].value.replace("\\", "")
