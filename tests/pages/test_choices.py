"""Every list of choices: unique labels, and each label leads to what it says."""

import pytest

from tests.support import walk_choices
from tests.support.pages import HOME, METHODS, open_page
from tests.support.walk_choices import RELEASES

LAB = "pages/outlook/scenario_lab.py"
PAGES = [
    (HOME, {}),
    (METHODS, {}),
    *((LAB, {"section": section, "sd27": "2", "s1": "zd27~1__甲"}) for section in (
        "adjust", "charts", "drivers", "seek", "models"
    )),
    ("pages/outlook/faster_than_city.py", {}),
    ("pages/outlook/briefing.py", {}),
    ("pages/reference/sources.py", {}),
    ("pages/reference/consistency.py", {}),
]  # fmt: skip


@pytest.mark.parametrize(("script", "query"), PAGES)
def test_no_two_options_of_a_list_bear_the_same_label(script, query):
    app = open_page(script, **query)
    for one in [*app.selectbox, *app.multiselect]:
        assert len(set(one.options)) == len(one.options), one.label


def test_each_target_of_the_lists_opens_itself():
    app = open_page(LAB, section="charts")
    labels = app.selectbox(key="lab_target").options
    pair = [label for label in labels if label.startswith("工业园区单位土地税收")]
    assert len(pair) == 2
    for label in pair:
        app.selectbox(key="lab_target").select(label).run()
        assert app.selectbox(key="lab_target").value in app.query_params["target"]
        goal = "10%左右" if "10%左右" in label else "8%"
        chosen = app.session_state["session"].target
        assert (goal == "10%左右") is (chosen == "park_land_tax_growth_2027")


@pytest.mark.parametrize(
    ("script", "key"),
    [
        ("pages/actions/expand_scale.py", "horizon_choice"),
        (LAB, "option_section"),
        ("pages/outlook/faster_than_city.py", "target_choice"),
        ("pages/outlook/briefing.py", "briefing_kind"),
        (HOME, "release_choice"),
    ],
)
def test_a_choice_that_is_sent_empty_stays_what_it_was(script, key):
    app = open_page(script)
    before = app.button_group(key=key).value
    app.button_group(key=key).set_value(None).run()
    assert not app.exception
    assert app.button_group(key=key).value == before


@pytest.mark.parametrize("release", RELEASES)
def test_the_ends_of_every_list_of_a_page_can_be_taken(release):
    """All of them are taken by ``python -m tests.support.walk_choices``."""
    for script, query in (walk_choices.PAGES[0], walk_choices.PAGES[1], walk_choices.PAGES[-3]):
        app = open_page(script, release=release, **query)
        taken = 0
        for key, option in walk_choices.walk(app, ends_only=True):
            assert not app.exception, (key, option)
            taken += 1
        assert taken > 1
