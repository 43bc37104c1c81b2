"""The menu: its groups, the active scenario, and the way back to the baseline."""

import pytest

from pages.common import menu
from tests.support.pages import EXPAND, HOME, move, open_page, query

LEVER = "gross_output_registered.g2027"
TARGET = "gross_output_registered_2027"


def told(app) -> str:
    """What the menu says of the scenario."""
    (said,) = (one.value for one in app.sidebar.markdown if "当前情景" in one.value)
    return said.removeprefix("**当前情景**　")


def test_each_group_of_the_menu_begins_at_its_first_page():
    assert menu.groups() == (("目标", 1), ("情景", 8), ("成果", 9), ("数据", 10))


@pytest.mark.parametrize("script", [HOME, EXPAND])
def test_every_page_names_the_scenario_and_leads_back_to_the_baseline(script):
    app = open_page(script, sd27="2")
    assert told(app) == "调整1项"
    app.button(key="menu_reset").click().run()
    assert told(app) == "基准"
    assert "sd27" not in query(app)


def test_the_menu_follows_a_lever_that_is_moved_for_the_first_time():
    app = open_page(EXPAND, target=TARGET)
    assert told(app) == "基准"
    move(app, LEVER, 1.0)
    assert told(app) == "调整1项"
