"""The empty page keeps room for what comes, at the address of every page."""

from pathlib import Path

from pages.common import menu, shell


def test_our_rules_stand_in_streamlits_own_page_after_its_head():
    page = shell.page()
    for name in ("style.css", "reserved.css"):
        rules = Path(shell.__file__).with_name(name).read_text(encoding="utf-8")
        assert page.count(rules) == 1
        assert page.index("</head>") < page.index('id="root"') < page.index(rules)


def test_every_page_of_the_menu_has_an_address_there(opened_root):
    answered = {route.path for route in shell.routes()}
    assert answered == {f"/{path}" for path in menu.addresses()}
    assert {"/", "/扩规模", "/情景实验室", "/数据导入", "/操作记录"} <= answered


def test_the_icon_of_the_tab_is_our_own_and_not_under_the_name_that_streamlit_looks_for():
    icons = [
        line.strip() for line in shell.page().splitlines() if "icon" in line and "<link" in line
    ]
    assert [line.split(' href="')[0] for line in icons] == ['<link rel="icon" type="image/svg+xml"']
    assert "data:image/svg+xml;base64," in icons[0]
