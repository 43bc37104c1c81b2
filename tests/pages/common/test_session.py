"""What a link carries, and what the session keeps."""

from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from analytics.catalog.load import load_catalog
from analytics.data.releases.fallback import Serving
from analytics.data.releases.journal import read_pointer
from analytics.domain import Scenario
from analytics.model.scenarios import links
from analytics.model.scenarios.levers import by_code, settings_to_query, snapped
from pages.common import address, frame, releases, session
from tests.support.pages import EXPAND, HOME, lines, open_page, query, session_of, texts, warnings
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
OUTPUT = "gross_output_registered.g2027"
SLIDER = f"s:{OUTPUT}"


def moved(count: int, shift: int = 0) -> tuple[tuple[str, float], ...]:
    """Move the first levers of the catalog a little, each by its own number of steps."""
    levers = list(CATALOG.levers.values())[:count]
    return tuple(
        sorted(
            (lever.id, snapped(lever, lever.step * (7 + shift + n % 5)))
            for n, lever in enumerate(levers)
        )
    )


def test_nothing_moved_leaves_the_address_bare():
    assert query(open_page(HOME)) == {}


def test_a_moved_lever_pins_the_full_release_id_and_the_links_version():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    app.slider(key=SLIDER).set_value(3.0).run()
    assert query(app)["release"] == read_pointer(releases.ROOT)["releases"]["demo"]
    assert query(app)["v"] == "1"
    app.button(key="reset_all").click().run()
    assert query(app) == {"target": "gross_output_registered_2027"}


def test_what_is_asked_before_the_browser_shows_the_new_address_leaves_a_moved_lever_alone():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    before = query(app)
    app.slider(key=SLIDER).set_value(6.0).run()
    moved = query(app)
    app.query_params = before
    app.run()
    assert app.slider(key=SLIDER).value == 6.0
    assert query(app) == moved
    app.query_params = before | {"sd27": "2"}
    app.run()
    assert query(app)["sd27"] == "2"


def test_a_page_keeps_to_the_release_as_it_was_begun_with_it(monkeypatch):
    first, second = (SimpleNamespace(release=SimpleNamespace(id="demo-1")) for _ in range(2))
    here = session.Session(scenario=Scenario(release="demo-1"))
    monkeypatch.setattr(session, "workbench", lambda _: first)
    assert (here.bench(), here.is_overtaken) == (first, False)
    monkeypatch.setattr(session, "workbench", lambda _: second)  # more is known of it now
    assert (here.bench(), here.is_overtaken) == (first, True)


def test_a_page_is_run_again_where_more_became_known_of_its_release_meanwhile(monkeypatch):
    app = open_page(EXPAND)
    whole = session_of(app).held
    known, draw = [replace(whole, opinions={})], frame.frame
    monkeypatch.setattr(session, "workbench", lambda _: known[-1])

    def draw_until_more_is_known(page):
        draw(page)
        known.append(whole)

    monkeypatch.setattr(frame, "frame", draw_until_more_is_known)
    assert session_of(app.run()).held is whole
    assert len(known) == 3  # drawn twice


def test_a_link_gives_back_every_setting_name_and_saved_scenario():
    scenarios = {
        key: links.pack(
            Scenario(name=f"第{number}案", settings=moved(5, number)), CATALOG.adjustables
        )
        for number, key in enumerate(address.SAVED)
    }
    release = read_pointer(releases.ROOT)["releases"]["demo"]
    link = {"release": release, "v": "1", "name": "加压一号", "sd27": "3"} | scenarios
    app = open_page(HOME, **link)
    assert not app.warning
    assert query(app) == link
    assert "情景“加压一号”：已调整1项" in texts(app).replace("\\", "")


def test_twenty_moved_levers_and_four_scenarios_of_twenty_fit_into_two_thousand_characters():
    scenarios = [Scenario(name=f"情景名称{n}", settings=moved(20, n)) for n in range(4)]
    link = {
        key: links.pack(one, CATALOG.adjustables)
        for key, one in zip(address.SAVED, scenarios, strict=True)
    }
    link |= settings_to_query(dict(moved(20)), CATALOG.adjustables)
    link |= {"release": "demo-2026-10-31-f4789441", "v": "1", "target": "x" * 40}
    assert len("http://gongyehua.jinshan.gov.cn:8501/%E6%83%85?" + urlencode(link)) < 2000


def serve(monkeypatch, current: dict[str, str]) -> None:
    """Let these releases be the current ones, by name."""
    monkeypatch.setattr("pages.common.releases.serving", lambda: Serving("demo", current))


def test_a_link_to_a_release_that_is_no_longer_current_keeps_it_until_told_otherwise(monkeypatch):
    pointer = read_pointer(releases.ROOT)
    old, new = pointer["releases"]["published"], pointer["releases"]["demo"]
    serve(monkeypatch, {"demo": new, "published": new})
    app = open_page(HOME, release=old, sd27="2")
    assert f"本页按数据版本`{old}`计算，当前版本是`{new}`" in texts(app)
    assert query(app)["release"] == old
    app.button(key="use_newest").click().run()
    assert "非当前版" not in texts(app)
    assert query(app) == {"release": new, "v": "1", "sd27": "2"}


def test_a_release_renewed_while_nothing_is_moved_is_followed(monkeypatch):
    pointer = read_pointer(releases.ROOT)
    old, new = pointer["releases"]["published"], pointer["releases"]["demo"]
    serve(monkeypatch, {"demo": old})
    app = open_page(HOME)
    assert "本版本含演示数据" not in texts(app)
    serve(monkeypatch, {"demo": new})
    app.run()
    assert "本版本含演示数据" in texts(app)
    assert "非当前版" not in texts(app)


def test_a_link_to_a_release_keeps_it_though_it_was_current_and_is_renewed(monkeypatch):
    pointer = read_pointer(releases.ROOT)
    old, new = pointer["releases"]["published"], pointer["releases"]["demo"]
    serve(monkeypatch, {"demo": old})
    app = open_page(HOME, release=old)
    assert "非当前版" not in texts(app)
    serve(monkeypatch, {"demo": new})
    app.run()
    assert f"本页按数据版本`{old}`计算，当前版本是`{new}`" in texts(app)
    assert query(app) == {"release": old}


BAD = [
    ("release", "demo-1999-01-01-00000000", "“demo-1999-01-01-00000000”不存在，已改用“demo-"),
    ("release", "../../etc", "不存在"),
    ("v", "9", "链接由较新的程序生成"),
    ("v", "abc", "链接版本“abc”无法识别"),
    ("sd27", "很多", "“很多”不是数字"),
    ("sd27", "99", "不在可选值内（范围"),
    ("sd27", "1.54", "不在可选值内（步长0.1），已取1.5"),
    ("nonsense", "1", "未知的参数“nonsense”"),
    ("s1", "sd27~3", "缺少名称或不完整"),
    ("s1", "qq27~1__甲案", "情景“甲案”：未知的参数“qq27”"),
]


@pytest.mark.parametrize(("key", "value", "said"), BAD)
def test_a_bad_value_is_named_in_the_banner_and_the_rest_is_taken(key, value, said):
    app = open_page(HOME, **{key: value, "until": "2030"})
    assert said in warnings(app)
    assert session_of(app).horizon == 2030


def test_many_bad_values_are_all_listed_together():
    app = open_page(HOME, v="9", sd27="99", nonsense="1", target="none", release="gone")
    for said in ("较新的程序", "不在可选值内（范围", "未知的参数", "目标“none”", "数据版本“gone”"):
        assert said in warnings(app)


def test_no_code_of_a_lever_is_a_key_of_its_own_in_links():
    keys = {*address.RESERVED, *address.OPTIONS, "action"}
    assert not keys & set(by_code(CATALOG.adjustables))


def test_a_scenario_survives_pages_and_a_new_session_from_its_link():
    app = open_page(EXPAND, target="gross_output_registered_2027")
    app.slider(key=SLIDER).set_value(3.0).run()
    app.switch_page(HOME).run()
    board = lines(app)
    again = open_page(HOME, **query(app))
    assert lines(again) == board
